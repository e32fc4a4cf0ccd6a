/* Choosing codes: a field with completion (the pattern of a combobox with a list), numbers for those used last. */

import { choices, recentCodes } from "./choices.js";

const SHOWN = 8;

/**
 * Make the field "codes" of a form choose codes; `given` are those chosen before, by key or, where new, by name.
 * changed() is called after each choice, done() when Enter is pressed on an empty field.
 */
export function tagging(form, given, { changed, done }) {
  const field = form.elements.codes;
  const list = form.querySelector("[role='listbox']");
  const chips = form.querySelector(".chips");
  const status = form.querySelector(".tagging [role='status']");
  let [all, recent, shown, active] = [[], [], [], -1];
  let chosen = [];
  let loading = ready().finally(() => (loading = null));

  field.addEventListener("input", (event) => {
    event.stopPropagation();
    draw();
  });
  field.addEventListener("focus", draw);
  field.addEventListener("blur", () => hide());
  field.addEventListener("keydown", keys);
  // The press must not take the focus out of the field.
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", ({ target }) => {
    const option = target.closest("[role='option']");
    if (option) choose(shown[Number(option.dataset.index)]);
  });
  chips.addEventListener("click", ({ target }) => {
    const button = target.closest("button");
    if (button) drop(Number(button.dataset.index));
  });

  return {
    /** What a form sends: keys, and names of new ones. */
    values: () => ({
      code: chosen.filter(({ pk }) => pk).map(({ pk }) => pk),
      new_code: chosen.filter(({ pk }) => !pk).map(({ name }) => name),
    }),
    /** What a draft keeps. */
    chosen: () => chosen,
  };

  async function ready() {
    chosen = given.slice();
    ({ codes: all } = await choices());
    recent = await recentCodes();
    drawChips();
    if (document.activeElement === field) draw();
  }

  function draw() {
    const words = plain(field.value);
    const known = all.filter(({ pk }) => !chosen.some((one) => one.pk === pk));
    shown = words ? known.filter(({ name }) => plain(name).includes(words)).sort(byFit(words)).slice(0, SHOWN) : recent;
    const same = all.concat(chosen).some(({ name }) => plain(name) === words);
    if (words && !same) shown = [...shown, { pk: null, name: field.value.trim(), fresh: true }];
    active = words ? 0 : -1;
    list.replaceChildren(...shown.map(option));
    list.hidden = !shown.length;
    field.setAttribute("aria-expanded", String(Boolean(shown.length)));
    point();
  }

  function option(code, index) {
    const item = document.createElement("li");
    item.id = `${list.id}-${index}`;
    item.setAttribute("role", "option");
    item.dataset.index = index;
    const taken = chosen.some(({ pk, name }) => (pk ? pk === code.pk : name === code.name));
    item.setAttribute("aria-selected", String(taken));
    const name = document.createElement("span");
    name.className = `look ${code.look ?? ""}`;
    name.dir = "auto";
    name.textContent = code.name;
    if (code.fresh) item.append("New code: ", name);
    else item.append(name);
    if (!field.value && index < 9) {
      const number = document.createElement("kbd");
      number.textContent = index + 1;
      item.prepend(number);
    }
    return item;
  }

  function keys(event) {
    const { key } = event;
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (key === "ArrowDown" || key === "ArrowUp") {
      if (list.hidden) draw();
      active = (active + (key === "ArrowDown" ? 1 : -1) + shown.length + (active < 0 && key === "ArrowUp" ? 1 : 0)) % shown.length;
      point();
    } else if (key === "Enter") {
      if (shown[active] && !list.hidden) choose(shown[active]);
      else if (chosen.length || form.elements.body.value.trim()) done();
    } else if (loading && !field.value && /^[1-9]$/.test(key)) {
      // A quick hand presses a number before the codes have come: it waits for them, and is no name of a new one.
      loading.then(() => shown[key - 1] && choose(shown[key - 1]));
    } else if (/^[1-9]$/.test(key) && !field.value && shown[key - 1]) choose(shown[key - 1]);
    else if (key === "Backspace" && !field.value && chosen.length) drop(chosen.length - 1);
    else if (key === "Escape" && !list.hidden && field.value) {
      field.value = "";
      draw();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  function choose(code) {
    const at = chosen.findIndex(({ pk, name }) => (code.pk ? pk === code.pk : name === code.name));
    if (at >= 0) return drop(at);
    chosen = [...chosen, { pk: code.pk, name: code.name, look: code.look }];
    field.value = "";
    after(`${code.name} chosen.`);
    return undefined;
  }

  function drop(at) {
    const { name } = chosen[at];
    chosen = chosen.filter((_, index) => index !== at);
    after(`${name} taken off.`);
  }

  function after(words) {
    drawChips();
    changed();
    status.textContent = words;
    field.focus({ preventScroll: true });
    draw();
  }

  function drawChips() {
    chips.replaceChildren(
      ...chosen.map(({ name, look }, index) => {
        const item = document.createElement("li");
        const button = document.createElement("button");
        button.type = "button";
        button.dataset.index = index;
        button.className = `look ${look ?? ""}`;
        button.setAttribute("aria-label", `Take off ${name}`);
        button.append(name, " ×");
        item.append(button);
        return item;
      }),
    );
  }

  function point() {
    [...list.children].forEach((item, index) => item.classList.toggle("active", index === active));
    const here = list.children[active];
    if (here) field.setAttribute("aria-activedescendant", here.id);
    else field.removeAttribute("aria-activedescendant");
    here?.scrollIntoView({ block: "nearest" });
  }

  function hide() {
    list.hidden = true;
    field.setAttribute("aria-expanded", "false");
  }
}

/* Those that begin with the words before those that have them anywhere. */
function byFit(words) {
  const fit = ({ name }) => (plain(name).startsWith(words) ? 0 : plain(name).includes(` ${words}`) ? 1 : 2);
  return (one, other) => fit(one) - fit(other);
}

function plain(words) {
  return words.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().trim();
}

/*
 * Notes of the text and cards of readers in the outer margin of their leaf, each at the height of its mark, where the
 * style sheet says there is room.
 */

import { lines, stack } from "../text/stack.js";
import { leafOf, leaves } from "./leaf.js";

const GAP = 10;

// What the hand is on: it must not slip away from under it.
let pressed = null;

/** Lay the notes and cards of one leaf: in the margin, or back at the end of their part of the text. */
export function layOut(leaf) {
  // What had the focus may be gone from the page by now.
  if (!leaf) return;
  const text = leaf.querySelector(".text");
  const roomy = getComputedStyle(text).getPropertyValue("--notes").trim() === "margin";
  const placed = [];
  for (const note of leaf.querySelectorAll(".note[data-mark]")) {
    // A note that is open as a popover stays one until it is closed, whatever happens to the window.
    const mark = roomy && !note.popover && document.getElementById(note.dataset.mark);
    note.classList.toggle("placed", Boolean(mark));
    note.classList.toggle("kept", !mark);
    if (mark) placed.push({ note, wanted: height(mark, leaf) });
    else clear(note);
  }
  placed.push(...cards(leaf, roomy));
  number(leaf);
  if (placed.length) lay(placed, leaf);
}

/** Lay again whenever heights, marks or the note at work change. */
export function start() {
  const sizes = new ResizeObserver((entries) => {
    for (const leaf of new Set(entries.map(({ target }) => leafOf(target)))) layOut(leaf);
  });
  for (const leaf of leaves()) {
    layOut(leaf);
    // Contents that are opened push the text down as much as a longer text does.
    for (const part of leaf.children) sizes.observe(part);
  }
  for (const name of ["leaf:grown", "leaf:resized", "leaf:restyled", "leaf:marked"]) {
    document.addEventListener(name, (event) => layOut(leafOf(event.target)));
  }
  for (const name of ["focusin", "focusout"]) {
    document.addEventListener(name, (event) => {
      // The note keeps its true height while focus is in it, and the others make room; once, when it has arrived.
      const goesOn = name === "focusout" && event.relatedTarget?.closest?.(".placed");
      if (!goesOn && event.target.closest?.(".placed")) queueMicrotask(() => layOut(leafOf(event.target)));
    });
  }
  document.addEventListener(
    "pointerdown",
    ({ target }) => {
      pressed = target.closest?.(".placed") ?? null;
    },
    { capture: true },
  );
  document.addEventListener("keydown", () => (pressed = null), { capture: true });
  for (const name of ["pointerover", "pointerout"]) {
    document.addEventListener(name, (event) => {
      const note = event.target.closest?.("a.mark[role]") && noteOf(event.target.closest("a.mark[role]"));
      note?.classList.toggle("lit", name === "pointerover");
    });
  }
}

/** The note that a mark calls; null while it is not in the page. */
export function noteOf(mark) {
  return document.getElementById(mark.hash.slice(1));
}

/* Each card at the mark where its passage begins, and what is open beside a passage. */
function cards(leaf, roomy) {
  const all = [...leaf.querySelectorAll(".cards > .card, :scope > .beside")].filter(shown);
  const marks = new Map();
  for (const mark of roomy && all.length ? leaf.querySelectorAll("mark[data-first]") : []) {
    for (const name of mark.dataset.first.split(" ")) marks.set(name, mark);
  }
  for (const hidden of leaf.querySelectorAll(".cards > .placed")) if (!shown(hidden)) hidden.classList.remove("placed");
  const placed = [];
  for (const note of all) {
    const open = note.classList.contains("beside");
    const mark = marks.get(`a${note.dataset.annotation}`);
    note.classList.toggle("placed", Boolean(roomy && (open || mark)));
    if (!note.classList.contains("placed")) note.classList.remove("cut", "at-work");
    else placed.push({ note, wanted: open ? Number(note.dataset.wanted) : height(markOfNote(mark) ?? mark, leaf) });
  }
  return placed;
}

/* Cards of marks that the reader does not want to see take no room. */
function shown({ classList }) {
  const { marks } = document.documentElement.dataset;
  if (classList.contains("beside") || classList.contains("lit")) return true;
  return marks !== "none" && (marks !== "mine" || classList.contains("own"));
}

/* For paper: a number at the end of each passage, and at what was written about it. */
function number(leaf) {
  for (const mark of leaf.querySelectorAll("mark[data-number]")) delete mark.dataset.number;
  [...leaf.querySelectorAll(".cards > .card")].filter(shown).forEach((card, index) => {
    delete card.dataset.number;
    const mark = leaf.querySelector(`mark[data-last~="a${card.dataset.annotation}"]`);
    // A number that stands nowhere in the text, as with those of a crowd, would lead nowhere.
    if (!mark) return;
    card.dataset.number = index + 1;
    mark.dataset.number = [mark.dataset.number, index + 1].filter(Boolean).join(", ");
  });
}

/* A note that stands in the margin itself is where its own mark wants it. */
function markOfNote(mark) {
  const note = mark.closest(".note.placed");
  return note && document.getElementById(note.dataset.mark);
}

function lay(placed, leaf) {
  placed.sort((one, other) => one.wanted - other.wanted);
  const allowed = lines(placed.map(({ wanted }) => wanted));
  placed.forEach(({ note }, index) => {
    if (!note.hasAttribute("tabindex")) note.tabIndex = -1;
    note.style.setProperty("--lines", allowed[index]);
    note.classList.toggle("at-work", note.matches(":focus-within, .beside"));
  });
  for (const item of placed) item.height = item.note.offsetHeight;
  const focused = placed.findIndex(({ note }) => note.matches(":focus-within"));
  const fixed = focused >= 0 ? focused : placed.findIndex(({ note }) => note.classList.contains("at-work"));
  const held = placed[fixed];
  if (held && held.note === pressed) held.wanted = parseFloat(pressed.style.getPropertyValue("--top")) || held.wanted;
  const tops = stack(placed, { gap: GAP, fixed, least: parseFloat(getComputedStyle(leaf).paddingBlockStart) });
  placed.forEach(({ note }, index) => {
    note.style.setProperty("--top", `${tops[index]}px`);
    note.classList.toggle("cut", note.scrollHeight > note.clientHeight + 1);
  });
}

/* Back where it stands without a margin. */
function clear(note) {
  note.style.removeProperty("--top");
  note.style.removeProperty("--lines");
  note.classList.remove("at-work", "cut");
}

function height(mark, leaf) {
  return mark.getBoundingClientRect().top - leaf.getBoundingClientRect().top + leaf.scrollTop;
}

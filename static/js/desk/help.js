/* All keys in a dialog: the list of the help page itself, fetched when it is first wanted. */

import { lettersOn, setLetters } from "../letters.js";

let dialog;

/** Show the list of keys; focus returns to where it was when the dialog closes. */
export async function showKeys() {
  const link = document.querySelector(".bar-help, a[data-help]");
  if (!link) return;
  try {
    dialog ??= await make(link.href);
  } catch {
    location.assign(link.href);
    return;
  }
  if (dialog.open) return;
  dialog.showModal();
  // The button has the focus, and stands below a list that may be taller than the window.
  dialog.scrollTop = 0;
}

export function start() {
  document.addEventListener("click", (event) => {
    if (!event.target.closest?.(".bar-help") || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    showKeys();
  });
  choice(document);
}

async function make(address) {
  const answer = await fetch(address);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const list = page.querySelector("#keys");
  if (!list) throw new Error("no list of keys");
  const made = document.createElement("dialog");
  made.className = "keys";
  made.setAttribute("aria-label", "Keys");
  const close = document.createElement("button");
  close.type = "button";
  close.textContent = "Close";
  close.autofocus = true;
  close.addEventListener("click", () => made.close());
  made.append(document.adoptNode(list), close);
  made.addEventListener("click", (event) => event.target === made && made.close());
  document.body.append(made);
  choice(made);
  return made;
}

/* The switch for single letters stands wherever the list does, and needs this script to mean anything. */
function choice(within) {
  const list = within.querySelector("#keys");
  if (!list || list.querySelector("[name='letters']")) return;
  const label = document.createElement("label");
  label.className = "letters";
  const box = document.createElement("input");
  box.type = "checkbox";
  box.name = "letters";
  box.checked = lettersOn();
  box.addEventListener("change", () => setLetters(box.checked));
  label.append(box, " Single letters do something");
  list.append(label);
}

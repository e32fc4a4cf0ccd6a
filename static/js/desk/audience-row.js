/* The button of the bar at a passage that says who sees what is made there, and the row to choose somebody else. */

import { say } from "../say.js";
import { know, layerNow, layers, useLayer } from "./audience.js";
import { selected, takenNow } from "./passage.js";

let button;
let row;
let changed;

/** Put the row into the bar; moved is called where the bar has become another size. */
export function start(bar, { moved }) {
  changed = moved;
  button = bar.querySelector("[data-act='layer']");
  row = document.createElement("div");
  row.className = "meanings";
  row.hidden = true;
  row.setAttribute("role", "group");
  row.setAttribute("aria-label", "Who sees it");
  row.addEventListener("click", ({ target }) => {
    const key = target.closest("button")?.dataset.layer;
    if (!key) return;
    useLayer(key, slugHere());
    closeAudience();
    button.focus({ preventScroll: true });
  });
  bar.append(row);
  name();
  document.addEventListener("layer:chosen", name);
}

/** Let the button name who sees it, once all is known. */
export function nameAudience() {
  know();
  name();
}

function name() {
  const now = layerNow(slugHere());
  const label = `Who sees it: ${now.name}`;
  if (button.getAttribute("aria-label") === label) return;
  button.textContent = now.name;
  button.setAttribute("aria-label", label);
}

/** Of two layers take the other one; of more offer them in a row, or close that. */
export async function chooseAudience() {
  const slug = slugHere();
  await know();
  const all = layers(slug);
  const now = layerNow(slug);
  if (all.length === 2) return useLayer(all.find(({ key }) => key !== now.key).key, slug);
  if (!row.hidden) return closeAudience();
  row.replaceChildren(
    ...all.map(({ key, name }) => {
      const choice = document.createElement("button");
      choice.type = "button";
      choice.dataset.layer = key;
      choice.setAttribute("aria-pressed", String(key === now.key));
      choice.textContent = name;
      return choice;
    }),
  );
  row.hidden = false;
  button.setAttribute("aria-expanded", "true");
  changed();
  say("Who shall see it?", { seen: false });
  return undefined;
}

/** Offer them no longer. */
export function closeAudience() {
  row.hidden = true;
  button.removeAttribute("aria-expanded");
}

/* The text of the passage that the bar is about. */
function slugHere() {
  return (selected() ?? takenNow())?.slug;
}

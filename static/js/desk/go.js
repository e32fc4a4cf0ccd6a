/* Going to a place of a text: by a link in the page, by the address, and back again. */

import { place, places, target, withPlaces } from "../text/address.js";
import { bring } from "./chunks.js";
import { leafOf, leafOn, leaves, upperEdge, use } from "./leaf.js";
import { hold } from "./steady.js";
import { hereState, remember, step } from "./where.js";

/**
 * Show the element in its leaf, its top at the upper edge (or offset pixels below), with focus and a flash unless
 * told otherwise.
 */
export function show(element, { flash = true, focus = true, offset = 0, turn = true } = {}) {
  const leaf = leafOf(element);
  if (turn) turnTo(leaf);
  leaf.scrollTop += element.getBoundingClientRect().top - upperEdge(leaf) - offset;
  hold(leaf);
  if (focus) use(leaf);
  if (focus) focusOn(element);
  if (flash) flashOver(element);
}

/** Go to an id such as "left-s3", its part of the text brought first; false where the page cannot. */
export async function go(id, options) {
  const element = await bring(id);
  if (!element || !leafOf(element)) return false;
  if (!opens(element)) show(element, options);
  return true;
}

/** On a narrow screen, bring this leaf before the reader. */
export function turnTo(leaf) {
  const row = leaf.parentElement;
  if (row.scrollWidth > row.clientWidth + 1) leaf.scrollIntoView({ inline: "start", block: "nearest", behavior: "instant" });
}

/** Focus without a jump; what is no control becomes one that only scripts reach. */
export function focusOn(element) {
  if (!element.matches("a, button, input, textarea, select, summary, [tabindex]")) element.tabIndex = -1;
  element.focus({ preventScroll: true });
}

/** Wash over an element for a moment. */
export function flashOver(element) {
  element.classList.remove("flash");
  void element.offsetWidth;
  element.classList.add("flash");
  element.addEventListener("animationend", () => element.classList.remove("flash"), { once: true });
}

/** Open at the places that the address names, and follow links within the page. */
export async function start() {
  document.addEventListener("click", follow);
  // The browser's own restoring knows nothing of leaves.
  history.scrollRestoration = "manual";
  const asked = places(location.href);
  const aimed = target(location.href);
  // The browser would go on scrolling to what stands after "#" until the page is loaded.
  if (aimed) history.replaceState(history.state, "", withPlaces(location.href, asked));
  for (const leaf of leaves()) {
    const anchor = asked[leaf.dataset.side];
    if (anchor) await arrive(`${leaf.dataset.side}-${anchor}`, { focus: false, turn: aimed.startsWith(leaf.dataset.side) });
  }
}

/* A card is no place of its own: it opens at its passage. */
function opens(element) {
  if (!element.matches(".card")) return false;
  element.dispatchEvent(new CustomEvent("card:wanted", { bubbles: true }));
  return true;
}

/* Who is sent to a note wants the passage that has it. */
async function arrive(id, options) {
  const element = await bring(id);
  if (element && opens(element)) return;
  const mark = element?.dataset.mark && (await bring(element.dataset.mark));
  if (mark) show(mark.closest(".block") ?? mark, options);
  else if (element && leafOf(element)) show(element, options);
}

/** Bring every leaf to where a history entry says it was; one that is there already is left alone. */
export async function restorePlaces({ places: wanted = {}, offsets = {} }) {
  const { places: here } = hereState();
  for (const leaf of leaves()) {
    const { side } = leaf.dataset;
    if (wanted[side] === here[side]) continue;
    if (wanted[side]) await go(`${side}-${wanted[side]}`, { flash: false, focus: false, turn: false, offset: offsets[side] });
    else leaf.scrollTop = 0;
  }
}

async function follow(event) {
  const link = event.target.closest?.("a[href]");
  if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
  const url = new URL(link.href);
  if (url.origin !== location.origin || url.pathname !== location.pathname) return;
  const id = target(link.href) || link.dataset.goto || "";
  if (leafOn(id)) {
    event.preventDefault();
    turnTo(leafOn(id));
    focusOn(leafOn(id));
    return;
  }
  if (!place(id) || link.matches(".mark, .note-label, .back")) return;
  event.preventDefault();
  remember();
  if (await go(id)) step();
  else location.assign(link.href);
}

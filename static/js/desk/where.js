/* Where the reader is, kept true in the address bar and remembered for each text. */

import { place, withPlaces } from "../text/address.js";
import { leaves, share, topPlace, upperEdge } from "./leaf.js";

const PAUSE = 350;
const KEEP = "place:";

/** The place of each leaf now, {places: {left: "p12"}, offsets: {left: -80}}; a leaf at its beginning has none. */
export function hereState() {
  const state = { places: {}, offsets: {} };
  for (const leaf of leaves()) {
    const block = leaf.scrollTop > 24 ? topPlace(leaf) : null;
    const here = place(block?.id);
    if (!here) continue;
    state.places[here.side] = here.anchor;
    state.offsets[here.side] = Math.round(block.getBoundingClientRect().top - upperEdge(leaf));
  }
  return state;
}

/** Write the places into this history entry, with whatever else it should say. */
export function remember(more = {}) {
  const here = hereState();
  history.replaceState({ ...history.state, ...here, ...more }, "", withPlaces(location.href, here.places));
}

/** Begin a new history entry, with the places as they are now. */
export function step(more = {}) {
  const here = hereState();
  history.pushState({ ...here, ...more }, "", withPlaces(location.href, here.places));
}

/** The place remembered for a text: {anchor, share, heading}; null where there is none. */
export function lastPlace(slug) {
  try {
    return JSON.parse(localStorage.getItem(KEEP + slug));
  } catch {
    return null;
  }
}

/** Keep address and memory true while the reader scrolls. */
export function start() {
  let timer;
  document.addEventListener(
    "scroll",
    (event) => {
      if (!event.target.classList?.contains("leaf")) return;
      clearTimeout(timer);
      timer = setTimeout(note, PAUSE);
    },
    { capture: true, passive: true },
  );
  addEventListener("pagehide", note);

  function note() {
    clearTimeout(timer);
    remember();
    leaves().forEach(keep);
  }
}

function keep(leaf) {
  const block = topPlace(leaf);
  const here = leaf.scrollTop > leaf.clientHeight / 3 ? place(block?.id) : null;
  if (!here) return;
  const heading = headingBefore(leaf, block);
  try {
    localStorage.setItem(
      KEEP + leaf.dataset.slug,
      JSON.stringify({ anchor: here.anchor, share: Math.round(share(leaf) * 100), heading }),
    );
  } catch {
    // Private windows may refuse to keep anything; then nothing is offered.
  }
}

function headingBefore(leaf, block) {
  const before = [...leaf.querySelectorAll(".text .heading")].filter(
    (heading) => heading === block || heading.compareDocumentPosition(block) & Node.DOCUMENT_POSITION_FOLLOWING,
  );
  return before.at(-1)?.textContent.trim().slice(0, 80) ?? "";
}

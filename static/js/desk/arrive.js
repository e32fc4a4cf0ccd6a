/* Bringing leaves to the ends of a parallel, both at one height where both leaves are in view. */

import { bring } from "./chunks.js";
import { show, turnTo } from "./go.js";
import { heightOf, lineOf } from "./heights.js";
import { upperEdge } from "./leaf.js";
import { anchorOn } from "./parallels.js";
import { hold } from "./steady.js";

/** Whether one leaf fills the screen. */
export function isNarrow({ parentElement: row }) {
  return row.scrollWidth > row.clientWidth + 1;
}

/** Whether a leaf shows its end of a parallel. */
export function shows(leaf, parallel) {
  const { top, bottom } = heightOf(leaf, parallel[leaf.dataset.side]);
  const edge = upperEdge(leaf) - leaf.getBoundingClientRect().top;
  return bottom - leaf.scrollTop > edge && top - leaf.scrollTop < leaf.clientHeight;
}

/** Bring one leaf to its end of a parallel, beside the other's end; the block there, null where it cannot be had. */
export async function arrive(parallel, from, to) {
  const block = await blockOf(parallel, to);
  if (!block) return null;
  if (isNarrow(to)) turnTo(to);
  else if (!shows(from, parallel)) {
    // Who comes from a list, or from a note far from its mark, sees both ends.
    const own = await blockOf(parallel, from);
    if (own) show(own, { flash: false, focus: false, offset: from.clientHeight / 8 });
  }
  level(parallel, from, to);
  return block;
}

function blockOf(parallel, leaf) {
  const { side } = leaf.dataset;
  return bring(`${side}-${anchorOn(parallel, side)}`);
}

function level(parallel, from, to) {
  const edge = upperEdge(to);
  const own = height(from, parallel);
  const beside = !isNarrow(to) && own > edge && own < from.getBoundingClientRect().bottom - 120;
  to.scrollTop += height(to, parallel) - (beside ? own : edge + to.clientHeight / 8);
  hold(to);
}

/* Where the passage begins, in the window. */
function height(leaf, parallel) {
  return lineOf(leaf, parallel[leaf.dataset.side].start).top - leaf.scrollTop + leaf.getBoundingClientRect().top;
}

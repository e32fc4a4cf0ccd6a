/* By how much the right text stands away from where the parallels would have it: kept for each pair, in lines of text. */

import { keep, kept } from "../keep.js";
import { map } from "../text/follow.js";
import { leafOn, leaves } from "./leaf.js";

let lines = null;

/** The offset of the right text in pixels; 0 where there is none. */
export function offset() {
  return inLines() * lineHeight();
}

/** The same in whole lines. */
export function inLines() {
  lines ??= kept(name(), 0);
  return lines;
}

/** Keep an offset of so many pixels. */
export function setOffset(pixels) {
  lines = Math.round((pixels / lineHeight()) * 10) / 10;
  keep(name(), lines || null);
}

/** Where the other leaf should be scrolled to: by the way of this leaf, and the offset. */
export function withOffset(way, leaf) {
  if (leaf.dataset.side === "left") return map(way, leaf.scrollTop) + offset();
  return map(way, leaf.scrollTop - offset());
}

function lineHeight() {
  return parseFloat(getComputedStyle(leafOn("right").querySelector(".text")).lineHeight) || 30;
}

function name() {
  return `offset:${leaves().map(({ dataset }) => dataset.slug).join(":")}`;
}

/* The way from where one leaf is scrolled to where the other should be, by their parallels, as they are laid now. */

import { chain, still } from "../text/follow.js";
import { otherLeaf } from "./bar.js";
import { heightOf } from "./heights.js";
import { leafOn } from "./leaf.js";
import { all } from "./parallels.js";
import { readingLine } from "./work.js";

// Of faint ones most are chance, but chance does not go forward: where nothing better is known, they lead.
const WEIGHT = { drawn: 8, strong: 4, likely: 2, faint: 0.2 };
const STRONG = 3;

const ways = {};
let followed = null;

/** The way [[scrolled, to], …] for the leaf on this side: both ends, and between them the parallels that go forward. */
export function way(side) {
  ways[side] ??= make(leafOn(side));
  return ways[side];
}

/** The parallels of this passage that are sure and not followed, because they stand elsewhere in the other text's order. */
export function beside(parallels) {
  return parallels.filter((one) => one.rank >= STRONG && !order().has(one));
}

/** Measure and choose again when asked next. */
export function forget() {
  followed = null;
  delete ways.left;
  delete ways.right;
}

function order() {
  if (followed) return followed;
  const lengths = { left: Number(leafOn("left").dataset.length), right: Number(leafOn("right").dataset.length) };
  const points = all().map((one) => ({ one, left: one.left.start, right: one.right.start, weight: weight(one) }));
  followed = new Set(chain(points, lengths).map(({ one }) => one));
  return followed;
}

function weight({ strength, credited, confirmed }) {
  return (confirmed ? WEIGHT.drawn : WEIGHT[strength]) + (credited ? 1 : 0);
}

function make(leaf) {
  const other = otherLeaf(leaf);
  const [side, across] = [leaf.dataset.side, other.dataset.side];
  const found = [[0, 0]];
  const end = [most(leaf), most(other)];
  for (const one of order()) {
    const here = scrolledTo(leaf, one[side]);
    const there = Math.min(Math.max(scrolledTo(other, one[across]), 0), end[1]);
    if (here > found.at(-1)[0] && here < end[0] && there >= found.at(-1)[1]) found.push([here, there]);
  }
  found.push(end);
  const line = readingLine(leaf);
  const apart = beside(all()).map((one) => heightOf(leaf, one[side]));
  return still(found, apart.map(({ top, bottom }) => [top - line, bottom - line]));
}

/* How far a leaf is scrolled when this passage begins at its reading line. */
function scrolledTo(leaf, { start, end }) {
  return heightOf(leaf, { start, end }).top - readingLine(leaf);
}

function most({ scrollHeight, clientHeight }) {
  return Math.max(1, scrollHeight - clientHeight);
}

/*
 * How high places of a text stand in what their leaf holds, in pixels from its top: measured once, and again after the
 * page was laid anew.
 */

import { pieces, rangesOf, runs, units, wordsOf } from "../text/offsets.js";
import { leafOf, leaves } from "./leaf.js";

const measured = new WeakMap();

let started = false;

/** The runs of a leaf, in order: {run, start, end, top, bottom}; a part that waits is one, without its words. */
export function lines(leaf) {
  if (!measured.has(leaf)) measured.set(leaf, measure(leaf));
  return measured.get(leaf).all;
}

/** Where the line with this place is: {top, bottom}; near enough where its part of the text waits. */
export function lineOf(leaf, place) {
  const all = lines(leaf);
  const { exact } = measured.get(leaf);
  if (!all.length) return { top: 0, bottom: 0 };
  if (!exact.has(place)) exact.set(place, precisely(leaf, runAt(all, place), place));
  return exact.get(place);
}

/** From the first line of a passage to its last: {top, bottom}. */
export function heightOf(leaf, { start, end }) {
  return { top: lineOf(leaf, start).top, bottom: lineOf(leaf, Math.max(start, end - 1)).bottom };
}

/** The run that holds a place, without measuring its line; the nearest before it where none does. */
export function roughly(leaf, place) {
  return runAt(lines(leaf), place);
}

/** The ranges of a passage, for paint. */
export function rangesIn(leaf, passage) {
  const touched = lines(leaf).filter(({ run, start, end }) => run && start < passage.end && end > passage.start);
  return rangesOf(passage, touched.map(({ run }) => run));
}

/** Measure anew whenever something changes heights, and tell it as "leaf:laid". */
export function start() {
  if (started) return;
  started = true;
  const anew = (leaf) => {
    if (!leaf) return;
    measured.delete(leaf);
    leaf.dispatchEvent(new CustomEvent("leaf:laid", { bubbles: true }));
  };
  const sizes = new ResizeObserver((entries) => new Set(entries.map(({ target }) => leafOf(target))).forEach(anew));
  for (const leaf of leaves()) {
    sizes.observe(leaf);
    for (const part of leaf.children) sizes.observe(part);
  }
  for (const name of ["leaf:grown", "leaf:restyled", "leaf:marked"]) {
    document.addEventListener(name, ({ target }) => (leafOf(target) ? anew(leafOf(target)) : leaves().forEach(anew)));
  }
}

function measure(leaf) {
  const above = leaf.scrollTop - leaf.getBoundingClientRect().top;
  const all = [];
  let last = 0;
  for (const part of leaf.querySelectorAll(".text > *")) {
    if (part.classList.contains("waiting")) {
      const end = last + Number(part.dataset.length ?? 0);
      all.push({ run: null, start: last, end, ...box(part, above) });
      last = end;
      continue;
    }
    for (const run of runs(part)) {
      if (run.closest(".notes")) continue;
      const start = Number(run.dataset.start);
      all.push({ run, start, end: start + run.textContent.length, ...box(run, above) });
    }
    const words = all.at(-1)?.run;
    if (words) last = wordsOf(words).end + 1;
  }
  return { all, exact: new Map() };
}

function box(element, above) {
  const { top, bottom } = element.getBoundingClientRect();
  return { top: top + above, bottom: bottom + above };
}

function runAt(all, place) {
  let [low, high] = [0, all.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (all[middle].start <= place) low = middle;
    else high = middle - 1;
  }
  return all[low];
}

function precisely(leaf, { run, start, end, top, bottom }, place) {
  if (!run) {
    const here = top + ((bottom - top) * Math.min(1, Math.max(0, (place - start) / (end - start || 1))));
    return { top: here, bottom: here };
  }
  const words = pieces(run);
  const piece = words.findLast((one) => one.start <= place) ?? words[0];
  if (!piece) return { top, bottom };
  const range = new Range();
  if (piece.node.nodeType === Node.TEXT_NODE) {
    const at = Math.min(units(piece.words, Math.max(0, place - piece.start)), Math.max(0, piece.words.length - 1));
    range.setStart(piece.node, at);
    range.setEnd(piece.node, Math.min(at + 1, piece.words.length));
  } else range.selectNode(piece.node);
  const rect = range.getClientRects()[0];
  if (!rect) return { top, bottom };
  const above = leaf.scrollTop - leaf.getBoundingClientRect().top;
  return { top: rect.top + above, bottom: rect.bottom + above };
}

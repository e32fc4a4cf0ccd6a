/* The paragraph at work, for what is drawn about it: under the pointer, else with the focus, else at the reading line. */

import { runs, wordsOf } from "../text/offsets.js";
import { lines } from "./heights.js";
import { current, inSight, leafOf, upperEdge } from "./leaf.js";

// How far down a leaf one reads.
const SHARE = 0.3;

let hovered = null;

/** How far below the top of its leaf the reading line is, in pixels. */
export function readingLine(leaf) {
  const edge = upperEdge(leaf) - leaf.getBoundingClientRect().top;
  return edge + (leaf.clientHeight - edge) * SHARE;
}

/** {side, start, end} of the paragraph at work; null where there are no words. */
export function atWork() {
  const leaf = leafOf(hovered) ?? current();
  const block = hovered?.isConnected ? hovered : leaf?.querySelector(".current");
  if (block && leaf && inSight(block, leaf)) return stretch(leaf, runs(block));
  return leaf && readAt(leaf);
}

/** The same at the reading line of a leaf. */
export function readAt(leaf) {
  const y = leaf.scrollTop + readingLine(leaf);
  const line = lines(leaf).find(({ run, bottom }) => run && bottom > y);
  return line ? stretch(leaf, [line.run]) : null;
}

export function start() {
  for (const name of ["pointerover", "focusin"]) {
    document.addEventListener(name, ({ target }) => {
      const block = name === "focusin" ? null : (target.closest?.(".leaf .text :is(.block, .heading)") ?? null);
      if (block === hovered && name !== "focusin") return;
      hovered = block;
      document.dispatchEvent(new CustomEvent("work:changed"));
    });
  }
}

function stretch(leaf, all) {
  if (!all.length) return null;
  return { side: leaf.dataset.side, start: Number(all[0].dataset.start), end: wordsOf(all.at(-1)).end };
}

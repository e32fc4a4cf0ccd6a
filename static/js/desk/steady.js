/* The reader's line stays where it is while the page around it changes: text arrives, the type or the window grows. */

import { leafOf, leaves, topBlock } from "./leaf.js";

const held = new WeakMap();

/** Note where the reader is now; a scroll does this by itself. */
export function hold(leaf) {
  const block = leaf.scrollTop > 0 ? topBlock(leaf) : null;
  held.set(leaf, block && { block, offset: offset(block, leaf), height: block.offsetHeight });
}

/** Bring the held line back to its height in the window. */
export function restore(leaf) {
  const line = held.get(leaf);
  if (!line?.block.isConnected) return;
  // In a paragraph that got longer, the line stands further down in it.
  const grown = line.offset < 0 && line.height ? line.block.offsetHeight / line.height : 1;
  leaf.scrollTop += offset(line.block, leaf) - line.offset * grown;
}

/** Do something that changes heights, without the reader losing the line. */
export function steadily(change) {
  leaves().forEach(hold);
  change();
  leaves().forEach(restore);
}

/** Hold on after each scroll, and through changes of width. */
export function start() {
  let due = new Set();
  document.addEventListener(
    "scroll",
    (event) => {
      if (!event.target.classList?.contains("leaf")) return;
      if (!due.size) {
        requestAnimationFrame(() => {
          due.forEach(hold);
          due = new Set();
        });
      }
      due.add(event.target);
    },
    { capture: true, passive: true },
  );
  const widths = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      restore(target);
      target.dispatchEvent(new CustomEvent("leaf:resized", { bubbles: true }));
    }
  });
  for (const leaf of leaves()) widths.observe(leaf);

  document.addEventListener("htmx:beforeSwap", (event) => {
    const leaf = leafOf(event.detail.target);
    if (leaf) hold(leaf);
  });
}

function offset(block, leaf) {
  return block.getBoundingClientRect().top - leaf.getBoundingClientRect().top;
}

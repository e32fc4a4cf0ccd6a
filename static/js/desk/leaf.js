/* The leaves of the desk and the blocks in them. */

/** Every leaf of the page, left before right. */
export function leaves() {
  return [...document.querySelectorAll(".leaf")];
}

/** The leaf on this side; null where there is none. */
export function leafOn(side) {
  return document.querySelector(`.leaf[data-side="${side}"]`);
}

/** The leaf that holds this element; null outside. */
export function leafOf(element) {
  return element?.closest?.(".leaf") ?? null;
}

/** Where the reader is: the leaf with focus, else the one last used, else the one most in view. */
export function current() {
  const focused = leafOf(document.activeElement);
  if (focused) used = focused;
  if (used?.isConnected && inView(used)) return used;
  return leaves().find(inView) ?? leaves()[0] ?? null;
}

let used = null;

/** Remember the leaf at work. */
export function use(leaf) {
  if (leaf) used = leaf;
}

/** What a reader steps through and what an address names: paragraphs, items, tables and headings, in order. */
export function blocks(leaf) {
  return [...leaf.querySelectorAll(STEPS)];
}

const STEPS = ".text .block[id], .text .heading[id], .text table[id]";

/** The first block that shows below the bar; null in an empty text. */
export function topBlock(leaf) {
  return firstBelow([...leaf.querySelectorAll(`${STEPS}, .text > .waiting`)], upperEdge(leaf));
}

/** The same among what an address can name: numbered paragraphs, headings, waiting parts. */
export function topPlace(leaf) {
  const named = [...leaf.querySelectorAll(`${STEPS}, .text > .waiting`)].filter(({ id }) => /-[psc]\d+$/.test(id));
  return firstBelow(named, upperEdge(leaf));
}

/* By halving, for a book has thousands. */
function firstBelow(all, line) {
  let low = 0;
  let high = all.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (all[middle].getBoundingClientRect().bottom <= line + 2) low = middle + 1;
    else high = middle;
  }
  return all[low] ?? all.at(-1) ?? null;
}

/** The line, from the top of the window, below which a leaf's text can be read. */
export function upperEdge(leaf) {
  return leaf.getBoundingClientRect().top + parseFloat(getComputedStyle(leaf).paddingBlockStart) - 8;
}

/** Whether an element shows in its leaf. */
export function inSight(element, leaf) {
  const { top, bottom } = element.getBoundingClientRect();
  return bottom > upperEdge(leaf) && top < leaf.getBoundingClientRect().bottom;
}

/** How far the leaf is read, 0 to 1. */
export function share(leaf) {
  const all = leaf.scrollHeight - leaf.clientHeight;
  return all > 0 ? Math.min(1, Math.max(0, leaf.scrollTop / all)) : 1;
}

function inView(leaf) {
  const { left, right } = leaf.getBoundingClientRect();
  const middle = (left + right) / 2;
  return middle > 0 && middle < innerWidth;
}

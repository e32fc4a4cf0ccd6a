/*
 * Something that opens beside a passage: in the outer margin where there is one, under the passage where there is not,
 * as a sheet below it on a narrow screen. It never moves the text, and leaves the passage in view.
 */

import { leafOf } from "./leaf.js";
import { turnTo } from "./go.js";
import { rangesIn } from "./passage.js";
import { hold } from "./steady.js";

const GAP = 10;

/** Put an element, whose class begins with "beside", into the leaf of a passage, and let it be seen. */
export function openBeside(thing, passage) {
  const { leaf } = passage;
  Object.assign(thing.dataset, { from: passage.start, to: passage.end });
  thing.lang = "en";
  thing.dir = "ltr";
  leaf.append(thing);
  turnTo(leaf);
  place(thing);
  reveal(thing);
}

/** Take it away. */
export function closeBeside(thing) {
  const leaf = leafOf(thing);
  thing.remove();
  leaf?.dispatchEvent(new CustomEvent("leaf:marked", { bubbles: true }));
}

/** Place it again: the text was laid anew, or its height changed. */
export function place(thing) {
  const leaf = leafOf(thing);
  if (!leaf) return;
  const { top, bottom } = lines(thing, leaf);
  // Where the margin, which knows nothing of passages, shall have it.
  thing.dataset.wanted = Math.round(top);
  leaf.dispatchEvent(new CustomEvent("leaf:marked", { bubbles: true }));
  if (mode(thing) === "under") thing.style.setProperty("--top", `${Math.round(bottom + GAP)}px`);
}

/** "margin", "under" or "sheet": the style sheet decides. */
export function mode(thing) {
  return getComputedStyle(thing).getPropertyValue("--beside").trim();
}

export function start() {
  for (const name of ["leaf:grown", "leaf:resized", "leaf:restyled"]) {
    document.addEventListener(name, ({ target }) => {
      for (const thing of target.querySelectorAll?.(":scope > .beside") ?? []) place(thing);
    });
  }
  // A keyboard that slides over the page would cover the sheet: it stands on the keyboard instead.
  const seen = window.visualViewport;
  seen?.addEventListener("resize", () => {
    const covered = Math.max(0, innerHeight - seen.height - seen.offsetTop);
    document.body.style.setProperty("--covered", `${Math.round(covered)}px`);
    for (const thing of document.querySelectorAll(".leaf > .beside")) if (mode(thing) === "sheet") reveal(thing);
  });
}

/** Let something in it be seen, too, such as the field that one is to type in. */
export function revealIn(thing, part) {
  const { top, bottom } = part.getBoundingClientRect();
  const box = thing.getBoundingClientRect();
  // The browser's own way would move the leaf, too, and the passage out of it.
  if (top < box.top || bottom > box.bottom) thing.scrollTop += Math.min(bottom - box.bottom, top - box.top) + GAP;
  reveal(thing);
}

/* Scroll as little as shows both the passage's last line and what opened beside it. */
function reveal(thing) {
  const leaf = leafOf(thing);
  const { top: upper, bottom: lower } = leaf.getBoundingClientRect();
  const bar = parseFloat(getComputedStyle(leaf).scrollPaddingBlockStart) || 0;
  const box = thing.getBoundingClientRect();
  const shown = lines(thing, leaf);
  const passageTop = shown.top - leaf.scrollTop + upper;
  const passageBottom = shown.bottom - leaf.scrollTop + upper;
  const floor = mode(thing) === "sheet" ? Math.min(lower, box.top) : lower;
  const last = mode(thing) === "under" ? box.bottom : passageBottom;
  let by = Math.max(0, last + GAP - floor);
  // Not so far that the passage's last line goes under the bar.
  by = Math.min(by, Math.max(0, passageBottom - 32 - upper - bar));
  if (!by && passageBottom < upper + bar) by = passageTop - upper - bar;
  leaf.scrollTop += by;
  hold(leaf);
}

/* The first and the last line of the passage, from the top of what the leaf holds. */
function lines(thing, leaf) {
  const { from: start, to: end } = thing.dataset;
  const ranges = rangesIn({ leaf, start: Number(start), end: Number(end) });
  const above = leaf.scrollTop - leaf.getBoundingClientRect().top;
  if (!ranges.length) return { top: leaf.scrollTop + 80, bottom: leaf.scrollTop + 80 };
  const last = [...ranges.at(-1).getClientRects()].at(-1) ?? ranges.at(-1).getBoundingClientRect();
  return { top: ranges[0].getBoundingClientRect().top + above, bottom: last.bottom + above };
}

/* A citation of the facing text: what its sentence leans on, and the ways there from its mark and its note. */

import { target } from "../text/address.js";
import { pieces, points, runOf } from "../text/offsets.js";
import { leafOf } from "./leaf.js";
import { anchorOn, touching } from "./parallels.js";

/** The mark that is at work, or whose note is; null where none is. */
export function markHere() {
  return markOf(document.activeElement);
}

/**
 * What the sentence with this mark may lean on, best first: what cites the other text in it, what else is parallel to it,
 * then what is to the rest of its paragraph.
 */
export function leaning(mark) {
  const run = runOf(mark.parentElement);
  if (!run) return [];
  const { side } = leafOf(mark).dataset;
  const place = placeOf(mark, run);
  const start = Number(run.dataset.start);
  const holds = (one) => one[side].start < place && place <= one[side].end + 1;
  const weight = (one) => (holds(one) ? (one.citing === side ? 2 : 1) : 0);
  return touching(side, { start, end: start + run.textContent.length }).sort((one, other) => weight(other) - weight(one));
}

/** Let along(parallels, side, options) go where a note says that its work lies open beside it. */
export function start(along) {
  document.addEventListener(
    "click",
    (event) => {
      const link = event.target.closest?.(".note .facing a[href*='#'], .note a.facing[href^='#']");
      if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
      const mark = markOf(link);
      const found = mark ? leaning(mark) : [];
      if (!found.length) return;
      event.preventDefault();
      event.stopPropagation();
      const { side } = leafOf(link).dataset;
      const wanted = target(link.href);
      const other = side === "left" ? "right" : "left";
      const at = found.findIndex((one) => wanted === `${other}-${anchorOn(one, other)}`);
      along(found, side, { at: Math.max(0, at), turns: true });
    },
    { capture: true },
  );
}

/* The mark with the focus, or that which opened the note around this element, or the first that calls it. */
function markOf(element) {
  const mark = element.closest?.("a.mark[role]");
  const note = element.closest?.(".note");
  if (mark || !note) return mark ?? null;
  return document.querySelector(`a.mark[aria-expanded="true"][href="#${note.id}"]`) ?? document.getElementById(note.dataset.mark);
}

/* Where a mark stands in the text: behind the words before it. */
function placeOf(mark, run) {
  const before = pieces(run).filter(({ node }) => node.compareDocumentPosition(mark) & Node.DOCUMENT_POSITION_FOLLOWING);
  const last = before.at(-1);
  return last ? last.start + points(last.words) : Number(run.dataset.start);
}

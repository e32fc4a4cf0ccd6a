/* Marks in the text and the cards that belong to them: each lights the other, and keys go from mark to mark. */

import { say } from "../say.js";
import { focusOn, show } from "./go.js";
import { current, inSight, leafOf, upperEdge, use } from "./leaf.js";

const MARK = "mark[data-range], mark.crowd";
const SHOWN = { all: MARK, mine: "mark.own", none: "mark:not(mark)" };

/** The keys of the annotations that a mark draws one by one: ["12", "15"]. */
export function keysOf(mark) {
  return (mark.dataset.range ?? "").split(" ").filter(Boolean).map((name) => name.slice(1));
}

/** The mark where an annotation begins in a leaf; null where it is not drawn. */
export function markOf(annotation, leaf) {
  return leaf.querySelector(`mark[data-first~="a${annotation}"]`) ?? leaf.querySelector(`mark[data-range~="a${annotation}"]`);
}

/** Go to the next (1) or previous (-1) place that readers marked. */
export function toMark(by) {
  const leaf = current();
  const marks = leaf ? [...leaf.querySelectorAll(SHOWN[document.documentElement.dataset.marks] ?? MARK)].filter(begins) : [];
  const at = marks.indexOf(document.activeElement);
  const here = document.activeElement.closest?.(".leaf .block, .leaf .heading");
  const next = at >= 0 ? at + by : here ? from(marks, here, by) : fromTop(marks, leaf, by);
  const mark = marks[next];
  if (!mark) {
    say(marks.length ? (by > 0 ? "No further mark." : "No mark before this.") : "Nobody has marked anything here yet.");
    return;
  }
  const block = mark.closest(".block, .heading");
  if (block && !inSight(mark, leaf)) show(block, { flash: false, focus: false });
  use(leaf);
  focusOn(mark);
  mark.scrollIntoView({ block: "nearest" });
}

export function start() {
  for (const [name, on] of [["pointerover", true], ["pointerout", false], ["focusin", true], ["focusout", false]]) {
    document.addEventListener(name, ({ target }) => {
      const mark = target.closest?.("mark[data-range]");
      const card = target.closest?.(".card[data-annotation]");
      if (mark) light(keysOf(mark), leafOf(mark), on);
      else if (card) light([card.dataset.annotation], leafOf(card), on);
    });
  }
}

function light(keys, leaf, on) {
  if (!leaf) return;
  for (const key of keys) {
    const both = `mark[data-range~="a${key}"], .card[data-annotation="${key}"]`;
    for (const one of leaf.querySelectorAll(both)) one.classList.toggle("lit", on);
  }
}

/* One place of a crowd is many segments; the first of those that touch each other stands for them. */
function begins(mark) {
  if (mark.dataset.first) return true;
  const before = mark.previousSibling;
  return mark.classList.contains("crowd") && !(before?.classList?.contains("crowd") ?? false);
}

function from(marks, here, by) {
  const follows = (mark) => here.contains(mark) || here.compareDocumentPosition(mark) & Node.DOCUMENT_POSITION_FOLLOWING;
  const first = marks.findIndex(follows);
  const after = first < 0 ? marks.length : first;
  return by > 0 ? after : after - 1;
}

function fromTop(marks, leaf, by) {
  const below = marks.findIndex((mark) => mark.getBoundingClientRect().bottom > upperEdge(leaf));
  return by > 0 ? (below < 0 ? marks.length : below) : (below < 0 ? marks.length : below) - 1;
}

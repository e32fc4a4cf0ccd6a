/* Keys for everything; each has a control in the page that does the same. The page's own list names them. */

import { pressed, Sequence, takesText } from "../text/keys.js";
import { lettersOn } from "../letters.js";
import { say } from "../say.js";
import { otherLeaf } from "./bar.js";
import { clear, focusField, isFinding, toPlace } from "./find.js";
import { focusOn, show, turnTo } from "./go.js";
import { showKeys } from "./help.js";
import { joined, joinedNow } from "./joined.js";
import { blocks, current, inSight, topBlock, upperEdge, use } from "./leaf.js";
import { openNote } from "./notes.js";
import { marking, markingNow } from "./wanted.js";

/** What each key does; "g c" is g, then c. */
export const ACTIONS = {
  j: () => walk(1),
  k: () => walk(-1),
  w: toOther,
  f: notesHere,
  "}": () => toNoteMark(1),
  "{": () => toNoteMark(-1),
  s: () => mine("takeSentence", 1),
  S: () => mine("takeSentence", -1),
  ".": () => mine("stepSentence", 1),
  ",": () => mine("stepSentence", -1),
  J: () => mine("takeParagraph", 1),
  K: () => mine("takeParagraph", -1),
  h: () => mine("highlightOrChoose"),
  n: () => (isFinding() ? toPlace(1) : mine("write", "note")),
  N: () => toPlace(-1),
  q: () => mine("write", "question"),
  t: () => mine("write", "tag"),
  c: () => mine("claim"),
  C: () => mine("claim", { more: true }),
  6: () => mine("claimSilence"),
  "]": () => mine("toMark", 1),
  "[": () => mine("toMark", -1),
  m: () => mine("openParagraph"),
  p: () => joined().then((all) => all?.next()),
  P: () => joined().then((all) => all?.back()),
  l: () => joined().then((all) => all?.toggle()),
  u: () => mine("undo"),
  U: () => mine("redo"),
  "/": focusField,
  y: () => mine("copySelection"),
  x: () => document.querySelector(".bar-swap")?.click(),
  "?": showKeys,
  "g c": toContents,
  "g w": () => current()?.querySelector(".works a")?.click(),
  "g n": () => document.querySelector(".bar-notes")?.click(),
  "g s": () => document.querySelector(".bar-shelf")?.click(),
  Escape: release,
};

export function start() {
  const keys = new Sequence(Object.keys(ACTIONS));
  document.addEventListener("keydown", (event) => {
    const key = pressed(event);
    if (event.defaultPrevented || !key || takesText(event.target) || document.querySelector("dialog[open]")) return;
    if (key.length === 1 && !lettersOn()) return;
    const action = ACTIONS[keys.read(key)];
    if (!action) return;
    if (key !== "Escape") event.preventDefault();
    if (!"hU".includes(key)) markingNow()?.doneWithLast();
    action();
  });
  document.addEventListener("focusin", ({ target }) => {
    const block = target.closest?.(".leaf :is(.block, .heading)");
    if (block) mark(block);
  });
}

function walk(by) {
  const leaf = current();
  if (!leaf) return;
  markingNow()?.take(null);
  const all = blocks(leaf);
  const here = leaf.querySelector(".current");
  // A reader who scrolled on is where the page is, not where the keys last were.
  const seen = here && inSight(here, leaf);
  const index = seen ? all.indexOf(here) + by : all.indexOf(topBlock(leaf));
  const block = all[Math.max(0, index)];
  if (!block) {
    if (all.length) say("The end of the text.");
    return;
  }
  show(block, { flash: false });
}

function toOther() {
  const leaf = current();
  const other = leaf && otherLeaf(leaf);
  if (!other) {
    say("One text is open.");
    return;
  }
  turnTo(other);
  use(other);
  const here = other.querySelector(".current");
  focusOn(here && inSight(here, other) ? here : other);
  say(other.getAttribute("aria-label"));
}

function notesHere() {
  const leaf = current();
  const here = leaf?.querySelector(".current");
  const block = here && inSight(here, leaf) ? here : leaf && topBlock(leaf);
  const mark = block?.querySelector("a.mark[role]");
  if (mark) openNote(mark);
  else say("This paragraph has no note.");
}

/* What marking does, at once where it is at work, else when it is. */
function mine(name, ...values) {
  const now = markingNow();
  if (now) now[name](...values);
  else marking().then((all) => all?.[name](...values));
}

/* What is nearest goes first: words taken, a list of places, and then the way to a parallel. */
function release() {
  const held = markingNow()?.holds() || isFinding();
  markingNow()?.letGo();
  markingNow()?.dropClaim();
  clear();
  if (!held && joinedNow()?.isAway()) joinedNow().back();
}

function toNoteMark(by) {
  const leaf = current();
  const marks = leaf ? [...leaf.querySelectorAll("a.mark[role]")].filter((mark) => !mark.closest(".note")) : [];
  const at = marks.indexOf(document.activeElement);
  const line = leaf && upperEdge(leaf);
  const below = marks.findIndex((mark) => mark.getBoundingClientRect().bottom > line);
  const next = at >= 0 ? at + by : by > 0 ? below : (below < 0 ? marks.length : below) - 1;
  const mark = marks[next];
  if (!mark) {
    say(by > 0 ? "No further mark." : "No mark before this.");
    return;
  }
  const block = mark.closest(".block, .heading");
  if (block && !inSight(mark, leaf)) show(block, { flash: false, focus: false });
  use(leaf);
  mark.focus({ preventScroll: true });
  mark.scrollIntoView({ block: "nearest" });
}

function toContents() {
  const details = current()?.querySelector(".contents details");
  if (!details) {
    say("This text has no contents.");
    return;
  }
  details.open = true;
  const link = details.querySelector("[aria-current]") ?? details.querySelector("a");
  (link ?? details.querySelector("summary")).focus();
}

function mark(block) {
  document.querySelectorAll(".leaf .current").forEach((one) => one.classList.remove("current"));
  block.classList.add("current");
}

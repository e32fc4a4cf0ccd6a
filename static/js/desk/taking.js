/* Taking a passage with keys: sentence by sentence, or paragraph by paragraph, without a selection. */

import { sentences } from "../text/sentences.js";
import { wordsOf } from "../text/offsets.js";
import { say } from "../say.js";
import { blocks, current, inSight, leafOf } from "./leaf.js";
import { focusOn, show } from "./go.js";
import { blockHere, ownRuns, passage, passageOf, rangesIn, take, takenNow, withWords } from "./passage.js";

let left = null;

/** Take the sentence at work; again: one more (1), or one less (-1). */
export function takeSentence(by) {
  const now = takenNow();
  const leaf = now?.leaf ?? current();
  if (!leaf) return;
  if (!now || now.of !== "sentence") {
    if (by > 0) takeSpan(leaf, sentencesOf(blockHere(leaf)).slice(0, 1));
    else say("No sentence is taken: press s to take one.");
    return;
  }
  const all = around(leaf, now);
  const inside = all.filter(({ start, end }) => start >= now.start && end <= now.end);
  const next = all.find(({ start }) => start >= now.end);
  if (by > 0 && !next) say("The end of the text.");
  else takeSpan(leaf, by > 0 ? [inside[0] ?? now, next] : inside.slice(0, Math.max(1, inside.length - 1)));
}

/** Leave what is taken, or was marked just now, for the sentence after (1) or before (-1) it. */
export function stepSentence(by) {
  const now = takenNow() ?? leftHere();
  if (!now || now.of !== "sentence") {
    takeSentence(1);
    return;
  }
  const all = around(now.leaf, now);
  const next = by > 0 ? all.find(({ start }) => start >= now.end) : all.findLast(({ end }) => end <= now.start);
  if (next) takeSpan(now.leaf, [next]);
  else say(by > 0 ? "The end of the text." : "The beginning of the text.");
}

/* What was taken last, while the paragraph at its end is still at work. */
function leftHere() {
  const leaf = current();
  const here = left?.leaf === leaf && blockHere(leaf);
  const words = here && passageOf(here);
  return words && words.start < left.end && left.end <= words.end ? left : null;
}

/** Take the paragraph at work; again: one more (1), or one less (-1). */
export function takeParagraph(by) {
  const now = takenNow();
  const leaf = now?.leaf ?? current();
  if (!leaf) return;
  const all = blocks(leaf).map(passageOf).filter(Boolean);
  if (!now || now.of !== "paragraph") {
    const block = blockHere(leaf);
    const here = block && passageOf(block);
    if (here && by > 0) takeSpan(leaf, [here], "paragraph");
    return;
  }
  const inside = all.filter(({ start, end }) => start >= now.start && end <= now.end);
  const next = all.find(({ start }) => start >= now.end);
  if (by > 0 && next) takeSpan(leaf, [...inside, next], "paragraph");
  else takeSpan(leaf, inside.slice(0, Math.max(1, inside.length - 1)), "paragraph");
}

/* Take everything from the first to the last of these, show the end of it, and say how much it is. */
function takeSpan(leaf, parts, of = "sentence") {
  if (!parts.length) {
    say("There are no words here.");
    return;
  }
  const [first, last] = [parts[0], parts.at(-1)];
  take(passage(leaf, withWords(leaf, { start: first.start, end: last.end }), of));
  left = takenNow();
  const { exact } = left;
  const end = rangesIn(left).at(-1);
  const block = end?.startContainer.parentElement.closest(".block, .heading, table");
  if (block) {
    if (inSight(block, leaf)) focusOn(block);
    else show(block, { flash: false });
  }
  const count = exact.split(/\s+/).length;
  say(`Taken: ${count} word${count === 1 ? "" : "s"}, “${shortened(exact)}”`);
}

function shortened(exact) {
  const all = exact.split(/\s+/);
  return all.length > 12 ? `${all.slice(0, 6).join(" ")} … ${all.slice(-4).join(" ")}` : all.join(" ");
}

/* The sentences of the blocks from a little before to a little after what is taken, in order. */
function around(leaf, now) {
  const here = blockHere(leaf);
  const all = here?.matches(".note") ? [here] : blocks(leaf);
  const at = all.findIndex((block) => ownRuns(block).some((run) => wordsOf(run).end >= now.start));
  const found = [];
  for (let index = Math.max(0, at - 2); index < all.length; index++) {
    const next = sentencesOf(all[index]);
    found.push(...next);
    // One beyond what is taken is enough.
    if (next.some(({ start }) => start >= now.end)) break;
  }
  return found;
}

function sentencesOf(block) {
  if (!block) return [];
  const language = leafOf(block).lang;
  return ownRuns(block).flatMap((run) => {
    const { words: all, start } = wordsOf(run);
    return sentences(all, language).map(([from, to]) => ({ start: start + from, end: start + to }));
  });
}


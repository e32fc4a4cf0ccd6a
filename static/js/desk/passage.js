/*
 * The passage that the next act is about: what the reader selected, else what keys took, else the paragraph at work.
 *
 * A passage is {leaf, slug, revision, start, end, exact, of}: a place in a text, and what it was taken as (selection,
 * sentence, paragraph).
 */

import { takesText } from "../text/keys.js";
import { placeOf, rangesOf, runs, wordsOf } from "../text/offsets.js";
import { current, inSight, leafOf, leaves, topBlock } from "./leaf.js";

const painted = new Map();
let taken = null;

/** What the reader selected in a text, clipped to the leaf, or the note, where the selection began; else null. */
export function selected() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed || takesText(document.activeElement)) return null;
  const { anchorNode, focusNode } = selection;
  const from = [anchorNode, focusNode].map(element).find((one) => leafOf(one) && !one.closest(".cards, .beside"));
  const leaf = leafOf(from);
  const place = leaf && placeOf(selection.getRangeAt(0), scope(from, leaf));
  return place && passage(leaf, place, "selection");
}

/** What the act shall be about; null in a text without words. */
export function passageHere() {
  return selected() ?? taken ?? paragraphHere();
}

/** The paragraph at work as a passage. */
export function paragraphHere(leaf = current()) {
  const block = leaf && blockHere(leaf);
  return block && passageOf(block);
}

/** A whole block as a passage; null where it has no words. */
export function passageOf(block) {
  const leaf = leafOf(block);
  const words = ownRuns(block).map(wordsOf).filter((run) => run.words.trim());
  if (!leaf || !words.length) return null;
  const place = { start: words[0].start, end: words.at(-1).end };
  return passage(leaf, withWords(leaf, place), "paragraph");
}

/** The runs of a block's own words: an item's lists are blocks of their own. */
export function ownRuns(block) {
  return block.localName === "li" ? [...block.querySelectorAll(":scope > .words, :scope > p")] : runs(block);
}

/** A place with the words that stand there, as the page has them. */
export function withWords(leaf, place) {
  const ranges = rangesIn({ leaf, ...place });
  if (!ranges.length) return place;
  const whole = new Range();
  whole.setStart(ranges[0].startContainer, ranges[0].startOffset);
  whole.setEnd(ranges.at(-1).endContainer, ranges.at(-1).endOffset);
  return { ...place, exact: placeOf(whole, scope(element(ranges[0].startContainer), leaf))?.exact ?? "" };
}

/** The block at work in a leaf: a note of the text with the focus, the block with the rule, else the first in view. */
export function blockHere(leaf) {
  const note = document.activeElement.closest?.(".note");
  if (note && leaf.contains(note)) return note;
  const marked = leaf.querySelector(".current");
  return marked && inSight(marked, leaf) ? marked : topBlock(leaf);
}

/** A place in a leaf as a passage. */
export function passage(leaf, { start, end, exact = "" }, of) {
  const { slug, revision } = leaf.dataset;
  return { leaf, slug, revision, start, end, exact, of };
}

/** The DOM ranges of a passage. */
export function rangesIn({ leaf, start, end }) {
  return rangesOf({ start, end }, runs(leaf));
}

/** The block, heading, note or table in which a passage begins; null where the page does not have it. */
export function blockOf(passage) {
  return rangesIn(passage)[0]?.startContainer.parentElement.closest(".block, .heading, .note, table") ?? null;
}

/** Select a passage, as a hand would. */
export function select(passage) {
  const ranges = rangesIn(passage);
  if (!ranges.length) return;
  const [{ startContainer, startOffset }, { endContainer, endOffset }] = [ranges[0], ranges.at(-1)];
  getSelection().setBaseAndExtent(startContainer, startOffset, endContainer, endOffset);
}

/** Whether keys took a passage, and which. */
export function takenNow() {
  return taken;
}

/** Take a passage, and show it. */
export function take(next) {
  taken = next;
  paint("taken", next);
  document.dispatchEvent(new CustomEvent("passage:taken"));
}

/** Whether something is selected or taken. */
export function holds() {
  return Boolean(taken ?? selected());
}

/** Let go of what was selected or taken. */
export function letGo() {
  if (taken) take(null);
  if (selected()) getSelection().removeAllRanges();
}

/** Paint a passage, or several, under this name until the next; null takes the paint away. */
export function paint(name, shown) {
  if (!("highlights" in CSS)) return;
  if (shown) painted.set(name, shown);
  else painted.delete(name);
  if (shown) CSS.highlights.set(name, new Highlight(...[shown].flat().flatMap(rangesIn)));
  else CSS.highlights.delete(name);
}

/** Paint again: the words were drawn anew. */
export function repaint() {
  for (const [name, shown] of painted) paint(name, shown);
}

/** The open leaf that shows this revision of this text; null where none does. */
export function leafWith(slug, revision) {
  return leaves().find((leaf) => leaf.dataset.slug === slug && leaf.dataset.revision === String(revision)) ?? null;
}

/* The runs among which a selection may run: the words of the note where it began, or the text itself. */
function scope(from, leaf) {
  const note = from.closest(".note");
  return note ? runs(note) : runs(leaf).filter((run) => !run.closest(".notes"));
}

function element(node) {
  return node?.nodeType === Node.ELEMENT_NODE ? node : node?.parentElement;
}

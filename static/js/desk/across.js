/*
 * Going from a passage to its parallel in the other leaf, on to the next best, and back to where that leaf was. The
 * reader's own leaf stays as it is, and keeps the focus where both leaves are in view.
 */

import { runs, wordsOf } from "../text/offsets.js";
import { say } from "../say.js";
import { bring } from "./chunks.js";
import { flashOver, focusOn, restorePlaces, turnTo } from "./go.js";
import { lineOf } from "./heights.js";
import { current, inSight, leafOf, leafOn, upperEdge, use } from "./leaf.js";
import { otherLeaf } from "./bar.js";
import { leaning, markHere } from "./citations.js";
import { blockHere, selected, takenNow } from "./passage.js";
import { parallelOf, touching } from "./parallels.js";
import { hold } from "./steady.js";
import { light } from "./tint.js";
import { hereState, remember, step } from "./where.js";

// The way that is being gone: {from, to, list, at, before, focus}; null once it is over.
let way = null;

/** The other leaf goes to the best parallel of the passage at work, or, asked again, to the next. */
export async function next() {
  if (way && goesOn()) {
    await goTo((way.at + 1) % way.list.length);
    return;
  }
  const leaf = current();
  const side = leaf.dataset.side;
  const mark = markHere();
  const found = mark ? leaning(mark) : touching(side, passageAt(leaf));
  if (found.length) await along(found, side);
  else say("No parallel of this passage is known.");
}

/** Go along these parallels of a passage on this side, from the first or another. */
export async function along(list, side, at = 0) {
  const from = leafOn(side);
  const to = otherLeaf(from);
  // Going on from where one came to is the same way back to where that leaf was.
  const before = way && way.to === to ? way.before : hereState();
  if (!way || way.to !== to) remember();
  way = { from, to, list, at: -1, before, focus: document.activeElement, passage: passageAt(from) };
  await goTo(at);
}

/** Bring the other leaf back to where it was. */
export async function back() {
  if (!way) {
    say("The other text is where you left it.");
    return;
  }
  const { to, from, before, focus } = way;
  way = null;
  light(null);
  const side = to.dataset.side;
  const { places, offsets } = hereState();
  await restorePlaces({ places: { ...places, [side]: before.places[side] }, offsets: { ...offsets, [side]: before.offsets[side] } });
  remember();
  turnTo(from);
  use(from);
  if (leafOf(document.activeElement) === to) focusOn(focus.isConnected && leafOf(focus) === from ? focus : from);
  document.dispatchEvent(new CustomEvent("across:back"));
  say("Back where it was.");
}

/** Whether the other leaf was brought to a parallel, and can go back. */
export function isAway() {
  return Boolean(way);
}

export function start() {
  document.addEventListener(
    "click",
    (event) => {
      const parallel = parallelOf(event.target);
      if (!parallel || event.target.closest(".tip") || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
      event.preventDefault();
      event.stopPropagation();
      const side = leafOf(event.target)?.dataset.side ?? current().dataset.side;
      along([parallel], side);
    },
    { capture: true },
  );
  // Who scrolls the other leaf by hand is there now, and needs no way back.
  for (const name of ["wheel", "touchmove"]) {
    document.addEventListener(name, ({ target }) => way?.to === leafOf(target) && (way = null), { passive: true });
  }
}

/* Whether the reader is still at what they asked the last parallel for. */
function goesOn() {
  const leaf = current();
  if (leaf === way.to) return leafOf(document.activeElement) === way.to && turned();
  const { start, end } = passageAt(leaf);
  return way.list.length > 1 && start === way.passage.start && end === way.passage.end;
}

/* Whether one leaf fills the screen. */
function turned() {
  return way.from.parentElement.scrollWidth > way.from.parentElement.clientWidth + 1;
}

async function goTo(index) {
  way.at = index;
  const { list, from, to, at } = way;
  const parallel = list[at];
  const side = to.dataset.side;
  const anchor = new URL(parallel.link.href).searchParams.get(side);
  const block = await bring(`${side}-${anchor}`);
  if (!block) {
    location.assign(parallel.link.href);
    return;
  }
  if (turned()) turnTo(to);
  level(parallel, from, to);
  flashOver(block);
  light(parallel);
  if (turned()) {
    use(to);
    focusOn(block);
  }
  if (way.stepped) remember();
  else step();
  way.stepped = true;
  document.dispatchEvent(new CustomEvent("across:gone"));
  say(words(parallel, anchor, at, list.length), { act: back, name: "Back" });
}

function words({ strength, credited, confirmed }, anchor, at, count) {
  const how = [strength === "drawn" ? "drawn by a reader" : strength, credited && "credited", confirmed && "confirmed"].filter(Boolean).join(", ");
  const where = anchor.startsWith("p") ? `¶ ${anchor.slice(1)}` : "The other text";
  return count > 1 ? `${at + 1} of ${count}, ${how}: ${where}.` : `${where}, ${how}.`;
}

/* Both passages at one height, where the one at work is in view. */
function level(parallel, from, to) {
  const edge = upperEdge(to);
  const mine = lineOf(from, parallel[from.dataset.side].start).top - from.scrollTop + from.getBoundingClientRect().top;
  const seen = !turned() && mine > edge && mine < from.getBoundingClientRect().bottom - 120;
  const wanted = seen ? mine : edge + to.clientHeight / 8;
  const its = lineOf(to, parallel[to.dataset.side].start).top - to.scrollTop + to.getBoundingClientRect().top;
  to.scrollTop += its - wanted;
  hold(to);
}

/* {start, end} of what the reader is at: selected or taken words, else the block. */
function passageAt(leaf) {
  const chosen = selected() ?? takenNow();
  if (chosen?.leaf === leaf) return chosen;
  const block = blockHere(leaf);
  const words = block ? runs(block) : [];
  if (!words.length) return { start: 0, end: 0 };
  return { start: Number(words[0].dataset.start), end: wordsOf(words.at(-1)).end };
}

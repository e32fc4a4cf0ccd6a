/*
 * Going from a passage to its parallel in the other leaf, on to the next best, and back to where that leaf was. The
 * reader's own leaf stays as it is, and keeps the focus where both leaves are in view.
 */

import { runs, wordsOf } from "../text/offsets.js";
import { say } from "../say.js";
import { arrive, isNarrow, shows } from "./arrive.js";
import { otherLeaf } from "./bar.js";
import { leaning, markHere } from "./citations.js";
import { flashOver, focusOn, restorePlaces, turnTo } from "./go.js";
import { current, leafOf, leafOn, use } from "./leaf.js";
import { anchorOn, parallelOf, touching } from "./parallels.js";
import { blockHere, selected, takenNow } from "./passage.js";
import { light } from "./tint.js";
import { hereState, remember, step } from "./where.js";

// The way that is being gone: {from, to, list, at, block, passage, before, focus, turns, stepped, spent}, else null.
let way = null;

/** The other leaf goes to the best parallel of the passage at work, or, asked again, to the next. */
export async function next() {
  if (way && goesOn()) return goTo((way.at + 1) % way.list.length);
  const leaf = current();
  const mark = markHere();
  const found = mark ? leaning(mark) : touching(leaf.dataset.side, passageAt(leaf));
  if (found.length) return along(found, leaf.dataset.side);
  return say("No parallel of this passage is known.");
}

/** Go along these parallels of a passage on this side, from the first or another; with turns, the focus goes, too. */
export async function along(list, side, { at = 0, turns = false } = {}) {
  const from = leafOn(side);
  const to = otherLeaf(from);
  // Who goes on from where they came to has still the same way back.
  const goes = isAway() && way.to === to;
  if (!goes) remember();
  const before = goes ? way.before : hereState();
  way = { from, to, list, before, focus: document.activeElement, passage: passageAt(from), turns: turns || isNarrow(to) };
  await goTo(at);
}

/** Bring the other leaf back to where it was. */
export async function back() {
  if (!way) {
    say("The other text is where you left it.");
    return;
  }
  const { to, from, before, focus, turns } = way;
  leave();
  const { side } = to.dataset;
  const { places, offsets } = hereState();
  places[side] = before.places[side];
  offsets[side] = before.offsets[side];
  await restorePlaces({ places, offsets });
  remember();
  if (turns) {
    turnTo(from);
    use(from);
    focusOn(focus.isConnected && leafOf(focus) === from ? focus : from);
  }
  document.dispatchEvent(new CustomEvent("across:back"));
  say("Back where it was.");
}

/** Whether the other leaf was brought to a parallel, and nobody has moved it since. */
export function isAway() {
  return Boolean(way) && !way.spent;
}

export function start() {
  document.addEventListener(
    "click",
    (event) => {
      const parallel = parallelOf(event.target);
      if (!parallel || event.target.closest(".tip") || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
      event.preventDefault();
      event.stopPropagation();
      along([parallel], leafOf(event.target)?.dataset.side ?? sideOf(parallel));
    },
    { capture: true },
  );
  addEventListener("popstate", () => {
    if (!way) return;
    leave();
    document.dispatchEvent(new CustomEvent("across:back"));
  });
  // Who reads on there is no longer away; the key leads back all the same.
  for (const name of ["wheel", "touchmove"]) {
    document.addEventListener(
      name,
      ({ target }) => {
        if (way && way.to === leafOf(target) && !isNarrow(way.to)) way.spent = true;
      },
      { passive: true },
    );
  }
}

function leave() {
  way = null;
  light(null);
}

/* The side from which a line is gone along: the reader's, unless only the other passage is in view. */
function sideOf(parallel) {
  const own = current();
  const other = otherLeaf(own);
  return !shows(own, parallel) && shows(other, parallel) ? other.dataset.side : own.dataset.side;
}

/* Whether the reader is still at what they asked the last parallel for. */
function goesOn() {
  const leaf = current();
  if (way.list.length < 2) return false;
  if (leaf === way.to) return way.turns && blockHere(leaf) === way.block;
  const { start, end } = passageAt(leaf);
  return start === way.passage.start && end === way.passage.end;
}

async function goTo(index) {
  const going = way;
  going.at = index;
  const { list, from, to } = going;
  const parallel = list[index];
  const block = await arrive(parallel, from, to);
  if (way !== going || going.at !== index) return;
  if (!block) {
    location.assign(parallel.link.href);
    return;
  }
  going.block = block;
  flashOver(block);
  light(parallel);
  // A note that closes when the focus leaves it is opened again by the way back.
  if (going.stepped) remember();
  else step();
  going.stepped = true;
  if (going.turns) {
    use(to);
    focusOn(block);
  }
  document.dispatchEvent(new CustomEvent("across:gone"));
  say(words(parallel, anchorOn(parallel, to.dataset.side), index, list.length), { act: back, name: "Back" });
}

function words({ strength, credited, confirmed }, anchor, index, count) {
  const sure = strength === "drawn" ? "drawn by a reader" : strength;
  const how = [sure, credited && "credited", confirmed && "confirmed"].filter(Boolean).join(", ");
  const where = anchor.startsWith("p") ? `¶ ${anchor.slice(1)}` : "The other text";
  return count > 1 ? `${index + 1} of ${count}, ${how}: ${where}.` : `${where}, ${how}.`;
}

/* {start, end} of what the reader is at: selected or taken words, else the block. */
function passageAt(leaf) {
  const chosen = selected() ?? takenNow();
  if (chosen?.leaf === leaf) return chosen;
  const block = blockHere(leaf);
  const all = block ? runs(block) : [];
  return all.length ? { start: Number(all[0].dataset.start), end: wordsOf(all.at(-1)).end } : { start: 0, end: 0 };
}

/*
 * Scrolling by the parallels: while it is on, the leaf where the reader is leads, and the other follows so that what
 * says the same meets at the reading line. The other leaf scrolled by hand lets go of it at once.
 */

import { keep, kept } from "../keep.js";
import { say } from "../say.js";
import { map } from "../text/follow.js";
import { otherLeaf } from "./bar.js";
import { offset, setOffset, withOffset } from "./offset.js";
import { current, leafOf, leaves } from "./leaf.js";
import { forget, way } from "./together.js";

// Where the other leaf is not where it should be, it comes there over so many pixels of scrolling.
const EASE = 500;

let on = false;
let leader = null;
// It waits where a parallel brought it, until both meet again.
let resting = false;
// What is left of the way to where it should be; unknown when the texts were laid anew.
let slack = null;
let last = 0;
let due = false;
// Where each leaf was put from here; what scrolls it elsewhere is somebody else.
const put = new WeakMap();

/** Whether both scroll together. */
export function isLocked() {
  return on;
}

/** Turn it on or off; turned on, the other leaf comes to where the reader's is at once. */
export function toggle() {
  if (on && resting) {
    say("The texts scroll together again.");
    resume(0);
  } else if (on) set(false, "Each text scrolls by itself.");
  else {
    set(true, `The texts scroll together, by what they share.${offset() ? " The offset is kept." : ""}`);
    resume(0);
  }
}

/** Scroll together with the offset that there is now. */
export function keepOffset() {
  const [left, right] = leaves();
  setOffset(right.scrollTop - map(way("left"), left.scrollTop));
  set(true, "The texts scroll together, with this offset.");
  resume(0);
}

/** Scroll together without an offset. */
export function dropOffset() {
  setOffset(0);
  if (on) resume(0);
  say("The offset is zero.");
  tell();
}

export function start() {
  if (kept(name())) set(true);
  document.addEventListener("scroll", scrolled, { capture: true, passive: true });
  document.addEventListener("focusin", ({ target }) => lead(leafOf(target)));
  for (const one of ["leaf:laid", "parallels:changed"]) {
    document.addEventListener(one, () => {
      forget();
      slack = null;
    });
  }
  document.addEventListener("across:gone", () => (resting = on));
  document.addEventListener("across:back", () => on && resume(0));
  for (const leaf of leaves()) {
    leaf.addEventListener("touchmove", byHand, { passive: true });
    // The scroll bar is the leaf itself, beyond what it holds.
    leaf.addEventListener("pointerdown", (event) => event.target === leaf && event.offsetX >= leaf.clientWidth && byHand(event));
  }
}

function set(now, words = "") {
  on = now;
  [resting, slack] = [false, null];
  lead(current());
  keep(name(), on || null);
  // A wheel that has to wait for a script turns less smoothly: only while it matters.
  for (const leaf of leaves()) {
    if (on) leaf.addEventListener("wheel", byWheel, { passive: false });
    else leaf.removeEventListener("wheel", byWheel);
  }
  if (words) say(words);
  tell();
}

function tell(released = false) {
  document.dispatchEvent(new CustomEvent("lock:changed", { detail: { on, released } }));
}

function lead(leaf) {
  if (!leaf || leaf === leader) return;
  leader = leaf;
  last = leaf.scrollTop;
  slack = null;
}

function resume(left) {
  [resting, slack] = [false, left];
  follow();
}

function scrolled({ target }) {
  if (!on || !target.classList?.contains("leaf") || isOurs(target)) return;
  // A link, a place found, a text laid anew: what moves by itself leads, but nothing runs after it before it is known.
  if (target !== leader && slack !== null && !resting) lead(target);
  if (target !== leader) return;
  if (!due) requestAnimationFrame(follow);
  due = true;
}

function isOurs(leaf) {
  return put.has(leaf) && Math.abs(put.get(leaf) - leaf.scrollTop) < 2;
}

function follow() {
  due = false;
  const other = leader && otherLeaf(leader);
  if (!on || !other) return;
  const wanted = withOffset(way(leader.dataset.side), leader);
  const moved = Math.abs(leader.scrollTop - last);
  last = leader.scrollTop;
  if (resting && Math.abs(other.scrollTop - wanted) > other.clientHeight / 3) return;
  if (resting || slack === null) slack = other.scrollTop - wanted;
  resting = false;
  slack *= Math.max(0, 1 - moved / EASE);
  const to = Math.max(0, Math.min(wanted + slack, other.scrollHeight - other.clientHeight));
  if (Math.abs(to - other.scrollTop) >= 1) other.scrollTop = to;
  put.set(other, other.scrollTop);
  put.delete(leader);
}

function byWheel(event) {
  if (!on || event.ctrlKey || !(event.deltaY || event.shiftKey)) return;
  if (!event.shiftKey || leafOf(event.target) === leader) return byHand(event);
  // With Shift held, the hand sets the offset.
  event.preventDefault();
  const other = leafOf(event.target);
  other.scrollTop += event.deltaY || event.deltaX;
  put.set(other, other.scrollTop);
  const [left, right] = leaves();
  setOffset(right.scrollTop - map(way("left"), left.scrollTop));
  slack = 0;
  tell();
}

function byHand({ target, currentTarget: leaf }) {
  if (!on || leaf === leader || target.closest(".beside, [popover]")) return;
  // On a narrow screen there is one leaf to touch, and it leads.
  const row = leaf.parentElement;
  if (row.scrollWidth > row.clientWidth + 1) return lead(leaf);
  set(false);
  say("Each text scrolls by itself again.", { act: toggle, name: "Together" });
  tell(true);
}

function name() {
  return `together:${leaves().map(({ dataset }) => dataset.slug).join(":")}`;
}

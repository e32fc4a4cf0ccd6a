/*
 * Marking is brought when it is wanted: at once for who has an account, else with the first sign of a hand. Who only
 * looks in waits for none of it.
 */

import { kept, TAB } from "../keep.js";
import { say } from "../say.js";

const SIGNS = ["pointermove", "pointerdown", "touchstart", "keydown", "focusin", "selectionchange"];

let coming = null;
let here = null;

/** All that marks, writes and opens what was written, once it is at work. */
export function marking() {
  coming ??= import("./marking.js").then(
    (all) => {
      all.start();
      here = all;
      return all;
    },
    () => {
      // The next key or press tries again.
      coming = null;
      say("Marking cannot be had just now: you seem to be offline.");
      return null;
    },
  );
  return coming;
}

/** The same if it is at work already, else null. */
export function markingNow() {
  return here;
}

/** Bring it now, or with the first sign of somebody. */
export async function start() {
  if (document.body.dataset.reader || kept("again", null, TAB) || location.hash.match(/-a\d+$/)) {
    await marking();
    return;
  }
  document.addEventListener("click", early);
  for (const name of SIGNS) document.addEventListener(name, () => marking(), { once: true, passive: true });
}

/* A press on a mark that came before what opens it. */
function early({ target }) {
  const mark = target.closest?.(".leaf mark[data-range], .leaf mark.crowd");
  if (!here && mark) marking().then((all) => all?.openMark(mark));
}

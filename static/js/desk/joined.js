/*
 * What two texts share: the lines come once the page can be read, all that goes along them with the first sign of a hand.
 */

import { say } from "../say.js";

const SIGNS = ["pointermove", "pointerdown", "touchstart", "wheel", "keydown", "focusin"];

// Narrower than this there is no room for a chip beside the words.
const AMONG = matchMedia("(width < 88rem)");
const EARLY = ".gutter [data-parallel], .chip, .note .facing a";

let seen = null;
let coming = null;
let here = null;

/** All that goes along parallels, once it is at work; null, said in words, where the page has none. */
export function joined() {
  if (!list()) {
    say(document.body.dataset.halves === "2" ? "No parallels of these two texts are known: Compare, in the bar, looks for them." : "One text is open.");
    return Promise.resolve(null);
  }
  coming ??= bring().catch(() => {
    // The next key tries again.
    seen = coming = null;
    say("The parallels cannot be had just now: you seem to be offline.");
    return null;
  });
  return coming;
}

/** The same if it is at work already, else null. */
export function joinedNow() {
  return here;
}

/** Bring the lines when there is time; where chips stand among the words, before the reader is led to a place. */
export async function start() {
  if (!list()) return;
  document.addEventListener("click", early, { capture: true });
  for (const name of SIGNS) document.addEventListener(name, () => joined(), { once: true, passive: true });
  const soon = () => lines().catch(() => (seen = null));
  if (AMONG.matches) await soon();
  else (window.requestIdleCallback ?? setTimeout)(soon);
}

/* A press that came before what follows it is pressed again. */
function early(event) {
  const { target } = event;
  if (here || event.defaultPrevented || !target.closest?.(EARLY)) return;
  if (event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  event.stopPropagation();
  joined().then((all) => all && target.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true })));
}

async function bring() {
  await lines();
  const all = await import("./going.js");
  all.start();
  here = all;
  return all;
}

function lines() {
  seen ??= import("./joining.js").then((all) => all.start());
  return seen;
}

function list() {
  return document.querySelector("nav.parallels");
}

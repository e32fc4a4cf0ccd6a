/* What two texts share is brought once the page can be read, and sooner where somebody asks for it. */

import { say } from "../say.js";

let coming = null;
let here = null;

/** All that goes along parallels, once it is at work; null, said in words, where the page has none. */
export function joined() {
  if (!document.querySelector("nav.parallels")) {
    say(document.body.dataset.halves === "2" ? "No parallels of these two texts are known." : "One text is open.");
    return Promise.resolve(null);
  }
  coming ??= import("./joining.js").then(
    (all) => {
      all.start();
      here = all;
      return all;
    },
    () => {
      // The next key tries again.
      coming = null;
      say("The parallels cannot be had just now: you seem to be offline.");
      return null;
    },
  );
  return coming;
}

/** The same if it is at work already, else null. */
export function joinedNow() {
  return here;
}

export function start() {
  if (document.querySelector("nav.parallels")) (window.requestIdleCallback ?? setTimeout)(() => joined());
}

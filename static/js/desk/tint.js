/* The parallel under the hand or with the focus: its line stands out, and both its passages are tinted. */

import { lineFor } from "./gutter.js";
import { rangesIn } from "./heights.js";
import { leafOn } from "./leaf.js";
import { parallelOf } from "./parallels.js";

let lit = null;

/** Let this parallel stand out until the next; null lets go of it. */
export function light(parallel) {
  if (lit?.key === parallel?.key) return;
  lit = parallel;
  mark();
  paint();
  document.dispatchEvent(new CustomEvent("parallel:lit", { detail: parallel }));
}

/** The one that stands out; null where none does. */
export function litNow() {
  return lit;
}

export function start() {
  for (const [name, on] of [["pointerover", true], ["pointerout", false], ["focusin", true], ["focusout", false]]) {
    document.addEventListener(name, ({ target, relatedTarget }) => {
      if (!target.closest?.("[data-parallel]")) return;
      const to = relatedTarget?.closest?.("[data-parallel]");
      if (on) light(parallelOf(target));
      // Whoever is on the way from the link to what is said of it has not left it.
      else if (!to) light(parallelOf(document.activeElement));
    });
  }
  // Lines come and go, and words are drawn anew, under what is lit.
  document.addEventListener("gutter:drawn", mark);
  for (const name of ["leaf:marked", "leaf:grown"]) document.addEventListener(name, paint);
}

function mark() {
  for (const line of document.querySelectorAll(".gutter .lit")) line.classList.toggle("lit", line.dataset.parallel === lit?.key);
  if (lit) lineFor(lit.key)?.classList.add("lit");
}

function paint() {
  if (!("highlights" in CSS)) return;
  CSS.highlights.delete("parallel");
  if (!lit) return;
  const ranges = ["left", "right"].flatMap((side) => rangesIn(leafOn(side), lit[side]));
  CSS.highlights.set("parallel", new Highlight(...ranges));
}

/*
 * The list of parallels from the keyboard: Tab enters it at the best parallel of the paragraph at work, arrows go from
 * one to the next, Escape leaves it. The link with the focus is seen beside its line.
 */

import { lineFor } from "./gutter.js";
import { focusOn } from "./go.js";
import { current } from "./leaf.js";
import { all, list, parallelOf, touching } from "./parallels.js";
import { litNow } from "./tint.js";
import { atWork } from "./work.js";

let reachable = null;

export function start() {
  const fresh = () => {
    for (const { link } of all()) link.tabIndex = -1;
    reachable = null;
    reach(parallelOf(document.activeElement) ?? wanted());
  };
  document.addEventListener("gutter:drawn", () => {
    if (!list().contains(document.activeElement)) reach(wanted());
    place(litNow());
  });
  document.addEventListener("parallels:changed", fresh);
  document.addEventListener("parallel:lit", ({ detail }) => place(detail));
  list().addEventListener("focusin", ({ target }) => target.matches("a[data-parallel]") && reach(parallelOf(target)));
  list().addEventListener("keydown", (event) => {
    if (!event.target.matches("a[data-parallel]") || event.defaultPrevented) return;
    if (event.key === "Escape") {
      event.preventDefault();
      const leaf = current();
      focusOn(leaf.querySelector(".current") ?? leaf);
      return;
    }
    const at = all().indexOf(parallelOf(event.target));
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all().length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    all()[to]?.link.focus({ preventScroll: true });
  });
  fresh();
  place(litNow());
}

/* How high its line is in the middle, for the link and for what is said of it. */
function place(parallel) {
  if (!parallel) return;
  const box = lineFor(parallel.key)?.querySelector(".stroke").getBBox();
  // A line that was rejected goes; what is said of it stays where it is, under the pointer.
  if (!box && list().querySelector(":scope > .tip:not([hidden])")) return;
  list().style.setProperty("--y", box ? `${Math.round(box.y + box.height / 2)}px` : "50%");
}

function wanted() {
  const work = atWork();
  return (work && touching(work.side, work)[0]) ?? all().find(({ key }) => lineFor(key)) ?? all()[0];
}

function reach(parallel) {
  if (!parallel || parallel.link === reachable) return;
  if (reachable) reachable.tabIndex = -1;
  reachable = parallel.link;
  reachable.tabIndex = 0;
}

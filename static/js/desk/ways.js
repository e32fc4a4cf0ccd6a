/* The way beside each block takes the block as a whole, and leads into the bar: for who neither selects nor uses keys. */

import { passageOf, take } from "./passage.js";
import { enter } from "./selection.js";

export function start() {
  reachable(document);
  document.addEventListener("leaf:grown", ({ target }) => reachable(target));
  document.addEventListener("focusin", ({ target }) => {
    const way = target.closest?.(".leaf .block")?.querySelector(":scope > .annotate");
    if (way) way.tabIndex = 0;
  });
  document.addEventListener("click", (event) => {
    const way = event.target.closest?.(".leaf .annotate");
    if (!way || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    take(passageOf(way.closest(".block")));
    enter();
  });
}

/* For who looks or listens; Tab finds that of the block at work alone. */
function reachable(within) {
  for (const way of within.querySelectorAll(".annotate")) way.tabIndex = -1;
}

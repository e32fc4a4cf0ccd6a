/* On the shelf, each text that was begun says where to continue. */

import { words } from "./desk/resume.js";
import { lastPlace } from "./desk/where.js";

export function start() {
  offer();
  document.addEventListener("htmx:afterSwap", offer);
}

function offer() {
  for (const spot of document.querySelectorAll("[data-continue]:empty")) {
    const last = lastPlace(spot.dataset.continue);
    if (!last?.anchor) continue;
    const link = document.createElement("a");
    const address = new URL(`/read/${spot.dataset.continue}/`, location.href);
    address.searchParams.set("left", last.anchor);
    link.href = `${address.href}#left-${last.anchor}`;
    link.textContent = words(last);
    spot.append(link);
  }
}

/*
 * While the texts scroll together: where the passage at the reading line has a sure parallel that stands elsewhere in
 * the other text's order, its link is offered beside the line, and followed only when it is wanted.
 */

import { isLocked } from "./lock.js";
import { current, leafOn } from "./leaf.js";
import { heightOf } from "./heights.js";
import { list, touching } from "./parallels.js";
import { beside } from "./together.js";
import { bounds } from "./gutter.js";
import { readAt } from "./work.js";

export function start() {
  document.addEventListener("gutter:drawn", draw);
  document.addEventListener("lock:changed", draw);
}

function draw() {
  const read = isLocked() ? readAt(current()) : null;
  const one = read ? beside(touching(read.side, read))[0] : null;
  for (const link of list().querySelectorAll(".offered")) if (link !== one?.link) link.classList.remove("offered");
  if (!one) return;
  const leaf = leafOn(read.side);
  const { top, bottom } = heightOf(leaf, one[read.side]);
  one.link.style.setProperty("--y", `${Math.round((top + bottom) / 2 - leaf.scrollTop + bounds().above)}px`);
  one.link.classList.add("offered");
}

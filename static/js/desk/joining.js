/* What is seen of the parallels of two texts: the lines between them, and what is written behind their passages. */

import { start as startChips } from "./chips.js";
import { start as startGutter } from "./gutter.js";
import { start as startParallels } from "./parallels.js";
import { start as startTint } from "./tint.js";
import { start as startWork } from "./work.js";

export function start() {
  startWork();
  startGutter();
  startTint();
  startParallels();
  startChips();
}

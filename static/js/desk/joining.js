/* Everything that goes along the parallels of two texts. */

import { back, isAway, next, start as startAcross } from "./across.js";
import { start as startGutter } from "./gutter.js";
import { start as startParallels } from "./parallels.js";
import { start as startTint } from "./tint.js";
import { start as startWork } from "./work.js";

export function start() {
  startWork();
  startGutter();
  startTint();
  startAcross();
  startParallels();
}

export { back, isAway, next };

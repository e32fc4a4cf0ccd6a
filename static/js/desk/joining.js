/* Everything that goes along the parallels of two texts. */

import { along, back, isAway, next, start as startAcross } from "./across.js";
import { start as startChips } from "./chips.js";
import { start as startCitations } from "./citations.js";
import { start as startControls } from "./controls.js";
import { start as startGutter } from "./gutter.js";
import { start as startLock, toggle } from "./lock.js";
import { start as startOffer } from "./offer.js";
import { start as startParallels } from "./parallels.js";
import { start as startRoving } from "./roving.js";
import { start as startTint } from "./tint.js";
import { start as startTip } from "./tip.js";
import { start as startWork } from "./work.js";

export function start() {
  startWork();
  startGutter();
  startTint();
  startRoving();
  startTip();
  startAcross();
  startCitations(along);
  startParallels();
  startChips();
  startLock();
  startControls();
  startOffer();
}

export { back, isAway, next, toggle };

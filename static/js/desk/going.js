/* Everything that goes along the parallels of two texts. */

import { along, back, isAway, next, start as startAcross } from "./across.js";
import { start as startCitations } from "./citations.js";
import { start as startControls } from "./controls.js";
import { start as startLock, toggle } from "./lock.js";
import { start as startOffer } from "./offer.js";
import { start as startRoving } from "./roving.js";
import { start as startTip } from "./tip.js";

export function start() {
  startRoving();
  startTip();
  startAcross();
  startCitations(along);
  startLock();
  startControls();
  startOffer();
}

export { back, isAway, next, toggle };

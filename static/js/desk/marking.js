/* Everything for marking, writing, and opening what was written. */

import { doneWithLast, redo, start as startActs, undo } from "./acts.js";
import { start as startBeside } from "./beside.js";
import { openMark, openParagraph, start as startCards } from "./cards.js";
import { claim, claimSilence, dropClaim, start as startClaiming } from "./claiming.js";
import { copySelection } from "./copy.js";
import { start as startInside } from "./inside.js";
import { start as startMarks, toMark } from "./marks.js";
import { holds, letGo, take } from "./passage.js";
import { start as startReturn } from "./return.js";
import { highlightOrChoose, start as startSelection } from "./selection.js";
import { stepSentence, takeParagraph, takeSentence } from "./taking.js";
import { start as startWays } from "./ways.js";
import { write } from "./writing.js";

export function start() {
  startActs();
  startMarks();
  startBeside();
  startCards();
  startInside();
  startSelection();
  startWays();
  startClaiming();
}

export { claim, claimSilence, copySelection, doneWithLast, dropClaim, highlightOrChoose, holds, letGo, openMark };
export { openParagraph, redo, startReturn, stepSentence, take, takeParagraph, takeSentence, toMark, undo, write };

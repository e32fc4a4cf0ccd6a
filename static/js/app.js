/* Starts what the page has. Everything here adds to pages that read, find and link without it. */

import { start as startActs } from "./desk/acts.js";
import { start as startAddresses } from "./desk/addresses.js";
import { start as startBar } from "./desk/bar.js";
import { start as startBeside } from "./desk/beside.js";
import { start as startCards } from "./desk/cards.js";
import { start as startChunks } from "./desk/chunks.js";
import { start as startDivider } from "./desk/divider.js";
import { start as startFind } from "./desk/find.js";
import { start as startGo } from "./desk/go.js";
import { start as startHelp } from "./desk/help.js";
import { start as startInside } from "./desk/inside.js";
import { start as startKeyboard } from "./desk/keyboard.js";
import { start as startLinks } from "./desk/links.js";
import { start as startMargin } from "./desk/margin.js";
import { start as startMarks } from "./desk/marks.js";
import { reopen, start as startNotes } from "./desk/notes.js";
import { start as startProgress } from "./desk/progress.js";
import { start as startResume } from "./desk/resume.js";
import { start as startReturn } from "./desk/return.js";
import { start as startSelection } from "./desk/selection.js";
import { start as startSettings } from "./desk/settings.js";
import { start as startShelf } from "./shelf.js";
import { start as startSteady } from "./desk/steady.js";
import { start as startWays } from "./desk/ways.js";
import { start as startWhere } from "./desk/where.js";
import { start as startSaying } from "./say.js";

startSaying();
startHelp();
startAddresses();
startShelf();

if (document.querySelector(".leaf")) {
  startDivider();
  startMargin();
  startChunks();
  startSteady();
  startProgress();
  startBar();
  startSettings();
  startFind();
  startActs();
  startMarks();
  startBeside();
  startCards();
  startInside();
  startNotes();
  startSelection();
  startWays();
  startKeyboard();
  startLinks();
  startResume();
  await startGo();
  startWhere();
  await reopen(history.state?.note);
  startReturn();
}

document.documentElement.dataset.ready = "";

/* Starts what the page has. Everything here adds to pages that read, find and link without it. */

import { start as startAddresses } from "./desk/addresses.js";
import { start as startBar } from "./desk/bar.js";
import { start as startChunks } from "./desk/chunks.js";
import { start as startDivider } from "./desk/divider.js";
import { start as startFind } from "./desk/find.js";
import { start as startGo } from "./desk/go.js";
import { start as startHelp } from "./desk/help.js";
import { start as startJoined } from "./desk/joined.js";
import { start as startKeyboard } from "./desk/keyboard.js";
import { start as startLinks } from "./desk/links.js";
import { start as startMargin } from "./desk/margin.js";
import { reopen, start as startNotes } from "./desk/notes.js";
import { start as startProgress } from "./desk/progress.js";
import { start as startResume } from "./desk/resume.js";
import { start as startSettings } from "./desk/settings.js";
import { start as startShelf } from "./shelf.js";
import { start as startSteady } from "./desk/steady.js";
import { markingNow, start as startWanted } from "./desk/wanted.js";
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
  startNotes();
  await startWanted();
  startKeyboard();
  startLinks();
  await startJoined();
  startResume();
  await startGo();
  startWhere();
  await reopen(history.state?.note);
  markingNow()?.startReturn();
}

if (document.querySelector(".strip")) {
  // Once the reader moves: until then it would say what the eye sees.
  const moves = ["scroll", "pointermove", "pointerdown", "keydown"];
  const come = () => {
    for (const name of moves) removeEventListener(name, come, true);
    import("./desk/strip.js").then(({ start }) => start());
  };
  for (const name of moves) addEventListener(name, come, { capture: true, passive: true });
}

const zone = document.querySelector("select[data-here]");
if (zone) import("./zone.js").then(({ start }) => start(zone));

const copies = document.querySelector("[data-copies]");
if (copies) import("./copies.js").then(({ start }) => start(copies));

document.documentElement.dataset.ready = "";

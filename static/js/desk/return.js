/* Coming back: from signing in to the passage that was chosen, from a reload to the form that was open. */

import { say } from "../say.js";
import { cameBackTo } from "./acts.js";
import { choices, reader } from "./choices.js";
import { show } from "./go.js";
import { leafWith, passage, rangesIn, select } from "./passage.js";
import { noteOpen } from "./drafts.js";
import { reopen, start as startWriting } from "./writing.js";

export function start() {
  const kept = cameBackTo();
  const leaf = kept && leafWith(kept.slug, kept.revision);
  if (leaf && rangesIn({ leaf, ...kept }).length) back(kept, leaf);
  else startWriting();
  // Ready before the bar asks, without keeping the page waiting.
  if (reader()) (window.requestIdleCallback ?? setTimeout)(() => choices());
}

function back(kept, leaf) {
  if (reader() && kept.kind && kept.kind !== "highlight") {
    noteOpen(null);
    reopen(kept, leaf, kept.body === undefined ? null : kept);
    return;
  }
  const at = passage(leaf, kept, kept.of);
  const block = rangesIn(at)[0].startContainer.parentElement.closest(".block, .heading, .note");
  if (block) show(block, { flash: false, offset: leaf.clientHeight / 8 });
  select(at);
  say(reader() ? "This is the passage that you chose." : "Sign in to mark this passage.");
}

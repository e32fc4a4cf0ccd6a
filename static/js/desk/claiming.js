/*
 * A claim, from two passages: the first press of the key begins it at one, the second, in the other text, opens a
 * small form at the other. Pressed again where it began, it takes the best parallel of that passage, or offers to say
 * that the other text is silent.
 */

import { say } from "../say.js";
import { isOld, signedIn } from "./acts.js";
import { otherLeaf } from "./bar.js";
import { begun, forgetOld, keepBegun, plain } from "./claim-draft.js";
import { isOpen, openForm } from "./claim-form.js";
import { focusOn, show } from "./go.js";
import { joined } from "./joined.js";
import { touching } from "./parallels.js";
import { blockOf, leafWith, letGo, paint, paragraphHere, passage, rangesIn } from "./passage.js";
import { selected, takenNow, withWords } from "./passage.js";
import { token } from "./send.js";

/** Begin a claim at the passage at hand, or end it there; more: let this passage stand beside those of its text. */
export async function claim({ more = false } = {}) {
  if (isOpen()) return undefined;
  const chosen = selected() ?? takenNow();
  const at = chosen ?? paragraphHere();
  if (!at) return say("There are no words here.");
  if (!otherLeaf(at.leaf)) return say("A claim joins two texts: open another one facing this.");
  if (isOld(at) || !signedIn(at, {})) return undefined;
  const now = begun();
  if (!now) return begin(at);
  const side = now.sides.find(({ slug }) => slug === at.slug);
  if (side && now.sides.length < 2 && !more && !chosen && touches(side.passages, at)) return endWithoutChoice(now);
  if (!side) now.sides.push({ slug: at.slug, passages: [plain(at)] });
  else if (more) side.passages.push(plain(at));
  else side.passages = [plain(at)];
  keepBegun(now);
  letGo();
  if (now.sides.length > 1 && !(more && side)) return openForm(now, at);
  paintBegun();
  return tell(now, `${side && more ? "One more passage:" : "Claim begun at"} “${shortened(at.exact)}”.`);
}

/** Go on with a claim that is begun as one of silence: the other text says nothing of its passage. */
export function claimSilence() {
  const now = !isOpen() && begun();
  const at = now && now.sides.length === 1 && here(now.sides[0].passages[0]);
  if (at) openForm({ ...now, relation: "silent" }, at);
}

/** Drop a claim that is begun; whether there was one. */
export function dropClaim() {
  const now = !isOpen() && begun();
  if (!now || now.body) return false;
  keepBegun(null);
  paintBegun();
  say("Claim dropped.");
  return true;
}

/** Show where a claim is begun; after a reload, go on with it. */
export function start() {
  forgetOld();
  const now = begun();
  if (!now) return;
  const [at] = now.sides.at(-1).passages.map(here).filter(Boolean);
  if (now.open && at) openForm(now, at);
  else {
    paintBegun();
    tell(now, "A claim of yours is begun here.");
  }
}

/** Paint the passages of the claim that is begun. */
export function paintBegun() {
  const passages = begun()?.sides.flatMap((side) => side.passages.map(here)).filter(Boolean) ?? [];
  paint("claimed", passages.length ? passages : null);
}

function begin(at) {
  const now = { sides: [{ slug: at.slug, passages: [plain(at)] }], body: "", word: token() };
  keepBegun(now);
  letGo();
  paintBegun();
  // Here one is at work: the key once more is about this passage.
  const block = blockOf(at);
  if (block) focusOn(block);
  tell(now, `Claim begun at “${shortened(at.exact)}”.`);
}

function tell(now, words) {
  const at = now.sides.map(({ passages }) => here(passages[0])).findLast(Boolean);
  if (now.sides.length > 1 && at) say(words, { act: () => openForm(now, at), name: "Go on" });
  else {
    const silent = { act: claimSilence, name: "The other is silent" };
    say(`${words} Choose a passage of the other text, and press Claim or c again.`, { act: dropClaim, name: "Drop", also: silent });
  }
}

/* The other end of the best parallel that leads from here, where one is known; else the other text may be silent. */
async function endWithoutChoice(now) {
  const [first] = now.sides[0].passages;
  const leaf = leafWith(first.slug, first.revision);
  const other = otherLeaf(leaf);
  const end = await parallelEnd(leaf.dataset.side, first, other);
  if (end) {
    now.sides.push({ slug: end.slug, passages: [plain(end)] });
    keepBegun(now);
    const block = blockOf(end);
    if (block) show(block, { focus: false });
  }
  openForm(now, end ?? { ...first, leaf });
}

async function parallelEnd(side, { start, end }, other) {
  if (!document.querySelector("nav.parallels") || !(await joined())) return null;
  const there = touching(side, { start, end }).map((one) => one[other.dataset.side]);
  const best = there.find((place) => rangesIn({ leaf: other, ...place }).length);
  return best ? passage(other, withWords(other, best), "parallel") : null;
}

function here(kept) {
  const leaf = leafWith(kept.slug, kept.revision);
  return leaf && rangesIn({ leaf, ...kept }).length ? { ...kept, leaf } : null;
}

function touches(passages, at) {
  return passages.some(({ start, end }) => start < at.end && at.start < end);
}

function shortened(exact) {
  const all = exact.split(/\s+/);
  return all.length > 8 ? `${all.slice(0, 8).join(" ")} …` : all.join(" ");
}

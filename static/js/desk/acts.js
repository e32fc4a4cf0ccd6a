/* What a reader does to a passage, and taking it back. */

import { keep, kept, TAB } from "../keep.js";
import { say } from "../say.js";
import { layerNow } from "./audience.js";
import { meaningNow, reader, useMeaning } from "./choices.js";
import { leafOf } from "./leaf.js";
import { apply } from "./parts.js";
import { letGo, paint, passageHere } from "./passage.js";
import { backHere, send, token } from "./send.js";

// The highlight that was made last, until the reader does something else: {annotation, version}.
let last = null;

/** Highlight the passage at hand with this meaning, else with the one chosen last. */
export async function highlight({ passage = passageHere(), meaning = null, word = token() } = {}) {
  if (!passage) return say("There are no words here.");
  if (isOld(passage) || !signedIn(passage, { kind: "highlight" })) return undefined;
  last = null;
  // Seen at once, before the server has drawn it.
  paint("pending", passage);
  const chosen = meaning ?? (await meaningNow());
  if (meaning) useMeaning(meaning);
  const outcome = await annotate(passage, { kind: "highlight", meaning: chosen?.pk ?? "", token: word });
  paint("pending", null);
  letGo();
  if (outcome.kind === "done") last = { ...told(outcome), passage };
  else failed(outcome, passage, () => highlight({ passage, meaning, word }), { kind: "highlight" });
}

/** Whether a passage lies in an older revision, where nothing is added; says so. */
export function isOld({ leaf }) {
  const old = leaf.dataset.old !== undefined;
  if (old) say("This is an older revision. Open the text as it is now to add something.");
  return old;
}

/** The highlight that was just made; null once something else was done. */
export function justMade() {
  return last;
}

/** Give the highlight that was just made another meaning. */
export async function changeMeaning(meaning) {
  const made = last;
  useMeaning(meaning);
  const outcome = await send(`/annotations/${made.annotation}/edit/`, { version: made.version, meaning: meaning.pk });
  if (outcome.kind !== "done") return failed(outcome, made.passage, () => changeMeaning(meaning));
  made.version = apply(outcome.html)?.version;
  say(`Highlighted as ${meaning.name}.`, { act: undo });
}

/** Forget what was just made: the next highlight is a new one. */
export function doneWithLast() {
  last = null;
}

/** Send an annotation of a passage: the outcome as send() has it. */
export function annotate({ leaf, slug, revision, start, end, exact }, values) {
  const layer = layerNow(slug).key;
  const pairs = Object.entries({ revision, start, end, exact, layer, side: leaf.dataset.side, ...values });
  const sent = pairs.flatMap(([name, value]) => [value].flat().map((one) => [name, one]));
  return send(`/read/${slug}/annotations/`, sent);
}

/** Put what an act changed into the page, and say it, with a way back. */
export function told({ html }) {
  const parts = apply(html) ?? { said: "", change: "" };
  if (parts.said) say(parts.said, parts.change ? { act: () => turn(`/changes/${parts.change}/undo/`) } : {});
  return parts;
}

/** Take back the last thing that was done. */
export function undo() {
  return turn("/changes/undo/");
}

/** Do again what was taken back. */
export function redo() {
  return turn("/changes/redo/");
}

async function turn(address) {
  last = null;
  const outcome = await send(address, {});
  if (outcome.kind !== "done") return failed(outcome, null, () => turn(address));
  const { said } = apply(outcome.html) ?? {};
  if (said) say(said, address.includes("redo") ? { act: undo } : { act: redo, name: "Do again" });
}

/** Say why something was not done; a reader without an account goes to sign in, and comes back to the passage. */
export function failed({ kind, html }, passage, again, more = {}) {
  if (kind === "sign-in") return signIn(passage, more);
  if (kind === "offline") return say("Not sent: you seem to be offline.", { act: again, name: "Send again" });
  say(problemIn(html));
}

/** The words of a problem that the server named. */
export function problemIn(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  return page.querySelector(".problem")?.textContent.trim() || "This could not be done. Try again in a moment.";
}

/** Whether somebody is signed in; who is not goes to sign in, and comes back to this passage. */
export function signedIn(passage, more) {
  if (!reader()) signIn(passage, more);
  return Boolean(reader());
}

/** The address where one signs in to come back here. */
export function signInAddress() {
  return `${document.body.dataset.signIn}?next=${encodeURIComponent(backHere())}`;
}

function signIn(passage, more) {
  if (passage) comeBackTo(passage, more);
  location.assign(signInAddress());
}

/** Keep a passage, and what was being done to it, for the way back to this page. */
export function comeBackTo({ slug, revision, start, end, exact, of }, more = {}) {
  keep("again", { slug, revision, start, end, exact, of, ...more }, TAB);
}

/** What was kept for the way back, once. */
export function cameBackTo() {
  const found = kept("again", null, TAB);
  keep("again", null, TAB);
  return found;
}

export function start() {
  document.addEventListener("keydown", (event) => {
    const keys = (event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "z";
    if (!keys || event.defaultPrevented || !reader() || event.target.closest?.("input, textarea, select, dialog")) return;
    event.preventDefault();
    if (event.shiftKey) redo();
    else undo();
  });
  // The buttons of cards are those of one form of the page.
  document.addEventListener("submit", async (event) => {
    const { target: form, submitter } = event;
    if (form.id !== "act" || !submitter?.formAction) return;
    event.preventDefault();
    const values = new URLSearchParams(new FormData(form, submitter));
    const address = new URL(submitter.formAction).pathname;
    const outcome = await send(address, values);
    if (outcome.kind === "done") told(outcome);
    else failed(outcome, null, () => submitter.click());
    if (!submitter.isConnected) leafOf(document.activeElement)?.focus({ preventScroll: true });
  });
}

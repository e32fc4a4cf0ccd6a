/* Writing a note, a question or a tag beside its passage. What is typed is kept here until the server has it. */

import { say } from "../say.js";
import { annotate, comeBackTo, failed, isOld, signedIn, told } from "./acts.js";
import { layerNow, layerToAsk, offerLayers, useLayer } from "./audience.js";
import { closeBeside, openBeside, place } from "./beside.js";
import { usedCodes } from "./choices.js";
import { draft, dropDraft, draftsOn, keepDraft, nameOf, noteOpen, wasOpen } from "./drafts.js";
import { focusOn, show } from "./go.js";
import { current, leafOf, leaves } from "./leaf.js";
import { blockOf, leafWith, letGo, paint, passage, passageHere, rangesIn } from "./passage.js";
import { refuse, tell } from "./problem.js";
import { token } from "./send.js";
import { tagging } from "./tagging.js";

const NAMES = { note: "Note", question: "Question", tag: "Tag" };

let open = null;

/** Open the form for a note, a question or a tag on the passage at hand; a draft of it comes back. */
export function write(kind, { at = passageHere(), values = null } = {}) {
  if (!at) return say("There are no words here.");
  if (isOld(at) || !signedIn(at, { kind })) return undefined;
  if (open) close({ quiet: true });
  const name = nameOf(at, kind);
  const found = values ?? draft(name) ?? {};
  const form = fill(kind, at.slug, found);
  // The word goes with the draft: what was sent, but not heard of, is not made twice.
  open = { form, at, kind, name, word: found.word ?? token(), from: document.activeElement, tags: null };
  const { body, codes } = form.elements;
  if (kind === "tag") open.tags = tagging(form, found.codes ?? [], { changed: typed, done: () => form.requestSubmit() });
  letGo();
  paint("taken", at);
  openBeside(form, at);
  noteOpen({ ...plain(at), kind });
  (kind === "tag" ? codes : body).focus({ preventScroll: true });
  if (found.body) body.setSelectionRange(found.body.length, found.body.length);
  form.addEventListener("input", typed);
  form.addEventListener("submit", keepIt);
  form.addEventListener("keydown", keys);
  form.querySelector("[data-close]").addEventListener("click", () => close());
  return form;
}

/** Close the form; what was typed stays as a draft. */
export function close({ quiet = false } = {}) {
  if (!open) return;
  const { form, from, at, name } = open;
  open = null;
  noteOpen(null);
  paint("taken", null);
  closeBeside(form);
  if (!quiet && draft(name)) say("Closed. What you typed is kept here as a draft.");
  if (quiet) return;
  const back = from?.isConnected && from !== document.body && leafOf(from) ? from : blockOf(at);
  focusOn(back ?? at.leaf);
}

/** Whether a form is open. */
export function isWriting() {
  return Boolean(open);
}

/** Open again what was open when the page went away; else say that drafts lie here. */
export function start() {
  const last = wasOpen();
  const leaf = last && leafWith(last.slug, last.revision);
  if (leaf && rangesIn({ leaf, ...last }).length) {
    reopen(last, leaf);
    return;
  }
  const drafts = leaves().flatMap(({ dataset: { slug } }) => draftsOn(slug)).filter(here);
  if (!drafts.length) return;
  const many = drafts.length > 1 ? `${drafts.length} drafts of yours are kept here.` : "A draft of yours is kept here.";
  say(many, { act: () => reopen(drafts[0], leafWith(drafts[0].slug, drafts[0].revision)), name: "Go on writing" });
}

/** Open the form on a passage that was kept, with what was typed. */
export function reopen(keptPassage, leaf, values = null) {
  const at = passage(leaf, keptPassage, keptPassage.of);
  const block = blockOf(at);
  if (block) show(block, { flash: false, focus: false, offset: leaf.clientHeight / 8 });
  write(keptPassage.kind, { at, values });
}

function here({ slug, revision, start, end }) {
  const leaf = leafWith(slug, revision);
  return leaf && rangesIn({ leaf, start, end }).length;
}

function fill(kind, slug, { body = "" }) {
  const form = document.getElementById("writing").content.firstElementChild.cloneNode(true);
  form.dataset.kind = kind;
  form.setAttribute("aria-label", NAMES[kind]);
  form.querySelector("h2").textContent = NAMES[kind];
  form.elements.body.value = body;
  offerLayers(form.elements.layer, slug, kind === "question" ? layerToAsk : layerNow);
  form.elements.layer.addEventListener("change", ({ target }) => kind === "question" || useLayer(target.value, slug));
  form.elements.body.setAttribute("aria-label", { note: "Your note", question: "Your question", tag: "A memo" }[kind]);
  if (kind === "tag") form.elements.body.placeholder = "A memo, if you like";
  else form.querySelector(".tagging").remove();
  return form;
}

function typed() {
  const { form, at, kind, name, word, tags } = open;
  keepDraft(name, { ...plain(at), kind, word, body: form.elements.body.value, codes: tags?.chosen() ?? [] });
  tell(form, "");
  place(form);
}

async function keepIt(event) {
  event.preventDefault();
  const mine = open;
  const { form, at, kind, name, word, tags } = mine;
  if (form.getAttribute("aria-busy") === "true") return;
  form.setAttribute("aria-busy", "true");
  const { body, layer } = form.elements;
  const values = { kind, body: body.value, layer: layer.value, token: word, ...tags?.values() };
  const outcome = await annotate(at, values);
  form.removeAttribute("aria-busy");
  if (outcome.kind === "done") {
    dropDraft(name);
    if (open === mine) close({ quiet: false });
    told(outcome);
    if (tags) usedCodes(tags.chosen());
    const focus = document.activeElement;
    if (focus === document.body || !leafOf(focus)) focusOn(blockOf(at) ?? current());
  } else if (open === mine) {
    if (outcome.kind === "sign-in") comeBackTo(at, { kind, word, body: values.body, codes: tags?.chosen() ?? [] });
    refuse(form, outcome);
  } else failed(outcome, null, () => annotate(at, values));
}

function keys(event) {
  if (event.key === "Escape" && !event.defaultPrevented) {
    event.preventDefault();
    event.stopPropagation();
    close();
  } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    open.form.requestSubmit();
  }
}

function plain({ slug, revision, start, end, exact, of }) {
  return { slug, revision, start, end, exact, of };
}

/* What was typed and not yet sent is kept in this browser, by person, text and passage, until it is. */

import { keep, kept, names, TAB } from "../keep.js";
import { reader } from "./choices.js";

const OPEN = "writing";
const DAYS = 60;

/** The name of the draft on a passage. */
export function nameOf({ slug, revision, start, end }, kind) {
  return `draft:${reader()}:${slug}:${revision}:${start}-${end}:${kind}`;
}

/** The draft of this name; null where there is none. */
export function draft(name) {
  return kept(name);
}

/** Keep what was typed: {body, codes, passage, kind}; nothing typed is no draft. */
export function keepDraft(name, values) {
  const typed = values.body?.trim() || values.codes?.length;
  keep(name, typed ? { ...values, at: Date.now() } : null);
}

/** It was sent, or is not wanted. */
export function dropDraft(name) {
  keep(name, null);
}

/** The drafts of this person on a text, the newest first; those of two months ago are let go. */
export function draftsOn(slug) {
  const found = [];
  for (const name of names(`draft:${reader()}:${slug}:`)) {
    const values = kept(name);
    if (!values || Date.now() - values.at > DAYS * 86_400_000) keep(name, null);
    else found.push(values);
  }
  return found.sort((one, other) => other.at - one.at);
}

/** Note which form is open, so that a reload opens it again; null: none is. */
export function noteOpen(values) {
  keep(OPEN, values, TAB);
}

/** The form that was open when the page went away. */
export function wasOpen() {
  return kept(OPEN, null, TAB);
}

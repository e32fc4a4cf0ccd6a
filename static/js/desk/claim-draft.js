/*
 * A claim that is begun: kept in this browser, by person and pair of texts, until the server has it.
 *
 * {sides, body, relation, word, open, at}: sides are one or two of {slug, passages}, the one where it began first;
 * passages are {slug, revision, start, end, exact, of}.
 */

import { keep, kept, names } from "../keep.js";
import { reader } from "./choices.js";
import { leaves } from "./leaf.js";

const DAYS = 60;

/** The claim that is begun on the two open texts; null where none is. */
export function begun() {
  const found = kept(name());
  return found && Date.now() - found.at < DAYS * 86_400_000 ? found : null;
}

/** Keep it as it is now; null: it was sent, or is not wanted. */
export function keepBegun(claim) {
  keep(name(), claim && { ...claim, at: Date.now() });
}

/** Let go of those that nobody came back to. */
export function forgetOld() {
  for (const one of names(`claim:${reader()}:`)) {
    if (Date.now() - (kept(one)?.at ?? 0) > DAYS * 86_400_000) keep(one, null);
  }
}

/** A passage without what belongs to the page. */
export function plain({ slug, revision, start, end, exact, of }) {
  return { slug, revision, start, end, exact, of };
}

function name() {
  const slugs = leaves().map((leaf) => leaf.dataset.slug);
  return `claim:${reader()}:${slugs.sort().join(":")}`;
}

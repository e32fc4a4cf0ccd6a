/* What a reader may choose from while marking, and what they chose last. */

import { keep, kept } from "../keep.js";

const RECENT = 9;
let asked = null;

/** Who reads: the key of an account, "" for nobody. */
export function reader() {
  return document.body.dataset.reader ?? "";
}

/** {meanings: [{pk, name, look}], codes: [{pk, name, look}]}, asked for once; empty lists while offline. */
export function choices() {
  asked ??= load();
  return asked;
}

/** The meaning that was chosen last, else the first; null where there is none. */
export async function meaningNow() {
  const { meanings } = await choices();
  return meanings.find(({ pk }) => pk === kept("meaning")) ?? meanings[0] ?? null;
}

/** Remember this meaning for the next highlight. */
export function useMeaning(meaning) {
  keep("meaning", meaning.pk);
}

/** Who sees what is made: "private" (only you) unless the reader chose "public" (everybody). */
export function layerNow() {
  return kept("layer", "private");
}

/** Remember who shall see it. */
export function useLayer(layer) {
  keep("layer", layer);
  document.dispatchEvent(new CustomEvent("layer:chosen"));
}

/** The codes that this person used last, newest first. */
export async function recentCodes() {
  const { codes } = await choices();
  const order = kept(`codes:${reader()}`, []);
  return order.map((pk) => codes.find((code) => code.pk === pk)).filter(Boolean).slice(0, RECENT);
}

/** Remember that these codes were used, by key or, where they were new, by name. */
export async function usedCodes(chosen) {
  if (chosen.some(({ pk }) => !pk)) asked = null;
  const { codes } = await choices();
  const named = ({ pk, name }) => pk ?? codes.find((code) => code.name === name)?.pk;
  const keys = chosen.map(named).filter(Boolean);
  const before = kept(`codes:${reader()}`, []);
  // Each keeps its number while it is among the nine, so that the hand can learn it.
  const fresh = keys.filter((pk) => !before.slice(0, RECENT).includes(pk));
  const rest = before.filter((pk) => !fresh.includes(pk));
  const full = rest.length + fresh.length > RECENT;
  keep(`codes:${reader()}`, (full ? [...rest.slice(0, RECENT - fresh.length), ...fresh] : [...rest, ...fresh]).slice(0, RECENT));
}

async function load() {
  try {
    const answer = await fetch(document.body.dataset.choices, { headers: { "HX-Request": "true" } });
    if (!answer.ok) throw new Error(String(answer.status));
    return await answer.json();
  } catch {
    asked = null;
    return { meanings: [], codes: [] };
  }
}

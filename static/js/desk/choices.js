/* What a reader may choose from while marking, and what they chose last. */

import { keep, kept } from "../keep.js";
import { leaves } from "./leaf.js";

const RECENT = 9;
let asked = null;

/** Who reads: the key of an account, "" for nobody. */
export function reader() {
  return document.body.dataset.reader ?? "";
}

/**
 * {meanings: [{pk, name, look}], codes: [{pk, name, look}], layers: [{key, name}], chosen: {slug: key}}, asked for
 * once; while offline empty lists, and no layers.
 */
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

/** The codes of the numbers 1 to 9: those used lately, and where a number has none, the next of the codebooks. */
export async function recentCodes() {
  const { codes } = await choices();
  const used = numbers().map((pk) => codes.find((code) => code.pk === pk));
  const rest = codes.filter((code) => !used.includes(code));
  return used.map((code) => code ?? rest.shift()).filter(Boolean);
}

/** Remember that these codes were used, by key or, where they were new, by name. */
export async function usedCodes(chosen) {
  const offered = await recentCodes();
  if (chosen.some(({ pk }) => !pk)) asked = null;
  const { codes } = await choices();
  const slots = numbers();
  // Each keeps the number under which it was offered, so that the hand can learn it; another takes the next free one.
  let next = offered.length;
  for (const { pk, name } of chosen) {
    const key = pk ?? codes.find((code) => code.name === name)?.pk;
    if (!key || slots.includes(key)) continue;
    let at = offered.findIndex((code) => code.pk === key);
    if (at < 0) at = next < RECENT ? next++ : slots.lastIndexOf(null);
    // Where all nine are taken, at is -1: the last.
    slots.splice(at, 1, key);
  }
  keep(`codes:${reader()}`, slots);
}

/* The key of the code that was used under each number; null where none was. */
function numbers() {
  const found = kept(`codes:${reader()}`, []);
  return Array.from({ length: RECENT }, (_, index) => found[index] ?? null);
}

async function load() {
  try {
    const texts = new URLSearchParams(leaves().map(({ dataset }) => ["text", dataset.slug]));
    const answer = await fetch(`${document.body.dataset.choices}?${texts}`, { headers: { "HX-Request": "true" } });
    if (!answer.ok) throw new Error(String(answer.status));
    return await answer.json();
  } catch {
    asked = null;
    return { meanings: [], codes: [] };
  }
}

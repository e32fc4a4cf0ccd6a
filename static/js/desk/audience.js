/* For whose eyes one writes: chosen for each text, and named wherever something is about to be written. */

import { keep, kept } from "../keep.js";
import { choices, reader } from "./choices.js";
import { current, leaves } from "./leaf.js";

const OWN = { key: "private", name: "Only you" };
const PUBLIC = { key: "public", name: "Everybody" };

// Until the server has told of more.
let offered = [OWN, PUBLIC];
let told = {};
let asked = null;

/** {key, name} of who sees what is written on a text: chosen here last, else elsewhere; at first only the writer. */
export function layerNow(slug = here()) {
  const chosen = kept(place(slug));
  if (chosen?.key) return offered.find(({ key }) => key === chosen.key) ?? chosen;
  return offered.find(({ key }) => key === told[slug]) ?? OWN;
}

/** Where a question is asked: nobody answers what nobody sees. */
export function layerToAsk(slug = here()) {
  const now = layerNow(slug);
  if (now.key !== OWN.key) return now;
  return offered.find(({ key }) => key.startsWith("class-")) ?? PUBLIC;
}

/** Remember who shall see what is written on a text. */
export function useLayer(key, slug = here()) {
  const layer = layers(slug).find((one) => one.key === key);
  if (layer) keep(place(slug), layer);
  document.dispatchEvent(new CustomEvent("layer:chosen"));
}

/** The layers that can be chosen: [{key, name}]. */
export function layers(slug = here()) {
  const now = layerNow(slug);
  return offered.some(({ key }) => key === now.key) ? offered : [...offered, now];
}

/** Know all layers; asked for once. */
export function know() {
  if (reader()) asked ??= choices().then(hear);
  return asked;
}

/** Offer the layers in the field of a form; pick names the one that is proposed. */
export function offerLayers(select, slug, pick = layerNow) {
  let touched = false;
  const fill = () => {
    const value = touched ? select.value : pick(slug).key;
    select.replaceChildren(...layers(slug).map(({ key, name }) => new Option(name, key)));
    select.value = value;
  };
  select.addEventListener("change", () => (touched = true));
  fill();
  know()?.then(fill);
}

function hear({ layers: all, chosen }) {
  if (!all) {
    // Offline: what is known has to do, until somebody asks again.
    asked = null;
    return;
  }
  offered = all;
  told = chosen;
  for (const { dataset } of leaves()) {
    const last = kept(place(dataset.slug));
    // Of a class that one is no longer in.
    if (last && !all.some(({ key }) => key === last.key)) keep(place(dataset.slug), null);
  }
  document.dispatchEvent(new CustomEvent("layer:chosen"));
}

function here() {
  return current()?.dataset.slug ?? leaves()[0]?.dataset.slug ?? "";
}

function place(slug) {
  return `layer:${reader()}:${slug}`;
}

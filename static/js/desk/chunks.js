/* Parts of a long text that wait: asked for shortly before the reader reaches them, or when a link leads there. */

import { leafOf, leaves } from "./leaf.js";
import { restore } from "./steady.js";

// A screen and a half before it is needed.
const MARGIN = "150% 0px";
const PATIENCE = 15_000;

const watchers = new WeakMap();

/** Ask for one waiting part. */
export function ask(chunk) {
  if (chunk.dataset.asked) return;
  chunk.dataset.asked = "1";
  chunk.dispatchEvent(new CustomEvent("near", { bubbles: false }));
}

/** The element with this id, its part of the text asked for if it waits; null where no part has it. */
export async function bring(id) {
  const side = id.split("-")[0];
  const giveUp = Date.now() + PATIENCE;
  let found = document.getElementById(id);
  while (!found && Date.now() < giveUp) {
    const chunk = holder(side, id.slice(side.length + 1));
    if (!chunk) return null;
    ask(chunk);
    await once(leafOf(chunk), "leaf:grown", giveUp - Date.now());
    found = document.getElementById(id);
  }
  return found?.classList.contains("waiting") ? bringWhole(found, giveUp) : found;
}

/** Watch every leaf's waiting parts, now and after each arrival. */
export function start() {
  for (const leaf of leaves()) {
    const watcher = new IntersectionObserver(
      (entries) => entries.filter((entry) => entry.isIntersecting).forEach((entry) => ask(entry.target)),
      { root: leaf, rootMargin: MARGIN },
    );
    watchers.set(leaf, watcher);
    watch(leaf);
  }
  document.addEventListener("htmx:afterSwap", (event) => {
    const leaf = leafOf(event.detail.target) ?? leafOf(event.target);
    if (leaf) arrived(leaf);
  });
  document.addEventListener("htmx:responseError", (event) => failed(event.target));
  document.addEventListener("htmx:sendError", (event) => failed(event.target));
}

function arrived(leaf) {
  watch(leaf);
  // Its notes go to the margin first, or the line would be kept too early.
  leaf.dispatchEvent(new CustomEvent("leaf:grown", { bubbles: true }));
  restore(leaf);
}

function failed(element) {
  const chunk = element.closest?.(".waiting");
  // The link in it still leads there; the next approach asks again.
  if (chunk) delete chunk.dataset.asked;
}

function watch(leaf) {
  const watcher = watchers.get(leaf);
  watcher.disconnect();
  for (const chunk of leaf.querySelectorAll(".waiting")) {
    reserve(chunk, leaf);
    watcher.observe(chunk);
  }
}

/* Room for a text of this length, so that the scroll bar and the progress line do not lie. */
function reserve(chunk, leaf) {
  if (chunk.style.minBlockSize) return;
  const text = leaf.querySelector(".text");
  const { fontSize, lineHeight } = getComputedStyle(text);
  const perLine = text.clientWidth / (parseFloat(fontSize) * 0.46);
  const lines = Number(chunk.dataset.length ?? 0) / perLine;
  chunk.style.minBlockSize = `${Math.round(lines * parseFloat(lineHeight))}px`;
}

/* The waiting part that holds an anchor: it says which paragraphs, sections and notes it has. */
function holder(side, anchor) {
  const kind = anchor[0];
  const number = Number(anchor.slice(1));
  const waiting = [...document.querySelectorAll(`#${side} .waiting`)];
  if (kind === "c") return waiting.find((chunk) => Number(chunk.dataset.chunk) === number) ?? null;
  const range = { p: "numbers", s: "sections", n: "notes", m: "marks" }[kind];
  return waiting.find((chunk) => {
    const [first, last] = (chunk.dataset[range] ?? "").split("-").map(Number);
    return first && first <= number && number <= last;
  });
}

async function bringWhole(chunk, giveUp) {
  const { id } = chunk;
  const leaf = leafOf(chunk);
  ask(chunk);
  while (document.getElementById(id)?.classList.contains("waiting") && Date.now() < giveUp) {
    await once(leaf, "leaf:grown", giveUp - Date.now());
  }
  return document.getElementById(id);
}

function once(element, name, time) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, time);
    element.addEventListener(
      name,
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}

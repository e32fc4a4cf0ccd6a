/*
 * The parallels that this page knows: those of the list between the leaves, and those that come with further parts of
 * the texts.
 *
 * A parallel is {key, link, strength, credited, citing, confirmed, left, right, rank}; left and right are {start, end},
 * places in the texts.
 */

import { runs, wordsOf } from "../text/offsets.js";
import { leaves } from "./leaf.js";

const RANK = { drawn: 5, strong: 3, likely: 2, faint: 1 };

const covered = new WeakSet();
let known = [];

/** The list between the leaves; null where the page compares nothing. */
export function list() {
  return document.querySelector("nav.parallels");
}

/** All that are known, in the order of the left text. */
export function all() {
  return known;
}

/** The one that this element (a link, a line, a chip) stands for; null where it stands for none. */
export function parallelOf(element) {
  const key = element?.closest?.("[data-parallel]")?.dataset.parallel;
  return known.find((one) => one.key === key) ?? null;
}

/** The anchor of its paragraph on this side: "p5". */
export function anchorOn(parallel, side) {
  return new URL(parallel.link.href).searchParams.get(side);
}

/** Those with an end in text[start:end] of this side, best first; faint ones last. */
export function touching(side, { start, end }) {
  return known
    .filter((one) => one[side].start < end && one[side].end > start)
    .sort((one, other) => other.rank - one.rank || one[side].start - other[side].start);
}

/** Read the list, and again whenever it changes; each change is told as "parallels:changed". */
export function start() {
  read();
  for (const chunk of shown(document)) covered.add(chunk);
  new MutationObserver((changes) => {
    const nodes = changes.flatMap(({ addedNodes, removedNodes }) => [...addedNodes, ...removedNodes]);
    if (nodes.some((node) => node.dataset?.parallel && node.localName === "a")) read();
  }).observe(list(), { childList: true });
  document.addEventListener("leaf:grown", ({ target }) => more(target));
  // What somebody says of a parallel, or draws, changes what there is.
  document.addEventListener("parallels", anew);
}

function read() {
  known = links().map(parallel).sort((one, other) => one.left.start - other.left.start);
  document.dispatchEvent(new CustomEvent("parallels:changed"));
}

function links() {
  return [...list().querySelectorAll(":scope > a[data-parallel]")];
}

function parallel(link) {
  const { classList, dataset } = link;
  const strength = Object.keys(RANK).find((name) => classList.contains(name)) ?? "faint";
  const [credited, confirmed] = [classList.contains("credited"), classList.contains("confirmed")];
  const rank = (confirmed ? RANK.drawn : RANK[strength]) + (credited ? 0.5 : 0) + Number(dataset.score ?? 0) / 2.1;
  const ends = { left: place(dataset.left), right: place(dataset.right) };
  return { key: dataset.parallel, link, strength, credited, citing: dataset.citing ?? "", confirmed, rank, ...ends };
}

function place(words) {
  const [start, end] = words.split(" ").map(Number);
  return { start, end };
}

/* What has come since: its parallels are asked for, once. */
async function more(leaf) {
  for (const chunk of shown(leaf)) {
    if (covered.has(chunk)) continue;
    covered.add(chunk);
    const range = rangeOf([chunk]);
    const found = range && (await asked(`${leaf.dataset.side}=${range}`));
    if (found) add(found);
    else if (range) covered.delete(chunk);
  }
}

/* All that the page shows by now, in place of what was there. */
async function anew() {
  const ranges = leaves().map((leaf) => `${leaf.dataset.side}=${rangeOf(shown(leaf))}`);
  const found = await asked(ranges.join("&"));
  if (!found) return;
  const focused = list().contains(document.activeElement) && document.activeElement.dataset.parallel;
  for (const link of links()) link.remove();
  list().prepend(...found);
  if (focused) links().find(({ dataset }) => dataset.parallel === focused)?.focus({ preventScroll: true });
}

async function asked(query) {
  const { ask } = await import("./send.js");
  const outcome = await ask(`${location.pathname}parallels/?${query}`);
  if (outcome.kind !== "done") return null;
  const holder = document.createElement("template");
  holder.innerHTML = outcome.html;
  return [...holder.content.querySelectorAll("a[data-parallel]")];
}

function add(fresh) {
  const there = links();
  const keys = new Set(there.map(({ dataset }) => dataset.parallel));
  for (const link of fresh.filter(({ dataset }) => !keys.has(dataset.parallel))) {
    const start = parseInt(link.dataset.left, 10);
    list().insertBefore(link, there.find(({ dataset }) => parseInt(dataset.left, 10) > start) ?? there.at(-1)?.nextSibling ?? null);
  }
}

function shown(within) {
  return [...within.querySelectorAll(".chunk:not(.waiting)")];
}

/* From the first word of these parts to the last, without notes: "1200-8300"; "" where they have none. */
function rangeOf(chunks) {
  const words = chunks.flatMap((chunk) => runs(chunk)).filter((run) => !run.closest(".notes"));
  return words.length ? `${words[0].dataset.start}-${wordsOf(words.at(-1)).end}` : "";
}

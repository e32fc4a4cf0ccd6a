/*
 * Small links behind a passage: to its parallel where there is no room for lines between the leaves, and on every screen
 * to what cites it.
 */

import { pieces, units } from "../text/offsets.js";
import { lines, roughly } from "./heights.js";
import { leaves } from "./leaf.js";
import { all, anchorOn } from "./parallels.js";
import { steadily } from "./steady.js";

// Of faint ones there are too many, and most are chance.
const LEAST = 2;

export function start() {
  for (const name of ["parallels:changed", "leaf:grown", "leaf:marked"]) document.addEventListener(name, draw);
  draw();
}

/* What differs from what is there is drawn anew; nothing is, where nothing does. */
function draw() {
  const there = new Map([...document.querySelectorAll(".leaf .leads")].map((chips) => [chips.dataset.name, chips]));
  const wanted = leaves().flatMap(chipsIn);
  const names = new Set(wanted.map(({ name }) => name));
  const gone = [...there].filter(([name]) => !names.has(name)).map(([, chips]) => chips);
  const fresh = wanted.filter(({ name }) => !there.has(name));
  if (!gone.length && !fresh.length) return;
  steadily(() => {
    for (const chips of gone) chips.remove();
    for (const one of fresh) put(one);
  });
}

/* Those of a leaf, together where passages end at one place: [{name, run, end, chips}]. */
function chipsIn(leaf) {
  const { side } = leaf.dataset;
  const found = new Map();
  for (const one of lines(leaf).length ? all() : []) {
    const cited = one.credited && one.citing !== side;
    const { end } = one[side];
    const { run, end: last } = roughly(leaf, end - 1);
    if ((!cited && one.rank < LEAST) || !run || end > last) continue;
    if (!found.has(end)) found.set(end, { run, end, chips: [] });
    found.get(end).chips.push([one, cited]);
  }
  for (const group of found.values()) {
    group.chips.sort(([one], [other]) => other.rank - one.rank);
    group.name = `${side} ${group.end} ${group.chips.map(([{ key }, cited]) => `${key}${cited ? "c" : ""}`).join(" ")}`;
    group.side = side;
  }
  return [...found.values()];
}

function put({ name, run, end, chips, side }) {
  const piece = pieces(run).findLast(({ start }) => start < end);
  if (piece?.node.nodeType !== Node.TEXT_NODE) return;
  const group = document.createElement("span");
  Object.assign(group, { className: "mark leads", lang: "en", dir: "ltr" });
  group.dataset.name = name;
  for (const [one, cited] of chips) group.append(" ", chip(one, cited, side));
  const at = units(piece.words, end - piece.start);
  if (at < piece.node.length) piece.node.splitText(at);
  // The number of a note belongs to the words before it.
  let before = piece.node;
  while (before.nextSibling?.classList?.contains("mark")) before = before.nextSibling;
  before.after(group);
}

function chip(one, cited, side) {
  const link = document.createElement("a");
  const anchor = anchorOn(one, side === "left" ? "right" : "left");
  const number = anchor.startsWith("p") ? anchor.slice(1) : "";
  const [where, there] = number ? [`¶ ${number}`, `paragraph ${number}`] : ["the other text", "a passage of the other text"];
  link.href = one.link.href;
  link.dataset.parallel = one.key;
  const cites = one.credited && !cited;
  link.className = cited ? "chip cited" : "chip";
  link.textContent = cited ? `cited by ${where.replace(" ", "\u00a0")}` : cites ? `cites ${where}` : `⇄ ${number || "¶"}`;
  link.setAttribute("aria-label", cited ? `Cited by ${there}` : `${cites ? "Cites" : "Parallel:"} ${there}, ${one.strength}`);
  return link;
}

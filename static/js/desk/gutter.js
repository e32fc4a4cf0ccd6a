/*
 * Lines between the leaves, from each passage in view to its parallels. For the eye alone: the list of links beside
 * them says the same to everybody else.
 */

import { curve, stub, threads } from "../text/threads.js";
import { heightOf, roughly, start as startHeights } from "./heights.js";
import { leaves, upperEdge } from "./leaf.js";
import { all, list } from "./parallels.js";
import { steadily } from "./steady.js";
import { atWork } from "./work.js";

const SVG = "http://www.w3.org/2000/svg";
// A chip of a few words fits beside each column.
const ROOMY = 96;
const NONE = 20;
// Of what lies further out than this, only the paragraph's height is asked for, not the line's.
const NEAR = 80;

const drawn = new Map();
let svg;
let frame = null;
let due = false;

/** Draw soon, once however often it is asked for. */
export function later() {
  if (!due) requestAnimationFrame(draw);
  due = true;
}

/** The line of a parallel; undefined while it has none. */
export function lineFor(key) {
  return drawn.get(key);
}

/** Where the lines run: {left, right} edges of the two columns, {top, bottom} of what is in view, {origin} of the drawing. */
export function bounds() {
  frame ??= measure();
  return frame;
}

export function start() {
  svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "gutter");
  svg.setAttribute("aria-hidden", "true");
  list().after(svg);
  document.addEventListener("leaf:laid", () => {
    frame = null;
    later();
  });
  document.addEventListener("scroll", later, { capture: true, passive: true });
  for (const name of ["parallels:changed", "work:changed"]) document.addEventListener(name, later);
  startHeights();
  room(bounds().gap);
}

function draw() {
  due = false;
  const { left, right, top, bottom, gap } = bounds();
  room(gap);
  const shown = gap < NONE ? [] : threads(items({ top, bottom }), { top, bottom });
  const wanted = new Set(shown.map(({ key }) => key));
  for (const [key, line] of drawn) {
    if (wanted.has(key)) continue;
    line.remove();
    drawn.delete(key);
  }
  const byKey = new Map(all().map((one) => [one.key, one]));
  for (const one of shown) put(byKey.get(one.key), one, { left, right });
  document.dispatchEvent(new CustomEvent("gutter:drawn"));
}

/* Where chips stand depends on it, and so may the lines of the texts. */
function room(gap) {
  const { dataset } = document.body;
  const now = gap < NONE ? "none" : gap < ROOMY ? "thin" : "roomy";
  if (dataset.gutter !== now) steadily(() => (dataset.gutter = now));
}

/* Everything that has an end in view, with its heights in the window. */
function items(view) {
  const [left, right] = leaves();
  const work = atWork();
  const found = [];
  for (const one of all()) {
    const ends = { left: at(left, one.left, view), right: at(right, one.right, view) };
    if (!ends.left.near && !ends.right.near) continue;
    const works = work && one[work.side].start < work.end && one[work.side].end > work.start;
    found.push({ key: one.key, rank: one.rank, faint: one.strength === "faint" && !one.confirmed, work: works, ...ends });
  }
  return found;
}

function at(leaf, passage, view) {
  const { top, bottom } = roughly(leaf, passage.start) ?? { top: 0, bottom: 0 };
  const up = leaf.scrollTop - bounds().above;
  const near = bottom - up > view.top - NEAR && top - up < view.bottom + NEAR;
  const height = near ? heightOf(leaf, passage) : { top, bottom };
  return { near, top: height.top - up, bottom: height.bottom - up };
}

function put(parallel, { key, left, right }, edges) {
  let line = drawn.get(key);
  if (!line) {
    line = make(key);
    drawn.set(key, line);
    svg.append(line);
  }
  const { strength, credited, citing, confirmed } = parallel;
  const away = typeof left === "string" ? left : typeof right === "string" ? right : "";
  line.setAttribute("class", ["line", strength, credited && "credited", confirmed && "confirmed", away && "away"].filter(Boolean).join(" "));
  const from = typeof left === "number" ? [edges.left, left] : null;
  const to = typeof right === "number" ? [edges.right, right] : null;
  const path = from && to ? curve(from, to) : from ? stub(from, 1, right) : stub(to, -1, left);
  for (const one of line.querySelectorAll("path")) one.setAttribute("d", path);
  // The citing end is filled; where nobody knows which cites, both are.
  dot(line.children[2], credited && citing !== "right" ? from : null);
  dot(line.children[3], credited && citing !== "left" ? to : null);
}

function dot(circle, place) {
  circle.setAttribute("visibility", place ? "visible" : "hidden");
  if (!place) return;
  circle.setAttribute("cx", place[0]);
  circle.setAttribute("cy", place[1]);
}

function make(key) {
  const line = document.createElementNS(SVG, "g");
  line.dataset.parallel = key;
  for (const [name, kind] of [["path", "hit"], ["path", "stroke"], ["circle", "end"], ["circle", "end"]]) {
    const part = document.createElementNS(SVG, name);
    part.setAttribute("class", kind);
    if (kind === "end") part.setAttribute("r", "3");
    line.append(part);
  }
  return line;
}

/* In the drawing's own coordinates. */
function measure() {
  const [left, right] = leaves();
  const origin = svg.parentElement.getBoundingClientRect();
  const edge = { left: left.querySelector(".text").getBoundingClientRect(), right: right.querySelector(".text").getBoundingClientRect() };
  const from = edge.left.right - origin.left + 7;
  const to = edge.right.left - origin.left - 7;
  // One leaf fills a narrow screen, whichever it is, and there is nothing between the two.
  const beside = left.getBoundingClientRect().left >= -1 && right.getBoundingClientRect().right <= innerWidth + 1;
  const top = upperEdge(left) - origin.top - 8;
  return { left: from, right: to, gap: beside ? to - from : 0, top, bottom: origin.height, above: left.getBoundingClientRect().top - origin.top };
}

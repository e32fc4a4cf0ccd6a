/* The strip at the edge of each leaf: where the reader is in the whole text; a click, a pull or a key goes elsewhere. */

import { place } from "../text/address.js";
import { go } from "./go.js";
import { lines, start as startHeights } from "./heights.js";
import { leafOn, upperEdge } from "./leaf.js";
import { remember, step } from "./where.js";

// Pixels that a hand may tremble in a click.
const PULL = 4;
const STEPS = { ArrowDown: 1, ArrowUp: -1, PageDown: 5, PageUp: -5, Home: -Infinity, End: Infinity };

export function start() {
  startHeights();
  document.querySelectorAll(".strip").forEach(work);
}

function work(strip) {
  const leaf = leafOn(strip.dataset.side);
  const links = [...strip.querySelectorAll("a")];
  const view = document.createElement("i");
  view.className = "view";
  strip.append(view);
  let due = false;
  const draw = () => {
    due = false;
    const [from, to] = seen(leaf);
    view.style.setProperty("--from", from.toFixed(4));
    view.style.setProperty("--to", to.toFixed(4));
    stand(links, linkAt(links, from));
  };
  const later = () => {
    if (!due) requestAnimationFrame(draw);
    due = true;
  };
  leaf.addEventListener("scroll", later, { passive: true });
  leaf.addEventListener("leaf:laid", later);
  draw();
  strip.addEventListener("keydown", (event) => move(event, links));
  strip.addEventListener("dragstart", (event) => event.preventDefault());
  pull(strip, leaf);
}

/* From where to where the text is in view, as shares of the whole. */
function seen(leaf) {
  const edge = upperEdge(leaf) - leaf.getBoundingClientRect().top;
  return [leaf.scrollTop + edge, leaf.scrollTop + leaf.clientHeight].map((y) => placeAt(leaf, y) / length(leaf));
}

/* One stop for the tabulator, where the reader is; the arrows go on from there. */
function stand(links, here) {
  if (links.includes(document.activeElement)) return;
  for (const link of links) {
    link.tabIndex = link === here ? 0 : -1;
    if (link === here) link.setAttribute("aria-current", "location");
    else link.removeAttribute("aria-current");
  }
}

function move(event, links) {
  const by = STEPS[event.key];
  const at = links.indexOf(event.target);
  if (by === undefined || at < 0 || event.altKey || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  const next = links[Math.min(links.length - 1, Math.max(0, at + by))];
  event.target.tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
}

/* A click goes to the paragraph at that height, exactly; a pull takes the text along. */
function pull(strip, leaf) {
  let from = null;
  let pulled = false;
  strip.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    from = event.clientY;
    pulled = false;
  });
  strip.addEventListener("pointermove", (event) => {
    if (from === null || !event.buttons) return;
    if (!pulled && Math.abs(event.clientY - from) > PULL) {
      pulled = true;
      strip.setPointerCapture(event.pointerId);
      remember();
      step();
    }
    if (pulled) leaf.scrollTop = heightAt(leaf, offsetAt(strip, leaf, event)) - leaf.clientHeight / 3;
  });
  for (const name of ["pointerup", "pointercancel"]) strip.addEventListener(name, () => (from = null));
  strip.addEventListener("click", async (event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || (!event.detail && !pulled)) return;
    event.preventDefault();
    if (pulled) return;
    const id = paragraphAt(leaf, offsetAt(strip, leaf, event), event.target.closest("a"));
    if (!id) return;
    remember();
    if (await go(id)) step();
  });
}

function offsetAt(strip, leaf, { clientY }) {
  const { top, height } = strip.getBoundingClientRect();
  return Math.min(1, Math.max(0, (clientY - top) / height)) * length(leaf);
}

/* The id of the block at an offset; of one in a part that waits, by its share of the numbers of the stretch. */
function paragraphAt(leaf, offset, link) {
  const { run, start, end } = lineWith(lines(leaf), "start", offset);
  const id = run?.closest(".text [id]")?.id;
  if (place(id)) return id;
  if (!run && leaf.querySelector(".waiting")) {
    const waiting = [...leaf.querySelectorAll(".waiting[data-numbers]")];
    const numbers = waiting.map((part) => part.dataset.numbers.split("-").map(Number));
    const [low, high] = (link?.textContent.match(/\d+/g) ?? []).map(Number);
    const [first, last] = numbers.find(([one, other]) => one <= (high ?? low) && other >= low) ?? [];
    if (first) return `${leaf.id}-p${Math.round(first + ((last - first) * (offset - start)) / (end - start || 1))}`;
  }
  return link?.hash.slice(1) ?? "";
}

function placeAt(leaf, y) {
  return between(lines(leaf), "top", "bottom", "start", "end", y, length(leaf));
}

function heightAt(leaf, offset) {
  return between(lines(leaf), "start", "end", "top", "bottom", offset, leaf.scrollHeight);
}

/* A value of one measure in another, along the lines of a leaf. */
function between(all, from, until, start, end, value, most) {
  if (!all.length) return 0;
  const line = lineWith(all, from, value);
  const share = Math.min(1, Math.max(0, (value - line[from]) / (line[until] - line[from] || 1)));
  return Math.min(most, line[start] + share * (line[end] - line[start]));
}

/* The last line that begins at a value or before it. */
function lineWith(all, name, value) {
  let [low, high] = [0, all.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (all[middle][name] <= value) low = middle;
    else high = middle - 1;
  }
  return all[low];
}

function linkAt(links, share) {
  const y = share * links[0].parentElement.clientHeight;
  return links.findLast((link) => link.offsetTop <= y) ?? links[0];
}

function length(leaf) {
  return Number(leaf.dataset.length) || 1;
}

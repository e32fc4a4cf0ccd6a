/*
 * What readers wrote at a mark. In a margin with room its card takes the focus; elsewhere, and where many wrote, the
 * notes open beside the passage as a list. Escape returns to the mark.
 */

import { say } from "../say.js";
import { problemIn } from "./acts.js";
import { closeBeside, openBeside, place } from "./beside.js";
import { focusOn, show } from "./go.js";
import { leafOf } from "./leaf.js";
import { keysOf, markOf } from "./marks.js";
import { paragraphHere, passage, rangesIn } from "./passage.js";
import { placeOf, runOf } from "../text/offsets.js";
import { ask } from "./send.js";

let open = null;

/** Open what was written at a mark. */
export async function openMark(mark) {
  const leaf = leafOf(mark);
  const keys = keysOf(mark);
  const cards = keys.map((key) => cardOf(key, leaf)).filter(Boolean);
  const crowd = mark.classList.contains("crowd");
  if (!crowd && cards.length === 1 && keys.length === 1 && cards[0].classList.contains("placed")) {
    focusOn(cards[0]);
    open = { mark, card: cards[0] };
    return;
  }
  const range = new Range();
  range.selectNodeContents(mark);
  const at = passage(leaf, placeOf(range, [runOf(mark)]), "mark");
  if (!crowd && cards.length === keys.length) showList(at, cards.map(copy), mark);
  else await fetchList(at, mark);
}

/** Open what was written anywhere in the paragraph at work. */
export async function openParagraph() {
  const at = paragraphHere();
  if (at) await fetchList(at, document.activeElement);
  else say("There are no words here.");
}

/** Close the list, or leave the card; focus goes back to the mark. */
export function closeCards() {
  if (!open) return false;
  const { list, mark } = open;
  open = null;
  if (list) closeBeside(list);
  const back = mark.isConnected ? mark : null;
  if (back && back !== document.body) focusOn(back);
  return true;
}

export function start() {
  document.addEventListener("click", (event) => {
    const { target } = event;
    const page = target.closest?.(".gathered .pages a");
    if (page && open?.list) {
      event.preventDefault();
      fetchList(open.at, open.mark, page.href);
      return;
    }
    if (event.defaultPrevented || event.button || target.closest?.("a, button")) return;
    const mark = target.closest?.(".leaf mark[data-range], .leaf mark.crowd");
    // Who drags over a mark selects.
    if (mark && getSelection().isCollapsed) openMark(mark);
  });
  document.addEventListener("keydown", (event) => {
    const { target, key } = event;
    if (event.defaultPrevented) return;
    if (key === "Enter" && target.matches?.("mark")) {
      event.preventDefault();
      openMark(target);
    } else if (key === "Escape" && target.closest?.(".card, .gathered") && leave(target)) event.preventDefault();
  });
  document.addEventListener("pointerdown", ({ target }) => {
    if (open?.list && !target.closest?.(".gathered, .toast")) {
      closeBeside(open.list);
      open = null;
    }
  });
  document.addEventListener("leaf:marked", () => {
    // The last note of the list was deleted.
    if (open?.list && !open.list.querySelector(".card")) closeCards();
  });
  // An address, or a link, names a card: its passage comes into view, and the card opens.
  document.addEventListener("card:wanted", async ({ target }) => {
    const leaf = leafOf(target);
    const { annotation, start, end } = target.dataset;
    const mark = markOf(annotation, leaf);
    // In a crowd no mark is this card's alone: its words are found, and the card opens beside them.
    const at = passage(leaf, { start: Number(start), end: Number(end) }, "mark");
    const first = mark ?? rangesIn(at)[0]?.startContainer.parentElement;
    if (!first) return;
    const block = first.closest(".block, .heading, .note") ?? first;
    show(block, { flash: false, focus: false, offset: leaf.clientHeight / 8 });
    if (mark) await openMark(mark);
    else showList(at, [copy(target)], first.closest("mark") ?? block);
    // Of several in a list it is the one that is read.
    const wanted = open?.list?.querySelector(`.card[data-annotation="${annotation}"]`);
    if (wanted) open.list.scrollTop += wanted.getBoundingClientRect().top - open.list.getBoundingClientRect().top - 12;
  });
}

function leave(target) {
  if (open) return closeCards();
  const card = target.closest(".card");
  const mark = card && markOf(card.dataset.annotation, leafOf(card));
  if (mark) focusOn(mark);
  return Boolean(mark);
}

async function fetchList(at, mark, page = null) {
  const query = new URLSearchParams({ from: at.start, to: at.end, side: at.leaf.dataset.side, revision: at.revision });
  const { kind, html } = await ask(page ?? `/read/${at.slug}/annotations/?${query}`);
  if (kind === "offline") return say("The notes cannot be had: you seem to be offline.");
  if (kind !== "done") return say(problemIn(html));
  const holder = document.createElement("template");
  holder.innerHTML = html;
  if (!holder.content.querySelector(".card")) return say("Nobody has written anything here.");
  for (const card of holder.content.querySelectorAll(".card[id]")) card.removeAttribute("id");
  return showList(at, [...holder.content.childNodes], mark);
}

function showList(at, content, mark) {
  if (open?.list) closeBeside(open.list);
  const list = document.createElement("section");
  list.className = "beside gathered";
  list.tabIndex = -1;
  list.setAttribute("role", "dialog");
  list.setAttribute("aria-label", "Notes on this passage");
  const close = document.createElement("button");
  close.type = "button";
  close.className = "close";
  close.textContent = "Close";
  close.addEventListener("click", closeCards);
  list.append(close, ...content);
  open = { at, mark, list };
  openBeside(list, at);
  place(list);
  focusOn(list);
}

function cardOf(key, leaf) {
  return leaf.querySelector(`.cards > .card[data-annotation="${key}"]`);
}

function copy(card) {
  const again = card.cloneNode(true);
  again.removeAttribute("id");
  again.classList.remove("placed", "cut", "at-work");
  again.removeAttribute("style");
  return again;
}

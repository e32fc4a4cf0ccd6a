/* Parts of the page that an act changed, put where they belong; the reader's line, focus and citation marks stay. */

import { runs } from "../text/offsets.js";
import { leafOf, leaves } from "./leaf.js";
import { leafWith, repaint, select, selected } from "./passage.js";
import { hold, restore } from "./steady.js";

/** Put the parts of an answer into the page: {said, change, annotation, version}; null where it is none of ours. */
export function apply(html) {
  const holder = document.createElement("template");
  holder.innerHTML = html;
  const section = holder.content.querySelector("section.changed");
  if (!section) return null;
  const { said = "", change = "", annotation = "", reload } = section.dataset;
  const version = Number(section.querySelector("template.card")?.content.querySelector(".card")?.dataset.version ?? 1);
  if (reload !== undefined) {
    location.reload();
    return { said, change, annotation, version };
  }
  const focus = focused();
  const chosen = selected();
  leaves().forEach(hold);
  const touched = new Set();
  const asks = [...section.querySelectorAll("template.card")].some(({ content }) => content.querySelector(".kind-prompt"));
  for (const part of section.querySelectorAll("template")) {
    const leaf = { run: putRun, card: putCard, gone: remove }[part.className]?.(part);
    if (leaf) touched.add(leaf);
  }
  // Cards first find their places, or the line would be kept too early.
  for (const leaf of touched) leaf.dispatchEvent(new CustomEvent("leaf:marked", { bubbles: true }));
  for (const leaf of touched) restore(leaf);
  focus();
  // What somebody selected while the answer was on its way is still selected, in the words drawn anew.
  if (chosen && getSelection().isCollapsed) select(chosen);
  repaint();
  // How far one is with what a view asks is told above the leaves.
  if (asks) document.body.dispatchEvent(new CustomEvent("prompt:changed"));
  return { said, change, annotation, version };
}

function putRun(part) {
  const leaf = leafFor(part);
  const run = leaf && runs(leaf).find((one) => one.dataset.start === part.dataset.start);
  if (!run) return leaf;
  const fresh = part.content.cloneNode(true);
  // Citation marks are the same before and after; who holds on to one keeps the very element.
  const old = [...run.querySelectorAll(".mark[id]")];
  [...fresh.querySelectorAll(".mark[id]")].forEach((mark, index) => old[index] && mark.replaceWith(old[index]));
  const controls = [...run.querySelectorAll(":scope > .annotate")];
  run.replaceChildren(fresh, ...controls);
  return leaf;
}

function putCard(part) {
  const leaf = leafFor(part);
  const card = part.content.querySelector(".card");
  if (!leaf || !card) return null;
  const { annotation, chunk } = part.dataset;
  const there = cardsOf(annotation, leaf);
  for (const was of there) {
    const again = card.cloneNode(true);
    // What a list shows is a copy of what the margin has.
    if (!was.id) again.removeAttribute("id");
    was.replaceWith(again);
  }
  // A highlight without words says all that it says in the text.
  const speaks = !card.matches(".kind-highlight") || card.querySelector(".body, .replies");
  if (speaks && !there.some(({ id }) => id)) insert(leaf, card.cloneNode(true), chunk);
  return leaf;
}

/* Among the cards of its part of the text, by place. */
function insert(leaf, card, chunk) {
  const holding = leaf.querySelector(`.chunk[data-chunk="${chunk}"]:not(.waiting)`);
  if (!holding) return;
  let cards = holding.querySelector(":scope > .cards");
  if (!cards) {
    cards = document.createElement("aside");
    cards.className = "cards";
    cards.lang = "en";
    cards.dir = "ltr";
    cards.setAttribute("aria-label", "Notes of readers");
    holding.append(cards);
  }
  const start = Number(card.dataset.start);
  const after = [...cards.querySelectorAll(":scope > .card")].find((one) => Number(one.dataset.start) > start);
  cards.insertBefore(card, after ?? null);
}

function remove(part) {
  let leaf = null;
  for (const card of cardsOf(part.dataset.annotation, document)) {
    leaf = leafOf(card) ?? leaf;
    card.remove();
  }
  return leaf;
}

function cardsOf(annotation, within) {
  return [...within.querySelectorAll(`.card[data-annotation="${annotation}"]`)];
}

function leafFor({ dataset: { slug, revision } }) {
  return leafWith(slug, revision);
}

/* What brings the focus back to what it was on, by name where the element itself was replaced. */
function focused() {
  const now = document.activeElement;
  const range = now.closest?.("mark[data-first]")?.dataset.first.split(" ")[0];
  const card = now.closest?.(".card")?.dataset.annotation;
  const leaf = leafOf(now);
  return () => {
    if (now.isConnected || !leaf) return;
    const found = range && leaf.querySelector(`mark[data-first~="${range}"]`);
    (found || (card && leaf.querySelector(`.card[data-annotation="${card}"]`)) || leaf).focus({ preventScroll: true });
  };
}

/*
 * The bar at a passage: what can be done with it. It comes under the end of a selection, or of what keys took, and
 * takes neither the selection nor the focus.
 */

import { say } from "../say.js";
import { changeMeaning, highlight, justMade } from "./acts.js";
import { claim } from "./claiming.js";
import { chooseAudience, closeAudience, nameAudience, start as startAudience } from "./audience-row.js";
import { choices, meaningNow } from "./choices.js";
import { copySelection } from "./copy.js";
import { focusOn } from "./go.js";
import { current } from "./leaf.js";
import { letGo, rangesIn, selected, takenNow } from "./passage.js";
import { write } from "./writing.js";

const TOUCH = matchMedia("(pointer: coarse)");

let bar;
let timer;
let dismissed = false;
// While a mouse still selects, the bar would come under it, and the selection run into the bar.
let selecting = false;

const ACTS = {
  highlight: () => highlight(),
  meanings: () => chooseMeaning(),
  note: () => write("note"),
  question: () => write("question"),
  tag: () => write("tag"),
  claim: () => claim(),
  cite: () => copySelection(),
  layer: () => chooseAudience(),
};

/** Highlight; once more right after it: choose what the highlight means. */
export function highlightOrChoose() {
  if (justMade() && !selected() && !takenNow()) chooseMeaning();
  else highlight();
}

/** Show what a highlight may mean; a number, or a press, chooses. */
export async function chooseMeaning() {
  const { meanings } = await choices();
  const row = bar.querySelector(".meanings");
  const now = await meaningNow();
  row.replaceChildren(
    ...meanings.slice(0, 9).map((meaning, index) => {
      const button = document.createElement("button");
      const name = document.createElement("span");
      const number = document.createElement("kbd");
      button.type = "button";
      button.dataset.meaning = meaning.pk;
      button.setAttribute("aria-pressed", String(meaning.pk === now?.pk));
      name.className = `look ${meaning.look}`;
      name.textContent = meaning.name;
      number.textContent = index + 1;
      button.append(number, name);
      return button;
    }),
  );
  row.hidden = false;
  bar.querySelector("[data-act='meanings']").setAttribute("aria-expanded", "true");
  offer();
  say(meanings.length ? `What does it mean? Press 1 to ${row.children.length}.` : "The meanings cannot be had just now.");
}

/** Show the bar at once, and go into it. */
export function enter() {
  offer();
  bar.querySelector("button").focus({ preventScroll: true });
}

export function start() {
  bar = document.querySelector(".marking");
  if (!bar) return;
  startAudience(bar, { moved: offer });
  // The press must not end the selection that it is about.
  bar.addEventListener("pointerdown", (event) => event.preventDefault());
  bar.addEventListener("click", act);
  bar.addEventListener("keydown", walk);
  document.addEventListener("passage:taken", later);
  document.addEventListener("selectionchange", () => {
    dismissed = false;
    later();
  });
  document.addEventListener("scroll", away, { capture: true, passive: true });
  addEventListener("resize", away);
  document.addEventListener("keydown", keys, { capture: true });
  document.addEventListener("pointerdown", press);
  for (const name of ["pointerup", "pointercancel"]) document.addEventListener(name, release);
  // Something may be selected already: that may be what brought us.
  later();
}

function press({ target, pointerType }) {
  if (bar.contains(target)) return;
  select(pointerType === "mouse");
  hide();
}

function release() {
  if (selecting) later();
  select(false);
}

/* A browser scrolls to where a selection ends as to any goal: what stands around a goal is not to be left there. */
function select(whether) {
  selecting = whether;
  document.documentElement.classList.toggle("selecting", whether);
}

function act({ target }) {
  const button = target.closest("button");
  if (!button) return;
  if (button.dataset.meaning) choose(button.dataset.meaning);
  else ACTS[button.dataset.act]?.();
  if (!["meanings", "layer"].includes(button.dataset.act) && !button.dataset.layer) hide();
}

async function choose(pk) {
  const meaning = (await choices()).meanings.find((one) => String(one.pk) === String(pk));
  if (!meaning) return;
  hide();
  if (selected() || takenNow()) await highlight({ meaning });
  else if (justMade()) await changeMeaning(meaning);
  else await highlight({ meaning });
}

function keys(event) {
  if (bar.hidden || event.ctrlKey || event.metaKey || event.altKey) return;
  const row = bar.querySelector(".meanings");
  const numbered = !row.hidden && /^[1-9]$/.test(event.key) && row.children[event.key - 1];
  if (numbered) {
    choose(numbered.dataset.meaning);
  } else if (event.key === "Escape" && !event.target.closest?.("form, dialog")) {
    const inside = bar.contains(document.activeElement);
    dismissed = true;
    hide();
    letGo();
    if (inside) focusOn(current());
  } else if (event.key === "Tab" && !event.shiftKey && !bar.contains(event.target) && !event.target.closest?.("form")) {
    bar.querySelector("button").focus({ preventScroll: true });
  } else return;
  event.preventDefault();
  event.stopPropagation();
}

/* As toolbars do: arrows walk, Tab leaves. */
function walk(event) {
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  if (!step) return;
  const all = [...bar.querySelectorAll("button")].filter((one) => one.checkVisibility());
  event.preventDefault();
  all[(all.indexOf(document.activeElement) + step + all.length) % all.length].focus({ preventScroll: true });
}

function later() {
  clearTimeout(timer);
  timer = setTimeout(() => selecting || offer(), 150);
}

/* A scroll moves the passage: the bar goes, and comes back where it then is. */
function away({ target }) {
  if (bar.hidden || target.closest?.(".marking")) return;
  bar.hidden = true;
  later();
}

function offer() {
  // A highlight that was just made is chosen a meaning for: nothing is selected any more.
  const choosing = !bar.querySelector(".meanings").hidden;
  const passage = selected() ?? takenNow() ?? (choosing ? justMade()?.passage : null);
  if (!passage || dismissed) {
    if (!bar.contains(document.activeElement)) hide();
    return;
  }
  const lines = rangesIn(passage).flatMap((range) => [...range.getClientRects()]);
  const [first, last] = [lines[0], lines.at(-1)];
  if (!last || last.bottom < 0 || first.top > innerHeight) return hide();
  nameAudience();
  bar.hidden = false;
  const { offsetWidth: width, offsetHeight: height } = bar;
  // Handles hang under the end of what a finger selected, and the system's menu stands over it.
  const gap = TOUCH.matches ? 28 : 8;
  const least = document.querySelector(".bar").getBoundingClientRect().bottom + 8;
  const fits = last.bottom + gap + height <= innerHeight - 8;
  const above = TOUCH.matches ? least : Math.max(least, first.top - gap - height);
  const top = fits ? Math.max(least, last.bottom + gap) : above;
  const left = Math.min(Math.max(8, last.right - width / 2), innerWidth - width - 8);
  bar.style.left = `${Math.round(left)}px`;
  bar.style.top = `${Math.round(top)}px`;
}

function hide() {
  bar.hidden = true;
  bar.querySelector(".meanings").hidden = true;
  bar.querySelector("[data-act='meanings']").setAttribute("aria-expanded", "false");
  closeAudience();
}

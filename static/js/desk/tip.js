/*
 * What is said of a parallel: how sure it is and by which words, what people think of it. Asked of the server for one
 * that the pointer or the focus rests on, and kept open while either is in it.
 */

import { list, parallelOf } from "./parallels.js";
import { ask } from "./send.js";

const REST = 450;
const LEAVE = 350;
const LINE = ".gutter [data-parallel]";

let tip;
let shown = null;
let timer;

export function start() {
  tip = document.createElement("div");
  tip.className = "tip";
  tip.hidden = true;
  list().append(tip);
  for (const [name, on] of [["pointerover", true], ["pointerout", false], ["focusin", true], ["focusout", false]]) {
    document.addEventListener(name, (event) => {
      const within = event.target.closest?.(`${LINE}, nav.parallels > a, .tip`);
      if (within && event.pointerType !== "touch") turn(within, on);
    });
  }
  document.addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "Escape" || tip.hidden) return;
      close();
      event.preventDefault();
    },
    { capture: true },
  );
  document.addEventListener("across:gone", hide);
  document.addEventListener("scroll", ({ target }) => target.classList?.contains("leaf") && hide(), { capture: true, passive: true });
  document.addEventListener("parallels", ({ target }) => {
    // What was done elsewhere, an undo for one, makes old what stands here.
    if (!tip.contains(target)) close();
    shown = null;
  });
  // The very move that brought this may have ended on a line.
  const rested = matchMedia("(hover: hover)").matches && document.querySelector(`${LINE}:hover`);
  if (rested) turn(rested, true);
}

function turn(within, on) {
  clearTimeout(timer);
  if (within === tip) {
    if (!on && !tip.matches(":focus-within")) timer = setTimeout(hide, LEAVE);
    return;
  }
  timer = on ? setTimeout(show, REST, parallelOf(within)) : setTimeout(hide, LEAVE);
}

async function show(parallel) {
  if (!parallel) return;
  if (parallel !== shown) {
    const outcome = await ask(`${location.pathname}parallels/${parallel.key}/`);
    if (outcome.kind !== "done") return;
    tip.innerHTML = outcome.html;
    window.htmx?.process(tip);
    shown = parallel;
  }
  tip.hidden = false;
}

function close() {
  if (tip.contains(document.activeElement)) shown?.link.focus({ preventScroll: true });
  clearTimeout(timer);
  tip.hidden = true;
}

function hide() {
  clearTimeout(timer);
  if (!tip.matches(":focus-within")) tip.hidden = true;
}

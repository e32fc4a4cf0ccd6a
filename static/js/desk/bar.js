/* The bar: on small screens away while the reader scrolls down and back on the way up; it names the leaf in view. */

import { focusOn, turnTo } from "./go.js";
import { leafOn, leaves } from "./leaf.js";
import { backHere } from "./send.js";

// A large screen can spare the height, and its bar stays where the hand expects it.
const SMALL = matchMedia("(width < 62.5rem), (height < 40rem)");

export function start() {
  const bar = document.querySelector(".bar");
  const last = new WeakMap();
  document.addEventListener(
    "scroll",
    ({ target }) => {
      if (!target.classList?.contains("leaf")) return;
      const by = target.scrollTop - (last.get(target) ?? 0);
      last.set(target, target.scrollTop);
      // A few pixels are a resting finger; a leap is a jump to a place, after which one wants to see where one is.
      if (Math.abs(by) < 6) return;
      const away = SMALL.matches && by > 0 && by < innerHeight && target.scrollTop > 80;
      bar.classList.toggle("away", away && !bar.querySelector("details[open], .found:not([hidden], :empty)"));
    },
    { capture: true, passive: true },
  );

  const watcher = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        if (isIntersecting) document.body.dataset.leaf = target.dataset.side;
      }
    },
    { threshold: 0.6 },
  );
  for (const leaf of leaves()) watcher.observe(leaf);

  document.querySelector(".bar-other")?.addEventListener("click", (event) => {
    const other = otherLeaf(leafOn(document.body.dataset.leaf));
    if (!other) return;
    event.preventDefault();
    turnTo(other);
    focusOn(other);
  });

  // A form that leads back here leads to where the reader is by now.
  bar.addEventListener("submit", ({ target }) => {
    if (target.elements.back) target.elements.back.value = backHere();
  });
  document.addEventListener("pointerdown", (event) => {
    const open = bar.querySelector("details[open]");
    if (open && !open.contains(event.target)) open.open = false;
  });
  bar.addEventListener("keydown", (event) => {
    const open = event.key === "Escape" && event.target.closest("details[open]");
    if (!open) return;
    event.preventDefault();
    open.open = false;
    open.querySelector("summary").focus();
  });
}

/** The leaf that faces this one; null where one text is open alone. */
export function otherLeaf(leaf) {
  return leaves().find((one) => one !== leaf) ?? null;
}

/* The line between the leaves, moved by hand or with the arrow keys, and remembered. */

import { leaves } from "./leaf.js";
import { steadily } from "./steady.js";

const KEEP = "split";
const [LEAST, MOST, STEP] = [25, 75, 2.5];

export function start() {
  const [left, right] = leaves();
  if (!right) return;
  const divider = make(left);
  right.before(divider);
  set(divider, Number(read()) || 50);

  divider.addEventListener("pointerdown", (event) => {
    divider.setPointerCapture(event.pointerId);
    divider.classList.add("dragging");
  });
  divider.addEventListener("pointermove", (event) => {
    if (!divider.hasPointerCapture(event.pointerId)) return;
    const { left: edge, width } = divider.parentElement.getBoundingClientRect();
    set(divider, (100 * (event.clientX - edge)) / width);
  });
  divider.addEventListener("lostpointercapture", () => {
    divider.classList.remove("dragging");
    keep(divider);
  });
  divider.addEventListener("dblclick", () => {
    set(divider, 50);
    keep(divider);
  });
  divider.addEventListener("keydown", (event) => {
    const now = Number(divider.getAttribute("aria-valuenow"));
    const to = { ArrowLeft: now - STEP, ArrowRight: now + STEP, Home: LEAST, End: MOST, Enter: 50 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    set(divider, to);
    keep(divider);
  });
}

function make(left) {
  const divider = document.createElement("div");
  divider.className = "divider";
  divider.tabIndex = 0;
  const says = {
    role: "separator",
    "aria-orientation": "vertical",
    "aria-label": "Width of the left text, in per cent",
    "aria-controls": left.id,
    "aria-valuemin": LEAST,
    "aria-valuemax": MOST,
  };
  for (const [name, value] of Object.entries(says)) divider.setAttribute(name, value);
  return divider;
}

function set(divider, per) {
  const share = Math.round(Math.min(MOST, Math.max(LEAST, per)) * 10) / 10;
  if (divider.getAttribute("aria-valuenow") === String(share)) return;
  divider.setAttribute("aria-valuenow", share);
  steadily(() => document.body.style.setProperty("--split", `${share}%`));
}

function keep(divider) {
  try {
    localStorage.setItem(KEEP, divider.getAttribute("aria-valuenow"));
  } catch {
    // Nothing can be kept; the width lasts as long as the page.
  }
}

function read() {
  try {
    return localStorage.getItem(KEEP);
  } catch {
    return null;
  }
}

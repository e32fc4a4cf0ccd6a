/* Find: the server answers with a list of places; here they are painted in the text and stepped through. */

import { place, target } from "../text/address.js";
import { terms, spots } from "../text/spots.js";
import { say } from "../say.js";
import { focusOn, go } from "./go.js";
import { current, leaves } from "./leaf.js";
import { remember, step } from "./where.js";

let query = "";
let now = -1;
let from = null;

/** Put the cursor into the find field; Escape brings it back to where it was. */
export function focusField() {
  from = document.activeElement;
  const field = document.querySelector(".find input[type='search']");
  field?.focus();
  field?.select();
}

/** Go to the next (1) or previous (-1) place found. */
export async function toPlace(by) {
  const links = found();
  if (!links.length) {
    say(query ? "Nothing found." : "Press / to find something first.");
    return;
  }
  now = (now + by + links.length + (now < 0 && by < 0 ? 1 : 0)) % links.length;
  await visit(links, now);
}

/** Whether a list of places found is open. */
export function isFinding() {
  return Boolean(query) && found().length > 0;
}

/** Take away the list and the paint. */
export function clear() {
  const panel = document.querySelector(".found");
  panel?.replaceChildren();
  if (panel) panel.hidden = true;
  query = "";
  now = -1;
  paint();
}

export function start() {
  document.addEventListener("htmx:afterSwap", () => {
    const panel = document.querySelector(".found");
    if (!panel) return;
    const asked = panel.querySelector("[data-query]")?.dataset.query ?? "";
    if (asked !== query) now = -1;
    if (asked && asked !== query) say(panel.querySelector(".found-count strong")?.textContent ?? "");
    query = asked;
    panel.hidden = !panel.firstElementChild;
    paint();
  });
  document.addEventListener("leaf:grown", () => paint());
  document.addEventListener("click", (event) => {
    if (event.target.closest(".found .close")) {
      event.preventDefault();
      clear();
      focusField();
      return;
    }
    const link = event.target.closest(".found a[href]");
    const links = found();
    if (!link || !links.includes(link) || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    now = links.indexOf(link);
    visit(links, now);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented || !event.target.closest?.(".find, .found")) return;
    event.preventDefault();
    clear();
    focusOn(from?.isConnected && from !== document.body ? from : current());
  });
  // Enter once more in the same words goes on to the next place.
  document.addEventListener(
    "submit",
    (event) => {
      const words = event.target.closest(".bar .find")?.querySelector("input[type='search']").value.trim();
      if (!words || words !== query || !found().length) return;
      event.preventDefault();
      event.stopPropagation();
      toPlace(1);
    },
    { capture: true },
  );
}

function found() {
  return [...document.querySelectorAll(".found a[href*='#']")].filter((link) => place(target(link.href)));
}

async function visit(links, index) {
  for (const link of links) link.removeAttribute("aria-current");
  links[index].setAttribute("aria-current", "true");
  links[index].scrollIntoView({ block: "nearest" });
  remember();
  const id = target(links[index].href);
  if (!(await go(id, { flash: !("highlights" in CSS), focus: false }))) {
    location.assign(links[index].href);
    return;
  }
  step();
  paint(document.getElementById(id));
  say(`${index + 1} of ${links.length}.`);
}

/* Hits are painted over the text, not written into it. */
function paint(block) {
  if (!("highlights" in CSS)) return;
  CSS.highlights.delete("found");
  CSS.highlights.delete("found-now");
  const words = terms(query);
  if (!words.length) return;
  const ranges = leaves().flatMap((leaf) => rangesIn(leaf, words));
  CSS.highlights.set("found", new Highlight(...ranges));
  if (block instanceof Element) {
    const here = ranges.filter((range) => block.contains(range.startContainer));
    const over = new Highlight(...here);
    over.priority = 1;
    CSS.highlights.set("found-now", over);
  }
}

function rangesIn(leaf, words) {
  const walker = document.createTreeWalker(leaf, NodeFilter.SHOW_TEXT);
  const ranges = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.parentElement.closest(".mark, .contents, .waiting, .facts")) continue;
    for (const [start, end] of spots(node.data, words)) {
      const range = new Range();
      range.setStart(node, start);
      range.setEnd(node, end);
      ranges.push(range);
    }
  }
  return ranges;
}

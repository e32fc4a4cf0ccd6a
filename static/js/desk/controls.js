/* What the hand has for scrolling together: a button between the leaves, on narrow screens one at the top of each. */

import { leaves } from "./leaf.js";
import { list } from "./parallels.js";
import { inLines } from "./offset.js";
import { dropOffset, isLocked, keepOffset, toggle } from "./lock.js";

const STAYS = 12_000;

let group;
let more;
let timer;

export function start() {
  group = document.createElement("div");
  group.className = "together";
  group.setAttribute("role", "group");
  group.setAttribute("aria-label", "Scrolling");
  more = button("offset", "");
  more.addEventListener("click", () => (more.dataset.keeps ? keepOffset() : dropOffset()));
  group.append(lock("⇅"), more);
  list().after(group);
  for (const leaf of leaves()) leaf.querySelector(".leaf-tools")?.append(lock(""));
  document.addEventListener("lock:changed", ({ detail }) => draw(detail.released));
  draw(false);
}

function lock(sign) {
  const made = button("lock", sign || "Scroll together");
  if (sign) made.setAttribute("aria-label", "Scroll together");
  made.title = "Scroll together, by the parallels";
  made.setAttribute("aria-keyshortcuts", "l");
  made.addEventListener("click", toggle);
  return made;
}

function button(name, words) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = name;
  made.textContent = words;
  return made;
}

/* After a hand parted the texts, the offset at which it left them can be kept for a while. */
function draw(released) {
  for (const one of document.querySelectorAll("button.lock")) one.setAttribute("aria-pressed", isLocked());
  clearTimeout(timer);
  const away = Math.round(inLines());
  delete more.dataset.keeps;
  if (released) {
    more.textContent = "Keep this offset";
    more.dataset.keeps = "yes";
    timer = setTimeout(draw, STAYS, false);
  } else more.textContent = `Offset ${away > 0 ? "+" : "−"}${Math.abs(away)} ${Math.abs(away) === 1 ? "line" : "lines"}: to zero`;
  more.hidden = !released && !(isLocked() && away);
}

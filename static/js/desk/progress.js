/* A line at the foot of each leaf, as long as what is read; and the section that the reader is in, in the contents. */

import { leaves, share, topBlock } from "./leaf.js";

export function start() {
  for (const leaf of leaves()) {
    const line = document.createElement("div");
    line.className = "progress";
    line.dataset.side = leaf.dataset.side;
    line.setAttribute("aria-hidden", "true");
    leaf.parentElement.append(line);
    let due = false;
    const draw = () => {
      due = false;
      line.style.setProperty("--progress", share(leaf).toFixed(4));
      mark(leaf);
    };
    const later = () => {
      if (!due) requestAnimationFrame(draw);
      due = true;
    };
    leaf.addEventListener("scroll", later, { passive: true });
    leaf.addEventListener("leaf:grown", later);
    leaf.addEventListener("leaf:resized", later);
    draw();
  }
}

function mark(leaf) {
  const block = topBlock(leaf);
  const links = [...leaf.querySelectorAll(".contents a[href*='#']")];
  if (!links.length || !block) return;
  let now = null;
  for (const link of links) {
    const heading = document.getElementById(link.hash.slice(1));
    if (!heading) continue;
    if (heading !== block && !(heading.compareDocumentPosition(block) & Node.DOCUMENT_POSITION_FOLLOWING)) break;
    now = link;
  }
  for (const link of links) {
    if (link === now) link.setAttribute("aria-current", "location");
    else link.removeAttribute("aria-current");
  }
}

/* Where the reader stopped last time, offered quietly when a text is opened without a place. */

import { places } from "../text/address.js";
import { go } from "./go.js";
import { leaves } from "./leaf.js";
import { lastPlace, remember, step } from "./where.js";

export function start() {
  const asked = places(location.href);
  for (const leaf of leaves()) {
    const last = asked[leaf.dataset.side] ? null : lastPlace(leaf.dataset.slug);
    if (last?.anchor) leaf.before(offer(leaf, last));
  }
}

/** The words of an offer: "Continue at “The channel”, 34 %". */
export function words({ heading, share }) {
  return heading ? `Continue at “${heading}”, ${share} %` : `Continue at ${share} %`;
}

function offer(leaf, last) {
  const { side } = leaf.dataset;
  const box = document.createElement("div");
  box.className = "resume";
  box.dataset.side = side;
  const link = document.createElement("a");
  link.href = `#${side}-${last.anchor}`;
  link.textContent = words(last);
  const dismiss = document.createElement("button");
  dismiss.type = "button";
  dismiss.textContent = "From the start";
  box.append(link, dismiss);

  const gone = () => {
    box.remove();
    leaf.removeEventListener("scroll", scrolled);
  };
  // Who reads on from the start has answered.
  const scrolled = () => leaf.scrollTop > leaf.clientHeight / 2 && gone();
  leaf.addEventListener("scroll", scrolled, { passive: true });
  dismiss.addEventListener("click", () => {
    gone();
    leaf.focus({ preventScroll: true });
  });
  link.addEventListener("click", async (event) => {
    event.preventDefault();
    gone();
    remember();
    if (await go(`${side}-${last.anchor}`)) step();
  });
  return box;
}

/* Asking something of the passage at hand, for who leads the class of the view that is open. */

import { say } from "../say.js";
import { passageHere } from "./passage.js";
import { backHere } from "./send.js";

const link = document.querySelector(".view-panel [data-ask]");
const acts = document.querySelector(".marking .acts");

if (link && acts) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Ask about this";
  button.addEventListener("click", (event) => {
    event.stopPropagation();
    ask();
  });
  acts.append(button);
}

/* Where this passage is asked about: the form of prompts, with the passage as it stands in the page. */
function ask() {
  const passage = passageHere();
  if (!passage) return say("There are no words here.");
  const address = new URL(link.href);
  const { slug, revision, start, end } = passage;
  address.search = new URLSearchParams({ text: slug, revision, start, end, back: backHere() });
  return location.assign(address);
}

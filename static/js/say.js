/* What happened, in words: for the eye at the foot of the page, for the ear in a live region. */

let region;
let timer;

/** Say one short sentence; the last one wins. */
export function say(words) {
  if (!region) start();
  clearTimeout(timer);
  region.classList.remove("past");
  // The same words twice would be no change, and a live region would keep still.
  region.textContent = region.textContent === words ? `${words}\u00a0` : words;
  timer = setTimeout(() => region.classList.add("past"), Math.max(3000, words.length * 80));
}

/** Put the region in the page before it is needed: many screen readers miss one that comes with its words. */
export function start() {
  region = document.createElement("p");
  region.className = "said";
  region.setAttribute("role", "status");
  document.body.append(region);
}

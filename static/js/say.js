/* What happened, in words: for the eye at the foot of the page, for the ear in a live region. */

let toast;
let region;
let button;
let other;
let timer;
let undo = null;

/**
 * Say one short sentence; the last one wins. With {act, name}, a button beside it does what can be done about it; also,
 * another {act, name}, is what can be done instead. What the eye has before it anyway is said for the ear alone.
 */
export function say(words, { act = null, name = "Undo", also = null, seen = true } = {}) {
  if (!region) start();
  clearTimeout(timer);
  toast.classList.toggle("past", !seen);
  // The same words twice would be no change, and a live region would keep still.
  region.textContent = region.textContent === words ? `${words}\u00a0` : words;
  undo = act;
  button.hidden = !act;
  button.textContent = name;
  other?.remove();
  other = also && made(also);
  if (other) button.before(other);
  timer = setTimeout(fade, Math.max(act ? 9000 : 3000, words.length * 80));
}

/** Put the region in the page before it is needed: many screen readers miss one that comes with its words. */
export function start() {
  toast = document.createElement("div");
  toast.className = "toast past";
  region = document.createElement("p");
  region.className = "said";
  region.setAttribute("role", "status");
  button = document.createElement("button");
  button.type = "button";
  button.hidden = true;
  button.addEventListener("click", () => {
    const act = undo;
    button.hidden = true;
    act?.();
  });
  toast.append(region, button);
  (document.querySelector("main") ?? document.body).append(toast);
}

function made({ act, name }) {
  const one = document.createElement("button");
  one.type = "button";
  one.textContent = name;
  one.addEventListener("click", () => {
    one.remove();
    act();
  });
  return one;
}

/* Not from under a hand that is on its way to the button. */
function fade() {
  if (toast.matches(":hover, :focus-within")) {
    timer = setTimeout(fade, 2000);
    return;
  }
  toast.classList.add("past");
  button.hidden = true;
  other?.remove();
}

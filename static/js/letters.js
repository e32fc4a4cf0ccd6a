/* Whether single letters and signs do something: WCAG 2.1.4 wants a way to turn that off. */

const KEEP = "letters";
let on = null;

/** Whether they do. */
export function lettersOn() {
  if (on === null) {
    try {
      on = localStorage.getItem(KEEP) !== "off";
    } catch {
      on = true;
    }
  }
  return on;
}

/** Turn them on or off, and remember. */
export function setLetters(wanted) {
  on = wanted;
  try {
    localStorage.setItem(KEEP, wanted ? "on" : "off");
  } catch {
    // A browser that keeps nothing: the choice lasts as long as the page.
  }
}

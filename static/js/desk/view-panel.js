/* The panel of a view: on a small screen one line, folded, that opens over the text and folds again at what it leads to. */

const SMALL = matchMedia("(width < 62.5rem), (height < 40rem)");

const panel = document.querySelector(".view-panel");
const details = panel?.querySelector("details");

if (details) {
  details.open = !SMALL.matches;
  // Until now the style sheet kept it folded where it is to be.
  panel.dataset.ready = "";
  SMALL.addEventListener("change", () => (details.open = !SMALL.matches));
  panel.addEventListener("click", ({ target }) => {
    if (SMALL.matches && target.closest(".prompts .asked a")) details.open = false;
  });
  document.addEventListener("pointerdown", ({ target }) => {
    if (SMALL.matches && !panel.contains(target)) details.open = false;
  });
  panel.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !details.open || !SMALL.matches) return;
    event.preventDefault();
    details.open = false;
    details.querySelector("summary").focus();
  });
}

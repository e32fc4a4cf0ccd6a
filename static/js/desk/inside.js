/* Forms that a card's links lead to (edit, reply, history) open inside of the card. */

import { keep, kept } from "../keep.js";
import { failed, problemIn, signInAddress, told } from "./acts.js";
import { reader } from "./choices.js";
import { place, revealIn } from "./beside.js";
import { focusOn } from "./go.js";
import { leafOf } from "./leaf.js";
import { ask, send, token } from "./send.js";

const LEADS = /\/annotations\/\d+\/(edit|reply|history)\/$/;

export function start() {
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.(".leaf .card a[href]");
    if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
    const inside = link.closest(".inside");
    const { pathname } = new URL(link.href);
    if (LEADS.test(pathname)) {
      event.preventDefault();
      openInside(link.closest(".card"), link, pathname);
    } else if (inside && link.matches(".actions a")) {
      event.preventDefault();
      leave(inside);
    }
  });
  document.addEventListener("submit", (event) => {
    const inside = event.target.closest?.(".inside");
    if (!inside || event.target.id === "act") return;
    event.preventDefault();
    submit(inside, event.target, event.submitter);
  });
  document.addEventListener("input", ({ target }) => {
    const form = target.closest?.(".inside form");
    if (form && target.name === "body") keep(nameOf(form), target.value.trim() ? target.value : null);
    if (form) settled(form);
  });
  document.addEventListener("keydown", (event) => {
    const inside = event.target.closest?.(".inside");
    if (!inside || event.defaultPrevented) return;
    if (event.key === "Escape") {
      event.preventDefault();
      leave(inside);
    } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      inside.querySelector("form")?.requestSubmit();
    }
  });
}

async function openInside(card, link, address) {
  card.querySelector(":scope > .inside")?.remove();
  const outcome = await ask(address);
  if (outcome.kind !== "done") return failed(outcome, null, () => link.click());
  const inside = document.createElement("div");
  inside.className = "inside";
  inside.innerHTML = outcome.html;
  card.append(inside);
  const body = inside.querySelector("textarea");
  const word = inside.querySelector("[name='token']");
  if (word) word.value ||= token();
  if (body) {
    const draft = kept(nameOf(body.form));
    if (draft) body.value = draft;
    focusOn(body);
  } else {
    inside.tabIndex = -1;
    focusOn(inside);
  }
  settled(inside);
  const list = inside.closest(".beside");
  if (list) revealIn(list, body?.form ?? inside);
}

async function submit(inside, form, submitter) {
  if (form.getAttribute("aria-busy") === "true") return;
  form.setAttribute("aria-busy", "true");
  const outcome = await send(new URL(form.action).pathname, new FormData(form, submitter));
  form.removeAttribute("aria-busy");
  if (outcome.kind === "done") {
    keep(nameOf(form), null);
    const card = inside.closest(".card");
    const { annotation } = card.dataset;
    const leaf = leafOf(card);
    const listed = !card.id;
    inside.remove();
    told(outcome);
    const again = leaf.querySelector(`.card[data-annotation="${annotation}"]${listed ? ":not([id])" : "[id]"}`);
    if (again) focusOn(again);
    const list = again?.closest(".beside");
    // With what was just written at its end.
    if (list) revealIn(list, again);
    return;
  }
  if (outcome.html.includes("<form")) inside.innerHTML = outcome.html;
  else tell(form, outcome);
  const problem = inside.querySelector(".problem");
  if (problem) focusOn(problem);
  settled(inside);
}

function tell(form, { kind, html }) {
  let problem = form.querySelector(".problem");
  if (!problem) {
    problem = document.createElement("p");
    problem.className = "problem";
    problem.setAttribute("role", "alert");
    form.prepend(problem);
  }
  problem.textContent = kind === "offline" ? "Not sent: you seem to be offline. It is kept here." : problemIn(html);
  if (kind !== "sign-in") return;
  const link = document.createElement("a");
  link.href = signInAddress();
  link.textContent = "Sign in and come back";
  problem.textContent = "You are signed out. What you typed is kept here. ";
  problem.append(link);
}

function leave(inside) {
  const card = inside.closest(".card");
  inside.remove();
  focusOn(card);
  settled(card);
}

/* Its height is another one now. */
function settled(within) {
  const leaf = leafOf(within);
  const list = within.closest(".beside");
  if (list) place(list);
  else leaf?.dispatchEvent(new CustomEvent("leaf:marked", { bubbles: true }));
}

function nameOf(form) {
  return `draft:${reader()}:${new URL(form.action).pathname}`;
}

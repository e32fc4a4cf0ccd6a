/* The form at the second passage of a claim: a number says how the two stand to each other, and keeps it. */

import { say } from "../say.js";
import { failed, told } from "./acts.js";
import { offerLayers, useLayer } from "./audience.js";
import { closeBeside, openBeside, place } from "./beside.js";
import { keepBegun } from "./claim-draft.js";
import { sendClaim } from "./claim-sending.js";
import { focusOn } from "./go.js";
import { leafOf, leaves } from "./leaf.js";
import { blockOf, leafWith, paint } from "./passage.js";
import { refuse, tell } from "./problem.js";

const QUOTED = 90;

let open = null;

/** Whether the form is open. */
export function isOpen() {
  return Boolean(open);
}

/** Open it beside a passage, with what was typed. */
export function openForm(claim, at) {
  const form = document.getElementById("claiming").content.firstElementChild.cloneNode(true);
  open = { form, claim: { ...claim, open: true }, at };
  const { body, layer } = form.elements;
  body.value = claim.body;
  const [{ dataset }] = leaves();
  offerLayers(layer, dataset.slug);
  layer.addEventListener("change", () => useLayer(layer.value, dataset.slug));
  draw();
  keepBegun(open.claim);
  openBeside(form, at);
  form.addEventListener("input", typed);
  form.addEventListener("submit", keepIt);
  form.addEventListener("keydown", keys);
  form.querySelector("[data-turn]").addEventListener("click", turn);
  form.querySelector("[data-close]").addEventListener("click", close);
  const first = form.querySelector("input:checked") ?? form.querySelector(".relations input:enabled");
  first.focus({ preventScroll: true });
  if (claim.sides.length > 1) say("How do they stand to each other? Press 1 to 6.");
  else if (claim.relation) say("The other text is silent here: press 6 again to keep it, or say why first.");
  else say("No passage of the other text is chosen: press 6 if it is silent.");
}

function close() {
  const { form, claim, at } = open;
  open = null;
  closeBeside(form);
  // Without a word of why there is nothing to come back to.
  keepBegun(claim.body ? { ...claim, open: false } : null);
  if (claim.body) say("Closed. What you typed is kept here as a draft.");
  else say("Claim dropped.");
  paint("claimed", null);
  focusOn(blockOf(at) ?? at.leaf);
}

/* The passages as they stand to each other, and what can be said of them. */
function draw() {
  const { form, claim } = open;
  for (const [index, line] of [...form.querySelectorAll(".claim-end")].entries()) {
    const side = claim.sides[index];
    line.hidden = !side;
    if (!side) continue;
    const leaf = leaves().find(({ dataset }) => dataset.slug === side.slug);
    line.querySelector("q").textContent = side.passages.map(({ exact }) => shortened(exact)).join(" … ");
    line.querySelector("q").lang = leaf?.lang ?? "";
    line.querySelector("cite").textContent = leaf?.dataset.title ?? "";
  }
  for (const radio of form.elements.relation) {
    radio.disabled = claim.sides.length < 2 && radio.value !== "silent";
    radio.checked = radio.value === claim.relation;
  }
  form.querySelector("[data-turn]").hidden = claim.sides.length < 2;
  paint("claimed", claim.sides.flatMap(({ passages }) => passages.map(onPage).filter(Boolean)));
}

function turn() {
  open.claim.sides.reverse();
  draw();
  keepBegun(open.claim);
}

function typed() {
  const { form, claim } = open;
  claim.body = form.elements.body.value;
  claim.relation = form.elements.relation.value;
  keepBegun(claim);
  tell(form, "");
  place(form);
}

function keys(event) {
  const { form } = open;
  const plainKey = !event.ctrlKey && !event.metaKey && !event.altKey;
  const radio = plainKey && !event.target.matches("textarea, select") && form.elements.relation[event.key - 1];
  if (radio && /^[1-6]$/.test(event.key)) {
    event.preventDefault();
    if (radio.disabled) return tell(form, "Choose a passage of the other text first; if it is silent, press 6.");
    radio.checked = true;
    typed();
    form.requestSubmit();
  } else if (event.key === "Escape" && !event.defaultPrevented) {
    event.preventDefault();
    event.stopPropagation();
    close();
  } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    form.requestSubmit();
  }
  return undefined;
}

async function keepIt(event) {
  event.preventDefault();
  const mine = open;
  const { form, claim, at } = mine;
  if (form.getAttribute("aria-busy") === "true") return;
  if (!form.elements.relation.value) return tell(form, "Say how they stand to each other: press 1 to 6.");
  form.setAttribute("aria-busy", "true");
  const outcome = await sendClaim(claim, form.elements);
  form.removeAttribute("aria-busy");
  if (outcome.kind === "done") {
    keepBegun(null);
    if (open === mine) {
      open = null;
      closeBeside(form);
      paint("claimed", null);
    }
    told(outcome);
    const focus = document.activeElement;
    if (focus === document.body || !leafOf(focus)) focusOn(blockOf(at) ?? at.leaf);
  } else if (open === mine) refuse(form, outcome);
  else failed(outcome, null, () => sendClaim(claim, form.elements));
}

function onPage(kept) {
  const leaf = leafWith(kept.slug, kept.revision);
  return leaf && { ...kept, leaf };
}

function shortened(exact) {
  const words = exact.replace(/\s+/g, " ");
  return words.length > QUOTED ? `${words.slice(0, words.lastIndexOf(" ", QUOTED))} …` : words;
}

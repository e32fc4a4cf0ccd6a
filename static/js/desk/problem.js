/* What is wrong with a form that stays open, and what to do: in the form itself. */

import { problemIn, signInAddress } from "./acts.js";
import { place } from "./beside.js";

/** Say what is wrong, and name the button by what it does now; no words: nothing is. */
export function tell(form, words, button = "Keep") {
  const problem = form.querySelector(".problem");
  problem.hidden = !words;
  problem.textContent = words;
  form.querySelector("[type='submit']").textContent = button;
  if (words) place(form);
}

/** Say why it was not kept, with the way to sign in where that is why; what was typed stays. */
export function refuse(form, { kind, html }) {
  if (kind === "offline") return tell(form, "Not sent: you seem to be offline. It is kept here.", "Send again");
  if (kind !== "sign-in") return tell(form, problemIn(html));
  tell(form, "You are signed out. What you typed is kept here.");
  const link = document.createElement("a");
  link.href = signInAddress();
  link.textContent = "Sign in and come back";
  form.querySelector(".problem").append(" ", link);
  return undefined;
}

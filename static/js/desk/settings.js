/* The reader's settings take effect at once and are kept by a post in the background; without us the button sends. */

import { leaves } from "./leaf.js";
import { say } from "../say.js";
import { steadily } from "./steady.js";

export function start() {
  const form = document.querySelector(".settings-form");
  if (!form) return;
  form.classList.add("instant");
  form.addEventListener("change", ({ target }) => {
    if (target.type !== "radio") return;
    steadily(() => (document.documentElement.dataset[target.name] = target.value));
    for (const leaf of leaves()) leaf.dispatchEvent(new CustomEvent("leaf:restyled", { bubbles: true }));
    keep(form, target);
  });
}

async function keep(form, choice) {
  const words = choice.labels[0]?.textContent.trim() ?? choice.value;
  const legend = choice.closest("fieldset")?.querySelector("legend")?.textContent.trim() ?? "";
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      body: new URLSearchParams(new FormData(form)),
      headers: { "HX-Request": "true" },
    });
    if (!answer.ok) throw new Error(String(answer.status));
    say(`${legend}: ${words}.`);
  } catch {
    say(`${legend}: ${words}, on this page only; it could not be kept.`);
  }
}

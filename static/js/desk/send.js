/* Sending what a reader does, and what comes of it: the parts that changed, or what is wrong and what to do. */

import { withPlaces } from "../text/address.js";
import { hereState } from "./where.js";

const PATIENCE = 20_000;

/**
 * Post values (pairs, or a FormData) to an address. The outcome is {kind, html}: "done" with the parts that changed,
 * "sign-in", "offline" with nothing, "problem" with what to do about it, "conflict" with both wordings.
 */
export async function send(address, values) {
  const body = new URLSearchParams(values);
  body.delete("csrfmiddlewaretoken");
  body.set("back", backHere());
  return outcome(address, { method: "POST", body });
}

/** Get a part of a page; the same outcomes. */
export async function ask(address) {
  return outcome(address, {});
}

/** A word that nobody else has: a form sent twice with it is kept once. */
export function token() {
  const random = crypto.getRandomValues(new Uint8Array(16));
  return [...random].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** This page's address with the places as they are now. */
export function backHere() {
  const { pathname, search } = new URL(withPlaces(location.href, hereState().places));
  return pathname + search;
}

async function outcome(address, options) {
  let answer;
  let html;
  try {
    answer = await fetch(address, {
      ...options,
      headers: { "HX-Request": "true", "X-CSRFToken": csrf() },
      signal: AbortSignal.timeout(PATIENCE),
    });
    html = await answer.text();
  } catch {
    return { kind: "offline", html: "" };
  }
  if (answer.ok) {
    // What else changed by it, told as HTMX tells it.
    const changed = answer.headers.get("HX-Trigger");
    if (changed) document.body.dispatchEvent(new CustomEvent(changed, { bubbles: true }));
    return { kind: "done", html };
  }
  // A token that is no longer good comes with a session that is no longer there.
  if (answer.status === 401 || answer.status === 403) return { kind: "sign-in", html };
  if (answer.status === 409 && html.includes("<form")) return { kind: "conflict", html };
  if (answer.status === 404) return { kind: "problem", html: plain("This is no longer there. Open the text again.") };
  const told = html.includes('class="problem"') || html.includes("<form");
  return { kind: "problem", html: told ? html : plain("The server could not do this. Try again in a moment.") };
}

function plain(words) {
  return `<p class="problem" role="alert">${words}</p>`;
}

/* Signing in elsewhere changes the token, and the cookie knows. */
function csrf() {
  const cookie = /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1];
  return cookie ?? document.querySelector("[name='csrfmiddlewaretoken']")?.value ?? "";
}

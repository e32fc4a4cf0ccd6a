/* A selected passage goes to the clipboard with its source, when asked: by a button at the selection, or by a key. */

import { citation, paragraphs } from "../text/citation.js";
import { say } from "../say.js";
import { leafOf } from "./leaf.js";

let button;

/** Copy the selected passage with its citation; says what it did. */
export async function copySelection() {
  const range = selected();
  if (!range) {
    say("Select a passage first, then copy it with its citation.");
    return;
  }
  const words = passage(range);
  await write(citation(words, facts(range)));
  hide();
  say(`Copied with its citation, ${words.split(/\s+/).length} words.`);
}

export function start() {
  button = document.createElement("button");
  button.type = "button";
  button.className = "cite";
  button.textContent = "Copy with citation";
  button.hidden = true;
  document.body.append(button);
  // The press must not end the selection that it is about.
  button.addEventListener("pointerdown", (event) => event.preventDefault());
  button.addEventListener("click", copySelection);
  let timer;
  document.addEventListener("selectionchange", () => {
    clearTimeout(timer);
    timer = setTimeout(offer, 180);
  });
  document.addEventListener("scroll", hide, { capture: true, passive: true });
}

/** The words of a range as they read: without marks and controls, blocks parted by a line. */
export function passage(range) {
  const part = range.cloneContents();
  for (const control of part.querySelectorAll(".mark, .back, .note-label, .facing, .waiting, .notes")) control.remove();
  for (const gap of part.querySelectorAll("br, td + td, th + th")) gap.before(gap.localName === "br" ? "\n" : "\t");
  const runs = [...part.querySelectorAll("[data-start]:not(td, th), tr")];
  const words = runs.length ? runs.map((run) => run.textContent) : [part.textContent];
  return words.map((line) => line.replace(/[ \t\r\n]+/g, " ").trim()).filter(Boolean).join("\n");
}

function selected() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const leaf = leafOf(element(range.startContainer));
  const text = leaf?.querySelector(".text");
  return text?.contains(range.startContainer) && range.toString().trim() ? range : null;
}

function facts(range) {
  const leaf = leafOf(element(range.startContainer));
  const said = leaf.dataset;
  return {
    authors: said.authors,
    title: said.title,
    publication: said.publication,
    date: said.date,
    address: said.address || new URL(`/read/${said.slug}/`, location.href).href,
    paragraphs: paragraphs(numberAt(range.startContainer), numberAt(range.endContainer)),
    language: leaf.lang,
  };
}

function numberAt(node) {
  const block = element(node)?.closest("[id*='-p']");
  return Number(/-p(\d+)$/.exec(block?.id ?? "")?.[1]) || null;
}

function element(node) {
  return node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
}

function offer() {
  const range = selected();
  if (!range) {
    hide();
    return;
  }
  const lines = range.getClientRects();
  const last = lines[lines.length - 1];
  if (!last || last.bottom < 0 || lines[0].top > innerHeight) return;
  button.hidden = false;
  const left = Math.min(Math.max(8, last.right - button.offsetWidth / 2), innerWidth - button.offsetWidth - 8);
  // Under the selection, clear of the menu that phones put over it.
  const top = Math.min(last.bottom + (matchMedia("(pointer: coarse)").matches ? 28 : 8), innerHeight - button.offsetHeight - 8);
  button.style.insetInlineStart = `${left}px`;
  button.style.insetBlockStart = `${top}px`;
}

function hide() {
  button.hidden = true;
}

async function write(words) {
  try {
    await navigator.clipboard.writeText(words);
  } catch {
    // Over plain http the clipboard can only be reached through the copy event.
    const put = (event) => {
      event.preventDefault();
      event.clipboardData.setData("text/plain", words);
    };
    document.addEventListener("copy", put, { once: true });
    document.execCommand("copy");
  }
}

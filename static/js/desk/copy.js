/* A passage goes to the clipboard with its source, when asked: by a button at the selection, or by a key. */

import { citation, paragraphs } from "../text/citation.js";
import { say } from "../say.js";
import { leafOf } from "./leaf.js";
import { rangesIn, takenNow } from "./passage.js";

/** Copy the selected passage with its citation; says what it did. */
export async function copySelection() {
  const range = selected();
  if (!range) {
    say("Select a passage first, then copy it with its citation.");
    return;
  }
  const words = passage(range);
  await write(citation(words, facts(range)));
  say(`Copied with its citation, ${words.split(/\s+/).length} words.`);
}

/** The words of a range as they read: without marks and controls, blocks parted by a line. */
export function passage(range) {
  const part = range.cloneContents();
  for (const control of part.querySelectorAll(".mark, .back, .note-label, .facing, .waiting, .notes, .cards, .annotate")) control.remove();
  for (const gap of part.querySelectorAll("br, td + td, th + th")) gap.before(gap.localName === "br" ? "\n" : "\t");
  const runs = [...part.querySelectorAll("[data-start]:not(td, th), tr")];
  const words = runs.length ? runs.map((run) => run.textContent) : [part.textContent];
  return words.map((line) => line.replace(/[ \t\r\n]+/g, " ").trim()).filter(Boolean).join("\n");
}

function selected() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return takenRange();
  const range = selection.getRangeAt(0);
  const leaf = leafOf(element(range.startContainer));
  const text = leaf?.querySelector(".text");
  return text?.contains(range.startContainer) && range.toString().trim() ? range : null;
}

function takenRange() {
  const ranges = takenNow() ? rangesIn(takenNow()) : [];
  if (!ranges.length) return null;
  const whole = new Range();
  whole.setStart(ranges[0].startContainer, ranges[0].startOffset);
  whole.setEnd(ranges.at(-1).endContainer, ranges.at(-1).endOffset);
  return whole;
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

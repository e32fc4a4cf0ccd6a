/*
 * Places in a text, counted in code points as the server counts them, and the page's own ranges, in UTF-16 units.
 *
 * The words of a page stand in runs: elements with data-start, the place of their first character. What has the class
 * "mark" is no text (citation marks, controls), and a <br> is one character. Pure: nothing of the page is remembered.
 */

const RUN = "[data-start]:not(.card)";

/** How many code points a string has before this UTF-16 unit; one inside of a pair counts as before it. */
export function points(string, units = string.length) {
  let count = 0;
  for (let at = 0; at < units; count++) {
    at += string.codePointAt(at) > 0xffff ? 2 : 1;
    if (at > units) break;
  }
  return count;
}

/** The UTF-16 unit at which this code point of a string begins. */
export function units(string, count) {
  let at = 0;
  for (; count > 0 && at < string.length; count--) at += string.codePointAt(at) > 0xffff ? 2 : 1;
  return at;
}

/** The run that holds a node; null outside of the words. */
export function runOf(node) {
  const element = node?.nodeType === Node.ELEMENT_NODE ? node : node?.parentElement;
  return element?.closest(RUN) ?? null;
}

/** The runs within an element, or the element itself, in the order of the page. */
export function runs(element) {
  return element.matches(RUN) ? [element] : [...element.querySelectorAll(RUN)];
}

/** The pieces of a run, text nodes and <br>, each with its words and its place in the text: {node, words, start}. */
export function pieces(run) {
  const found = [];
  const walker = document.createTreeWalker(run, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) => {
    if (node.nodeType === Node.TEXT_NODE || node.localName === "br") return NodeFilter.FILTER_ACCEPT;
    return node.classList.contains("mark") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_SKIP;
  });
  let start = Number(run.dataset.start);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const words = node.localName === "br" ? "\n" : node.data;
    found.push({ node, words, start });
    start += points(words);
  }
  return found;
}

/** The words of a run, and the places in the text where they begin and end. */
export function wordsOf(run) {
  const words = pieces(run).map((piece) => piece.words).join("");
  const start = Number(run.dataset.start);
  return { words, start, end: start + points(words) };
}

/**
 * What a DOM range covers of these runs: {start, end, exact}, without white space at its ends, and never with half a
 * character; null where it covers no words. Runs are given in the order of the text; exact is "" where parts between
 * the first and the last are not in the page.
 */
export function placeOf(range, of) {
  const covered = [];
  for (const run of of) {
    if (!range.intersectsNode(run)) continue;
    const all = pieces(run);
    // An empty cell has no words, but a place between its neighbours.
    if (!all.length) covered.push({ words: "", start: Number(run.dataset.start), run });
    for (const piece of all) {
      if (range.intersectsNode(piece.node)) covered.push(...part(range, piece, run));
    }
  }
  while (covered.length && !covered[0].words.trim()) covered.shift();
  while (covered.length && !covered.at(-1).words.trim()) covered.pop();
  if (!covered.length) return null;
  const [first, last] = [covered[0], covered.at(-1)];
  const gap = first.words.length - first.words.trimStart().length;
  const rest = last.words.length - last.words.trimEnd().length;
  const start = first.start + points(first.words, gap);
  const end = last.start + points(last.words) - points(last.words.slice(last.words.length - rest));
  return { start, end, exact: exact(covered) };
}

/** The DOM ranges of text[start:end] in these runs, one for each piece of text. */
export function rangesOf({ start, end }, of) {
  const found = [];
  for (const run of of) {
    const begin = Number(run.dataset.start);
    // A code point has at least one unit: what cannot reach the place need not be counted.
    if (begin >= end || begin + run.textContent.length + run.children.length <= start) continue;
    for (const { node, words, start: here } of pieces(run)) {
      const from = units(words, Math.max(0, start - here));
      const to = units(words, Math.max(0, end - here));
      if (from >= to || node.localName === "br") continue;
      const range = new Range();
      range.setStart(node, from);
      range.setEnd(node, to);
      found.push(range);
    }
  }
  return found;
}

/* The part of a piece that a range covers, as a list of none or one. */
function part(range, { node, words, start }, run) {
  if (node.localName === "br") return [{ words, start, run }];
  let from = node === range.startContainer ? range.startOffset : 0;
  let to = node === range.endContainer ? range.endOffset : words.length;
  if (from >= to) return [];
  // A pair of units is one character: it belongs to whoever has a half.
  if (low(words, from)) from--;
  if (low(words, to)) to++;
  return [{ words: words.slice(from, to), start: start + points(words, from), run }];
}

function low(words, at) {
  return /[\udc00-\udfff]/.test(words[at] ?? "") && /[\ud800-\udbff]/.test(words[at - 1] ?? "");
}

/* The words, a line between runs; nothing where the page lacks some of them. */
function exact(covered) {
  let words = "";
  let last = null;
  for (const piece of covered) {
    const gap = last ? piece.start - last.start - points(last.words) : 0;
    const parted = last && piece.run !== last.run;
    if (gap && !(parted && gap === 1)) return "";
    words += (parted ? "\n" : "") + piece.words;
    last = piece;
  }
  return words.trim();
}

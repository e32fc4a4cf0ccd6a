/* The sentences of a paragraph. Pure. */

import { points } from "./offsets.js";

// After these a full stop ends no sentence.
const SHORT = new Set(
  ("mr mrs ms dr st prof rev hon sr jr gen col capt lt sgt gov sen rep no nos vol vols p pp ch sec art fig figs ed eds " +
    "trans cf vs viz al approx ca c e.g i.e esp incl dept univ inc ltd co jan feb mar apr jun jul aug sep sept oct nov dec " +
    "bzw usw z.b d.h vgl nr hrsg bd s f ff sog mme mlle m op cit ibid resp").split(" "),
);

/** Where the sentences of these words begin and end, in code points from their beginning: [[start, end]]. */
export function sentences(words, language = "en") {
  const found = [];
  let [from, joined] = [0, false];
  for (const { segment, index } of segmenter(language).segment(words)) {
    const to = index + segment.length;
    joined = goesOn(words.slice(from, to), words.slice(to));
    if (joined) continue;
    add(found, words, from, to);
    from = to;
  }
  if (joined) add(found, words, from, words.length);
  return found;
}

function add(found, words, from, to) {
  const words_ = words.slice(from, to);
  if (!words_.trim()) return;
  const start = points(words, from + words_.length - words_.trimStart().length);
  found.push([start, start + points(words_.trim())]);
}

/* Whether what looks like an end is none: after an abbreviation, an initial, or before a small letter. */
function goesOn(before, after) {
  if (!after.trim()) return false;
  const end = /([\p{L}\p{N}.]+)\.["'”’)\]]*\s+$/u.exec(before);
  if (!end) return false;
  const last = end[1].toLowerCase();
  // A number's full stop ends a sentence unless the number is all there is: "3. The dues".
  if (/^\p{N}+$/u.test(last)) return before.trim() === `${end[1]}.`;
  return SHORT.has(last) || /^\p{L}$/u.test(last) || /^(\p{L}\.)+\p{L}$/u.test(last) || /^\s*[\p{Ll},;]/u.test(after);
}

function segmenter(language) {
  try {
    return new Intl.Segmenter(language || "en", { granularity: "sentence" });
  } catch {
    return new Intl.Segmenter("en", { granularity: "sentence" });
  }
}

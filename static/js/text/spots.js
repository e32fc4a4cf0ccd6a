/* Where the words of a query stand in a text, as the server's search reads them. Pure. */

/** The words and "quoted phrases" of a query; what begins with a minus is looked for to be left out. */
export function terms(query) {
  return [...query.matchAll(/(-?)(?:"([^"]+)"|(\S+))/g)]
    .filter(([, minus]) => !minus)
    .map(([, , phrase, word]) => (phrase ?? word).replace(/[*"]/g, "").trim())
    .filter(Boolean);
}

/** Pairs [start, end] in UTF-16 units of each place where a word begins with one of the terms. */
export function spots(text, words) {
  const { plain, at } = plainly(text);
  const found = [];
  for (const word of words) {
    const needle = plainly(word).plain;
    for (let here = plain.indexOf(needle); needle && here >= 0; here = plain.indexOf(needle, here + needle.length)) {
      if (here && LETTER.test(plain[here - 1]) && LETTER.test(needle[0])) continue;
      found.push([at[here], at[here + needle.length]]);
    }
  }
  return found;
}

const LETTER = /[\p{L}\p{N}]/u;

/* Small letters without accents, and where each came from. */
function plainly(text) {
  let plain = "";
  const at = [];
  let here = 0;
  for (const letter of text) {
    const bare = letter.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
    for (let index = 0; index < bare.length; index++) at.push(here);
    plain += bare;
    here += letter.length;
  }
  at.push(here);
  return { plain, at };
}

/* A passage as others will quote it. Pure. */

const QUOTES = { de: ["„", "“"], fr: ["« ", " »"], es: ["«", "»"], it: ["«", "»"], ja: ["「", "」"], zh: ["“", "”"] };

/**
 * The passage in quotation marks of its language, then who, what, where, when, address and paragraph.
 * facts: {authors, title, publication, date, address, paragraphs, language}, each a string, any of them empty.
 */
export function citation(passage, facts) {
  const [open, close] = QUOTES[(facts.language ?? "").slice(0, 2)] ?? ["“", "”"];
  const source = [facts.authors, facts.title, facts.publication, facts.date, facts.address, facts.paragraphs];
  return `${open}${passage.trim()}${close}\n${source.filter(Boolean).join(", ")}`;
}

/** "¶ 4" or "¶¶ 4–6" for the first and last number of a passage, "" where it stands in no numbered paragraph. */
export function paragraphs(first, last) {
  if (!first) return "";
  return !last || last === first ? `¶ ${first}` : `¶¶ ${first}–${last}`;
}

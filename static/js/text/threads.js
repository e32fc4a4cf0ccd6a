/* Which of many parallels are drawn between two leaves, and how: at most what can be read. Pure. */

const MOST = 12;
const MOST_AWAY = 8;
const OF_ONE_PASSAGE = 2;
// So much of a passage has to show, in pixels, before it counts as in view.
const LEAST = 6;

/**
 * What is drawn of these, heaviest first: {key, left, right}, each a height in the window, or "up" or "down" where that
 * end is out of view. Items are {key, rank, faint, work, left: {top, bottom}, right: …}; view is {top, bottom}. Faint
 * ones are drawn only where they belong to the paragraph at work, and these before all others.
 */
export function threads(items, view) {
  const found = [];
  const ends = new Map();
  const counts = { both: 0, left: 0, right: 0 };
  const weight = ({ work, rank }) => (work ? 100 : 0) + rank;
  for (const item of [...items].sort((one, other) => weight(other) - weight(one))) {
    if (item.faint && !item.work) continue;
    const [left, right] = [end(item.left, view), end(item.right, view)];
    const shown = ["left", "right"].filter((side) => typeof { left, right }[side] === "number");
    if (!shown.length) continue;
    const kind = shown.length === 2 ? "both" : shown[0];
    const names = shown.map((side) => `${side}${Math.round(item[side].top)}`);
    const crowded = names.some((name) => (ends.get(name) ?? 0) >= (kind === "both" ? OF_ONE_PASSAGE : 1));
    if (!item.work && (crowded || counts[kind] >= (kind === "both" ? MOST : MOST_AWAY))) continue;
    for (const name of names) ends.set(name, (ends.get(name) ?? 0) + 1);
    counts[kind]++;
    found.push({ key: item.key, left, right });
  }
  return found;
}

/** The path of a line from a place at the left edge to one at the right, each [x, height]. */
export function curve([x, left], [end, right]) {
  const middle = (x + end) / 2;
  return `M${x} ${left}C${middle} ${left} ${middle} ${right} ${end} ${right}`;
}

/** The path of a short line that leaves a place toward what lies above ("up") or below; inwards is 1 or -1. */
export function stub([x, height], inwards, way) {
  const by = way === "up" ? -1 : 1;
  const [to, tip] = [x + 12 * inwards, height + 13 * by];
  return `M${x} ${height}Q${to} ${height} ${to} ${tip}M${to - 3.5} ${tip - 4 * by}L${to} ${tip}L${to + 3.5} ${tip - 4 * by}`;
}

/* The middle of what shows of a passage, else where it lies. */
function end({ top, bottom }, view) {
  const [from, until] = [Math.max(top, view.top), Math.min(bottom, view.bottom)];
  if (until - from >= Math.min(LEAST, bottom - top || 1)) return Math.round((from + until) / 2);
  return top < view.top ? "up" : "down";
}

/*
 * One text scrolled by another. Two texts say the same things in another order, so no line through all that they share
 * goes forward in both: the heaviest one that does is followed, and what lies beside it is left aside. Pure.
 */

// Between two points, neither text may run this many times as fast as the other, both taken as equally long.
const STEEPEST = 6;
// However much of a stretch is to be passed standing still, so much of it is left to move in.
const MOVING = 0.4;

/**
 * The heaviest chain of points that goes forward in both texts, from the beginning of both to the end of both.
 * Points are {left, right, weight}, places in texts so long; those of the chain come in order. O(n log n).
 */
export function chain(points, { left, right }, steepest = STEEPEST) {
  if (!left || !right) return [];
  // Seen from one point, the next lies between two slopes: as coordinates along these, both simply grow.
  const all = points
    .map((point) => ({ point, u: (steepest * point.left) / left - point.right / right, v: (steepest * point.right) / right - point.left / left }))
    .filter(({ u, v }) => u >= 0 && v >= 0 && u <= steepest - 1 && v <= steepest - 1)
    .sort((one, other) => one.u - other.u || one.v - other.v);
  const ranks = new Map([...new Set(all.map(({ v }) => v))].sort((one, other) => one - other).map((v, index) => [v, index + 1]));
  const best = new Array(ranks.size + 1).fill(null);
  let heaviest = null;
  for (const one of all) {
    const rank = ranks.get(one.v);
    for (let at = rank; at > 0; at -= at & -at) one.before = heavier(one.before, best[at]);
    one.sum = one.point.weight + (one.before?.sum ?? 0);
    for (let at = rank; at < best.length; at += at & -at) best[at] = heavier(best[at], one);
    heaviest = heavier(heaviest, one);
  }
  const found = [];
  for (let one = heaviest; one; one = one.before) found.unshift(one.point);
  return found;
}

/**
 * The way [[y, to], …] with stretches in which `to` stands still while y goes on: between its points what is left of
 * the way is gone through so much quicker. Stretches are [from, until], in any order.
 */
export function still(way, stretches) {
  const found = way.slice(0, 1);
  for (let index = 1; index < way.length; index++) {
    const [[y, to], [nextY, nextTo]] = [way[index - 1], way[index]];
    const all = within(stretches, y, nextY);
    const moving = nextY - y - all.reduce((sum, [from, until]) => sum + until - from, 0);
    let [gone, last] = [0, y];
    for (const [from, until] of all) {
      gone += from - last;
      last = until;
      const here = to + ((nextTo - to) * gone) / moving;
      found.push([from, here], [until, here]);
    }
    found.push([nextY, nextTo]);
  }
  return found;
}

/** Where the way [[y, to], …], which goes forward in both, leads from y; before and behind it, to its ends. */
export function map(way, y) {
  let [low, high] = [0, way.length - 1];
  if (y <= way[low][0]) return way[low][1];
  if (y >= way[high][0]) return way[high][1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (way[middle][0] <= y) low = middle;
    else high = middle;
  }
  const [[from, to], [until, end]] = [way[low], way[high]];
  return to + ((end - to) * (y - from)) / (until - from);
}

function heavier(one, other) {
  return !one || (other && other.sum > one.sum) ? (other ?? null) : one;
}

/* The stretches between two heights, joined where they meet, and shortened where they would leave no way to move. */
function within(stretches, from, until) {
  const joined = [];
  for (const [begin, end] of [...stretches].sort((one, other) => one[0] - other[0])) {
    const [start, stop] = [Math.max(from, begin), Math.min(until, end)];
    if (stop <= start) continue;
    if (joined.length && start <= joined.at(-1)[1]) joined.at(-1)[1] = Math.max(stop, joined.at(-1)[1]);
    else joined.push([start, stop]);
  }
  const sum = joined.reduce((all, [start, stop]) => all + stop - start, 0);
  const share = Math.min(1, ((1 - MOVING) * (until - from)) / sum);
  return joined.map(([start, stop]) => {
    const cut = ((1 - share) * (stop - start)) / 2;
    return [start + cut, stop - cut];
  });
}

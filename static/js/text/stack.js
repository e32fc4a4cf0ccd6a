/* Notes beside their marks without overlap. Pure. */

/**
 * The top of each item, in order, as near to where it is wanted as the others let it be (least squares).
 * Items are {wanted, height} in pixels; the one at index `fixed` keeps its place and the others give way;
 * nothing rises above `least`.
 */
export function stack(items, { gap = 0, fixed = -1, least = 0 } = {}) {
  // Without the heights before it, an item's top only has to be no smaller than its neighbour's: pool what is not.
  const pools = [];
  let before = 0;
  items.forEach(({ wanted, height }, index) => {
    let pool = { sum: 0, weight: index === fixed ? 1e6 : 1, from: index, before };
    pool.sum = (wanted - before) * pool.weight;
    while (pools.length && mean(pools.at(-1)) > mean(pool)) {
      const last = pools.pop();
      pool = { sum: last.sum + pool.sum, weight: last.weight + pool.weight, from: last.from };
    }
    pools.push(pool);
    before += height + gap;
  });

  const tops = [];
  let offset = 0;
  items.forEach(({ height }, index) => {
    while (pools.length > 1 && pools[1].from <= index) pools.shift();
    tops.push(Math.round(Math.max(mean(pools[0]), least) + offset));
    offset += height + gap;
  });
  return tops;
}

/** How many lines each note may show, so that notes crowding one place share `room` lines of it; heights ascend. */
export function lines(wanted, { near = 300, room = 36, most = 12 } = {}) {
  let [first, after] = [0, 0];
  return wanted.map((here) => {
    while (wanted[first] < here - near) first++;
    while (wanted[after] <= here + near) after++;
    return Math.max(1, Math.min(most, Math.floor(room / (after - first))));
  });
}

function mean({ sum, weight }) {
  return sum / weight;
}

/* A claim as the server takes it. */

import { leaves } from "./leaf.js";
import { send } from "./send.js";

/** Send a claim with what its form says: the outcome as send() has it. */
export function sendClaim(claim, fields) {
  const [left, right] = leaves().map((leaf) => leaf.dataset.slug);
  return send(`/facing/${left}/${right}/claims/new/`, values(claim, fields));
}

/* Each passage's fields by the side on which its text lies; those of one side in their order. */
function values({ sides, word }, { relation, body, layer }) {
  const sideOf = (slug) => leaves().find(({ dataset }) => dataset.slug === slug).dataset.side;
  const pairs = [
    ["relation", relation.value],
    ["body", body.value],
    ["layer", layer.value],
    ["token", word],
    ["first", sideOf(sides[0].slug)],
  ];
  for (const { slug, passages } of sides) {
    const side = sideOf(slug);
    pairs.push([`${side}_revision`, passages[0].revision]);
    for (const { start, end, exact } of passages) {
      pairs.push([`${side}_start`, start], [`${side}_end`, end], [`${side}_exact`, exact]);
    }
  }
  return pairs;
}

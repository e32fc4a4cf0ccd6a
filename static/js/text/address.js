/* Places in texts as ids ("left-p12") and as the page's address writes them (?left=p12&right=p30). Pure. */

/** The side and anchor of an id such as "left-p12"; null where it is no place in a leaf. */
export function place(id) {
  const found = /^(left|right)-([a-z]\d+)$/.exec(id ?? "");
  return found && { side: found[1], anchor: found[2] };
}

/** The id of a link's target: the part after "#", "" where there is none. */
export function target(href) {
  const at = href.indexOf("#");
  return at < 0 ? "" : decodeURIComponent(href.slice(at + 1));
}

/** The places that an address names: {left: "p12"}; a place after "#" wins over one in the query. */
export function places(address) {
  const url = new URL(address);
  const found = {};
  for (const side of ["left", "right"]) {
    const anchor = url.searchParams.get(side);
    if (anchor && /^[a-z]\d+$/.test(anchor)) found[side] = anchor;
  }
  const hashed = place(url.hash.slice(1));
  if (hashed) found[hashed.side] = hashed.anchor;
  return found;
}

/** The address with these places in its query, other parameters kept, nothing after "#". */
export function withPlaces(address, { left, right }) {
  const url = new URL(address);
  for (const [side, anchor] of Object.entries({ left, right })) {
    if (anchor) url.searchParams.set(side, anchor);
    else url.searchParams.delete(side);
  }
  url.hash = "";
  return url.href;
}

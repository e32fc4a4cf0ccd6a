/*
 * Links whose own words are their address: on paper it need not be written out once more, and in the margin, where a
 * long one fills many lines, it is shown as far as one line goes.
 */

export function start() {
  mark(document);
  document.addEventListener("leaf:grown", ({ target }) => mark(target));
}

function mark(within) {
  for (const link of within.querySelectorAll("main a[href^='http']:not([data-bare])")) {
    const words = bare(link.textContent.trim()).replace(/…$/, "");
    if (words && bare(link.href).startsWith(words)) link.dataset.bare = "";
  }
}

/* Without scheme and last slash, and however it is escaped. */
function bare(address) {
  let plain = address;
  try {
    plain = decodeURI(address);
  } catch {
    // Not every address is well escaped; then it is compared as it is.
  }
  return plain.replace(/^https?:\/\//, "").replace(/\/$/, "");
}

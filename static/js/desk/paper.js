/* On paper an address is written out behind its link, unless the link's own words are the address. */

export function start() {
  addEventListener("beforeprint", () => {
    for (const link of document.querySelectorAll(".leaf a[href^='http'], .page a[href^='http']")) {
      if (bare(link.href).startsWith(bare(link.textContent.trim()).replace(/…$/, ""))) link.dataset.bare = "";
    }
  });
}

/* Without scheme and last slash, and however it is escaped. */
function bare(address) {
  let plain = address;
  try {
    plain = decodeURI(address);
  } catch {
    // Not every address is well escaped; then it is compared as it is.
  }
  return plain.replace(/^https?:\/\//, "").replace(/\/$/, "") || "\0";
}

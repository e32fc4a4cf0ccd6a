/* Links that lead on from here take the places along as they are now, not as they were when the page came. */

import { leafOf } from "./leaf.js";
import { hereState } from "./where.js";

const OTHER = { left: "right", right: "left" };

/** Write the present places into every such link and field. */
export function refresh() {
  const { places } = hereState();
  for (const link of document.querySelectorAll(".bar-swap")) put(link, { left: places.right, right: places.left });
  for (const link of document.querySelectorAll(".bar-title a")) put(link, { left: places[sideOf(link)] });
  for (const link of document.querySelectorAll(".leaf-tools .widen")) put(link, { left: places[sideOf(link)] });
  for (const link of document.querySelectorAll(".leaf-tools .close")) put(link, { left: places[OTHER[sideOf(link)]] });
  for (const link of document.querySelectorAll(".leaf-tools .choose")) {
    const side = OTHER[sideOf(link)];
    if (document.body.dataset.halves === "1") put(link, { left: places.left });
    else put(link, { [side]: places[side] });
  }
  for (const link of document.querySelectorAll(".leaf-tools .view")) {
    put(link, { left_place: places.left, right_place: places.right });
  }
  for (const link of document.querySelectorAll(".cited-by a[href^='/']")) {
    put(link, { [sideOf(link)]: places[sideOf(link)] });
    link.hash = "";
  }
  for (const side of ["left", "right"]) {
    const field = document.querySelector(`.bar .find input[name="${side}"]`);
    if (field) field.value = places[side] ?? "";
  }
}

export function start() {
  for (const name of ["pointerdown", "keydown", "click"]) document.addEventListener(name, refresh, { capture: true });
}

function put(link, places) {
  const url = new URL(link.href);
  for (const [side, anchor] of Object.entries(places)) {
    if (anchor) url.searchParams.set(side, anchor);
    else url.searchParams.delete(side);
  }
  if (link.href !== url.href) link.href = url.href;
}

function sideOf(link) {
  return leafOf(link)?.dataset.side ?? link.closest("[data-side]").dataset.side;
}

/*
 * A mark opens its note: in the margin it gets the focus, elsewhere it becomes a popover beside the mark or a sheet
 * below it, the same element, not a copy. Opening is a step in the history, so that Back closes the note and returns
 * to the mark; so do Escape and the note's own link back.
 */

import { bring } from "./chunks.js";
import { focusOn, go, restorePlaces, show, turnTo } from "./go.js";
import { leafOf, upperEdge, use } from "./leaf.js";
import { layOut, noteOf } from "./margin.js";
import { remember, step } from "./where.js";

let open = null;

/** Open the note of this mark, as a step in the history unless this entry is one already. */
export async function openNote(mark, { focus = true, stepping = true } = {}) {
  const note = noteOf(mark) ?? (await bring(mark.hash.slice(1)));
  if (!note) return location.assign(mark.href);
  if (open) close({ focus: false });
  open = { mark, note };
  use(leafOf(mark));
  const begun = history.state?.step;
  bringToView(mark);
  if (stepping && !begun) remember({ mark: mark.id });
  if (!note.classList.contains("placed")) pop(mark, note);
  if (focus) focusOn(note);
  if (stepping && !begun) step({ note: mark.id, step: true });
  else remember({ note: mark.id });
}

/** Close the open note; focus goes back to its mark. */
export function close({ focus = true } = {}) {
  if (!open) return;
  const { mark, note } = open;
  open = null;
  if (note.popover) {
    if (note.matches(":popover-open")) note.hidePopover();
    note.removeAttribute("popover");
    mark.style.anchorName = "";
    mark.removeAttribute("aria-expanded");
    layOut(leafOf(note));
  }
  if (focus) {
    bringToView(mark);
    mark.focus({ preventScroll: true });
  }
}

/** Whether a note is open. */
export function isOpen() {
  return Boolean(open);
}

/** Leave the open note as Back does. */
export function leave() {
  if (!open) return;
  if (history.state?.step) {
    history.back();
    return;
  }
  close();
  remember({ note: null });
}

/** Follow marks, links back, Escape and the history. */
export function start() {
  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
    const mark = event.target.closest?.("a.mark[role]");
    if (mark) {
      event.preventDefault();
      openNote(mark);
      return;
    }
    const back = event.target.closest?.(".note :is(.note-label, .back)");
    if (back) {
      event.preventDefault();
      returnFrom(back);
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && open && !event.defaultPrevented) {
      event.preventDefault();
      leave();
    }
  });
  // The reader turned to something else: the note closes, the step that it was is spent, and focus stays theirs.
  document.addEventListener("focusout", (event) => {
    const to = event.relatedTarget;
    if (open?.note.contains(event.target) && to && to !== open.mark && !open.note.contains(to)) spend();
  });
  document.addEventListener("pointerdown", (event) => {
    if (open && !open.note.contains(event.target) && !event.target.closest?.("a.mark[role]")) spend();
  });
  addEventListener("popstate", (event) => goBack(event.state ?? {}));
  addEventListener("pageshow", (event) => event.persisted && open?.mark.focus({ preventScroll: true }));
}

/** Open the note that a history entry, or an address, says was open; focus is on its mark. */
export async function reopen(markId) {
  const mark = markId && (await bring(markId));
  if (!mark?.matches("a.mark[role]")) return;
  bringToView(mark);
  await openNote(mark, { stepping: false, focus: false });
  mark.focus({ preventScroll: true });
}

async function goBack(state) {
  const closed = open?.mark;
  close();
  await restorePlaces(state);
  if (closed) bringToView(closed);
  const from = state.mark && document.getElementById(state.mark);
  if (from && inView(from)) from.focus({ preventScroll: true });
  await reopen(state.note);
}

/* The note is closed, but the step that it was stays in the history, and serves the next note. */
function spend() {
  close({ focus: false });
  if (history.state?.note) history.replaceState({ ...history.state, note: null }, "");
}

function bringToView(mark) {
  turnTo(leafOf(mark));
  if (!inView(mark)) show(mark, { flash: false, focus: false, offset: leafOf(mark).clientHeight / 4 });
}

function inView(mark) {
  const { top, bottom } = mark.getBoundingClientRect();
  const leaf = leafOf(mark);
  return top > upperEdge(leaf) && bottom < leaf.getBoundingClientRect().bottom;
}

async function returnFrom(link) {
  if (open?.note.contains(link)) {
    leave();
    return;
  }
  const mark = await bring(link.hash.slice(1));
  if (mark) go(mark.id, { flash: false });
}

function pop(mark, note) {
  note.popover = "manual";
  mark.style.anchorName = "--mark";
  mark.setAttribute("aria-expanded", "true");
  note.showPopover();
  const covered = mark.getBoundingClientRect().bottom + 24 - note.getBoundingClientRect().top;
  const sheet = getComputedStyle(note).getPropertyValue("--notes").trim() === "sheet";
  if (sheet && covered > 0) leafOf(mark).scrollTop += covered;
}

/*
 * A mark opens its note: in the margin it gets the focus, elsewhere it becomes a popover beside the mark or a sheet
 * below it, the same element, not a copy. Opening is a step in the history, so that Back closes the note and returns
 * to the mark; so do Escape and the note's own link back.
 */

import { bring } from "./chunks.js";
import { focusOn, go, restorePlaces, turnTo } from "./go.js";
import { leafOf, use } from "./leaf.js";
import { noteOf } from "./margin.js";
import { remember } from "./where.js";

let open = null;

/** Open the note of this mark. */
export async function openNote(mark, { push = true, focus = true } = {}) {
  const note = noteOf(mark) ?? (await bring(mark.hash.slice(1)));
  if (!note) return location.assign(mark.href);
  if (open) close({ focus: false });
  const step = push && !history.state?.note && !history.state?.spent;
  if (step) remember();
  open = { mark, note };
  use(leafOf(mark));
  if (!note.classList.contains("placed")) pop(mark, note);
  if (focus) focusOn(note);
  remember({ push: step, note: mark.id });
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
  }
  if (focus) {
    turnTo(leafOf(mark));
    mark.focus({ preventScroll: true });
    mark.scrollIntoView({ block: "nearest" });
  }
}

/** Whether a note is open. */
export function isOpen() {
  return Boolean(open);
}

/** Leave the open note as Back does. */
export function leave() {
  if (!open) return;
  if (history.state?.note) history.back();
  else close();
}

/** Follow marks, links back, Escape and the history. */
export function start() {
  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
    const mark = event.target.closest?.("a.mark");
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
    if (open && !open.note.contains(event.target) && !event.target.closest?.("a.mark")) spend();
  });
  addEventListener("popstate", (event) => goBack(event.state ?? {}));
  addEventListener("pageshow", (event) => event.persisted && open?.mark.focus({ preventScroll: true }));
}

/** After a return to this page, the note that was open when it was left; focus is on its mark. */
export async function reopen(state) {
  const mark = state?.note && (await bring(state.note));
  if (!mark) return;
  turnTo(leafOf(mark));
  mark.scrollIntoView({ block: "nearest" });
  await openNote(mark, { push: false, focus: false });
  mark.focus({ preventScroll: true });
}

async function goBack(state) {
  const closed = open?.mark;
  close();
  await restorePlaces(state);
  closed?.scrollIntoView({ block: "nearest" });
  await reopen(state);
}

function spend() {
  close({ focus: false });
  history.replaceState({ ...history.state, note: null, spent: true }, "");
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

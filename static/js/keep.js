/* What this browser remembers; one that keeps nothing loses nothing but convenience. */

/** The value kept under this name, or what is given instead. */
export function kept(name, otherwise = null, store = () => localStorage) {
  try {
    return JSON.parse(store().getItem(name)) ?? otherwise;
  } catch {
    return otherwise;
  }
}

/** Keep a value; null forgets it. */
export function keep(name, value, store = () => localStorage) {
  try {
    if (value === null) store().removeItem(name);
    else store().setItem(name, JSON.stringify(value));
  } catch {
    // A private window may refuse.
  }
}

/** The names of all that is kept and begins so. */
export function names(beginning) {
  try {
    return Object.keys(localStorage).filter((name) => name.startsWith(beginning));
  } catch {
    return [];
  }
}

/** What lasts as long as this tab. */
export const TAB = () => sessionStorage;

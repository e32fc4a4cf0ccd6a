/* Key presses to actions, with sequences such as "g c". Pure. */

/** The name of a key press as the list of keys writes it: "j", "?", "Escape"; "" where Ctrl, Alt or Meta is held. */
export function pressed(event) {
  return event.ctrlKey || event.altKey || event.metaKey || event.isComposing ? "" : event.key;
}

/** Whether this element takes what is typed. */
export function takesText(element) {
  if (!element) return false;
  if (element.isContentEditable) return true;
  const kind = element.localName;
  return kind === "textarea" || kind === "select" || (kind === "input" && !/^(button|checkbox|radio|submit)$/.test(element.type));
}

/** Reads keys one by one; read(key) gives the name in `known` that is complete now, or null. */
export class Sequence {
  #known;
  #begun = "";
  #at = 0;

  constructor(known, { patience = 1500 } = {}) {
    this.#known = new Set(known);
    this.patience = patience;
  }

  read(key, now = Date.now()) {
    if (now - this.#at > this.patience) this.#begun = "";
    this.#at = now;
    const whole = this.#begun ? `${this.#begun} ${key}` : key;
    if (this.#known.has(whole)) {
      this.#begun = "";
      return whole;
    }
    const begins = [...this.#known].some((name) => name.startsWith(`${whole} `));
    if (!begins && this.#begun) {
      this.#begun = "";
      return this.read(key, now);
    }
    this.#begun = begins ? whole : "";
    return null;
  }
}

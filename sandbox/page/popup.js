// The list of suggestions over an input: a listbox that the input drives (the combobox pattern of ARIA).

import { avatar, el } from "./dom.js";

let serial = 0;

/** A list of suggestions inside `host`. Items: `{label, detail?, hint?, person?, emoji?, checked?, disabled?, group?, pick}`. */
export class Popup {
  constructor(host, label) {
    this.prefix = `pop${(serial += 1)}`;
    this.head = el("div", { class: "popup-head" });
    this.list = el("div", { role: "listbox", id: `${this.prefix}-list`, class: "popup-list", "aria-label": label });
    this.box = el("div", { class: "popup", hidden: true, on: { mousedown: (event) => event.preventDefault() } }, this.head, this.list);
    this.items = [];
    this.active = -1;
    this.input = null;
    host.prepend(this.box);
  }

  get open() {
    return !this.box.hidden;
  }

  /** Ties the popup to the input that has the focus. */
  attach(input) {
    if (this.input && this.input !== input) this.input.removeAttribute("aria-activedescendant");
    this.input = input;
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", this.list.id);
    input.setAttribute("aria-expanded", "false");
  }

  /** Shows `items` under `head` (nodes). `active`: which item is marked at first, -1 for none. */
  show({ head = [], items = [], active = -1, empty = "" }) {
    this.items = items;
    this.head.replaceChildren(...head);
    this.head.hidden = head.length === 0;
    const rows = [];
    items.forEach((item, index) => {
      if (item.group && item.group !== items[index - 1]?.group) rows.push(el("div", { class: "popup-group", role: "presentation" }, item.group));
      rows.push(this.row(item, index));
    });
    if (items.length === 0 && empty) rows.push(el("div", { class: "popup-empty", role: "presentation" }, empty));
    this.list.replaceChildren(...rows);
    this.list.hidden = rows.length === 0;
    this.box.hidden = head.length === 0 && rows.length === 0;
    this.input?.setAttribute("aria-expanded", String(items.length > 0));
    this.mark(items.length > 0 ? Math.min(active, items.length - 1) : -1);
  }

  row(item, index) {
    const option = el(
      "div",
      {
        role: "option",
        id: `${this.prefix}-${index}`,
        class: `popup-row ${item.disabled ? "disabled" : ""}`,
        "aria-selected": "false",
        "aria-checked": item.checked === undefined ? undefined : String(item.checked),
        "aria-disabled": item.disabled ? "true" : undefined,
        on: { click: () => this.pick(index), mousemove: () => this.mark(index, false) },
      },
      item.checked !== undefined && el("span", { class: "check", "aria-hidden": "true" }),
      item.person && avatar(item.person, "small"),
      item.emoji && el("span", { class: "emoji" }, item.emoji),
      el("span", { class: "popup-text" }, el("span", { class: "popup-label" }, item.label), item.detail && el("span", { class: "popup-detail" }, item.detail)),
      item.hint && el("span", { class: "popup-hint" }, item.hint),
    );
    option.dataset.label = item.label;
    return option;
  }

  hide() {
    this.box.hidden = true;
    this.items = [];
    this.active = -1;
    this.list.replaceChildren();
    this.input?.setAttribute("aria-expanded", "false");
    this.input?.removeAttribute("aria-activedescendant");
  }

  mark(index, scroll = true) {
    if (index === this.active && this.list.querySelector('[aria-selected="true"]')) return;
    this.active = index;
    for (const row of this.list.querySelectorAll('[role="option"]')) {
      const chosen = row.id === `${this.prefix}-${index}`;
      row.setAttribute("aria-selected", String(chosen));
      if (chosen && scroll) row.scrollIntoView({ block: "nearest" });
    }
    if (index >= 0) this.input?.setAttribute("aria-activedescendant", `${this.prefix}-${index}`);
    else this.input?.removeAttribute("aria-activedescendant");
  }

  /** Up and down; goes round at the ends. Returns whether there was anything to move over. */
  move(step) {
    const count = this.items.length;
    if (!this.open || count === 0) return false;
    this.mark(this.active < 0 ? (step > 0 ? 0 : count - 1) : (this.active + step + count) % count);
    return true;
  }

  /** Takes the marked item (or the given one). Returns whether there was one. */
  pick(index = this.active) {
    const item = this.items[index];
    if (!this.open || !item || item.disabled) return false;
    item.pick(item);
    return true;
  }
}

// Menus: over a person, over the switch of people. Arrow keys, Home, End, first letters, Escape.

import { avatar, el } from "./dom.js";

let close = null;

/** Closes the open menu, if any. */
export function closeMenu() {
  close?.();
}

/**
 * Opens a menu at `anchor` (an element) or at `point` ({x, y}). Groups: `[{label?, person?, items: [{label, detail?, person?, note?, run}]}]`; a group with a person is a heading.
 */
export function openMenu(groups, { anchor, point, label }) {
  closeMenu();
  const before = document.activeElement;
  const menu = el("div", { class: "menu", role: "menu", "aria-label": label });
  for (const group of groups.filter((one) => one.items.length > 0 || one.person)) {
    const section = el("div", { role: "group", class: "menu-group", "aria-label": group.label });
    if (group.person) section.append(el("div", { class: "menu-person", role: "presentation" }, avatar(group.person, "medium"), el("span", { class: "menu-text" }, el("strong", {}, group.person.name), el("small", {}, group.detail))));
    if (group.label) section.append(el("div", { class: "menu-label", role: "presentation" }, group.label));
    for (const item of group.items) section.append(row(item));
    menu.append(section);
  }
  const leave = (event) => {
    if (!menu.contains(event.target)) finish(false);
  };
  const finish = (back = true) => {
    menu.remove();
    document.removeEventListener("pointerdown", leave, true);
    anchor?.setAttribute?.("aria-expanded", "false");
    close = null;
    if (back && before?.isConnected) before.focus();
  };
  close = finish;
  menu.addEventListener("keydown", (event) => keys(event, menu, finish));
  document.addEventListener("pointerdown", leave, true);
  window.addEventListener("resize", () => finish(false), { once: true });
  document.body.append(menu);
  anchor?.setAttribute?.("aria-expanded", "true");
  place(menu, anchor, point);
  menu.querySelector('[role="menuitem"]')?.focus();
}

function row(item) {
  const run = () => {
    closeMenu();
    item.run();
  };
  return el(
    "button",
    { class: `menu-row ${item.current ? "current" : ""}`, type: "button", role: "menuitem", tabindex: "-1", on: { click: run } },
    item.person && avatar(item.person, "small"),
    el("span", { class: "menu-text" }, el("span", {}, item.label), item.detail && el("small", {}, item.detail)),
    item.note && el("span", { class: "pill" }, item.note),
  );
}

function keys(event, menu, finish) {
  const rows = [...menu.querySelectorAll('[role="menuitem"]')];
  const at = rows.indexOf(document.activeElement);
  const go = (index) => rows[(index + rows.length) % rows.length]?.focus();
  const moves = { ArrowDown: () => go(at + 1), ArrowUp: () => go(at - 1), Home: () => go(0), End: () => go(rows.length - 1), Escape: () => finish(), Tab: () => finish() };
  if (moves[event.key]) {
    event.preventDefault();
    event.stopPropagation();
    moves[event.key]();
  } else if (event.key.length === 1 && event.key !== " ") {
    const after = [...rows.slice(at + 1), ...rows.slice(0, at + 1)];
    after.find((one) => one.textContent.trim().toLowerCase().startsWith(event.key.toLowerCase()))?.focus();
  }
}

function place(menu, anchor, point) {
  const box = anchor?.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = menu;
  const wantedX = point?.x ?? box?.left ?? 0;
  const below = point?.y ?? (box ? box.bottom + 4 : 0);
  const above = (box?.top ?? below) - height - 4;
  const y = below + height + 8 > window.innerHeight && above > 8 ? above : below;
  menu.style.left = `${Math.max(8, Math.min(wantedX, window.innerWidth - width - 8))}px`;
  menu.style.top = `${Math.max(8, Math.min(y, window.innerHeight - height - 8))}px`;
}

// Building elements. Text only ever enters the page as text nodes or attributes, never as markup.

const SVG = "http://www.w3.org/2000/svg";

/** An element with attributes, event listeners (`on`), data (`dataset`) and children (nodes or strings). */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "class") node.className = value;
    else if (name === "dataset") Object.assign(node.dataset, value);
    else if (name === "on") {
      for (const [event, listener] of Object.entries(value)) node.addEventListener(event, listener);
    } else if (name === "value") node.value = value;
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

const ICONS = {
  hash: ["M4 9h16", "M4 15h16", "M10 3 8 21", "M16 3l-2 18"],
  thread: ["M5 4v9a3 3 0 0 0 3 3h11", "M15 12l4 4-4 4"],
  lock: ["M6 11h12v9H6z", "M9 11V8a3 3 0 0 1 6 0v3"],
  menu: ["M4 6h16", "M4 12h16", "M4 18h16"],
  people: ["M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7z", "M2.5 20a6.5 6.5 0 0 1 13 0", "M16 4.5a3.5 3.5 0 0 1 0 6.5", "M18 14.5a6.5 6.5 0 0 1 3.5 5.5"],
  chat: ["M4 5h16v11H10l-5 4v-4H4z"],
  send: ["M4 12 20 4l-4 16-4-7z"],
  moon: ["M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5z"],
  sun: ["M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8z", "M12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.5 1.5M17.5 17.5 19 19M5 19l1.5-1.5M17.5 6.5 19 5"],
  dots: ["M5 12h.01", "M12 12h.01", "M19 12h.01"],
  clock: ["M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z", "M12 7v5l3 2"],
  close: ["M6 6l12 12", "M18 6 6 18"],
  file: ["M6 3h8l4 4v14H6z", "M14 3v4h4"],
  chevron: ["M6 9l6 6 6-6"],
  eye: ["M2 12s4-7 10-7 10 7 10 7-4 7-10 7S2 12 2 12z", "M12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6z"],
  swap: ["M7 4 3 8l4 4", "M3 8h14", "M17 12l4 4-4 4", "M21 16H7"],
  plus: ["M12 5v14", "M5 12h14"],
  out: ["M14 4h6v6", "M20 4 11 13", "M18 14v6H4V6h6"],
  skip: ["M5 5l9 7-9 7z", "M18 5v14"],
  slash: ["M5 3h14v18H5z", "M14 8l-4 8"],
  reply: ["M4 19v-6a4 4 0 0 1 4-4h10", "M14 5l4 4-4 4"],
  alert: ["M12 3 2 20h20z", "M12 10v4", "M12 17h.01"],
};

/** A small line drawing; it is decoration, so the element around it carries the name. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("class", "icon");
  for (const d of ICONS[name] ?? []) {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", d);
    svg.append(path);
  }
  return svg;
}

/** A round picture with a person's or server's initials; the colour follows from the id. */
export function avatar({ id, name, bot }, size = "") {
  const letters = initials(name);
  return el("span", { class: `avatar tint-${tint(id)} ${size} ${bot ? "bot" : ""}`, "aria-hidden": "true" }, letters);
}

export function initials(name) {
  const words = String(name ?? "?").trim().split(/\s+/u).filter(Boolean);
  const first = (word) => [...(word ?? "")][0] ?? "";
  const letters = words.length > 1 ? first(words[0]) + first(words[words.length - 1]) : first(words[0]);
  return (letters || "?").toUpperCase();
}

function tint(id) {
  let sum = 0;
  for (const digit of String(id ?? "")) sum = (sum * 31 + digit.charCodeAt(0)) % 997;
  return sum % 8;
}

/** A note in the corner. `kind`: "error", "info", "dm". `action`: {label, run}. Those of DMs stay. */
export function toast(message, { kind = "info", title, action, keep = false } = {}) {
  const box = document.getElementById("toasts");
  const close = () => note.remove();
  const note = el(
    "div",
    { class: `toast ${kind}`, role: kind === "error" ? "alert" : undefined },
    el("div", { class: "toast-text" }, title && el("strong", {}, title), el("span", {}, message)),
    action && el("button", { class: "btn primary small", type: "button", on: { click: () => (close(), action.run()) } }, action.label),
    el("button", { class: "icon-btn", type: "button", "aria-label": "Close this note", on: { click: close } }, icon("close")),
  );
  box.append(note);
  while (box.children.length > 4) box.firstElementChild.remove();
  const stays = { error: 9000, info: action ? 20_000 : 5000 }[kind];
  if (stays && !keep) setTimeout(close, stays);
  return close;
}

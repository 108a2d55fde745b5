// The frame: drawers on a phone, the list of people, light and dark.

import { icon } from "./dom.js";

const narrow = matchMedia("(max-width: 720px)");
const medium = matchMedia("(max-width: 1080px)");
const byId = (id) => document.getElementById(id);

/** Sets the frame up. `close()` shuts the drawers. */
export function setUpShell() {
  const left = byId("left");
  const right = byId("members");
  const shade = byId("shade");
  const openLeft = byId("open-left");
  const openRight = byId("open-right");
  byId("open-left").append(icon("menu"));
  byId("open-right").append(icon("people"));
  byId("slash-button").append(icon("slash"));
  byId("send").append(icon("send"));
  document.querySelector(".clock-icon").append(icon("clock"));
  const set = (drawer, button, open) => {
    drawer.classList.toggle("open", open);
    button.setAttribute("aria-expanded", String(open));
    settle();
    if (open) drawer.querySelector("[aria-current] , button")?.focus();
  };
  /** What is out of sight cannot be reached by Tab either. */
  const settle = () => {
    left.inert = narrow.matches && !left.classList.contains("open");
    right.inert = medium.matches ? !right.classList.contains("open") : right.classList.contains("shut");
    shade.hidden = !(narrow.matches && left.classList.contains("open")) && !(medium.matches && right.classList.contains("open"));
    openRight.setAttribute("aria-expanded", String(!right.inert));
  };
  const close = () => {
    left.classList.remove("open");
    right.classList.remove("open");
    openLeft.setAttribute("aria-expanded", "false");
    settle();
  };
  openLeft.addEventListener("click", () => set(left, openLeft, !left.classList.contains("open")));
  openRight.addEventListener("click", () => {
    if (medium.matches) return set(right, openRight, !right.classList.contains("open"));
    right.classList.toggle("shut");
    return settle();
  });
  shade.addEventListener("click", close);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || shade.hidden) return;
    const back = left.classList.contains("open") ? openLeft : openRight;
    close();
    back.focus();
  });
  for (const query of [narrow, medium]) query.addEventListener("change", settle);
  settle();
  theme();
  return { close };
}

function theme() {
  const button = byId("theme");
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const root = document.documentElement;
  let wanted = null;
  try {
    wanted = localStorage.getItem("theme");
  } catch {
    wanted = null;
  }
  const draw = () => {
    const isDark = wanted ? wanted === "dark" : dark.matches;
    root.dataset.theme = isDark ? "dark" : "light";
    button.replaceChildren(icon(isDark ? "sun" : "moon"));
    button.setAttribute("aria-label", isDark ? "Switch to light" : "Switch to dark");
  };
  button.addEventListener("click", () => {
    wanted = root.dataset.theme === "dark" ? "light" : "dark";
    try {
      localStorage.setItem("theme", wanted);
    } catch {
      // Not kept beyond this visit.
    }
    draw();
  });
  dark.addEventListener("change", draw);
  draw();
}

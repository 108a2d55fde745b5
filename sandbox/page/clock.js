// The clock over everything: what time it is in the sandbox, and the buttons that move it.

import { api } from "./api.js";
import { el, icon, toast } from "./dom.js";
import { clockText, now, setNow } from "./time.js";

const MOVES = [
  { label: "+1 hour", short: "+1h", how: { advance: "1h" }, said: "An hour passed." },
  { label: "+1 day", short: "+1d", how: { advance: "1d" }, said: "A day passed." },
  { label: "+1 week", short: "+1w", how: { advance: "7d" }, said: "A week passed." },
  { label: "To the next event", short: "Next", how: { next: true }, said: "" },
];

const narrow = matchMedia("(max-width: 720px)");
const face = document.getElementById("clock-face");
const buttons = document.getElementById("clock-moves");
const said = document.getElementById("clock-said");

/** `moved()` is called after each move. */
export function setUpClock(moved) {
  for (const move of MOVES) {
    const inner = [move.how.next && icon("skip"), el("span", { class: "long" }, move.label), el("span", { class: "short", "aria-hidden": "true" }, move.short)];
    buttons.append(el("button", { class: "clock-btn", type: "button", "aria-label": move.how.next ? "Move the clock to the next event" : `Move the clock: ${move.label}`, on: { click: () => run(move, moved) } }, inner));
  }
  setInterval(drawClock, 1000);
}

export function drawClock() {
  const text = clockText(now(), narrow.matches);
  if (face.textContent !== text) face.textContent = text;
  face.dateTime = new Date(now()).toISOString();
}

export async function syncClock() {
  setNow((await api.clock()).now);
  drawClock();
}

async function run(move, moved) {
  if (buttons.getAttribute("aria-busy") === "true") return;
  buttons.setAttribute("aria-busy", "true");
  said.textContent = "Time is passing…";
  try {
    const answer = await api.moveClock(move.how);
    if (answer?.now) setNow(answer.now);
    drawClock();
    said.textContent = move.said || `It is ${clockText(now())}.`;
    face.classList.remove("jumped");
    requestAnimationFrame(() => face.classList.add("jumped"));
    await moved();
  } catch (error) {
    said.textContent = "";
    toast(error.message, { kind: "error" });
  } finally {
    buttons.removeAttribute("aria-busy");
    setTimeout(() => (said.textContent = ""), 6000);
  }
}

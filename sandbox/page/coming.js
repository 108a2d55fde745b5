// What is scheduled in the server in view: name, time, place, and whether one is interested.

import { el, icon } from "./dom.js";
import { state } from "./state.js";
import { timestamp } from "./time.js";

const ACTIVE = 2;
const box = document.getElementById("coming");

/** Draws the events. `acts`: {interest(event, interested)}. */
export function drawComing(acts) {
  const all = (state.guild && state.coming.get(state.guild)) || [];
  const at = [...box.querySelectorAll("button")].indexOf(document.activeElement);
  box.hidden = all.length === 0;
  box.replaceChildren(...all.map((one) => row(one, acts)));
  if (at >= 0) box.querySelectorAll("button")[at]?.focus();
}

function row(event, acts) {
  const interested = event.interested.includes(state.me);
  const when = [timestamp(Date.parse(event.starts), "f"), " to ", timestamp(Date.parse(event.ends), "t")];
  const count = event.interested.length;
  return el(
    "li",
    { class: "event" },
    el(
      "button",
      { type: "button", title: event.description ?? undefined, "aria-pressed": String(interested), on: { click: () => acts.interest(event.id, !interested) } },
      el("span", { class: "event-when" }, icon("clock"), event.status === ACTIVE ? "Now: " : "", when),
      el("strong", {}, event.name),
      el("small", {}, event.location),
      el("small", { class: "event-count" }, interested ? "✓ You are interested" : "Interested?", count > 0 && ` · ${count}`),
    ),
  );
}

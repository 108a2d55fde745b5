// The list of messages: drawn anew only where something changed, so that focus and open spoilers stay.

import { forget, pending } from "./actions.js";
import { avatar, el, icon } from "./dom.js";
import { dots, renderMessage } from "./message.js";
import { authorOf, findChannel, markRead, messagesOf, older, on, readUpTo, state, user } from "./state.js";
import { dayName, sameDay } from "./time.js";

const GROUP_MS = 7 * 60_000;
const log = document.getElementById("log");
const scroller = document.getElementById("scroller");
let drawn = new Map(); // message → {key, node}
let place = "";
let mark = "";
let welcome = () => null;
let acts = {};
let last = null; // the message that had the focus last
let forced = false;

/** `welcomeFor()` makes what stands above the first message. */
export function setUpLog(actions, welcomeFor) {
  acts = actions;
  welcome = welcomeFor;
  log.addEventListener("keydown", walk);
  scroller.addEventListener("scroll", () => atEnd() && seen());
  document.addEventListener("visibilitychange", seen);
  log.addEventListener("focusin", () => (last = focused()));
  on("acted", () => (forced = true));
  on("closed", () => restore(document.activeElement === document.body ? last : null));
}

const atEnd = () => scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 60;

function seen() {
  if (state.channel && document.visibilityState === "visible") markRead(state.channel);
}

/** Draws the channel in view. */
export function drawLog() {
  const here = `${state.me}/${state.guild}/${state.channel}`;
  const moved = here !== place;
  if (moved) {
    drawn = new Map();
    place = here;
    mark = state.channel ? readUpTo(state.channel) : "";
  }
  const follow = moved || forced || atEnd();
  forced = false;
  const list = state.channel ? messagesOf(state.channel) : [];
  const refocus = focused();
  const { nodes, next } = arrange(list, moved);
  drawn = next;
  swap(nodes);
  restore(refocus);
  if (follow) scroller.scrollTop = scroller.scrollHeight;
  if (follow) seen();
}

function arrange(list, moved) {
  const nodes = [welcome()];
  const next = new Map();
  const fresh = list.find((one) => older(mark, one.id) < 0 && mark !== "" && authorOf(one).id !== state.me && !one.ephemeral);
  let previous = null;
  const waits = pending.filter((entry) => entry.channel === state.channel && entry.guild === state.guild);
  for (const message of list) {
    while (waits[0]?.failed && older(waits[0].after, message.id) < 0) nodes.push(waiting(waits.shift()));
    const newDay = !previous || !sameDay(previous.created, message.created);
    if (newDay) nodes.push(el("div", { class: "day", role: "separator" }, el("span", {}, dayName(message.created))));
    if (message === fresh) nodes.push(el("div", { class: "fresh", role: "separator" }, el("span", {}, "NEW")));
    const grouped = !newDay && message !== fresh && follows(previous, message);
    const key = JSON.stringify([message, grouped, state.notices.get(message.id), state.used.get(message.id), authorOf(message).name]);
    const known = drawn.get(message.id);
    const node = known?.key === key ? known.node : renderMessage(message, { grouped, acts });
    if (!moved && !known) node.classList.add("arrived");
    next.set(message.id, { key, node });
    nodes.push(node);
    previous = message;
  }
  nodes.push(...waits.map(waiting));
  return { nodes: nodes.filter(Boolean), next };
}

function follows(previous, message) {
  return !previous.system && authorOf(previous).id === authorOf(message).id && previous.ephemeral === message.ephemeral && Date.parse(message.created) - Date.parse(previous.created) < GROUP_MS;
}

/** Replaces the children of the log by `nodes`, touching only what differs. */
function swap(nodes) {
  const wanted = new Set(nodes);
  for (const child of [...log.children]) if (!wanted.has(child)) child.remove();
  nodes.forEach((node, index) => {
    if (log.children[index] !== node) log.insertBefore(node, log.children[index] ?? null);
  });
}

function focused() {
  const article = document.activeElement?.closest?.("article.msg");
  return article && log.contains(article) ? { id: article.dataset.id, custom: document.activeElement.dataset.customId } : null;
}

/** A message that changed under one's hands keeps the focus: on the same button, or else on itself. */
function restore(before) {
  const node = before && drawn.get(before.id)?.node;
  if (!node || node.contains(document.activeElement)) return;
  const same = before.custom && node.querySelector(`[data-custom-id="${CSS.escape(before.custom)}"]`);
  (same ?? node).focus({ preventScroll: true });
}

function waiting(entry) {
  const bot = user(state.world.bot.id);
  const text = entry.failed
    ? el("div", { class: "failed", role: "alert" }, icon("alert"), "The application did not respond")
    : el("div", { class: "thinking" }, dots(), `${bot.name} is thinking…`);
  return el(
    "div",
    { class: "msg pending" },
    el("div", { class: "used" }, el("span", { class: "used-line", "aria-hidden": "true" }), avatar(user(state.me), "tiny"), el("span", { class: "used-name" }, user(state.me).name), el("span", {}, "used"), el("span", { class: "mention" }, entry.text)),
    el("span", { class: "face" }, avatar(bot)),
    el(
      "div",
      { class: "msg-body" },
      el("div", { class: "msg-head" }, el("span", { class: "author" }, bot.name), el("span", { class: "tag" }, "APP")),
      text,
      entry.failed && el("div", { class: "only-you" }, icon("eye"), "Only you can see this", el("span", { "aria-hidden": "true" }, "·"), el("button", { class: "linklike", type: "button", on: { click: () => forget(entry) } }, "Dismiss")),
    ),
  );
}

/** Arrow keys walk from message to message. */
function walk(event) {
  if (!["ArrowUp", "ArrowDown", "Home", "End"].includes(event.key) || event.defaultPrevented) return;
  if (/^(?:INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) return;
  const articles = [...log.querySelectorAll("article.msg")];
  if (articles.length === 0) return;
  const at = articles.indexOf(document.activeElement.closest("article.msg"));
  const last = articles.length - 1;
  const to = { ArrowUp: at < 0 ? last : Math.max(0, at - 1), ArrowDown: at < 0 ? last : Math.min(last, at + 1), Home: 0, End: last }[event.key];
  event.preventDefault();
  articles[to].focus();
  articles[to].scrollIntoView({ block: "nearest" });
}

/** The name of the place in view. */
export function placeName() {
  if (!state.guild) return user(state.world.bot.id).name;
  return findChannel(state.channel)?.name ?? "";
}

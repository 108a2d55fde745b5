// The message box: plain messages, the search for a command, and (through slash.js) filling a command in.

import { runCommand, say } from "./actions.js";
import { fitting, flatten, read, search } from "./commands.js";
import { Popup } from "./popup.js";
import { Slash } from "./slash.js";
import { channelsOf, guildOf, on, state, user } from "./state.js";

const form = document.getElementById("composer");
const input = document.getElementById("composer-input");
const popup = new Popup(form, "Suggestions");
const slash = new Slash({ form, popup, done: leave, send });
let commands = [];
let placeholder = "";

export function setUpComposer() {
  popup.attach(input);
  input.addEventListener("input", typed);
  input.addEventListener("keydown", keys);
  input.addEventListener("blur", () => popup.input === input && popup.hide());
  input.addEventListener("focus", () => {
    popup.attach(input);
    typed();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (slash.command) slash.submit();
    else submit();
  });
  document.getElementById("slash-button").addEventListener("click", () => {
    leave("/");
  });
  on("commands", () => (commands = flatten(state.commands)));
  on("place", () => leave(""));
}

/** Puts the name of the place into the box. */
export function labelComposer(text) {
  placeholder = matchMedia("(max-width: 720px)").matches ? text : `${text}, or / for commands`;
  input.placeholder = placeholder;
  input.setAttribute("aria-label", text);
}

/** Starts a command from elsewhere on the page, such as a pressed mention of it. */
export function startCommand(name) {
  leave("");
  const text = `/${name}`;
  const found = commands.find(({ path }) => path === name);
  if (found) open(found, {});
  else leave(text);
}

export const focusComposer = () => (slash.command ? slash.focus() : input.focus());

/** Back to plain text. */
function leave(text = "") {
  slash.clear();
  popup.hide();
  popup.attach(input);
  input.hidden = false;
  input.value = text;
  fit();
  input.placeholder = placeholder;
  if (document.activeElement === input) typed();
  else if (text || !matchMedia("(pointer: coarse)").matches) input.focus();
}

function open(command, words, rest) {
  input.value = "";
  input.hidden = true;
  popup.hide();
  slash.start(command, words, rest);
}

function fit() {
  input.style.height = "auto";
  input.style.height = `${Math.min(input.scrollHeight, window.innerHeight / 2)}px`;
}

function typed() {
  fit();
  const text = input.value;
  if (text.startsWith("/") && !text.includes("\n")) return typedSlash(text);
  const token = /(?:^|\s)([@#])([^\s@#]*)$/u.exec(text.slice(0, input.selectionStart));
  if (token) return suggestNames(token[1], token[2]);
  return popup.hide();
}

function typedSlash(text) {
  const called = read(commands, text);
  const whole = called && text.length > called.command.path.length + 1;
  if (whole) return open(called.command, called.words, called.rest);
  const found = search(commands, text.slice(1));
  const items = found.map((command) => ({
    label: `/${command.path}`,
    detail: command.description,
    hint: command.options.filter((option) => option.required).map((option) => option.name).join(" "),
    group: user(state.world.bot.id).name,
    pick: () => open(command, {}),
  }));
  const empty = commands.length === 0 ? "The bot has not registered any commands here." : "No command fits. It would go out as a plain message.";
  return popup.show({ items, active: 0, empty });
}

/** People after "@", channels after "#", as names; ids take their place when the message goes out. */
function suggestNames(sign, typedName) {
  const list = sign === "@" ? people() : channelsOf(state.guild);
  const fits = fitting(list, typedName, (one) => one.name).slice(0, 10);
  const items = fits.map((one) => ({ label: one.name, person: sign === "@" ? one : undefined, emoji: sign === "#" ? "#" : undefined, pick: () => insert(sign, typedName, one.name) }));
  if (items.length === 0) popup.hide();
  else popup.show({ items, active: 0 });
}

function insert(sign, typedName, name) {
  const end = input.selectionStart;
  const start = end - typedName.length - 1;
  input.setRangeText(`${sign}${name} `, start, end, "end");
  popup.hide();
}

const people = () => (guildOf(state.guild)?.members ?? [state.me, state.world.bot.id]).map(user);

function withIds(text) {
  const swaps = [
    ...people().map(({ id, name }) => [`@${name}`, `<@${id}>`]),
    ...channelsOf(state.guild).map(({ id, name }) => [`#${name}`, `<#${id}>`]),
  ];
  swaps.sort(([one], [other]) => other.length - one.length);
  let out = text;
  for (const [name, mention] of swaps) out = out.split(name).join(mention);
  return out;
}

function keys(event) {
  if (event.isComposing) return undefined;
  const suggesting = popup.open && popup.items.length > 0;
  if (suggesting && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
    event.preventDefault();
    return popup.move(event.key === "ArrowDown" ? 1 : -1);
  }
  if (suggesting && popup.active >= 0 && ((event.key === "Enter" && !event.shiftKey) || (event.key === "Tab" && !event.shiftKey))) {
    event.preventDefault();
    return popup.pick();
  }
  if (event.key === "Escape" && popup.open) {
    event.preventDefault();
    event.stopPropagation();
    return popup.hide();
  }
  if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    return submit();
  }
  return undefined;
}

async function submit() {
  const text = input.value.trim();
  if (!text) return;
  const called = read(commands, text);
  if (called) {
    open(called.command, called.words, called.rest);
    return;
  }
  input.value = "";
  fit();
  popup.hide();
  if (!(await say(withIds(text)))) {
    if (!input.value) input.value = text;
    fit();
  }
}

/** What slash.js calls with a command that is filled in. What the sandbox refused comes back to be mended. */
async function send(command, options, attachments, words) {
  leave("");
  const sent = await runCommand(command.path, options, attachments);
  if (!sent && !input.value && !slash.command) open(command, words);
}

// What one does: commands, presses, choices, forms, messages; and what the answers mean for the page.

import { api } from "./api.js";
import { toast } from "./dom.js";
import { openModal } from "./modal.js";
import { dismiss, drop, emit, messagesOf, older, put, state, user } from "./state.js";

/** A deferred answer comes by the stream too, so a press is over once the bot took notice of it. */
const AT_ONCE = { wait_ms: 0 };
/** How long the "thinking" line of a command stays at most, in milliseconds. */
const PATIENCE = { wait_ms: 20_000 };

/** Interactions that wait for the bot, shown under the messages: `{after, channel, guild, text, failed}`; `after` is the last message before. */
export const pending = [];

/** Where an interaction takes place, as the API wants it. */
export function here() {
  return state.guild ? { as: state.me, guild: state.guild, channel: state.channel } : { as: state.me, dm: true };
}

function wait(text) {
  const after = messagesOf(state.channel).pop()?.id ?? "";
  const entry = { after, channel: state.channel, guild: state.guild, text, failed: false };
  pending.push(entry);
  emit("acted");
  emit("messages", state.channel);
  return entry;
}

function settle(entry) {
  const at = pending.indexOf(entry);
  if (at >= 0) pending.splice(at, 1);
  emit("messages", entry.channel);
}

export const forget = settle;

/** Runs a slash command or a command of the Apps menu; the bot's silence is said under the messages. */
async function call(text, send) {
  const entry = wait(text);
  try {
    const answer = await send();
    if (answer.interaction?.failed) {
      entry.failed = true;
      emit("messages", entry.channel);
    } else settle(entry);
    take(answer, { used: text, after: entry.after });
    return true;
  } catch (error) {
    settle(entry);
    toast(error.message, { kind: "error" });
    return false;
  }
}

export const runCommand = (name, options, attachments) =>
  call(`/${name}`, () => api.command({ ...here(), ...PATIENCE, name, options, ...(attachments.length ? { attachments } : {}) }));

export const runUserCommand = (name, target) => call(name, () => api.userCommand({ ...here(), ...PATIENCE, name, target }));

/** Takes an answer in: messages, a modal, a failure. */
function take(answer, { used, after = "", message } = {}) {
  if ((answer.messages ?? []).some((one) => !one.edited)) emit("acted");
  for (const one of answer.messages ?? []) {
    if (used && older(after, one.id) < 0) state.used.set(one.id, { by: state.me, name: used });
    put(one);
  }
  if (answer.interaction?.failed && message) {
    state.notices.set(message.id, "This interaction failed");
    emit("messages", message.channel);
  }
  if (answer.modal) {
    const { modal } = answer;
    const bot = user(state.world.bot.id).name;
    const me = state.me;
    openModal(modal, bot, async (fields) => {
      const done = await api.modal({ as: me, modal: modal.id, fields, ...AT_ONCE });
      if (done.interaction?.failed) throw new Error("Something went wrong. Try again.");
      take(done, { used, after });
    }, () => emit("closed"));
  }
}

async function component(message, send) {
  state.notices.delete(message.id);
  try {
    take(await send(), { message });
  } catch (error) {
    toast(error.message, { kind: "error" });
    emit("messages", message.channel);
  }
}

export const press = (message, button) =>
  component(message, () => api.click({ as: state.me, message: message.id, button: button.custom_id, ...AT_ONCE }));

export const choose = (message, menu, values) =>
  component(message, () => api.select({ as: state.me, message: message.id, menu: menu.custom_id, values, ...AT_ONCE }));

/** Sends an ordinary message to the channel in view. */
export async function say(content) {
  if (!state.channel) {
    toast("This conversation opens with the first command. Type / to see them.", { kind: "info" });
    return false;
  }
  try {
    const answer = await api.message({ as: state.me, channel: state.channel, content });
    emit("acted");
    for (const one of answer?.messages ?? (answer?.id ? [answer] : [])) put(one);
    return true;
  } catch (error) {
    toast(error.message, { kind: "error" });
    return false;
  }
}

/** Takes in one event of the stream. Returns the message when it was new. */
export function receive(name, data) {
  if (name === "message_delete") {
    drop(data.channel ?? data.channel_id, data.id);
    return null;
  }
  return put(data) && name === "message_create" ? data : null;
}

export { dismiss };

// What the page knows: the world, who one is, where one looks, the messages. Everything else draws from here.

import { api } from "./api.js";
import { parse, plain } from "./markdown.js";
import { setNow } from "./time.js";

export const state = {
  world: { bot: { id: "", name: "the bot" }, guilds: [], users: [] },
  me: null,
  guild: null, // the server in view, or null for the direct messages
  channel: null, // the channel in view; null in a DM that was never opened
  dm: null, // one's DM channel with the bot
  channels: new Map(), // server → channels and threads that one sees
  coming: new Map(), // server → its scheduled events that are not over
  messages: new Map(), // channel → (id → message)
  commands: [], // as registered, for the place in view
  notices: new Map(), // message → "This interaction failed" and the like
  used: new Map(), // message → {by, name}: which command it answers
  dismissed: new Set(stored("dismissed")),
  others: new Set(), // people whose DM has something new
};

const listeners = new Map();

/** Topics: world, place, messages, unread, commands, me. */
export function on(topic, listener) {
  listeners.set(topic, [...(listeners.get(topic) ?? []), listener]);
}

export function emit(topic, detail) {
  for (const listener of listeners.get(topic) ?? []) listener(detail);
}

function stored(key) {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? "[]");
  } catch {
    return [];
  }
}

function store(key, value) {
  try {
    sessionStorage.setItem(key, JSON.stringify(value));
  } catch {
    // A browser without storage forgets; nothing else depends on it.
  }
}

/** Snowflakes in the order of time. */
export const older = (one, other) => (one.length === other.length ? (one < other ? -1 : one > other ? 1 : 0) : one.length - other.length);

export function user(id) {
  const { world } = state;
  if (id === world.bot.id) return { ...world.bot, bot: true };
  return world.users.find((one) => one.id === id) ?? { id, name: "unknown person" };
}

/** The author of a message, whether the message names an id or a whole user. */
export function authorOf(message) {
  const { author } = message;
  if (typeof author !== "object" || author === null) return user(String(author));
  const known = user(author.id);
  return { ...known, name: known.name === "unknown person" ? (author.global_name ?? author.username ?? author.name) : known.name };
}

export const guildOf = (id) => state.world.guilds.find((guild) => guild.id === id);
export const myGuilds = () => state.world.guilds.filter((guild) => guild.members.includes(state.me));
export const channelsOf = (guild) => state.channels.get(guild) ?? [];

export function findChannel(id) {
  for (const list of state.channels.values()) {
    const found = list.find((channel) => channel.id === id);
    if (found) return found;
  }
  return state.world.guilds.flatMap((guild) => guild.channels).find((channel) => channel.id === id);
}

export const names = {
  user: (id) => user(id).name,
  role: (id) => state.world.guilds.flatMap((guild) => guild.roles).find((role) => role.id === id)?.name.replace(/^@/, "") ?? "unknown role",
  channel: (id) => findChannel(id)?.name ?? "unknown",
};

/** The first words of a message, without markdown. */
export function gist(message) {
  const embed = message.embeds?.[0];
  const source = message.content || embed?.title || embed?.description || (message.attachments?.length ? "sent a file" : "sent a message");
  const words = plain(parse(source), names).replace(/\s+/g, " ").trim();
  return words.length > 120 ? `${words.slice(0, 119)}…` : words;
}

/** Messages of a channel as one sees them, oldest first. */
export function messagesOf(channel) {
  const all = [...(state.messages.get(channel)?.values() ?? [])];
  return all.filter((message) => !state.dismissed.has(message.id)).sort((one, other) => older(one.id, other.id));
}

/** Takes in a message. Returns whether it was new. */
export function put(message) {
  if (!message?.id || !message.channel) return false;
  const known = state.messages.get(message.channel) ?? new Map();
  const fresh = !known.has(message.id);
  known.set(message.id, message);
  state.messages.set(message.channel, known);
  emit("messages", message.channel);
  return fresh;
}

export function drop(channel, id) {
  for (const [key, known] of state.messages) {
    if ((!channel || key === channel) && known.delete(id)) emit("messages", key);
  }
}

export function dismiss(message) {
  state.dismissed.add(message.id);
  store("dismissed", [...state.dismissed].slice(-500));
  emit("messages", message.channel);
}

const readKey = (channel) => `read:${state.me}:${channel}`;

/** The newest message that was on the screen, or "" when none ever was. */
export function readUpTo(channel) {
  const value = stored(readKey(channel));
  return typeof value === "string" ? value : "";
}

export function markRead(channel) {
  const list = messagesOf(channel);
  const last = list[list.length - 1]?.id;
  if (!last || readUpTo(channel) === last) return;
  store(readKey(channel), last);
  emit("unread");
}

export function unread(channel) {
  if (!channel || !state.messages.has(channel)) return 0;
  const mark = readUpTo(channel);
  return messagesOf(channel).filter((one) => older(mark, one.id) < 0 && !one.ephemeral && authorOf(one).id !== state.me).length;
}

export async function loadWorld() {
  state.world = await api.world();
  if (state.world.now) setNow(state.world.now);
  emit("world");
}

export async function loadChannels(guild) {
  const [answer, coming] = await Promise.all([api.channels(state.me, guild), api.coming(state.me, guild)]);
  state.coming.set(guild, coming);
  state.channels.set(guild, Array.isArray(answer) ? answer : (answer.channels ?? []));
  emit("world");
}

export async function loadMessages(channel) {
  const answer = await api.messages(state.me, channel);
  fill(channel, Array.isArray(answer) ? answer : (answer.messages ?? []));
}

export async function loadInbox() {
  const { channel, messages } = await api.inbox(state.me);
  state.dm = channel?.id ?? channel ?? null;
  if (state.dm) fill(state.dm, messages ?? []);
}

export async function loadCommands() {
  const answer = await api.commands(state.me, state.guild ?? undefined);
  state.commands = Array.isArray(answer) ? answer : (answer.commands ?? []);
  emit("commands");
}

function fill(channel, messages) {
  const newest = messages.map((message) => message.id).sort(older).pop() ?? "";
  const kept = [...(state.messages.get(channel)?.values() ?? [])].filter((one) => older(newest, one.id) < 0);
  state.messages.set(channel, new Map([...messages, ...kept].map((message) => [message.id, { ...message, channel }])));
  emit("messages", channel);
}

// Puts the page together: who, where, what comes in, and what is drawn.

import { pending, receive, runUserCommand } from "./actions.js";
import { api, listen } from "./api.js";
import { drawClock, setUpClock, syncClock } from "./clock.js";
import { flatten, userCommands } from "./commands.js";
import { focusComposer, labelComposer, setUpComposer, startCommand } from "./composer.js";
import { avatar, el, icon, toast } from "./dom.js";
import { drawLog, setUpLog } from "./log.js";
import { closeMenu, openMenu } from "./menu.js";
import { ask } from "./modal.js";
import { drawNav } from "./nav.js";
import {
  authorOf, channelsOf, emit, findChannel, gist, guildOf, loadChannels, loadCommands, loadInbox, loadMessages, loadWorld,
  messagesOf, myGuilds, older, on, state, user,
} from "./state.js";
import { setUpShell } from "./shell.js";
import { setNow } from "./time.js";

const SYNC_MS = 5000;
const CATEGORY = 4; // a kind of channel that holds channels
const seenInboxes = new Map(); // person → newest message of their DM that the page knows of
const letter = { count: 0, close: () => {} }; // the note of DMs that were not read yet
let stop = () => {};
let shell = null;

const acts = {
  user: (id, anchor, point) => personMenu(id, anchor, point),
  channel: (id) => {
    const guild = myGuilds().find((one) => channelsOf(one.id).some((channel) => channel.id === id));
    if (guild) go(guild.id, id);
    else toast("You cannot see that channel.", { kind: "error" });
  },
  command: (name) => startCommand(name),
  go: (guild, channel) => go(guild, channel),
  interest: (event, interested) => guarded(() => api.takeInterest(event, state.me, interested)),
  switchPerson: (anchor) => switchMenu(anchor),
};

async function start() {
  shell = setUpShell();
  setUpLog(acts, welcome);
  setUpComposer();
  setUpClock(afterMove);
  drawClock();
  document.addEventListener("contextmenu", contextMenu);
  let queued = false;
  const draw = () => {
    if (queued) return;
    queued = true;
    queueMicrotask(() => {
      queued = false;
      drawNav(acts);
      drawHeader();
      drawLog();
    });
  };
  for (const topic of ["world", "place", "messages", "unread", "commands", "me"]) on(topic, draw);
  await guarded(async () => {
    await loadWorld();
    drawClock();
    await arrive();
    await watchOthers(true);
  });
  setInterval(() => document.visibilityState === "visible" && background(), SYNC_MS);
}

async function guarded(run) {
  try {
    return await run();
  } catch (error) {
    toast(error.message, { kind: "error" });
    return undefined;
  }
}

const isThere = (id) => state.world.users.some((one) => one.id === id);

/** Becomes the person of the last time, or the first one there is, or nobody. */
async function arrive() {
  const known = localStorage.getItem("person");
  const first = state.world.guilds.flatMap((guild) => guild.members).find((id) => id !== state.world.bot.id && isThere(id));
  const me = isThere(known) ? known : (first ?? state.world.users.find((one) => one.id !== state.world.bot.id)?.id);
  if (me) return become(me);
  stop();
  stop = () => {};
  forget(null);
  state.guild = null;
  state.channel = null;
  state.commands = [];
  emit("me");
  return undefined;
}

/** Forgets what somebody saw; from now on one is `id`. */
function forget(id) {
  state.me = id;
  forgetLetters();
  state.messages.clear();
  state.channels.clear();
  state.coming.clear();
  state.dm = null;
  state.others.delete(id);
  pending.length = 0;
}

/** Becomes another person: their servers, their messages, their stream. */
async function become(id) {
  forget(id);
  try {
    localStorage.setItem("person", id);
  } catch {
    // Without storage the page starts with the first person again.
  }
  stop();
  stop = listen(id, happened, () => guarded(renew));
  await loadInbox();
  const guilds = myGuilds();
  await Promise.all(guilds.map((guild) => loadChannels(guild.id)));
  const stay = guilds.find((guild) => guild.id === state.guild) ?? guilds[0];
  emit("me");
  await go(stay?.id ?? null, null);
}

async function go(guild, channel) {
  state.guild = guild;
  const list = guild ? channelsOf(guild) : [];
  const last = guild && list.find((one) => one.id === sessionStorage.getItem(`last:${guild}`));
  const first = list.find((one) => one.type !== CATEGORY);
  state.channel = guild ? (channel ?? last?.id ?? first?.id ?? null) : state.dm;
  if (guild && state.channel) sessionStorage.setItem(`last:${guild}`, state.channel);
  if (!guild) forgetLetters();
  closeMenu();
  shell.close();
  await guarded(async () => {
    if (guild && state.channel) await loadMessages(state.channel);
    else if (!guild) {
      await loadInbox();
      state.channel = state.dm;
    }
    await loadCommands();
  });
  emit("place");
}

async function reload() {
  await loadWorld();
  await loadInbox();
  for (const guild of myGuilds()) await loadChannels(guild.id);
  if (state.guild && state.channel) await loadMessages(state.channel);
}

/** Looks at everything again: some of it was missed, or the world is another one. */
async function renew() {
  await loadWorld();
  if (state.me && isThere(state.me)) await reload();
  else await arrive();
}

/** Keeps the clock right and notices bots and people that come and go. */
async function background() {
  try {
    await syncClock();
    const before = JSON.stringify([state.world.bot, state.world.guilds, state.world.users]);
    const online = state.world.bot.online;
    const world = await api.world();
    if (world.now) setNow(world.now);
    if (JSON.stringify([world.bot, world.guilds, world.users]) !== before) {
      state.world = world;
      if (!state.me || !isThere(state.me)) await arrive();
      for (const guild of myGuilds()) await loadChannels(guild.id);
      emit("world");
    }
    if (!state.me) return;
    if (world.bot.online !== online || state.commands.length === 0) await loadCommands();
  } catch {
    // The next call that somebody makes says so aloud.
  }
}

/** One event of the stream. */
function happened(name, data) {
  if (name === "clock") {
    if (data.now) setNow(data.now);
    drawClock();
    return;
  }
  if (name === "anew") {
    guarded(renew);
    return;
  }
  if (name === "channels") {
    guarded(() => placesChanged(data.guild));
    return;
  }
  const fresh = receive(name, data);
  if (!fresh) return;
  const author = authorOf(fresh);
  const known = findChannel(fresh.channel);
  if (!known && state.dm !== fresh.channel) noticeNewPlace(fresh);
  else if (fresh.channel === state.dm) noticeDm(fresh, author);
}

/** A thread came, changed or went, or other channels are seen now. */
async function placesChanged(guild) {
  await loadChannels(guild);
  if (state.guild === guild && !channelsOf(guild).some((one) => one.id === state.channel)) await go(guild, null);
}

/** A message in a place that the page has not seen: a thread, or the first DM. */
function noticeNewPlace(message) {
  guarded(async () => {
    const before = state.dm;
    await loadInbox();
    if (!before && state.dm === message.channel) {
      if (!state.guild) {
        state.channel = state.dm;
        emit("messages", state.dm);
      }
      noticeDm(message, authorOf(message));
    } else if (state.guild) await loadChannels(state.guild);
  });
}

function noticeDm(message, author) {
  if (author.id === state.me || message.ephemeral) return;
  seenInboxes.set(state.me, message.id);
  if (state.channel === state.dm && document.visibilityState === "visible") return;
  letter.close();
  letter.count += 1;
  const title = `${author.name} wrote to ${user(state.me).name}${letter.count > 1 ? `: ${letter.count} messages, the last` : ""}`;
  letter.close = toast(gist(message), { kind: "dm", title, action: { label: "Open", run: () => go(null, state.dm) } });
}

function forgetLetters() {
  letter.close();
  letter.count = 0;
}

async function afterMove() {
  await guarded(async () => {
    await loadWorld();
    await watchOthers(false);
  });
}

/** Looks into the other people's DMs, so that a moved clock shows whom it reached. */
async function watchOthers(first) {
  const others = state.world.users.filter((one) => one.id !== state.me && one.id !== state.world.bot.id).slice(0, 30);
  const reached = [];
  for (const one of others) {
    const inbox = await api.inbox(one.id);
    const newest = (inbox.messages ?? []).map((message) => message.id).sort(older).pop() ?? "";
    if (!first && older(seenInboxes.get(one.id) ?? "", newest) < 0) reached.push(one);
    seenInboxes.set(one.id, newest);
  }
  if (reached.length === 0) return;
  for (const one of reached) state.others.add(one.id);
  emit("me");
  const bot = user(state.world.bot.id).name;
  const [one] = reached;
  const text = reached.length === 1 ? `${one.name} has a new message from ${bot}.` : `${reached.map(({ name }) => name).join(", ")} have new messages from ${bot}.`;
  toast(text, { kind: "info", action: { label: `Switch to ${one.name.split(" ")[0]}`, run: () => guarded(() => become(one.id).then(() => go(null, state.dm))) } });
}

function personMenu(id, anchor, point) {
  const one = user(id);
  const apps = state.guild ? userCommands(state.commands) : [];
  const groups = [
    { person: one, detail: one.bot ? "App" : id === state.me ? "This is you" : "Member", items: [] },
    { label: "Apps", items: apps.map((command) => ({ label: command.name, run: () => runUserCommand(command.name, id) })) },
    { items: [] },
  ];
  if (one.bot) groups[2].items.push({ label: "Direct messages", run: () => go(null, state.dm) });
  else if (id !== state.me) groups[2].items.push({ label: `Act as ${one.name}`, detail: "See the page with their eyes", run: () => guarded(() => become(id)) });
  groups[2].items.push({ label: "Copy user ID", run: () => guarded(() => navigator.clipboard.writeText(id).then(() => toast("Copied."))) });
  openMenu(groups, { anchor, point, label: `Actions for ${one.name}` });
}

function switchMenu(anchor) {
  const people = state.world.users.filter((one) => one.id !== state.world.bot.id);
  const items = people.map((one) => ({
    label: one.name,
    person: one,
    current: one.id === state.me,
    note: one.id === state.me ? "you" : state.others.has(one.id) ? "new" : undefined,
    run: () => guarded(() => become(one.id)),
  }));
  const own = state.me ? [user(state.me).dms_open === false ? { label: "Open my DMs", run: () => setDms(true) } : { label: "Close my DMs", detail: "What is sent there is refused", run: () => setDms(false) }] : [];
  openMenu([{ label: "Act as", items }, { items: [...own, { label: "Add a person…", run: addPerson }] }], { anchor, label: "Switch person" });
}

function setDms(open) {
  guarded(async () => {
    await api.setDms(state.me, open);
    await loadWorld();
  });
}

function addPerson() {
  const guilds = state.world.guilds.map((guild) => guild.id);
  ask("Add a person", [{ custom_id: "name", label: "Name", max_length: 32 }], async ({ name }) => {
    const added = await api.addUser({ name, guilds });
    await loadWorld();
    await become(added.id);
  });
}

/** Right click and the menu key on a person or on a message. */
function contextMenu(event) {
  const person = event.target.closest?.("[data-person]")?.dataset.person ?? event.target.closest?.(".author, .face")?.closest("article.msg")?.dataset.author;
  const byKey = event.button !== 2 && event.target.closest?.("article.msg");
  const id = person ?? (byKey ? byKey.dataset.author : undefined);
  if (!id || String(getSelection())) return;
  event.preventDefault();
  const anchor = event.target.closest("button") ?? event.target;
  const point = event.button === 2 && (event.clientX || event.clientY) ? { x: event.clientX, y: event.clientY } : undefined;
  acts.user(id, anchor, point);
}

function drawHeader() {
  const bot = user(state.world.bot.id);
  const channel = findChannel(state.channel);
  const head = document.getElementById("main-title");
  const name = state.guild ? (channel?.name ?? "no channel") : bot.name;
  const sign = !state.guild ? "@" : channel?.parent ? "" : "#";
  head.replaceChildren(state.guild ? icon(channel?.private ? "lock" : channel?.parent ? "thread" : "hash") : avatar(bot, "small"), el("span", {}, name));
  document.getElementById("log").setAttribute("aria-label", state.guild ? `Messages in ${sign}${name}` : `Messages with ${name}`);
  labelComposer(`Message ${sign}${name}`);
  document.getElementById("offline").hidden = bot.online !== false;
}

/** What stands above the first message: where one is, and what to try. */
function welcome() {
  if (!state.me) return el("div", { class: "welcome" }, el("h1", {}, "Nobody is here yet"), el("p", {}, "Add a person at the bottom left, and look at the server through their eyes."));
  const bot = user(state.world.bot.id);
  const channel = findChannel(state.channel);
  const sign = state.guild ? el("div", { class: "welcome-sign" }, icon(channel?.private ? "lock" : channel?.parent ? "thread" : "hash")) : avatar(bot, "huge");
  const name = channel?.parent ? channel.name : `#${channel?.name ?? ""}`;
  const head = state.guild ? (channel?.parent ? name : `Welcome to ${name}`) : bot.name;
  const text = state.guild ? `This is the beginning of ${name} in ${guildOf(state.guild)?.name ?? ""}.` : `This is the beginning of your direct messages with ${bot.name}.`;
  return el("div", { class: "welcome" }, sign, el("h1", {}, head), el("p", {}, text), isQuiet() && guide(bot));
}

/** Whether nobody wrote anything here that others see too. */
const isQuiet = () => !state.channel || messagesOf(state.channel).every((message) => message.ephemeral);

function guide(bot) {
  const paths = flatten(state.commands).map((command) => command.path);
  const firsts = ["help", ...paths.filter((path) => path !== "help")].filter((path) => paths.includes(path)).slice(0, 5);
  const tries = firsts.map((path) => el("button", { class: "mention", type: "button", on: { click: () => acts.command(path) } }, `/${path}`));
  return el(
    "ol",
    { class: "guide", "aria-label": "How to begin" },
    el("li", {}, el("strong", {}, "Type / below"), ` to see what ${bot.name} can do${tries.length ? ", or start with " : "."}`, tries),
    el("li", {}, el("strong", {}, "Move the clock"), " at the top: what is due until then happens now."),
    el("li", {}, el("strong", {}, "Read the direct messages"), " at the top left: a red number says that something came."),
  );
}

document.addEventListener("keydown", (event) => {
  const typing = /^(?:INPUT|TEXTAREA|SELECT|BUTTON|A)$/.test(event.target.tagName) || document.querySelector("dialog[open], .menu");
  if (event.key === "/" && !typing) {
    event.preventDefault();
    acts.command("");
    focusComposer();
  }
});

start();

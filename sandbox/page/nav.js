// Where one is: servers, channels, direct messages, people, and who one is.

import { avatar, el, icon, initials } from "./dom.js";
import { drawComing } from "./coming.js";
import { channelsOf, findChannel, guildOf, myGuilds, state, unread, user } from "./state.js";

const rail = document.getElementById("rail-list");
const places = document.getElementById("places");
const people = document.getElementById("people");
const me = document.getElementById("me");
const drawer = document.getElementById("open-left"); // on a phone, all of it is behind this button
const THREADS = [10, 11, 12];
const CATEGORY = 4;

/** Draws rail, events, channels, members and oneself. `acts`: {go(guild, channel), user, switchPerson, interest}. */
export function drawNav(acts) {
  drawRail(acts);
  drawComing(acts);
  drawPlaces(acts);
  drawPeople(acts);
  drawMe(acts);
  const count = unread(state.dm);
  drawer.classList.toggle("news", count > 0);
  drawer.setAttribute("aria-label", `Servers and channels${count > 0 ? `, ${count} unread` : ""}`);
  document.title = `${count > 0 ? `(${count}) ` : ""}${title()} · Discord sandbox`;
}

export function title() {
  if (!state.guild) return user(state.world.bot.id).name;
  const channel = findChannel(state.channel);
  return `${channel?.parent ? "" : "#"}${channel?.name ?? ""} · ${guildOf(state.guild)?.name ?? ""}`;
}

const guildUnread = (guild) => channelsOf(guild).some((channel) => unread(channel.id) > 0);

function drawRail(acts) {
  const waiting = unread(state.dm);
  const home = railItem({
    name: "Direct messages",
    current: state.guild === null,
    count: waiting,
    face: el("span", { class: "rail-face home" }, icon("chat")),
    run: () => acts.go(null, state.dm),
  });
  const guilds = myGuilds().map((guild) =>
    railItem({
      name: guild.name,
      current: state.guild === guild.id,
      dot: guildUnread(guild.id),
      face: el("span", { class: "rail-face" }, initials(guild.name)),
      run: () => acts.go(guild.id, null),
    }),
  );
  update(rail, [home, el("li", { class: "rail-line", role: "separator" }), ...guilds]);
}

function railItem({ name, current, count = 0, dot = false, face, run }) {
  const news = count > 0 ? `, ${count} unread` : dot ? ", unread" : "";
  return el(
    "li",
    { class: `rail-item ${current ? "current" : ""} ${dot ? "dot" : ""}` },
    el(
      "button",
      { type: "button", title: name, "aria-label": name + news, "aria-current": current ? "page" : undefined, on: { click: run } },
      face,
      count > 0 && el("span", { class: "badge", "aria-hidden": "true" }, String(count)),
    ),
  );
}

function drawPlaces(acts) {
  document.getElementById("place-title").textContent = state.guild ? (guildOf(state.guild)?.name ?? "") : "Direct messages";
  if (!state.guild) {
    const bot = user(state.world.bot.id);
    const row = placeRow({ face: avatar(bot, "small"), name: bot.name, current: true, count: unread(state.dm), run: () => acts.go(null, state.dm) });
    update(places, [row]);
    return;
  }
  const all = channelsOf(state.guild);
  const rows = [];
  const categories = all.filter((one) => one.type === CATEGORY);
  const plain = all.filter((one) => !THREADS.includes(one.type) && !one.parent && one.type !== CATEGORY);
  const add = (list) => {
    for (const channel of list) {
      rows.push(channelRow(channel, acts));
      for (const thread of threadsOf(channel, all)) rows.push(channelRow(thread, acts));
    }
  };
  add(plain.filter((one) => !categories.some(({ id }) => id === one.category)));
  for (const category of categories) {
    rows.push(el("li", { class: "category" }, category.name));
    add(plain.filter((one) => one.category === category.id));
  }
  update(places, rows);
}

/** As in Discord, what is archived is not in the list, but stays while one looks at it. */
const threadsOf = (channel, all) => all.filter((one) => one.parent === channel.id && (!one.archived || one.id === state.channel));

function channelRow(channel, acts) {
  const thread = Boolean(channel.parent);
  return placeRow({
    face: icon(channel.private ? "lock" : thread ? "thread" : "hash"),
    name: channel.name,
    thread,
    current: channel.id === state.channel,
    fresh: unread(channel.id) > 0,
    run: () => acts.go(state.guild, channel.id),
  });
}

function placeRow({ face, name, current, count = 0, fresh = false, thread = false, run }) {
  return el(
    "li",
    { class: `place ${thread ? "thread" : ""} ${current ? "current" : ""} ${fresh || count ? "fresh" : ""}` },
    el(
      "button",
      { type: "button", "aria-current": current ? "page" : undefined, on: { click: run } },
      face,
      el("span", { class: "place-name" }, name),
      (count > 0 || fresh) && el("span", { class: "sr" }, ", unread"),
      count > 0 && el("span", { class: "badge", "aria-hidden": "true" }, String(count)),
    ),
  );
}

function drawPeople(acts) {
  const guild = guildOf(state.guild);
  const ids = guild ? [...new Set([...guild.members, state.world.bot.id])] : [state.world.bot.id, state.me];
  const all = ids.filter(Boolean).map(user);
  const group = (label, list) => (list.length === 0 ? [] : [el("h3", {}, `${label} — ${list.length}`), el("ul", {}, list.map((one) => personRow(one, acts)))]);
  const here = (one) => !one.bot || one.online !== false;
  const byName = (one, other) => one.name.localeCompare(other.name);
  const apps = all.filter((one) => one.bot);
  const persons = all.filter((one) => !one.bot).sort(byName);
  update(people, [...group("Apps", apps.filter(here)), ...group("Members", persons), ...group("Offline", apps.filter((one) => !here(one)))]);
}

function personRow(one, acts) {
  return el(
    "li",
    { class: `person ${one.online === false ? "away" : ""}`, "data-person": one.id },
    el(
      "button",
      { type: "button", "aria-haspopup": "menu", on: { click: (event) => acts.user(one.id, event.currentTarget) } },
      avatar(one, "medium"),
      el("span", { class: "person-name" }, one.name),
      one.bot && el("span", { class: "tag" }, "APP"),
      one.id === state.me && el("span", { class: "you" }, "you"),
      el("span", { class: "person-more" }, icon("dots")),
    ),
  );
}

function drawMe(acts) {
  if (!state.me) {
    update(me, [el("button", { class: "me-button", type: "button", on: { click: (event) => acts.switchPerson(event.currentTarget) } }, icon("plus"), "Add a person")]);
    return;
  }
  const one = user(state.me);
  update(me, [
    el(
      "button",
      { class: "me-button", id: "switch", type: "button", "aria-haspopup": "menu", "aria-label": `You are ${one.name}${one.dms_open === false ? ", your DMs are closed" : ""}. Switch to another person`, on: { click: (event) => acts.switchPerson(event.currentTarget) } },
      avatar(one, "medium"),
      el("span", { class: "me-text" }, el("strong", {}, one.name), el("small", {}, one.dms_open === false ? "DMs closed" : "Switch person")),
      state.others.size > 0 && el("span", { class: "badge", title: "Somebody else has a new message" }, String(state.others.size)),
      icon("swap"),
    ),
  ]);
}

/** Redraws a list and keeps the focus on the button with the same words. */
function update(box, nodes) {
  const before = box.contains(document.activeElement) ? [...box.querySelectorAll("button")].indexOf(document.activeElement) : -1;
  box.replaceChildren(...nodes);
  if (before >= 0) box.querySelectorAll("button")[before]?.focus();
}

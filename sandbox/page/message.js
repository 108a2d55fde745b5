// One message, as Discord shows it.

import { dismiss } from "./actions.js";
import { component } from "./components.js";
import { avatar, el, icon } from "./dom.js";
import { attachments, embed } from "./embed.js";
import { markdown } from "./render.js";
import { authorOf, names, state, user } from "./state.js";
import { fullTime, messageTime, shortTime } from "./time.js";

const JUMBO = /^(?:\s*(?:\p{Extended_Pictographic}(?:\uFE0F|\u200D\p{Extended_Pictographic}|\p{Emoji_Modifier})*|\p{Regional_Indicator}{2})){1,27}\s*$/u;

/** The article for `message`. `grouped`: it follows another of the same author. `acts`: what presses on mentions and people do. */
export function renderMessage(message, { grouped, acts }) {
  if (message.system) return systemLine(message);
  const author = authorOf(message);
  const used = usedBy(message);
  const compact = grouped && !used;
  const article = el("article", {
    class: ["msg", compact && "grouped", message.ephemeral && "ephemeral", mentionsMe(message) && "mentioned"].filter(Boolean).join(" "),
    tabindex: "-1",
    "aria-label": `${author.name}, ${messageTime(message.created)}`,
  });
  article.dataset.id = message.id;
  article.dataset.author = author.id;
  if (used) article.append(usedLine(used, acts));
  article.append(compact ? el("time", { class: "gutter", datetime: message.created, title: fullTime(message.created), "aria-hidden": "true" }, shortTime(message.created)) : face(author, acts));
  const body = el("div", { class: "msg-body" });
  if (!compact) body.append(head(author, message, acts));
  body.append(...content(message, acts));
  if (message.ephemeral) body.append(ephemeralNote(message));
  article.append(body, tools(author, acts));
  return article;
}

/** What Discord itself tells: who came into a thread, and the like. */
function systemLine(message) {
  const article = el(
    "article",
    { class: "msg system", tabindex: "-1" },
    el("span", { class: "system-sign", "aria-hidden": "true" }, icon("thread")),
    el("div", { class: "msg-body" }, message.content, " ", el("time", { class: "when", datetime: message.created, title: fullTime(message.created) }, messageTime(message.created))),
  );
  article.dataset.id = message.id;
  article.dataset.author = authorOf(message).id;
  return article;
}

function usedBy(message) {
  const inherited = message.interaction ?? message.interaction_metadata;
  if (inherited?.name) return { by: inherited.user?.id ?? inherited.user ?? state.me, name: inherited.name.startsWith("/") ? inherited.name : `/${inherited.name}` };
  return state.used.get(message.id);
}

const mentionsMe = (message) => message.content?.includes(`<@${state.me}>`) || message.content?.includes(`<@!${state.me}>`);

function usedLine({ by, name }, acts) {
  const who = user(by);
  return el(
    "div",
    { class: "used" },
    el("span", { class: "used-line", "aria-hidden": "true" }),
    avatar(who, "tiny"),
    el("button", { class: "used-name", type: "button", on: { click: (event) => acts.user(by, event.currentTarget) } }, who.name),
    el("span", {}, "used"),
    name.startsWith("/") ? el("button", { class: "mention", type: "button", on: { click: () => acts.command(name.slice(1)) } }, name) : el("span", { class: "mention" }, name),
  );
}

function face(author, acts) {
  return el(
    "button",
    { class: "face", type: "button", tabindex: "-1", "aria-hidden": "true", on: { click: (event) => acts.user(author.id, event.currentTarget) } },
    avatar(author),
  );
}

function head(author, message, acts) {
  return el(
    "div",
    { class: "msg-head" },
    el("button", { class: "author", type: "button", "aria-haspopup": "menu", on: { click: (event) => acts.user(author.id, event.currentTarget) } }, author.name),
    author.bot && el("span", { class: "tag" }, "APP"),
    el("time", { class: "when", datetime: message.created, title: fullTime(message.created) }, messageTime(message.created)),
  );
}

function content(message, acts) {
  const parts = [];
  const empty = !message.content && !message.embeds?.length && !message.components?.length && !message.attachments?.length;
  if (empty && authorOf(message).bot) {
    parts.push(el("div", { class: "thinking" }, dots(), `${authorOf(message).name} is thinking…`));
  }
  if (message.content) {
    const edited = message.edited && el("small", { class: "edited", title: fullTime(message.edited) }, " (edited)");
    parts.push(el("div", { class: `content ${JUMBO.test(message.content) ? "jumbo" : ""}` }, markdown(message.content, names, acts), edited));
  }
  parts.push(...attachments(message));
  for (const one of message.embeds ?? []) parts.push(embed(message, one, names, acts));
  for (const one of message.components ?? []) parts.push(component(one, { message, names, acts }));
  const notice = state.notices.get(message.id);
  if (notice) parts.push(el("div", { class: "failed", role: "alert" }, icon("alert"), notice));
  return parts;
}

/** Three dots that swell one after the other. */
export function dots() {
  return el("span", { class: "dots", "aria-hidden": "true" }, el("i"), el("i"), el("i"));
}

function ephemeralNote(message) {
  return el(
    "div",
    { class: "only-you" },
    icon("eye"),
    el("span", {}, "Only you can see this"),
    el("span", { "aria-hidden": "true" }, "·"),
    el("button", { class: "linklike", type: "button", "aria-label": "Dismiss message", on: { click: () => dismiss(message) } }, "Dismiss"),
  );
}

function tools(author, acts) {
  return el(
    "div",
    { class: "msg-tools" },
    el("button", { class: "icon-btn", type: "button", "aria-haspopup": "menu", "aria-label": `More for ${author.name}`, on: { click: (event) => acts.user(author.id, event.currentTarget) } }, icon("dots")),
  );
}

// Embeds and attachments of a message.

import { api } from "./api.js";
import { el, icon } from "./dom.js";
import { markdown } from "./render.js";
import { messageTime } from "./time.js";

const PICTURE = /\.(?:png|jpe?g|gif|webp|avif|svg)$/i;

/** Where the page finds a file of a message: always on the page's own address. */
function path(message, index) {
  const { url } = message.attachments[index];
  try {
    const { pathname } = new URL(url, location.href);
    if (pathname.startsWith("/sandbox/")) return pathname;
  } catch {
    // Not an address: the documented path stands.
  }
  return api.attachmentPath(message.id, index);
}

/** The page loads nothing from elsewhere: a picture is shown when it is one of the message's own files. */
function picture(message, url, label, className) {
  const name = /^attachment:\/\/(.+)$/.exec(url ?? "")?.[1];
  const index = (message.attachments ?? []).findIndex((file) => (name ? file.filename === name : file.url === url));
  if (index >= 0) return el("img", { class: className, src: path(message, index), alt: label, loading: "lazy" });
  return el("a", { class: `elsewhere ${className}`, href: /^https?:/.test(url ?? "") ? url : undefined, target: "_blank", rel: "noopener noreferrer nofollow" }, icon("out"), "picture");
}

const used = (message) => new Set((message.embeds ?? []).flatMap((one) => [one.image?.url, one.thumbnail?.url, one.footer?.icon_url, one.author?.icon_url]));

export function attachments(message) {
  const inEmbeds = used(message);
  const files = (message.attachments ?? []).map((file, index) => {
    if (inEmbeds.has(`attachment://${file.filename}`) || inEmbeds.has(file.url)) return null;
    if (PICTURE.test(file.filename)) {
      return el("a", { class: "picture", href: path(message, index), target: "_blank", rel: "noopener" }, el("img", { src: path(message, index), alt: file.description ?? file.filename, loading: "lazy" }));
    }
    return el(
      "a",
      { class: "file", href: path(message, index), download: file.filename },
      icon("file"),
      el("span", {}, el("span", { class: "file-name" }, file.filename), el("small", {}, size(file.size))),
    );
  });
  return files.filter(Boolean);
}

function size(bytes) {
  if (!(bytes >= 0)) return "";
  if (bytes < 1024) return `${bytes} bytes`;
  return bytes < 1024 * 1024 ? `${(bytes / 1024).toFixed(1)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

/** One embed. `md(source, state)` renders markdown. */
export function embed(message, data, names, acts) {
  const md = (source, state) => markdown(source, names, acts, state);
  const box = el("article", { class: "embed", "aria-label": data.title ?? "Embed" });
  if (data.color !== undefined && data.color !== null) box.style.setProperty("--bar", `#${Number(data.color).toString(16).padStart(6, "0")}`);
  const body = el("div", { class: "embed-body" });
  if (data.author?.name) body.append(el("div", { class: "embed-author" }, data.author.url ? link(data.author.url, data.author.name) : data.author.name));
  if (data.title) body.append(el("div", { class: "embed-title" }, data.url ? link(data.url, md(data.title, { inline: true })) : md(data.title, { inline: true })));
  if (data.description) body.append(el("div", { class: "embed-text" }, md(data.description)));
  if (data.fields?.length) body.append(fields(data.fields, md));
  if (data.image?.url) body.append(picture(message, data.image.url, data.image.description ?? data.title ?? "Picture", "embed-image"));
  const foot = [data.footer?.text, data.timestamp && messageTime(data.timestamp)].filter(Boolean).join(" • ");
  if (foot) body.append(el("div", { class: "embed-foot" }, foot));
  box.append(body);
  if (data.thumbnail?.url) box.append(picture(message, data.thumbnail.url, "", "embed-thumb"));
  return box;
}

function link(url, ...inner) {
  return el("a", { href: /^https?:/.test(url) ? url : undefined, target: "_blank", rel: "noopener noreferrer nofollow" }, ...inner);
}

/** Inline fields stand up to three in a row, as in Discord. */
function fields(list, md) {
  const grid = el("div", { class: "embed-fields" });
  list.forEach((field, index) => {
    const cell = el("div", { class: "embed-field" }, el("div", { class: "embed-name" }, md(field.name, { inline: true })), el("div", { class: "embed-value" }, md(field.value)));
    cell.style.gridColumn = `span ${field.inline ? 12 / rowOf(list, index) : 12}`;
    grid.append(cell);
  });
  return grid;
}

function rowOf(list, index) {
  let start = index;
  while (start > 0 && list[start - 1].inline) start -= 1;
  let end = index;
  while (end + 1 < list.length && list[end + 1].inline) end += 1;
  const run = end - start + 1;
  const inRow = Math.floor((index - start) / 3);
  return Math.min(3, run - inRow * 3);
}

// From the tree of markdown.js to nodes of the page.

import { el } from "./dom.js";
import { parse } from "./markdown.js";
import { timestamp } from "./time.js";

const TAGS = { strong: "strong", em: "em", underline: "u", strike: "s" };

/**
 * The nodes for `source`. `names` tells what ids are called: {user, role, channel} → name; `acts` what a press does:
 * {user(id, anchor), channel(id), command(name)}. Embeds' titles, labels and such are `{inline: true}`.
 */
export function markdown(source, names, acts, state = {}) {
  const fragment = document.createDocumentFragment();
  const tree = parse(String(source ?? ""), state);
  fragment.append(...tree.map((node) => toNode(node, names, acts)));
  return fragment;
}

function toNode(node, names, acts) {
  const children = () => node.children.map((child) => toNode(child, names, acts));
  switch (node.type) {
    case "text":
      return document.createTextNode(node.text);
    case "code":
      return el("code", { class: "code" }, node.text);
    case "fence":
      return el("pre", { class: "fence", tabindex: "0", "data-language": node.language }, el("code", {}, node.text));
    case "quote":
      return el("blockquote", {}, children());
    case "heading":
      return el("div", { class: `heading h${node.level}`, role: "heading", "aria-level": String(node.level + 2) }, children());
    case "subtext":
      return el("small", { class: "subtext" }, children());
    case "list":
      return el(
        node.ordered ? "ol" : "ul",
        { start: node.start },
        node.items.map((item) => el("li", {}, item.map((child) => toNode(child, names, acts)))),
      );
    case "link":
      return el("a", { href: node.url, target: "_blank", rel: "noopener noreferrer nofollow", title: node.url }, children());
    case "spoiler":
      return spoiler(children());
    case "time":
      return timestamp(node.ms, node.style);
    case "everyone":
      return el("span", { class: "mention" }, node.text);
    case "role":
      return el("span", { class: "mention" }, `@${names.role(node.id)}`);
    case "user":
      return press(`@${names.user(node.id)}`, (event) => acts.user(node.id, event.currentTarget));
    case "channel":
      return press(`#${names.channel(node.id)}`, () => acts.channel(node.id));
    case "command":
      return press(`/${node.name}`, () => acts.command(node.name));
    default:
      return el(TAGS[node.type] ?? "span", {}, children());
  }
}

function press(label, run) {
  return el("button", { class: "mention", type: "button", on: { click: run } }, label);
}

function spoiler(children) {
  const reveal = (event) => {
    if (node.classList.contains("open")) return;
    if (event.type === "keydown" && event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    node.classList.add("open");
    inner.removeAttribute("aria-hidden");
    inner.inert = false;
    for (const name of ["role", "aria-label", "tabindex"]) node.removeAttribute(name);
  };
  const inner = el("span", { class: "spoiler-text", "aria-hidden": "true" }, children);
  inner.inert = true;
  const node = el(
    "span",
    { class: "spoiler", role: "button", tabindex: "0", "aria-label": "Spoiler, press to show", on: { click: reveal, keydown: reveal } },
    inner,
  );
  return node;
}

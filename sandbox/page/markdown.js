// Discord's markdown: `parse` makes a plain tree (no browser needed), `render` makes nodes of it.

const FENCE = /^```(?:([A-Za-z0-9_+\-.#]+)\n)?\n*([\s\S]+?)\n*```/;
const CODE = /^(`+)([\s\S]*?[^`])\1(?!`)/;
const URL_PLAIN = /^https?:\/\/[^\s<]+[^<.,:;"'\])\s*_~|]/;
const MASKED = /^\[((?:\\.|[^[\]\\]|\[[^\]]*\])+)\]\(\s*<?(https?:\/\/(?:\([^\s()]*\)|[^\s()<>])+)>?(?:\s+"[^"]*")?\s*\)/;
const ANGLE = /^<(?:(https?:\/\/[^\s>]+)|@!?(\d+)|@&(\d+)|#(\d+)|\/([^:>\n]+):(\d+)|t:(-?\d{1,13})(?::([tTdDfFsSR]))?|a?:(\w+):\d+)>/;
const EVERYONE = /^@(?:everyone|here)\b/;
const HEADING = /^(#{1,3}) +([^\n]+?)[ #]*(?:\n|$)/;
const SUBTEXT = /^-# +([^\n]+)(?:\n|$)/;
const QUOTE_REST = /^>>> ([\s\S]*)/;
const QUOTE_LINES = /^(?:> [^\n]*(?:\n|$)|>(?:\n|$))+/;
const LIST_ITEM = /^( *)([-*]|\d{1,9}\.) +([^\n]*)(?:\n|$)/;

const SPANS = [
  ["strong+em", /^\*\*\*(?=\S)([\s\S]*?\S)\*\*\*(?!\*)/],
  ["strong", /^\*\*((?:\\[\s\S]|[^\\])+?)\*\*(?!\*)/],
  ["underline", /^__((?:\\[\s\S]|[^\\])+?)__(?!_)/],
  ["em", /^\*(?=\S)((?:\*\*|\\[\s\S]|\s+(?:\\[\s\S]|[^\s*\\]|\*\*)|[^\s*\\])+?)\*(?!\*)/],
  ["em", /^_((?:__|\\[\s\S]|[^\\_])+?)_(?![_\p{L}\p{N}])/u],
  ["strike", /^~~([\s\S]+?)~~(?!_)/],
  ["spoiler", /^\|\|([\s\S]+?)\|\|/],
];

/** The tree of `source`: an array of `{type, …}`; text is `{type: "text", text}`. */
export function parse(source, state = {}) {
  const nodes = [];
  let text = "";
  const flush = () => {
    if (text) nodes.push({ type: "text", text });
    text = "";
  };
  let at = 0;
  while (at < source.length) {
    const rest = source.slice(at);
    const lineStart = at === 0 ? state.inline !== true : source[at - 1] === "\n";
    const previous = at > 0 ? source[at - 1] : "";
    const found = (lineStart && block(rest, state)) || inline(rest, previous, state);
    if (found) {
      flush();
      nodes.push(...found.nodes);
      at += found.length;
    } else {
      text += source[at];
      at += 1;
    }
  }
  flush();
  return nodes;
}

const one = (node, length) => ({ nodes: [node], length });
const within = (state) => ({ ...state, inline: true });

function block(rest, state) {
  if (state.inline) return null;
  let match = null;
  if (!state.quoted && (match = QUOTE_REST.exec(rest))) {
    return one({ type: "quote", children: parse(match[1], { ...state, quoted: true }) }, match[0].length);
  }
  if (!state.quoted && (match = QUOTE_LINES.exec(rest))) {
    const inner = match[0].replace(/^> ?/gm, "").replace(/\n$/, "");
    return one({ type: "quote", children: parse(inner, { ...state, quoted: true }) }, match[0].length);
  }
  if ((match = HEADING.exec(rest))) {
    return one({ type: "heading", level: match[1].length, children: parse(match[2], within(state)) }, match[0].length);
  }
  if ((match = SUBTEXT.exec(rest))) {
    return one({ type: "subtext", children: parse(match[1], within(state)) }, match[0].length);
  }
  return list(rest, state);
}

function list(rest, state) {
  const items = [];
  let length = 0;
  for (let match; (match = LIST_ITEM.exec(rest.slice(length))); length += match[0].length) {
    items.push({ indent: match[1].length, ordered: /\d/.test(match[2]), start: Number.parseInt(match[2], 10), body: match[3] });
  }
  if (items.length === 0 || items[0].indent > 3) return null;
  let index = 0;
  const level = (indent) => {
    const { ordered, start } = items[index];
    const node = { type: "list", ordered, start: ordered ? start : undefined, items: [] };
    while (index < items.length && items[index].indent >= indent) {
      const item = items[index];
      if (item.indent > indent + 1 && node.items.length > 0) {
        node.items[node.items.length - 1].push(level(item.indent));
      } else if (item.ordered !== ordered) {
        break;
      } else {
        node.items.push(parse(item.body, within(state)));
        index += 1;
      }
    }
    return node;
  };
  const nodes = [];
  while (index < items.length) nodes.push(level(Math.min(items[index].indent, items[0].indent)));
  return { nodes, length };
}

function inline(rest, previous, state) {
  const first = rest[0];
  if (first === "\\") {
    const match = /^\\([^0-9A-Za-z\s])/u.exec(rest);
    return match && one({ type: "text", text: match[1] }, match[0].length);
  }
  if (first === "`") return code(rest);
  if (first === "<") return angle(rest, state);
  if (first === "[" && !state.link) {
    const match = MASKED.exec(rest);
    const inner = match && parse(match[1], { ...within(state), link: true });
    return match && one({ type: "link", url: match[2], children: inner }, match[0].length);
  }
  if (first === "h" && !state.link && !/[\p{L}\p{N}]/u.test(previous)) return bare(rest);
  if (first === "@") {
    const match = EVERYONE.exec(rest);
    return match && one({ type: "everyone", text: match[0] }, match[0].length);
  }
  return "*_~|".includes(first) ? span(rest, previous, state) : null;
}

function code(rest) {
  let match = FENCE.exec(rest);
  if (match) {
    const trailing = rest[match[0].length] === "\n" ? 1 : 0;
    return one({ type: "fence", language: match[1], text: match[2] }, match[0].length + trailing);
  }
  match = CODE.exec(rest);
  return match && one({ type: "code", text: match[2].replace(/^ (?=`)|(?<=`) $/g, "") }, match[0].length);
}

function bare(rest) {
  const match = URL_PLAIN.exec(rest);
  if (!match) return null;
  let url = match[0];
  const count = (sign) => url.split(sign).length - 1;
  while (url.endsWith(")") && count(")") > count("(")) url = url.slice(0, -1);
  return one({ type: "link", url, children: [{ type: "text", text: url }] }, url.length);
}

function angle(rest, state) {
  const match = ANGLE.exec(rest);
  if (!match) return null;
  const [all, url, user, role, channel, command, commandId, unix, style, emoji] = match;
  const length = all.length;
  if (url) {
    const text = { type: "text", text: url };
    return one(state.link ? text : { type: "link", url, children: [text] }, length);
  }
  if (user) return one({ type: "user", id: user }, length);
  if (role) return one({ type: "role", id: role }, length);
  if (channel) return one({ type: "channel", id: channel }, length);
  if (command) return one({ type: "command", name: command, id: commandId }, length);
  if (unix) return one({ type: "time", ms: Number(unix) * 1000, style: style ?? "f" }, length);
  return one({ type: "text", text: `:${emoji}:` }, length);
}

function span(rest, previous, state) {
  for (const [type, pattern] of SPANS) {
    if (rest[0] === "_" && type === "em" && /[\p{L}\p{N}]/u.test(previous)) continue;
    const match = pattern.exec(rest);
    if (!match) continue;
    const children = parse(match[1], within(state));
    if (type === "strong+em") return one({ type: "em", children: [{ type: "strong", children }] }, match[0].length);
    return one({ type, children }, match[0].length);
  }
  return null;
}

/** The words alone, for notes and page titles. */
export function plain(nodes, names) {
  const say = (node) => {
    if (node.type === "text" || node.type === "code" || node.type === "fence" || node.type === "everyone") return node.text;
    if (node.type === "user") return `@${names.user(node.id)}`;
    if (node.type === "role") return `@${names.role(node.id)}`;
    if (node.type === "channel") return `#${names.channel(node.id)}`;
    if (node.type === "command") return `/${node.name}`;
    if (node.type === "time") return new Date(node.ms).toLocaleDateString();
    if (node.type === "spoiler") return "▇▇▇";
    if (node.type === "list") return node.items.map((item) => plain(item, names)).join(", ");
    return plain(node.children ?? [], names);
  };
  return nodes.map(say).join("");
}

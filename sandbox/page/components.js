// Buttons, menus and layout components of a message.

import { choose, press } from "./actions.js";
import { fitting } from "./commands.js";
import { el, icon } from "./dom.js";
import { offers, placeholderOf } from "./offers.js";
import { Popup } from "./popup.js";
import { markdown } from "./render.js";

const STYLES = { 1: "primary", 2: "secondary", 3: "success", 4: "danger", 5: "link-out" };

/** The element for one component; `context`: {message, names, acts}. */
export function component(data, context) {
  const inner = (list) => (list ?? []).map((one) => component(one, context));
  switch (data.type) {
    case 1:
      return el("div", { class: "row" }, inner(data.components));
    case 2:
      return button(data, context.message);
    case 3:
    case 5:
    case 6:
    case 7:
    case 8:
      return select(data, context.message);
    case 9:
      return el("div", { class: "section" }, el("div", {}, inner(data.components)), data.accessory && component(data.accessory, context));
    case 10:
      return el("div", { class: "text-display" }, markdown(data.content, context.names, context.acts));
    case 14:
      return el("hr", { class: data.divider === false ? "bare" : "" });
    case 17:
      return container(data, inner(data.components));
    default:
      return el("div", { class: "unknown" }, `(component of type ${data.type})`);
  }
}

function container(data, children) {
  const box = el("div", { class: "embed container" }, el("div", { class: "embed-body" }, children));
  if (data.accent_color) box.style.setProperty("--bar", `#${data.accent_color.toString(16).padStart(6, "0")}`);
  return box;
}

const emojiOf = (emoji) => emoji && el("span", { class: "emoji", "aria-hidden": emoji.id ? undefined : "true" }, emoji.id ? `:${emoji.name}:` : emoji.name);

function button(data, message) {
  const label = [emojiOf(data.emoji), data.label && el("span", {}, data.label)];
  if (data.style === 5) {
    const url = /^https?:/.test(data.url ?? "") ? data.url : undefined;
    return el("a", { class: "btn secondary", href: url, target: "_blank", rel: "noopener noreferrer nofollow" }, label, icon("out"));
  }
  const run = async (event) => {
    const node = event.currentTarget;
    node.setAttribute("aria-busy", "true");
    await press(message, data);
    node.removeAttribute("aria-busy");
  };
  const node = el(
    "button",
    { class: `btn ${STYLES[data.style] ?? "secondary"}`, type: "button", disabled: data.disabled, "aria-label": data.label ? undefined : data.emoji?.name, on: { click: run } },
    label,
  );
  node.dataset.customId = data.custom_id ?? "";
  return node;
}

/** A menu. One value goes off at once; several when the list closes. */
function select(data, message) {
  const most = data.max_values ?? 1;
  const least = data.min_values ?? 1;
  const list = offers(data);
  const chosen = new Set(list.filter((one) => one.chosen).map((one) => one.value));
  const placeholder = placeholderOf(data);
  const input = el("input", { class: "select-input", type: "text", placeholder, disabled: data.disabled, autocomplete: "off", spellcheck: "false", "aria-label": placeholder });
  input.dataset.customId = data.custom_id;
  const host = el("div", { class: "select" }, input, icon("chevron"));
  const popup = new Popup(host, placeholder);
  popup.attach(input);
  let dirty = false;
  const summary = () => (input.value = list.filter((one) => chosen.has(one.value)).map((one) => one.label).join(", "));
  const send = async () => {
    dirty = false;
    host.setAttribute("aria-busy", "true");
    await choose(message, data, [...chosen]);
    host.removeAttribute("aria-busy");
  };
  const take = (offer) => {
    dirty = true;
    if (most === 1) {
      chosen.clear();
      chosen.add(offer.value);
      return shut();
    }
    if (chosen.has(offer.value)) chosen.delete(offer.value);
    else if (chosen.size < most) chosen.add(offer.value);
    show(input.dataset.typed ?? "", popup.active);
  };
  const show = (typed = "", active = 0) => {
    const fits = fitting(list, typed, (one) => one.label.replace(/^[@#]/, ""));
    const items = fits.map((one) => ({ ...one, checked: most > 1 ? chosen.has(one.value) : undefined, hint: most === 1 && chosen.has(one.value) ? "✓" : undefined, pick: () => take(one) }));
    const rule = most > 1 ? [el("span", {}, `Choose ${least === most ? most : `${least} to ${Math.min(most, list.length)}`}, then press Escape or click outside.`)] : [];
    popup.show({ head: rule, items, active, empty: "Nothing fits." });
  };
  const open = () => {
    if (data.disabled || popup.open) return;
    input.value = "";
    input.dataset.typed = "";
    show();
  };
  const shut = () => {
    popup.hide();
    summary();
    if (dirty && chosen.size >= least) send();
  };
  input.addEventListener("click", open);
  input.addEventListener("input", () => show((input.dataset.typed = input.value)));
  input.addEventListener("blur", () => popup.open && shut());
  input.addEventListener("keydown", (event) => keys(event, popup, open, shut));
  summary();
  return host;
}

function keys(event, popup, open, shut) {
  if (!popup.open && ["ArrowDown", "ArrowUp", "Enter", " "].includes(event.key)) {
    event.preventDefault();
    event.stopPropagation();
    return open();
  }
  if (!popup.open) return undefined;
  const act = { ArrowDown: () => popup.move(1), ArrowUp: () => popup.move(-1), Enter: () => popup.pick(), Escape: shut }[event.key];
  if (act) {
    event.preventDefault();
    event.stopPropagation();
    act();
  }
  return undefined;
}

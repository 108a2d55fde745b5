// The bot's modals, and the page's own small questions, as <dialog>.

import { el, icon } from "./dom.js";
import { offers, placeholderOf } from "./offers.js";

const STYLE_LONG = 2;

/**
 * Shows a bot's modal. `submit(fields)` sends it and may throw; `fields` goes by custom id.
 * While it throws, the dialog stays open and shows the sentence; `closed()` is called when it is gone.
 */
export function openModal(modal, from, submit, closed) {
  const fields = [];
  const rows = (modal.components ?? []).map((component) => field(component, fields));
  const send = () => submit(Object.fromEntries(fields.map(({ id, read }) => [id, read()]).filter(([, value]) => value !== null)));
  dialog({ title: modal.title ?? "", from, rows, fields, send, closed, action: "Submit" });
}

/** A question of the page itself: `inputs` are like a modal's text inputs. */
export function ask(title, inputs, submit, action = "Add") {
  const fields = [];
  const rows = inputs.map((input) => field({ type: 4, ...input }, fields));
  dialog({ title, rows, fields, action, send: () => submit(Object.fromEntries(fields.map(({ id, read }) => [id, read()]))) });
}

function dialog({ title, from, rows, fields, send, closed, action }) {
  const fault = el("p", { class: "modal-fault", role: "alert" });
  const submit = el("button", { class: "btn primary", type: "submit" }, action);
  const cancel = el("button", { class: "btn link", type: "button", on: { click: () => box.close() } }, "Cancel");
  const form = el(
    "form",
    { novalidate: true },
    el("header", { class: "modal-head" }, el("h2", { id: "modal-title" }, title), el("button", { class: "icon-btn", type: "button", "aria-label": "Close", on: { click: () => box.close() } }, icon("close"))),
    from && el("p", { class: "modal-from" }, `This form was made by ${from}. Do not share passwords or other sensitive information.`),
    el("div", { class: "modal-body" }, rows),
    fault,
    el("footer", { class: "modal-foot" }, cancel, submit),
  );
  const box = el("dialog", { class: "modal", "aria-labelledby": "modal-title" }, form);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const bad = fields.filter((one) => !one.check());
    if (bad.length > 0) return bad[0].focus();
    submit.disabled = true;
    submit.setAttribute("aria-busy", "true");
    try {
      await send();
      box.close();
    } catch (error) {
      fault.textContent = error.message;
      submit.disabled = false;
      submit.removeAttribute("aria-busy");
    }
  });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
  box.addEventListener("close", () => {
    box.remove();
    closed?.();
  });
  document.body.append(box);
  box.showModal();
  fields[0]?.focus();
}

/** The element for one component of a modal; what can be filled in is added to `fields`. */
function field(component, fields, label) {
  if (component.type === 1) return el("div", {}, (component.components ?? []).map((inner) => field(inner, fields)));
  if (component.type === 18) return field(component.component ?? {}, fields, component);
  if (component.type === 10) return el("p", { class: "modal-text" }, component.content);
  if (component.type === 3 || (component.type >= 5 && component.type <= 8)) return menu(component, fields, label);
  if (component.type !== 4) return el("p", { class: "modal-text" }, "(something that this page cannot show)");
  return text(component, fields, label);
}

function text(component, fields, label) {
  const id = `field-${fields.length}`;
  const long = component.style === STYLE_LONG;
  const required = component.required !== false;
  const most = component.max_length ?? 4000;
  const least = component.min_length ?? 0;
  const fault = el("span", { class: "field-fault", id: `${id}-fault` });
  const count = el("span", { class: "field-count", "aria-hidden": "true" });
  const input = el(long ? "textarea" : "input", {
    id,
    rows: long ? "4" : undefined,
    type: long ? undefined : "text",
    placeholder: component.placeholder,
    required,
    autocomplete: "off",
    "aria-describedby": `${id}-fault`,
    value: component.value ?? "",
  });
  input.dataset.customId = component.custom_id;
  const length = () => [...input.value].length;
  const tally = () => (count.textContent = long || component.max_length ? `${length()}/${most}` : "");
  const check = () => {
    const empty = length() === 0;
    let problem = "";
    if (empty && required) problem = "This is required.";
    else if (!empty && length() < least) problem = `At least ${least} characters.`;
    else if (length() > most) problem = `At most ${most} characters.`;
    fault.textContent = problem;
    input.setAttribute("aria-invalid", String(problem !== ""));
    return problem === "";
  };
  input.addEventListener("input", () => (tally(), input.getAttribute("aria-invalid") === "true" && check()));
  tally();
  fields.push({ id: component.custom_id, read: () => input.value, check, focus: () => input.focus() });
  return wrap(id, component.label ?? label?.label ?? "", label?.description, required, input, el("div", { class: "field-foot" }, fault, count));
}

/** A menu: a list to open where one thing is chosen, boxes to tick where several may be. */
function menu(component, fields, label) {
  const id = `field-${fields.length}`;
  const required = component.required !== false;
  const most = component.max_values ?? 1;
  const least = component.min_values ?? 1;
  const list = offers(component);
  const fault = el("span", { class: "field-fault", id: `${id}-fault` });
  const chosen = most > 1 ? boxes(id, list, component) : dropdown(id, list, component, required);
  const check = () => {
    const count = chosen.read().length;
    let problem = "";
    if (count === 0 && required) problem = "This is required.";
    else if (count > 0 && count < least) problem = `Choose at least ${least}.`;
    else if (count > most) problem = `Choose at most ${most}.`;
    fault.textContent = problem;
    chosen.node.setAttribute("aria-invalid", String(problem !== ""));
    return problem === "";
  };
  chosen.node.addEventListener("change", check);
  fields.push({ id: component.custom_id, read: chosen.read, check, focus: () => chosen.focus() });
  const rule = most > 1 ? `Up to ${Math.min(most, list.length)}` : "";
  const foot = el("div", { class: "field-foot" }, fault, el("span", { class: "field-count" }, rule));
  const words = label?.label ?? component.custom_id;
  if (most === 1) return wrap(id, words, label?.description, required, chosen.node, foot);
  const legend = el("legend", {}, words, required && el("span", { class: "required", "aria-hidden": "true" }, " *"));
  chosen.node.prepend(legend, label?.description ? el("p", { class: "field-help" }, label.description) : "");
  return el("div", { class: "field" }, chosen.node, foot);
}

function dropdown(id, list, component, required) {
  const named = (one) => (one.detail ? `${one.label} — ${one.detail}` : one.label);
  const none = el("option", { value: "" }, placeholderOf(component));
  const rows = list.map((one) => el("option", { value: one.value, selected: one.chosen }, named(one)));
  const node = el("select", { id, required, "aria-describedby": `${id}-fault` }, none, rows);
  node.dataset.customId = component.custom_id;
  return { node, read: () => (node.value ? [node.value] : []), focus: () => node.focus() };
}

function boxes(id, list, component) {
  const rows = list.map((one) =>
    el(
      "label",
      { class: "tick" },
      el("input", { type: "checkbox", value: one.value, checked: one.chosen }),
      el("span", {}, one.emoji ? `${one.emoji} ` : "", one.label, one.detail && el("small", {}, ` ${one.detail}`)),
    ),
  );
  const node = el("fieldset", { id, class: "ticks", "aria-describedby": `${id}-fault` }, rows);
  node.dataset.customId = component.custom_id;
  const ticks = () => [...node.querySelectorAll("input")];
  return { node, read: () => ticks().filter((one) => one.checked).map((one) => one.value), focus: () => ticks()[0]?.focus() };
}

function wrap(id, label, description, required, ...inner) {
  return el(
    "div",
    { class: "field" },
    el("label", { for: id }, label, required && el("span", { class: "required", "aria-hidden": "true" }, " *")),
    description && el("p", { class: "field-help" }, description),
    ...inner,
  );
}

// A command being filled in: its name, a field for each option in use, help and suggestions above.

import { here } from "./actions.js";
import { api } from "./api.js";
import { behind, choices, fitting, isPicked, kindOf, OPTION, valueOf } from "./commands.js";
import { el } from "./dom.js";
import { channelsOf, guildOf, state, user } from "./state.js";

const DEBOUNCE_MS = 180;

/** `done(text)` leaves the command, `send(command, options, attachments, words)` runs it; `words` is what was typed. */
export class Slash {
  constructor({ form, popup, done, send }) {
    this.popup = popup;
    this.done = done;
    this.send = send;
    this.command = null;
    this.fields = [];
    this.asked = 0;
    this.bar = el("div", { class: "slash", hidden: true, role: "group" });
    form.querySelector(".composer-text").append(this.bar);
  }

  /** Opens the fields of the required options, and of those that `words` holds something for; `rest` is for none yet. */
  start(command, words, rest = "") {
    this.clear();
    this.command = command;
    this.bar.hidden = false;
    this.bar.setAttribute("aria-label", `/${command.path}`);
    const name = el("button", { class: "slash-name", type: "button", title: "Leave this command", on: { click: () => this.done(`/${command.path}`) } }, `/${command.path}`);
    this.more = el("input", { class: "slash-more", type: "text", autocomplete: "off", autocapitalize: "off", spellcheck: "false", on: { input: () => this.typedMore(), focus: () => this.offer(), blur: () => this.popup.input === this.more && this.popup.hide(), keydown: (event) => this.moreKeys(event) } });
    this.bar.append(name, this.more);
    for (const option of command.options) {
      if (option.required || words[option.name] !== undefined) this.add(option, words[option.name] ?? "");
    }
    this.more.value = rest;
    this.label();
    this.focus();
    if (rest) this.typedMore();
  }

  clear() {
    clearTimeout(this.timer);
    this.asked += 1;
    this.command = null;
    this.fields = [];
    this.bar.replaceChildren();
    this.bar.hidden = true;
  }

  /** Goes to the first field that is still empty, else to the last one, else to where more is typed. */
  focus() {
    if (this.more.value) return this.more.focus();
    const empty = this.fields.find((field) => this.isEmpty(field));
    const field = empty ?? this.fields[this.fields.length - 1];
    return (field?.input ?? this.more).focus();
  }

  isEmpty = (field) => (field.option.type === OPTION.FILE ? !field.file : field.input.value.trim() === "");
  left = () => this.command.options.filter((option) => !this.fields.some((field) => field.option === option));

  label() {
    const count = this.left().length;
    const text = count > 0 ? `+${count} more` : "Press Enter to send";
    this.more.hidden = count === 0 && this.fields.length > 0 && !this.more.value;
    this.more.placeholder = text;
    this.more.setAttribute("aria-label", text);
    this.more.size = Math.max([...text].length, Math.min(48, [...this.more.value].length + 1));
  }

  add(option, text = "") {
    const field = { option, value: undefined, file: null };
    const file = option.type === OPTION.FILE;
    field.input = el("input", { class: "slash-input", type: file ? "file" : "text", autocomplete: "off", spellcheck: "false", value: file ? undefined : text, inputmode: option.type === OPTION.INTEGER ? "numeric" : undefined });
    field.input.dataset.option = option.name;
    field.input.setAttribute("aria-label", `${option.name}${option.required ? ", required" : ""}: ${option.description ?? ""}`);
    field.input.addEventListener("input", () => (file ? (field.file = field.input.files[0] ?? null) : this.typed(field)));
    field.input.addEventListener("focus", () => (this.popup.attach(field.input), this.suggest(field, true)));
    field.input.addEventListener("blur", () => this.popup.input === field.input && this.popup.hide());
    field.input.addEventListener("keydown", (event) => this.keys(event, field));
    field.box = el("label", { class: "slash-option" }, el("span", { class: "slash-option-name" }, option.name), field.input);
    this.bar.insertBefore(field.box, this.more);
    this.fields.push(field);
    this.fit(field);
    this.label();
    return field;
  }

  remove(field) {
    const at = this.fields.indexOf(field);
    this.fields.splice(at, 1);
    field.box.remove();
    this.label();
    (this.fields[at - 1]?.input ?? this.more).focus();
  }

  fit(field) {
    if (field.option.type !== OPTION.FILE) field.input.size = Math.max(3, Math.min(48, [...field.input.value].length + 1));
  }

  typed(field) {
    field.value = undefined;
    field.input.removeAttribute("aria-invalid");
    // Somebody who types "name: Grace" whole, as it is written everywhere, is in "name" already.
    if (field.input.value === `${field.option.name}:` || field.input.value.trim() === "") field.input.value = "";
    const next = /(?:^|\s)([^\s:]+):$/u.exec(field.input.value);
    const option = next && this.left().find((one) => one.name === next[1]);
    if (option) {
      field.input.value = field.input.value.slice(0, next.index).trimEnd();
      this.fit(field);
      this.add(option).input.focus();
      return;
    }
    this.fit(field);
    this.suggest(field);
  }

  /** Help and suggestions for a field: fixed choices, people and places at once, the bot's own after a moment. */
  suggest(field, whole = false) {
    clearTimeout(this.timer);
    const { option } = field;
    if (option.autocomplete) {
      this.show(field, [], "…");
      this.timer = setTimeout(() => this.ask(field), whole ? 0 : DEBOUNCE_MS);
      return;
    }
    const text = field.value !== undefined && whole ? "" : field.input.value;
    this.show(field, this.known(option, text));
  }

  known(option, text) {
    const fits = (list) => fitting(list, text.trim().replace(/^[@#]/, ""), (one) => one.name).slice(0, 25);
    const { people, channels, roles } = named();
    const persons = () => fits(people).map((one) => ({ label: one.name, value: one.id, person: one }));
    const asRoles = () => fits(roles).map((one) => ({ label: `@${one.name.replace(/^@/, "")}`, value: one.id }));
    if (option.type === OPTION.USER) return persons();
    if (option.type === OPTION.ROLE) return asRoles();
    if (option.type === OPTION.MENTIONABLE) return [...persons(), ...asRoles()];
    if (option.type === OPTION.CHANNEL) {
      const types = option.channel_types ?? [];
      return fits(channels.filter((one) => types.length === 0 || types.includes(one.type))).map((one) => ({ label: `#${one.name}`, value: one.id }));
    }
    return choices(option, text).map((choice) => ({ label: choice.name, value: choice.value }));
  }

  async ask(field) {
    const ticket = (this.asked += 1);
    try {
      const options = { ...this.entered(), [field.option.name]: field.input.value };
      const answer = await api.autocomplete({ ...here(), name: this.command.path, options, focused: field.option.name });
      if (ticket !== this.asked || this.popup.input !== field.input || document.activeElement !== field.input) return;
      const list = (answer.choices ?? []).map((choice) => ({ label: choice.name, value: choice.value }));
      this.show(field, list, answer.interaction?.failed ? "Loading options failed" : "The bot has no suggestion for this.");
    } catch (error) {
      if (ticket === this.asked) this.show(field, [], error.message);
    }
  }

  show(field, list, empty = "") {
    const { option } = field;
    const settled = field.value !== undefined;
    const sends = settled && this.fields.every((one) => !this.isEmpty(one));
    const head = [
      el("strong", {}, option.name),
      el("span", {}, option.description ?? ""),
      el("span", { class: "popup-kind" }, sends ? "Enter sends it" : `${kindOf(option)}${option.required ? ", required" : ""}`),
      field.fault && el("span", { class: "popup-fault", role: "alert" }, field.fault),
    ].filter(Boolean);
    const items = list.map((one) => ({ ...one, pick: () => this.choose(field, one) }));
    const wanted = isPicked(option) || (option.autocomplete && field.input.value.trim() !== "");
    this.popup.show({ head, items: settled && !isPicked(option) ? [] : items, active: wanted && !settled && items.length > 0 ? 0 : -1, empty: settled ? "" : empty });
  }

  choose(field, item) {
    field.input.value = item.label;
    field.value = item.value;
    field.fault = "";
    this.fit(field);
    const next = this.fields.find((one) => this.isEmpty(one));
    if (next) next.input.focus();
    else this.show(field, []);
  }

  /** What is typed where no option is yet: its name with a colon or a space opens it, whatever follows goes along. */
  typedMore() {
    const { words, rest } = behind(this.left(), this.more.value);
    const opened = this.left().filter((option) => words[option.name] !== undefined && (option.type !== OPTION.FILE || words[option.name] === ""));
    if (opened.length > 0) {
      this.more.value = rest;
      for (const option of opened) this.add(option, words[option.name]);
      this.fields[this.fields.length - 1].input.focus();
      return;
    }
    this.label();
    this.offer();
  }

  /** The options that are not in use yet and fit what is typed; all of them where none does, to say which it is for. */
  offer(fault = false) {
    this.popup.attach(this.more);
    const typed = this.more.value.trim();
    const left = this.left();
    const fits = fitting(left, typed, (option) => option.name);
    const open = (option) => () => {
      const text = fits.length > 0 || option.type === OPTION.FILE ? "" : typed;
      if (fits.length > 0 || text) this.more.value = "";
      this.add(option, text).input.focus();
    };
    const items = (fits.length > 0 ? fits : left).map((option) => ({ label: option.name, detail: option.description, hint: kindOf(option), pick: open(option) }));
    const which = left.length > 0 ? `Which option is “${typed}” for?` : `No option is left for “${typed}”.`;
    const head = typed === "" ? el("span", {}, "Enter sends it as it is. Or fill in:") : fits.length === 0 && el("span", fault ? { class: "popup-fault", role: "alert" } : {}, which);
    if (items.length > 0 || typed) this.popup.show({ items, active: typed && (fits.length > 0 || items.length === 1) ? 0 : -1, head: head ? [head] : [] });
    else this.popup.hide();
  }

  keys(event, field) {
    if (event.isComposing) return;
    const { popup } = this;
    const marked = popup.open && popup.active >= 0;
    const act = {
      ArrowDown: () => popup.move(1),
      ArrowUp: () => popup.move(-1),
      Enter: () => (marked ? popup.pick() : this.submit()),
      Tab: () => !event.shiftKey && marked && popup.pick() && document.activeElement !== field.input,
      Escape: () => (popup.items.length > 0 ? popup.hide() : this.done(`/${this.command.path}`), true),
      Backspace: () => this.isEmpty(field) && field.input.value === "" && (field.option.required ? this.done(`/${this.command.path}`) : this.remove(field), true),
    }[event.key];
    if (!act) return;
    const taken = act();
    if (taken !== false || event.key === "Enter") {
      event.preventDefault();
      event.stopPropagation();
    }
  }

  moreKeys(event) {
    const { popup } = this;
    const act = {
      ArrowDown: () => popup.move(1),
      ArrowUp: () => popup.move(-1),
      Enter: () => popup.pick() || this.submit(),
      Tab: () => !event.shiftKey && popup.pick(),
      Escape: () => this.done(`/${this.command.path}`),
      Backspace: () => this.more.value === "" && (this.fields.length > 0 ? this.fields[this.fields.length - 1].input.focus() : this.done(`/${this.command.path}`)),
    }[event.key];
    if (!act || event.isComposing) return;
    if (act() === false && event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** What is entered so far, without complaint. */
  entered() {
    const out = {};
    for (const field of this.fields) {
      if (field.option.type === OPTION.FILE || this.isEmpty(field)) continue;
      const value = field.value ?? valueOf(field.option, field.input.value, named()).value;
      if (value !== undefined) out[field.option.name] = value;
    }
    return out;
  }

  /** Checks everything and runs the command, or goes to the first field that is wrong. */
  async submit() {
    if (!this.command) return;
    for (const field of this.fields) {
      field.fault = this.faultOf(field);
      field.box.classList.toggle("wrong", field.fault !== "");
      field.input.setAttribute("aria-invalid", String(field.fault !== ""));
    }
    const wrong = this.fields.find((field) => field.fault);
    if (wrong) {
      wrong.input.focus();
      this.suggest(wrong);
      return;
    }
    if (this.more.value.trim()) {
      this.more.focus();
      this.offer(true);
      return;
    }
    const { command } = this;
    const words = Object.fromEntries(this.fields.map(({ option, input }) => [option.name, option.type === OPTION.FILE ? "" : input.value]));
    const options = this.entered();
    const files = this.fields.filter((field) => field.file);
    const attachments = await Promise.all(files.map(async ({ option, file }) => ({ option: option.name, filename: file.name, content_base64: await base64(file) })));
    await this.send(command, options, attachments, words);
  }

  faultOf(field) {
    if (this.isEmpty(field)) return field.option.required ? "This one is required." : "";
    if (field.option.type === OPTION.FILE || field.value !== undefined) return "";
    return valueOf(field.option, field.input.value, named()).error ?? "";
  }
}

/** The people, channels and roles that can be named where one is. */
function named() {
  const guild = guildOf(state.guild);
  const members = guild?.members ?? [state.me];
  const people = [...new Set([...members, state.world.bot.id])].map(user);
  return { people, channels: channelsOf(state.guild), roles: guild?.roles ?? [] };
}

function base64(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => resolve(String(reader.result).replace(/^[^,]*,/, "")));
    reader.addEventListener("error", () => reject(new Error(`${file.name} cannot be read.`)));
    reader.readAsDataURL(file);
  });
}

// Slash commands as the bot registered them, made flat, found and filled in. Pure: no page, no network.

export const OPTION = { SUB: 1, GROUP: 2, STRING: 3, INTEGER: 4, BOOLEAN: 5, USER: 6, CHANNEL: 7, ROLE: 8, MENTIONABLE: 9, NUMBER: 10, FILE: 11 };

const KINDS = {
  3: "text", 4: "whole number", 5: "true or false", 6: "person", 7: "channel", 8: "role", 9: "person or role", 10: "number", 11: "file",
};

/** What is to be entered, in a word. */
export const kindOf = (option) => KINDS[option.type] ?? "text";

/** One entry for each thing that can be called: `{path: "connection add", description, options}`. */
export function flatten(registered) {
  const out = [];
  const walk = (path, command) => {
    const options = command.options ?? [];
    const below = options.filter((option) => option.type === OPTION.SUB || option.type === OPTION.GROUP);
    if (below.length === 0) {
      out.push({ path, description: command.description ?? "", options });
      return;
    }
    for (const option of below) walk(`${path} ${option.name}`, option);
  };
  for (const command of registered) {
    if ((command.type ?? 1) === 1) walk(command.name, command);
  }
  return out.sort((one, other) => one.path.localeCompare(other.path));
}

export const userCommands = (registered) => registered.filter((command) => command.type === 2);

/** Commands that fit what was typed after the slash, best first. */
export function search(list, typed) {
  const wanted = typed.trim().toLowerCase().replace(/\s+/g, " ");
  if (!wanted) return list;
  const rank = ({ path, description }) => {
    if (path.startsWith(wanted)) return 0;
    if (path.split(/[ -]/).some((word) => word.startsWith(wanted))) return 1;
    if (path.includes(wanted)) return 2;
    return description.toLowerCase().includes(wanted) ? 3 : 9;
  };
  const ranked = list.map((command) => [rank(command), command]).filter(([place]) => place < 9);
  return ranked.sort(([one], [other]) => one - other).map(([, command]) => command);
}

/** The command that a text like "/connection add name: Grace" calls, with the words for each option and those for none; or null. */
export function read(list, text) {
  if (!text.startsWith("/")) return null;
  const typed = text.slice(1);
  const fits = list.filter(({ path }) => typed === path || typed.startsWith(`${path} `));
  const command = fits.sort((one, other) => other.path.length - one.path.length)[0];
  if (!command) return null;
  return { command, ...split(command.options, typed.slice(command.path.length)) };
}

/**
 * Cuts "name: Grace every: 6 weeks" at the names of `options`: `{words, rest}`. Words before the first name belong to
 * the first option where that one is required; else to none, and they are `rest`.
 */
export function split(options, text) {
  const words = new Map();
  let current = options[0]?.required ? options[0].name : null;
  let rest = "";
  for (const piece of text.split(/(?<=^|\s)(?=\S+?:)/u)) {
    const typed = /^\S+?(?=:)/u.exec(piece)?.[0].toLowerCase();
    const name = options.find((one) => one.name === typed)?.name;
    if (name) current = name;
    const value = name ? piece.slice(name.length + 1) : piece;
    if (current === null) rest += value;
    else if (name || value.trim()) words.set(current, `${words.get(current) ?? ""}${value}`);
  }
  return { words: Object.fromEntries([...words].map(([name, value]) => [name, value.trim()])), rest: rest.trim() };
}

/** What somebody types behind a command's options: "until: 5 jan" or "until 5 jan" is for `until`, "fortnight" for none. */
export function behind(options, text) {
  const [, name, value] = /^\s*([^\s:]+)[\s:]+(.*)$/su.exec(text) ?? [];
  const option = options.find((one) => one.name === name?.toLowerCase());
  return option ? split(options, `${option.name}: ${value}`) : split(options.map((one) => ({ ...one, required: false })), text);
}

const choicesOf = (option) => (option.type === OPTION.BOOLEAN ? [{ name: "True", value: true }, { name: "False", value: false }] : (option.choices ?? []));

/** Those of `list` whose words contain `typed`; those that begin with it first. */
export function fitting(list, typed, words) {
  const wanted = typed.trim().toLowerCase();
  const place = (one) => words(one).toLowerCase().indexOf(wanted);
  return list.filter((one) => place(one) >= 0).sort((one, other) => Math.min(place(one), 1) - Math.min(place(other), 1));
}

/** Fixed choices that fit the typed text. */
export function choices(option, text) {
  return fitting(choicesOf(option), text, (choice) => choice.name);
}

export const isPicked = (option) => choicesOf(option).length > 0 || [OPTION.USER, OPTION.CHANNEL, OPTION.ROLE, OPTION.MENTIONABLE].includes(option.type);

/**
 * The value that goes to the bot for `text`, or why it cannot: `{value}` or `{error}`.
 * `people`, `channels`, `roles` are what can be named here: [{id, name}].
 */
export function valueOf(option, text, { people, channels, roles }) {
  const typed = text.trim();
  const fixed = choicesOf(option);
  if (fixed.length > 0) {
    const choice = fixed.find((one) => one.name.toLowerCase() === typed.toLowerCase() || String(one.value) === typed);
    return choice ? { value: choice.value } : { error: "Choose one of the list." };
  }
  if (option.type === OPTION.USER) return named(people, typed, "person");
  if (option.type === OPTION.CHANNEL) return named(channels, typed, "channel");
  if (option.type === OPTION.ROLE) return named(roles, typed, "role");
  if (option.type === OPTION.MENTIONABLE) return named([...people, ...roles], typed, "person or role");
  if (option.type === OPTION.INTEGER || option.type === OPTION.NUMBER) return number(option, typed);
  const length = [...text].length;
  if (option.min_length && length < option.min_length) return { error: `At least ${option.min_length} characters.` };
  if (length > (option.max_length ?? 6000)) return { error: `At most ${option.max_length ?? 6000} characters; these are ${length}.` };
  return { value: text };
}

function named(list, typed, what) {
  const id = /^(?:<[@#]&?!?)?(\d+)>?$/.exec(typed)?.[1];
  const name = typed.replace(/^[@#]/, "").toLowerCase();
  const found = list.find((one) => one.id === id) ?? list.find((one) => one.name.replace(/^[@#]/, "").toLowerCase() === name);
  return found ? { value: found.id } : { error: `There is no such ${what} here.` };
}

function number(option, typed) {
  const value = Number(typed);
  if (typed === "" || Number.isNaN(value)) return { error: "A number, please." };
  if (option.type === OPTION.INTEGER && !Number.isSafeInteger(value)) return { error: "A whole number, please." };
  if (option.min_value !== undefined && value < option.min_value) return { error: `At least ${option.min_value}.` };
  if (option.max_value !== undefined && value > option.max_value) return { error: `At most ${option.max_value}.` };
  return { value };
}

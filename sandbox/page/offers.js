// What menus offer: their own options, or people, roles and channels of the place in view.

import { channelsOf, guildOf, state, user } from "./state.js";

const PLACEHOLDERS = { 3: "Make a selection", 5: "Select a person", 6: "Select a role", 7: "Select a person or role", 8: "Select a channel" };

/** What stands in a menu that nothing was chosen from. */
export const placeholderOf = (data) => data.placeholder ?? PLACEHOLDERS[data.type] ?? "";

/** What can be chosen: `{label, value, detail?, emoji?, person?, chosen}`. */
export function offers(data) {
  const preset = new Set((data.default_values ?? []).map((one) => one.id));
  const guild = guildOf(state.guild);
  const people = () => (guild ? guild.members.map(user) : [user(state.me), user(state.world.bot.id)]);
  const entry = (one) => ({ label: one.name, value: one.id, chosen: preset.has(one.id) });
  const persons = () => people().map((one) => ({ ...entry(one), person: one }));
  const roles = () => (guild?.roles ?? []).map((role) => ({ ...entry(role), label: `@${role.name.replace(/^@/, "")}` }));
  if (data.type === 5) return persons();
  if (data.type === 6) return roles();
  if (data.type === 7) return [...persons(), ...roles()];
  if (data.type === 8) {
    const types = data.channel_types ?? [];
    const fits = channelsOf(state.guild).filter((one) => types.length === 0 || types.includes(one.type));
    return fits.map((one) => ({ ...entry(one), label: `#${one.name}` }));
  }
  return (data.options ?? []).map((one) => ({
    label: one.label, value: one.value, detail: one.description, chosen: one.default === true,
    emoji: one.emoji ? (one.emoji.id ? `:${one.emoji.name}:` : one.emoji.name) : undefined,
  }));
}

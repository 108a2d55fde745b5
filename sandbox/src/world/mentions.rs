//! Whom a message names, and whom of them it may ping (Message → Allowed Mentions Object).

use twilight_model::channel::message::{AllowedMentions, MentionType};

use super::components::{TEXT_DISPLAY, all, kind};
use super::message::{Message, REPLY};
use super::snowflake::Id;
use super::{World, permissions};

/// Who is pinged.
#[derive(Clone, Debug, Default)]
pub struct Mentions {
    /// People.
    pub users: Vec<Id>,
    /// Roles.
    pub roles: Vec<Id>,
    /// Everybody.
    pub everyone: bool,
}

/// The ids in `<@1>`, `<@!1>` (with sigil "@") or `<@&1>` (with sigil "@&").
fn ids(text: &str, sigil: &str) -> Vec<Id> {
    let mut found = Vec::new();
    for part in text.split(&format!("<{sigil}")).skip(1) {
        let digits = part.strip_prefix('!').unwrap_or(part);
        if let Some((digits, _)) = digits.split_once('>')
            && let Ok(id) = digits.parse::<Id>()
            && !found.contains(&id)
        {
            found.push(id);
        }
    }
    found
}

impl World {
    /// Reads the mentions of a message, within what its sender allows.
    pub fn mentioned(&self, message: &Message, allowed: Option<&AllowedMentions>) -> Mentions {
        let mut text = message.content.clone();
        for component in all(&message.components).into_iter().filter(|one| kind(one) == TEXT_DISPLAY) {
            text.push('\n');
            text.push_str(component["content"].as_str().unwrap_or(""));
        }
        let answered = self.pinged_by_answer(message, allowed);
        if !text.contains('@') {
            return Mentions { users: answered.into_iter().collect(), ..Mentions::default() };
        }
        let parses = |kind: MentionType| allowed.is_none_or(|allowed| allowed.parse.contains(&kind));
        let named = |list: &[u64], id: Id| list.contains(&id.0);
        let people: Vec<u64> = allowed.iter().flat_map(|it| it.users.iter().map(|id| id.get())).collect();
        let roles: Vec<u64> = allowed.iter().flat_map(|it| it.roles.iter().map(|id| id.get())).collect();
        let guild = self.channels.get(&message.channel).and_then(|channel| channel.guild);
        let known_role = |id: &Id| {
            guild.and_then(|guild| self.guilds.get(&guild)).is_some_and(|guild| guild.roles.contains_key(id))
        };
        let may = guild.is_none()
            || self.granted(message.channel, message.author) & permissions::MENTION_EVERYONE != 0;
        Mentions {
            users: ids(&text, "@")
                .into_iter()
                .filter(|id| self.users.contains_key(id))
                .filter(|id| parses(MentionType::Users) || named(&people, *id))
                .filter(|id| answered != Some(*id))
                .chain(answered)
                .collect(),
            roles: ids(&text, "@&")
                .into_iter()
                .filter(known_role)
                .filter(|id| parses(MentionType::Roles) || named(&roles, *id))
                .collect(),
            everyone: guild.is_some()
                && may
                && parses(MentionType::Everyone)
                && (text.contains("@everyone") || text.contains("@here")),
        }
    }

    /// Who wrote the message that this one answers, unless they are not to be pinged.
    fn pinged_by_answer(&self, message: &Message, allowed: Option<&AllowedMentions>) -> Option<Id> {
        let pings = message.kind == REPLY && allowed.is_none_or(|allowed| allowed.replied_user);
        let answered = message.answers.filter(|_| pings)?;
        self.messages.get(&answered).map(|answered| answered.author)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_ids_once_each() {
        assert_eq!(ids("hi <@1>, <@!2> and <@1>; not <@&3> <@x>", "@"), vec![Id(1), Id(2)]);
        assert_eq!(ids("hi <@1> <@&3>", "@&"), vec![Id(3)]);
    }
}

//! Who acts, and where.

use serenity::all::{CommandInteraction, ComponentInteraction, InteractionContext, ModalInteraction, User};

use crate::id::{ChannelId, GuildId, UserId};

/// The one who typed, pressed or sent something.
#[derive(Clone, Debug)]
pub struct Person {
    /// Whose network, nudges and settings are meant; taken from the interaction, never from an id in it.
    pub id: UserId,
    /// What their Discord client speaks, such as `en-GB`.
    pub locale: String,
    /// The server that they are in, if any.
    pub guild: Option<GuildId>,
    /// Their DM channel with Kith, when they act there.
    pub dm: Option<ChannelId>,
}

impl Person {
    fn new(
        user: &User,
        locale: &str,
        guild: Option<serenity::all::GuildId>,
        context: Option<InteractionContext>,
        channel: serenity::all::ChannelId,
    ) -> Self {
        let dm = matches!(context, Some(InteractionContext::BotDm)).then_some(ChannelId(channel.get()));
        Self {
            id: UserId(user.id.get()),
            locale: locale.to_owned(),
            guild: guild.map(|guild| GuildId(guild.get())),
            dm,
        }
    }
}

impl From<&CommandInteraction> for Person {
    fn from(it: &CommandInteraction) -> Self {
        Self::new(&it.user, &it.locale, it.guild_id, it.context, it.channel_id)
    }
}

impl From<&ComponentInteraction> for Person {
    fn from(it: &ComponentInteraction) -> Self {
        Self::new(&it.user, &it.locale, it.guild_id, it.context, it.channel_id)
    }
}

impl From<&ModalInteraction> for Person {
    fn from(it: &ModalInteraction) -> Self {
        Self::new(&it.user, &it.locale, it.guild_id, None, it.channel_id)
    }
}

/// What a person is called where somebody meets them: the server's nickname, else the shown name.
#[must_use]
pub fn called(user: &User) -> String {
    let nick = user.member.as_ref().and_then(|member| member.nick.clone());
    nick.unwrap_or_else(|| user.display_name().to_owned())
}

//! Who acts, and where.

use serenity::all::{
    ApplicationId, AuthorizingIntegrationOwner, AuthorizingIntegrationOwners, ChannelType,
    CommandInteraction, ComponentInteraction, InteractionContext, Member, ModalInteraction, PartialChannel,
    Permissions, User,
};

use crate::id::{ChannelId, GuildId, RoleId, UserId};

/// The one who typed, pressed or sent something.
#[derive(Clone, Debug)]
pub struct Person {
    /// Whose network, nudges and settings are meant; taken from the interaction, never from an id in it.
    pub id: UserId,
    /// What they are called where they act.
    pub name: String,
    /// What their Discord client speaks, such as `en-GB`.
    pub locale: String,
    /// The server that they are in, if any.
    pub guild: Option<GuildId>,
    /// Their DM channel with Kith, when they act there.
    pub dm: Option<ChannelId>,
    /// What they themselves may do in the channel of a server in which they act; nothing elsewhere.
    pub permissions: Permissions,
    /// Their roles in the server.
    pub roles: Vec<RoleId>,
    /// The channel of a server in which they act; not told of a sent form.
    pub place: Option<Place>,
}

/// A channel of a server, in which somebody acts, and what Kith may do there.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// The server.
    pub guild: GuildId,
    /// The channel; where somebody acts in a thread, the channel that the thread is in.
    pub channel: ChannelId,
    /// Whether it is an ordinary text channel, as far as one can tell.
    pub text: bool,
    /// Whether Kith is in the server, and not only installed by the one who acts.
    pub installed: bool,
    /// What Kith may do in it.
    pub permissions: Permissions,
    /// Kith's own id.
    pub own: UserId,
}

impl Person {
    fn new(
        user: &User,
        member: Option<&Member>,
        locale: &str,
        guild: Option<serenity::all::GuildId>,
    ) -> Self {
        let nick = member.and_then(|member| member.nick.clone());
        Self {
            id: UserId(user.id.get()),
            name: nick.unwrap_or_else(|| user.display_name().to_owned()),
            locale: locale.to_owned(),
            guild: guild.map(|guild| GuildId(guild.get())),
            dm: None,
            permissions: member.and_then(|member| member.permissions).unwrap_or_default(),
            roles: member
                .map(|member| member.roles.iter().map(|role| RoleId(role.get())).collect())
                .unwrap_or_default(),
            place: None,
        }
    }

    fn in_dm(mut self, context: Option<InteractionContext>, channel: serenity::all::ChannelId) -> Self {
        self.dm = matches!(context, Some(InteractionContext::BotDm)).then_some(ChannelId(channel.get()));
        self
    }

    fn at(
        mut self,
        channel: Option<&PartialChannel>,
        permissions: Option<Permissions>,
        owners: &AuthorizingIntegrationOwners,
        own: ApplicationId,
    ) -> Self {
        let found = self.guild.zip(channel).zip(permissions);
        self.place = found.map(|((guild, channel), permissions)| {
            let thread = matches!(channel.kind, ChannelType::PublicThread | ChannelType::PrivateThread);
            let parent = channel.parent_id.filter(|_| thread).unwrap_or(channel.id);
            let by_server = |owner: &AuthorizingIntegrationOwner| {
                matches!(owner, AuthorizingIntegrationOwner::GuildInstall(_))
            };
            Place {
                guild,
                channel: ChannelId(parent.get()),
                text: thread || channel.kind == ChannelType::Text,
                installed: owners.0.iter().any(by_server),
                permissions,
                own: UserId(own.get()),
            }
        });
        self
    }
}

impl From<&CommandInteraction> for Person {
    fn from(it: &CommandInteraction) -> Self {
        Self::new(&it.user, it.member.as_deref(), &it.locale, it.guild_id)
            .in_dm(it.context, it.channel_id)
            .at(
                it.channel.as_ref(),
                it.app_permissions,
                &it.authorizing_integration_owners,
                it.application_id,
            )
    }
}

impl From<&ComponentInteraction> for Person {
    fn from(it: &ComponentInteraction) -> Self {
        Self::new(&it.user, it.member.as_ref(), &it.locale, it.guild_id).in_dm(it.context, it.channel_id).at(
            it.channel.as_ref(),
            it.app_permissions,
            &it.authorizing_integration_owners,
            it.application_id,
        )
    }
}

impl From<&ModalInteraction> for Person {
    fn from(it: &ModalInteraction) -> Self {
        Self::new(&it.user, it.member.as_ref(), &it.locale, it.guild_id)
    }
}

/// What a person is called where somebody meets them: the server's nickname, else the shown name.
#[must_use]
pub fn called(user: &User) -> String {
    let nick = user.member.as_ref().and_then(|member| member.nick.clone());
    nick.unwrap_or_else(|| user.display_name().to_owned())
}

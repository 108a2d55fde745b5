//! Who may organize rounds, and what Kith itself must be allowed for one.

use serenity::all::{Channel, ChannelType, Http, Permissions};
use serenity::http::HttpError;

use super::round::{Rooms, Round};
use super::{store, views};
use crate::discord::failure::Failure;
use crate::discord::person::Person;
use crate::id::{ChannelId, GuildId, Id};
use crate::members::Asking;
use crate::store::{StoreError, Tx};

/// Discord's codes: unknown channel, missing access.
const UNKNOWN_CHANNEL: isize = 10_003;
const MISSING_ACCESS: isize = 50_001;

/// Whether somebody may organize in the server where they act: who may manage it, or has the role that was set.
///
/// # Errors
/// They may not, or are in no server; the store's.
pub fn organizes(tx: &mut Tx<'_>, asking: &Asking<'_>) -> Result<GuildId, Failure> {
    let person = asking.person;
    let guild = person.guild.ok_or_else(|| Failure::told(views::only_in_servers(asking.words)))?;
    if is_organizer(tx, person)? {
        return Ok(guild);
    }
    let setup = store::setup(tx, guild)?;
    Err(Failure::told(views::not_an_organizer(asking.words, setup.organizers)))
}

/// Whether somebody may organize where they act.
///
/// # Errors
/// The store's.
pub fn is_organizer(tx: &mut Tx<'_>, person: &Person) -> Result<bool, StoreError> {
    let Some(guild) = person.guild else { return Ok(false) };
    let organizers = store::setup(tx, guild)?.organizers;
    Ok(manages(person) || organizers.is_some_and(|role| person.roles.contains(&role)))
}

/// Whether somebody may manage the server where they act.
#[must_use]
pub fn manages(person: &Person) -> bool {
    person.permissions.manage_guild() || person.permissions.administrator()
}

/// A round of the server where somebody organizes.
///
/// # Errors
/// They may not organize there, or there is no such round there; the store's.
pub fn organized(tx: &mut Tx<'_>, asking: &Asking<'_>, id: Id) -> Result<Round, Failure> {
    // In a DM Discord tells of no permissions: whoever opened the round answers there what Kith asked them there.
    if asking.person.guild.is_none()
        && let Some(round) = store::round(tx, id)?.filter(|round| round.by == asking.person.id)
    {
        return Ok(round);
    }
    let guild = organizes(tx, asking)?;
    let round = store::round(tx, id)?.filter(|round| round.guild == guild);
    round.ok_or_else(|| Failure::told(views::no_such_round(asking.words)))
}

/// What a round needs Kith to be allowed in its channel.
#[must_use]
pub fn needed(round: &Round) -> Permissions {
    let mut needed = Permissions::VIEW_CHANNEL
        | Permissions::SEND_MESSAGES
        | Permissions::EMBED_LINKS
        | Permissions::READ_MESSAGE_HISTORY;
    match round.rooms {
        Rooms::Threads => {
            needed |= Permissions::CREATE_PRIVATE_THREADS | Permissions::SEND_MESSAGES_IN_THREADS;
        }
        Rooms::Channels => needed |= Permissions::MANAGE_CHANNELS | Permissions::MANAGE_ROLES,
    }
    if round.badge {
        needed |= Permissions::MANAGE_ROLES;
    }
    needed
}

/// What Kith may do in a channel, asked of Discord ("Permissions").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Granted {
    /// These.
    These(Permissions),
    /// The channel is gone, or Kith does not see it.
    Nothing,
    /// It is no text channel of that server.
    NoTextChannel,
}

/// Asks Discord what Kith may do in a channel. Never inside a transaction.
///
/// # Errors
/// Discord cannot be asked.
pub async fn granted(http: &Http, guild: GuildId, channel: ChannelId) -> serenity::Result<Granted> {
    let found = match http.get_channel(channel.0.into()).await {
        Ok(Channel::Guild(found)) => found,
        Ok(_) => return Ok(Granted::NoTextChannel),
        Err(error) if is_out_of_reach(&error) => return Ok(Granted::Nothing),
        Err(error) => return Err(error),
    };
    if found.guild_id.get() != guild.0 || found.kind != ChannelType::Text {
        return Ok(Granted::NoTextChannel);
    }
    let own = http.get_current_user().await?.id;
    let (server, member) =
        tokio::try_join!(http.get_guild(guild.0.into()), http.get_member(guild.0.into(), own))?;
    Ok(Granted::These(server.user_permissions_in(&found, &member)))
}

fn is_out_of_reach(error: &serenity::Error) -> bool {
    matches!(error, serenity::Error::Http(HttpError::UnsuccessfulRequest(response))
        if matches!(response.error.code, UNKNOWN_CHANNEL | MISSING_ACCESS))
}

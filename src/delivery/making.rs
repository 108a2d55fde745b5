//! The requests of errands.

use serde_json::{Value, json};
use twilight_http_ratelimiting::Method;

use super::errand::{Outcome, What};
use super::transport::{Ask, Created, Failure, Transport};
use crate::discord::text::{cut, one_line};
use crate::discord::threads::REST;
use crate::id::{GuildId, UserId};

/// Most characters in the name of a thread, a channel, a role or an event, and in an event's place.
const NAME: usize = 100;
/// Most characters in an event's description.
const DESCRIPTION: usize = 1_000;
/// Most people that a new channel can be for: Discord takes 100 overwrites, and two are for everybody and Kith.
const PEOPLE: usize = 98;
/// Kinds of channels, overwrites and events (Discord: "Channel", "Guild Scheduled Event").
const TEXT: u8 = 0;
const PUBLIC_THREAD: u8 = 11;
const PRIVATE_THREAD: u8 = 12;
const OF_ROLE: u8 = 0;
const OF_MEMBER: u8 = 1;
const EXTERNAL: u8 = 3;
const GUILD_ONLY: u8 = 2;
/// VIEW_CHANNEL, and with it SEND_MESSAGES, EMBED_LINKS and READ_MESSAGE_HISTORY (Discord: "Permissions").
const VIEW: u64 = 1 << 10;
const WRITE: u64 = VIEW | 1 << 11 | 1 << 14 | 1 << 16;

impl Transport {
    /// Does what an errand is about.
    pub(super) async fn carry_out(&self, what: &What) -> Result<Outcome, Failure> {
        let own = match what {
            What::CreateChannel { .. } => Some(self.own_id().await?),
            _ => None,
        };
        let (method, path, body) = request(what, own)?;
        let ask = Ask { method, path, query: Vec::new(), body };
        if what.makes() {
            return self.ask::<Created>(ask).await.map(|created| Outcome::Made(created.id));
        }
        self.fire(&ask).await.map(|_| Outcome::Done)
    }
}

type Request = (Method, String, Option<Value>);

fn request(what: &What, own: Option<UserId>) -> Result<Request, Failure> {
    let request = match what {
        What::StartThread { channel, name, private, invitable, .. } => {
            let kind = if *private { PRIVATE_THREAD } else { PUBLIC_THREAD };
            let mut body = json!({ "name": named(name), "type": kind, "auto_archive_duration": REST });
            if *private {
                body["invitable"] = json!(invitable);
            }
            (Method::Post, format!("channels/{channel}/threads"), Some(body))
        }
        What::CreateChannel { guild, name, parent, people } => {
            let mut body = json!({
                "name": named(name), "type": TEXT, "permission_overwrites": overwrites(*guild, people, own),
            });
            if let Some(parent) = parent {
                body["parent_id"] = json!(parent.to_string());
            }
            (Method::Post, format!("guilds/{guild}/channels"), Some(body))
        }
        What::CreateRole { guild, name } => {
            let body = json!({ "name": named(name), "permissions": "0" });
            (Method::Post, format!("guilds/{guild}/roles"), Some(body))
        }
        What::CreateEvent { guild, name, description, location, starts, ends } => {
            let mut body = json!({
                "name": named(name),
                "entity_type": EXTERNAL,
                "entity_metadata": { "location": named(location) },
                "privacy_level": GUILD_ONLY,
                "scheduled_start_time": starts.to_string(),
                "scheduled_end_time": ends.to_string(),
            });
            let description = cut(description, DESCRIPTION);
            if !description.is_empty() {
                body["description"] = json!(description);
            }
            (Method::Post, format!("guilds/{guild}/scheduled-events"), Some(body))
        }
        What::AddToThread { thread, user } => {
            (Method::Put, format!("channels/{thread}/thread-members/{user}"), None)
        }
        What::RemoveFromThread { thread, user } => {
            (Method::Delete, format!("channels/{thread}/thread-members/{user}"), None)
        }
        What::LetIntoChannel { channel, user } => {
            let body = json!({ "type": OF_MEMBER, "allow": WRITE.to_string(), "deny": "0" });
            (Method::Put, format!("channels/{channel}/permissions/{user}"), Some(body))
        }
        What::ShutOutOfChannel { channel, user } => {
            (Method::Delete, format!("channels/{channel}/permissions/{user}"), None)
        }
        What::GiveRole { guild, user, role } => {
            (Method::Put, format!("guilds/{guild}/members/{user}/roles/{role}"), None)
        }
        What::TakeRole { guild, user, role } => {
            (Method::Delete, format!("guilds/{guild}/members/{user}/roles/{role}"), None)
        }
        What::CancelEvent { guild, event } => {
            (Method::Delete, format!("guilds/{guild}/scheduled-events/{event}"), None)
        }
        What::EditMessage { channel, message, content } => {
            let body = serde_json::to_value(content)
                .map_err(|error| Failure::NotSent(format!("the message is no JSON: {error}")))?;
            (Method::Patch, format!("channels/{channel}/messages/{message}"), Some(body))
        }
        What::DeleteMessage { channel, message } => {
            (Method::Delete, format!("channels/{channel}/messages/{message}"), None)
        }
        What::SetThread { thread, archived, locked } => {
            let body = json!({ "archived": archived, "locked": locked });
            (Method::Patch, format!("channels/{thread}"), Some(body))
        }
        What::DeleteChannel { channel } => (Method::Delete, format!("channels/{channel}"), None),
        What::FindMember { guild, user } => (Method::Get, format!("guilds/{guild}/members/{user}"), None),
    };
    Ok(request)
}

/// Everybody is denied the view of a channel, Kith and some people are allowed it.
fn overwrites(guild: GuildId, people: &[UserId], own: Option<UserId>) -> Vec<Value> {
    let overwrite = |id: u64, kind: u8, allow: u64, deny: u64| json!({ "id": id.to_string(), "type": kind, "allow": allow.to_string(), "deny": deny.to_string() });
    // The role of everybody has the server's own id.
    let everybody = overwrite(guild.0, OF_ROLE, 0, VIEW);
    let people = people.iter().filter(|user| Some(**user) != own).take(PEOPLE);
    let allowed = own.iter().chain(people).map(|user| overwrite(user.0, OF_MEMBER, WRITE, 0));
    std::iter::once(everybody).chain(allowed).collect()
}

/// A name as Kith gives it.
fn named(name: &str) -> String {
    cut(&one_line(name), NAME)
}

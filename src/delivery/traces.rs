//! What an errand may have made already, found again in its server.

use jiff::Timestamp;
use serde::Deserialize;
use twilight_http_ratelimiting::Method;

use super::errand::{What, likeness};
use super::found::{self, snowflake};
use super::transport::{Ask, Failure, PAGE, PAGES, Transport};
use crate::id::{ChannelId, GuildId, UserId};

/// A thread, a channel, a role or an event, as far as it is told from others.
#[derive(Debug, Deserialize)]
struct Trace {
    #[serde(deserialize_with = "snowflake")]
    id: u64,
    #[serde(default)]
    name: String,
    /// Of a thread or channel: what it is in.
    #[serde(default)]
    parent_id: Option<String>,
    /// Of a thread: who started it.
    #[serde(default)]
    owner_id: Option<String>,
    /// Of an event: who made it.
    #[serde(default)]
    creator_id: Option<String>,
    #[serde(default)]
    scheduled_start_time: Option<Timestamp>,
    #[serde(default)]
    permission_overwrites: Vec<Overwrite>,
    #[serde(default)]
    thread_metadata: Option<Rest>,
    /// Of a role: whether it belongs to an application or a subscription.
    #[serde(default)]
    managed: bool,
}

#[derive(Debug, Deserialize)]
struct Overwrite {
    id: String,
}

#[derive(Debug, Deserialize)]
struct Rest {
    #[serde(default)]
    archive_timestamp: Option<Timestamp>,
}

#[derive(Debug, Deserialize)]
struct Threads {
    threads: Vec<Trace>,
    #[serde(default)]
    has_more: bool,
}

impl Transport {
    /// What there is that this errand may have made since a time, the oldest first.
    pub(super) async fn traces(&self, what: &What, since: Timestamp) -> Result<Vec<u64>, Failure> {
        let own = self.own_id().await?;
        let (mut all, wanted) = match what {
            What::StartThread { guild, channel, name, private, .. } => {
                let threads = self.threads(*guild, *channel, *private, since).await?;
                (threads, name)
            }
            What::CreateChannel { guild, name, .. } => {
                (self.list(format!("guilds/{guild}/channels")).await?, name)
            }
            What::CreateRole { guild, name } => (self.list(format!("guilds/{guild}/roles")).await?, name),
            What::CreateEvent { guild, name, .. } => {
                (self.list(format!("guilds/{guild}/scheduled-events")).await?, name)
            }
            _ => return Ok(Vec::new()),
        };
        let wanted = likeness(wanted);
        all.retain(|it| it.made_since(since) && likeness(&it.name) == wanted && it.may_be(what, own));
        let mut found: Vec<u64> = all.into_iter().map(|it| it.id).collect();
        found.sort_unstable();
        found.dedup();
        Ok(found)
    }

    /// The active threads of a server, and those of the channel that were archived since a time.
    async fn threads(
        &self,
        guild: GuildId,
        channel: ChannelId,
        private: bool,
        since: Timestamp,
    ) -> Result<Vec<Trace>, Failure> {
        let mut all = self.list_threads(format!("guilds/{guild}/threads/active"), Vec::new()).await?.threads;
        match self.archived(channel, private, since).await {
            Ok(archived) => all.extend(archived),
            // Not all channels let one read what is past; a thread of the last minutes is seldom archived.
            Err(Failure::Refused { code, .. }) => {
                tracing::debug!(%channel, code, "archived threads cannot be listed");
            }
            Err(failure) => return Err(failure),
        }
        Ok(all)
    }

    /// The threads of a channel that were archived since a time: of private ones those that Kith is in, which
    /// come by their ids, the newest first; of public ones all, which come by when they were archived.
    async fn archived(
        &self,
        channel: ChannelId,
        private: bool,
        since: Timestamp,
    ) -> Result<Vec<Trace>, Failure> {
        let path = match private {
            true => format!("channels/{channel}/users/@me/threads/archived/private"),
            false => format!("channels/{channel}/threads/archived/public"),
        };
        let mut all = Vec::new();
        let mut before = None;
        for _ in 0..PAGES {
            let mut query = vec![("limit", PAGE.to_string())];
            query.extend(before.take().map(|before| ("before", before)));
            let page = self.list_threads(path.clone(), query).await?;
            let more = page.has_more;
            all.extend(page.threads);
            let Some(last) = all.last().filter(|_| more) else { break };
            let archived = last.thread_metadata.as_ref().and_then(|rest| rest.archive_timestamp);
            let (at, next) = match (private, archived) {
                (true, _) => (last.made(), last.id.to_string()),
                (false, Some(at)) => (at, at.to_string()),
                (false, None) => break,
            };
            if at < since {
                break;
            }
            before = Some(next);
        }
        Ok(all)
    }

    async fn list_threads(&self, path: String, query: Vec<(&str, String)>) -> Result<Threads, Failure> {
        self.ask(Ask { method: Method::Get, path, query, body: None }).await
    }

    async fn list(&self, path: String) -> Result<Vec<Trace>, Failure> {
        self.ask(Ask { method: Method::Get, path, query: Vec::new(), body: None }).await
    }
}

impl Trace {
    fn made(&self) -> Timestamp {
        Timestamp::from_millisecond(found::made_ms(self.id)).unwrap_or(Timestamp::MAX)
    }

    fn made_since(&self, since: Timestamp) -> bool {
        self.made() >= since
    }

    /// Whether all else than the name and the time is as the errand would have made it.
    fn may_be(&self, what: &What, own: UserId) -> bool {
        let own = Some(own.to_string());
        match what {
            What::StartThread { channel, .. } => {
                self.owner_id == own && self.parent_id == Some(channel.to_string())
            }
            // Nobody else gives Kith a view of its own.
            What::CreateChannel { parent, .. } => {
                self.parent_id == parent.map(|parent| parent.to_string())
                    && self.permission_overwrites.iter().any(|it| Some(&it.id) == own.as_ref())
            }
            What::CreateRole { .. } => !self.managed,
            What::CreateEvent { starts, .. } => {
                let begins = self.scheduled_start_time.map(Timestamp::as_second);
                self.creator_id == own && begins == Some(starts.as_second())
            }
            _ => false,
        }
    }
}

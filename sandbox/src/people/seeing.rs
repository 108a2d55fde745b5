//! What a person sees.

use std::convert::Infallible;
use std::sync::Arc;

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream::Stream;
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::{broadcast, watch};

use super::world::{channel_view, id};
use super::{Answer, Asked, Path, Problem, ok};
use crate::app::{App, News, stopped};
use crate::world::event::Change;
use crate::world::people::No;
use crate::world::snowflake::Id;

/// Who looks, and where.
#[derive(Deserialize)]
pub struct Looking {
    /// Who.
    #[serde(rename = "as")]
    pub user: Id,
    /// In which server.
    pub guild: Option<Id>,
}

/// `GET /commands`.
pub async fn commands(State(app): State<Arc<App>>, Asked(looking): Asked<Looking>) -> Answer {
    app.world(|world| {
        world.person(looking.user)?;
        if let Some(guild) = looking.guild {
            let found = world.guilds.get(&guild).filter(|guild| guild.members.contains_key(&looking.user));
            found
                .ok_or_else(|| No::Missing(format!("There is no server {guild} that this person is in.")))?;
        }
        let commands = world.commands_for(looking.user, looking.guild);
        ok(commands.into_iter().map(|command| command.shown(world.bot.id)).collect::<Value>())
    })
}

/// `GET /inbox`.
pub async fn inbox(State(app): State<Arc<App>>, Asked(looking): Asked<Looking>) -> Answer {
    app.world(|world| {
        world.person(looking.user)?;
        let channel = world.dms.get(&looking.user).copied();
        let messages = channel.map(|channel| world.channel_view(looking.user, channel)).transpose()?;
        ok(json!({"channel": channel, "messages": messages.unwrap_or_default()}))
    })
}

/// `GET /channels/{channel}/messages`.
pub async fn messages(
    State(app): State<Arc<App>>,
    Path(channel): Path<String>,
    Asked(looking): Asked<Looking>,
) -> Answer {
    let channel = id("channel", &channel)?;
    app.world(|world| {
        world.person(looking.user)?;
        ok(Value::Array(world.channel_view(looking.user, channel)?))
    })
}

/// `GET /channels`: those of one server, or of all; channels first, then threads.
pub async fn channels(State(app): State<Arc<App>>, Asked(looking): Asked<Looking>) -> Answer {
    app.world(|world| {
        world.person(looking.user)?;
        let guilds =
            world.guilds.values().filter(|guild| looking.guild.is_none_or(|wanted| wanted == guild.id));
        let seen = guilds
            .flat_map(|guild| guild.channels.iter().chain(&guild.threads))
            .filter(|id| world.sees_channel(looking.user, **id))
            .filter_map(|id| world.channels.get(id));
        ok(seen.map(channel_view).collect::<Value>())
    })
}

fn file(filename: &str, bytes: axum::body::Bytes) -> Response {
    let kind = mime_guess::from_path(filename).first_or_octet_stream().to_string();
    ([(header::CONTENT_TYPE, kind)], bytes).into_response()
}

/// `GET /messages/{message}/attachments/{n}`.
pub async fn attachment(
    State(app): State<Arc<App>>,
    Path((message, n)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let message = id("message", &message)?;
    let found =
        app.world(|world| world.messages.get(&message)?.attachments.get(n.parse::<usize>().ok()?).cloned());
    let found =
        found.ok_or_else(|| Problem::from(No::Missing(format!("Message {message} has no file {n}."))))?;
    Ok(file(&found.filename, found.bytes))
}

/// The address of a file that came with a command.
pub async fn upload(State(app): State<Arc<App>>, Path(upload): Path<String>) -> Result<Response, Problem> {
    let upload = id("file", &upload)?;
    let found = app.world(|world| world.uploads.iter().find(|file| file.id == upload).cloned());
    match found {
        Some(found) => Ok(file(&found.filename, found.bytes)),
        None => Err(Problem::new(StatusCode::NOT_FOUND, format!("There is no file {upload}."))),
    }
}

/// Tells that everything is to be read again.
fn anew() -> Event {
    Event::default().event("anew").data(json!({"type": "anew"}).to_string())
}

/// What a watcher's stream holds.
struct Watching {
    app: Arc<App>,
    user: Id,
    news: broadcast::Receiver<News>,
    clock: watch::Receiver<()>,
    shown: Timestamp,
    stopping: watch::Receiver<bool>,
}

impl Watching {
    /// The next thing that this person is told; none when the sandbox stops.
    async fn next(&mut self) -> Option<Event> {
        loop {
            tokio::select! {
                news = self.news.recv() => match news {
                    Ok(news) => {
                        if let Some(event) = self.told(&news) {
                            return Some(event);
                        }
                    }
                    // It missed some: it is to look at everything itself.
                    Err(RecvError::Lagged(_)) => return Some(anew()),
                    Err(RecvError::Closed) => return None,
                },
                changed = self.clock.changed() => {
                    changed.ok()?;
                    if let Some(event) = self.clock_moved() {
                        return Some(event);
                    }
                }
                () = stopped(&mut self.stopping) => return None,
            }
        }
    }

    fn told(&self, news: &News) -> Option<Event> {
        if news.change == Change::Anew {
            return Some(anew());
        }
        if news.change == Change::Places {
            let member = |world: &mut crate::world::World| {
                world.guilds.get(&news.channel).is_some_and(|guild| guild.members.contains_key(&self.user))
            };
            let data = json!({"type": "channels", "guild": news.channel}).to_string();
            return self.app.world(member).then(|| Event::default().event("channels").data(data));
        }
        let sees = news.only.is_none_or(|only| only == self.user)
            && self.app.world(|world| world.sees_channel(self.user, news.channel));
        let name = match news.change {
            Change::Created => "message_create",
            Change::Edited => "message_update",
            Change::Deleted | Change::Places | Change::Anew => "message_delete",
        };
        let data = json!({"type": name, "channel": news.channel, "message": *news.message});
        sees.then(|| Event::default().event(name).data(data.to_string()))
    }

    /// Tells of the time when the clock was moved by more than it ticks.
    fn clock_moved(&mut self) -> Option<Event> {
        let now = self.app.clock.now();
        let moved = now.duration_since(self.shown).as_secs() >= 1;
        self.shown = now;
        moved.then(|| {
            Event::default().event("clock").data(json!({"type": "clock", "now": now.to_string()}).to_string())
        })
    }
}

/// `GET /events`: `message_create`, `message_update`, `message_delete` with `{type, channel, message}`, `channels` with
/// `{type, guild}` when channels, threads, roles or scheduled events are others now, `clock` with `{type, now}` when it
/// was moved, and `anew` with `{type}` when everything is to be read again: the world was emptied, or some of this was missed.
pub async fn events(
    State(app): State<Arc<App>>,
    Asked(looking): Asked<Looking>,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Problem> {
    app.world(|world| world.person(looking.user).map(|_| ()))?;
    let watching = Watching {
        user: looking.user,
        news: app.feed.subscribe(),
        clock: app.clock.changed(),
        shown: app.clock.now(),
        stopping: app.stopping.subscribe(),
        app,
    };
    let stream = futures_util::stream::unfold(watching, |mut watching| async move {
        let event = watching.next().await?;
        Some((Ok(event), watching))
    });
    Ok(Sse::new(stream).keep_alive(KeepAlive::default()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Clock;
    use crate::world::World;

    #[tokio::test]
    async fn who_missed_some_of_it_is_told_to_look_again() {
        let clock = Clock::new(None);
        let mut world = World::new(clock.now(), "http://sandbox".to_owned(), "Kith", false);
        let guild = world.add_guild("Town", None).unwrap();
        let ana = world.add_user("Ana", "en-GB", &[guild], false).unwrap();
        let app = Arc::new(App::new(clock, world, 1_000, 1));
        let mut watching = Watching {
            user: ana,
            news: app.feed.subscribe(),
            clock: app.clock.changed(),
            shown: app.clock.now(),
            stopping: app.stopping.subscribe(),
            app: app.clone(),
        };
        for _ in 0..2_000 {
            app.world(|world| world.events.push(crate::world::event::Event::Places(guild)));
        }
        let told = format!("{:?}", watching.next().await);
        assert!(told.contains("anew"), "{told}");
    }
}

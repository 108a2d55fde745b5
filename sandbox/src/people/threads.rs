//! Threads from the people's side: what their client lets a person do with one.

use std::sync::Arc;

use axum::extract::State;
use serde::Deserialize;
use serde_json::{Value, json};

use super::world::{bits, channel_view, id};
use super::{Answer, Form, Path, ok};
use crate::app::App;
use crate::world::people::No;
use crate::world::snowflake::Id;
use crate::world::threads::Wish;

/// `POST /channels/{channel}/threads`.
#[derive(Deserialize)]
pub struct NewThread {
    #[serde(rename = "as")]
    user: Id,
    name: String,
    #[serde(default)]
    private: bool,
}

/// Starts a thread.
pub async fn start(
    State(app): State<Arc<App>>,
    Path(channel): Path<String>,
    Form(new): Form<NewThread>,
) -> Answer {
    let parent = id("channel", &channel)?;
    app.world(|world| {
        world.person(new.user)?;
        let kind = if new.private { 12 } else { 11 };
        let wish = Wish::read(&json!({"name": new.name, "type": kind}), true).map_err(No::from)?;
        let id = world.start_thread(parent, new.user, &wish).map_err(No::from)?;
        ok(channel_view(&world.channels[&id]))
    })
}

/// `POST /threads/{thread}`: what shall be other.
#[derive(Deserialize)]
pub struct Change {
    #[serde(rename = "as")]
    user: Id,
    #[serde(flatten)]
    wish: Value,
}

/// Renames, archives, wakes, locks a thread.
pub async fn change(
    State(app): State<Arc<App>>,
    Path(thread): Path<String>,
    Form(change): Form<Change>,
) -> Answer {
    let thread = id("thread", &thread)?;
    app.world(|world| {
        world.person(change.user)?;
        let wish = Wish::read(&change.wish, false).map_err(No::from)?;
        world.change_thread(thread, change.user, &wish).map_err(No::from)?;
        ok(channel_view(&world.channels[&thread]))
    })
}

/// `POST /threads/{thread}/members`.
#[derive(Deserialize)]
pub struct Members {
    #[serde(rename = "as")]
    user: Id,
    #[serde(default)]
    add: Vec<Id>,
    #[serde(default)]
    remove: Vec<Id>,
}

/// Adds people to a thread and takes them out; whoever takes out themselves leaves.
pub async fn members(
    State(app): State<Arc<App>>,
    Path(thread): Path<String>,
    Form(members): Form<Members>,
) -> Answer {
    let thread = id("thread", &thread)?;
    app.world(|world| {
        world.person(members.user)?;
        for user in members.add {
            world.add_to_thread(thread, user, members.user).map_err(No::from)?;
        }
        for user in members.remove {
            world.take_from_thread(thread, user, members.user).map_err(No::from)?;
        }
        ok(channel_view(&world.channels[&thread]))
    })
}

/// `POST /channels/{channel}/delete`.
#[derive(Deserialize)]
pub struct Who {
    #[serde(rename = "as")]
    user: Id,
}

/// Deletes a channel or a thread.
pub async fn delete(
    State(app): State<Arc<App>>,
    Path(channel): Path<String>,
    Form(who): Form<Who>,
) -> Answer {
    let channel = id("channel", &channel)?;
    app.world(|world| {
        world.person(who.user)?;
        world.delete_channel(channel, who.user).map_err(No::from)?;
        ok(json!({}))
    })
}

/// `POST /channels/{channel}/permissions`.
#[derive(Deserialize)]
pub struct Permissions {
    of: Id,
    allow: Option<Value>,
    deny: Option<Value>,
}

/// Sets what a role, a person or the bot may do in a channel.
pub async fn permissions(
    State(app): State<Arc<App>>,
    Path(channel): Path<String>,
    Form(form): Form<Permissions>,
) -> Answer {
    let channel = id("channel", &channel)?;
    let (allow, deny) = (bits("allow", form.allow.as_ref())?, bits("deny", form.deny.as_ref())?);
    app.world(|world| {
        world.set_overwrite(channel, form.of, allow, deny)?;
        ok(json!({}))
    })
}

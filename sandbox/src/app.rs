//! What the three faces share: the world behind its one lock, the clock, and who is to be told what happened.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use serde_json::{Value, json};
use tokio::sync::{Notify, broadcast, watch};

use crate::clock::Clock;
use crate::gateway::hub::Hub;
use crate::journal::Journal;
use crate::rest::buckets::Buckets;
use crate::rest::faults::Faults;
use crate::world::World;
use crate::world::event::{Change, Event};
use crate::world::snowflake::Id;

/// How many changes a slow watcher may be behind before it misses some.
const FEED_BUFFER: usize = 1_024;

/// Something that people who watch are told.
#[derive(Clone, Debug)]
pub struct News {
    /// What happened.
    pub change: Change,
    /// The channel; of places that changed the server.
    pub channel: Id,
    /// Who alone sees it.
    pub only: Option<Id>,
    /// The message; of a deleted one only id and channel.
    pub message: Arc<Value>,
}

/// All of the sandbox.
pub struct App {
    world: Mutex<World>,
    /// The clock.
    pub clock: Clock,
    /// The bot's sessions.
    pub hub: Hub,
    /// The bot's calls.
    pub journal: Journal,
    /// The rate limits.
    pub buckets: Buckets,
    /// What is to go wrong with the bot's calls.
    pub faults: Faults,
    /// What watchers are told.
    pub feed: broadcast::Sender<News>,
    /// Turns true when everything is to end.
    pub stopping: watch::Sender<bool>,
    waiting: Mutex<HashMap<Id, Arc<Notify>>>,
}

impl App {
    /// Puts the parts together.
    pub fn new(clock: Clock, world: World, heartbeat_ms: u64, shards: u32) -> Self {
        let (token, address) = (world.bot.token.clone(), world.address.clone());
        Self {
            hub: Hub::new(token, address, world.privileged, heartbeat_ms, shards),
            world: Mutex::new(world),
            clock,
            journal: Journal::default(),
            buckets: Buckets::default(),
            faults: Faults::default(),
            feed: broadcast::Sender::new(FEED_BUFFER),
            stopping: watch::Sender::new(false),
            waiting: Mutex::default(),
        }
    }

    /// Looks at the world, or acts on it; what happened is told before anybody else gets at it, so that all are
    /// told in one order.
    pub fn world<T>(&self, act: impl FnOnce(&mut World) -> T) -> T {
        let mut world = self.world.lock().unwrap_or_else(PoisonError::into_inner);
        world.now = self.clock.now();
        world.instant = Instant::now();
        world.archive_idle();
        world.settle_events();
        let result = act(&mut world);
        self.tell(&mut world);
        result
    }

    fn tell(&self, world: &mut MutexGuard<'_, World>) {
        for event in std::mem::take(&mut world.events) {
            match event {
                Event::Dispatch { name, needs, guild, data, closed } => {
                    self.hub.dispatch(name, needs, guild, &data, closed);
                }
                Event::Seen { change, channel, message, only } => {
                    self.publish(world, change, channel, message, only);
                }
                Event::Places(guild) => self.announce(Change::Places, guild),
                Event::Anew => self.announce(Change::Anew, world.bot.id),
                Event::Turn(id) => {
                    if let Some(waiter) = self.waiting().get(&id) {
                        waiter.notify_one();
                    }
                }
            }
        }
    }

    /// Tells all who watch of what is no message.
    fn announce(&self, change: Change, channel: Id) {
        // An error means that nobody watches.
        let _ = self.feed.send(News { change, channel, only: None, message: Arc::new(Value::Null) });
    }

    fn publish(&self, world: &World, change: Change, channel: Id, message: Id, only: Option<Id>) {
        if self.feed.receiver_count() == 0 {
            return;
        }
        let view = match world.messages.get(&message) {
            Some(found) if found.flags & crate::world::message::LOADING != 0 => return,
            Some(found) if change != Change::Deleted => world.message_view(found),
            _ => json!({"id": message, "channel": channel}),
        };
        // An error means that nobody watches any more.
        let _ = self.feed.send(News { change, channel, only, message: Arc::new(view) });
    }

    fn waiting(&self) -> MutexGuard<'_, HashMap<Id, Arc<Notify>>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Is told whenever the interaction gets on, as long as the waiter lives.
    pub fn waits_for(self: &Arc<Self>, interaction: Id) -> Waiter {
        let turned = self.waiting().entry(interaction).or_default().clone();
        Waiter { app: self.clone(), interaction, turned }
    }
}

/// Somebody who waits for an interaction to get on.
pub struct Waiter {
    app: Arc<App>,
    interaction: Id,
    turned: Arc<Notify>,
}

impl Waiter {
    /// Returns when it got on since the last time, or since there was a waiter.
    pub async fn turned(&self) {
        self.turned.notified().await;
    }
}

impl Drop for Waiter {
    fn drop(&mut self) {
        self.app.waiting().remove(&self.interaction);
    }
}

/// Waits until the sandbox stops.
pub async fn stopped(stopping: &mut watch::Receiver<bool>) {
    // An error means that the sandbox is gone, which is as good.
    let _ = stopping.wait_for(|stop| *stop).await;
}

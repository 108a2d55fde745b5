//! The bot's sessions: who is connected, what each was sent, what it may still ask for again
//! (Gateway → Connection Lifecycle, Resuming, Intents, Sharding).

use std::collections::{HashMap, VecDeque};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use serde::Deserialize;
use serde_json::{Value, json};
use tokio::sync::mpsc;

use super::Close;
use crate::world::World;
use crate::world::event::intents;
use crate::world::objects;
use crate::world::snowflake::Id;

/// How many dispatches a session may be behind and still resume.
const REPLAY_MOST: usize = 5_000;
/// How long a session can be resumed after its connection broke, in real time.
const RESUMABLE_FOR: Duration = Duration::from_secs(5 * 60);

/// How many disturbances of connections to come are remembered.
const COMING_MOST: u32 = 1_000;
/// No heartbeat is answered any more.
const FOREVER: u32 = u32::MAX;

/// What a connection is told to send.
#[derive(Debug)]
pub enum Out {
    /// A payload.
    Payload(String),
    /// To close.
    Close(Close),
    /// To cut the connection without a word.
    Cut,
}

/// What can be done to the bot's gateway connections.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Disturbance {
    /// Asks to reconnect (op 7).
    Reconnect,
    /// Says that the session is no good (op 9), or may be resumed.
    Invalid {
        /// Whether it may be resumed.
        resumable: bool,
    },
    /// Closes with this code.
    Close(u16),
    /// Cuts the connection.
    Cut,
    /// Acknowledges no heartbeat: so many, or none until it is calmed (`Sandbox::calm`).
    Silent(Option<u32>),
}

/// Identify (op 2).
#[derive(Debug, Deserialize)]
pub struct Identify {
    token: String,
    intents: u64,
    #[serde(default)]
    shard: Option<(u64, u64)>,
    /// Whether large payloads shall be compressed one by one.
    #[serde(default)]
    pub compress: bool,
}

/// Resume (op 6).
#[derive(Debug, Deserialize)]
pub struct Resume {
    token: String,
    session_id: String,
    seq: u64,
}

#[derive(Debug)]
struct Session {
    shard: (u64, u64),
    intents: u64,
    seq: u64,
    replay: VecDeque<(u64, String)>,
    line: Option<mpsc::UnboundedSender<Out>>,
    since: String,
    resumed: bool,
    heartbeats: u64,
    broken: Option<Instant>,
    /// Whether the bot was told to resume it: until then it is sent nothing.
    invalid: bool,
}

impl Session {
    fn wants(&self, needs: u64, guild: Option<Id>) -> bool {
        let shard = guild.map_or(0, |guild| (guild.0 >> 22) % self.shard.1);
        shard == self.shard.0 && (needs == 0 || needs & self.intents != 0)
    }

    fn send(&mut self, name: &str, data: &str) {
        self.seq += 1;
        let text = format!(r#"{{"op":0,"t":"{name}","s":{},"d":{data}}}"#, self.seq);
        if let Some(line) = self.line.as_ref().filter(|_| !self.invalid) {
            // A closed line is noticed by its connection, which then breaks the session.
            let _ = line.send(Out::Payload(text.clone()));
        }
        self.replay.push_back((self.seq, text));
        if self.replay.len() > REPLAY_MOST {
            self.replay.pop_front();
        }
    }
}

/// All sessions.
#[derive(Debug)]
pub struct Hub {
    token: String,
    address: String,
    privileged: bool,
    /// How often a bot has to show that it lives, in milliseconds.
    pub heartbeat_ms: u64,
    /// How many shards a bot is told to connect with.
    pub shards: u32,
    sessions: Mutex<HashMap<String, Session>>,
    /// How many heartbeats are to stay unanswered.
    unanswered: AtomicU32,
    /// What is to be done to connections that are still to come, one after the other.
    coming: Mutex<VecDeque<Disturbance>>,
}

impl Hub {
    /// No sessions yet.
    pub fn new(token: String, address: String, privileged: bool, heartbeat_ms: u64, shards: u32) -> Self {
        let (sessions, unanswered, coming) = (Mutex::default(), AtomicU32::new(0), Mutex::default());
        Self { token, address, privileged, heartbeat_ms, shards, sessions, unanswered, coming }
    }

    fn coming(&self) -> MutexGuard<'_, VecDeque<Disturbance>> {
        self.coming.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn sessions(&self) -> MutexGuard<'_, HashMap<String, Session>> {
        self.sessions.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The gateway's address.
    pub fn gateway_url(&self) -> String {
        format!("{}/gateway", self.address.replacen("http", "ws", 1))
    }

    /// Whether this is the bot's token.
    pub fn token_is(&self, given: &str) -> bool {
        given == self.token
    }

    fn is_token(&self, given: &str) -> bool {
        given.strip_prefix("Bot ").unwrap_or(given) == self.token
    }

    /// Opens a session: Ready, then a Guild Create for each server. Call it with the world held, so that nothing
    /// happens between what Ready says and the first event after it.
    pub fn identify(
        &self,
        world: &World,
        identify: &Identify,
        line: mpsc::UnboundedSender<Out>,
    ) -> Result<String, Close> {
        if !self.is_token(&identify.token) {
            return Err(Close::AUTHENTICATION_FAILED);
        }
        let shard = identify.shard.unwrap_or((0, 1));
        if shard.1 == 0 || shard.0 >= shard.1 {
            return Err(Close::INVALID_SHARD);
        }
        if identify.intents & !intents::ALL != 0 {
            return Err(Close::INVALID_INTENTS);
        }
        if !self.privileged && identify.intents & intents::PRIVILEGED != 0 {
            return Err(Close::DISALLOWED_INTENTS);
        }
        let id = format!("{:032x}", rand::random::<u128>());
        let mut session = Session {
            shard,
            intents: identify.intents,
            seq: 0,
            replay: VecDeque::new(),
            line: Some(line),
            since: world.now.to_string(),
            resumed: false,
            heartbeats: 0,
            broken: None,
            invalid: false,
        };
        let guilds: Vec<_> = world
            .guilds
            .values()
            .filter(|guild| guild.members.contains_key(&world.bot.id) && session.wants(0, Some(guild.id)))
            .collect();
        let ready = json!({
            "v": 10, "user": world.me_json(), "session_id": id,
            "resume_gateway_url": self.gateway_url(), "session_type": "normal", "shard": [shard.0, shard.1],
            "guilds": guilds.iter().map(|guild| json!({"id": guild.id, "unavailable": true})).collect::<Vec<_>>(),
            "application": {"id": world.bot.id, "flags": if self.privileged { 557_056 } else { 0 }},
            "private_channels": [], "relationships": [], "presences": [], "user_settings": {},
            "geo_ordered_rtc_regions": [], "_trace": ["sandbox"],
        });
        session.send("READY", &ready.to_string());
        if session.intents & intents::GUILDS != 0 {
            for guild in guilds {
                session.send("GUILD_CREATE", &world.guild_create_json(guild).to_string());
            }
        }
        let mut sessions = self.sessions();
        sessions.retain(|_, old| old.broken.is_none_or(|since| since.elapsed() < RESUMABLE_FOR));
        sessions.insert(id.clone(), session);
        Ok(id)
    }

    /// Takes up a session again: what was missed, then Resumed. None when it cannot be.
    pub fn resume(
        &self,
        resume: &Resume,
        line: &mpsc::UnboundedSender<Out>,
    ) -> Result<Option<String>, Close> {
        if !self.is_token(&resume.token) {
            return Err(Close::AUTHENTICATION_FAILED);
        }
        let mut sessions = self.sessions();
        let Some(session) = sessions.get_mut(&resume.session_id) else { return Ok(None) };
        let too_old = session.broken.is_some_and(|since| since.elapsed() >= RESUMABLE_FOR);
        let oldest = session.replay.front().map_or(session.seq, |(seq, _)| seq - 1);
        if too_old || resume.seq < oldest {
            sessions.remove(&resume.session_id);
            return Ok(None);
        }
        let closes = |old: Option<mpsc::UnboundedSender<Out>>| {
            if let Some(old) = old.filter(|old| !old.same_channel(line)) {
                let _ = old.send(Out::Close(Close::SESSION_TIMED_OUT));
            }
        };
        if resume.seq > session.seq {
            closes(session.line.take());
            sessions.remove(&resume.session_id);
            return Err(Close::INVALID_SEQ);
        }
        closes(session.line.replace(line.clone()));
        session.invalid = false;
        for (_, text) in session.replay.iter().filter(|(seq, _)| *seq > resume.seq) {
            let _ = line.send(Out::Payload(text.clone()));
        }
        session.broken = None;
        session.resumed = true;
        session.send("RESUMED", r#"{"_trace":["sandbox"]}"#);
        Ok(Some(resume.session_id.clone()))
    }

    /// Whether the session is this connection's, and was not said to be invalid.
    pub fn is_good(&self, id: &str, line: &mpsc::UnboundedSender<Out>) -> bool {
        let own = |session: &Session| session.line.as_ref().is_some_and(|own| own.same_channel(line));
        self.sessions().get(id).is_some_and(|session| !session.invalid && own(session))
    }

    /// A connection ended; the session is over, or can be resumed for some minutes.
    pub fn ended(&self, id: &str, line: &mpsc::UnboundedSender<Out>, resumable: bool) {
        let mut sessions = self.sessions();
        let Some(session) = sessions.get_mut(id) else { return };
        if !session.line.as_ref().is_some_and(|own| own.same_channel(line)) {
            return;
        }
        session.line = None;
        session.broken = Some(Instant::now());
        if !resumable {
            sessions.remove(id);
        }
    }

    /// Sends a dispatch to one session.
    pub fn answer(&self, id: &str, name: &str, data: &Value) {
        if let Some(session) = self.sessions().get_mut(id) {
            session.send(name, &data.to_string());
        }
    }

    /// The intents of a session.
    pub fn intents_of(&self, id: &str) -> u64 {
        self.sessions().get(id).map_or(0, |session| session.intents)
    }

    /// Notes a heartbeat. Says whether it is acknowledged.
    pub fn beat(&self, id: Option<&str>) -> bool {
        if let Some(id) = id
            && let Some(session) = self.sessions().get_mut(id)
        {
            session.heartbeats += 1;
        }
        let taken = self.unanswered.fetch_update(Ordering::AcqRel, Ordering::Acquire, |left| match left {
            0 => None,
            FOREVER => Some(FOREVER),
            left => Some(left - 1),
        });
        taken.is_err()
    }

    /// Ends every disturbance that goes on or is still to come.
    pub fn calm(&self) {
        self.unanswered.store(0, Ordering::Release);
        self.coming().clear();
    }

    /// Disturbs the connections so many times: those that are there now, and after that each one that comes.
    pub fn disturb_often(&self, how: Disturbance, count: u32) {
        let now = self.connected() > 0;
        if now {
            self.disturb(how);
        }
        let later = count.saturating_sub(u32::from(now)).min(COMING_MOST);
        self.coming().extend(std::iter::repeat_n(how, later as usize));
    }

    /// A connection is up: what was meant for it is done to it.
    pub fn came_up(&self) {
        let next = self.coming().pop_front();
        if let Some(how) = next {
            self.disturb(how);
        }
    }

    /// Sends a dispatch to whom it concerns.
    pub fn dispatch(&self, name: &str, needs: u64, guild: Option<Id>, data: &Value, closed: bool) {
        let mut sessions = self.sessions();
        let mut open_text = None;
        let mut closed_text = None;
        for session in sessions.values_mut().filter(|session| session.wants(needs, guild)) {
            let text = if closed && session.intents & intents::MESSAGE_CONTENT == 0 {
                closed_text.get_or_insert_with(|| {
                    let mut data = data.clone();
                    objects::close(&mut data);
                    data.to_string()
                })
            } else {
                open_text.get_or_insert_with(|| data.to_string())
            };
            session.send(name, text);
        }
    }

    /// How many shards are connected.
    pub fn connected(&self) -> usize {
        self.sessions().values().filter(|session| session.line.is_some()).count()
    }

    /// Disturbs every connection.
    pub fn disturb(&self, how: Disturbance) {
        if let Disturbance::Silent(count) = how {
            self.unanswered.store(count.unwrap_or(FOREVER), Ordering::Release);
            return;
        }
        let mut sessions = self.sessions();
        let told = |op: u8, data: Value| {
            Out::Payload(json!({"op": op, "t": null, "s": null, "d": data}).to_string())
        };
        for session in sessions.values_mut() {
            let Some(line) = &session.line else { continue };
            session.invalid |= matches!(how, Disturbance::Invalid { .. });
            let out = match how {
                Disturbance::Reconnect => told(7, Value::Null),
                Disturbance::Invalid { resumable } => told(9, json!(resumable)),
                Disturbance::Close(code) => Out::Close(Close(code, "As asked.")),
                Disturbance::Cut | Disturbance::Silent(_) => Out::Cut,
            };
            // A closed line is a connection that is ending anyway.
            let _ = line.send(out);
        }
        if how == (Disturbance::Invalid { resumable: false }) {
            sessions.clear();
        }
    }

    /// The connections as people see them.
    pub fn view(&self) -> Value {
        let sessions = self.sessions();
        let mut live: Vec<_> = sessions.values().filter(|session| session.line.is_some()).collect();
        live.sort_by_key(|session| session.shard);
        live.iter()
            .map(|session| {
                json!({
                    "shard": session.shard.0, "since": session.since, "resumed": session.resumed,
                    "heartbeats": session.heartbeats, "last_seq": session.seq, "intents": session.intents,
                })
            })
            .collect()
    }
}

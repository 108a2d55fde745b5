//! The gateway, version 10, JSON (Gateway; Gateway Events; Opcodes and Status Codes).

mod compression;
pub mod hub;
mod members;

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::extract::ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade};
use axum::extract::{Query, State};
use axum::response::Response;
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::sync::mpsc;
use tracing::{debug, info, warn};

use crate::app::{App, stopped};
use compression::Packer;
use hub::{Identify, Out, Resume};

/// How often a bot has to show that it lives, in milliseconds, unless the sandbox is told otherwise.
pub const HEARTBEAT_MS: u64 = 41_250;
/// The largest payload that a bot may send, in bytes.
const PAYLOAD_MOST: usize = 4_096;
/// How many payloads a bot may send in a minute.
const A_MINUTE: usize = 120;

/// A close code with its reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Close(pub u16, pub &'static str);

impl Close {
    const UNKNOWN_OPCODE: Self = Self(4001, "Unknown opcode.");
    const DECODE_ERROR: Self = Self(4002, "Error while decoding payload.");
    const NOT_AUTHENTICATED: Self = Self(4003, "Not authenticated.");
    const AUTHENTICATION_FAILED: Self = Self(4004, "Authentication failed.");
    const ALREADY_AUTHENTICATED: Self = Self(4005, "Already authenticated.");
    const INVALID_SEQ: Self = Self(4007, "Invalid `seq`.");
    const RATE_LIMITED: Self = Self(4008, "Rate limited.");
    const SESSION_TIMED_OUT: Self = Self(4009, "Session timed out.");
    const INVALID_SHARD: Self = Self(4010, "Invalid shard.");
    const INVALID_VERSION: Self = Self(4012, "Invalid API version.");
    const INVALID_INTENTS: Self = Self(4013, "Invalid intent(s).");
    const DISALLOWED_INTENTS: Self = Self(4014, "Disallowed intent(s).");
    /// The sandbox ends.
    pub const GOING_AWAY: Self = Self(1001, "The sandbox is stopping.");

    /// Whether the session may be taken up again after it.
    fn is_resumable(self) -> bool {
        !matches!(self.0, 4004 | 4007 | 4009..=4014)
    }
}

/// What the address asks for.
#[derive(Debug, Default, Deserialize)]
pub struct Wish {
    v: Option<String>,
    encoding: Option<String>,
    compress: Option<String>,
}

/// Takes a connection.
pub async fn connect(
    State(app): State<Arc<App>>,
    Query(wish): Query<Wish>,
    upgrade: WebSocketUpgrade,
) -> Response {
    // The buffer is zeroed for each read, and 128 KiB unless said otherwise.
    let upgrade = upgrade.read_buffer_size(2 * PAYLOAD_MOST);
    upgrade.on_upgrade(move |socket| Connection::run(app, socket, wish))
}

/// One WebSocket of the bot.
struct Connection {
    app: Arc<App>,
    line: mpsc::UnboundedSender<Out>,
    session: Option<String>,
    packer: Packer,
    sent: VecDeque<Instant>,
    /// When the bot last showed that it lives.
    alive: tokio::time::Instant,
}

/// Why the loop goes on no more.
enum End {
    /// The bot closed; whether it may resume.
    Theirs { resumable: bool },
    /// We close.
    Ours(Close),
}

impl Connection {
    async fn run(app: Arc<App>, mut socket: WebSocket, wish: Wish) {
        let (line, mut lines) = mpsc::unbounded_channel();
        let packer = match Packer::new(wish.compress.as_deref()) {
            Some(packer) if wish.encoding.as_deref().is_none_or(|it| it == "json") => packer,
            _ => {
                warn!(?wish, "NOT SERVED: this encoding or compression of the gateway");
                close(&mut socket, Close::DECODE_ERROR).await;
                return;
            }
        };
        if wish.v.as_deref().is_some_and(|version| version != "10") {
            close(&mut socket, Close::INVALID_VERSION).await;
            return;
        }
        let alive = tokio::time::Instant::now();
        let mut connection = Self { app, line, session: None, packer, sent: VecDeque::new(), alive };
        let end = connection.talk(&mut socket, &mut lines).await;
        let resumable = match &end {
            End::Theirs { resumable } => *resumable,
            End::Ours(code) => code.is_resumable(),
        };
        // Before the bot hears of it: it may come back at once.
        if let Some(session) = &connection.session {
            info!(session, resumable, "the bot's gateway connection ended");
            connection.app.hub.ended(session, &connection.line, resumable);
        }
        if let End::Ours(code) = end {
            close(&mut socket, code).await;
        }
    }

    async fn talk(&mut self, socket: &mut WebSocket, lines: &mut mpsc::UnboundedReceiver<Out>) -> End {
        let hello = json!({"op": 10, "t": null, "s": null, "d": {"heartbeat_interval": self.app.hub.heartbeat_ms, "_trace": ["sandbox"]}});
        if !self.send(socket, hello.to_string()).await {
            return End::Theirs { resumable: true };
        }
        let mut stopping = self.app.stopping.subscribe();
        let silence = Duration::from_millis(self.app.hub.heartbeat_ms.saturating_mul(2));
        loop {
            let deadline = self.alive + silence;
            tokio::select! {
                biased;
                out = lines.recv() => match out {
                    Some(Out::Payload(text)) => {
                        if !self.send(socket, text).await {
                            return End::Theirs { resumable: true };
                        }
                    }
                    Some(Out::Close(code)) => return End::Ours(code),
                    Some(Out::Cut) => return End::Theirs { resumable: true },
                    None => return End::Ours(Close::GOING_AWAY),
                },
                message = socket.recv() => {
                    let text = match message {
                        Some(Ok(Message::Text(text))) => text.to_string(),
                        Some(Ok(Message::Binary(bytes))) => String::from_utf8_lossy(&bytes).into_owned(),
                        Some(Ok(Message::Ping(_) | Message::Pong(_))) => continue,
                        Some(Ok(Message::Close(frame))) => {
                            let over = frame.is_some_and(|frame| matches!(frame.code, 1000 | 1001));
                            return End::Theirs { resumable: !over };
                        }
                        Some(Err(_)) | None => return End::Theirs { resumable: true },
                    };
                    match self.hear(&text) {
                        Ok(Some(answer)) => {
                            if !self.send(socket, answer.to_string()).await {
                                return End::Theirs { resumable: true };
                            }
                        }
                        Ok(None) => {}
                        Err(code) => return End::Ours(code),
                    }
                }
                () = tokio::time::sleep_until(deadline) => return End::Ours(Close::SESSION_TIMED_OUT),
                () = stopped(&mut stopping) => return End::Ours(Close::GOING_AWAY),
            }
        }
    }

    async fn send(&mut self, socket: &mut WebSocket, text: String) -> bool {
        socket.send(self.packer.pack(text)).await.is_ok()
    }

    /// Takes one payload of the bot; what it answers, if anything.
    fn hear(&mut self, text: &str) -> Result<Option<Value>, Close> {
        if text.len() > PAYLOAD_MOST {
            return Err(Close::DECODE_ERROR);
        }
        self.pace()?;
        let payload: Value = serde_json::from_str(text).map_err(|_| Close::DECODE_ERROR)?;
        match payload["op"].as_u64().ok_or(Close::DECODE_ERROR)? {
            1 => {
                self.alive = tokio::time::Instant::now();
                let answered = self.app.hub.beat(self.session.as_deref());
                Ok(answered.then(|| json!({"op": 11, "t": null, "s": null, "d": null})))
            }
            2 => self.identify(&payload["d"]).map(|()| None),
            6 => self.resume(&payload["d"]),
            3 | 4 if self.is_authenticated() => Ok(None),
            8 if self.is_authenticated() => {
                members::answer(&self.app, self.session.as_deref().unwrap_or(""), &payload["d"]);
                Ok(None)
            }
            31 if self.is_authenticated() => {
                warn!(op = %payload["op"], "NOT SERVED: this opcode of the gateway; nothing will come of it");
                Ok(None)
            }
            3 | 4 | 8 | 31 => Err(Close::NOT_AUTHENTICATED),
            _ => Err(Close::UNKNOWN_OPCODE),
        }
    }

    fn pace(&mut self) -> Result<(), Close> {
        let now = Instant::now();
        self.sent.push_back(now);
        while self.sent.front().is_some_and(|first| now.duration_since(*first) > Duration::from_secs(60)) {
            self.sent.pop_front();
        }
        if self.sent.len() > A_MINUTE { Err(Close::RATE_LIMITED) } else { Ok(()) }
    }

    /// Whether there is a session, and it is good: after an Invalid Session (op 9) the bot may begin anew here.
    fn is_authenticated(&self) -> bool {
        self.session.as_deref().is_some_and(|id| self.app.hub.is_good(id, &self.line))
    }

    fn identify(&mut self, data: &Value) -> Result<(), Close> {
        if self.is_authenticated() {
            return Err(Close::ALREADY_AUTHENTICATED);
        }
        let identify = Identify::deserialize(data).map_err(|error| {
            debug!(%error, "an Identify that cannot be read");
            Close::DECODE_ERROR
        })?;
        self.packer.compress_payloads(identify.compress);
        let line = self.line.clone();
        let session = self.app.world(|world| self.app.hub.identify(world, &identify, line))?;
        info!(session, "the bot identified");
        self.takes_up(session);
        Ok(())
    }

    /// From now on the connection is this session's.
    fn takes_up(&mut self, session: String) {
        let before = self.session.replace(session).filter(|before| self.session.as_ref() != Some(before));
        if let Some(before) = before {
            self.app.hub.ended(&before, &self.line, true);
        }
        self.app.hub.came_up();
    }

    /// Resume (op 6): Invalid Session (op 9) where there is nothing to take up.
    fn resume(&mut self, data: &Value) -> Result<Option<Value>, Close> {
        if self.is_authenticated() {
            return Err(Close::ALREADY_AUTHENTICATED);
        }
        let resume = Resume::deserialize(data).map_err(|_| Close::DECODE_ERROR)?;
        match self.app.world(|_| self.app.hub.resume(&resume, &self.line))? {
            Some(session) => {
                info!(session, "the bot resumed");
                self.takes_up(session);
                Ok(None)
            }
            None => Ok(Some(json!({"op": 9, "t": null, "s": null, "d": false}))),
        }
    }
}

async fn close(socket: &mut WebSocket, code: Close) {
    let frame = CloseFrame { code: code.0, reason: code.1.into() };
    if socket.send(Message::Close(Some(frame))).await.is_err() {
        return;
    }
    // The other side answers a close with its own; wait for that, but not for long.
    let answer = async { while let Some(Ok(_)) = socket.recv().await {} };
    let _ = tokio::time::timeout(Duration::from_secs(1), answer).await;
}

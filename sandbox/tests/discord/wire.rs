//! A bare bot: one WebSocket, and every dispatch read by twilight too.

use std::io::Read;

use futures_util::{SinkExt, StreamExt};
use serde::de::DeserializeSeed;
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};
use twilight_model::gateway::event::GatewayEventDeserializer;

use crate::support::{Stage, soon};

/// Servers, their messages, DMs.
pub const INTENTS: u64 = 1 | 1 << 9 | 1 << 12;

pub struct Wire {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    pub token: String,
    pub seq: u64,
    pub session: String,
    stream: Option<flate2::Decompress>,
    pub binary: usize,
}

impl Wire {
    /// Opens a connection and takes Hello.
    pub async fn open(stage: &Stage, query: &str) -> Self {
        let url = format!("ws://{}/gateway?{query}", stage.sandbox.addr());
        let (socket, _) = soon(connect_async(url)).await.unwrap();
        let stream = query.contains("zlib-stream").then(|| flate2::Decompress::new(true));
        let token = stage.sandbox.token().to_owned();
        let mut wire = Self { socket, token, seq: 0, session: String::new(), stream, binary: 0 };
        let hello = wire.next().await.unwrap();
        assert_eq!(hello["op"], 10);
        assert!(hello["d"]["heartbeat_interval"].as_u64().unwrap() > 0);
        wire
    }

    /// Opens, identifies and takes Ready.
    pub async fn ready(stage: &Stage) -> Self {
        Self::with_intents(stage, INTENTS).await
    }

    pub async fn with_intents(stage: &Stage, intents: u64) -> Self {
        let mut wire = Self::open(stage, "v=10&encoding=json").await;
        wire.identify(json!({"intents": intents})).await;
        wire.dispatch("READY").await;
        wire
    }

    pub async fn identify(&mut self, more: Value) {
        let mut data =
            json!({"token": self.token, "properties": {"os": "test", "browser": "test", "device": "test"}});
        for (key, value) in more.as_object().unwrap() {
            data[key] = value.clone();
        }
        self.send(json!({"op": 2, "d": data})).await;
    }

    pub async fn resume(&mut self, session: &str, seq: u64) {
        self.send(json!({"op": 6, "d": {"token": self.token, "session_id": session, "seq": seq}})).await;
    }

    pub async fn send(&mut self, payload: Value) {
        self.say(payload.to_string()).await;
    }

    pub async fn say(&mut self, text: String) {
        self.socket.send(Message::Text(text.into())).await.unwrap();
    }

    /// The next payload, or the code that the other side closed with.
    pub async fn next(&mut self) -> Result<Value, u16> {
        loop {
            let text = match soon(self.socket.next()).await {
                Some(Ok(Message::Text(text))) => text.to_string(),
                Some(Ok(Message::Binary(bytes))) => {
                    self.binary += 1;
                    self.unpack(&bytes)
                }
                Some(Ok(Message::Close(frame))) => return Err(frame.map_or(1005, |frame| frame.code.into())),
                Some(Ok(_)) => continue,
                Some(Err(_)) | None => return Err(1006),
            };
            let payload: Value = serde_json::from_str(&text).unwrap();
            if let Some(seq) = payload["s"].as_u64() {
                self.seq = seq;
            }
            if payload["op"] == 0 {
                understood(&text);
                if payload["t"] == "READY" {
                    self.session = payload["d"]["session_id"].as_str().unwrap().to_owned();
                }
            }
            return Ok(payload);
        }
    }

    fn unpack(&mut self, bytes: &[u8]) -> String {
        let mut out = Vec::with_capacity(1 << 20);
        match &mut self.stream {
            Some(stream) => {
                assert!(bytes.ends_with(&[0, 0, 255, 255]), "a zlib stream is flushed after each payload");
                stream.decompress_vec(bytes, &mut out, flate2::FlushDecompress::Sync).unwrap();
            }
            None => drop(flate2::read::ZlibDecoder::new(bytes).read_to_end(&mut out).unwrap()),
        }
        String::from_utf8(out).unwrap()
    }

    /// The next dispatch of this name; others are passed over.
    pub async fn dispatch(&mut self, name: &str) -> Value {
        loop {
            let payload = self.next().await.unwrap_or_else(|code| panic!("closed with {code} before {name}"));
            if payload["t"] == name {
                return payload["d"].clone();
            }
        }
    }

    /// That nothing of this name came before the heartbeat's answer.
    pub async fn names_until_ack(&mut self) -> Vec<String> {
        self.send(json!({"op": 1, "d": self.seq})).await;
        let mut names = Vec::new();
        loop {
            let payload = self.next().await.unwrap();
            match payload["op"].as_u64() {
                Some(11) => return names,
                _ => names.push(payload["t"].as_str().unwrap_or("").to_owned()),
            }
        }
    }

    /// Leaves with a close code.
    pub async fn close(mut self, code: u16) {
        let frame =
            tokio_tungstenite::tungstenite::protocol::CloseFrame { code: code.into(), reason: "".into() };
        self.socket.close(Some(frame)).await.unwrap();
        while let Some(Ok(_)) = self.socket.next().await {}
    }

    /// The code that the other side closes with.
    pub async fn closed(&mut self) -> u16 {
        loop {
            if let Err(code) = self.next().await {
                return code;
            }
        }
    }
}

/// What serenity's rival makes of a dispatch: an error is a field that is missing or wrong.
fn understood(text: &str) {
    let event = GatewayEventDeserializer::from_json(text).unwrap();
    let mut json = serde_json::Deserializer::from_str(text);
    if let Err(error) = event.deserialize(&mut json) {
        panic!("twilight does not understand {text}: {error}");
    }
}

/// A person acts while the bot answers; both see it through.
pub async fn meanwhile<A, B>(act: impl Future<Output = A>, reply: impl Future<Output = B>) -> (A, B) {
    tokio::join!(act, reply)
}

/// Answers an interaction: status and body.
pub async fn callback(stage: &Stage, interaction: &Value, body: Value) -> (u16, Value) {
    let path = format!(
        "/interactions/{}/{}/callback?with_response=true",
        interaction["id"].as_str().unwrap(),
        interaction["token"].as_str().unwrap()
    );
    stage.rest("POST", &path, Some(body)).await
}

/// The path of an interaction's webhook.
pub fn webhook(interaction: &Value) -> String {
    format!(
        "/webhooks/{}/{}",
        interaction["application_id"].as_str().unwrap(),
        interaction["token"].as_str().unwrap()
    )
}

//! Answering an interaction (Discord: "Receiving and Responding").
//!
//! Handlers say what is to be shown; here it is sent. What takes longer than [`DEFER_AFTER`] is
//! deferred, so Discord's three seconds always hold. Every failure ends in a private answer.
//!
//! What a crash leaves:
//!
//! | moment | state | who goes on |
//! | --- | --- | --- |
//! | before what was asked for is durable | nothing of it | the person: Discord tells them that nobody answered |
//! | durable, the answer not sent | it is done; the person does not know | the person: lists show it, and a button pressed again shows how things stand |
//! | deferred, not followed | as in the two above; Discord shows "thinking" for 15 minutes | the person, as above |
//! | answered | it is done, and they know | nobody needs to |

use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::time::Duration;

use anyhow::anyhow;
use futures_util::FutureExt as _;
use serde::Serialize;
use serde_json::json;
use serenity::all::{CreateAttachment, Http, InteractionId};
use serenity::http::{HttpError, StatusCode};

use super::app::App;
use super::failure::Failure;
use super::message::{File, Message, Modal};
use super::person::Person;
use crate::id::Id;
use crate::store::StoreError;
use crate::texts::shown;

/// How long a handler may work before its answer is deferred.
pub const DEFER_AFTER: Duration = Duration::from_millis(1_800);
/// How often a first response is tried, and how long each try but the last may take.
const TRIES: u32 = 3;
const TRY: Duration = Duration::from_secs(1);
/// `flags` of a message that only the one who asked can see.
const EPHEMERAL: u64 = 1 << 6;
/// Discord's code for an interaction that was answered already.
const ALREADY_ACKNOWLEDGED: isize = 40060;

/// What a handler wants shown.
#[derive(Clone, Debug, PartialEq)]
pub enum Show {
    /// A new private message.
    Reply(Message),
    /// The message that bears what was pressed changes into this; where there is none, a new private message.
    Update(Message),
    /// A form. Only for handlers that are quick: a form cannot follow a deferral.
    Modal(Modal),
}

impl Show {
    /// What would come as a new message changes the one that was pressed.
    #[must_use]
    pub fn in_place(self) -> Self {
        match self {
            Self::Reply(message) => Self::Update(message),
            other => other,
        }
    }

    /// With other first words.
    #[must_use]
    pub fn beginning(self, content: String) -> Self {
        match self {
            Self::Reply(message) => Self::Reply(Message { content, ..message }),
            Self::Update(message) => Self::Update(Message { content, ..message }),
            other @ Self::Modal(_) => other,
        }
    }

    /// What would change the message that was pressed comes as a new one.
    #[must_use]
    pub fn anew(self) -> Self {
        match self {
            Self::Update(message) => Self::Reply(message),
            other => other,
        }
    }
}

/// What is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum On {
    /// A command, or a form that a command opened.
    Command,
    /// Something on a message: a button, a menu, or a form that one of them opened.
    Message,
}

/// The line back to the one who asked.
#[derive(Clone, Copy)]
pub struct Line<'a> {
    /// Where to send.
    pub http: &'a Http,
    /// The interaction.
    pub id: InteractionId,
    /// Its token, good for 15 minutes.
    pub token: &'a str,
    /// What it is about.
    pub on: On,
}

/// Runs a handler and sends what it shows, deferring it where it is slow and telling of any failure.
pub async fn answer<F>(app: &App, line: Line<'_>, person: &Person, work: F)
where
    F: Future<Output = Result<Show, Failure>> + Send,
{
    let _under_way = app.in_flight.begin();
    let work = AssertUnwindSafe(work).catch_unwind();
    tokio::pin!(work);
    let (outcome, deferred) = tokio::select! {
        outcome = &mut work => (outcome, false),
        () = tokio::time::sleep(DEFER_AFTER) => {
            let deferred = line.defer().await;
            if let Err(error) = &deferred {
                tracing::warn!(trace = %trace(line.id), user = %person.id, %error, "an answer could not be deferred");
            }
            (work.await, deferred.is_ok())
        }
    };
    let outcome = outcome.unwrap_or_else(|_| Err(Failure::Broken(anyhow!("a handler panicked"))));
    // A form asks for something, and a failure says that nothing was done.
    let done = matches!(outcome, Ok(Show::Reply(_) | Show::Update(_)));
    let show = outcome.unwrap_or_else(|failure| Show::Reply(told(app, line.id, person, failure)));
    let Err(error) = line.send(app, person, &show, deferred).await else { return };
    tracing::warn!(trace = %trace(line.id), user = %person.id, %error, "an answer could not be sent");
    if is_refused(&error) {
        let show = Show::Reply(unshown(app, line.id, person, done));
        if let Err(error) = line.send(app, person, &show, deferred).await {
            tracing::warn!(trace = %trace(line.id), user = %person.id, %error, "nor that it could not");
        }
    }
}

/// What an interaction is called in the log, and in what a person reads of a failure.
pub(super) fn trace(interaction: InteractionId) -> Id {
    Id(interaction.get())
}

/// Whether Discord refused what the answer says, rather than the interaction.
fn is_refused(error: &serenity::Error) -> bool {
    matches!(error, serenity::Error::Http(HttpError::UnsuccessfulRequest(response))
        if response.status_code == StatusCode::BAD_REQUEST && response.error.code != ALREADY_ACKNOWLEDGED)
}

/// What a person reads where Discord refused the answer; whether what they asked for was done.
fn unshown(app: &App, interaction: InteractionId, person: &Person, done: bool) -> Message {
    let trace = trace(interaction);
    tracing::error!(%trace, user = %person.id, "Discord refused an answer");
    let words = app.texts.words(Some(&person.locale));
    let key = if done { "error-unshown" } else { "error-broken" };
    Message::new(words.with(key, &[("trace", shown(trace))]))
}

/// What a person reads of a failure.
fn told(app: &App, interaction: InteractionId, person: &Person, failure: Failure) -> Message {
    match failure {
        Failure::Told(message) => *message,
        Failure::Broken(error) => {
            let trace = trace(interaction);
            tracing::error!(%trace, user = %person.id, error = format!("{error:#}"), "a handler failed");
            let words = app.texts.words(Some(&person.locale));
            let key = if is_of_disk(&error) { "error-disk" } else { "error-broken" };
            Message::new(words.with(key, &[("trace", shown(trace))]))
        }
    }
}

/// Whether the store itself failed, so that nobody knows how much of a change stands.
fn is_of_disk(error: &anyhow::Error) -> bool {
    matches!(error.downcast_ref(), Some(StoreError::Broken(_) | StoreError::Engine(_)))
}

fn attached(files: &[File]) -> Vec<CreateAttachment> {
    files.iter().map(|file| CreateAttachment::bytes(file.bytes.clone(), file.name.as_str())).collect()
}

/// An interaction response (Discord: "Interaction Response Structure").
#[derive(Serialize)]
struct Callback<T> {
    #[serde(rename = "type")]
    kind: u8,
    data: T,
}

#[derive(Serialize)]
struct Private<'a> {
    #[serde(flatten)]
    message: &'a Message,
    flags: u64,
}

impl<'a> Private<'a> {
    fn new(message: &'a Message) -> Self {
        Self { message, flags: EPHEMERAL }
    }
}

impl Line<'_> {
    async fn send(self, app: &App, person: &Person, show: &Show, deferred: bool) -> serenity::Result<()> {
        if deferred { self.follow(app, person, show).await } else { self.first(show).await }
    }

    /// The first response, within three seconds.
    async fn first(self, show: &Show) -> serenity::Result<()> {
        match (show, self.on) {
            (Show::Modal(modal), _) => self.callback(&Callback { kind: 9, data: modal }, &[]).await,
            (Show::Update(message), On::Message) => {
                self.callback(&Callback { kind: 7, data: message }, &message.files).await
            }
            (Show::Update(message), On::Command) | (Show::Reply(message), _) => {
                self.callback(&Callback { kind: 4, data: Private::new(message) }, &message.files).await
            }
        }
    }

    async fn defer(self) -> serenity::Result<()> {
        self.callback(
            &match self.on {
                On::Command => json!({"type": 5, "data": {"flags": EPHEMERAL}}),
                On::Message => json!({"type": 6}),
            },
            &[],
        )
        .await
    }

    /// What follows a deferral.
    async fn follow(self, app: &App, person: &Person, show: &Show) -> serenity::Result<()> {
        let again;
        let message = match show {
            Show::Reply(message) | Show::Update(message) => message,
            Show::Modal(_) => {
                again = Message::new(app.texts.words(Some(&person.locale)).say("error-slow-form"));
                &again
            }
        };
        if self.on == On::Command || matches!(show, Show::Update(_)) {
            self.http
                .edit_original_interaction_response(self.token, message, attached(&message.files))
                .await?;
        } else {
            let files = attached(&message.files);
            self.http.create_followup_message(self.token, &Private::new(message), files).await?;
        }
        Ok(())
    }

    /// Sends a callback, again where the connection or Discord's side broke, or no answer came.
    async fn callback(self, body: &(impl Serialize + Sync), files: &[File]) -> serenity::Result<()> {
        let mut tries = 1;
        loop {
            let sent = self.http.create_interaction_response(self.id, self.token, body, attached(files));
            // The last try ends with the client's own patience.
            let patience = if tries < TRIES { TRY } else { Duration::MAX };
            let error = match tokio::time::timeout(patience, sent).await {
                Ok(Ok(())) => return Ok(()),
                Ok(Err(error)) => error,
                Err(_) => {
                    tries += 1;
                    continue;
                }
            };
            match &error {
                // An earlier try arrived after all.
                serenity::Error::Http(HttpError::UnsuccessfulRequest(response))
                    if tries > 1 && response.error.code == ALREADY_ACKNOWLEDGED =>
                {
                    return Ok(());
                }
                serenity::Error::Http(HttpError::UnsuccessfulRequest(response))
                    if response.status_code < StatusCode::INTERNAL_SERVER_ERROR =>
                {
                    return Err(error);
                }
                _ if tries == TRIES => return Err(error),
                // A broken connection is given a moment; within three seconds there is time for few.
                _ => tokio::time::sleep(Duration::from_millis(100)).await,
            }
            tries += 1;
        }
    }
}

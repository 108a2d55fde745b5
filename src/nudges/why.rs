//! `/nudge why`: why something came, or why nothing did, as a doctor would go through it. Each finding
//! that can be mended has its mend as a button.
//!
//! | looked at, in this order | mend |
//! | --- | --- |
//! | whether letters reach the member at all | try again |
//! | a pause | resume |
//! | what waits to be answered, for a rhythm brings nothing before that | the inbox, or the nudge itself |
//! | what comes next, and what it counts from | |
//! | what holds it back: pause, quiet day, quiet hours, the weekly digest, a full day | settings, or resume |
//! | that there is no rhythm, and nothing planned | a rhythm, a plan |
//! | what came last, and why | |

use jiff::Timestamp;

use super::because::because;
use super::bundle::Bundle;
use super::press::NudgePress;
use super::{Came, Nudge, State, pause, store, views};
use crate::connections::press::ConnectionPress;
use crate::connections::views::bold;
use crate::connections::who::{self, Meant};
use crate::connections::{self, Connection, Turn};
use crate::delivery::{self, To};
use crate::discord::answer::Show;
use crate::discord::custom_id::Press as _;
use crate::discord::failure::Failure;
use crate::discord::message::{BUTTONS, Button, Embed, Message};
use crate::discord::text::{cut, day, moment, plain, relative};
use crate::id::Id;
use crate::members::press::MemberPress;
use crate::members::views::COLOR;
use crate::members::{self, Asking, Hold, letterbox};
use crate::say;
use crate::store::Tx;
use crate::texts::Words;
use crate::when::{By, Coming};

/// One thing that was found.
#[derive(Clone, Debug, PartialEq)]
pub enum Finding {
    /// Discord refuses what is sent there; so many nudges wait.
    Unreachable(To, usize),
    /// The member and Kith have no server in common, so Discord brings no DM; so many wait.
    Apart(usize),
    /// The member left the thread where nudges come; so many wait.
    Left(usize),
    /// A pause is on until then.
    Paused(Timestamp),
    /// So many wait to be answered.
    Waiting(usize),
    /// This one waits to be answered, and the next one of its rhythm for that.
    Open(Id),
    /// This comes next: about what, when.
    Next(String, Coming),
    /// This was planned about a connection.
    Planned(String, Coming),
    /// What holds that back.
    Held(Hold, Timestamp),
    /// The rhythm, which has its days in the calendar.
    Rhythm(String),
    /// The rhythm, and what it counts from: the last touch, or the adding.
    Counts {
        /// The rhythm in words.
        every: String,
        /// From when it counts.
        since: Timestamp,
        /// Whether that was a touch.
        touched: bool,
    },
    /// A connection has no rhythm.
    NoRhythm(Id),
    /// Nothing is planned, and nobody has a rhythm.
    Nothing,
    /// This came last.
    Last(Box<Came>, String),
}

/// Goes through everything, or through one connection.
///
/// # Errors
/// The store's.
pub fn why(tx: &mut Tx<'_>, asking: &Asking<'_>, who: &str) -> Result<Show, Failure> {
    let owner = asking.person.id;
    if who.trim().is_empty() {
        let findings = of_all(tx, asking)?;
        return Ok(Show::Reply(view(asking.words, None, &findings)));
    }
    let network = connections::store::known(tx, owner, who)?;
    match who::resolve(who, &network) {
        Meant::One(connection) => {
            let findings = of_one(tx, asking, connection)?;
            Ok(Show::Reply(view(asking.words, Some(connection), &findings)))
        }
        Meant::Several(found) => {
            let pick = NudgePress::Why.id();
            Ok(Show::Reply(connections::views::which(asking.words, who, &found, pick)))
        }
        Meant::Nobody => connections::acts::nobody(tx, asking, who),
    }
}

/// Goes through the connection that was chosen.
///
/// # Errors
/// The store's, or the connection is gone.
pub fn chosen(tx: &mut Tx<'_>, asking: &Asking<'_>, id: &str) -> Result<Show, Failure> {
    why(tx, asking, &format!("={id}"))
}

/// What holds for everything that could come.
fn always(tx: &mut Tx<'_>, asking: &Asking<'_>) -> Result<Vec<Finding>, Failure> {
    let to = letterbox(&asking.member, asking.person.id);
    let mut findings = Vec::new();
    if delivery::unreachable(tx, to)?.is_some() {
        let held = delivery::held(tx, to)?;
        let waiting = members::thread::brought(tx, asking, &held)?;
        findings.push(if delivery::is_left(tx, to)? {
            Finding::Left(waiting)
        } else if delivery::is_apart(tx, to)? {
            Finding::Apart(waiting)
        } else {
            Finding::Unreachable(to, waiting)
        });
    }
    if asking.member.is_paused(asking.now) {
        findings.extend(asking.member.pause.map(|pause| Finding::Paused(pause.until)));
    }
    Ok(findings)
}

fn of_all(tx: &mut Tx<'_>, asking: &Asking<'_>) -> Result<Vec<Finding>, Failure> {
    let owner = asking.person.id;
    let mut findings = always(tx, asking)?;
    let network = connections::store::network(tx, owner)?;
    let waiting = store::open(tx, owner)?.len();
    if waiting > 0 {
        findings.push(Finding::Waiting(waiting));
    }
    let planned = store::planned(tx, owner)?;
    let next = planned.first().map(|nudge| (nudge.coming, nudge.by(), nudge.about.clone()));
    let turns = network.iter().filter_map(|it| match it.turn {
        Turn::Planned(coming) => Some((coming, By::Rhythm, it.name.clone())),
        Turn::Off | Turn::Open(_) => None,
    });
    match turns.chain(next).min_by_key(|(coming, _, _)| coming.at) {
        Some((coming, by, about)) => findings.extend(coming_up(asking, about, coming, by)),
        None if waiting == 0 => findings.push(Finding::Nothing),
        None => {}
    }
    if let Some(came) = store::latest(tx, owner, |_| true)? {
        let connection = store::about(tx, owner, came.connection)?;
        findings.push(last(asking.words, came, connection.as_ref()));
    }
    Ok(findings)
}

fn of_one(tx: &mut Tx<'_>, asking: &Asking<'_>, connection: &Connection) -> Result<Vec<Finding>, Failure> {
    let owner = asking.person.id;
    let mut findings = always(tx, asking)?;
    match (connection.turn, connection.every) {
        (Turn::Open(nudge), _) => findings.push(Finding::Open(nudge)),
        (Turn::Planned(coming), every) => {
            findings.extend(coming_up(asking, connection.name.clone(), coming, By::Rhythm));
            findings.extend(every.map(|every| match &connection.last {
                _ if !every.is_interval() => Finding::Rhythm(every.to_string()),
                last => Finding::Counts {
                    every: every.to_string(),
                    since: last.as_ref().map_or(connection.added, |last| last.at),
                    touched: last.is_some(),
                },
            }));
        }
        (Turn::Off, _) => findings.push(Finding::NoRhythm(connection.id)),
    }
    let about = |nudge: &Nudge| nudge.connection == Some(connection.id);
    if let Some(nudge) = store::planned(tx, owner)?.into_iter().find(about) {
        let held = asking.member.hold(nudge.coming, nudge.by());
        findings.push(Finding::Planned(nudge.about, nudge.coming));
        findings.extend(held.map(|hold| Finding::Held(hold, nudge.coming.meant())));
    }
    if let Some(came) = store::latest(tx, owner, |came| came.connection == Some(connection.id))? {
        findings.push(last(asking.words, came, Some(connection)));
    }
    Ok(findings)
}

/// What comes, and what holds it back.
fn coming_up(asking: &Asking<'_>, about: String, coming: Coming, by: By) -> Vec<Finding> {
    let held = asking.member.hold(coming, by).map(|hold| Finding::Held(hold, coming.meant()));
    [Finding::Next(about, coming)].into_iter().chain(held).collect()
}

fn last(words: Words<'_>, came: Came, connection: Option<&Connection>) -> Finding {
    let about = match connection {
        Some(connection) if came.about.is_empty() => connection.name.clone(),
        _ if came.about.is_empty() => words.say("nudge-gone-about"),
        _ => came.about.clone(),
    };
    Finding::Last(Box::new(came), about)
}

pub(super) fn view(words: Words<'_>, connection: Option<&Connection>, findings: &[Finding]) -> Message {
    let first = match connection {
        Some(connection) => say!(words, "why-first-of", name = bold(&connection.name)),
        None => words.say("why-first"),
    };
    let lines: Vec<String> = findings.iter().map(|it| format!("• {}", line(words, it))).collect();
    let mut buttons: Vec<Button> = Vec::new();
    for button in findings.iter().filter_map(|it| mend(words, it)) {
        if buttons.len() < BUTTONS && !buttons.contains(&button) {
            buttons.push(button);
        }
    }
    let message = Message::new(first).embed(Embed::new(lines.join("\n")).color(COLOR));
    if buttons.is_empty() { message } else { message.buttons(buttons) }
}

fn line(words: Words<'_>, finding: &Finding) -> String {
    match finding {
        Finding::Unreachable(To::Person(_), waiting) => say!(words, "why-closed-dms", count = *waiting),
        Finding::Unreachable(To::Channel(_), waiting) => {
            say!(words, "why-closed-thread", count = *waiting)
        }
        Finding::Apart(waiting) => say!(words, "why-apart-dms", count = *waiting),
        Finding::Left(waiting) => say!(words, "why-left-thread", count = *waiting),
        Finding::Paused(until) => say!(words, "why-paused", until = moment(*until), when = relative(*until)),
        Finding::Waiting(count) => say!(words, "why-waiting", count = *count),
        Finding::Open(nudge) => say!(words, "why-open", since = relative(nudge.time())),
        Finding::Next(about, coming) => {
            let about = plain(&cut(about, 80));
            say!(words, "why-next", about = about, at = moment(coming.at), when = relative(coming.at))
        }
        Finding::Planned(about, coming) => {
            let about = plain(&cut(about, 80));
            say!(words, "why-planned", about = about, at = moment(coming.at), when = relative(coming.at))
        }
        Finding::Held(hold, meant) => {
            let key = match hold {
                Hold::Pause => "why-held-pause",
                Hold::QuietDay => "why-held-quiet-day",
                Hold::BeforeQuietDay => "why-held-before-quiet-day",
                Hold::QuietHours => "why-held-quiet-hours",
                Hold::Weekly => "why-held-weekly",
                Hold::Full => "why-held-full",
                Hold::FullWeek => "why-held-full-week",
            };
            words.with(key, &[("meant", moment(*meant).into())])
        }
        Finding::Rhythm(every) => say!(words, "why-rhythm", every = every.as_str()),
        Finding::Counts { every, since, touched } => {
            let key = if *touched { "why-counts" } else { "why-counts-from-adding" };
            words.with(key, &[("every", every.as_str().into()), ("since", day(*since).into())])
        }
        Finding::NoRhythm(_) => words.say("why-no-rhythm"),
        Finding::Nothing => words.say("why-nothing"),
        Finding::Last(came, about) => {
            let (at, kind) = (came.id.time(), views::heading(words, came));
            let why = because(words, &came.because);
            let about = plain(&cut(about, 80));
            let state = state(came.state);
            say!(words, "why-last", about = about, at = relative(at), kind = kind, why = why, state = state)
        }
    }
}

/// A state as the texts name it.
fn state(state: State) -> &'static str {
    match state {
        State::Open => "open",
        State::Done(_) => "done",
        State::Snoozed(_) => "snoozed",
        State::Skipped => "skipped",
        State::Stopped => "stopped",
        State::Passed => "passed",
    }
}

fn mend(words: Words<'_>, finding: &Finding) -> Option<Button> {
    let secondary = |key: &str, press: String| Some(Button::secondary(words.with(key, &[]), press));
    match finding {
        Finding::Unreachable(To::Person(_), _) | Finding::Apart(_) => {
            secondary("button-try-again", MemberPress::TryDms.id())
        }
        Finding::Unreachable(To::Channel(_), _) => secondary("button-try-again", MemberPress::TryThread.id()),
        Finding::Left(_) => secondary("button-use-thread", MemberPress::Thread.id()),
        Finding::Paused(_) | Finding::Held(Hold::Pause, _) => Some(pause::resume_button(words)),
        Finding::Waiting(_) => secondary("button-inbox", NudgePress::Bundle(Bundle::Inbox(0)).id()),
        Finding::Open(nudge) => {
            secondary("button-answer-it", NudgePress::EntryOf(Bundle::Inbox(0), *nudge).id())
        }
        Finding::Held(_, _) => secondary("button-settings", MemberPress::Settings.id()),
        Finding::NoRhythm(connection) => {
            secondary("button-set-rhythm", ConnectionPress::Rhythm(*connection).id())
        }
        Finding::Nothing => secondary("button-plan", NudgePress::Plan.id()),
        Finding::Next(..)
        | Finding::Planned(..)
        | Finding::Rhythm(_)
        | Finding::Counts { .. }
        | Finding::Last(..) => None,
    }
}

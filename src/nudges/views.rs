//! What a member sees of nudges.

use jiff::Timestamp;

use super::because::because;
use super::forms::Refusal;
use super::press::NudgePress;
use super::{ABOUT, Because, Came, Kind, Nudge, State, dates};
use crate::connections::press::ConnectionPress;
use crate::connections::views::{bold, bold_within, last_line};
use crate::connections::{Connection, Turn};
use crate::discord::custom_id::Press as _;
use crate::discord::message::{Button, Choice, Embed, Menu, Message, Style};
use crate::discord::text::{cut, day, moment, plain, plain_within, relative};
use crate::id::Id;
use crate::members::Hold;
use crate::members::views::{misread, misread_rhythm};
use crate::say;
use crate::texts::Words;
use crate::when::{Asker, once};

/// Most characters of an opener or a way: three of each fit into an embed with all else that stands there.
const OPENER: usize = 280;
/// Most characters of the first line, which is what a phone shows of a letter.
const FIRST: usize = 89;
/// Most characters of a name in it, and where what the member wrote stands beside it.
const NAME: usize = 60;
const NAME_WITH: usize = 40;

/// A kind's colour, which always stands with its word and emoji.
#[must_use]
pub fn color(kind: Kind) -> u32 {
    match kind {
        Kind::FollowUp => 0x3b_82_c4,
        Kind::GiveValue => 0x2f_9e_63,
        Kind::AskFeedback => 0xd0_8b_1d,
        Kind::AskReferral => 0xc0_5a_8e,
        Kind::CheckIn => 0x7a_63_c9,
        Kind::Reflect => 0x5b_7c_8d,
        Kind::Custom => 0x8a_8f_98,
    }
}

/// A kind's emoji and word.
#[must_use]
pub fn kind_name(words: Words<'_>, kind: Kind) -> String {
    words.say(match kind {
        Kind::FollowUp => "kind-follow-up",
        Kind::GiveValue => "kind-give-value",
        Kind::AskFeedback => "kind-ask-feedback",
        Kind::AskReferral => "kind-ask-referral",
        Kind::CheckIn => "kind-check-in",
        Kind::Reflect => "kind-reflect",
        Kind::Custom => "kind-custom",
    })
}

/// What kind of nudge came, as its heading.
#[must_use]
pub fn heading(words: Words<'_>, came: &Came) -> String {
    match came.because {
        Because::Date { birthday, .. } => dates::views::kind(words, birthday),
        _ => kind_name(words, came.kind),
    }
}

/// The letter of a nudge that came.
#[must_use]
pub fn letter(words: Words<'_>, came: &Came, connection: Option<&Connection>) -> Message {
    let first = first_line(words, came, connection);
    let embed = embed(words, came, connection, &first);
    Message::new(first).embed(embed).buttons(buttons(words, came, connection))
}

/// Who and why, in under 90 characters.
fn first_line(words: Words<'_>, came: &Came, connection: Option<&Connection>) -> String {
    let about = |around: String| plain_within(&came.about, FIRST - around.chars().count().min(FIRST));
    let Some(connection) = connection else {
        let about = about(say!(words, "nudge-first-about", about = ""));
        return say!(words, "nudge-first-about", about = about);
    };
    if !came.about.is_empty() {
        let name = bold_within(&connection.name, NAME_WITH);
        let about = about(say!(words, "nudge-first-with", name = name.as_str(), about = ""));
        return say!(words, "nudge-first-with", name = name, about = about);
    }
    let name = bold_within(&connection.name, NAME);
    let key = match came.kind {
        Kind::FollowUp | Kind::Custom | Kind::Reflect => "nudge-first-follow-up",
        Kind::GiveValue => "nudge-first-give-value",
        Kind::AskFeedback => "nudge-first-ask-feedback",
        Kind::AskReferral => "nudge-first-ask-referral",
        Kind::CheckIn => "nudge-first-check-in",
    };
    words.with(key, &[("name", name.into())])
}

/// Why now, what is known, what one could do, when it comes again; `first` is what stands above it.
fn embed(words: Words<'_>, came: &Came, connection: Option<&Connection>, first: &str) -> Embed {
    let mut parts = vec![format!("**{}** · {}", heading(words, came), because(words, &came.because))];
    parts.extend(came.late.map(|late| say!(words, "nudge-late", when = relative(late))));
    if !first.contains(&plain(&came.about)) {
        parts.push(plain_within(&came.about, 1_500));
    }
    if let Some(connection) = connection {
        let mut known = Vec::new();
        if let Some(last) = &connection.last {
            known.push(say!(words, "nudge-last", last = last_line(words, last)));
        }
        if let Some(note) = &connection.note {
            known.push(say!(words, "nudge-note", note = plain_within(note, 300)));
        }
        if !known.is_empty() {
            parts.push(known.join("\n"));
        }
    }
    if !came.ways.is_empty() {
        let ways: Vec<String> =
            came.ways.iter().map(|it| format!("- {}", plain_within(&it.text, OPENER))).collect();
        parts.push(format!("{}\n{}", words.say("nudge-ways"), ways.join("\n")));
    }
    if !came.openers.is_empty() {
        let openers: Vec<String> =
            came.openers.iter().map(|it| format!("> {}", plain_within(&it.text, OPENER))).collect();
        let key = if came.kind == Kind::Reflect { "nudge-questions" } else { "nudge-openers" };
        parts.push(format!("{}\n{}", words.with(key, &[]), openers.join("\n")));
    }
    let embed = Embed::new(parts.join("\n\n")).color(color(came.kind));
    match again(words, came, connection) {
        Some(again) => embed.footer(again),
        None => embed,
    }
}

/// When it comes again.
fn again(words: Words<'_>, came: &Came, connection: Option<&Connection>) -> Option<String> {
    if let Because::Date { yearly, .. } = came.because {
        return yearly.then(|| words.say("nudge-footer-yearly"));
    }
    let planned = !came.about.is_empty();
    let every = if planned { came.repeat } else { connection.and_then(|connection| connection.every) }?;
    let counted = !planned && every.is_interval();
    let key = if counted { "nudge-footer" } else { "nudge-footer-fixed" };
    Some(words.with(key, &[("every", every.to_string().into())]))
}

fn buttons(words: Words<'_>, came: &Came, connection: Option<&Connection>) -> Vec<Button> {
    let mut buttons = answers(words, came, Style::Primary);
    buttons.extend(connection.map(|connection| show(words, connection)));
    buttons
}

/// What one can answer to a nudge as it stands, with *Done* in the style `done`.
pub(super) fn answers(words: Words<'_>, came: &Came, done: Style) -> Vec<Button> {
    let done = Button::new(done, words.say("button-done"), NudgePress::Done(came.id).id());
    let undo = Button::secondary(words.say("button-undo"), NudgePress::Undo(came.id).id());
    let mut buttons = Vec::new();
    if matches!(came.state, State::Open | State::Snoozed(_)) {
        buttons.push(done);
    }
    if came.state == State::Open {
        buttons.push(Button::secondary(words.say("button-snooze"), NudgePress::Snooze(came.id).id()));
        buttons.push(Button::secondary(words.say("button-skip"), NudgePress::Skip(came.id).id()));
        buttons.push(Button::secondary(words.say("button-stop"), NudgePress::Stop(came.id).id()));
    } else if came.undo.is_some() {
        buttons.push(undo);
    }
    buttons
}

fn show(words: Words<'_>, connection: &Connection) -> Button {
    Button::secondary(words.say("button-show"), ConnectionPress::Show(connection.id).id())
}

/// A nudge that came, as it stands now: open as its letter, else what became of it.
#[must_use]
pub fn standing(
    words: Words<'_>,
    came: &Came,
    connection: Option<&Connection>,
    planned: Option<&Nudge>,
) -> Message {
    if came.state == State::Open {
        return letter(words, came, connection);
    }
    let about = match connection {
        Some(connection) if came.about.is_empty() => bold(&connection.name),
        Some(connection) => format!("{}: {}", bold(&connection.name), plain(&cut(&came.about, 80))),
        None if came.about.is_empty() => words.say("nudge-gone-about"),
        None => plain(&cut(&came.about, 100)),
    };
    let next = match connection.map(|connection| connection.turn) {
        Some(Turn::Planned(coming)) => {
            say!(words, "nudge-next", day = day(coming.at), when = relative(coming.at))
        }
        _ => String::new(),
    };
    let text = match came.state {
        State::Open | State::Done(_) => {
            let happened = came.happened.as_deref().map(|it| format!(" “{}”", plain(&cut(it, 200))));
            say!(words, "nudge-done", about = about, happened = happened.unwrap_or_default(), next = next)
        }
        State::Snoozed(until) => {
            say!(words, "nudge-snoozed", about = about, until = moment(until), when = relative(until))
        }
        State::Skipped => say!(words, "nudge-skipped", about = about, next = next),
        State::Stopped => say!(words, "nudge-stopped", about = about),
        State::Passed => say!(words, "nudge-passed", about = about, next = next),
    };
    let mut text = text.trim_end().to_owned();
    if let Some(nudge) = planned {
        text = format!("{text}\n{}", then(words, nudge));
    }
    let mut buttons = answers(words, came, Style::Secondary);
    buttons.extend(connection.map(|connection| show(words, connection)));
    let message = Message::new(text);
    if buttons.is_empty() { message } else { message.buttons(buttons) }
}

/// The menu of times to snooze until, on the letter itself.
#[must_use]
pub fn snooze_menu(words: Words<'_>, asker: &Asker, shown: Message, menu: String, back: String) -> Message {
    const UNTIL: [(&str, &str); 6] = [
        ("snooze-tomorrow", "tomorrow"),
        ("snooze-3-days", "in 3 days"),
        ("snooze-1-week", "in 1 week"),
        ("snooze-2-weeks", "in 2 weeks"),
        ("snooze-1-month", "in 1 month"),
        ("snooze-3-months", "in 3 months"),
    ];
    let options = UNTIL.into_iter().map(|(key, phrase)| {
        let reading = once(phrase, asker).map(|read| read.reading).unwrap_or_default();
        Choice::new(words.with(key, &[]), phrase).description(reading)
    });
    let other = Choice::new(words.say("snooze-other"), OTHER).description(words.say("snooze-other-example"));
    Message { components: vec![], ..shown }
        .menu(Menu::new(menu, words.say("snooze-menu"), options.chain([other])))
        .buttons([Button::secondary(words.say("button-back"), back)])
}

/// The choice of a time that stands not in the menu.
pub const OTHER: &str = "?";

/// When what comes next can come, with its phrase.
pub const NEXT: [(&str, &str); 3] =
    [("snooze-tomorrow", "tomorrow"), ("snooze-1-week", "in 1 week"), ("snooze-2-weeks", "in 2 weeks")];

/// Asks when what comes next is to come; the draft holds what was typed.
#[must_use]
pub fn when_next(words: Words<'_>, next: &str, draft: Id) -> Message {
    let times = (0..).zip(NEXT).map(|(chosen, (key, _))| {
        let (label, press) = (words.with(key, &[]), NudgePress::DoneAt(draft, chosen).id());
        if chosen == 0 { Button::primary(label, press) } else { Button::secondary(label, press) }
    });
    let other = Button::secondary(words.say("snooze-other"), NudgePress::Again(draft).id());
    let none = Button::secondary(words.say("button-note-only"), NudgePress::DoneAt(draft, u8::MAX).id());
    Message::new(say!(words, "nudge-next-when", next = plain(&cut(next.trim(), 100))))
        .buttons(times.chain([other, none]))
}

/// What an answer planned to come next.
#[must_use]
pub fn then(words: Words<'_>, nudge: &Nudge) -> String {
    say!(words, "nudge-then", about = plain(&cut(&nudge.about, 100)), at = moment(nudge.coming.at))
}

/// `shown` with what holds a nudge back that comes later than it was meant to.
#[must_use]
pub fn with_hold(words: Words<'_>, mut shown: Message, hold: Option<Hold>, meant: Timestamp) -> Message {
    let key = match hold {
        Some(Hold::Pause) => "held-pause",
        Some(Hold::QuietDay) => "held-quiet-day",
        Some(Hold::BeforeQuietDay) => "held-before-quiet-day",
        Some(Hold::QuietHours) => "held-quiet-hours",
        Some(Hold::Weekly | Hold::Full | Hold::FullWeek) | None => return shown,
    };
    let held = words.with(key, &[("meant", moment(meant).into())]);
    shown.content = format!("{} {held}", shown.content);
    shown
}

/// A nudge was planned.
#[must_use]
pub fn planned(words: Words<'_>, nudge: &Nudge, connection: Option<&Connection>) -> Message {
    let planned =
        say!(words, "nudge-planned", at = moment(nudge.coming.at), when = relative(nudge.coming.at));
    let leap_day = dates::views::leap_day(words, nudge).map(|said| format!(" {said}"));
    Message::new(planned + &leap_day.unwrap_or_default()).embed(plan(words, nudge, connection)).buttons([
        Button::secondary(words.say("button-edit"), NudgePress::Edit(nudge.id).id()),
        Button::secondary(words.say("button-undo"), NudgePress::Cancel(nudge.id).id()),
    ])
}

/// An ask that was planned to somebody to whom only asks went, with the offer to give something first.
#[must_use]
pub fn with_give_first(
    words: Words<'_>,
    mut shown: Message,
    ask: &Nudge,
    connection: &Connection,
    open: &Because,
) -> Message {
    let fact = say!(words, "give-first", name = bold(&connection.name), why = because(words, open));
    shown.content = format!("{}\n{fact}", shown.content);
    let give = Button::primary(words.say("button-give-first"), NudgePress::GiveFirst(ask.id).id());
    let rest = std::mem::take(&mut shown.components);
    let mut message = shown.buttons([give]);
    message.components.extend(rest);
    message
}

/// Giving something first, and the ask that it is planned before.
#[must_use]
pub fn give_and_ask(words: Words<'_>, give: &Nudge, ask: &Nudge, connection: Option<&Connection>) -> Message {
    let name = connection.map(|connection| bold(&connection.name)).unwrap_or_default();
    let first = say!(words, "give-first-planned", name = name, when = relative(give.coming.at));
    let line = |nudge: &Nudge, about: &str| {
        let (at, when) = (moment(nudge.coming.at), relative(nudge.coming.at));
        say!(
            words,
            "give-first-line",
            kind = kind_name(words, nudge.kind),
            about = about,
            at = at,
            when = when
        )
    };
    let about = format!("{} · ", plain(&cut(&ask.about, 200)));
    let lines = [line(give, ""), line(ask, &about)].join("\n");
    Message::new(first).embed(Embed::new(lines).color(color(Kind::GiveValue))).buttons([
        Button::secondary(words.say("button-undo"), NudgePress::UndoGiveFirst(give.id, ask.id).id()),
        Button::secondary(words.say("button-list-nudges"), NudgePress::List(0).id()),
    ])
}

/// A planned nudge with what one can do about it.
#[must_use]
pub fn card(words: Words<'_>, first: &str, nudge: &Nudge, connection: Option<&Connection>) -> Message {
    Message::new(first).embed(plan(words, nudge, connection)).buttons([
        Button::primary(words.say("button-edit"), NudgePress::Edit(nudge.id).id()),
        Button::secondary(words.say("button-snooze"), NudgePress::SnoozePlanned(nudge.id).id()),
        Button::danger(words.say("button-cancel"), NudgePress::Cancel(nudge.id).id()),
    ])
}

fn plan(words: Words<'_>, nudge: &Nudge, connection: Option<&Connection>) -> Embed {
    let who = connection.map(|connection| bold(&connection.name)).unwrap_or_default();
    let repeat = nudge.repeat.map(|(cadence, _)| cadence.to_string()).unwrap_or_default();
    let kind = match nudge.occasion {
        Some(_) => dates::views::kind(words, dates::is_birthday(&nudge.about)),
        None => kind_name(words, nudge.kind),
    };
    Embed::new(plain(&nudge.about))
        .color(color(nudge.kind))
        .field(words.say("plan-at"), moment(nudge.coming.at), true)
        .field(words.say("plan-repeat"), repeat, true)
        .field(words.say("plan-date"), dates::views::leads_up_to(words, nudge), true)
        .field(words.say("plan-who"), who, true)
        .field(words.say("plan-kind"), kind, true)
}

/// A planned nudge was cancelled; the draft brings it back.
#[must_use]
pub fn cancelled(words: Words<'_>, nudge: &Nudge, draft: Id) -> Message {
    Message::new(say!(words, "nudge-cancelled", about = plain(&cut(&nudge.about, 100))))
        .buttons([Button::secondary(words.say("button-undo"), NudgePress::UndoCancel(draft).id())])
}

/// Why something typed was not taken, and what would be.
#[must_use]
pub fn refusal(words: Words<'_>, refusal: &Refusal) -> String {
    match refusal {
        Refusal::NoAbout => words.say("nudge-no-about"),
        Refusal::TooLong(length) => say!(words, "nudge-too-long", length = *length, most = ABOUT),
        Refusal::When(phrase, not) => {
            format!("{} {}", misread(words, phrase, not), words.say("refused-when-try"))
        }
        Refusal::On(phrase, not) => {
            format!("{} {}", misread(words, phrase, not), words.say("refused-on-try"))
        }
        Refusal::Before(phrase) => {
            say!(words, "refused-before", phrase = plain(&cut(phrase, 60)), most = dates::MOST_BEFORE)
        }
        Refusal::Repeat(phrase, not) => {
            format!("{} {}", misread_rhythm(words, phrase, not), words.say("refused-every-try"))
        }
    }
}

#[cfg(test)]
mod tests;

//! What a member sees of their settings.

use jiff::Timestamp;

use super::forms::{Refusal, Typed};
use super::press::MemberPress;
use super::rules::store::Untold;
use super::{Digest, Member, Shift, thread_views};
use crate::discord::answer::Show;
use crate::discord::custom_id::{CustomId, Press as _};
use crate::discord::message::{Button, Choice, Component, Embed, Input, Menu, Message, Modal};
use crate::discord::text::{cut, moment, plain, relative};
use crate::id::Id;
use crate::say;
use crate::texts::Words;
use crate::when::{
    Misread, Moved, NotQuietDays, NotQuietHours, clock, in_full, in_short, weekday_name, zone,
};

/// Kith's own colour, where no kind of nudge gives one.
pub const COLOR: u32 = 0x2f_7d_6d;

/// The settings; `moved` is how many planned nudges a change took along.
#[must_use]
pub fn settings(words: Words<'_>, member: &Member, now: Timestamp, moved: Option<usize>) -> Message {
    // A delivery hour in quiet hours waits for their end.
    let quiet = member.quiet.filter(|quiet| quiet.covers(member.hour));
    let (hour, zone) = (clock(quiet.map_or(member.hour, |quiet| quiet.to)), plain(&member.zone));
    let first = match moved {
        None => say!(words, "settings-shown", hour = hour, zone = zone),
        Some(moved) => say!(words, "settings-saved", hour = hour, zone = zone, count = moved),
    };
    let quiet = member.quiet.map_or_else(|| words.say("settings-no-quiet"), |quiet| quiet.to_string());
    let days = if member.quiet_days.is_empty() {
        words.say("settings-no-quiet")
    } else {
        member.quiet_days.to_string()
    };
    let most =
        if matches!(member.digest, Digest::Weekly(_)) { "settings-most-week" } else { "settings-most-day" };
    let most = words.with(most, &[("most", member.most_at_once().into())]);
    let pause = member.pause.filter(|pause| now < pause.until);
    let pause = pause
        .map(|pause| say!(words, "settings-paused", from = moment(pause.from), until = moment(pause.until)));
    let pause = pause.unwrap_or_default();
    let embed = Embed::default()
        .color(COLOR)
        .field(words.say("settings-zone"), zone_now(words, member, now), false)
        .field(words.say("settings-hour"), clock(member.hour), true)
        .field(words.say("settings-quiet"), quiet, true)
        .field(words.say("settings-where"), thread_views::place(words, member), true)
        .field(words.say("settings-quiet-days"), days, true)
        .field(words.say("settings-digest"), digest_name(words, member.digest), true)
        .field(words.say("settings-most"), most, true)
        .field(words.say("settings-pause"), pause, false)
        .footer(words.say("settings-footer"));
    let options = Digest::ALL.iter().map(|(it, word)| Choice::new(digest_name(words, *it), *word));
    Message::new(first)
        .embed(embed)
        .menu(Menu::new(MemberPress::Digest.id(), words.say("settings-digest-menu"), options))
        .buttons([Button::secondary(words.say("button-edit"), MemberPress::Edit.id())])
}

fn digest_name(words: Words<'_>, digest: Digest) -> String {
    match digest {
        Digest::Daily => words.say("digest-daily"),
        Digest::Each => words.say("digest-each"),
        Digest::Weekly(day) => say!(words, "digest-weekly", day = weekday_name(day)),
    }
}

/// What moves along to another zone, before it does.
#[must_use]
pub fn before_moving(words: Words<'_>, shift: &Shift, moved: &[Moved], draft: Id) -> Message {
    const SHOWN: usize = 8;
    let lines: Vec<String> = moved
        .iter()
        .take(SHOWN)
        .map(|it| {
            // By the clocks on the two walls: Discord would show both by the reader's own.
            let on_wall =
                |at: Timestamp, member: &Member| in_short(&at.to_zoned_datetime(member.zone()), shift.at);
            let (from, to) = (on_wall(it.from, &shift.old), on_wall(it.to, &shift.new));
            let about = plain(&cut(&it.about, 60));
            say!(words, "zone-move-line", about = about, from = from, to = to, when = relative(it.to))
        })
        .collect();
    let more = moved.len().saturating_sub(SHOWN);
    let more = (more > 0).then(|| say!(words, "zone-move-more", count = more));
    let text: Vec<String> = lines.into_iter().chain(more).collect();
    let (zone, hour) = (plain(&shift.new.zone), clock(shift.new.hour));
    Message::new(say!(words, "zone-move-first", count = moved.len(), zone = zone, hour = hour))
        .embed(Embed::new(text.join("\n")).color(COLOR))
        .buttons([
            Button::primary(words.say("button-move"), MemberPress::Move(draft).id()),
            Button::secondary(words.say("button-stay"), MemberPress::Stay.id()),
        ])
}

fn zone_now(words: Words<'_>, member: &Member, now: Timestamp) -> String {
    let here = clock(now.to_zoned_datetime(member.zone()).time());
    say!(words, "settings-zone-now", zone = plain(&member.zone), time = here)
}

/// Why settings were not taken, and what would be.
#[must_use]
pub fn refusal(words: Words<'_>, refusal: &Refusal) -> String {
    match refusal {
        Refusal::Zone(typed, nearest) if nearest.is_empty() => {
            say!(words, "settings-not-a-zone", typed = plain(&cut(typed, 60)))
        }
        Refusal::Zone(typed, nearest) => {
            let nearest: Vec<String> = nearest.iter().map(|zone| plain(zone)).collect();
            say!(
                words,
                "settings-not-a-zone-but",
                typed = plain(&cut(typed, 60)),
                nearest = nearest.join(", ")
            )
        }
        Refusal::Hour(typed) => say!(words, "settings-not-an-hour", typed = plain(&cut(typed, 60))),
        Refusal::Quiet(NotQuietHours::NotUnderstood(typed)) => {
            say!(words, "settings-not-quiet-hours", typed = plain(&cut(typed, 60)))
        }
        Refusal::Quiet(NotQuietHours::NoHourLeft) => words.say("settings-no-hour-left"),
        Refusal::Days(NotQuietDays::NotUnderstood(typed)) => {
            say!(words, "settings-not-quiet-days", typed = plain(&cut(typed, 60)))
        }
        Refusal::Days(NotQuietDays::NoDayLeft) => words.say("settings-no-day-left"),
        Refusal::DigestOnQuietDay => words.say("settings-digest-on-quiet-day"),
        Refusal::Most(typed) => say!(words, "settings-not-most", typed = plain(&cut(typed, 60))),
    }
}

/// Settings were not taken; the zones that may be meant are set by a button each.
#[must_use]
pub fn refused_settings(words: Words<'_>, why: String, refusal: &Refusal, draft: Id) -> Message {
    let near = match refusal {
        Refusal::Zone(_, nearest) => &nearest[..],
        _ => &[],
    };
    let again = Button::secondary(words.say("button-try-again"), MemberPress::Again(draft).id());
    if near.is_empty() {
        return refused(words, why, MemberPress::Again(draft).id());
    }
    let buttons = (0_u8..).zip(near).map(|(n, zone)| {
        let press = MemberPress::Nearest(draft, n).id();
        if n == 0 { Button::primary(zone, press) } else { Button::secondary(zone, press) }
    });
    Message::new(why).buttons(buttons.chain([again]))
}

/// Something typed was not taken, and `again` opens it to be mended.
#[must_use]
pub fn refused(words: Words<'_>, why: String, again: String) -> Message {
    Message::new(why).buttons([Button::primary(words.say("button-try-again"), again)])
}

/// Which of several moments is meant.
#[must_use]
pub fn which_moment(
    words: Words<'_>,
    phrase: &str,
    readings: &[(Timestamp, String)],
    press: impl Fn(u8) -> String,
) -> Message {
    let buttons = (0_u8..4).zip(readings).map(|(n, (_, reading))| match n {
        0 => Button::primary(reading, press(n)),
        _ => Button::secondary(reading, press(n)),
    });
    let all: Vec<String> = readings.iter().map(|(at, _)| moment(*at)).collect();
    let phrase = plain(&cut(phrase, 60));
    let text = say!(words, "which-moment", phrase = phrase, count = all.len(), all = all.join(" · "));
    Message::new(text).buttons(buttons)
}

/// The settings as a form.
#[must_use]
pub fn form(words: Words<'_>, typed: &Typed) -> Modal {
    Modal::new(
        MemberPress::Form.id(),
        words.say("settings-form"),
        [
            Input::line("zone", words.say("settings-zone")).max(60).value(&typed.zone),
            Input::line("hour", words.say("settings-hour")).max(20).value(&typed.hour),
            Input::line("quiet", words.say("settings-quiet"))
                .max(40)
                .value(&typed.quiet)
                .placeholder(words.say("settings-quiet-example")),
            Input::line("quiet_days", words.say("settings-quiet-days"))
                .max(80)
                .value(&typed.quiet_days)
                .placeholder(words.say("settings-quiet-days-example")),
            Input::line("most", words.say("settings-most-form")).max(3).value(&typed.most),
        ],
    )
}

/// `message` with the question for the zone below it.
#[must_use]
pub fn with_zone_question(
    words: Words<'_>,
    mut message: Message,
    member: &Member,
    now: Timestamp,
) -> Message {
    let mut guesses = zone::guess(member.locale.as_str());
    if !guesses.iter().any(|zone| *zone == member.zone) {
        guesses.insert(0, member.zone.as_str());
    }
    let options = guesses.into_iter().take(24).map(|name| {
        let here = jiff::tz::TimeZone::get(name).map(|zone| clock(now.to_zoned_datetime(zone).time()));
        Choice::new(name, name).description(here.unwrap_or_default())
    });
    let other = Choice::new(words.say("zone-question-other"), "?");
    let menu = Menu::new(
        MemberPress::Zone.id(),
        say!(words, "zone-question-menu", zone = member.zone.as_str()),
        options.chain([other]),
    );
    message.content.push_str(PART);
    message.content.push_str(&say!(words, "zone-question", zone = plain(&member.zone)));
    message.menu(menu)
}

/// Stands between an answer and the question below it.
pub(super) const PART: &str = "\n\n";

/// The answer that bore the question, without it, once a zone is chosen.
#[must_use]
pub fn zone_chosen(
    words: Words<'_>,
    mut shown: Message,
    member: &Member,
    moved: &[Moved],
    now: Timestamp,
) -> Message {
    take_off(&mut shown, &MemberPress::Zone);
    for moved in moved {
        move_times(&mut shown, moved.from, moved.to);
    }
    shown.content.push_str(PART);
    shown.content.push_str(&say!(words, "zone-chosen", zone = zone_now(words, member, now)));
    shown
}

/// An answer that also says `text`: in place of its own words where nothing else was asked for (`alone`).
#[must_use]
pub fn saying(show: Show, text: &str, alone: bool) -> Show {
    let Show::Reply(mut message) = show else { return show };
    if alone {
        text.clone_into(&mut message.content);
    } else {
        message.content.push_str(PART);
        message.content.push_str(text);
    }
    Show::Reply(message)
}

/// Takes off what was put below an answer: its text, and the row that bears its press, where there is one.
pub(super) fn take_off(shown: &mut Message, press: &MemberPress) {
    let rows = shown.components.len();
    shown.components.retain(|row| !row.components.iter().any(|it| means(it, press)));
    if shown.components.len() == rows {
        return;
    }
    if let Some((answer, _)) = shown.content.rsplit_once(PART) {
        shown.content = answer.to_owned();
    }
}

/// Whether a message bears the question for the zone.
#[must_use]
pub fn asks_for_zone(message: &Message) -> bool {
    message.components.iter().flat_map(|row| &row.components).any(|it| means(it, &MemberPress::Zone))
}

fn means(component: &Component, press: &MemberPress) -> bool {
    let id = match component {
        Component::Menu(menu) => Some(menu.custom_id.as_str()),
        Component::Button(button) => button.custom_id.as_deref(),
    };
    id.and_then(CustomId::parse).and_then(|id| id.press()).as_ref() == Some(press)
}

fn move_times(message: &mut Message, from: Timestamp, to: Timestamp) {
    let (from, to) = (format!("<t:{}:", from.as_second()), format!("<t:{}:", to.as_second()));
    let texts = message.embeds.iter_mut().flat_map(|embed| {
        embed.description.iter_mut().chain(embed.fields.iter_mut().map(|field| &mut field.value))
    });
    for text in texts.chain([&mut message.content]) {
        *text = text.replace(&from, &to);
    }
}

/// `message` with a word below it on what moved because a zone changed its clock rules.
#[must_use]
pub fn with_moved_rules(words: Words<'_>, mut message: Message, untold: &Untold) -> Message {
    message.content.push_str(PART);
    message.content.push_str(&say!(
        words,
        "zone-rules-moved",
        zone = plain(&untold.zone),
        count = untold.moved
    ));
    message
}

/// Why a phrase for a rhythm was not taken.
#[must_use]
pub fn misread_rhythm(words: Words<'_>, phrase: &str, not: &Misread) -> String {
    match not {
        Misread::Empty => words.say("misread-no-rhythm"),
        Misread::NotUnderstood(_) => say!(words, "misread-not-a-rhythm", phrase = plain(&cut(phrase, 60))),
        other => misread(words, phrase, other),
    }
}

/// Why a phrase of time was not taken.
#[must_use]
pub fn misread(words: Words<'_>, phrase: &str, misread: &Misread) -> String {
    let phrase = &cut(phrase, 60);
    match misread {
        Misread::Empty => words.say("misread-empty"),
        Misread::NotUnderstood(_) => say!(words, "misread-not-understood", phrase = plain(phrase)),
        Misread::InThePast(at) => say!(words, "misread-past", at = in_full(at)),
        Misread::InTheFuture(at) => say!(words, "misread-future", at = in_full(at)),
        Misread::TooFar => say!(words, "misread-too-far", phrase = plain(phrase)),
        Misread::TooOften => say!(words, "misread-too-often", phrase = plain(phrase)),
        Misread::TooRare => say!(words, "misread-too-rare", phrase = plain(phrase)),
        Misread::NoSuchDate => say!(words, "misread-no-such-date", phrase = plain(phrase)),
    }
}

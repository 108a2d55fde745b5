//! What organizers read of how rounds went.

use super::figures::{Figures, Said};
use super::picture::Labels;
use crate::discord::message::{Embed, File, Message};
use crate::discord::text::{day, one_line, plain_within};
use crate::members::views::COLOR;
use crate::rounds::programme::Programme;
use crate::rounds::round::{Round, Stage};
use crate::rounds::views::{bold, shape};
use crate::say;
use crate::texts::Words;

/// What the picture is called.
pub const PICTURE: &str = "report.png";
/// Most quotes in an embed, and most characters of one.
const QUOTES: usize = 4;
const QUOTE: usize = 110;
/// Most rounds of a programme in an embed.
const ROUNDS: usize = 12;

/// What stands in the picture of a round.
#[must_use]
pub fn labels(words: Words<'_>, title: &str) -> Labels {
    let say = |key: &str| words.say(key);
    Labels {
        title: title.to_owned(),
        took_part: say("report-took-part"),
        steps: ["report-signed-up", "report-in-groups", "report-stayed", "report-answered"].map(say),
        again: say("close-again-menu"),
        answers: ["report-yes", "report-maybe", "report-no"].map(say),
        pulse: say("report-pulse"),
        week: say("report-week"),
    }
}

fn percent(share: f64) -> String {
    format!("{:.0}", share * 100.0)
}

/// How a round went.
#[must_use]
pub fn report(words: Words<'_>, round: &Round, figures: &Figures, files: Vec<File>) -> Message {
    let name = bold(&one_line(&round.name));
    let first = match round.stage {
        Stage::Running => say!(words, "report-first-running", name = name),
        Stage::Closing => say!(
            words,
            "report-first-closing",
            name = name,
            answered = figures.answered,
            asked = figures.asked
        ),
        _ => say!(words, "report-first", name = name),
    };
    let about = say!(
        words,
        "report-about",
        shape = shape(words, round.shape),
        began = round.began.map(day).unwrap_or_default(),
        weeks = round.weeks
    );
    let embed = Embed::new(about)
        .color(COLOR)
        .field(words.say("report-took-part"), took_part(words, figures), false)
        .field(words.say("report-groups"), groups(words, figures), false)
        .field(words.say("report-pulse"), pulse(words, figures), false)
        .field(words.say("report-words"), half_way(words, &figures.words), false)
        .field(words.say("report-feedback"), feedback(words, figures), false)
        .field(words.say("report-fit"), fit(words, figures), false)
        .field(words.say("report-said"), quotes(words, &figures.said), false)
        .footer(words.say("report-footer"));
    with_files(first, embed, files)
}

fn with_files(first: String, embed: Embed, files: Vec<File>) -> Message {
    let embed =
        if files.iter().any(|file| file.name == PICTURE) { embed.attached_image(PICTURE) } else { embed };
    files.into_iter().fold(Message::new(first).embed(embed), Message::file)
}

fn took_part(words: Words<'_>, it: &Figures) -> String {
    let mut said = say!(
        words,
        "report-participation",
        signed = it.signed_up,
        placed = it.in_groups,
        over = it.left_over,
        left = it.left
    );
    if let Some(no_shows) = it.no_shows {
        said.push_str(&say!(words, "report-no-shows", count = no_shows));
    }
    said
}

fn groups(words: Words<'_>, it: &Figures) -> String {
    match (it.groups_met, it.groups_often, it.meetings_each) {
        (Some(met), Some(often), Some(each)) => say!(
            words,
            "report-groups-met",
            count = it.groups,
            known = it.groups_known,
            unknown = it.groups - it.groups_known,
            met = met,
            often = often,
            each = format!("{each:.1}")
        ),
        _ => say!(words, "report-groups-count", count = it.groups),
    }
}

fn pulse(words: Words<'_>, it: &Figures) -> String {
    match (it.pulse.first(), it.pulse.last()) {
        (Some(first), Some(last)) if first.week != last.week => say!(
            words,
            "report-pulse-course",
            first = format!("{:.1}", first.mean),
            from = first.week,
            last = format!("{:.1}", last.mean),
            to = last.week,
            count = last.count
        ),
        (Some(only), _) => say!(
            words,
            "report-pulse-once",
            mean = format!("{:.1}", only.mean),
            week = only.week,
            count = only.count
        ),
        _ => words.say("report-pulse-none"),
    }
}

fn feedback(words: Words<'_>, it: &Figures) -> String {
    if it.asked == 0 {
        return words.say("report-not-asked");
    }
    let answered = say!(words, "report-answers", answered = it.answered, asked = it.asked);
    let again = match it.again {
        Some([yes, maybe, no]) => say!(words, "report-again", yes = yes, maybe = maybe, no = no),
        None => words.say("report-too-few"),
    };
    format!("{answered} {again}")
}

fn fit(words: Words<'_>, it: &Figures) -> String {
    match it.fit {
        Some(fit) => {
            let key = match fit.r {
                r if r >= 0.3 => "report-fit-with",
                r if r <= -0.3 => "report-fit-against",
                _ => "report-fit-neither",
            };
            say!(words, key, r = format!("{:+.2}", fit.r).replace('-', "−"), count = fit.count)
        }
        None => words.say("report-fit-none"),
    }
}

fn quotes(words: Words<'_>, said: &[Said]) -> String {
    let line = |it: &Said| {
        let text = if it.learned.is_empty() { &it.valued } else { &it.learned };
        let text = plain_within(&one_line(text), QUOTE);
        match &it.name {
            Some(name) => say!(words, "report-quote-named", text = text, name = bold(&one_line(name))),
            None => say!(words, "report-quote", text = text),
        }
    };
    said.iter().take(QUOTES).map(line).collect::<Vec<_>>().join("\n")
}

/// What people wrote half-way, without names.
fn half_way(words: Words<'_>, all: &[String]) -> String {
    let line = |text: &String| say!(words, "report-quote", text = plain_within(&one_line(text), QUOTE));
    all.iter().take(QUOTES).map(line).collect::<Vec<_>>().join("\n")
}

/// How the rounds of a programme went.
#[must_use]
pub fn programme(words: Words<'_>, it: &Programme, all: &[(Round, Figures)], files: Vec<File>) -> Message {
    let first = say!(words, "report-programme-first", name = bold(&one_line(&it.name)), count = all.len());
    let lines: Vec<String> =
        all.iter().rev().take(ROUNDS).map(|(round, it)| line(words, round, it)).collect();
    let embed = Embed::new(lines.join("\n")).color(COLOR).footer(words.say("report-footer"));
    with_files(first, embed, files)
}

fn line(words: Words<'_>, round: &Round, it: &Figures) -> String {
    let mut said = say!(
        words,
        "report-programme-line",
        name = bold(&one_line(&round.name)),
        began = round.began.map(day).unwrap_or_default(),
        people = it.in_groups
    );
    if let Some(met) = it.groups_met {
        said.push_str(&say!(words, "report-programme-met", met = met, groups = it.groups_known));
    }
    if let Some(pulse) = it.last_pulse() {
        said.push_str(&say!(words, "report-programme-pulse", mean = format!("{:.1}", pulse.mean)));
    }
    if let Some(share) = it.again_share() {
        said.push_str(&say!(words, "report-programme-again", percent = percent(share)));
    }
    said
}

/// A round as files.
#[must_use]
pub fn export(words: Words<'_>, round: &Round, files: Vec<File>) -> Message {
    let first = say!(words, "export-first", name = bold(&one_line(&round.name)));
    let embed = Embed::new(words.say("export-how")).color(COLOR);
    files.into_iter().fold(Message::new(first).embed(embed), Message::file)
}

/// There is nothing to look back on.
#[must_use]
pub fn nothing_yet(words: Words<'_>) -> Message {
    Message::new(words.say("report-nothing"))
}

/// The round has no groups that met yet.
#[must_use]
pub fn not_begun(words: Words<'_>, round: &Round) -> Message {
    Message::new(say!(words, "report-not-begun", name = bold(&one_line(&round.name))))
}

/// No round of the programme has begun.
#[must_use]
pub fn none_begun(words: Words<'_>, it: &Programme) -> Message {
    Message::new(say!(words, "report-programme-nothing", name = bold(&one_line(&it.name))))
}

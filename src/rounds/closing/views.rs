//! What is said at the end of a round.

use jiff::Timestamp;

use super::feedback::{Again, Feedback, Open, TEXT};
use super::press::ClosePress as P;
use crate::connections::Relationship;
use crate::discord::message::{Button, Choice, Embed, Input, Menu, Message, Modal};
use crate::discord::text::{moment, one_line, plain_within, relative};
use crate::id::{Id, UserId};
use crate::members::views::COLOR;
use crate::rounds::round::{Rooms, Round};
use crate::rounds::views::bold;
use crate::say;
use crate::texts::Words;

/// What of a mentor's mentees stands in one message: it holds their words whole.
pub const READ_AT_ONCE: usize = 2;
/// Most characters of one of their texts, written so that nothing in it takes effect.
const READ: usize = 980;
/// Most characters of one's own text, shown back.
const OWN: usize = 500;
/// Most people with whom one can stay in touch by a button: two rows of them.
const BUTTONS: usize = 10;

/// Somebody's story of a round.
#[derive(Clone, Debug)]
pub struct Story<'a> {
    /// The round.
    pub id: Id,
    /// It.
    pub round: &'a Round,
    /// Who was with them.
    pub people: Vec<Companion>,
    /// For how many weeks it ran.
    pub weeks: u8,
    /// How often they met, where that is known.
    pub met: Option<u16>,
    /// What they said so far.
    pub feedback: Feedback,
    /// Who can be let read it.
    pub choices: Vec<Open>,
    /// Whether they had a mentor.
    pub has_mentor: bool,
    /// Until when they can say it.
    pub until: Option<Timestamp>,
}

/// Somebody who was with them.
#[derive(Clone, Debug)]
pub struct Companion {
    /// Who.
    pub user: UserId,
    /// What they are called in the server.
    pub name: String,
    /// What they are to the one whose story it is.
    pub is: Relationship,
    /// Whether they are in that one's network.
    pub known: bool,
}

/// Asks somebody how a round was, thanks them, and offers to stay in touch.
#[must_use]
pub fn asked(words: Words<'_>, story: &Story<'_>) -> Message {
    telling(words, story, say!(words, "close-asked", name = bold(&story.round.name)))
}

/// Asks once more.
#[must_use]
pub fn reminded(words: Words<'_>, story: &Story<'_>) -> Message {
    let until = story.until.map(relative).unwrap_or_default();
    telling(words, story, say!(words, "close-reminded", name = bold(&story.round.name), until = until))
}

/// What they said is kept.
#[must_use]
pub fn noted(words: Words<'_>, story: &Story<'_>) -> Message {
    telling(words, story, say!(words, "close-noted", name = bold(&story.round.name)))
}

fn telling(words: Words<'_>, story: &Story<'_>, first: String) -> Message {
    let said = &story.feedback;
    let again = Again::ALL.iter().map(|(it, word)| {
        let choice = Choice::new(words.say(&format!("close-again-{word}")), *word);
        if said.again == Some(*it) { choice.chosen() } else { choice }
    });
    let reader = if story.has_mentor { "mentor" } else { "organizers" };
    let open = story.choices.iter().map(|it| {
        let choice = Choice::new(words.say(&format!("close-open-{reader}-{}", it.word())), it.word());
        if said.open == *it { choice.chosen() } else { choice }
    });
    let keep = story.people.iter().filter(|it| !it.known).take(BUTTONS).map(|it| {
        let name = one_line(&it.name);
        Button::secondary(say!(words, "button-keep-in-touch", name = name), P::keep(it.user).on(story.id))
    });
    let write = if said.has_words() { "button-change-words" } else { "button-write" };
    Message::new(first)
        .embed(told(words, story))
        .buttons([Button::primary(words.say(write), P::Write.on(story.id))])
        .menu(Menu::new(P::Again.on(story.id), words.say("close-again-menu"), again))
        .menu(Menu::new(P::Open.on(story.id), words.say("close-open-menu"), open))
        .buttons(keep)
}

/// The story itself.
fn told(words: Words<'_>, story: &Story<'_>) -> Embed {
    let people: Vec<String> = story.people.iter().map(|it| bold(&one_line(&it.name))).collect();
    let mut lines = vec![say!(
        words,
        "close-story",
        count = people.len(),
        people = people.join(", "),
        weeks = story.weeks
    )];
    lines.extend(story.met.map(|met| say!(words, "close-story-met", count = met)));
    lines.extend(story.until.map(|until| say!(words, "close-story-until", until = moment(until))));
    let known: Vec<String> = story.people.iter().filter(|it| it.known).map(|it| bold(&it.name)).collect();
    let footer = if story.has_mentor { "close-footer-mentor" } else { "close-footer" };
    Embed::new(lines.join("\n"))
        .color(COLOR)
        .field(words.say("close-learned"), plain_within(&story.feedback.learned, OWN), false)
        .field(words.say("close-valued"), plain_within(&story.feedback.valued, OWN), false)
        .field(words.say("close-known"), known.join(", "), false)
        .footer(words.say(footer))
}

/// The form for one's own words.
#[must_use]
pub fn form(words: Words<'_>, (id, round): (Id, &Round), said: &Feedback) -> Modal {
    let text = |name: &str, of: &str| {
        let example = words.say(&format!("close-{name}-example"));
        Input::paragraph(name, words.say(&format!("close-{name}"))).max(TEXT).placeholder(example).value(of)
    };
    Modal::new(
        P::WriteForm.on(id),
        say!(words, "close-form", name = round.name.as_str()),
        [text("learned", &said.learned), text("valued", &said.valued)],
    )
}

/// The round is closed, and what was typed was not taken: it is given back.
#[must_use]
pub fn too_late(words: Words<'_>, round: &Round, (learned, valued): (&str, &str)) -> Message {
    let message = Message::new(say!(words, "close-too-late", name = bold(&round.name)));
    if learned.is_empty() && valued.is_empty() {
        return message;
    }
    message.embed(
        Embed::default()
            .color(COLOR)
            .field(words.say("close-learned"), plain_within(learned, 1_000), false)
            .field(words.say("close-valued"), plain_within(valued, 1_000), false),
    )
}

/// What mentees let their mentor read; the name where it was allowed.
#[must_use]
pub fn for_mentor(words: Words<'_>, round: &Round, said: &[(Option<String>, &Feedback)]) -> Message {
    let each = said.iter().map(|(name, it)| {
        let who = match name {
            Some(name) => bold(&one_line(name)),
            None => words.say("close-a-mentee"),
        };
        let text = |key: &str, text: &str| {
            (!text.is_empty()).then(|| format!("{}: {}", words.say(key), plain_within(text, READ)))
        };
        let lines = [Some(who), text("close-learned", &it.learned), text("close-valued", &it.valued)];
        lines.into_iter().flatten().collect::<Vec<_>>().join("\n")
    });
    let each: Vec<String> = each.collect();
    Message::new(say!(words, "close-for-mentor", name = bold(&round.name)))
        .embed(Embed::new(each.join("\n\n")).color(COLOR).footer(words.say("close-for-mentor-footer")))
}

/// A group reads in its room that the round is over.
#[must_use]
pub fn in_the_room(words: Words<'_>, round: &Round, until: Timestamp) -> Message {
    let key = match round.rooms {
        Rooms::Threads => "close-in-the-thread",
        Rooms::Channels => "close-in-the-channel",
    };
    Message::new(say!(words, key, name = bold(&round.name), until = moment(until)))
}

/// Asks whether to end a round now.
#[must_use]
pub fn ask_to_close(words: Words<'_>, (id, round): (Id, &Round), people: usize) -> Message {
    let ends = round.began.map(|began| moment(round.ends(began))).unwrap_or_default();
    Message::new(say!(words, "close-ask", name = bold(&round.name), count = people))
        .embed(Embed::new(say!(words, "close-ask-how", ends = ends)).color(COLOR))
        .buttons([
            Button::danger(words.say("button-close-round"), P::Yes.on(id)),
            Button::secondary(words.say("button-not-now"), P::No.on(id)),
        ])
}

/// The round ends in a moment.
#[must_use]
pub fn closes(words: Words<'_>, (id, round): (Id, &Round), asks: Timestamp) -> Message {
    Message::new(say!(words, "close-closes", name = bold(&round.name), at = relative(asks)))
        .buttons([Button::secondary(words.say("button-undo"), P::Undo.on(id))])
}

/// The end was taken back.
#[must_use]
pub fn goes_on(words: Words<'_>, round: &Round) -> Message {
    Message::new(say!(words, "close-goes-on", name = bold(&round.name)))
}

/// It is too late to take the end back.
#[must_use]
pub fn too_late_to_undo(words: Words<'_>, round: &Round) -> Message {
    Message::new(say!(words, "close-no-undo", name = bold(&round.name)))
}

/// Asks whether to wait for no more feedback.
#[must_use]
pub fn ask_to_end(words: Words<'_>, (id, round): (Id, &Round), answered: usize, asked: usize) -> Message {
    Message::new(say!(words, "close-end-ask", name = bold(&round.name), answered = answered, asked = asked))
        .embed(Embed::new(words.say("close-end-how")).color(COLOR))
        .buttons([
            Button::danger(words.say("button-end-round"), P::EndYes.on(id)),
            Button::secondary(words.say("button-not-now"), P::No.on(id)),
        ])
}

/// The round is closed for good.
#[must_use]
pub fn ended(words: Words<'_>, round: &Round) -> Message {
    Message::new(say!(words, "close-ended", name = bold(&round.name)))
}

/// Nothing is changed.
#[must_use]
pub fn left_as_it_is(words: Words<'_>, round: &Round) -> Message {
    Message::new(say!(words, "close-left", name = bold(&round.name)))
}

/// The round does not run.
#[must_use]
pub fn not_running(words: Words<'_>, round: &Round) -> Message {
    Message::new(say!(words, "close-not-running", name = bold(&round.name)))
}

/// Everybody was asked, for the organizer.
#[must_use]
pub fn all_asked(words: Words<'_>, round: &Round, people: usize, until: Timestamp) -> Message {
    Message::new(say!(words, "close-all-asked", name = bold(&round.name), count = people))
        .embed(Embed::new(say!(words, "close-all-asked-how", until = moment(until))).color(COLOR))
}

/// The round is closed, for the organizer.
#[must_use]
pub fn closed(words: Words<'_>, round: &Round, answered: usize, asked: usize) -> Message {
    Message::new(say!(words, "close-closed", name = bold(&round.name), answered = answered, asked = asked))
        .embed(Embed::new(words.say("close-closed-how")).color(COLOR))
}

/// Discord's codes: missing access, missing permissions, most roles of a server.
const MISSING_ACCESS: u64 = 50_001;
const MISSING_PERMISSIONS: u64 = 50_013;
const MOST_ROLES: u64 = 30_005;

/// Discord refused the role, for the organizer: which mend there is.
#[must_use]
pub fn badge_refused(words: Words<'_>, (id, round): (Id, &Round), code: u64) -> Message {
    let how = match code {
        MISSING_ACCESS | MISSING_PERMISSIONS => words.say("badge-not-allowed"),
        MOST_ROLES => words.say("badge-full"),
        code => say!(words, "badge-other", code = code),
    };
    Message::new(say!(words, "badge-refused", name = bold(&round.name)))
        .embed(Embed::new(how).color(COLOR))
        .buttons([Button::primary(words.say("button-try-again"), P::Badge.on(id))])
}

/// It is tried once more.
#[must_use]
pub fn badge_tried(words: Words<'_>, round: &Round) -> Message {
    Message::new(say!(words, "badge-tried", name = bold(&round.name)))
}

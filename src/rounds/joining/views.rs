//! What people see while they sign up.

use jiff::Timestamp;

use super::press::JoinPress as P;
use crate::discord::message::{Button, Choice, Embed, Input, Menu, Message, Modal};
use crate::discord::text::{cut, moment, plain, relative};
use crate::id::{Id, UserId};
use crate::members::views::COLOR;
use crate::rounds::half_days::HALF_DAYS;
use crate::rounds::matching::Role;
use crate::rounds::round::{Round, Shape, Stage};
use crate::rounds::signup::{CAPACITY, Missing, PEOPLE, Refusal, SignUp, State};
use crate::rounds::views::{bold, role_mention};
use crate::say;
use crate::texts::Words;

/// Asks as whom somebody wants to sign up.
#[must_use]
pub fn as_whom(words: Words<'_>, id: Id, round: &Round, roles: &[Role]) -> Message {
    let first = say!(words, "join-as-whom", name = bold(&round.name));
    Message::new(first).buttons(roles.iter().map(|role| {
        Button::secondary(words.say(&format!("button-join-{}", role.word())), P::As((*role).into()).on(id))
    }))
}

/// A sign-up that is being filled in; `second` is its second page.
#[must_use]
pub fn form(words: Words<'_>, id: Id, round: &Round, sign_up: &SignUp, second: bool) -> Message {
    let role = words.say(&format!("join-role-{}", sign_up.role.word()));
    let first = match sign_up.state {
        State::In => say!(words, "join-editing", name = bold(&round.name), role = role),
        _ => say!(words, "join-filling", name = bold(&round.name), role = role),
    };
    let message = Message::new(first).embed(facts(words, round, sign_up));
    let is_in = sign_up.state == State::In;
    let save =
        || Button::primary(words.say(if is_in { "button-done" } else { "button-sign-up" }), P::Save.on(id));
    let own = || Button::secondary(words.say("button-own-words"), P::Words.on(id));
    let questions = (!round.questions.is_empty())
        .then(|| Button::secondary(words.say("button-questions"), P::Questions.on(id)));
    if second {
        let back = Button::secondary(words.say("button-back"), P::First.on(id));
        let message = languages(words, id, round, sign_up, message);
        let levels = (1..=5_u8).map(|level| {
            let choice = Choice::new(words.say(&format!("join-level-{level}")), level.to_string());
            if sign_up.level == Some(level) { choice.chosen() } else { choice }
        });
        return message
            .menu(Menu::new(P::Level.on(id), words.say("join-level-menu"), levels))
            .menu(people(P::Wishes.on(id), words.say("join-wishes-menu"), &sign_up.wishes))
            .menu(people(P::Avoid.on(id), words.say("join-avoid-menu"), &sign_up.avoid))
            .buttons([Some(save()), Some(own()), questions, Some(back)].into_iter().flatten());
    }
    let days = (0..HALF_DAYS).map(|day| {
        let choice = Choice::new(half_day(words, day), day.to_string());
        if sign_up.half_days.contains(&day) { choice.chosen() } else { choice }
    });
    let message = match round.topics.len() {
        0 => message,
        count => {
            let topics = round.topics.iter().enumerate().map(|(nth, topic)| {
                let choice = Choice::new(topic, nth.to_string());
                if sign_up.topics.contains(topic) { choice.chosen() } else { choice }
            });
            let menu = Menu::new(P::Topics.on(id), words.say("join-topics-menu"), topics);
            message.menu(menu.many(1, u8::try_from(count).unwrap_or(u8::MAX)))
        }
    };
    message
        .menu(Menu::new(P::HalfDays.on(id), words.say("join-half-days-menu"), days).many(1, HALF_DAYS))
        .buttons([save(), own(), Button::secondary(words.say("button-more-about-me"), P::More.on(id))])
}

fn people(custom_id: String, placeholder: String, chosen: &[UserId]) -> Menu {
    Menu::users(custom_id, placeholder, chosen.iter().copied()).many(0, PEOPLE)
}

fn languages(words: Words<'_>, id: Id, round: &Round, sign_up: &SignUp, message: Message) -> Message {
    if round.languages.len() < 2 {
        return message;
    }
    let choices = round.languages.iter().enumerate().map(|(nth, language)| {
        let choice = Choice::new(language, nth.to_string());
        if sign_up.languages.contains(language) { choice.chosen() } else { choice }
    });
    let most = u8::try_from(round.languages.len()).unwrap_or(u8::MAX);
    message.menu(Menu::new(P::Languages.on(id), words.say("join-languages-menu"), choices).many(1, most))
}

/// A half-day in words.
#[must_use]
pub fn half_day(words: Words<'_>, day: u8) -> String {
    say!(
        words,
        "half-day",
        day = words.say(&format!("weekday-{}", day / 3)),
        part = words.say(&format!("day-part-{}", day % 3))
    )
}

/// Somebody's half-days in few words: whole days where all three are chosen.
#[must_use]
pub fn half_days(words: Words<'_>, days: &[u8]) -> String {
    if days.len() == usize::from(HALF_DAYS) {
        return words.say("half-days-any");
    }
    let shown: Vec<String> = days.iter().map(|day| half_day(words, *day)).collect();
    cut(&shown.join(", "), 300)
}

/// Everything that somebody said of themselves; only they see it.
fn facts(words: Words<'_>, round: &Round, sign_up: &SignUp) -> Embed {
    let users = |all: &[UserId]| all.iter().map(|user| format!("<@{user}>")).collect::<Vec<_>>().join(" ");
    let listed = |all: &[String]| plain(&cut(&all.join(", "), 400));
    let answers =
        round.questions.iter().zip(&sign_up.answers).filter(|(_, answer)| !answer.trim().is_empty());
    let answers: Vec<String> =
        answers.map(|(asked, answer)| format!("{}: {}", plain(asked), plain(&cut(answer, 120)))).collect();
    let level = sign_up.level.map(|level| words.say(&format!("join-level-{level}"))).unwrap_or_default();
    let capacity = sign_up.capacity.map(|most| most.to_string()).unwrap_or_default();
    Embed::default()
        .color(COLOR)
        .field(words.say("join-topics"), listed(&sign_up.topics), false)
        .field(words.say("join-half-days"), half_days(words, &sign_up.half_days), false)
        .field(words.say("join-languages"), listed(&sign_up.languages), true)
        .field(words.say("join-level"), level, true)
        .field(words.say("join-goals"), listed(&sign_up.goals), true)
        .field(words.say("join-fields"), listed(&sign_up.fields), true)
        .field(words.say("join-capacity"), capacity, true)
        .field(words.say("join-wishes"), users(&sign_up.wishes), true)
        .field(words.say("join-avoid"), users(&sign_up.avoid), true)
        .field(words.say("join-answers"), answers.join("\n"), false)
        .footer(words.say("join-footer"))
}

/// The form for what one says in one's own words.
#[must_use]
pub fn words_form(words: Words<'_>, id: Id, round: &Round, sign_up: &SignUp) -> Modal {
    let topics = round.topics.is_empty().then(|| {
        Input::line("topics", words.say("join-topics"))
            .max(400)
            .placeholder(words.say("join-topics-example"))
            .value(sign_up.topics.join(", "))
    });
    let takes = matches!(sign_up.role, Role::Mentor | Role::Sponsor);
    let usual = match round.shape {
        Shape::MentorGroups(most) if sign_up.role == Role::Mentor => most,
        _ => 1,
    };
    let capacity = takes.then(|| {
        Input::line("capacity", words.say("join-capacity"))
            .max(3)
            .placeholder(say!(words, "join-capacity-example", usual = usual))
            .value(sign_up.capacity.map(|most| most.to_string()).unwrap_or_default())
    });
    let goals = Input::line("goals", words.say("join-goals"))
        .max(400)
        .placeholder(words.say("join-goals-example"))
        .value(sign_up.goals.join(", "));
    let fields = Input::line("fields", words.say("join-fields"))
        .max(400)
        .placeholder(words.say("join-fields-example"))
        .value(sign_up.fields.join(", "));
    let inputs = topics.into_iter().chain([goals, fields]).chain(capacity);
    Modal::new(P::WordsForm.on(id), words.say("join-words-form"), inputs)
}

/// The form for the round's own questions.
#[must_use]
pub fn questions_form(words: Words<'_>, id: Id, round: &Round, sign_up: &SignUp) -> Modal {
    let inputs = round.questions.iter().enumerate().map(|(nth, question)| {
        let answer = sign_up.answers.get(nth).map_or("", String::as_str);
        Input::paragraph(&format!("q{nth}"), question).max(400).value(answer)
    });
    Modal::new(P::QuestionsForm.on(id), words.say("join-questions-form"), inputs)
}

/// They take part.
#[must_use]
pub fn saved(words: Words<'_>, id: Id, round: &Round, sign_up: &SignUp) -> Message {
    let role = words.say(&format!("join-role-{}", sign_up.role.word()));
    let first =
        say!(words, "join-saved", name = bold(&round.name), role = role, until = relative(round.until));
    Message::new(first).embed(facts(words, round, sign_up)).buttons(standing(words, id))
}

fn standing(words: Words<'_>, id: Id) -> [Button; 2] {
    [
        Button::secondary(words.say("button-edit"), P::More.on(id)),
        Button::secondary(words.say("button-withdraw"), P::Withdraw.on(id)),
    ]
}

/// How somebody's sign-up stands.
#[must_use]
pub fn mine(words: Words<'_>, id: Id, round: &Round, sign_up: &SignUp, now: Timestamp) -> Message {
    let role = words.say(&format!("join-role-{}", sign_up.role.word()));
    let name = bold(&round.name);
    let open = is_open(round, now);
    let first = match sign_up.state {
        State::In if open => say!(words, "join-in", name = name, role = role, until = relative(round.until)),
        State::In => say!(words, "join-in-over", name = name, role = role),
        State::Begun if open => say!(words, "join-begun", name = name, until = relative(round.until)),
        State::Withdrawn if open => say!(words, "join-withdrawn", name = name),
        State::Begun | State::Withdrawn => say!(words, "join-not-in-over", name = name),
        State::Left => say!(words, "join-left", name = name),
    };
    let message = Message::new(first).embed(facts(words, round, sign_up));
    match sign_up.state {
        State::In if open => message.buttons(standing(words, id)),
        State::In if round.stage <= Stage::Matching => {
            message.buttons([Button::secondary(words.say("button-withdraw"), P::Withdraw.on(id))])
        }
        State::Begun if open => {
            message.buttons([Button::primary(words.say("button-go-on"), P::As(sign_up.role.into()).on(id))])
        }
        State::Withdrawn if open => message.buttons([again(words, id, sign_up.role)]),
        _ => message,
    }
}

/// Somebody has not signed up.
#[must_use]
pub fn not_in(words: Words<'_>, id: Id, round: &Round, now: Timestamp) -> Message {
    if !is_open(round, now) {
        return Message::new(say!(words, "join-not-in-over", name = bold(&round.name)));
    }
    let roles = round.shape.roles().iter();
    Message::new(say!(words, "join-not-in", name = bold(&round.name), until = relative(round.until))).buttons(
        roles.map(|role| {
            Button::secondary(
                words.say(&format!("button-join-{}", role.word())),
                P::As((*role).into()).on(id),
            )
        }),
    )
}

/// Why somebody cannot sign up so.
#[must_use]
pub fn refused(words: Words<'_>, id: Id, round: &Round, not: &Refusal) -> Message {
    let name = bold(&round.name);
    match not {
        Refusal::NotYet => Message::new(words.say("join-not-yet")),
        Refusal::Over => Message::new(say!(words, "join-over", name = name, until = moment(round.until))),
        Refusal::NotForThem => {
            let roles: Vec<String> = round.roles.iter().map(|role| role_mention(*role)).collect();
            Message::new(say!(words, "join-not-for-them", name = name, roles = roles.join(" ")))
        }
        Refusal::NoSuchRole => {
            let roles = round.shape.roles();
            Message::new(say!(words, "join-no-such-role", name = name)).buttons(roles.iter().map(|role| {
                let label = words.say(&format!("button-join-{}", role.word()));
                Button::secondary(label, P::As((*role).into()).on(id))
            }))
        }
        Refusal::Full(role, most) => full(words, id, round, (*role, *most), (None, &[])),
        Refusal::Bot(user) => Message::new(say!(words, "join-a-bot", user = format!("<@{user}>"))),
        Refusal::Themselves => Message::new(words.say("join-themselves")),
        Refusal::Both(user) => Message::new(say!(words, "join-both", user = format!("<@{user}>"))),
        Refusal::Missing(missing) => {
            let message = Message::new(words.say(match missing {
                Missing::Topics => "join-missing-topics",
                Missing::HalfDays => "join-missing-half-days",
                Missing::Languages => "join-missing-languages",
            }));
            match missing {
                Missing::Topics if round.topics.is_empty() => {
                    message.buttons([Button::primary(words.say("button-own-words"), P::Words.on(id))])
                }
                _ => message,
            }
        }
    }
}

/// There is no room for more of a role; `free` are those that have some, `is` what they take part as already.
#[must_use]
pub fn full(
    words: Words<'_>,
    id: Id,
    round: &Round,
    (role, most): (Role, u16),
    (is, free): (Option<Role>, &[Role]),
) -> Message {
    let name = bold(&round.name);
    if free.is_empty() {
        return Message::new(say!(words, "join-all-full", name = name));
    }
    let room = crate::rounds::views::role(words, role, usize::from(most));
    let others = free.iter().filter(|role| Some(**role) != is);
    Message::new(say!(words, "join-full", name = name, room = room)).buttons(others.map(|role| {
        Button::secondary(words.say(&format!("button-join-{}", role.word())), P::As((*role).into()).on(id))
    }))
}

/// Asks somebody who takes part as one role whether they want to be another instead.
#[must_use]
pub fn ask_instead(words: Words<'_>, id: Id, round: &Round, is: Role, role: Role) -> Message {
    let said = |role: Role| words.say(&format!("join-role-{}", role.word()));
    Message::new(say!(words, "join-ask-instead", name = bold(&round.name), is = said(is), role = said(role)))
        .embed(Embed::new(words.say("join-ask-instead-how")).color(COLOR))
        .buttons([
            Button::primary(say!(words, "button-instead", role = said(role)), P::Instead(role.into()).on(id)),
            Button::secondary(say!(words, "button-stay-as", role = said(is)), P::Stay.on(id)),
        ])
}

/// That is no number of places.
#[must_use]
pub fn not_a_capacity(words: Words<'_>, typed: &str) -> Message {
    Message::new(say!(words, "join-not-a-capacity", typed = plain(&cut(typed, 20)), most = CAPACITY))
}

/// Asks whether to withdraw.
#[must_use]
pub fn ask_to_withdraw(words: Words<'_>, id: Id, round: &Round) -> Message {
    Message::new(say!(words, "join-ask-to-withdraw", name = bold(&round.name))).buttons([
        Button::danger(words.say("button-withdraw"), P::WithdrawYes.on(id)),
        Button::secondary(words.say("button-keep"), P::Stay.on(id)),
    ])
}

/// They took it back.
#[must_use]
pub fn withdrawn(words: Words<'_>, id: Id, round: &Round, role: Role, now: Timestamp) -> Message {
    let message = Message::new(say!(words, "join-withdrawn", name = bold(&round.name)));
    if is_open(round, now) { message.buttons([again(words, id, role)]) } else { message }
}

fn again(words: Words<'_>, id: Id, role: Role) -> Button {
    Button::secondary(words.say("button-sign-up-again"), P::As(role.into()).on(id))
}

fn is_open(round: &Round, now: Timestamp) -> bool {
    round.stage == Stage::SignUp && now < round.until
}

/// They began and did not finish.
#[must_use]
pub fn reminder(words: Words<'_>, id: Id, round: &Round) -> Message {
    let first = say!(words, "join-reminder", name = bold(&round.name), until = relative(round.until));
    Message::new(first).buttons([
        Button::primary(words.say("button-go-on"), P::First.on(id)),
        Button::secondary(words.say("button-withdraw"), P::WithdrawYes.on(id)),
    ])
}

/// Sign-up ends soon, for its organizer.
#[must_use]
pub fn ends_soon(words: Words<'_>, round: &Round, taking_part: usize, begun: usize) -> Message {
    let first = say!(words, "round-ends-soon", name = bold(&round.name), until = relative(round.until));
    let how = say!(words, "round-ends-soon-how", count = taking_part, begun = begun);
    Message::new(first).embed(Embed::new(how).color(COLOR))
}

//! What an organizer sees while they set a round up.

use serenity::all::Permissions;

use super::forms::{ABOUT, Refusal, Typed, TypedMore};
use super::press::OpenPress as P;
use crate::discord::custom_id::Press as _;
use crate::discord::message::{Button, Choice, Embed, Input, Menu, Message, Modal};
use crate::discord::text::{cut, moment, plain, relative};
use crate::id::Id;
use crate::members::views::{COLOR, misread};
use crate::rounds::closing::press::ClosePress;
use crate::rounds::later::press::LaterPress;
use crate::rounds::later::views::not_by_itself;
use crate::rounds::plan::press::PlanPress;
use crate::rounds::press::RoundPress;
use crate::rounds::round::{LeftOver, Rooms, Round, Shape, Stage, Stopped};
use crate::rounds::running::press::RunPress;
use crate::rounds::views::{bold, role_mention, shape};
use crate::say;
use crate::texts::Words;

/// The words of the settings that can be on or off.
pub const CHANNELS: &str = "channels";
/// Mentors accept their group first.
pub const ACCEPT: &str = "accept";
/// Who took part gets a role.
pub const BADGE: &str = "badge";
/// Discord's type of text channels ("Channel", "Channel Types").
const TEXT: u8 = 0;
/// Most roles that may sign up.
const ROLES: u8 = 10;
/// Most topics, or questions, shown in a field.
const SHOWN: usize = 900;

/// The first form.
#[must_use]
pub fn form(words: Words<'_>, id: Id, typed: &Typed) -> Modal {
    Modal::new(
        P::Form.on(id),
        words.say("round-form"),
        [
            Input::line("name", words.say("round-name"))
                .required()
                .max(60)
                .placeholder(words.say("round-name-example"))
                .value(&typed.name),
            Input::line("until", words.say("round-until"))
                .required()
                .max(100)
                .placeholder(words.say("round-until-example"))
                .value(&typed.until),
            Input::line("weeks", words.say("round-weeks")).max(20).value(&typed.weeks),
            Input::line("every", words.say("round-every")).max(20).value(&typed.every),
            Input::paragraph("topics", words.say("round-topics"))
                .max(2_000)
                .placeholder(words.say("round-topics-example"))
                .value(&typed.topics),
        ],
    )
}

/// The second form.
#[must_use]
pub fn words_form(words: Words<'_>, id: Id, typed: &TypedMore) -> Modal {
    Modal::new(
        P::WordsForm.on(id),
        words.say("round-words-form"),
        [
            Input::paragraph("about", words.say("round-about")).max(ABOUT).value(&typed.about),
            Input::line("languages", words.say("round-languages"))
                .max(1_000)
                .placeholder(words.say("round-languages-example"))
                .value(&typed.languages),
            Input::paragraph("questions", words.say("round-questions"))
                .max(300)
                .placeholder(words.say("round-questions-example"))
                .value(&typed.questions),
            Input::line("places", words.say("round-places"))
                .max(100)
                .placeholder(words.say("round-places-example"))
                .value(&typed.places),
        ],
    )
}

/// A round as its organizers see it, with what they can do now.
#[must_use]
pub fn shown(words: Words<'_>, id: Id, round: &Round) -> Message {
    let name = bold(&round.name);
    let key = match round.stage {
        Stage::Draft => "round-draft",
        Stage::SignUp => "round-sign-up",
        Stage::Matching => "round-matching",
        Stage::Publishing => "round-publishing",
        Stage::Running => "round-running",
        Stage::Closing => "round-closing",
        Stage::Closed => "round-closed",
        Stage::Cancelled => "round-cancelled",
    };
    let first = say!(
        words,
        key,
        name = name,
        channel = format!("<#{}>", round.channel),
        until = relative(round.until)
    );
    let message = Message::new(first).embed(facts(words, round));
    let edit = || Button::secondary(words.say("button-edit"), P::Edit.on(id));
    let more = || Button::secondary(words.say("button-more-settings"), P::More.on(id));
    let cancel = || Button::danger(words.say("button-cancel-round"), P::Cancel.on(id));
    match round.stage {
        Stage::Draft => setting(words, id, round, message),
        Stage::SignUp => message.buttons([
            Button::secondary(words.say("button-end-sign-up"), P::End.on(id)),
            edit(),
            more(),
            cancel(),
        ]),
        Stage::Matching => {
            let later = round.later.map(|_| not_by_itself(words, id));
            let reopen = Button::secondary(words.say("button-reopen"), P::Reopen.on(id));
            let groups = Button::primary(words.say("button-show-groups"), PlanPress::Preview.on(id));
            message.buttons([Some(groups), Some(reopen), later, Some(cancel())].into_iter().flatten())
        }
        Stage::Publishing | Stage::Running if needs_channel(round) => {
            message.menu(channels(words, id, round)).buttons([cancel()])
        }
        Stage::Publishing => message.buttons([cancel()]),
        Stage::Running => {
            let attention = RunPress::Attention.on(id);
            message.buttons([
                Button::primary(words.say("button-attention"), attention),
                report(words, id),
                Button::secondary(words.say("button-close-round"), ClosePress::Ask.on(id)),
                cancel(),
            ])
        }
        Stage::Closing => message.buttons([
            report(words, id),
            Button::secondary(words.say("button-end-round"), ClosePress::Ask.on(id)),
            cancel(),
        ]),
        Stage::Closed => message.buttons([report(words, id)]),
        Stage::Cancelled => message,
    }
}

fn report(words: Words<'_>, id: Id) -> Button {
    Button::secondary(words.say("button-report"), RoundPress::Report(id).id())
}

/// Whether rooms cannot be made because the channel is gone: another one can be chosen.
#[must_use]
pub fn needs_channel(round: &Round) -> bool {
    matches!(round.stage, Stage::Publishing | Stage::Running) && round.stopped == Some(Stopped::NoChannel)
}

fn channels(words: Words<'_>, id: Id, round: &Round) -> Menu {
    // One that is gone cannot be shown as chosen.
    let chosen = Some(round.channel).filter(|_| !needs_channel(round));
    Menu::channels(P::Channel.on(id), words.say("round-channel-menu"), &[TEXT], chosen)
}

/// The menus and buttons of a draft.
fn setting(words: Words<'_>, id: Id, round: &Round, message: Message) -> Message {
    let shapes = Shape::ALL.iter().map(|(it, word)| {
        let choice = Choice::new(shape(words, *it), *word);
        if *it == round.shape { choice.chosen() } else { choice }
    });
    let roles = Menu::roles(P::Roles.on(id), words.say("round-roles-menu"), round.roles.iter().copied());
    message
        .menu(Menu::new(P::Shape.on(id), words.say("round-shape-menu"), shapes))
        .menu(channels(words, id, round))
        .menu(roles.many(0, ROLES))
        .buttons([
            Button::primary(words.say("button-open-sign-up"), P::Begin.on(id)),
            later(words, id, round),
            Button::secondary(words.say("button-edit"), P::Edit.on(id)),
            Button::secondary(words.say("button-more-settings"), P::More.on(id)),
            Button::danger(words.say("button-discard"), P::Discard.on(id)),
        ])
}

/// The button by which the next step comes at its time, or does not any more.
fn later(words: Words<'_>, id: Id, round: &Round) -> Button {
    match round.later {
        Some(_) => not_by_itself(words, id),
        None => Button::secondary(words.say("button-open-later"), LaterPress::Ask.on(id)),
    }
}

/// What else can be set.
#[must_use]
pub fn more(words: Words<'_>, id: Id, round: &Round) -> Message {
    let first = say!(words, "round-more", name = bold(&round.name));
    let message = Message::new(first).embed(facts(words, round));
    let buttons = [
        Button::secondary(words.say("button-languages-questions"), P::Words.on(id)),
        Button::secondary(words.say("button-back"), P::Show.on(id)),
    ];
    if round.stage != Stage::Draft {
        return message.buttons(buttons);
    }
    let left_over = LeftOver::ALL.iter().map(|(it, word)| {
        let choice = Choice::new(words.say(&format!("round-left-over-{word}")), *word);
        if *it == round.left_over { choice.chosen() } else { choice }
    });
    let on = [(CHANNELS, round.rooms == Rooms::Channels), (ACCEPT, round.accept), (BADGE, round.badge)];
    let options = on.iter().map(|(word, on)| {
        let choice = Choice::new(words.say(&format!("round-option-{word}")), *word);
        if *on { choice.chosen() } else { choice }
    });
    message
        .menu(Menu::new(P::LeftOver.on(id), words.say("round-left-over-menu"), left_over))
        .menu(Menu::new(P::Options.on(id), words.say("round-options-menu"), options).many(0, 3))
        .buttons(buttons)
}

/// Everything that was set.
fn facts(words: Words<'_>, round: &Round) -> Embed {
    let runs = say!(words, "round-runs", weeks = round.weeks, every = round.every);
    let topics = if round.topics.is_empty() {
        words.say("round-topics-free")
    } else {
        plain(&cut(&round.topics.join(", "), SHOWN / 2))
    };
    let roles: Vec<String> = round.roles.iter().map(|role| role_mention(*role)).collect();
    let roles = if roles.is_empty() { words.say("round-everybody") } else { roles.join(" ") };
    let left_over = LeftOver::ALL.iter().find(|(it, _)| *it == round.left_over).map_or("", |(_, word)| word);
    let places: Vec<String> = round
        .places
        .iter()
        .map(|(role, most)| format!("{most} {}", words.say(&format!("round-role-{}", role.word()))))
        .collect();
    let questions: Vec<String> = round.questions.iter().map(|it| format!("- {}", plain(it))).collect();
    let mut options = vec![words.say(match round.rooms {
        Rooms::Threads => "round-rooms-threads",
        Rooms::Channels => "round-option-channels",
    })];
    if round.accept {
        options.push(words.say("round-option-accept"));
    }
    if round.badge {
        options.push(words.say("round-option-badge"));
    }
    let embed = if round.about.is_empty() {
        Embed::default()
    } else {
        Embed::new(plain(&cut(&round.about, usize::from(ABOUT))))
    };
    let later = round.later.map(|at| format!("{} ({})", moment(at), relative(at))).unwrap_or_default();
    embed
        .color(COLOR)
        .field(words.say("round-later"), later, true)
        .field(words.say("round-shape"), shape(words, round.shape), true)
        .field(words.say("round-until"), format!("{} ({})", moment(round.until), relative(round.until)), true)
        .field(words.say("round-runs-name"), runs, true)
        .field(words.say("round-channel"), format!("<#{}>", round.channel), true)
        .field(words.say("round-roles"), roles, true)
        .field(words.say("round-left-over"), words.say(&format!("round-left-over-{left_over}")), true)
        .field(words.say("round-topics"), topics, false)
        .field(words.say("round-languages"), plain(&cut(&round.languages.join(", "), SHOWN / 2)), true)
        .field(words.say("round-places"), places.join(", "), true)
        .field(words.say("round-questions"), questions.join("\n"), false)
        .field(words.say("round-options"), options.join("\n"), false)
}

/// Why what was typed was not taken.
#[must_use]
pub fn refusal(words: Words<'_>, typed: &Typed, refusal: &Refusal) -> String {
    let shown = |text: &str| plain(&cut(text, 60));
    match refusal {
        Refusal::Name => words.say("round-not-a-name"),
        Refusal::Until(not) => {
            format!("{} {}", misread(words, &typed.until, not), words.say("round-until-try"))
        }
        Refusal::Weeks(typed) => say!(words, "round-not-weeks", typed = shown(typed)),
        Refusal::Every(typed) => say!(words, "round-not-every", typed = shown(typed)),
        Refusal::Topics(count) => say!(words, "round-too-many-topics", count = *count),
        Refusal::TooLong(part, most) => {
            say!(words, "round-too-long", part = shown(part), count = part.chars().count(), most = *most)
        }
        Refusal::Questions(count) => say!(words, "round-too-many-questions", count = *count),
        Refusal::Places(typed) => say!(words, "round-not-places", typed = shown(typed)),
    }
}

/// No round can be opened from here.
#[must_use]
pub fn no_channel(words: Words<'_>) -> Message {
    Message::new(words.say("round-no-channel"))
}

/// The draft is gone.
#[must_use]
pub fn discarded(words: Words<'_>, round: &Round) -> Message {
    Message::new(say!(words, "round-discarded", name = bold(&round.name)))
}

/// Sign-up would be over before it begins.
#[must_use]
pub fn over_already(words: Words<'_>, id: Id, round: &Round) -> Message {
    Message::new(say!(words, "round-over-already", until = relative(round.until)))
        .buttons([Button::primary(words.say("button-edit"), P::Edit.on(id))])
}

/// Kith lacks permissions in the channel.
#[must_use]
pub fn missing(words: Words<'_>, id: Id, round: &Round, missing: Permissions) -> Message {
    let names: Vec<String> =
        missing.get_permission_names().iter().map(|name| format!("**{name}**")).collect();
    let channel = format!("<#{}>", round.channel);
    Message::new(say!(words, "round-missing", channel = channel, names = names.join(", "))).buttons([
        Button::primary(words.say("button-try-again"), P::Begin.on(id)),
        Button::secondary(words.say("button-back"), P::Show.on(id)),
    ])
}

/// The channel is none that a round can be in.
#[must_use]
pub fn no_text_channel(words: Words<'_>, id: Id, round: &Round) -> Message {
    Message::new(say!(words, "round-no-text-channel", channel = format!("<#{}>", round.channel)))
        .buttons([Button::secondary(words.say("button-back"), P::Show.on(id))])
}

/// Asks whether to call a round off.
#[must_use]
pub fn ask_to_cancel(words: Words<'_>, id: Id, round: &Round) -> Message {
    Message::new(say!(words, "round-ask-to-cancel", name = bold(&round.name))).buttons([
        Button::danger(words.say("button-cancel-round"), P::CancelYes.on(id)),
        Button::secondary(words.say("button-keep-round"), P::Show.on(id)),
    ])
}

/// The board is put up anew.
#[must_use]
pub fn put_up(words: Words<'_>, round: &Round) -> Message {
    Message::new(say!(
        words,
        "board-put-up",
        name = bold(&round.name),
        channel = format!("<#{}>", round.channel)
    ))
}

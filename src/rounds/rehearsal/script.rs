//! What a rehearsal shows, in its order. Pure.

use jiff::Timestamp;

use super::invented::people;
use crate::discord::message::{Button, Component, Message};
use crate::id::{ChannelId, Id, UserId};
use crate::rounds::closing;
use crate::rounds::closing::feedback::{Feedback, Open};
use crate::rounds::closing::views::{self as closing_views, Companion, Story};
use crate::rounds::group::{Found, Group, Room};
use crate::rounds::matching::{Progress, Role, solve};
use crate::rounds::open::press::OpenPress;
use crate::rounds::plan::problem::{Taking, problem};
use crate::rounds::plan::{found_of, groups_of, views as plan_views};
use crate::rounds::publish::times::offer;
use crate::rounds::publish::times_of;
use crate::rounds::publish::views::{self as publish_views, Someone};
use crate::rounds::round::{FEEDBACK, Round, Stage};
use crate::rounds::running::views as running;
use crate::rounds::views::{self as shared, bold};
use crate::say;
use crate::texts::Words;

/// Everything that a rehearsal of a round shows; nothing where no group can be made of the invented.
#[must_use]
pub fn script(words: Words<'_>, (id, round): (Id, &Round), room: ChannelId, now: Timestamp) -> Vec<Message> {
    let (names, topics) = (words.say("rehearsal-names"), words.say("rehearsal-topics"));
    let names: Vec<&str> = names.split(',').map(str::trim).collect();
    let topics: Vec<&str> = topics.split(',').map(str::trim).collect();
    let all = people(round, &names, &topics, now);
    let Some((groups, found)) = matched(round, &all, now) else { return vec![] };

    let heading = |key: &str| Message::new(say!(words, key, name = bold(&round.name)));
    let in_stage = |stage: Stage| Round { stage, ..round.clone() };
    let counts: Vec<(Role, usize)> = round
        .shape
        .roles()
        .iter()
        .map(|role| (*role, all.iter().filter(|it| it.sign_up.role == *role).count()))
        .collect();
    let mut shown = vec![
        heading("rehearsal-begins"),
        heading("rehearsal-sign-up"),
        shared::board(words, id, &in_stage(Stage::SignUp), &counts, (0, 0)),
        heading("rehearsal-groups"),
        plan_views::preview(words, (id, &in_stage(Stage::Matching)), &groups, &found, 0),
    ];
    if let Some((number, group)) = groups.first() {
        let group = &Group { room: Room::In(room), ..group.clone() };
        let people: Vec<Someone> = group.people.iter().filter_map(|user| someone(&all, *user)).collect();
        let times = offer(round, &times_of(group, &people), now, round.meets(now, 1));
        let group_first = (*number, group);
        shown.push(heading("rehearsal-published"));
        shown.push(publish_views::introduction(words, (id, round), group_first, &people, &times));
        if let Some(to) = people.first() {
            shown.push(heading("rehearsal-each"));
            shown.push(publish_views::your_group(words, (id, round), group, (to, &people), room));
            shown.push(heading("rehearsal-check-in"));
            shown.push(running::check_in(words, (id, round), group_first, 1, to.user));
            shown.push(heading("rehearsal-pulse"));
            shown.push(running::pulse(words, (id, round)));
            shown.push(heading("rehearsal-close"));
            shown.push(closing_views::asked(words, &story((id, round), group, to, &people, now)));
        }
    }
    let ends = heading("rehearsal-ends");
    let ends = match round.stage {
        Stage::Draft => ends.buttons([
            Button::primary(words.say("button-open-sign-up"), OpenPress::Begin.on(id)),
            Button::secondary(words.say("button-show"), OpenPress::Show.on(id)),
        ]),
        _ => ends,
    };
    shown.into_iter().map(|message| played(message, &all)).chain([ends]).collect()
}

/// What somebody is asked at the end.
fn story<'a>(
    (id, round): (Id, &'a Round),
    group: &Group,
    to: &Someone,
    people: &[Someone],
    now: Timestamp,
) -> Story<'a> {
    let others = people.iter().filter(|it| it.user != to.user).map(|it| Companion {
        user: it.user,
        name: it.sign_up.name.clone(),
        is: closing::is(group, to.user, it.user),
        known: false,
    });
    Story {
        id,
        round,
        people: others.collect(),
        weeks: round.weeks,
        met: None,
        feedback: Feedback::default(),
        choices: Open::choices(to.user, group),
        has_mentor: group.mentor.is_some_and(|mentor| mentor != to.user),
        until: Some(round.ends(now) + FEEDBACK),
    }
}

fn someone(all: &[Taking], user: UserId) -> Option<Someone> {
    let it = all.iter().find(|it| it.user == user)?;
    Some(Someone { user, sign_up: it.sign_up.clone(), zone: it.zone.clone() })
}

fn matched(round: &Round, all: &[Taking], now: Timestamp) -> Option<(Vec<(u16, Group)>, Found)> {
    let problem = problem(round, all, &[], &[], (false, now));
    let outcome = solve(&problem, 1, &Progress::new()).ok().filter(|it| !it.groups.is_empty())?;
    let groups = (1..).zip(groups_of(&outcome, &[])).collect();
    Some((groups, found_of(&outcome, now)))
}

/// A message as the rehearsal shows it: the invented by their names, buttons and menus without effect, nobody pinged.
fn played(message: Message, all: &[Taking]) -> Message {
    let mut message = message.pinging_nobody();
    for component in message.components.iter_mut().flat_map(|row| &mut row.components) {
        match component {
            Component::Button(button) => button.disabled = button.url.is_none(),
            Component::Menu(menu) => menu.disabled = true,
        }
    }
    message.map_texts(|text| {
        all.iter().fold(text.to_owned(), |text, it| {
            text.replace(&format!("<@{}>", it.user), &bold(&it.sign_up.name))
        })
    })
}

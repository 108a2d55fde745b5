//! `/mentorship history`: the rounds in which somebody took part, with whom, how often they met, what they said.

use jiff::Timestamp;

use super::gather;
use crate::discord::answer::Show;
use crate::discord::failure::Failure;
use crate::discord::message::{Embed, Message};
use crate::discord::text::{day, one_line, plain_within};
use crate::id::GuildId;
use crate::members::Asking;
use crate::members::views::COLOR;
use crate::rounds::closing::feedback::Feedback;
use crate::rounds::closing::store as closing;
use crate::rounds::round::{Round, Stage};
use crate::rounds::signup::{SignUp, State};
use crate::rounds::store;
use crate::rounds::views::bold;
use crate::say;
use crate::store::{StoreError, Tx};
use crate::texts::Words;

/// Most rounds in one answer: each is a field of the embed, and all of them fit.
const SHOWN: usize = 8;
/// Most characters of a text that is shown back.
const TEXT: usize = 180;

/// One round of somebody's.
struct Past {
    round: Round,
    here: bool,
    role: &'static str,
    left: bool,
    people: Vec<String>,
    met: Option<u16>,
    feedback: Option<Feedback>,
}

/// One's rounds: those in this server first.
///
/// # Errors
/// The store's.
pub fn history(tx: &mut Tx<'_>, asking: &Asking<'_>) -> Result<Show, Failure> {
    let own = asking.person.id;
    let mut all = Vec::new();
    for (id, round, sign_up) in store::of_user(tx, own)?.into_iter().rev() {
        let took_part = matches!(sign_up.state, State::In | State::Left) && round.began.is_some();
        if took_part && round.stage != Stage::Cancelled {
            all.extend(past(tx, asking, (id, round), &sign_up)?);
        }
    }
    all.sort_by_key(|it| !it.here);
    Ok(Show::Reply(shown(asking.words, &all)))
}

fn past(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    (id, round): (crate::id::Id, Round),
    sign_up: &SignUp,
) -> Result<Option<Past>, StoreError> {
    let own = asking.person.id;
    let here = |guild: GuildId| asking.person.guild.is_none_or(|here| here == guild);
    let mut it = Past {
        here: here(round.guild),
        role: sign_up.role.word(),
        left: sign_up.state == State::Left,
        people: vec![],
        met: None,
        feedback: closing::feedback(tx, id, own)?,
        round: gather::as_it_ran(tx, (id, round))?,
    };
    if let Some((_, group)) = store::group_of(tx, id, own)? {
        for other in group.others(own) {
            it.people.extend(store::sign_up(tx, id, other)?.map(|it| it.name));
        }
        it.met = gather::met(tx, (id, &it.round), own)?;
    } else if !it.left {
        // Left over, and never in a group.
        return Ok(None);
    }
    Ok(Some(it))
}

fn shown(words: Words<'_>, all: &[Past]) -> Message {
    if all.is_empty() {
        return Message::new(words.say("history-none"));
    }
    let first = say!(words, "history-first", count = all.len());
    let embed = all.iter().take(SHOWN).fold(Embed::default().color(COLOR), |embed, it| {
        embed.field(head(words, it), told(words, it), false)
    });
    let elsewhere = all.iter().filter(|it| !it.here).count();
    let more = all.len().saturating_sub(SHOWN);
    let footer = say!(words, "history-footer", elsewhere = elsewhere, more = more);
    Message::new(first).embed(embed.footer(footer))
}

fn head(words: Words<'_>, it: &Past) -> String {
    let key = if it.here { "history-head" } else { "history-head-elsewhere" };
    let role = words.say(&format!("join-role-{}", it.role));
    say!(words, key, name = bold(&one_line(&it.round.name)), role = role)
}

fn told(words: Words<'_>, it: &Past) -> String {
    let mut lines = Vec::new();
    let began = it.round.began.unwrap_or(Timestamp::UNIX_EPOCH);
    lines.push(match it.round.stage {
        Stage::Running if !it.left => say!(words, "history-since", began = day(began)),
        _ => say!(words, "history-from-to", began = day(began), ended = day(it.round.ends(began))),
    });
    if it.left {
        lines.push(words.say("history-left"));
    }
    let people: Vec<String> = it.people.iter().map(|name| bold(&one_line(name))).collect();
    if !people.is_empty() {
        lines.push(say!(words, "history-with", people = people.join(", ")));
    }
    lines.extend(it.met.map(|met| say!(words, "close-story-met", count = met)));
    if let Some(feedback) = &it.feedback {
        let said = |key: &str, text: &str| {
            (!text.is_empty()).then(|| format!("{}: {}", words.say(key), plain_within(text, TEXT)))
        };
        lines.extend(feedback.again.map(|it| words.say(&format!("close-again-{}", it.word()))));
        lines.extend(said("close-learned", &feedback.learned));
        lines.extend(said("close-valued", &feedback.valued));
    }
    lines.join("\n")
}

//! What an organizer sees of a round's groups before they are published.

use super::edit::NotPossible;
use super::press::PlanPress as P;
use crate::discord::message::{Button, Choice, Embed, Menu, Message, Style};
use crate::discord::page::Page;
use crate::discord::text::{relative, whole_words};
use crate::id::{Id, UserId};
use crate::members::views::COLOR;
use crate::rounds::group::{Found, Group};
use crate::rounds::matching::{Broken, LeftReason, Reason, Weights};
use crate::rounds::open::press::OpenPress;
use crate::rounds::plan::problem::user;
use crate::rounds::round::{Round, Stage};
use crate::rounds::views::bold;
use crate::say;
use crate::texts::Words;

/// Groups on a page.
const GROUPS: usize = 8;
/// Most people who are left over on the last page.
const LEFT_OVER: usize = 20;
/// Most characters of what stands of one group, so that a page of them fits.
const LINE: usize = 420;

/// What can count most, by its word.
const EMPHASES: [&str; 6] = ["even", "topics", "half-days", "wishes", "novelty", "diversity"];

/// The weights behind a word.
#[must_use]
pub fn weights(word: &str) -> Weights {
    const MORE: f64 = 3.0;
    let usual = Weights::default();
    match word {
        "topics" => Weights { topics: usual.topics * MORE, ..usual },
        "half-days" => Weights { half_days: usual.half_days * MORE, ..usual },
        "wishes" => Weights { wishes: usual.wishes * MORE, ..usual },
        "novelty" => Weights { novelty: usual.novelty * MORE, ..usual },
        "diversity" => Weights { diversity: usual.diversity * MORE, ..usual },
        _ => usual,
    }
}

/// The page on which a group stands.
#[must_use]
pub fn page_of(number: u16) -> u16 {
    let groups = u16::try_from(GROUPS).unwrap_or(1);
    number.saturating_sub(1) / groups
}

/// Somebody, whom this does not ping.
#[must_use]
pub fn mention(user: UserId) -> String {
    format!("<@{user}>")
}

/// The groups, a page of them, with the figures.
#[must_use]
pub fn preview(
    words: Words<'_>,
    (id, round): (Id, &Round),
    groups: &[(u16, Group)],
    found: &Found,
    page: u16,
) -> Message {
    let page = Page::of(groups.len(), GROUPS, page);
    let shown = page.shown(groups);
    let lines: Vec<String> = shown.iter().map(|(number, group)| line(words, *number, group)).collect();
    let name = bold(&round.name);
    let first = say!(
        words,
        "plan-first",
        name = name,
        groups = groups.len(),
        people = found.placed,
        left = found.left_over.len()
    );
    let mut embed = Embed::new(lines.join("\n\n")).color(COLOR).field(
        words.say("plan-figures"),
        figures(words, found),
        false,
    );
    if page.number() == page.count {
        embed = embed.field(words.say("plan-left-over"), left_over(words, found), false);
    }
    let excluded: Vec<String> =
        found.excluded.iter().map(|(a, b)| format!("{} ≠ {}", mention(*a), mention(*b))).take(10).collect();
    embed = embed.field(words.say("plan-excluded"), excluded.join(", "), false);
    if page.count > 1 {
        embed = embed.footer(say!(words, "list-footer", page = page.number(), pages = page.count));
    }
    let message = Message::new(first).embed(embed);
    if round.stage != Stage::Matching {
        return message.buttons(page.turns(words, Style::Secondary, |to| P::Show(to).on(id)));
    }
    let now = weights_word(round.weights);
    let emphases = EMPHASES.iter().map(|word| {
        let choice = Choice::new(words.say(&format!("plan-weights-{word}")), *word);
        if *word == now { choice.chosen() } else { choice }
    });
    let locks = shown.iter().map(|(number, group)| {
        let key = if group.locked { "button-unlock" } else { "button-lock" };
        Button::secondary(say!(words, key, number = *number), P::Lock(*number).on(id))
    });
    let publish =
        (!groups.is_empty()).then(|| Button::primary(words.say("button-publish"), P::Publish.on(id)));
    let buttons = publish
        .into_iter()
        .chain([Button::secondary(words.say("button-find-anew"), P::Find.on(id))])
        .chain(page.turns(words, Style::Secondary, |to| P::Show(to).on(id)));
    message
        .menu(Menu::new(P::Weights.on(id), words.say("plan-weights-menu"), emphases))
        .buttons(buttons)
        .buttons(locks)
}

fn weights_word(now: Weights) -> &'static str {
    EMPHASES.into_iter().find(|word| weights(word) == now).unwrap_or("")
}

/// One group: who is in it, how well they fit, and why.
fn line(words: Words<'_>, number: u16, group: &Group) -> String {
    let people: Vec<String> = group
        .people
        .iter()
        .map(|user| {
            let of = if group.mentor == Some(*user) {
                Some("plan-mentor")
            } else if group.sponsor == Some(*user) {
                Some("plan-sponsor")
            } else {
                None
            };
            match of {
                Some(key) => say!(words, key, name = mention(*user)),
                None => mention(*user),
            }
        })
        .collect();
    let mut marks = String::new();
    if group.locked {
        marks.push_str(" 🔒");
    }
    match group.accepted {
        Some(true) => marks.push_str(" ✅"),
        Some(false) => marks.push_str(" ❌"),
        None => {}
    }
    let fit = percent(group.fit);
    let why: Vec<String> = group.reasons.iter().map(|reason| reason_said(words, reason)).collect();
    let head = say!(words, "plan-line", number = number, people = people.join(" · "), fit = fit);
    whole_words(&format!("{head}{marks}\n{}", why.join(", ")), LINE)
}

/// A fit in [0, 1] as whole percent.
#[must_use]
pub fn percent(fit: f64) -> String {
    format!("{:.0}", (fit * 100.0).clamp(0.0, 100.0))
}

/// A reason in words.
#[must_use]
pub fn reason_said(words: Words<'_>, reason: &Reason) -> String {
    let who = |id: &str| user(id).map_or_else(String::new, mention);
    match reason {
        Reason::Given => words.say("reason-given"),
        Reason::WishedBy { by, whom } => say!(words, "reason-wished", by = who(by), whom = who(whom)),
        Reason::SharedTopics(count) => say!(words, "reason-topics", count = *count),
        Reason::SharedGoals(count) => say!(words, "reason-goals", count = *count),
        Reason::CommonHalfDays(count) => say!(words, "reason-half-days", count = *count),
        Reason::LevelSuits => words.say("reason-level"),
        Reason::Fields(count) => say!(words, "reason-fields", count = *count),
        Reason::NewToEachOther => words.say("reason-new"),
        Reason::MetBefore(ago) => say!(words, "reason-met", count = *ago),
    }
}

/// How good it is, against what would be possible.
fn figures(words: Words<'_>, found: &Found) -> String {
    let gap = if found.bound > 0.0 { (found.bound - found.total) / found.bound * 100.0 } else { 0.0 };
    let said = match () {
        () if found.edited => say!(words, "plan-edited", total = format!("{:.2}", found.total)),
        () if found.optimal => say!(words, "plan-optimal", total = format!("{:.2}", found.total)),
        () => say!(
            words,
            "plan-gap",
            total = format!("{:.2}", found.total),
            bound = format!("{:.2}", found.bound),
            gap = format!("{gap:.1}")
        ),
    };
    format!("{said} {}", say!(words, "plan-worst", worst = percent(found.worst)))
}

fn left_over(words: Words<'_>, found: &Found) -> String {
    let more = found.left_over.len().saturating_sub(LEFT_OVER);
    let mut lines: Vec<String> = found
        .left_over
        .iter()
        .take(LEFT_OVER)
        .map(|(user, why)| format!("{}: {}", mention(*user), left_said(words, *why)))
        .collect();
    if more > 0 {
        lines.push(say!(words, "plan-left-more", count = more));
    }
    lines.join("\n")
}

/// Why somebody is left over, in words that tell nothing of whom they avoid.
#[must_use]
pub fn left_said(words: Words<'_>, why: LeftReason) -> String {
    words.say(&format!("left-{}", left_word(why)))
}

/// The same, to themselves.
#[must_use]
pub fn left_told(words: Words<'_>, why: LeftReason, (wanted, placed): (usize, usize)) -> String {
    words.with(
        &format!("left-you-{}", left_word(why)),
        &[("wanted", wanted.into()), ("placed", placed.into())],
    )
}

fn left_word(why: LeftReason) -> &'static str {
    match why {
        LeftReason::RoleNotInShape => "role",
        LeftReason::NoCapacity => "no-capacity",
        LeftReason::NobodyPossible => "nobody",
        LeftReason::MentorsFull => "mentors-full",
        LeftReason::NoMenteeLeft => "no-mentee",
        LeftReason::NoGroupLeft => "no-group",
        LeftReason::NoPlaceLeft => "no-place",
    }
}

/// A group is locked, or free again.
#[must_use]
pub fn locked(words: Words<'_>, number: u16, is_locked: bool) -> String {
    let key = if is_locked { "plan-locked-now" } else { "plan-free-now" };
    say!(words, key, number = number)
}

/// Sign-up is not over yet.
#[must_use]
pub fn not_yet(words: Words<'_>, id: Id, round: &Round) -> Message {
    let message =
        Message::new(say!(words, "plan-not-yet", name = bold(&round.name), until = relative(round.until)));
    if round.stage != Stage::SignUp {
        return message;
    }
    message.buttons([Button::secondary(words.say("button-end-sign-up"), OpenPress::End.on(id))])
}

/// Somebody changed something while groups were found.
#[must_use]
pub fn changed_meanwhile(words: Words<'_>, id: Id) -> Message {
    Message::new(words.say("plan-changed-meanwhile"))
        .buttons([Button::primary(words.say("button-find-anew"), P::Find.on(id))])
}

/// There is no such group.
#[must_use]
pub fn no_such_group(words: Words<'_>, number: u16) -> Message {
    Message::new(say!(words, "plan-no-such-group", number = number))
}

/// Groups cannot be changed at this stage.
#[must_use]
pub fn not_changeable(words: Words<'_>, id: Id, round: &Round) -> Message {
    if round.stage < Stage::Matching {
        return not_yet(words, id, round);
    }
    Message::new(say!(words, "plan-not-changeable", name = bold(&round.name)))
}

/// Somebody takes no part.
#[must_use]
pub fn takes_no_part(words: Words<'_>, user: UserId) -> Message {
    Message::new(say!(words, "plan-takes-no-part", user = mention(user)))
}

/// Two different people are needed.
#[must_use]
pub fn one_person(words: Words<'_>) -> Message {
    Message::new(words.say("plan-one-person"))
}

/// A change by hand cannot be made.
#[must_use]
pub fn not_possible(words: Words<'_>, not: NotPossible) -> Message {
    Message::new(match not {
        NotPossible::NoSuchGroup => words.say("plan-no-group"),
        NotPossible::There(user) => say!(words, "plan-there", user = mention(user)),
        NotPossible::Locked(at) => say!(words, "plan-locked", number = at + 1),
    })
}

/// A change by hand would break a rule. Who avoids whom is not told.
#[must_use]
pub fn broken(words: Words<'_>, id: Id, broken: &[Broken]) -> Message {
    let who = |id: &str| user(id).map_or_else(String::new, mention);
    let said = broken.iter().map(|broken| match broken {
        Broken::Unknown(id) | Broken::Twice(id) | Broken::RoleNotInShape(id) => {
            say!(words, "broken-person", user = who(id))
        }
        Broken::Avoided { by: a, whom: b } | Broken::Excluded(a, b) | Broken::NotNamed(a, b) => {
            // In the order of their ids, so that it does not tell who avoids whom.
            let (one, other) = (a.min(b), a.max(b));
            say!(words, "broken-apart", one = who(one), other = who(other))
        }
        Broken::NoCommonLanguage(a, b) => say!(words, "broken-language", one = who(a), other = who(b)),
        Broken::NoMentor(id) => say!(words, "broken-no-mentor", user = who(id)),
        Broken::TwoMentors(a, b) => say!(words, "broken-two-mentors", one = who(a), other = who(b)),
        Broken::TwoSponsors(a, b) => say!(words, "broken-two-sponsors", one = who(a), other = who(b)),
        Broken::NoMentee(id) => say!(words, "broken-no-mentee", user = who(id)),
        Broken::OverCapacity { id, room, given } => {
            say!(words, "broken-capacity", user = who(id), room = *room, given = *given)
        }
        Broken::TooSmall { people, least } => {
            say!(words, "broken-small", people = *people, least = *least)
        }
        Broken::TooLarge { people, most } => say!(words, "broken-large", people = *people, most = *most),
    });
    let said: Vec<String> = said.take(5).map(|it| format!("- {it}")).collect();
    Message::new(words.say("plan-broken"))
        .embed(Embed::new(said.join("\n")).color(COLOR))
        .buttons([Button::secondary(words.say("button-show-groups"), P::Show(0).on(id))])
}

/// Groups that were found break a rule by now, so they are not published.
#[must_use]
pub fn not_published(words: Words<'_>, id: Id, rules: &[Broken]) -> Message {
    let message = broken(words, id, rules);
    let find = Button::primary(words.say("button-find-anew"), P::Find.on(id));
    Message { content: words.say("plan-broken-now"), ..message }.buttons([find])
}

/// Two people are kept apart, or no longer.
#[must_use]
pub fn excluded(
    words: Words<'_>,
    id: Id,
    (one, other): (UserId, UserId),
    apart: bool,
    together: Option<u16>,
) -> Message {
    let key = if apart { "plan-kept-apart" } else { "plan-no-longer-apart" };
    let mut first = say!(words, key, one = mention(one), other = mention(other));
    if let Some(number) = together.filter(|_| apart) {
        first = format!("{first} {}", say!(words, "plan-still-together", number = number));
    }
    Message::new(first).buttons([Button::secondary(words.say("button-find-anew"), P::Find.on(id))])
}

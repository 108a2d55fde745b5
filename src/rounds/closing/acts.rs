//! What organizers and members do at the end of a round.

use jiff::Timestamp;

use super::feedback::{Again, Feedback, Open, TEXT, mentees};
use super::press::ClosePress;
use super::views::{Companion, Story};
use super::{badge, end, store, views};
use crate::connections::acts::{add_one, named};
use crate::connections::forms::Typed;
use crate::connections::{Relationship, store as connections};
use crate::discord::answer::Show;
use crate::discord::app::App;
use crate::discord::failure::Failure;
use crate::discord::router::Pressed;
use crate::discord::text::cut;
use crate::id::{Id, UserId};
use crate::members::{Asking, serve_press};
use crate::rounds::group::Group;
use crate::rounds::organizer::organized;
use crate::rounds::report::gather::{self, Observed};
use crate::rounds::round::{FEEDBACK, Round, Stage};
use crate::rounds::{store as rounds, views as shared};
use crate::say;
use crate::store::{StoreError, Tx};

/// `/organize close`: asks whether to end the round, or to wait for no more feedback.
///
/// # Errors
/// They may not organize here; the store's.
pub(super) fn close(tx: &mut Tx<'_>, asking: &Asking<'_>, id: Id) -> Result<Show, Failure> {
    let round = organized(tx, asking, id)?;
    let words = asking.words;
    let all = store::all_feedback(tx, id)?;
    Ok(Show::Reply(match (round.stage, store::closing(tx, id)?) {
        (Stage::Running, Some(closing)) => views::closes(words, (id, &round), closing.asks),
        (Stage::Running, None) => {
            let people = rounds::groups(tx, id)?.iter().map(|(_, group)| group.people.len()).sum();
            views::ask_to_close(words, (id, &round), people)
        }
        (Stage::Closing, _) => {
            let answered = all.iter().filter(|(_, it)| it.answered.is_some()).count();
            views::ask_to_end(words, (id, &round), answered, all.len())
        }
        _ => views::not_running(words, &round),
    }))
}

/// Answers a press at the end of a round.
///
/// # Errors
/// They may not, or the store fails.
pub async fn press(app: &App, pressed: &Pressed, id: Id, press: ClosePress) -> Result<Show, Failure> {
    use ClosePress as P;
    serve_press(app, pressed, |tx, asking| match press {
        P::Yes | P::Undo | P::EndYes | P::No => organizer(tx, asking, id, press),
        P::Ask => close(tx, asking, id).map(Show::in_place),
        P::Badge => badge_again(tx, asking, id),
        P::Write | P::WriteForm | P::Again | P::Open => said(tx, asking, (id, press), pressed),
        P::Keep(user) => keep(tx, asking, id, UserId(user)),
    })
    .await
}

fn organizer(tx: &mut Tx<'_>, asking: &Asking<'_>, id: Id, press: ClosePress) -> Result<Show, Failure> {
    let round = organized(tx, asking, id)?;
    let words = asking.words;
    let known = store::closing(tx, id)?;
    Ok(Show::Update(match (press, round.stage, known) {
        (ClosePress::Yes, Stage::Running, None) => {
            let asks = end::begin(tx, id, asking.now)?;
            views::closes(words, (id, &round), asks)
        }
        (ClosePress::Yes, Stage::Running, Some(closing)) => views::closes(words, (id, &round), closing.asks),
        (ClosePress::Undo, ..) if end::take_back(tx, id)? => views::goes_on(words, &round),
        (ClosePress::Undo, ..) => views::too_late_to_undo(words, &round),
        (ClosePress::EndYes, Stage::Closing, _) => {
            end::close(tx, asking.app, (id, round.clone()), asking.now)?;
            views::ended(words, &round)
        }
        (ClosePress::No, ..) => views::left_as_it_is(words, &round),
        _ => views::not_running(words, &round),
    }))
}

/// Roles are given again.
fn badge_again(tx: &mut Tx<'_>, asking: &Asking<'_>, id: Id) -> Result<Show, Failure> {
    let round = organized(tx, asking, id)?;
    badge::try_again(tx, (id, &round), asking.now)?;
    Ok(Show::Update(views::badge_tried(asking.words, &round)))
}

/// Somebody says something of the round.
fn said(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    (id, press): (Id, ClosePress),
    pressed: &Pressed,
) -> Result<Show, Failure> {
    let words = asking.words;
    let own = asking.person.id;
    let gone = || Failure::told(shared::no_such_round(words));
    let round = rounds::round(tx, id)?.ok_or_else(gone)?;
    let mut feedback = store::feedback(tx, id, own)?.ok_or_else(gone)?;
    let typed = (pressed.field("learned"), pressed.field("valued"));
    if round.stage != Stage::Closing {
        return Err(Failure::told(views::too_late(words, &round, typed)));
    }
    match press {
        ClosePress::Write => return Ok(Show::Modal(views::form(words, (id, &round), &feedback))),
        ClosePress::WriteForm => {
            feedback.learned = cut(typed.0, usize::from(TEXT));
            feedback.valued = cut(typed.1, usize::from(TEXT));
        }
        ClosePress::Again => {
            let chosen = Again::ALL.iter().find(|(_, word)| *word == pressed.value());
            feedback.again = chosen.map(|(it, _)| *it).or(feedback.again);
        }
        ClosePress::Open => {
            let chosen = Open::ALL.iter().find(|(_, word)| *word == pressed.value()).map(|(it, _)| *it);
            let choices = choices(tx, id, own)?;
            feedback.open = chosen.filter(|it| choices.contains(it)).unwrap_or(feedback.open);
        }
        _ => {}
    }
    store::put_feedback(tx, id, own, &feedback.at(asking.now))?;
    let story = story(tx, (id, &round), own)?.ok_or_else(gone)?;
    Ok(Show::Update(views::noted(words, &story)))
}

/// Somebody takes another person of their group into their own network.
fn keep(tx: &mut Tx<'_>, asking: &Asking<'_>, id: Id, user: UserId) -> Result<Show, Failure> {
    let gone = || Failure::told(shared::no_such_round(asking.words));
    let round = rounds::round(tx, id)?.ok_or_else(gone)?;
    let story = story(tx, (id, &round), asking.person.id)?.ok_or_else(gone)?;
    let them = story.people.into_iter().find(|it| it.user == user).ok_or_else(gone)?;
    let typed = Typed {
        name: cut(&them.name, crate::connections::NAME),
        member: Some(user),
        relationship: them.is.word().to_owned(),
        met: say!(asking.words, "close-met-in", name = round.name.as_str()),
        ..named("")
    };
    add_one(tx, asking, &typed, Id::new(asking.now), None)
}

/// The groups of somebody in a round.
fn groups_of(tx: &mut Tx<'_>, id: Id, user: UserId) -> Result<Vec<(u16, Group)>, StoreError> {
    let mut all = rounds::groups(tx, id)?;
    all.retain(|(_, group)| group.has(user));
    Ok(all)
}

fn choices(tx: &mut Tx<'_>, id: Id, user: UserId) -> Result<Vec<Open>, StoreError> {
    let groups = groups_of(tx, id, user)?;
    Ok(groups.first().map(|(_, group)| Open::choices(user, group)).unwrap_or_default())
}

/// What the stories of all who took part in a round have in common: read once for all of them.
pub(super) struct Common {
    groups: Vec<(u16, Group)>,
    observed: Observed,
    until: Option<Timestamp>,
    weeks: u8,
}

/// What the stories of a round have in common.
///
/// # Errors
/// The store's.
pub(super) fn common(tx: &mut Tx<'_>, (id, round): (Id, &Round)) -> Result<Common, StoreError> {
    let groups = rounds::groups(tx, id)?;
    let observed = gather::observed(tx, (id, round), round.until)?;
    let until = store::closing(tx, id)?.and_then(|it| it.asked).map(|it| it + FEEDBACK);
    let weeks = gather::as_it_ran(tx, (id, round.clone()))?.weeks;
    Ok(Common { groups, observed, until, weeks })
}

/// Somebody's story of a round; `None` where they are in no group of it.
///
/// # Errors
/// The store's.
pub(super) fn story<'a>(
    tx: &mut Tx<'_>,
    (id, round): (Id, &'a Round),
    user: UserId,
) -> Result<Option<Story<'a>>, StoreError> {
    let common = common(tx, (id, round))?;
    story_of(tx, (id, round), user, &common)
}

/// The same, where what stories have in common was read before.
///
/// # Errors
/// The store's.
pub(super) fn story_of<'a>(
    tx: &mut Tx<'_>,
    (id, round): (Id, &'a Round),
    user: UserId,
    common: &Common,
) -> Result<Option<Story<'a>>, StoreError> {
    let groups: Vec<&(u16, Group)> = common.groups.iter().filter(|(_, group)| group.has(user)).collect();
    let Some((_, first)) = groups.first() else { return Ok(None) };
    let mut people: Vec<Companion> = Vec::new();
    for (_, group) in &groups {
        for other in group.others(user) {
            let name = rounds::sign_up(tx, id, other)?.map(|it| it.name).unwrap_or_default();
            let known = connections::of_user(tx, user, other)?.is_some();
            if !people.iter().any(|it| it.user == other) {
                people.push(Companion { user: other, name, is: is(group, user, other), known });
            }
        }
    }
    let met = gather::met_by(&common.observed, user);
    let feedback: Feedback = store::feedback(tx, id, user)?.unwrap_or_default();
    let (choices, has_mentor) = (Open::choices(user, first), mentees(first).contains(&user));
    Ok(Some(Story {
        id,
        round,
        people,
        weeks: common.weeks,
        met,
        feedback,
        choices,
        has_mentor,
        until: common.until,
    }))
}

/// What somebody in a group is to another one.
#[must_use]
pub fn is(group: &Group, own: UserId, other: UserId) -> Relationship {
    let of = |user| (group.mentor == Some(user), group.sponsor == Some(user));
    match (of(own), of(other)) {
        ((false, false), (true, _)) => Relationship::Mentor,
        ((false, false), (_, true)) => Relationship::Sponsor,
        ((true, _), (false, false)) => Relationship::Mentee,
        ((_, true), (false, false)) if group.mentor.is_some() => Relationship::Protege,
        _ => Relationship::Peer,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_is_to_the_other_what_fits() {
        let [mentor, mentee, sponsor] = [UserId(1), UserId(2), UserId(3)];
        let group = Group {
            people: vec![mentor, mentee, UserId(4), sponsor],
            mentor: Some(mentor),
            sponsor: Some(sponsor),
            ..Group::default()
        };
        use Relationship as R;
        let seen = |own, other| is(&group, own, other);
        assert_eq!((seen(mentee, mentor), seen(mentor, mentee)), (R::Mentor, R::Mentee));
        assert_eq!((seen(mentee, sponsor), seen(sponsor, mentee)), (R::Sponsor, R::Protege));
        assert_eq!((seen(mentee, UserId(4)), seen(mentor, sponsor)), (R::Peer, R::Peer));
    }
}

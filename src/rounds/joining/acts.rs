//! What people do to sign up.

use jiff::SignedDuration;

use super::press::JoinPress;
use super::{left_over, views};
use crate::agenda;
use crate::discord::answer::Show;
use crate::discord::app::App;
use crate::discord::failure::Failure;
use crate::discord::router::Pressed;
use crate::id::{Id, UserId};
use crate::members::{Asking, serve_press};
use crate::rounds::half_days::HALF_DAYS;
use crate::rounds::matching::Role;
use crate::rounds::round::{QUESTIONS, Round, Stage};
use crate::rounds::signup::{self, CAPACITY, PEOPLE, Refusal, SignUp, State};
use crate::rounds::{board, life, plan, running, store};
use crate::store::Tx;

/// Whose agenda entries these are; the subject is the round.
pub const REMIND: &str = "round/remind";

/// How long before the end of sign-up those who began are reminded.
pub const BEFORE: SignedDuration = SignedDuration::from_hours(24);

/// Answers a press of somebody who signs up.
///
/// # Errors
/// The store's.
pub async fn press(app: &App, pressed: &Pressed, id: Id, press: JoinPress) -> Result<Show, Failure> {
    serve_press(app, pressed, |tx, asking| act(tx, asking, (id, press), pressed)).await
}

/// `/mentorship join`: as the one role there is, or asking as which.
///
/// # Errors
/// The store's.
pub fn join(tx: &mut Tx<'_>, asking: &Asking<'_>, id: Id) -> Result<Show, Failure> {
    let round = round(tx, asking, id)?;
    if let Some(sign_up) = store::sign_up(tx, id, asking.person.id)?.filter(|it| it.state == State::In) {
        return Ok(Show::Reply(views::mine(asking.words, id, &round, &sign_up, asking.now)));
    }
    match round.shape.roles() {
        [only] => begin(tx, asking, (id, &round), *only),
        roles => Ok(Show::Reply(views::as_whom(asking.words, id, &round, roles))),
    }
}

/// How somebody's sign-up stands.
///
/// # Errors
/// The store's.
pub fn mine(tx: &mut Tx<'_>, asking: &Asking<'_>, id: Id) -> Result<Show, Failure> {
    let round = round(tx, asking, id)?;
    if round.stage == Stage::Running && store::group_of(tx, id, asking.person.id)?.is_some() {
        return running::mine(tx, asking, id);
    }
    match store::sign_up(tx, id, asking.person.id)? {
        Some(it) if left_over::is(tx, (id, &round), asking.person.id, &it)? => {
            Ok(Show::Reply(left_over::waits(asking.words, id, &round, &it)))
        }
        Some(sign_up) => Ok(Show::Reply(views::mine(asking.words, id, &round, &sign_up, asking.now))),
        None => Ok(Show::Reply(views::not_in(asking.words, id, &round, asking.now))),
    }
}

fn round(tx: &mut Tx<'_>, asking: &Asking<'_>, id: Id) -> Result<Round, Failure> {
    let round = store::round(tx, id)?;
    // One that only its organizers know of, or another server's, is not told of.
    let here = |round: &Round| {
        round.stage != Stage::Draft && asking.person.guild.is_none_or(|guild| guild == round.guild)
    };
    round.filter(here).ok_or_else(|| Failure::told(crate::rounds::views::no_such_round(asking.words)))
}

fn act(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    (id, press): (Id, JoinPress),
    pressed: &Pressed,
) -> Result<Show, Failure> {
    use JoinPress as P;
    let words = asking.words;
    let own = asking.person.id;
    match press {
        P::As(role) => {
            let round = round(tx, asking, id)?;
            return begin(tx, asking, (id, &round), role.into());
        }
        P::Mine => return mine(tx, asking, id),
        P::Stay => return mine(tx, asking, id).map(Show::in_place),
        _ => {}
    }
    let round = round(tx, asking, id)?;
    let Some(mut sign_up) = store::sign_up(tx, id, own)? else {
        return Ok(Show::Update(views::not_in(words, id, &round, asking.now)));
    };
    match press {
        P::Withdraw if sign_up.state == State::In => {
            return Ok(Show::Update(views::ask_to_withdraw(words, id, &round)));
        }
        P::WithdrawYes => return withdrawn(tx, asking, (id, &round), sign_up),
        P::OffList | P::OnList => {
            let stands = left_over::goes(tx, asking, (id, &round), sign_up, press == P::OnList)?;
            return stands.map_or_else(|| mine(tx, asking, id).map(Show::in_place), Ok);
        }
        P::Instead(role) if sign_up.state == State::In => {
            return instead(tx, asking, (id, &round), sign_up, role.into());
        }
        P::Instead(role) => return begin(tx, asking, (id, &round), role.into()).map(Show::in_place),
        _ => {}
    }
    may(tx, asking, (id, &round), &sign_up)?;
    match press {
        P::Words => return Ok(Show::Modal(views::words_form(words, id, &round, &sign_up))),
        P::Questions => return Ok(Show::Modal(views::questions_form(words, id, &round, &sign_up))),
        P::Save => return saved(tx, asking, (id, &round), sign_up),
        _ => said(asking, (id, &round), &mut sign_up, press, pressed)?,
    }
    // Somebody who takes part keeps what they change only where it is still whole.
    let whole =
        if sign_up.state == State::In { sign_up.complete(&round, own) } else { sign_up.consistent(own) };
    whole.map_err(|not| refused(asking, id, &round, &not))?;
    store::put_sign_up(tx, id, own, &sign_up)?;
    let second = match press {
        P::First | P::Topics | P::HalfDays => false,
        // A form leads back to the page on which it was opened.
        P::WordsForm => pressed.message.as_ref().is_some_and(|it| it.bears(&P::Level.on(id))),
        _ => true,
    };
    Ok(Show::Update(views::form(words, id, &round, &sign_up, second)))
}

/// What was chosen or sent is theirs from now on.
fn said(
    asking: &Asking<'_>,
    (id, round): (Id, &Round),
    sign_up: &mut SignUp,
    press: JoinPress,
    pressed: &Pressed,
) -> Result<(), Failure> {
    use JoinPress as P;
    match press {
        P::Topics => sign_up.topics = chosen(pressed, &round.topics),
        P::Languages => sign_up.languages = chosen(pressed, &round.languages),
        P::HalfDays => {
            let days = pressed.values.iter().filter_map(|it| it.parse().ok());
            sign_up.half_days = days.filter(|day| *day < HALF_DAYS).collect();
        }
        P::Level => sign_up.level = pressed.value().parse().ok().filter(|level| (1..=5).contains(level)),
        P::Wishes => sign_up.wishes = people(asking, (id, round), pressed)?,
        P::Avoid => sign_up.avoid = people(asking, (id, round), pressed)?,
        P::WordsForm => worded(asking, round, sign_up, pressed)?,
        P::QuestionsForm => {
            let answers =
                (0..round.questions.len().min(QUESTIONS)).map(|nth| pressed.field(&format!("q{nth}")));
            sign_up.answers = answers.map(ToOwned::to_owned).collect();
        }
        _ => {}
    }
    Ok(())
}

/// Somebody begins to sign up, or goes on where they were.
fn begin(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    (id, round): (Id, &Round),
    role: Role,
) -> Result<Show, Failure> {
    let own = asking.person.id;
    let known = store::sign_up(tx, id, own)?;
    let mut sign_up = match known {
        Some(known) if known.state == State::In && known.role == role => {
            return Ok(Show::Reply(views::mine(asking.words, id, round, &known, asking.now)));
        }
        Some(known) if known.state == State::In => {
            may(tx, asking, (id, round), &SignUp { role, ..known.clone() })?;
            return Ok(Show::Reply(views::ask_instead(asking.words, id, round, known.role, role)));
        }
        Some(known) => known,
        None => SignUp {
            waited: waited(tx, round, own)?,
            ..last_time(tx, round, own)?.unwrap_or(SignUp::new(role, &asking.person.name, asking.now))
        },
    };
    sign_up.role = role;
    sign_up.name.clone_from(&asking.person.name);
    may(tx, asking, (id, round), &sign_up)?;
    sign_up.state = State::Begun;
    sign_up.since = asking.now;
    store::put_sign_up(tx, id, own, &sign_up)?;
    Ok(Show::Reply(views::form(asking.words, id, round, &sign_up, false)))
}

/// Somebody who takes part does so as somebody else from now on.
fn instead(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    (id, round): (Id, &Round),
    mut sign_up: SignUp,
    role: Role,
) -> Result<Show, Failure> {
    sign_up.role = role;
    may(tx, asking, (id, round), &sign_up)?;
    store::put_sign_up(tx, id, asking.person.id, &sign_up)?;
    board::changed(tx, id, asking.now)?;
    Ok(Show::Update(views::form(asking.words, id, round, &sign_up, false)))
}

/// What somebody said of themselves in this server's last round, to begin with.
fn last_time(tx: &mut Tx<'_>, round: &Round, own: UserId) -> Result<Option<SignUp>, Failure> {
    let all = store::of_user(tx, own)?;
    let last = all.into_iter().rev().find(|(_, of, _)| of.guild == round.guild);
    Ok(last.map(|(_, _, sign_up)| SignUp {
        state: State::Begun,
        reminded: false,
        off_list: false,
        answers: vec![],
        topics: sign_up
            .topics
            .into_iter()
            .filter(|it| round.topics.is_empty() || round.topics.contains(it))
            .collect(),
        languages: sign_up.languages.into_iter().filter(|it| round.languages.contains(it)).collect(),
        ..sign_up
    }))
}

/// In how many of this server's rounds in a row somebody was left over.
fn waited(tx: &mut Tx<'_>, round: &Round, own: UserId) -> Result<u8, Failure> {
    let mut waited = 0;
    for (id, of, sign_up) in store::of_user(tx, own)?.into_iter().rev() {
        let matched = of.stage > Stage::Matching && of.stage != Stage::Cancelled;
        if of.guild != round.guild || !matched || sign_up.state != State::In {
            continue;
        }
        if store::group_of(tx, id, own)?.is_some() {
            break;
        }
        waited += 1;
    }
    Ok(waited)
}

/// Holds a sign-up to what is open to them now.
fn may(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    (id, round): (Id, &Round),
    sign_up: &SignUp,
) -> Result<(), Failure> {
    let all = store::taking_part(tx, id)?;
    let own = asking.person.id;
    let taken = |role| all.iter().filter(|(user, it)| *user != own && it.role == role).count();
    let roles = asking.person.guild.map(|_| asking.person.roles.as_slice());
    let may = |role| signup::may(round, role, roles, taken(role), asking.now);
    let Err(not) = may(sign_up.role) else { return Ok(()) };
    if let Refusal::Full(role, most) = not {
        let is = all.iter().find(|(user, _)| *user == own).map(|(_, it)| it.role);
        let free: Vec<Role> = round.shape.roles().iter().copied().filter(|it| may(*it).is_ok()).collect();
        return Err(Failure::told(views::full(asking.words, id, round, (role, most), (is, &free))));
    }
    Err(refused(asking, id, round, &not))
}

fn refused(asking: &Asking<'_>, id: Id, round: &Round, not: &Refusal) -> Failure {
    Failure::told(views::refused(asking.words, id, round, not))
}

/// The values that were chosen of those that there are, by their number.
fn chosen(pressed: &Pressed, of: &[String]) -> Vec<String> {
    let nth = pressed.values.iter().filter_map(|it| it.parse::<usize>().ok());
    nth.filter_map(|nth| of.get(nth).cloned()).collect()
}

/// The people that were chosen.
fn people(asking: &Asking<'_>, (id, round): (Id, &Round), pressed: &Pressed) -> Result<Vec<UserId>, Failure> {
    let user = |it: &String| it.parse().ok().map(UserId);
    if let Some(bot) = pressed.bots.iter().find_map(user) {
        return Err(refused(asking, id, round, &Refusal::Bot(bot)));
    }
    Ok(pressed.values.iter().filter_map(user).take(usize::from(PEOPLE)).collect())
}

/// The form for one's own words was sent.
fn worded(
    asking: &Asking<'_>,
    round: &Round,
    sign_up: &mut SignUp,
    pressed: &Pressed,
) -> Result<(), Failure> {
    if round.topics.is_empty() {
        sign_up.topics = signup::words(pressed.field("topics"));
    }
    sign_up.goals = signup::words(pressed.field("goals"));
    sign_up.fields = signup::words(pressed.field("fields"));
    let typed = pressed.field("capacity");
    sign_up.capacity = match typed.parse().ok().filter(|most| (1..=CAPACITY).contains(most)) {
        None if !typed.is_empty() => return Err(Failure::told(views::not_a_capacity(asking.words, typed))),
        capacity => capacity,
    };
    Ok(())
}

/// They say that it is all.
fn saved(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    (id, round): (Id, &Round),
    mut sign_up: SignUp,
) -> Result<Show, Failure> {
    let own = asking.person.id;
    sign_up.complete(round, own).map_err(|not| refused(asking, id, round, &not))?;
    let is_new = sign_up.state != State::In;
    sign_up.state = State::In;
    store::put_sign_up(tx, id, own, &sign_up)?;
    if is_new {
        board::changed(tx, id, asking.now)?;
    }
    Ok(Show::Update(views::saved(asking.words, id, round, &sign_up)))
}

/// They take it back.
fn withdrawn(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    (id, round): (Id, &Round),
    mut sign_up: SignUp,
) -> Result<Show, Failure> {
    // Once groups stand, one leaves a round: that has its own way.
    if round.stage > Stage::Matching {
        return Ok(Show::Update(views::mine(asking.words, id, round, &sign_up, asking.now)));
    }
    if sign_up.state == State::In {
        board::changed(tx, id, asking.now)?;
    }
    sign_up.state = State::Withdrawn;
    store::put_sign_up(tx, id, asking.person.id, &sign_up)?;
    if let Some((number, _)) = store::group_of(tx, id, asking.person.id)? {
        plan::without(tx, (id, round), asking.person.id, asking.now)?;
        let name = sign_up.name.clone();
        life::tell(tx, asking.app, round.by, asking.now, |words| {
            crate::rounds::views::withdrew(words, round, &name, number)
        })?;
    }
    Ok(Show::Update(views::withdrawn(asking.words, id, round, sign_up.role, asking.now)))
}

/// Before sign-up ends: those who began and did not finish are reminded once, and the organizer is told how it stands.
pub(in crate::rounds) fn remind(app: &App) -> agenda::Handler {
    let app = app.clone();
    Box::new(move |tx, due| {
        let id: Id = due.subject.parse()?;
        let Some(round) = store::round(tx, id)?.filter(|it| it.stage == Stage::SignUp) else { return Ok(()) };
        // The end was moved since: its own reminder comes.
        if round.until - BEFORE > due.now {
            return Ok(());
        }
        let all = store::sign_ups(tx, id)?;
        let (mut taking_part, mut begun) = (0, 0);
        for (user, mut sign_up) in all {
            match sign_up.state {
                State::In => taking_part += 1,
                State::Begun if !sign_up.reminded => {
                    begun += 1;
                    sign_up.reminded = true;
                    store::put_sign_up(tx, id, user, &sign_up)?;
                    life::tell(tx, &app, user, due.now, |words| views::reminder(words, id, &round))?;
                }
                _ => {}
            }
        }
        life::tell(tx, &app, round.by, due.now, |words| views::ends_soon(words, &round, taking_part, begun))?;
        Ok(())
    })
}

//! What organizers do to set a round up.

use serde::{Deserialize, Serialize};

use super::forms::{Refusal, Typed, TypedMore, draft};
use super::press::OpenPress;
use super::views;
use crate::delivery;
use crate::discord::answer::Show;
use crate::discord::app::App;
use crate::discord::failure::Failure;
use crate::discord::router::Pressed;
use crate::id::{ChannelId, Id, RoleId};
use crate::members::ask_back::{self, chosen_moment, too_old};
use crate::members::{Asking, drafts, serve_press};
use crate::rounds::organizer::{self, Granted, organized, organizes};
use crate::rounds::press::RoundPress;
use crate::rounds::round::{LeftOver, Rooms, Round, Shape, Stage};
use crate::rounds::{board, life, publish, store};
use crate::store::Tx;
use crate::texts::Words;

/// A round that was begun and has no name yet, kept while its form is open.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Begun {
    channel: ChannelId,
}

/// `/organize open`: the form opens; the round comes to be when it is sent.
///
/// # Errors
/// They may not organize here; the store's.
pub fn begin(tx: &mut Tx<'_>, asking: &Asking<'_>) -> Result<Show, Failure> {
    organizes(tx, asking)?;
    let place = asking.person.place.as_ref().filter(|place| place.installed && place.text);
    let channel = place.ok_or_else(|| Failure::told(views::no_channel(asking.words)))?.channel;
    let id = drafts::keep(tx, asking.person.id, asking.now, &Begun { channel })?;
    let typed = Typed { weeks: "12".to_owned(), every: "2".to_owned(), ..Typed::default() };
    Ok(Show::Modal(views::form(asking.words, id, &typed)))
}

/// Answers a press about setting a round up.
///
/// # Errors
/// They may not organize here, Discord cannot be asked, or the store fails.
pub async fn press(app: &App, pressed: &Pressed, id: Id, press: OpenPress) -> Result<Show, Failure> {
    let granted = match press {
        OpenPress::Begin => asked(app, id).await?,
        _ => None,
    };
    serve_press(app, pressed, |tx, asking| act(tx, asking, (id, press), pressed, granted)).await
}

/// What Kith may do in the channel of a round, with that channel.
///
/// # Errors
/// Discord cannot be asked, or the store fails.
pub(in crate::rounds) async fn asked(app: &App, id: Id) -> Result<Option<(ChannelId, Granted)>, Failure> {
    let Some(round) = app.store.read(|tx| store::round(tx, id))? else { return Ok(None) };
    let granted = organizer::granted(&app.discord, round.guild, round.channel).await?;
    Ok(Some((round.channel, granted)))
}

fn act(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    (id, press): (Id, OpenPress),
    pressed: &Pressed,
    granted: Option<(ChannelId, Granted)>,
) -> Result<Show, Failure> {
    use OpenPress as P;
    let words = asking.words;
    match press {
        P::Form => return sent(tx, asking, id, &typed(pressed)),
        P::When(draft, nth) => return moment_chosen(tx, asking, id, draft, nth),
        P::Again(draft) => {
            organizes(tx, asking)?;
            let typed: Typed = drafts::get(tx, asking.person.id, draft)?.ok_or_else(|| too_old(asking))?;
            return Ok(Show::Modal(views::form(words, id, &typed)));
        }
        P::PutUp => return put_up(tx, asking, id),
        _ => {}
    }
    let mut round = organized(tx, asking, id)?;
    let is_draft = round.stage == Stage::Draft;
    match press {
        P::Show | P::Form | P::When(..) | P::Again(_) | P::PutUp => {}
        P::More => return Ok(Show::Update(views::more(words, id, &round))),
        P::Edit => return Ok(Show::Modal(views::form(words, id, &Typed::of(&round, &asking.member.zone())))),
        P::Words => return Ok(Show::Modal(views::words_form(words, id, &TypedMore::of(&round)))),
        P::WordsAgain(draft) => {
            let typed: TypedMore =
                drafts::get(tx, asking.person.id, draft)?.ok_or_else(|| too_old(asking))?;
            return Ok(Show::Modal(views::words_form(words, id, &typed)));
        }
        P::WordsForm => return words_sent(tx, asking, (id, round), pressed),
        P::Begin => return opened(tx, asking, (id, round), granted),
        P::Discard if is_draft => {
            store::remove_draft(tx, id)?;
            return Ok(Show::Update(views::discarded(words, &round)));
        }
        P::End | P::Reopen | P::Cancel | P::CancelYes => return stepped(tx, asking, (id, round), press),
        P::Channel if views::needs_channel(&round) => {
            round.channel = one(pressed).map_or(round.channel, ChannelId);
            round.stopped = None;
            board::put_up_anew(tx, id, &mut round, asking.now)?;
            publish::go_on(tx, id, asking.now)?;
        }
        // What people have signed up for stays as they saw it.
        _ if !is_draft => return Ok(Show::Update(views::shown(words, id, &round))),
        P::Shape => round.shape = Shape::of(pressed.value()).unwrap_or(round.shape),
        P::Channel => round.channel = one(pressed).map_or(round.channel, ChannelId),
        P::Roles => {
            round.roles = pressed.values.iter().filter_map(|it| it.parse().ok().map(RoleId)).collect();
        }
        P::LeftOver => {
            let found = LeftOver::ALL.iter().find(|(_, word)| *word == pressed.value());
            round.left_over = found.map_or(round.left_over, |(it, _)| *it);
            store::put_round(tx, id, &round)?;
            return Ok(Show::Update(views::more(words, id, &round)));
        }
        P::Options => {
            let chosen = |word: &str| pressed.values.iter().any(|it| it == word);
            round.rooms = if chosen(views::CHANNELS) { Rooms::Channels } else { Rooms::Threads };
            round.accept = chosen(views::ACCEPT);
            round.badge = chosen(views::BADGE);
            store::put_round(tx, id, &round)?;
            return Ok(Show::Update(views::more(words, id, &round)));
        }
        P::Discard => {}
    }
    // Places were typed for the roles that the shape had.
    let roles = round.shape.roles();
    round.places.retain(|(role, _)| roles.contains(role));
    store::put_round(tx, id, &round)?;
    Ok(Show::Update(views::shown(words, id, &round)))
}

fn one(pressed: &Pressed) -> Option<u64> {
    pressed.value().parse().ok()
}

fn typed(pressed: &Pressed) -> Typed {
    let field = |name: &str| pressed.field(name).to_owned();
    Typed {
        name: field("name"),
        until: field("until"),
        weeks: field("weeks"),
        every: field("every"),
        topics: field("topics"),
    }
}

/// The first form was sent, for a round that is there or one that was begun.
fn sent(tx: &mut Tx<'_>, asking: &Asking<'_>, id: Id, typed: &Typed) -> Result<Show, Failure> {
    let again = |draft| RoundPress::Open(id, OpenPress::Again(draft));
    let reading = match typed.until(asking) {
        Ok(reading) => reading.all(),
        Err(not) => {
            let why = views::refusal(asking.words, typed, &Refusal::Until(not));
            return ask_back::refuse(tx, asking, why, typed, again);
        }
    };
    let [(until, _)] = reading[..] else {
        let press = |draft, nth| RoundPress::Open(id, OpenPress::When(draft, nth));
        return ask_back::which_moment(tx, asking, &typed.until, &reading, typed, press);
    };
    let known = store::round(tx, id)?;
    let round = match known {
        Some(_) => organized(tx, asking, id)?,
        None => {
            let guild = organizes(tx, asking)?;
            let begun: Begun = drafts::get(tx, asking.person.id, id)?.ok_or_else(|| too_old(asking))?;
            draft(asking, guild, begun.channel)
        }
    };
    if round.stage > Stage::SignUp {
        return Ok(Show::Reply(views::shown(asking.words, id, &round)));
    }
    let was = round.until;
    match typed.on(round, until) {
        Err(not) => {
            let why = views::refusal(asking.words, typed, &not);
            ask_back::refuse(tx, asking, why, typed, again)
        }
        Ok(round) => {
            store::put_round(tx, id, &round)?;
            if round.stage == Stage::SignUp {
                life::move_end(tx, id, was, until, asking.now)?;
            }
            Ok(Show::Update(views::shown(asking.words, id, &round)))
        }
    }
}

/// One of the moments that the end of sign-up can mean was chosen.
fn moment_chosen(tx: &mut Tx<'_>, asking: &Asking<'_>, id: Id, draft: Id, nth: u8) -> Result<Show, Failure> {
    let typed: Typed = drafts::get(tx, asking.person.id, draft)?.ok_or_else(|| too_old(asking))?;
    let read = |asker: &crate::when::Asker| crate::when::once(&typed.until, asker);
    let until = chosen_moment(asking, draft, nth, read)?;
    sent(tx, asking, id, &Typed { until, ..typed }).map(Show::in_place)
}

/// The second form was sent.
fn words_sent(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    (id, round): (Id, Round),
    pressed: &Pressed,
) -> Result<Show, Failure> {
    let field = |name: &str| pressed.field(name).to_owned();
    let typed = TypedMore {
        about: field("about"),
        languages: field("languages"),
        questions: field("questions"),
        places: field("places"),
    };
    if round.stage > Stage::SignUp {
        return Ok(Show::Update(views::shown(asking.words, id, &round)));
    }
    match typed.on(round) {
        Err(not) => {
            let why = views::refusal(asking.words, &Typed::default(), &not);
            let again = |draft| RoundPress::Open(id, OpenPress::WordsAgain(draft));
            ask_back::refuse(tx, asking, why, &typed, again)
        }
        Ok(round) => {
            store::put_round(tx, id, &round)?;
            if round.stage == Stage::SignUp {
                board::changed(tx, id, asking.now)?;
            }
            Ok(Show::Update(views::more(asking.words, id, &round)))
        }
    }
}

/// Sign-up is to begin.
fn opened(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    (id, mut round): (Id, Round),
    granted: Option<(ChannelId, Granted)>,
) -> Result<Show, Failure> {
    let words = asking.words;
    if round.stage != Stage::Draft {
        return Ok(Show::Update(views::shown(words, id, &round)));
    }
    if round.until <= asking.now {
        return Err(Failure::told(views::over_already(words, id, &round)));
    }
    allow(words, (id, &mut round), granted)?;
    life::open_sign_up(tx, id, &mut round, asking.now)?;
    Ok(Show::Update(views::shown(words, id, &round)))
}

/// A round may go into its channel, where Kith is allowed there what it needs.
///
/// # Errors
/// It is not: what is missing.
pub(in crate::rounds) fn allow(
    words: Words<'_>,
    (id, round): (Id, &mut Round),
    granted: Option<(ChannelId, Granted)>,
) -> Result<(), Failure> {
    let granted = granted.filter(|(channel, _)| *channel == round.channel);
    let missing = match granted.map(|(_, granted)| granted) {
        Some(Granted::These(granted)) => {
            round.manages_threads = granted.manage_threads();
            organizer::needed(round) - granted
        }
        Some(Granted::NoTextChannel) => return Err(Failure::told(views::no_text_channel(words, id, round))),
        Some(Granted::Nothing) | None => organizer::needed(round),
    };
    if missing.is_empty() {
        return Ok(());
    }
    Err(Failure::told(views::missing(words, id, round, missing)))
}

/// The board is put up anew: by an organizer, or by the one who opened the round, who is told of its loss by DM.
fn put_up(tx: &mut Tx<'_>, asking: &Asking<'_>, id: Id) -> Result<Show, Failure> {
    let opened =
        store::round(tx, id)?.filter(|it| it.by == asking.person.id && asking.person.guild.is_none());
    let mut round = match opened {
        Some(round) => round,
        None => organized(tx, asking, id)?,
    };
    if round.stage.is_open() && round.board_lost {
        delivery::try_again(tx, delivery::To::Channel(round.channel))?;
        board::put_up_anew(tx, id, &mut round, asking.now)?;
    }
    Ok(Show::Update(views::put_up(asking.words, &round)))
}

/// A step of the round's life by command.
fn stepped(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    (id, mut round): (Id, Round),
    press: OpenPress,
) -> Result<Show, Failure> {
    let words = asking.words;
    match press {
        OpenPress::End if round.stage == Stage::SignUp => {
            life::end_sign_up(tx, id, &mut round, asking.now)?;
        }
        OpenPress::Reopen if round.stage == Stage::Matching => {
            if round.until <= asking.now {
                // A day more, so that there is something to sign up in; Edit moves it.
                round.until = asking.now + jiff::SignedDuration::from_hours(24);
            }
            life::open_sign_up(tx, id, &mut round, asking.now)?;
        }
        OpenPress::Cancel if round.stage.leads_to(Stage::Cancelled) && round.stage != Stage::Draft => {
            return Ok(Show::Update(views::ask_to_cancel(words, id, &round)));
        }
        OpenPress::CancelYes if round.stage.leads_to(Stage::Cancelled) => {
            life::cancel(tx, asking.app, id, &mut round, asking.now)?;
        }
        _ => {}
    }
    Ok(Show::Update(views::shown(words, id, &round)))
}

//! What the buttons, menus and forms about settings do.

use super::commands::{change, keep};
use super::forms::Typed;
use super::press::MemberPress;
use super::{Asking, Digest, Member, Shift, ask_back, drafts, rhythms, serve, store, thread, views};
use crate::discord::answer::Show;
use crate::discord::app::App;
use crate::discord::failure::Failure;
use crate::discord::router::Pressed;
use crate::id::Id;
use crate::store::Tx;
use crate::when::zone;

/// Answers a press.
///
/// # Errors
/// The button is outdated, or the store fails.
pub async fn press(app: App, pressed: Pressed) -> Result<Show, Failure> {
    let press = pressed.press::<MemberPress>(&app)?;
    match press {
        MemberPress::TryDms | MemberPress::TryThread => return thread::try_again(&app, &pressed).await,
        MemberPress::Dms | MemberPress::Thread => return thread::choose(&app, &pressed, &press).await,
        _ => {}
    }
    serve(&app, &pressed.person, |tx, asking| match press {
        MemberPress::Zone => choose_zone(tx, asking, &pressed),
        MemberPress::Edit => Ok(Show::Modal(views::form(asking.words, &Typed::of(&asking.member)))),
        MemberPress::Again(draft) => {
            let typed = drafts::get(tx, asking.person.id, draft)?;
            let typed = typed.unwrap_or_else(|| Typed::of(&asking.member));
            Ok(Show::Modal(views::form(asking.words, &typed)))
        }
        MemberPress::Form => {
            let typed = Typed {
                zone: pressed.field("zone").to_owned(),
                hour: pressed.field("hour").to_owned(),
                quiet: pressed.field("quiet").to_owned(),
                quiet_days: pressed.field("quiet_days").to_owned(),
                digest: None,
                most: pressed.field("most").to_owned(),
            };
            sent(tx, asking, &typed, &pressed)
        }
        MemberPress::Move(draft) => {
            let typed: Option<Typed> = drafts::get(tx, asking.person.id, draft)?;
            let new = typed.and_then(|typed| typed.read(&asking.member).ok());
            let new = new.ok_or_else(|| ask_back::too_old(asking))?;
            let shift = Shift::new(asking.member.clone(), new, asking.now);
            keep(tx, asking, &shift).map(Show::in_place)
        }
        MemberPress::Nearest(draft, n) => nearest(tx, asking, draft, n, &pressed),
        MemberPress::Stay | MemberPress::Settings => {
            let view = views::settings(asking.words, &asking.member, asking.now, None);
            Ok(Show::Update(rhythms::acts::shown(tx, asking, view)?))
        }
        MemberPress::Digest => {
            let digest = Digest::ALL.iter().find(|(_, word)| *word == pressed.value()).map(|(it, _)| *it);
            change(tx, asking, &Typed { digest, ..Typed::default() }).map(Show::in_place)
        }
        MemberPress::RhythmAgain(draft) => rhythms::acts::again(tx, asking, draft),
        MemberPress::RhythmForm(relationship) => {
            rhythms::acts::sent(tx, asking, relationship, pressed.field("every"))
        }
        // Above, for they take more than one transaction.
        MemberPress::TryDms | MemberPress::TryThread | MemberPress::Thread | MemberPress::Dms => {
            Err(ask_back::too_old(asking))
        }
    })
    .await
}

/// One of the zones was chosen that are nearest to what was typed, which is taken with it.
fn nearest(
    tx: &mut Tx<'_>,
    asking: &Asking<'_>,
    draft: Id,
    n: u8,
    pressed: &Pressed,
) -> Result<Show, Failure> {
    let typed: Typed = drafts::get(tx, asking.person.id, draft)?.ok_or_else(|| ask_back::too_old(asking))?;
    let near = zone::find(&typed.zone).err().and_then(|not| not.nearest.into_iter().nth(usize::from(n)));
    let typed = Typed { zone: near.ok_or_else(|| ask_back::too_old(asking))?, ..typed };
    sent(tx, asking, &typed, pressed)
}

/// The form was sent: from the settings they are shown anew, from the question for the zone its
/// answer stays.
fn sent(tx: &mut Tx<'_>, asking: &Asking<'_>, typed: &Typed, pressed: &Pressed) -> Result<Show, Failure> {
    let asks = pressed.message.as_ref().is_some_and(views::asks_for_zone);
    if asks && let Ok(new) = typed.read(&asking.member) {
        return settle(tx, asking, new, pressed);
    }
    let show = change(tx, asking, typed)?;
    Ok(if asks { show } else { show.in_place() })
}

fn choose_zone(tx: &mut Tx<'_>, asking: &Asking<'_>, pressed: &Pressed) -> Result<Show, Failure> {
    let typed = Typed { zone: pressed.value().to_owned(), ..Typed::default() };
    match typed.read(&asking.member) {
        Ok(new) => settle(tx, asking, new, pressed),
        Err(_) => Ok(Show::Modal(views::form(asking.words, &Typed::of(&asking.member)))),
    }
}

/// The zone is set; the answer that bore the question stays, with the times in it moved along.
fn settle(tx: &mut Tx<'_>, asking: &Asking<'_>, new: Member, pressed: &Pressed) -> Result<Show, Failure> {
    let shift = Shift::new(asking.member.clone(), new, asking.now);
    let moved = store::change(tx, asking.app, asking.person.id, &shift)?;
    let shown = pressed.message.clone().unwrap_or_default();
    Ok(Show::Update(views::zone_chosen(asking.words, shown, &shift.new, &moved, asking.now)))
}

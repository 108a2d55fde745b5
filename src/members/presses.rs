//! What the buttons, menus and forms about settings do.

use super::commands::change;
use super::forms::Typed;
use super::press::MemberPress;
use super::{Asking, Shift, drafts, serve, store, views};
use crate::delivery;
use crate::discord::answer::Show;
use crate::discord::app::App;
use crate::discord::failure::Failure;
use crate::discord::message::Message;
use crate::discord::router::Pressed;
use crate::store::Tx;

/// Answers a press.
///
/// # Errors
/// The button is outdated, or the store fails.
pub async fn press(app: App, pressed: Pressed) -> Result<Show, Failure> {
    let press = pressed.press::<MemberPress>(&app)?;
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
            };
            Ok(match change(tx, asking, &typed)? {
                Show::Reply(message) => Show::Update(message),
                other => other,
            })
        }
        MemberPress::TryDms => {
            delivery::try_again(tx, asking.person.id)?;
            Ok(Show::Reply(Message::new(asking.words.say("settings-dms-trying"))))
        }
    })
    .await
}

/// The zone is set; the answer that bore the question stays, with the times in it moved along.
fn choose_zone(tx: &mut Tx<'_>, asking: &Asking<'_>, pressed: &Pressed) -> Result<Show, Failure> {
    let typed = Typed { zone: pressed.value().to_owned(), ..Typed::default() };
    let new = match typed.read(&asking.member) {
        Ok(new) => new,
        Err(_) => return Ok(Show::Modal(views::form(asking.words, &Typed::of(&asking.member)))),
    };
    let shift = Shift { old: asking.member.clone(), new };
    let moved = store::change(tx, asking.app, asking.person.id, &shift)?;
    let shown = pressed.message.clone().unwrap_or_default();
    Ok(Show::Update(views::zone_chosen(asking.words, shown, &shift.new, &moved, asking.now)))
}

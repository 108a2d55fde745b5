//! What this area offers.

use futures_util::FutureExt as _;

use super::press::NudgePress;
use super::presses::press;
use super::{acts, commands, dates, due, held, store};
use crate::discord::area::Area;
use crate::discord::custom_id::Press as _;
use crate::discord::registration::personal;

/// This area.
#[must_use]
pub fn area() -> Area {
    Area {
        commands: vec![personal(commands::nudge())],
        presses: Some((NudgePress::AREA, |app, pressed| press(app, pressed).boxed())),
        due: Some(due::due),
        card: Some(dates::acts::card),
        offer: Some(acts::offer_to_give),
        fate: Some(store::fate),
        follow: Some(store::follow),
        moved: None,
        bearer: Some(held::BEARER),
    }
}

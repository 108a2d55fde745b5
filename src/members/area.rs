//! What this area offers.

use futures_util::FutureExt as _;

use super::press::MemberPress;
use super::presses::press;
use super::{commands, drafts};
use crate::discord::area::Area;
use crate::discord::custom_id::Press as _;
use crate::discord::registration::personal;

/// This area.
#[must_use]
pub fn area() -> Area {
    Area {
        commands: vec![personal(commands::settings())],
        presses: Some((MemberPress::AREA, |app, pressed| press(app, pressed).boxed())),
        due: Some(drafts::due),
        ..Area::default()
    }
}

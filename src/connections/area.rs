//! What this area offers.

use std::sync::Arc;

use futures_util::FutureExt as _;

use super::press::ConnectionPress;
use super::presses::press;
use super::{commands, log, menus, store};
use crate::agenda;
use crate::discord::app::{App, Became};
use crate::discord::area::Area;
use crate::discord::custom_id::Press as _;
use crate::discord::registration::personal;
use crate::id::Owned;
use crate::store::Tx;

/// This area.
#[must_use]
pub fn area() -> Area {
    let [add_menu, log_menu] = menus::commands();
    Area {
        commands: vec![
            personal(commands::connection()),
            personal(log::command()),
            personal(add_menu),
            personal(log_menu),
        ],
        presses: Some((ConnectionPress::AREA, |app, pressed| press(app, pressed).boxed())),
        due: Some(due),
        follow: Some(store::follow),
        ..Area::default()
    }
}

fn due(app: &App) -> Vec<(&'static str, agenda::Handler)> {
    let fates = Arc::clone(&app.fates);
    let forget = move |tx: &mut Tx<'_>, due: &agenda::Due| -> anyhow::Result<()> {
        let Owned { owner, id } = due.subject.parse()?;
        for fate in fates.iter() {
            fate(tx, owner, id, Became::Forgotten)?;
        }
        Ok(store::forget(tx, owner, id)?)
    };
    vec![(store::FORGET, Box::new(forget))]
}

//! `/setup`: how a server's rounds are set up.

use super::which::here;
use super::{organizer, programme, store, views};
use crate::discord::answer::Show;
use crate::discord::failure::Failure;
use crate::id::RoleId;
use crate::members::Asking;
use crate::members::forms::Refusal;
use crate::members::views as shared;
use crate::store::Tx;
use crate::when::zone;

/// What was typed; what was not stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Typed {
    /// Who organizes beside those who may manage the server.
    pub(super) organizers: Option<RoleId>,
    /// After so many days without an answer somebody counts as silent.
    pub(super) silence: Option<u8>,
    /// The server's zone.
    pub(super) timezone: Option<String>,
}

/// Keeps what was typed, and shows how the server is set up.
///
/// # Errors
/// They may not, or the zone is none; the store's.
pub(super) fn change(tx: &mut Tx<'_>, asking: &Asking<'_>, typed: &Typed) -> Result<Show, Failure> {
    let guild = here(asking)?;
    if !organizer::manages(asking.person) {
        return Err(Failure::told(views::not_a_manager(asking.words)));
    }
    let mut setup = store::setup(tx, guild)?;
    if *typed != Typed::default() {
        setup.organizers = typed.organizers.or(setup.organizers);
        setup.silent_days = typed.silence.or(setup.silent_days);
        if let Some(typed) = &typed.timezone {
            let zone = zone::find(typed).map_err(|not| {
                let refusal = Refusal::Zone(not.text, not.nearest);
                Failure::told(views::not_set_up(shared::refusal(asking.words, &refusal)))
            })?;
            programme::into_zone(tx, guild, &zone.name, asking.now)?;
            setup.zone = Some(zone.name);
        }
        store::put_setup(tx, guild, &setup)?;
    }
    Ok(Show::Reply(views::setup(asking.words, &setup)))
}

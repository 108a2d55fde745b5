//! What an area offers to the rest of Kith.

use jiff::Timestamp;

use super::app::{App, Command};
use super::router::Handler;
use crate::agenda;
use crate::id::UserId;
use crate::store::{StoreError, Tx};

/// One area, as `bot.rs` puts it in.
#[derive(Default)]
pub struct Area {
    /// Its slash commands and context menu commands.
    pub commands: Vec<Command>,
    /// Its name in custom ids and what it does about its buttons, menus and forms.
    pub presses: Option<(&'static str, Handler)>,
    /// Its names on the agenda and what it does when something is due.
    pub due: Option<fn(&App) -> Vec<(&'static str, agenda::Handler)>>,
    /// How what it planned for a member moves along when the member's zone or hours change.
    pub follow: Option<Follow>,
}

/// Moves everything that an area planned for a member to where the given function puts it. Returns
/// what moved: from when to when.
pub type Follow = fn(
    &mut Tx<'_>,
    UserId,
    &dyn Fn(Timestamp) -> Timestamp,
) -> Result<Vec<(Timestamp, Timestamp)>, StoreError>;

//! What an area offers to the rest of Kith.

use super::app::{App, Bearer, Card, Command, Fate, Follow, Move, Offer};
use super::router::Handler;
use crate::agenda;

/// One area, as `bot.rs` puts it in.
#[derive(Default)]
pub struct Area {
    /// Its slash commands and context menu commands.
    pub commands: Vec<Command>,
    /// Its name in custom ids and what it does about its buttons, menus and forms.
    pub presses: Option<(&'static str, Handler)>,
    /// Its names on the agenda and what it does when something is due.
    pub due: Option<Due>,
    /// What it knows of a connection, for its card.
    pub card: Option<Card>,
    /// What it offers once a touch with a connection was logged.
    pub offer: Option<Offer>,
    /// What it does about what it keeps of a connection that is removed, or back.
    pub fate: Option<Fate>,
    /// How what it planned for a member moves along when the member's zone or hours change.
    pub follow: Option<Follow>,
    /// What it does when Kith comes into a server or is removed from one.
    pub moved: Option<Move>,
    /// What it knows of letters that have not arrived.
    pub bearer: Option<Bearer>,
}

/// An area's names on the agenda, each with what it does when such an entry is due.
pub type Due = fn(&App) -> Vec<(&'static str, agenda::Handler)>;

//! What a list of connections shows, and in which order.

use std::cmp::Reverse;

use serde::{Deserialize, Serialize};

use super::{Connection, Relationship, Turn, who};

/// The order of a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sort {
    /// Those whose nudge waits first, then by when the next one comes.
    #[default]
    Overdue,
    /// The latest touch first.
    Recent,
    /// By name.
    Name,
}

impl Sort {
    /// Every order with its word.
    pub const ALL: &[(Self, &str)] =
        &[(Self::Overdue, "overdue"), (Self::Recent, "recent"), (Self::Name, "name")];
}

/// What a list shows.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Query {
    /// In this order.
    pub sort: Sort,
    /// Only those who are this.
    pub relationship: Option<Relationship>,
    /// Only those who bear this tag.
    pub tag: Option<String>,
    /// Only those of whom this is known.
    pub text: Option<String>,
}

/// Puts a list into its order.
pub fn sort(list: &mut [Connection], by: Sort) {
    match by {
        Sort::Overdue => list.sort_by_cached_key(|it| {
            let turn = match it.turn {
                Turn::Open(nudge) => (0, nudge.time()),
                Turn::Planned(coming) => (1, coming.at),
                Turn::Off => (2, it.added),
            };
            (turn, it.id)
        }),
        Sort::Recent => {
            list.sort_by_key(|it| (Reverse(it.last.as_ref().map_or(it.added, |last| last.at)), it.id));
        }
        Sort::Name => list.sort_by_cached_key(|it| (who::folded(&it.name), it.id)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::connections::{Last, What};
    use crate::id::Id;
    use crate::when::Coming;
    use jiff::Timestamp;

    fn connection(id: u64, name: &str, turn: Turn, last: Option<i64>) -> Connection {
        let at = |second| Timestamp::from_second(second).unwrap();
        Connection {
            last: last.map(|second| Last { what: What::Chat, at: at(second), note: None }),
            turn,
            ..Connection::new(Id(id), name, at(0))
        }
    }

    fn names(by: Sort) -> Vec<String> {
        let soon = Timestamp::from_second(1_800_000_000).unwrap();
        let later = Timestamp::from_second(1_900_000_000).unwrap();
        let mut list = [
            connection(1, "Émile", Turn::Off, Some(5)),
            connection(2, "Ana", Turn::Planned(Coming::at(later)), Some(9)),
            connection(3, "Dee", Turn::Planned(Coming::at(soon)), None),
            connection(4, "Zoe", Turn::Open(Id(7)), Some(7)),
        ];
        sort(&mut list, by);
        list.iter().map(|it| it.name.clone()).collect()
    }

    #[test]
    fn each_order_is_what_it_says() {
        assert_eq!(names(Sort::Overdue), ["Zoe", "Dee", "Ana", "Émile"]);
        assert_eq!(names(Sort::Recent), ["Ana", "Zoe", "Émile", "Dee"]);
        assert_eq!(names(Sort::Name), ["Ana", "Dee", "Émile", "Zoe"]);
    }
}

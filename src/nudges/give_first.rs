//! Give before you ask: an ask that is planned to somebody to whom only asks went. Pure.

use jiff::Timestamp;

use super::{Because, Kind, Nudge};
use crate::connections::Connection;
use crate::members::Member;
use crate::when::{By, Cadence, Coming};

/// What is open between the member and somebody whom they mean to ask: they had something and gave nothing yet.
#[must_use]
pub fn open(kind: Kind, connection: &Connection) -> Option<Because> {
    let ledger = &connection.ledger;
    let asks = matches!(kind, Kind::AskFeedback | Kind::AskReferral);
    (asks && ledger.had() > 0 && ledger.gave == 0).then(|| Because::HadMore {
        asked: ledger.asked,
        received: ledger.received,
        gave: ledger.gave,
        since: ledger.had_since.unwrap_or(connection.added),
    })
}

/// When a nudge to give comes that is to come before an ask at `ask`: at the next delivery hour; at once where that is
/// no earlier.
#[must_use]
pub fn before(ask: Timestamp, member: &Member, now: Timestamp) -> Coming {
    let hour = Cadence::days(1).first_after(now, member.hour, &member.zone());
    let hour = hour.map(|hour| member.coming(hour.timestamp(), By::Plan));
    hour.ok().filter(|hour| hour.at < ask).unwrap_or(Coming::at(now))
}

/// The nudge to give to the same person that is planned to come before an ask.
#[must_use]
pub fn planned<'a>(ask: &Nudge, all: &'a [Nudge]) -> Option<&'a Nudge> {
    all.iter().find(|it| {
        it.kind == Kind::GiveValue && it.connection == ask.connection && it.coming.at < ask.coming.at
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::connections::Ledger;
    use crate::id::Id;
    use jiff::civil::Time;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn with(asked: u32, received: u32, gave: u32) -> Connection {
        Connection {
            ledger: Ledger { asked, received, gave, ..Ledger::default() },
            ..Connection::new(Id(1), "Grace", at("2026-11-01T10:00:00Z"))
        }
    }

    /// docs/nudges.md: give-first
    #[test]
    fn only_an_ask_to_somebody_to_whom_nothing_was_given_is_open() {
        for (kind, _) in Kind::ALL {
            let asks = matches!(kind, Kind::AskFeedback | Kind::AskReferral);
            assert_eq!(open(*kind, &with(2, 0, 0)).is_some(), asks, "{kind:?}");
        }
        assert!(open(Kind::AskReferral, &with(0, 1, 0)).is_some());
        assert_eq!(open(Kind::AskReferral, &with(0, 0, 0)), None);
        assert_eq!(open(Kind::AskReferral, &with(5, 5, 1)), None);
    }

    /// docs/nudges.md: give-first
    #[test]
    fn giving_comes_at_the_next_delivery_hour_before_the_ask_or_at_once() {
        let hour = Time::constant(9, 0, 0, 0);
        let member = Member::new("Etc/UTC", hour, "en-GB", Timestamp::UNIX_EPOCH);
        let now = at("2026-11-24T10:00:00Z");
        let given = |ask: &str| before(at(ask), &member, now).at;
        assert_eq!(given("2026-12-08T09:00:00Z"), at("2026-11-25T09:00:00Z"));
        assert_eq!(given("2026-11-25T09:00:00Z"), now);
        assert_eq!(given("2026-11-24T15:00:00Z"), now);
    }
}

//! The longest that people may write, in the messages about settings.

use jiff::Timestamp;
use jiff::civil::Time;

use super::{Member, Shift, views};
use crate::discord::limits::{NASTY, holds, long};
use crate::id::Id;
use crate::texts::Texts;
use crate::when::Moved;

#[test]
fn what_moves_to_another_zone_is_shown_within_the_limits() {
    let texts = Texts::embedded().unwrap();
    let (words, now) = (texts.words(None), Timestamp::UNIX_EPOCH);
    let zone = "America/Argentina/ComodRivadavia";
    let member = Member::new(zone, Time::constant(9, 0, 0, 0), "en-GB", now);
    let shift = Shift::new(member.clone(), member.clone(), now);
    for nasty in NASTY {
        let moved = Moved { about: format!("x{}", long(nasty, 999)), from: now, to: now };
        let shown = views::before_moving(words, &shift, &vec![moved; 10_200], Id(1));
        holds(&shown, nasty);
        assert_eq!(shown.embeds[0].description.as_ref().unwrap().lines().count(), 9, "{nasty:?}");
    }
    holds(&views::settings(words, &member, now, Some(10_200)), "settings");
}

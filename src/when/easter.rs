//! The date of Easter.

use jiff::civil::Date;

/// Easter Sunday of a year as the western churches count it: the algorithm that Nature printed in 1876, from "A New
/// York Correspondent". `None` outside the years that the calendar knows.
pub(super) fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (golden, century, of_century) = (y % 19, y / 100, y % 100);
    let (leap_centuries, rest) = (century / 4, century % 4);
    let lag = (century - (century + 8) / 25 + 1) / 3;
    let epact = (19 * golden + century - leap_centuries - lag + 15) % 30;
    let sunday = (32 + 2 * rest + 2 * (of_century / 4) - epact - of_century % 4) % 7;
    let correction = (golden + 11 * epact + 22 * sunday) / 451;
    let days = epact + sunday - 7 * correction + 114;
    Date::new(year, i8::try_from(days / 31).ok()?, i8::try_from(days % 31 + 1).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn easters_that_stand_in_almanacs() {
        let known = [
            (1818, 3, 22),
            (2008, 3, 23),
            (2024, 3, 31),
            (2027, 3, 28),
            (2028, 4, 16),
            (2038, 4, 25),
            (2100, 3, 28),
        ];
        for (year, month, day) in known {
            assert_eq!(easter(year), Date::new(year, month, day).ok(), "{year}");
        }
    }
}

//! The words that are understood, and what each is.

use jiff::civil::Weekday::{self, Friday, Monday, Saturday, Sunday, Thursday, Tuesday, Wednesday};

/// A unit of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    /// Monday to Friday.
    Workday,
    Week,
    Weekend,
    Fortnight,
    Month,
    Quarter,
    Year,
    Decade,
    /// "m": minutes or months.
    Em,
}

/// One piece of a phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// A number and how many digits it was written with ("09" has two).
    Number(u32, usize),
    /// "1st", "third".
    Ordinal(u32),
    /// "three".
    Count(u32),
    Weekday(Weekday),
    /// "fridays".
    Weekdays(Weekday),
    Month(i8),
    Unit(Unit),
    /// A day with a name: month and day.
    Feast(i8, i8),
    /// "daily", "quarterly": how many of which unit.
    Rhythm(u32, Unit),
    /// Any other word that the grammar names.
    Word(&'static str),
    Mark(char),
}

use Token::{Count, Feast, Month, Ordinal, Rhythm, Unit as U, Weekday as D, Weekdays as DD, Word as W};

/// Every word with what it is. Abbreviations are matched to the letter; from four letters on typing mistakes are
/// mended (see `words.rs`), towards these words alone.
#[rustfmt::skip]
pub(super) const WORDS: &[(&str, Token)] = &[
    ("monday", D(Monday)), ("mon", D(Monday)), ("mondays", DD(Monday)),
    ("tuesday", D(Tuesday)), ("tue", D(Tuesday)), ("tues", D(Tuesday)), ("tuesdays", DD(Tuesday)),
    ("wednesday", D(Wednesday)), ("wed", D(Wednesday)), ("weds", D(Wednesday)), ("wensday", D(Wednesday)), ("wendsday", D(Wednesday)), ("wednesdays", DD(Wednesday)),
    ("thursday", D(Thursday)), ("thu", D(Thursday)), ("thur", D(Thursday)), ("thurs", D(Thursday)), ("thursdays", DD(Thursday)),
    ("friday", D(Friday)), ("fri", D(Friday)), ("fridays", DD(Friday)),
    ("saturday", D(Saturday)), ("sat", D(Saturday)), ("saturdays", DD(Saturday)),
    ("sunday", D(Sunday)), ("sun", D(Sunday)), ("sundays", DD(Sunday)),
    ("january", Month(1)), ("jan", Month(1)), ("february", Month(2)), ("feb", Month(2)),
    ("march", Month(3)), ("mar", Month(3)), ("april", Month(4)), ("apr", Month(4)), ("may", Month(5)),
    ("june", Month(6)), ("jun", Month(6)), ("july", Month(7)), ("jul", Month(7)),
    ("august", Month(8)), ("aug", Month(8)), ("september", Month(9)), ("sept", Month(9)), ("sep", Month(9)),
    ("october", Month(10)), ("oct", Month(10)), ("november", Month(11)), ("nov", Month(11)),
    ("december", Month(12)), ("dec", Month(12)),
    ("seconds", U(Unit::Second)), ("secs", U(Unit::Second)), ("sec", U(Unit::Second)), ("s", U(Unit::Second)),
    ("minute", U(Unit::Minute)), ("minutes", U(Unit::Minute)), ("min", U(Unit::Minute)), ("mins", U(Unit::Minute)),
    ("hour", U(Unit::Hour)), ("hours", U(Unit::Hour)), ("hr", U(Unit::Hour)), ("hrs", U(Unit::Hour)), ("h", U(Unit::Hour)),
    ("day", U(Unit::Day)), ("days", U(Unit::Day)), ("d", U(Unit::Day)),
    ("weekday", U(Unit::Workday)), ("weekdays", W("weekdays")), ("workday", U(Unit::Workday)), ("workdays", W("weekdays")),
    ("week", U(Unit::Week)), ("weeks", U(Unit::Week)), ("wk", U(Unit::Week)), ("wks", U(Unit::Week)), ("w", U(Unit::Week)),
    ("weekend", U(Unit::Weekend)), ("weekends", W("weekends")),
    ("fortnight", U(Unit::Fortnight)), ("fortnights", U(Unit::Fortnight)), ("fortnite", U(Unit::Fortnight)),
    ("month", U(Unit::Month)), ("months", U(Unit::Month)), ("mo", U(Unit::Month)), ("mos", U(Unit::Month)), ("mth", U(Unit::Month)), ("mths", U(Unit::Month)),
    ("quarter", U(Unit::Quarter)), ("quarters", U(Unit::Quarter)),
    ("year", U(Unit::Year)), ("years", U(Unit::Year)), ("yr", U(Unit::Year)), ("yrs", U(Unit::Year)), ("y", U(Unit::Year)),
    ("decade", U(Unit::Decade)), ("decades", U(Unit::Decade)), ("m", U(Unit::Em)),
    ("a", Count(1)), ("an", Count(1)), ("one", Count(1)), ("two", Count(2)), ("three", Count(3)), ("four", Count(4)),
    ("five", Count(5)), ("six", Count(6)), ("seven", Count(7)), ("eight", Count(8)), ("nine", Count(9)), ("ten", Count(10)),
    ("eleven", Count(11)), ("twelve", Count(12)), ("fifteen", Count(15)), ("eighteen", Count(18)), ("twenty", Count(20)),
    ("thirty", Count(30)), ("forty", Count(40)), ("fifty", Count(50)), ("sixty", Count(60)), ("ninety", Count(90)),
    ("first", Ordinal(1)), ("second", Ordinal(2)), ("third", Ordinal(3)), ("fourth", Ordinal(4)), ("fifth", Ordinal(5)),
    ("sixth", Ordinal(6)), ("seventh", Ordinal(7)), ("eighth", Ordinal(8)), ("ninth", Ordinal(9)), ("tenth", Ordinal(10)),
    ("eleventh", Ordinal(11)), ("twelfth", Ordinal(12)), ("thirteenth", Ordinal(13)), ("fourteenth", Ordinal(14)),
    ("fifteenth", Ordinal(15)), ("sixteenth", Ordinal(16)), ("seventeenth", Ordinal(17)), ("eighteenth", Ordinal(18)),
    ("nineteenth", Ordinal(19)), ("twentieth", Ordinal(20)), ("thirtieth", Ordinal(30)),
    ("christmas", Feast(12, 25)), ("xmas", Feast(12, 25)), ("halloween", Feast(10, 31)), ("valentines", Feast(2, 14)),
    ("boxing", Feast(12, 26)), ("nye", Feast(12, 31)), ("thanksgiving", W("thanksgiving")), ("easter", W("easter")), ("good", W("good")),
    ("daily", Rhythm(1, Unit::Day)), ("nightly", Rhythm(1, Unit::Day)), ("everyday", Rhythm(1, Unit::Day)),
    ("weekly", Rhythm(1, Unit::Week)), ("biweekly", Rhythm(2, Unit::Week)), ("fortnightly", Rhythm(1, Unit::Fortnight)),
    ("monthly", Rhythm(1, Unit::Month)), ("bimonthly", Rhythm(2, Unit::Month)), ("quarterly", Rhythm(3, Unit::Month)),
    ("yearly", Rhythm(1, Unit::Year)), ("annually", Rhythm(1, Unit::Year)), ("annual", Rhythm(1, Unit::Year)),
    ("biannually", Rhythm(6, Unit::Month)), ("semiannually", Rhythm(6, Unit::Month)), ("biannual", Rhythm(6, Unit::Month)),
    ("biennially", Rhythm(2, Unit::Year)), ("biennial", Rhythm(2, Unit::Year)), ("hourly", Rhythm(1, Unit::Hour)),
    ("semimonthly", Rhythm(15, Unit::Day)),
    ("tomorrow", W("tomorrow")), ("tmrw", W("tomorrow")), ("tmr", W("tomorrow")), ("tmw", W("tomorrow")), ("tomoz", W("tomorrow")),
    ("today", W("today")), ("tdy", W("today")), ("yesterday", W("yesterday")), ("yday", W("yesterday")),
    ("tonight", W("tonight")), ("tonite", W("tonight")), ("morning", W("morning")), ("mornings", W("mornings")), ("breakfast", W("morning")),
    ("afternoon", W("afternoon")), ("afternoons", W("afternoons")), ("arvo", W("afternoon")),
    ("evening", W("evening")), ("evenings", W("evenings")), ("dinner", W("evening")), ("dinnertime", W("evening")), ("night", W("night")), ("nights", W("nights")),
    ("noon", W("noon")), ("midday", W("noon")), ("noonish", W("noon")), ("lunch", W("lunch")), ("lunchtime", W("lunch")), ("midnight", W("midnight")),
    ("am", W("am")), ("pm", W("pm")), ("oclock", W("oclock")),
    ("next", W("next")), ("nxt", W("next")), ("nex", W("next")), ("this", W("this")), ("last", W("last")), ("past", W("past")), ("previous", W("last")),
    ("coming", W("coming")), ("upcoming", W("coming")), ("following", W("following")), ("current", W("this")),
    ("in", W("in")), ("within", W("in")), ("on", W("on")), ("at", W("at")), ("by", W("by")), ("until", W("by")), ("till", W("by")), ("of", W("of")), ("the", W("the")),
    ("from", W("from")), ("after", W("after")), ("before", W("before")), ("ago", W("ago")), ("now", W("now")), ("back", W("back")),
    ("to", W("to")), ("through", W("to")), ("thru", W("to")), ("and", W("and")), ("time", W("time")), ("times", W("times")), ("per", W("per")),
    ("half", W("half")), ("couple", W("couple")), ("few", W("few")), ("several", W("few")), ("dozen", W("dozen")),
    ("early", W("early")), ("earlier", W("earlier")), ("mid", W("mid")), ("middle", W("mid")), ("late", W("late")), ("later", W("later")),
    ("start", W("start")), ("beginning", W("start")), ("begin", W("start")), ("end", W("end")), ("ending", W("end")),
    ("eod", W("eod")), ("cob", W("eod")), ("eob", W("eod")), ("eow", W("eow")), ("eom", W("eom")), ("eoq", W("eoq")), ("eoy", W("eoy")), ("midweek", W("midweek")),
    ("every", W("every")), ("each", W("every")), ("evry", W("every")), ("all", W("every")), ("other", W("other")), ("alternate", W("other")), ("once", W("once")), ("twice", W("twice")), ("thrice", W("thrice")),
    ("working", W("working")), ("business", W("working")), ("work", W("working")),
    ("around", W("about")), ("about", W("about")), ("roughly", W("about")), ("approximately", W("about")), ("sometime", W("filler")),
    ("repeat", W("repeat")), ("remind", W("remind")), ("new", W("new")), ("eve", W("eve")), ("q", W("q")), ("just", W("just")),
    ("or", W("or")), ("so", W("so")), ("ish", W("ish")), ("same", W("same")), ("thing", W("thing")), ("over", W("over")), ("close", W("close")),
    ("least", W("least")), ("most", W("most")), ("except", W("except")), ("excluding", W("except")), ("but", W("except")),
    ("between", W("between")), ("starting", W("starting")), ("commencing", W("starting")), ("single", W("filler")), ("exactly", W("filler")), ("precisely", W("filler")),
    ("sharp", W("filler")), ("like", W("filler")), ("maybe", W("filler")), ("perhaps", W("filler")), ("probably", W("filler")),
    ("approx", W("filler")), ("please", W("filler")), ("me", W("filler")),
];

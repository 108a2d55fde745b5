//! Time zones as people name them: by IANA name, by city, by country, by abbreviation, by offset.

use std::sync::LazyLock;

use jiff::tz::{self, TimeZone};
use unicode_normalization::UnicodeNormalization;

use super::zone_names::{ALIASES, COUNTRIES, LOCALES};

/// How many near names an error tells.
const NEAREST: usize = 4;
/// How many zones a guess gives.
const GUESSED: usize = 20;

/// A zone that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Zone {
    /// Its IANA name, to be stored.
    pub name: String,
    /// Its rules.
    pub zone: TimeZone,
}

/// The text names no zone.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("\"{text}\" is no time zone")]
pub struct NotAZone {
    /// What was said.
    pub text: String,
    /// The names of zones that may be meant, likeliest first.
    pub nearest: Vec<String>,
}

/// Finds the zone of an IANA name ("Europe/Berlin"), a city ("são paulo", "Munich"), a country with one zone, an
/// abbreviation ("CET") or an offset ("UTC+2"); accents and case aside.
///
/// # Errors
/// [`NotAZone`] where nothing or more than one country's zone fits, with the nearest names.
pub fn find(text: &str) -> Result<Zone, NotAZone> {
    let error = |nearest| NotAZone { text: text.trim().to_owned(), nearest };
    let plain = plain(text);
    // Before the IANA names, among which "EST" is a zone of Panama's.
    if let Some((_, name)) = ALIASES.iter().find(|(alias, _)| *alias == plain) {
        return named(name).ok_or_else(|| error(Vec::new()));
    }
    if let Some(zone) = named(text.trim()) {
        return Ok(zone);
    }
    if plain.is_empty() {
        return Err(error(Vec::new()));
    }
    if let Some(name) = offset(&plain) {
        return named(&name).ok_or_else(|| error(Vec::new()));
    }
    let hits = ranked(&plain);
    let best = hits.first().map_or(0, |(rank, _)| *rank);
    let alone = hits.iter().filter(|(rank, _)| *rank == best).count() == 1;
    match hits.first() {
        Some((0, name)) => named(name).ok_or_else(|| error(Vec::new())),
        Some((1, name)) if alone => named(name).ok_or_else(|| error(Vec::new())),
        Some((_, name)) if hits.len() == 1 => named(name).ok_or_else(|| error(Vec::new())),
        Some(_) => Err(error(hits.iter().take(NEAREST).map(|(_, name)| (*name).to_owned()).collect())),
        None => Err(error(near(&plain))),
    }
}

/// The zones that fit an unfinished name, likeliest first, at most `limit`; for autocomplete. Without text all zones,
/// by name.
#[must_use]
pub fn search(text: &str, limit: usize) -> Vec<String> {
    let plain = plain(text);
    let mut found: Vec<String> =
        offset(&plain).and_then(|name| named(&name)).map(|zone| zone.name).into_iter().collect();
    found.extend(ranked(&plain).into_iter().map(|(_, name)| name.to_owned()));
    if found.is_empty() {
        found = near(&plain);
    }
    found.truncate(limit);
    found
}

/// The zones that people of a Discord locale ("en-GB", "de") likely live in, likeliest first, at most 20; never empty.
#[must_use]
pub fn guess(locale: &str) -> Vec<&'static str> {
    let exact = LOCALES.iter().find(|(name, _)| name.eq_ignore_ascii_case(locale));
    let language = locale.split(['-', '_']).next().unwrap_or_default();
    let found = exact.or_else(|| LOCALES.iter().find(|(name, _)| name.eq_ignore_ascii_case(language)));
    let zones =
        found.or_else(|| LOCALES.iter().find(|(name, _)| *name == "en")).map_or(&[][..], |(_, zones)| *zones);
    zones.iter().take(GUESSED).copied().collect()
}

/// All zones that can be chosen, by their primary IANA names, in alphabetical order.
pub fn all() -> impl Iterator<Item = &'static str> {
    PLACES.iter().map(|place| place.name.as_str())
}

/// A zone as it is searched.
struct Place {
    name: String,
    /// The name and its last part, plain: "america new york", "new york".
    plain: String,
    city: String,
    /// ISO 3166 code; empty for UTC.
    country: String,
}

static PLACES: LazyLock<Vec<Place>> = LazyLock::new(|| {
    let names = tz::db().available().filter(|name| !name.as_str().starts_with("Etc/"));
    let mut places: Vec<Place> = names
        .filter_map(|name| {
            let name = name.as_str();
            let zone = TimeZone::get(name).ok()?;
            let country = zone.location().map(|location| location.country().to_owned());
            let primary = name == "UTC" || (zone.is_primary() && country.is_some());
            let city = plain(name.rsplit('/').next().unwrap_or(name));
            primary.then(|| Place {
                name: name.to_owned(),
                plain: plain(name),
                city,
                country: country.unwrap_or_default(),
            })
        })
        .collect();
    places.sort_by(|one, two| one.name.cmp(&two.name));
    places.dedup_by(|one, two| one.name == two.name);
    places
});

/// The zone of an IANA name, old names as well, under its primary name.
fn named(name: &str) -> Option<Zone> {
    if !name.is_ascii() || name.is_empty() {
        return None;
    }
    let zone = TimeZone::get(name).ok()?;
    let own = zone.iana_name()?.to_owned();
    let primary = zone.primary_iana_name().map(str::to_owned).filter(|_| !own.starts_with("Etc/"));
    let name = primary.unwrap_or(own);
    Some(Zone { zone: TimeZone::get(&name).ok()?, name })
}

/// Lower case without accents, all that is no letter, digit or sign a space.
fn plain(text: &str) -> String {
    let folded: String = text
        .nfkd()
        .flat_map(char::to_lowercase)
        .filter(|c| !('\u{300}'..='\u{36f}').contains(c))
        .map(|c| match c {
            'ł' => 'l',
            'ø' => 'o',
            'đ' => 'd',
            'ı' => 'i',
            c if c.is_alphanumeric() || matches!(c, '+' | '-') => c,
            _ => ' ',
        })
        .collect();
    folded.replace('ß', "ss").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// "utc+2", "gmt-5", "+02:00" as the name of the zone with that fixed offset; whole hours only.
fn offset(plain: &str) -> Option<String> {
    let rest = plain.strip_prefix("utc").or_else(|| plain.strip_prefix("gmt")).unwrap_or(plain).trim();
    let (sign, digits) = match rest.split_at_checked(1)? {
        ("+", digits) => ('-', digits),
        // The names of the fixed zones count westwards.
        ("-", digits) => ('+', digits),
        _ => return None,
    };
    let mut parts = digits.trim().split(' ');
    let hours = parts.next()?;
    let (hours, minutes) = match hours.split_at_checked(2) {
        Some((hours, minutes)) if minutes.len() == 2 => (hours, minutes),
        _ => (hours, parts.next().unwrap_or("00")),
    };
    let hours: u8 = hours.parse().ok()?;
    match (minutes, hours) {
        ("00", 0) => Some("UTC".to_owned()),
        ("00", 1..=14) => Some(format!("Etc/GMT{sign}{hours}")),
        _ => None,
    }
}

/// The zones that fit, best first: a name, city or alias to the letter (0), the only country (1), then beginnings (2)
/// and words within (3).
fn ranked(plain: &str) -> Vec<(u8, &'static str)> {
    let mut hits: Vec<(u8, &'static str)> = Vec::new();
    let mut add = |rank: u8, name: &'static str| {
        if !hits.iter().any(|(_, hit)| *hit == name) {
            hits.push((rank, name));
        }
    };
    let aliased = |fits: &dyn Fn(&str) -> bool| {
        ALIASES.iter().filter(|(alias, _)| fits(alias)).map(|(_, name)| *name).collect::<Vec<_>>()
    };
    let of_countries = |fits: &dyn Fn(&str) -> bool| {
        let codes: Vec<&str> =
            COUNTRIES.iter().filter(|(name, _)| fits(name)).map(|(_, code)| *code).collect();
        PLACES
            .iter()
            .filter(move |place| codes.contains(&place.country.as_str()))
            .map(|place| place.name.as_str())
    };
    if plain.is_empty() {
        PLACES.iter().for_each(|place| add(3, &place.name));
        return hits;
    }
    PLACES
        .iter()
        .filter(|place| place.plain == plain || place.city == plain)
        .for_each(|place| add(0, &place.name));
    aliased(&|alias| alias == plain).into_iter().for_each(|name| add(0, name));
    of_countries(&|country| country == plain).for_each(|name| add(1, name));
    PLACES.iter().filter(|place| place.city.starts_with(plain)).for_each(|place| add(2, &place.name));
    aliased(&|alias| alias.starts_with(plain)).into_iter().for_each(|name| add(2, name));
    of_countries(&|country| country.starts_with(plain)).for_each(|name| add(2, name));
    let within =
        |place: &&Place| place.plain.starts_with(plain) || place.plain.contains(&format!(" {plain}"));
    PLACES.iter().filter(within).for_each(|place| add(3, &place.name));
    // Among equals the zones where many people live.
    let place = |name: &str| {
        LOCALES.iter().filter_map(|(_, zones)| zones.iter().position(|zone| *zone == name)).min()
    };
    hits.sort_by_key(|(rank, name)| (*rank, place(name).unwrap_or(usize::MAX)));
    hits
}

/// The zones whose city or alias is spelt most like the text: a slip for each six letters, one at least, and none in the
/// first. More is another place ("Atlantis" is not Atlanta).
fn near(plain: &str) -> Vec<String> {
    let cities = PLACES.iter().map(|place| (place.city.as_str(), place.name.as_str()));
    let mut scored: Vec<(usize, &str)> = cities
        .chain(ALIASES.iter().copied())
        .filter(|(spelt, _)| spelt.chars().next() == plain.chars().next())
        .map(|(spelt, name)| (strsim::osa_distance(plain, spelt), name))
        .filter(|(distance, _)| *distance <= (plain.chars().count() / 6).max(1))
        .collect();
    scored.sort();
    let mut names: Vec<String> = Vec::new();
    for (_, name) in scored {
        if !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
    }
    names.truncate(NEAREST);
    names
}

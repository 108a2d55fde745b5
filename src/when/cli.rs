//! What `kith when` answers: a phrase explained as JSON.

use jiff::{Timestamp, ZonedDateTime, civil::Time};
use serde_json::{Value, json};

use super::{Asker, Misread, once, repeat, zone};

/// How many occurrences of a rhythm are shown.
const SHOWN: usize = 5;

/// Explains a phrase: `{"kind": "once", "at", "reading", "others": [{"at", "reading"}]}` or
/// `{"kind": "repeat", "next": [five times], "reading", "others": [{"next", "reading"}]}`, times as RFC 3339 in the
/// zone. `zone` is an IANA name or anything else that [`zone::find`] knows; `hour` is the delivery hour.
///
/// # Errors
/// One sentence that says what is wrong.
pub fn explain(phrase: &str, now: Timestamp, zone: &str, locale: &str, hour: Time) -> Result<Value, String> {
    let found = zone::find(zone).map_err(|error| format!("{error}."))?;
    let asker = Asker::new(now, found.zone, hour, locale);
    let moment = match once(phrase, &asker) {
        Ok(reading) => {
            let others: Vec<Value> = reading
                .others
                .iter()
                .map(|(at, words)| json!({"at": written(at), "reading": words}))
                .collect();
            let at = written(&reading.at);
            return Ok(json!({"kind": "once", "at": at, "reading": reading.reading, "others": others}));
        }
        Err(misread) => misread,
    };
    match repeat(phrase, &asker) {
        Ok(reading) => {
            let next = |cadence: &super::Cadence| -> Result<Vec<String>, Misread> {
                Ok(cadence.row(now, hour, &asker.zone, SHOWN)?.iter().map(written).collect())
            };
            let sentence = |misread: Misread| sentence(&misread);
            let mut others = Vec::new();
            for (cadence, words) in &reading.others {
                others.push(json!({"next": next(cadence).map_err(sentence)?, "reading": words}));
            }
            let next = next(&reading.cadence).map_err(sentence)?;
            Ok(json!({"kind": "repeat", "next": next, "reading": reading.reading, "others": others}))
        }
        // Of the two reasons the more telling one.
        Err(Misread::NotUnderstood(_) | Misread::Empty) => Err(sentence(&moment)),
        Err(misread) if matches!(moment, Misread::NotUnderstood(_)) => Err(sentence(&misread)),
        Err(_) => Err(sentence(&moment)),
    }
}

fn sentence(misread: &Misread) -> String {
    let mut text = misread.to_string();
    if matches!(misread, Misread::NotUnderstood(_) | Misread::Empty) {
        text.push_str("; try \"friday\", \"in 2 weeks\" or \"every 3 months\"");
    }
    text.push('.');
    text
}

/// RFC 3339 in the zone, without the zone's name.
fn written(at: &ZonedDateTime) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

//! Where Discord's description and its documentation differ. The documentation holds.

use serde_json::Value;

use super::Part;

/// How a value of the documentation is read before the description judges it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reads {
    /// A string of digits counts as the integer that it spells.
    DigitsAsInteger,
    /// An integer counts as the string that spells it.
    IntegerAsDigits,
    /// Any word counts as an integer.
    WordAsInteger,
    /// What is not there counts as 0; only in a body that says when to try again.
    NothingAsZero,
}

/// One known difference.
#[derive(Debug, Clone, Copy)]
pub struct Deviation {
    /// The side that it is about: [`Part::Request`] or [`Part::Response`].
    pub part: Part,
    /// The key that the value stands under.
    pub key: &'static str,
    /// The key that the object (or the list of objects) with it stands under; none for anywhere.
    pub within: Option<&'static str>,
    /// What is done about it.
    pub reads: Reads,
    /// Why the documentation's form is right.
    pub reason: &'static str,
}

const BIT_SET: &str = "Permissions: bit sets are serialized as strings; the description calls them integers";

const fn bit_set(key: &'static str) -> Deviation {
    Deviation { part: Part::Request, key, within: None, reads: Reads::DigitsAsInteger, reason: BIT_SET }
}

/// Every known deviation. What is not listed here is a finding.
pub const DEVIATIONS: &[Deviation] = &[
    bit_set("default_member_permissions"),
    bit_set("permissions"),
    bit_set("allow"),
    bit_set("deny"),
    Deviation {
        part: Part::Request,
        key: "id",
        within: Some("attachments"),
        reads: Reads::IntegerAsDigits,
        reason: "Uploading Files: an attachment's id is the n of its files[n], a number in the page's examples",
    },
    Deviation {
        part: Part::Response,
        key: "code",
        within: Some("_errors"),
        reads: Reads::WordAsInteger,
        reason: "Error Messages: a field's errors bear words as codes, such as BASE_TYPE_CHOICES",
    },
    Deviation {
        part: Part::Response,
        key: "code",
        within: None,
        reads: Reads::NothingAsZero,
        reason: "Rate Limits: `code` stands in the answers of some limits only; the description wants it in all",
    },
];

/// The body as the description would have it written.
pub(super) fn as_described(part: Part, body: &Value) -> Value {
    let mut body = body.clone();
    turn(part, &mut body, None);
    let limit = body.as_object_mut().filter(|fields| fields.contains_key("retry_after"));
    let absent = |one: &&Deviation| one.part == part && one.reads == Reads::NothingAsZero;
    if let (Some(fields), Some(deviation)) = (limit, DEVIATIONS.iter().find(absent)) {
        fields.entry(deviation.key).or_insert_with(|| 0.into());
    }
    body
}

fn turn(part: Part, value: &mut Value, within: Option<&str>) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| turn(part, item, within)),
        Value::Object(fields) => {
            for (key, field) in fields {
                let known = |one: &&Deviation| {
                    one.reads != Reads::NothingAsZero
                        && one.part == part
                        && one.key == key
                        && one.within.is_none_or(|place| within == Some(place))
                };
                if let Some(deviation) = DEVIATIONS.iter().find(known) {
                    read(field, deviation.reads);
                }
                turn(part, field, Some(key));
            }
        }
        _ => {}
    }
}

fn read(value: &mut Value, reads: Reads) {
    let read = match (reads, &*value) {
        (Reads::DigitsAsInteger, Value::String(digits)) => digits.parse::<u64>().ok().map(Value::from),
        (Reads::IntegerAsDigits, Value::Number(number)) if number.is_u64() => Some(number.to_string().into()),
        (Reads::WordAsInteger, Value::String(_)) => Some(0.into()),
        _ => None,
    };
    if let Some(read) = read {
        *value = read;
    }
}

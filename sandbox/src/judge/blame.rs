//! Readable reasons: what is really wrong below an `anyOf` or `oneOf`.

use jsonschema::ValidationError;
use jsonschema::error::ValidationErrorKind;

const LONGEST: usize = 240;

/// Puts where and why into `out` for each reason behind `error`.
pub(super) fn reasons(error: &ValidationError<'_>, out: &mut Vec<(String, String)>) {
    let branches = match error.kind() {
        ValidationErrorKind::AnyOf { context } | ValidationErrorKind::OneOfNotValid { context } => context,
        _ => return out.push((error.instance_path().to_string(), short(&error.to_string()))),
    };
    let place = error.instance_path().as_str();
    let meant = branches.iter().filter(|branch| !branch.is_empty() && !is_other_kind(branch, place));
    match meant.min_by_key(|branch| branch.len()) {
        Some(branch) => branch.iter().for_each(|inner| reasons(inner, out)),
        None => out.push((place.to_owned(), short(&error.to_string()))),
    }
}

/// Whether a branch describes something else than what was meant: another `type`, or null, or another JSON type.
fn is_other_kind(branch: &[ValidationError<'_>], place: &str) -> bool {
    branch.iter().any(|error| {
        let at = error.instance_path().as_str();
        match error.kind() {
            ValidationErrorKind::Type { .. } => at == place,
            ValidationErrorKind::Enum { .. } | ValidationErrorKind::Constant { .. } => {
                at.strip_prefix(place) == Some("/type")
            }
            _ => false,
        }
    })
}

fn short(message: &str) -> String {
    if message.chars().count() <= LONGEST {
        return message.to_owned();
    }
    // What is wrong stands at the end, after the value that it is wrong with.
    let tail: Vec<char> = message.chars().rev().take(LONGEST / 2).collect();
    let head: String = message.chars().take(LONGEST / 2).collect();
    format!("{head} … {}", tail.into_iter().rev().collect::<String>())
}

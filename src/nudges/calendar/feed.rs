//! The calendar at its address: `/calendar/<secret>.ics`, as it is when it is asked for.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use sha2::{Digest as _, Sha256};

use super::{NAME, address, coming, file};
use crate::connections;
use crate::discord::app::App;
use crate::http::Page;
use crate::members;
use crate::nudges::store;
use crate::store::StoreError;

/// What its path begins and ends with.
const AROUND: (&str, &str) = ("/calendar/", ".ics");
/// Longer ones are no secrets.
const LONGEST: usize = 100;

/// The path of the calendar with this secret.
#[must_use]
pub fn path(secret: &str) -> String {
    format!("{}{secret}{}", AROUND.0, AROUND.1)
}

/// The calendar at a path; `None` where there is none, for whatever reason.
///
/// # Errors
/// The store's.
pub fn find(app: &App, path: &str) -> Result<Option<Page>, StoreError> {
    let secret = path.strip_prefix(AROUND.0).and_then(|rest| rest.strip_suffix(AROUND.1));
    let Some(secret) = secret.filter(|secret| secret.len() <= LONGEST) else { return Ok(None) };
    let read = app.store.read(|tx| -> Result<_, StoreError> {
        let Some(owner) = address::owner(tx, secret)? else { return Ok(None) };
        let Some(member) = members::store::get(tx, owner)? else { return Ok(None) };
        Ok(Some((member, store::planned(tx, owner)?, connections::store::network(tx, owner)?)))
    });
    let Some((member, planned, network)) = read? else { return Ok(None) };
    let now = app.clock.now();
    let words = app.texts.words(Some(&member.locale));
    let (all, _) = coming(&planned, &network, &member, now);
    // The same while nothing but the time of writing has changed.
    let unwritten = file(words, &all, &network, &member, Timestamp::UNIX_EPOCH);
    let tag = URL_SAFE_NO_PAD.encode(Sha256::digest(unwritten.as_bytes()));
    let body = file(words, &all, &network, &member, now).into_bytes();
    Ok(Some(Page { body, kind: "text/calendar; charset=utf-8", name: NAME, tag: format!("W/\"{tag}\"") }))
}

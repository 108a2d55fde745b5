//! Whether the HTTP port can be listened on, where one is set.

use std::io::ErrorKind;

use tokio::net::TcpListener;

use super::Finding;
use crate::settings::Http;

/// Looks at the port; nothing is said where none is set.
pub async fn check(settings: &Http) -> Option<Finding> {
    let listen = settings.listen?;
    Some(match TcpListener::bind(listen).await {
        Ok(_) => {
            let reached = settings.public_url.as_ref().map(|url| format!(", reached at {url}"));
            Finding::fine(format!("Calendars can be served on {listen}{}.", reached.unwrap_or_default()))
        }
        Err(error) if error.kind() == ErrorKind::AddrInUse => Finding::hint(
            format!("http.listen: {listen} is in use."),
            "Right if Kith runs already; else set another port.",
        ),
        Err(error) => Finding::problem(
            format!("http.listen: {listen} cannot be listened on: {error}."),
            "Set an address of this machine and a port that Kith may use, or none.",
        ),
    })
}

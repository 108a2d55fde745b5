//! Which addresses are this machine's own.

use std::net::IpAddr;

use reqwest::Url;

/// Whether `url` is on this machine: `localhost`, `127.…` or `[::1]`.
#[must_use]
pub fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']);
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_this_machine() {
        for (url, own) in [
            ("http://127.0.0.1:80/clock", true),
            ("http://127.1.2.3/", true),
            ("http://[::1]:80/clock", true),
            ("http://localhost/clock", true),
            ("http://10.0.0.1:80/clock", false),
            ("http://localhost.example.org/", false),
        ] {
            assert_eq!(is_loopback(&url.parse().unwrap()), own, "{url}");
        }
    }
}

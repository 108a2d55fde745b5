//! `/nudge calendar`: what is to come as a file, and at an address that only its member knows.

use std::path::Path;

use reqwest::{Method, Response};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use crate::kit::{Answer, Person, Town};

const ON: &[(&str, &str)] = &[("http.listen", "127.0.0.1:0")];

/// Each event's start and title, as a calendar app reads them.
fn events(text: &str) -> Vec<String> {
    let calendar: icalendar::Calendar = text.parse().unwrap();
    let value =
        |it: &icalendar::Event, key: &str| icalendar::Component::property_value(it, key).unwrap().to_owned();
    calendar.events().map(|it| format!("{} {}", value(it, "DTSTART"), value(it, "SUMMARY"))).collect()
}

/// The file that came with an answer.
async fn file(town: &Town, answer: &Answer) -> String {
    let attached = &answer.message().json["attachments"][0];
    assert_eq!(attached["filename"], "kith.ics");
    let url = attached["url"].as_str().unwrap();
    town.client.get(url).send().await.unwrap().text().await.unwrap()
}

/// The address in an answer.
fn address(answer: &Answer) -> String {
    let text = answer.text();
    let found = regex::Regex::new(r"http://\S+\.ics").unwrap().find(&text).map(|it| it.as_str().to_owned());
    found.unwrap_or_else(|| panic!("no address in {text}"))
}

async fn gets_an_address(person: &Person<'_>) -> String {
    let calendar = person.runs("/nudge calendar").await.message();
    address(&person.presses(&calendar, "Get an address").await)
}

async fn asks(town: &Town, method: Method, url: &str, tag: Option<&str>) -> Response {
    let mut request = town.client.request(method, url);
    if let Some(tag) = tag {
        request = request.header("If-None-Match", tag);
    }
    request.send().await.unwrap()
}

async fn status(town: &Town, url: &str) -> u16 {
    asks(town, Method::GET, url, None).await.status().as_u16()
}

/// docs/nudges.md: calendar
#[tokio::test]
async fn what_is_to_come_is_given_as_a_file() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    let empty = ana.runs("/nudge calendar").await;
    assert!(empty.message().is_private());
    insta::assert_snapshot!("empty", empty.message().seen());
    assert!(empty.message().json["attachments"].as_array().unwrap().is_empty());

    ana.runs("/connection add name: Grace Hopper every: 6 weeks note: a secret note").await;
    ana.runs("/nudge me about: a secret plan when: friday 3pm").await;
    ana.runs("/nudge me about: the other plan when: 1 apr 2033 who: grace repeat: every 3 months").await;
    let given = ana.runs("/nudge calendar").await;
    insta::assert_snapshot!("file", given.message().seen());
    let text = file(&town, &given).await;
    assert!(!text.contains("secret"), "{text}");
    insta::assert_snapshot!("events", events(&text).join("\n"));
    town.close().await;
}

/// docs/nudges.md: calendar-address
#[tokio::test]
async fn an_address_shows_the_calendar_as_it_is_now() {
    let town = Town::open_with(ON).await;
    let ana = town.member("Ana").await;
    ana.runs("/nudge me about: the talk when: friday 3pm").await;
    let calendar = ana.runs("/nudge calendar").await.message();
    insta::assert_snapshot!("no_address_yet", calendar.seen());
    let answer = ana.presses(&calendar, "Get an address").await;
    let url = address(&answer);
    assert!(answer.message().is_private() && answer.message().id == calendar.id);
    let shown =
        regex::Regex::new(r"http://\S+").unwrap().replace(&answer.message().seen(), "(address)").into_owned();
    insta::assert_snapshot!("address", shown);

    let first = asks(&town, Method::GET, &url, None).await;
    assert_eq!(first.status(), 200);
    let header = |response: &Response, name: &str| response.headers()[name].to_str().unwrap().to_owned();
    assert_eq!(header(&first, "content-type"), "text/calendar; charset=utf-8");
    assert_eq!(header(&first, "cache-control"), "private, no-cache");
    let tag = header(&first, "etag");
    assert_eq!(events(&first.text().await.unwrap()).len(), 1);

    // Later it says the same, so nothing is sent again.
    town.passes("1h").await;
    let same = asks(&town, Method::GET, &url, Some(&tag)).await;
    assert_eq!((same.status().as_u16(), header(&same, "etag")), (304, tag.clone()));
    assert_eq!(same.text().await.unwrap(), "");
    let head = asks(&town, Method::HEAD, &url, None).await;
    assert_eq!((head.status().as_u16(), header(&head, "etag")), (200, tag.clone()));
    assert_eq!(head.text().await.unwrap(), "");

    ana.runs("/nudge me about: the slides when: thursday 3pm").await;
    let changed = asks(&town, Method::GET, &url, Some(&tag)).await;
    assert_eq!(changed.status(), 200);
    assert_eq!(events(&changed.text().await.unwrap()).len(), 2);
    town.close().await;
}

/// docs/nudges.md: calendar-address
#[tokio::test]
async fn a_renewed_or_revoked_address_is_as_one_that_never_was() {
    let mut town = Town::open_with(ON).await;
    let ana = town.member("Ana").await;
    let bo = town.member("Bo").await;
    let (ana_id, bo_id) = (ana.id.clone(), bo.id.clone());
    let (anas, bos) = (gets_an_address(&ana).await, gets_an_address(&bo).await);
    assert_eq!((status(&town, &anas).await, status(&town, &bos).await), (200, 200));
    let calendar = ana.runs("/nudge calendar").await.message();
    insta::assert_snapshot!("has_an_address", calendar.seen());
    let renewed = address(&ana.presses(&calendar, "New address").await);
    assert_eq!((status(&town, &anas).await, status(&town, &renewed).await), (404, 200));

    // Kith starts again, at another port: the secret holds.
    let (path, bos_path) = (url_path(&renewed), url_path(&bos));
    town.restart().await;
    let cy = town.member("Cy").await;
    let cys = gets_an_address(&cy).await;
    let base = cys.split("/calendar/").next().unwrap();
    let (renewed, bos) = (format!("{base}{path}"), format!("{base}{bos_path}"));
    assert_eq!(status(&town, &renewed).await, 200);

    let ana = town.with_id(&ana_id);
    let calendar = ana.runs("/nudge calendar").await.message();
    let revoked = ana.presses(&calendar, "Revoke it").await;
    insta::assert_snapshot!("revoked", revoked.message().seen());
    let (gone, never) = (
        asks(&town, Method::GET, &renewed, None).await,
        asks(&town, Method::GET, &format!("{base}/calendar/{}.ics", "A".repeat(43)), None).await,
    );
    assert_eq!((gone.status().as_u16(), never.status().as_u16()), (404, 404));
    let headers = |it: &Response| {
        let names = it.headers().iter().filter(|(name, _)| *name != "date");
        names.map(|(name, value)| format!("{name}: {value:?}")).collect::<Vec<_>>()
    };
    assert_eq!(headers(&gone), headers(&never));
    assert_eq!(gone.text().await.unwrap(), never.text().await.unwrap());
    assert_eq!(status(&town, &bos).await, 200, "{bo_id}");
    town.close().await;
}

fn url_path(url: &str) -> String {
    url.parse::<reqwest::Url>().unwrap().path().to_owned()
}

#[tokio::test]
async fn the_port_serves_nothing_else_and_takes_nothing_large() {
    let town = Town::open_with(ON).await;
    let ana = town.member("Ana").await;
    let url = gets_an_address(&ana).await;
    let base = url.split("/calendar/").next().unwrap();
    for (path, expected) in [
        ("/health", 200),
        ("/", 404),
        ("/calendar/", 404),
        ("/calendar/.ics", 404),
        ("/calendar/../health", 200),
        ("/metrics", 404),
    ] {
        assert_eq!(status(&town, &format!("{base}{path}")).await, expected, "{path}");
    }
    let long = format!("{base}/calendar/{}.ics", "A".repeat(5_000));
    assert_eq!(status(&town, &long).await, 404);
    for method in [Method::POST, Method::PUT, Method::DELETE, Method::OPTIONS] {
        let refused = asks(&town, method, &url, None).await;
        assert_eq!(
            (refused.status().as_u16(), refused.headers()["allow"].to_str().unwrap()),
            (405, "GET, HEAD")
        );
    }
    // A head without an end is cut off.
    let mut line = tokio::net::TcpStream::connect(base.strip_prefix("http://").unwrap()).await.unwrap();
    line.write_all(format!("GET / HTTP/1.1\r\nX: {}", "x".repeat(20_000)).as_bytes()).await.unwrap();
    let mut answer = String::new();
    line.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 431 "), "{answer}");
    town.close().await;
}

#[tokio::test]
async fn the_store_does_not_give_the_address_away() {
    let mut town = Town::open_with(ON).await;
    let ana = town.member("Ana").await;
    let url = gets_an_address(&ana).await;
    let secret = url.rsplit('/').next().unwrap().strip_suffix(".ics").unwrap().to_owned();
    town.stop().await;
    fn holds(folder: &Path, secret: &[u8]) -> bool {
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).any(|path| {
            if path.is_dir() {
                return holds(&path, secret);
            }
            std::fs::read(&path).unwrap().windows(secret.len()).any(|it| it == secret)
        })
    }
    assert!(!holds(town.folder(), secret.as_bytes()));
    town.close().await;
}

/// docs/nudges.md: calendar-address
#[tokio::test]
async fn without_the_port_no_address_is_offered() {
    let mut town = Town::open_with(ON).await;
    let ana = town.member("Ana").await;
    let ana_id = ana.id.clone();
    let before = ana.runs("/nudge calendar").await.message();
    assert_eq!(before.buttons(), ["Plan a nudge", "Get an address"]);
    town.restart_plainly().await;
    let ana = town.with_id(&ana_id);
    assert_eq!(ana.runs("/nudge calendar").await.message().buttons(), ["Plan a nudge"]);
    let off = ana.presses(&before, "Get an address").await;
    assert!(off.text().starts_with("Calendar addresses are switched off here"), "{}", off.text());
    town.close().await;
}

/// What breaks a line of a calendar, or another reader: breaks, the format's own marks, Discord's, directions of writing.
const NASTY: &[&str] = &[
    "Ada, Countess; of \\ Lovelace",
    "**Bo** _b_ ||c|| `d` <@1> [x](https://e.org)",
    "BEGIN:VEVENT END:VEVENT",
    "\u{202e}evil\u{202c} \u{5d0}\u{5d1}\u{5d2} \u{645}\u{631}\u{62d}\u{628}\u{627}",
    "👩🏽‍🔬 Zoë Å\u{308}ngström-Łukasiewicz-Nguyễn-Παπαδοπούλου-Иванова",
];

/// docs/nudges.md: calendar
#[tokio::test]
async fn names_of_every_kind_come_through_the_file_as_they_are() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    for name in NASTY {
        let added =
            serde_json::json!({"name": name, "every": "1 week", "note": "secret\nDTSTART:19700101T000000Z"});
        ana.runs_with("connection add", added).await;
    }
    // A name of several lines is one line from the start; what is written about stays out of the file.
    ana.runs_with(
        "connection add",
        serde_json::json!({"name": "Eve\r\nSUMMARY:gone\tto", "every": "1 week"}),
    )
    .await;
    let planned = serde_json::json!({"about": "a\nDTSTART:19700101T000000Z, b; c", "when": "10 march", "who": "SUMMARY"});
    ana.runs_with("nudge me", planned).await;
    let calendar = ana.runs("/nudge calendar").await;
    let text = file(&town, &calendar).await;
    assert!(!text.contains("secret") && !text.contains("19700101"), "{text}");
    // Every line ends and folds as RFC 5545 wants it, within no character.
    assert!(text.ends_with("\r\n") && !text.replace("\r\n", "").contains(['\r', '\n']));
    assert!(text.split("\r\n").all(|line| line.len() <= 75), "{text}");
    assert_eq!(text.matches("BEGIN:VEVENT\r\n").count(), NASTY.len() + 2);
    // Read back, the titles are the names.
    let titles = events(&text);
    for name in NASTY {
        let title = format!("20330308T090000Z {name} · 👋 Be in touch");
        assert!(titles.contains(&title), "{title}: {titles:#?}");
    }
    assert!(
        titles.contains(&"20330308T090000Z Eve SUMMARY:gone to · 👋 Be in touch".to_owned()),
        "{titles:#?}"
    );
    assert!(
        titles.iter().any(|title| title.starts_with("20330310T090000Z Eve SUMMARY:gone to · 📌")),
        "{titles:#?}"
    );
    town.close().await;
}

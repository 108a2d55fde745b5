//! What somebody reads on the sandbox's page, by day and by night, and how time passes there: markdown, a picture, the
//! bot's entries in a person's menu, the clock's buttons, a world that is emptied.

use std::time::Duration;

use serde_json::{Value, json};
use thirtyfour::prelude::*;

use crate::kit::{LAPTOP, PHONE, Page, Town, browsers};

const WORDS: &str = "# Spring round\n**Bold**, *slanted*, __underlined__, ~~gone~~, `code`, ||hidden||\n> quoted\n\
    - first\n- second\n```rust\nfn main() {}\n```\n[the guide](https://example.com/guide)";

/// The smallest picture that there is.
const DOT: &[u8] = &[
    0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 1, 0, 0,
    0, 1, 8, 6, 0, 0, 0, 0x1f, 0x15, 0xc4, 0x89, 0, 0, 0, 0x0d, 0x49, 0x44, 0x41, 0x54, 0x78, 0x9c, 0x63,
    0xf8, 0xcf, 0xc0, 0xf0, 0x1f, 0, 5, 0, 1, 0xff, 0x89, 0x99, 0x3d, 0x1d, 0, 0, 0, 0, 0x49, 0x45, 0x4e,
    0x44, 0xae, 0x42, 0x60, 0x82,
];

#[tokio::test(flavor = "multi_thread")]
async fn somebody_reads_by_day_and_night_and_lets_time_pass() {
    let Some(driver) = browsers() else { return };
    let town = Town::without_kith().await;
    town.stranger("Ana").await;
    town.stranger("Bo").await;
    let bot = town.get("/world").await["bot"]["id"].as_str().unwrap().to_owned();
    let menu = json!([{"type": 2, "name": "Add to my network"}]);
    town.as_kith("PUT", &format!("/applications/{bot}/commands"), menu).await;
    town.forges(&town.general, json!({"content": WORDS})).await;
    town.forges_picture(&town.general, DOT).await;

    let profile = tempfile::tempdir().unwrap();
    let page = Page::open(&driver.told, &town.sandbox.url(), profile.path()).await;
    for (css, words) in [
        ("h1, h2, h3, [role=heading]", "Spring round"),
        ("strong", "Bold"),
        ("em", "slanted"),
        ("u", "underlined"),
        ("s, del", "gone"),
        ("code", "code"),
        ("blockquote", "quoted"),
        ("li", "second"),
        ("pre.fence", "fn main() {}"),
        ("a[href='https://example.com/guide']", "the guide"),
    ] {
        page.sees(&format!("article.msg :is({css})"), words).await;
    }
    let raw = "return [...document.querySelectorAll('article.msg')].filter((it) => /[|*~`]/.test(it.innerText)).length";
    assert_eq!(page.number(raw).await, 0, "no sign of the markdown is left");
    page.presses("article.msg .spoiler", "").await;
    page.sees("article.msg .spoiler-text", "hidden").await;
    page.sees("article.msg a.picture img", "").await;
    let drawn = "return document.querySelector('a.picture img').naturalWidth";
    assert_eq!(page.number(drawn).await, 1, "the picture is loaded");

    let light =
        "return Number(getComputedStyle(document.getElementById('main')).backgroundColor.match(/\\d+/)[0])";
    let first = page.number(light).await;
    page.presses("#theme", "").await;
    let second = page.number(light).await;
    assert!(first.abs_diff(second) > 100, "{first} and {second}: one is day, the other night");
    page.is_sized(PHONE).await;
    page.fits().await;
    page.is_sized(LAPTOP).await;

    page.presses("[data-person] .person-name", "Bo").await;
    page.sees("[role=menuitem]", "Add to my network").await;
    page.writes(Key::Escape + "").await;
    let bo = page.finds("[data-person] .person-name", "Bo").await;
    page.browser.action_chain().context_click_element(&bo).perform().await.unwrap();
    page.sees("[role=menuitem]", "Add to my network").await;
    page.writes(Key::Escape + "").await;

    let event = json!({
        "name": "Kick-off", "privacy_level": 2, "entity_type": 3, "entity_metadata": {"location": "The library"},
        "scheduled_start_time": "2033-03-08T17:00:00Z", "scheduled_end_time": "2033-03-08T18:00:00Z",
    });
    town.as_kith("POST", &format!("/guilds/{}/scheduled-events", town.guild), event).await;
    page.sees(".event", "Kick-off").await;
    for (button, said) in
        [("+1 hour", "An hour passed."), ("+1 day", "A day passed."), ("+1 week", "A week passed.")]
    {
        let before = town.now().await;
        page.presses(".clock-btn", button).await;
        page.sees("#clock-said", said).await;
        page.sees("#clock-moves:not([aria-busy])", "").await;
        assert!(town.now().await > before);
    }
    page.is_without(".event").await;

    town.post("/reset", json!({})).await;
    page.sees(".welcome h1", "Nobody is here yet").await;
    let guild = town.post("/guilds", json!({"name": "New town"})).await;
    town.post("/users", json!({"name": "Cy", "guilds": [guild["id"]]})).await;
    page.sees("#switch", "Cy").await;
    page.sees(".welcome h1", "Welcome to #general").await;
    page.close().await;
}

impl Page {
    /// Soon there is no such thing.
    async fn is_without(&self, css: &str) {
        let query = self.browser.query(By::Css(css)).wait(Duration::from_secs(20), Duration::from_millis(50));
        assert!(query.not_exists().await.unwrap(), "{css} is there");
    }
}

impl Town {
    async fn now(&self) -> String {
        self.get("/clock").await["now"].as_str().unwrap().to_owned()
    }

    /// Somebody who holds Kith's token sends a picture.
    async fn forges_picture(&self, channel: &str, bytes: &'static [u8]) {
        let part = reqwest::multipart::Part::bytes(bytes).file_name("dot.png");
        let form = reqwest::multipart::Form::new().text("payload_json", "{}").part("files[0]", part);
        let url = format!("{}/api/v10/channels/{channel}/messages", self.sandbox.url());
        let token = format!("Bot {}", self.sandbox.token());
        let sent = self.client.post(url).header("Authorization", token).multipart(form).send().await.unwrap();
        let sent: Value = sent.error_for_status().unwrap().json().await.unwrap();
        assert_eq!(sent["attachments"][0]["width"], 1);
    }
}

//! The first week as a newcomer sees it: `kith demo`, its page in Chromium, and nothing but what can be
//! typed and pressed there.
//!
//! `KITH_SCREENSHOT=docs/first-week.png cargo test --test stories page` takes the README's picture.

use std::path::Path;
use std::process::Command;

use thirtyfour::prelude::*;

use crate::kit::{LAPTOP, PHONE, Page, Server, browsers};

// Several threads: on a failure the browser is closed while the story unwinds.
#[tokio::test(flavor = "multi_thread")]
async fn a_newcomer_plays_the_first_week_on_the_page() {
    let Some(driver) = browsers() else { return };
    let mut demo = Command::new(env!("CARGO_BIN_EXE_kith"));
    let demo =
        Server::start(demo.args(["demo", "--port", "0", "--people", "4"]).env_clear(), "ready ").unwrap();
    let profile = tempfile::tempdir().unwrap();
    let page = Page::open(&driver.told, &demo.told, profile.path()).await;

    page.sees(".welcome h1", "Welcome to #general").await;
    page.sees("article.msg", "Welcome, @Ana! Kith is in this server now.").await;

    page.types("#composer-input", "/connection a").await;
    page.sees("[role=option]", "/connection add").await;
    page.types("#composer-input", Key::Enter + "").await;
    page.types("[data-option=name]", "Maya Lindqvist every:").await;
    page.types("[data-option=every]", "1 w").await;
    page.sees("[role=option][aria-selected=true]", "every week").await;
    // The first picks what is offered, the second sends.
    page.types("[data-option=every]", Key::Enter + Key::Enter).await;
    page.sees("article.msg.ephemeral", "Saved Maya Lindqvist. First nudge").await;
    page.sees("article.msg.ephemeral", "Only you can see this").await;

    page.presses(".clock-btn", "+1 week").await;
    page.sees(".toast.dm", "Maya Lindqvist: time to be in touch").await;
    page.presses(".toast.dm .btn", "Open").await;

    let nudge = "article.msg:last-of-type";
    page.sees(nudge, "Maya Lindqvist: time to be in touch").await;
    page.sees(nudge, "You could write:").await;
    page.takes_picture().await;
    // However narrow the window is, a time stays in one line.
    for width in (340..=520).step_by(20) {
        page.is_sized((width, 800)).await;
        let broken = "return [...document.querySelectorAll('.timestamp')].filter(it => it.getClientRects().length > 1).length";
        assert_eq!(page.number(broken).await, 0, "{width}");
    }
    page.is_sized(LAPTOP).await;
    page.presses(&format!("{nudge} .btn"), "Done").await;
    page.sees("dialog h2", "Done: Maya Lindqvist").await;
    page.types("dialog textarea", "coffee; she starts a reading group").await;
    page.presses("dialog .btn", "Submit").await;
    page.sees(nudge, "Done: Maya Lindqvist.").await;
    page.sees(&format!("{nudge} .btn"), "Undo").await;
    page.misses(&format!("{nudge} .btn"), "Snooze").await;

    page.presses(".rail-item button[title='Open Source Mentors']", "").await;
    page.types("#composer-input", "/settings").await;
    page.sees("[role=option]", "/settings").await;
    page.types("#composer-input", Key::Enter + "").await;
    page.presses("[role=option]", "Where nudges come").await;
    page.types("[data-option=where]", "a private").await;
    page.sees("[role=option][aria-selected=true]", "a private thread here").await;
    page.types("[data-option=where]", Key::Enter + Key::Enter).await;
    page.presses(".place.thread button", "Nudges for Ana").await;
    page.sees("article.msg.system", "Kith added Ana to the thread.").await;
    page.sees("article.msg", "Ana, your nudges come here from now on.").await;
    page.presses(".place button", "general").await;
    page.sees("article.msg", "Welcome, @Ana!").await;

    // Whole lines, letter by letter, of commands that ask for nothing by themselves.
    page.writes("/settings timezone: Auckland").await;
    page.sees("[role=option][aria-selected=true]", "Auckland").await;
    page.writes(Key::Enter + Key::Enter).await;
    page.sees("article.msg.ephemeral", "In Pacific/Auckland, ").await;
    page.writes("/nudge pause until in 2 weeks").await;
    page.writes(Key::Enter + "").await;
    page.sees("article.msg.ephemeral", "Paused until").await;
    // What belongs to no option stays, and is asked about.
    page.writes("/nudge pause fortnight").await;
    page.writes(Key::Enter + "").await;
    page.sees("[role=alert]", "Which option is \u{201c}fortnight\u{201d} for?").await;
    page.writes(Key::Down + Key::Enter).await;
    assert_eq!(page.number("return document.activeElement.value.length").await, 9);
    page.writes(Key::Escape + Key::Escape).await;

    page.hears_of_closed_dms().await;
    page.presses(".clock-btn", "To the next event").await;
    page.is_sized(PHONE).await;
    page.fits().await;
    page.presses("#open-left", "").await;
    page.presses(".rail-item button[title='Open Source Mentors']", "").await;
    page.sees("article.msg", "Welcome, @Ana!").await;
    page.fits().await;
    page.close().await;
}

impl Page {
    /// Somebody else closes their DMs, hears of what waits, and opens them again.
    async fn hears_of_closed_dms(&self) {
        self.presses("#switch", "").await;
        self.presses("[role=menuitem]", "Ben").await;
        self.sees("#switch", "Ben").await;
        self.presses("#switch", "").await;
        self.presses("[role=menuitem]", "Close my DMs").await;
        self.sees("#switch", "DMs closed").await;
        self.presses(".clock-btn", "+1 week").await;
        self.sees("#clock-moves:not([aria-busy])", "").await;
        self.types("#composer-input", "/help ").await;
        self.writes(Key::Enter + "").await;
        self.sees("article.msg.ephemeral", "Your DMs are closed to me, so").await;
        self.presses("#switch", "").await;
        self.presses("[role=menuitem]", "Open my DMs").await;
        self.sees("#switch", "Switch person").await;
        self.presses("article.msg.ephemeral .btn", "Try again").await;
        self.sees("article.msg.ephemeral", "Your DMs are open").await;
        self.sees(".toast.dm", "Kith wrote to Ben").await;
    }

    /// Takes the picture of the direct messages, without notes over them, from the first letter on.
    async fn takes_picture(&self) {
        let beside = std::env::var_os("KITH_SCREENSHOT");
        let path =
            beside.unwrap_or_else(|| Path::new(env!("CARGO_TARGET_TMPDIR")).join("first-week.png").into());
        let tidy = "document.querySelectorAll('.toast').forEach((toast) => toast.remove());
            document.activeElement?.blur();
            document.querySelector('#log .day').scrollIntoView();
            document.getElementById('scroller').scrollBy(0, -24);";
        self.browser.execute(tidy, vec![]).await.unwrap();
        self.browser.screenshot(Path::new(&path)).await.unwrap();
    }
}

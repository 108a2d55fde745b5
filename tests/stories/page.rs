//! The first week as a newcomer sees it: `kith demo`, its page in Chromium, and nothing but what can be
//! typed and pressed there.
//!
//! `KITH_SCREENSHOT=docs/first-week.png cargo test --test stories page` takes the README's picture.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use thirtyfour::prelude::*;
use thirtyfour::{ChromiumLikeCapabilities, LoggingPrefsLogLevel};

use crate::kit::Server;

/// The window's inside, in pixels: a small laptop's and a phone's.
const LAPTOP: (i64, i64) = (1280, 800);
const PHONE: (i64, i64) = (390, 844);
/// How long something may take until it is seen.
const PATIENCE: Duration = Duration::from_secs(20);
const LOOK: Duration = Duration::from_millis(50);

// Several threads: on a failure the browser is closed while the story unwinds.
#[tokio::test(flavor = "multi_thread")]
async fn a_newcomer_plays_the_first_week_on_the_page() {
    let Some(driver) = Server::start(Command::new("chromedriver").arg("--port=0"), "successfully on port ")
    else {
        let all = std::env::var_os("KITH_TEST_ALL").is_some_and(|all| all == "1");
        assert!(!all, "there is no chromedriver");
        eprintln!("the story on the page is skipped: there is no chromedriver");
        return;
    };
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

/// The page in a browser, and what somebody can do with it.
struct Page {
    browser: WebDriver,
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
        self.sees("article.msg.ephemeral", "Trying now.").await;
        self.sees(".toast.dm", "Kith wrote to Ben").await;
    }

    async fn open(port: &str, address: &str, profile: &Path) -> Self {
        let mut wishes = DesiredCapabilities::chrome();
        for wish in [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--hide-scrollbars",
            "--lang=en-GB",
            "--blink-settings=preferredColorScheme=0",
            &format!("--user-data-dir={}", profile.display()),
        ] {
            wishes.add_arg(wish).unwrap();
        }
        wishes.set_browser_log_level(LoggingPrefsLogLevel::Severe).unwrap();
        let browser = WebDriver::new(format!("http://127.0.0.1:{port}"), wishes).await.unwrap();
        let page = Self { browser };
        page.is_sized(LAPTOP).await;
        page.browser.goto(address).await.unwrap();
        page
    }

    /// The first element that fits and whose text holds these words, once there is one.
    async fn finds(&self, css: &str, words: &str) -> WebElement {
        let holds = words.to_owned();
        let query = self.browser.query(By::Css(css)).ignore_errors(true).and_displayed().wait(PATIENCE, LOOK);
        let query = query.with_text(move |text: &str| {
            text.split_whitespace().collect::<Vec<_>>().join(" ").contains(&holds)
        });
        query.first().await.unwrap_or_else(|error| panic!("{css} with \"{words}\": {error}"))
    }

    async fn sees(&self, css: &str, words: &str) {
        self.finds(css, words).await;
    }

    async fn misses(&self, css: &str, words: &str) {
        let query = self.browser.query(By::Css(css)).with_text(words.to_owned()).nowait();
        assert!(query.not_exists().await.unwrap(), "{css} with \"{words}\" is there");
    }

    async fn types(&self, css: &str, keys: impl Into<thirtyfour::TypingData>) {
        self.finds(css, "").await.send_keys(keys).await.unwrap();
    }

    /// Types to wherever the focus is, key by key, as somebody does who looks at nothing but the keyboard.
    async fn writes(&self, keys: impl Into<thirtyfour::TypingData>) {
        for key in keys.into().as_vec() {
            self.browser.active_element().await.unwrap().send_keys(key.to_string()).await.unwrap();
        }
    }

    /// Presses it; where it was drawn anew meanwhile, the new one.
    async fn presses(&self, css: &str, words: &str) {
        for _ in 0..5 {
            match self.finds(css, words).await.click().await {
                Err(error) if format!("{error:?}").contains("StaleElement") => {}
                pressed => return pressed.unwrap_or_else(|error| panic!("{css} with \"{words}\": {error}")),
            }
        }
        panic!("{css} with \"{words}\" does not stay");
    }

    /// Gives the window's inside this size.
    async fn is_sized(&self, (width, height): (i64, i64)) {
        let window = self.browser.get_window_rect().await.unwrap();
        let inside = self.number("return outerHeight - innerHeight").await;
        let beside = self.number("return outerWidth - innerWidth").await;
        let (width, height) = (width + beside, height + inside);
        let (x, y) = (window.x, window.y);
        self.browser
            .set_window_rect(x, y, u32::try_from(width).unwrap(), u32::try_from(height).unwrap())
            .await
            .unwrap();
    }

    /// Nothing is wider than the window.
    async fn fits(&self) {
        let over = "return document.documentElement.scrollWidth - innerWidth";
        assert_eq!(self.number(over).await, 0, "the page is wider than its window");
    }

    async fn number(&self, script: &str) -> i64 {
        self.browser.execute(script, vec![]).await.unwrap().json().as_i64().unwrap()
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

    /// Ends it; the page must not have complained.
    async fn close(self) {
        let complaints = self.browser.browser_log().await.unwrap();
        assert!(complaints.is_empty(), "{complaints:?}");
        self.browser.quit().await.unwrap();
    }
}

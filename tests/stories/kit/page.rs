use std::path::Path;
use std::process::Command;
use std::time::Duration;

use thirtyfour::prelude::*;
use thirtyfour::{ChromiumLikeCapabilities, LoggingPrefsLogLevel};

use super::Server;

/// The window's inside, in pixels: a small laptop's and a phone's.
pub const LAPTOP: (i64, i64) = (1280, 800);
pub const PHONE: (i64, i64) = (390, 844);
/// How long something may take until it is seen.
const PATIENCE: Duration = Duration::from_secs(20);
const LOOK: Duration = Duration::from_millis(50);

/// A driver of browsers; `None` where there is none and that is allowed.
pub fn browsers() -> Option<Server> {
    let driver = Server::start(Command::new("chromedriver").arg("--port=0"), "successfully on port ");
    if driver.is_none() {
        let all = std::env::var_os("KITH_TEST_ALL").is_some_and(|all| all == "1");
        assert!(!all, "there is no chromedriver");
        eprintln!("the story on the page is skipped: there is no chromedriver");
    }
    driver
}

/// The page in a browser, and what somebody can do with it.
pub struct Page {
    pub browser: WebDriver,
}

impl Page {
    pub async fn open(port: &str, address: &str, profile: &Path) -> Self {
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
    pub async fn finds(&self, css: &str, words: &str) -> WebElement {
        let holds = words.to_owned();
        let query = self.browser.query(By::Css(css)).ignore_errors(true).and_displayed().wait(PATIENCE, LOOK);
        let query = query.with_text(move |text: &str| {
            text.split_whitespace().collect::<Vec<_>>().join(" ").contains(&holds)
        });
        query.first().await.unwrap_or_else(|error| panic!("{css} with \"{words}\": {error}"))
    }

    pub async fn sees(&self, css: &str, words: &str) {
        self.finds(css, words).await;
    }

    pub async fn misses(&self, css: &str, words: &str) {
        let query = self.browser.query(By::Css(css)).with_text(words.to_owned()).nowait();
        assert!(query.not_exists().await.unwrap(), "{css} with \"{words}\" is there");
    }

    pub async fn types(&self, css: &str, keys: impl Into<thirtyfour::TypingData>) {
        self.finds(css, "").await.send_keys(keys).await.unwrap();
    }

    /// Types to wherever the focus is, key by key, as somebody does who looks at nothing but the keyboard.
    pub async fn writes(&self, keys: impl Into<thirtyfour::TypingData>) {
        for key in keys.into().as_vec() {
            self.browser.active_element().await.unwrap().send_keys(key.to_string()).await.unwrap();
        }
    }

    /// Presses it; where it was drawn anew meanwhile, the new one.
    pub async fn presses(&self, css: &str, words: &str) {
        for _ in 0..5 {
            match self.finds(css, words).await.click().await {
                Err(error) if format!("{error:?}").contains("StaleElement") => {}
                pressed => return pressed.unwrap_or_else(|error| panic!("{css} with \"{words}\": {error}")),
            }
        }
        panic!("{css} with \"{words}\" does not stay");
    }

    /// Gives the window's inside this size.
    pub async fn is_sized(&self, (width, height): (i64, i64)) {
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
    pub async fn fits(&self) {
        let over = "return document.documentElement.scrollWidth - innerWidth";
        assert_eq!(self.number(over).await, 0, "the page is wider than its window");
    }

    pub async fn number(&self, script: &str) -> i64 {
        self.browser.execute(script, vec![]).await.unwrap().json().as_i64().unwrap()
    }

    /// Ends it; the page must not have complained.
    pub async fn close(self) {
        let complaints = self.browser.browser_log().await.unwrap();
        assert!(complaints.is_empty(), "{complaints:?}");
        self.browser.quit().await.unwrap();
    }
}

//! A round of mentorship as somebody takes part in it on the sandbox's page: an event, menus of people, a form with
//! menus. The bot is none of Kith's: serenity, and bodies as Discord documents them.

use serde_json::{Value, json};
use serenity::all::{
    ClientBuilder, Context, Event, GatewayIntents, HttpBuilder, Interaction, RawEventHandler, Ready,
};
use serenity::async_trait;
use thirtyfour::prelude::*;
use tokio::sync::mpsc;

use crate::kit::{PHONE, Page, Town, browsers};

/// Answers a button with a form, and menus with what was chosen.
struct Mentoring {
    ready: mpsc::UnboundedSender<Ready>,
    menus: mpsc::UnboundedSender<Value>,
}

fn form() -> Value {
    let level = json!([{"label": "New to it", "value": "0"}, {"label": "At ease", "value": "1"}]);
    let topics = json!([{"label": "Rust", "value": "rust"}, {"label": "Design", "value": "design"}, {"label": "Talks", "value": "talks"}]);
    json!({"type": 9, "data": {"custom_id": "form", "title": "Sign up as a mentee", "components": [
        {"type": 10, "content": "Nobody sees this but the organizers."},
        {"type": 18, "label": "Topics", "description": "Up to two", "component":
            {"type": 3, "custom_id": "topics", "max_values": 2, "options": topics}},
        {"type": 18, "label": "Level", "component": {"type": 3, "custom_id": "level", "options": level}},
        {"type": 18, "label": "Whom would you like?", "component": {"type": 5, "custom_id": "wish", "required": false}},
    ]}})
}

#[async_trait]
impl RawEventHandler for Mentoring {
    async fn raw_event(&self, ctx: Context, event: Event) {
        match event {
            Event::Ready(event) => drop(self.ready.send(event.ready)),
            Event::InteractionCreate(event) => {
                if let Interaction::Component(pressed) = &event.interaction {
                    let is_button = pressed.data.custom_id == "join";
                    let answer = if is_button { form() } else { json!({"type": 6}) };
                    let told = serde_json::to_value(&pressed.data).unwrap();
                    drop(self.menus.send(told));
                    ctx.http
                        .create_interaction_response(pressed.id, &pressed.token, &answer, vec![])
                        .await
                        .unwrap();
                }
            }
            _ => {}
        }
    }
}

/// A bot in the town, and what it is told of menus.
async fn bot(town: &Town) -> mpsc::UnboundedReceiver<Value> {
    let http = HttpBuilder::new(town.sandbox.token()).client(town.client.clone());
    let http = http.proxy(town.sandbox.url()).ratelimiter_disabled(true).build();
    let (ready, mut is_ready) = mpsc::unbounded_channel();
    let (menus, told) = mpsc::unbounded_channel();
    let handler = Mentoring { ready, menus };
    let client = ClientBuilder::new_with_http(http, GatewayIntents::GUILDS).raw_event_handler(handler);
    let mut client = client.await.unwrap();
    tokio::spawn(async move { client.start().await });
    is_ready.recv().await.unwrap();
    told
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_signs_up_for_a_round_on_the_page_by_keyboard() {
    let Some(driver) = browsers() else { return };
    let town = Town::without_kith().await;
    let ana = town.stranger("Ana").await.id;
    let bo = town.stranger("Bo").await.id;
    let mut told = bot(&town).await;
    let event = json!({
        "name": "Kick-off", "privacy_level": 2, "entity_type": 3, "entity_metadata": {"location": "The library"},
        "scheduled_start_time": "2033-03-08T17:00:00Z", "scheduled_end_time": "2033-03-08T18:00:00Z",
    });
    let event = town.as_kith("POST", &format!("/guilds/{}/scheduled-events", town.guild), event).await;
    let row = |inner: Value| json!({"type": 1, "components": [inner]});
    let message = json!({"content": "The spring round is open.", "components": [
        row(json!({"type": 2, "style": 1, "label": "Sign up", "custom_id": "join"})),
        row(json!({"type": 5, "custom_id": "thank", "placeholder": "Whom do you thank?"})),
        row(json!({"type": 6, "custom_id": "none", "placeholder": "No more", "disabled": true})),
    ]});
    town.forges(&town.general, message).await;

    let profile = tempfile::tempdir().unwrap();
    let page = Page::open(&driver.told, &town.sandbox.url(), profile.path()).await;
    page.sees("article.msg", "The spring round is open.").await;
    page.sees(".event", "Kick-off").await;
    page.takes_picture_of("round-event").await;
    page.sees(".event .event-when", "2033").await;
    page.presses(".event button", "Interested?").await;
    page.sees(".event [aria-pressed=true]", "You are interested · 1").await;
    let path = format!("/guilds/{}/scheduled-events/{}/users", town.guild, event["id"].as_str().unwrap());
    assert_eq!(town.as_kith("GET", &path, Value::Null).await[0]["user_id"], json!(ana));

    // A menu of people in a message: opened, narrowed and chosen from without a mouse.
    page.focuses("[data-custom-id=thank]").await;
    page.writes(Key::Down + "").await;
    page.sees("[role=option]", "Bo").await;
    page.writes("Bo").await;
    page.writes(Key::Enter + "").await;
    let chosen = told.recv().await.unwrap();
    assert_eq!((&chosen["custom_id"], &chosen["values"]), (&json!("thank"), &json!([bo])));
    assert!(page.is_disabled("[data-custom-id=none]").await);

    // A form with menus: the boxes of topics, a list of levels, people.
    page.focuses("[data-custom-id=join]").await;
    page.writes(Key::Enter + "").await;
    page.sees("dialog h2", "Sign up as a mentee").await;
    page.sees("dialog .modal-text", "Nobody sees this").await;
    assert_eq!(told.recv().await.unwrap()["custom_id"], "join");
    page.presses("dialog .btn", "Submit").await;
    page.sees("dialog .field-fault", "This is required.").await;
    page.focuses("dialog input[value=rust]").await;
    page.writes(" ").await;
    page.writes(Key::Tab + Key::Tab + " ").await;
    page.writes(Key::Tab + "At").await;
    page.writes(Key::Tab + "Bo").await;
    page.takes_picture_of("round-form").await;
    page.is_sized(PHONE).await;
    page.fits().await;
    page.presses("dialog .btn", "Submit").await;
    // It was taken, and serenity, which does not understand labels, says nothing to it.
    page.sees("dialog .modal-fault", "Something went wrong").await;
    page.close().await;
    town.close().await;
}

impl Page {
    async fn focuses(&self, css: &str) {
        let element = self.finds(css, "").await;
        element.focus().await.unwrap();
    }

    async fn is_disabled(&self, css: &str) -> bool {
        !self.finds(css, "").await.is_enabled().await.unwrap()
    }

    /// Takes a picture beside the test's other files.
    async fn takes_picture_of(&self, what: &str) {
        let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{what}.png"));
        self.browser.screenshot(&path).await.unwrap();
    }
}

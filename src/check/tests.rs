use axum::http::{HeaderMap, StatusCode};
use axum::routing::get;
use axum::{Json, Router};
use serde_json::json;
use std::time::Duration;

use super::discord::{
    Application, NEEDED, Server, StartLimit, judge_application, judge_servers, judge_starts,
};
use super::*;
use crate::settings::{Discord, Secret};

fn report(findings: Vec<Finding>) -> String {
    Report { findings }.to_string()
}

#[test]
fn needs_what_the_invite_asks_for() {
    // VIEW_CHANNEL … SEND_MESSAGES_IN_THREADS, by Discord's numbers ("Permissions").
    let bits = [10, 11, 14, 15, 16, 34, 35, 36, 38].iter().fold(0_u64, |all, bit| all | (1 << bit));
    assert_eq!(NEEDED.bits(), bits);
}

#[test]
fn servers_that_lack_something_are_named_with_an_invite() {
    let server = |id: &str, permissions: u64| Server { id: id.into(), permissions: permissions.to_string() };
    let all = NEEDED.bits();
    let servers = [server("1", all), server("2", 8), server("3", all & !(1 << 36) & !(1 << 14))];
    insta::assert_snapshot!(report(judge_servers(&servers, "42")), @"
    ok       Kith may do all it needs in 2 of 3 servers.
    problem  In the server 3 Kith lacks: Embed Links and Create Private Threads.
             → An administrator gives them to Kith's role there, or invites it again: https://discord.com/oauth2/authorize?client_id=42&scope=bot+applications.commands&permissions=395137108992&guild_id=3
    1 problem has to be mended.
    ");
    insta::assert_snapshot!(report(judge_servers(&[], "42")), @"
    hint     Kith is in no server yet.
             → Invite it: https://discord.com/oauth2/authorize?client_id=42&scope=bot+applications.commands&permissions=395137108992
    Kith can start.
    ");
}

#[tokio::test]
async fn the_port_is_free_in_use_or_not_this_machines() {
    let looked = |listen: &str, url: Option<&str>| {
        let settings = crate::settings::Http {
            listen: Some(listen.parse().unwrap()),
            public_url: url.map(ToOwned::to_owned),
        };
        async move { http::check(&settings).await.unwrap() }
    };
    let free = looked("127.0.0.1:0", Some("https://kith.example.org")).await;
    assert_eq!(free.standing, Standing::Fine);
    assert!(free.what.contains("reached at https://kith.example.org"), "{}", free.what);
    let taken = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = taken.local_addr().unwrap().to_string();
    assert_eq!(looked(&address, None).await.standing, Standing::Hint);
    // An address of documentation, which no machine has.
    assert_eq!(looked("192.0.2.1:80", None).await.standing, Standing::Problem);
    let none = crate::settings::Http { listen: None, public_url: None };
    assert_eq!(http::check(&none).await, None);
}

#[test]
fn starts_and_installs() {
    let starts = |remaining| judge_starts(&StartLimit { remaining, reset_after: 61_000 }).standing;
    assert_eq!([starts(0), starts(3), starts(900)], [Standing::Problem, Standing::Hint, Standing::Fine]);
    let application = |kinds: serde_json::Value| -> Application {
        serde_json::from_value(json!({"id": "42", "integration_types_config": kinds})).unwrap()
    };
    assert_eq!(judge_application(&application(json!({"0": {}, "1": {}}))), None);
    assert!(judge_application(&application(json!({"0": {}}))).is_some());
    assert_eq!(judge_application(&application(json!(null))), None);
}

async fn discord() -> String {
    let me = |headers: HeaderMap| async move {
        let right = headers.get("authorization").is_some_and(|value| value == "Bot right");
        if right { Ok(Json(json!({"id": "7"}))) } else { Err(StatusCode::UNAUTHORIZED) }
    };
    let app = Router::new()
        .route("/api/v10/users/@me", get(me))
        .route("/api/v10/applications/@me", get(|| async { Json(json!({"id": "42"})) }))
        .route(
            "/api/v10/users/@me/guilds",
            get(|| async { Json(json!([{"id": "1", "name": "A", "permissions": "8"}])) }),
        )
        .route(
            "/api/v10/gateway/bot",
            get(|| async { Json(json!({"session_start_limit": {"remaining": 999, "reset_after": 0}})) }),
        );
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, app).await });
    url
}

async fn ask(url: &str, token: &str) -> Vec<Standing> {
    let settings = Discord {
        token: Secret::new(token),
        api_url: Some(url.to_owned()),
        letters_per_second: 1,
        dm_opens_per_10_minutes: 1,
        timeout: Duration::from_secs(1),
    };
    super::discord::check(&settings).await.into_iter().map(|finding| finding.standing).collect()
}

#[tokio::test]
async fn asks_discord() {
    let url = discord().await;
    assert_eq!(ask(&url, "right").await, [Standing::Fine; 3]);
    assert_eq!(ask(&url, "wrong").await, [Standing::Problem]);
}

#[tokio::test]
async fn nobody_there_is_a_problem() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    assert_eq!(ask(&url, "right").await, [Standing::Problem]);
}

#[tokio::test]
async fn mistakes_in_the_settings_are_findings() {
    let report = check(Settings::load_with(&[("log.format", "xml"), ("discord.token", "x y")])).await;
    assert!(!report.is_fine());
    assert!(report.to_string().contains("log.format"));
}

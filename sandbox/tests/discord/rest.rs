//! REST at large: login, what is not served, limits as headers, the bot itself, servers.

use serde_json::json;

use crate::support::{Stage, text};

#[tokio::test]
async fn without_the_token_nothing_is_served() {
    let stage = Stage::new().await;
    let url = format!("{}/api/v10/users/@me", stage.sandbox.url());
    for login in [None, Some("Bot wrong"), Some(stage.sandbox.token())] {
        let mut request = stage.client.get(&url);
        if let Some(login) = login {
            request = request.header("Authorization", login);
        }
        let response = request.send().await.unwrap();
        assert_eq!(response.status(), 401);
        let body: serde_json::Value = response.json().await.unwrap();
        assert_eq!(body, json!({"message": "401: Unauthorized", "code": 0}));
    }
}

#[tokio::test]
async fn what_is_not_served_says_so() {
    let stage = Stage::new().await;
    for (method, path) in [
        ("GET", "/voice/regions"),
        ("DELETE", "/users/@me"),
        ("POST", "/channels/1/typing"),
        ("PUT", "/channels/1/messages/2"),
    ] {
        let (status, body) = stage.rest(method, path, None).await;
        assert_eq!(status, 501, "{method} {path}");
        assert_eq!(body["code"], 0);
    }
    let log = stage.get("/requests").await;
    assert_eq!(log[0]["route"], "GET /voice/regions");
    let other = stage.client.get(format!("{}/api/v9/gateway", stage.sandbox.url())).send().await.unwrap();
    assert_eq!(other.status(), 501);
}

#[tokio::test]
async fn a_page_that_is_too_small_too_large_or_no_number_is_refused_as_such() {
    let stage = Stage::new().await;
    let (guild, channel) = stage.guild().await;
    let ana = stage.person("Ana", &guild).await;
    let (_, dm) = stage.rest("POST", "/users/@me/channels", Some(json!({"recipient_id": ana}))).await;
    for path in [
        format!("/channels/{}/messages", text(&dm["id"])),
        format!("/guilds/{guild}/members"),
        format!("/channels/{channel}/threads/archived/public"),
        "/users/@me/guilds".to_owned(),
    ] {
        for (limit, code) in [
            ("0", "NUMBER_TYPE_MIN"),
            ("-1", "NUMBER_TYPE_MIN"),
            ("abc", "NUMBER_TYPE_COERCE"),
            ("1001", "NUMBER_TYPE_MAX"),
        ] {
            let (status, body) = stage.rest("GET", &format!("{path}?limit={limit}"), None).await;
            assert_eq!(status, 400, "{path} {limit}: {body}");
            assert_eq!(body["errors"]["limit"]["_errors"][0]["code"], code, "{path} {limit}");
        }
    }
}

#[tokio::test]
async fn a_server_that_the_bot_left_counts_no_more() {
    let stage = Stage::new().await;
    let (guild, _) = stage.guild().await;
    stage.guild().await;
    let count =
        async || stage.rest("GET", "/applications/@me", None).await.1["approximate_guild_count"].clone();
    assert_eq!(count().await, 2);
    stage.post(&format!("/guilds/{guild}/leave"), json!({"bot": true})).await;
    assert_eq!(count().await, 1);
}

#[tokio::test]
async fn every_answer_bears_the_limits() {
    let stage = Stage::new().await;
    let (_, channel) = stage.guild().await;
    for path in
        ["users/@me", "gateway", &format!("channels/{channel}/messages"), "channels/1", "voice/regions"]
    {
        let response = stage
            .client
            .get(format!("{}/api/v10/{path}", stage.sandbox.url()))
            .header("Authorization", format!("Bot {}", stage.sandbox.token()))
            .send()
            .await
            .unwrap();
        let number = |name: &str| response.headers()[name].to_str().unwrap().parse::<f64>().unwrap();
        assert!(number("x-ratelimit-remaining") < number("x-ratelimit-limit"));
        assert!(number("x-ratelimit-reset-after") > 0.0);
        assert!(number("x-ratelimit-reset") > 1_700_000_000.0);
        assert_eq!(response.headers()["x-ratelimit-bucket"].len(), 32);
    }
}

#[tokio::test]
async fn the_bot_reads_itself() {
    let stage = Stage::new().await;
    let id = stage.bot_id().await;
    let (_, me) = stage.rest("GET", "/users/@me", None).await;
    assert_eq!((&me["id"], &me["bot"], &me["username"].is_string()), (&json!(id), &json!(true), &true));
    for path in ["/applications/@me", "/oauth2/applications/@me"] {
        let (status, application) = stage.rest("GET", path, None).await;
        assert_eq!((status, &application["id"], &application["name"]), (200, &json!(id), &json!("Kith")));
    }
    let (_, gateway) = stage.rest("GET", "/gateway/bot", None).await;
    assert_eq!(gateway["shards"], 1);
    assert_eq!(gateway["session_start_limit"]["total"], 1000);
    let (_, open) = stage.rest("GET", "/gateway", None).await;
    assert_eq!(open["url"], gateway["url"]);
    stage.judged();
}

#[tokio::test]
async fn the_bot_reads_servers_that_it_is_in() {
    let stage = Stage::new().await;
    let (guild, channel) = stage.guild().await;
    let (left, _) = stage.guild().await;
    let ana = stage.person("Ana", &guild).await;
    let eve = stage.person("Eve", &left).await;
    let role =
        stage.post(&format!("/guilds/{guild}/roles"), json!({"name": "Mentor", "permissions": "1024"})).await;
    let roles =
        stage.post(&format!("/guilds/{guild}/members/{ana}/roles"), json!({"add": [role["id"]]})).await;
    assert_eq!(roles["roles"], json!([role["id"]]));
    let (_, found) = stage.rest("GET", &format!("/guilds/{guild}?with_counts=true"), None).await;
    assert_eq!((&found["name"], &found["approximate_member_count"]), (&json!("Harbour"), &json!(3)));
    let (_, roles) = stage.rest("GET", &format!("/guilds/{guild}/roles"), None).await;
    let shown: Vec<_> =
        roles.as_array().unwrap().iter().map(|it| (&it["name"], &it["permissions"])).collect();
    assert_eq!(shown[0].0, "@everyone");
    // The bot's own role came with it, and stands above what is made later.
    assert_eq!(shown[1..], [(&json!("Kith"), &json!("0")), (&json!("Mentor"), &json!("1024"))]);
    let (_, member) = stage.rest("GET", &format!("/guilds/{guild}/members/{ana}"), None).await;
    assert_eq!((&member["user"]["global_name"], &member["roles"]), (&json!("Ana"), &json!([role["id"]])));
    let (_, channels) = stage.rest("GET", &format!("/guilds/{guild}/channels"), None).await;
    assert_eq!(channels[0]["id"], channel);
    let (_, own) = stage.rest("GET", "/users/@me/guilds?limit=1", None).await;
    assert_eq!((&own[0]["id"], own.as_array().unwrap().len()), (&json!(guild), 1));
    let (_, next) = stage.rest("GET", &format!("/users/@me/guilds?after={guild}"), None).await;
    assert_eq!((&next[0]["id"], next.as_array().unwrap().len()), (&json!(left), 1));
    assert!(next[0]["permissions"].as_str().unwrap().parse::<u64>().is_ok());
    stage.judged();
    stage.post(&format!("/guilds/{left}/leave"), json!({"bot": true})).await;
    for (path, status, code) in [
        ("/guilds/1".to_owned(), 404, 10004),
        (format!("/guilds/{left}"), 403, 50001),
        (format!("/guilds/{guild}/members/{eve}"), 404, 10007),
        (format!("/guilds/{guild}/members/1"), 404, 10013),
        ("/channels/1".to_owned(), 404, 10003),
        ("/guilds/abc".to_owned(), 400, 50035),
    ] {
        let (given, body) = stage.rest("GET", &path, None).await;
        assert_eq!((given, &body["code"]), (status, &json!(code)), "{path}");
    }
    let (status, _) = stage.rest("GET", &format!("/users/{ana}"), None).await;
    assert_eq!(status, 200);
}

#[tokio::test]
async fn every_call_is_noted_down() {
    let stage = Stage::new().await;
    let (guild, channel) = stage.guild().await;
    let ana = stage.person("Ana", &guild).await;
    let (_, sent) =
        stage.rest("POST", &format!("/channels/{channel}/messages"), Some(json!({"content": "hi"}))).await;
    stage.rest("GET", &format!("/guilds/{guild}/members/{ana}"), None).await;
    stage.rest("DELETE", &format!("/channels/{channel}/messages/{}", text(&sent["id"])), None).await;
    let log = stage.get("/requests?since=0").await;
    assert_eq!(log[0]["seq"], 1);
    assert_eq!(log[0]["route"], "POST /channels/{channel.id}/messages");
    assert_eq!(log[0]["path"], format!("/api/v10/channels/{channel}/messages"));
    assert_eq!(log[0]["request"], json!({"content": "hi"}));
    assert_eq!((&log[0]["status"], &log[0]["response"]["id"]), (&json!(200), &sent["id"]));
    assert!(log[0]["ms"].as_f64().unwrap() >= 0.0);
    assert_eq!(log[1]["route"], "GET /guilds/{guild.id}/members/{user.id}");
    assert_eq!(log[2]["route"], "DELETE /channels/{channel.id}/messages/{message.id}");
    assert_eq!((&log[2]["status"], &log[2]["response"]), (&json!(204), &json!(null)));
    assert_eq!(stage.get("/requests?since=2").await.as_array().unwrap().len(), 1);
    assert_eq!(stage.sandbox.requests_since(2).len(), 1);
}

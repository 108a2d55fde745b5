//! What people do, what the bot is told of it, and what their client would not let them.

use base64::Engine as _;
use serde_json::{Value, json};

use crate::support::{Stage, text};
use crate::wire::{Wire, callback, meanwhile};

pub struct Scene {
    pub stage: Stage,
    pub guild: String,
    pub channel: String,
    pub ana: String,
    pub bo: String,
    pub wire: Wire,
}

pub async fn scene(commands: Value) -> Scene {
    let stage = Stage::new().await;
    let (guild, channel) = stage.guild().await;
    let ana = stage.post("/users", json!({"name": "Ana", "locale": "de", "guilds": [guild]})).await;
    let bo = stage.person("Bo", &guild).await;
    let wire = Wire::ready(&stage).await;
    let (status, body) = stage.register(commands).await;
    assert_eq!(status, 200, "{body}");
    Scene { stage, guild, channel, ana: text(&ana["id"]), bo, wire }
}

impl Scene {
    /// Acts, lets the bot answer "ok" (or with this body), and returns what the bot got and what the person saw.
    pub async fn act(&mut self, path: &str, body: Value, answer: Option<Value>) -> (Value, Value) {
        let act = self.stage.post(path, body);
        let answer = answer.unwrap_or_else(|| json!({"type": 4, "data": {"content": "ok"}}));
        let reply = async {
            let interaction = self.wire.dispatch("INTERACTION_CREATE").await;
            let (status, body) = callback(&self.stage, &interaction, answer).await;
            assert_eq!(status, 200, "{body}");
            interaction
        };
        let (seen, interaction) = meanwhile(act, reply).await;
        (interaction, seen)
    }

    pub async fn refused(&self, path: &str, body: Value, status: u16) -> String {
        let (given, answer) = self.stage.call("POST", path, Some(body)).await;
        assert_eq!(given, status, "{answer}");
        text(&answer["error"])
    }
}

fn everything() -> Value {
    let option = |kind: u8, name: &str| json!({"type": kind, "name": name, "description": "x"});
    let mut name = option(3, "name");
    name["required"] = json!(true);
    name["max_length"] = json!(20);
    let mut kind = option(3, "kind");
    kind["choices"] = json!([{"name": "A call", "value": "call"}, {"name": "A chat", "value": "chat"}]);
    let mut count = option(4, "count");
    count["min_value"] = json!(1);
    count["max_value"] = json!(5);
    let options = json!([
        name,
        kind,
        count,
        option(5, "flag"),
        option(6, "user"),
        option(7, "channel"),
        option(8, "role"),
        option(9, "whom"),
        option(10, "rate"),
        option(11, "file"),
    ]);
    let sub = json!({"type": 1, "name": "add", "description": "x", "options": options});
    let group = json!({"type": 2, "name": "deep", "description": "x", "options": [{"type": 1, "name": "down", "description": "x"}]});
    json!([{"name": "all", "description": "x", "options": [sub, group]}])
}

#[tokio::test]
async fn every_type_of_option_arrives() {
    let mut scene = scene(everything()).await;
    let Scene { guild, channel, ana, bo, .. } = &scene;
    let file = base64::engine::general_purpose::STANDARD.encode("hello");
    let body = json!({
        "as": ana, "guild": guild, "name": "all add",
        "options": {"whom": guild, "rate": 1.5, "name": "Grace", "kind": "A chat", "count": 3, "flag": true,
                    "user": bo, "channel": channel, "role": guild},
        "attachments": [{"option": "file", "filename": "a.txt", "content_base64": file}],
    });
    let (got, seen) = scene.act("/command", body, None).await;
    assert_eq!(seen["messages"][0]["content"], "ok");
    let data = &got["data"];
    assert_eq!(
        (&data["name"], &data["type"], &data["options"][0]["name"]),
        (&json!("all"), &json!(1), &json!("add"))
    );
    let options = data["options"][0]["options"].as_array().unwrap();
    let names: Vec<_> = options.iter().map(|option| text(&option["name"])).collect();
    assert_eq!(names, ["name", "kind", "count", "flag", "user", "channel", "role", "whom", "rate", "file"]);
    assert_eq!(options[1]["value"], "chat", "the choice's value");
    assert_eq!(options[4]["value"], scene.bo);
    let resolved = &data["resolved"];
    assert_eq!(resolved["users"][&scene.bo]["global_name"], "Bo");
    assert!(resolved["members"][&scene.bo]["permissions"].is_string());
    assert!(resolved["members"][&scene.bo].get("user").is_none());
    assert_eq!(resolved["channels"][&scene.channel]["name"], "general");
    assert_eq!(resolved["roles"][&scene.guild]["name"], "@everyone");
    let upload = &resolved["attachments"][text(&options[9]["value"])];
    assert_eq!((&upload["filename"], &upload["size"]), (&json!("a.txt"), &json!(5)));
    let bytes = scene.stage.client.get(text(&upload["url"])).send().await.unwrap().text().await.unwrap();
    assert_eq!(bytes, "hello");
    assert_eq!(
        (&got["locale"], &got["guild_locale"], &got["context"]),
        (&json!("de"), &json!("en-US"), &json!(0))
    );
    assert_eq!(got["authorizing_integration_owners"], json!({"0": scene.guild}));
    assert_eq!(got["member"]["user"]["id"], scene.ana);
    assert!(got.get("user").is_none());
    assert_eq!(got["entitlements"], json!([]));
    assert!(got["app_permissions"].is_string() && got["member"]["permissions"].is_string());
    let (got, _) = scene
        .act("/command", json!({"as": scene.ana, "channel": scene.channel, "name": "all deep down"}), None)
        .await;
    assert_eq!(
        got["data"]["options"],
        json!([{"name": "deep", "type": 2, "options": [{"name": "down", "type": 1, "options": []}]}])
    );
    scene.stage.judged();
}

#[tokio::test]
async fn a_client_lets_nobody_send_what_does_not_fit() {
    let scene = scene(everything()).await;
    let Scene { stage, guild, ana, .. } = &scene;
    let hidden =
        stage.post(&format!("/guilds/{guild}/channels"), json!({"name": "hidden", "private": true})).await;
    let with = |options: Value| json!({"as": ana, "guild": guild, "name": "all add", "options": options});
    for (options, word) in [
        (json!({}), "required"),
        (json!({"name": ""}), "name"),
        (json!({"name": "x".repeat(21)}), "20"),
        (json!({"name": true}), "text"),
        (json!({"name": "x", "kind": "fax"}), "A call, A chat"),
        (json!({"name": "x", "count": 6}), "1 to 5"),
        (json!({"name": "x", "count": 1.5}), "whole number"),
        (json!({"name": "x", "flag": "yes"}), "true or false"),
        (json!({"name": "x", "user": "1"}), "pick"),
        (json!({"name": "x", "channel": hidden["id"]}), "pick"),
        (json!({"name": "x", "role": ana}), "pick"),
        (json!({"name": "x", "nothing": 1}), "nothing"),
        (json!({"name": "x", "file": "a.txt"}), "file"),
    ] {
        let sentence = scene.refused("/command", with(options.clone()), 400).await;
        assert!(sentence.contains(word), "{options}: {sentence}");
    }
    scene.refused("/command", json!({"as": ana, "guild": guild, "name": "all"}), 400).await;
    scene.refused("/command", json!({"as": ana, "guild": guild, "name": "none"}), 404).await;
    scene.refused("/command", json!({"as": ana, "guild": "1", "name": "all add"}), 404).await;
    scene.refused("/command", json!({"as": "1", "guild": guild, "name": "all add"}), 404).await;
    scene.refused("/command", json!({"as": ana, "channel": hidden["id"], "name": "all add"}), 404).await;
    scene.refused("/command", json!({"as": ana, "name": "all add"}), 400).await;
    scene.refused("/command", json!({"guild": guild}), 400).await;
    scene
        .refused(
            "/autocomplete",
            json!({"as": ana, "guild": guild, "name": "all add", "focused": "name"}),
            400,
        )
        .await;
    assert_eq!(stage.get("/requests").await.as_array().unwrap().len(), 1, "the bot was told of nothing");
}

#[tokio::test]
async fn contexts_and_installations_decide_where() {
    let command = |name: &str, contexts: Value, kinds: Value| json!({"name": name, "description": "x", "contexts": contexts, "integration_types": kinds});
    let mut scene = scene(json!([
        command("server", json!([0]), json!([0])),
        command("personal", json!([0, 1, 2]), json!([0, 1])),
        {"name": "staff", "description": "x", "default_member_permissions": "32", "contexts": [0]},
    ]))
    .await;
    let Scene { stage, guild, ana, .. } = &scene;
    let names = async |query: String| {
        let list = stage.get(&format!("/commands?{query}")).await;
        list.as_array().unwrap().iter().map(|one| text(&one["name"])).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(names(format!("as={ana}&guild={guild}")).await, "server personal");
    assert_eq!(names(format!("as={ana}")).await, "personal");
    let boss = stage.post("/users", json!({"name": "Boss", "guilds": [guild], "admin": true})).await;
    assert_eq!(names(format!("as={}&guild={guild}", text(&boss["id"]))).await, "server personal staff");
    scene.refused("/command", json!({"as": ana, "dm": true, "name": "server"}), 404).await;
    scene.refused("/command", json!({"as": ana, "guild": guild, "name": "staff"}), 404).await;
    let (ana, guild) = (ana.clone(), guild.clone());
    let (got, _) = scene.act("/command", json!({"as": ana, "dm": true, "name": "personal"}), None).await;
    assert_eq!((&got["context"], &got["user"]["id"]), (&json!(1), &json!(ana)));
    assert_eq!(got["authorizing_integration_owners"], json!({"0": "0", "1": ana}));
    assert!(got.get("member").is_none() && got.get("guild_id").is_none());
    assert_eq!(got["channel"]["type"], 1);
    scene.stage.post(&format!("/guilds/{guild}/leave"), json!({"bot": true})).await;
    scene.refused("/command", json!({"as": ana, "guild": guild, "name": "server"}), 404).await;
    let (got, _) = scene.act("/command", json!({"as": ana, "guild": guild, "name": "personal"}), None).await;
    assert_eq!(got["authorizing_integration_owners"], json!({"1": ana}));
    let (_, dm) = scene.stage.rest("POST", "/users/@me/channels", Some(json!({"recipient_id": ana}))).await;
    let path = format!("/channels/{}/messages", text(&dm["id"]));
    assert_eq!(
        scene.stage.rest("POST", &path, Some(json!({"content": "hi"}))).await.0,
        200,
        "it is installed by the person"
    );
}

#[tokio::test]
async fn commands_of_one_server_stay_there() {
    let scene = scene(json!([])).await;
    let (other, _) = scene.stage.guild().await;
    let bot = scene.stage.bot_id().await;
    let path = format!("/applications/{bot}/guilds/{}/commands", scene.guild);
    scene.stage.rest("PUT", &path, Some(json!([{"name": "here", "description": "x"}]))).await;
    let bo = scene.stage.post("/users", json!({"name": "Bob", "guilds": [scene.guild, other]})).await;
    let list =
        async |guild: &str| scene.stage.get(&format!("/commands?as={}&guild={guild}", text(&bo["id"]))).await;
    assert_eq!(list(&scene.guild).await.as_array().unwrap().len(), 1);
    assert_eq!(list(&other).await, json!([]));
}

#[tokio::test]
async fn a_menu_on_a_person_names_them() {
    let mut scene = scene(json!([{"type": 2, "name": "Add to my network"}])).await;
    let body =
        json!({"as": scene.ana, "guild": scene.guild, "name": "Add to my network", "target": scene.bo});
    let (got, seen) = scene.act("/user-command", body, None).await;
    assert_eq!((&got["data"]["type"], &got["data"]["target_id"]), (&json!(2), &json!(scene.bo)));
    assert_eq!(got["data"]["resolved"]["users"][&scene.bo]["id"], scene.bo);
    assert!(got["data"]["resolved"]["members"][&scene.bo].is_object());
    assert_eq!(seen["messages"].as_array().unwrap().len(), 1);
    let wrong = json!({"as": scene.ana, "guild": scene.guild, "name": "Add to my network", "target": "1"});
    scene.refused("/user-command", wrong, 404).await;
    let (elsewhere, _) = scene.stage.guild().await;
    let stranger = scene.stage.person("Cy", &elsewhere).await;
    let absent =
        json!({"as": scene.ana, "guild": scene.guild, "name": "Add to my network", "target": stranger});
    scene.refused("/user-command", absent, 404).await;
    scene
        .refused("/command", json!({"as": scene.ana, "guild": scene.guild, "name": "Add to my network"}), 404)
        .await;
    scene.stage.judged();
}

#[tokio::test]
async fn buttons_and_menus() {
    let mut scene = scene(json!([])).await;
    let row = |list: Value| json!({"type": 1, "components": list});
    let option = |label: &str, value: &str| json!({"label": label, "value": value});
    let components = json!([
        row(json!([
            {"type": 2, "style": 1, "label": "Go", "custom_id": "go"},
            {"type": 2, "style": 2, "label": "Not now", "custom_id": "never", "disabled": true},
            {"type": 2, "style": 5, "label": "Site", "url": "https://example.com"},
        ])),
        row(
            json!([{"type": 3, "custom_id": "days", "options": [option("One", "1"), option("Two", "2"), option("Three", "3")], "min_values": 1, "max_values": 2}])
        ),
        row(json!([{"type": 5, "custom_id": "who"}])),
    ]);
    let path = format!("/channels/{}/messages", scene.channel);
    let (_, sent) =
        scene.stage.rest("POST", &path, Some(json!({"content": "pick", "components": components}))).await;
    let (message, ana) = (sent["id"].clone(), scene.ana.clone());
    let click = |button: &str| json!({"as": ana, "message": message, "button": button});
    let (got, _) = scene.act("/click", click("Go"), None).await;
    assert_eq!((&got["data"]["custom_id"], &got["data"]["component_type"]), (&json!("go"), &json!(2)));
    assert_eq!(got["message"]["id"], message);
    assert_eq!(got["message"]["components"], sent["components"]);
    for (button, status) in [("Not now", 400), ("Site", 400), ("Nothing", 404)] {
        scene.refused("/click", click(button), status).await;
    }
    let select =
        |menu: &str, values: Value| json!({"as": ana, "message": message, "menu": menu, "values": values});
    let (got, _) = scene.act("/select", select("days", json!(["Two", "3"])), None).await;
    assert_eq!((&got["data"]["values"], &got["data"]["component_type"]), (&json!(["2", "3"]), &json!(3)));
    let (got, _) = scene.act("/select", select("who", json!([scene.bo])), None).await;
    assert_eq!(got["data"]["resolved"]["users"][&scene.bo]["id"], scene.bo);
    scene.refused("/select", select("days", json!([])), 400).await;
    scene.refused("/select", select("days", json!(["1", "2", "3"])), 400).await;
    scene.refused("/select", select("days", json!(["Four"])), 400).await;
    scene.refused("/select", select("days", json!(["One", "1"])), 400).await;
    scene.refused("/select", select("none", json!(["1"])), 404).await;
    scene.refused("/select", json!({"as": ana, "message": message, "values": ["1"]}), 400).await;
    scene.stage.judged();
}

#[tokio::test]
async fn modals_are_filled_as_their_fields_want() {
    let mut scene = scene(json!([{"name": "ask", "description": "x"}])).await;
    let field = |id: &str, more: Value| {
        let mut input = json!({"type": 4, "custom_id": id, "label": id.to_uppercase(), "style": 1});
        for (key, value) in more.as_object().unwrap() {
            input[key] = value.clone();
        }
        json!({"type": 1, "components": [input]})
    };
    let rows = json!([
        field("what", json!({"min_length": 3, "max_length": 5})),
        field("next", json!({"required": false})),
        field("note", json!({"value": "as before"})),
    ]);
    let open = json!({"type": 9, "data": {"custom_id": "m:1", "title": "Ask", "components": rows}});
    let (ana, guild) = (scene.ana.clone(), scene.guild.clone());
    let (_, seen) =
        scene.act("/command", json!({"as": ana, "guild": guild, "name": "ask"}), Some(open.clone())).await;
    assert_eq!((&seen["modal"]["title"], &seen["modal"]["components"]), (&json!("Ask"), &rows));
    assert_eq!(seen["messages"], json!([]));
    let modal = seen["modal"]["id"].clone();
    let fill = |fields: Value| json!({"as": ana, "modal": modal, "fields": fields});
    for wrong in [
        json!({}),
        json!({"WHAT": "ab"}),
        json!({"what": "abcdef"}),
        json!({"what": 7}),
        json!({"what": "abc", "else": "x"}),
        json!({"what": "abc", "note": ""}),
    ] {
        scene.refused("/modal", fill(wrong), 400).await;
    }
    scene.refused("/modal", json!({"as": scene.bo, "modal": modal, "fields": {"what": "abc"}}), 404).await;
    let (got, seen) = scene.act("/modal", fill(json!({"WHAT": "abc"})), None).await;
    assert_eq!((&got["type"], &got["data"]["custom_id"]), (&json!(5), &json!("m:1")));
    let sent: Vec<_> = got["data"]["components"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| text(&row["components"][0]["value"]))
        .collect();
    assert_eq!(sent, ["abc", "", "as before"]);
    assert_eq!(seen["messages"][0]["content"], "ok");
    scene.refused("/modal", fill(json!({"what": "abc"})), 404).await;

    // A modal whose answer fails stays open.
    let (_, seen) =
        scene.act("/command", json!({"as": ana, "guild": guild, "name": "ask"}), Some(open)).await;
    let again = json!({"as": ana, "modal": seen["modal"]["id"], "fields": {"what": "abc"}});
    let Scene { stage, wire, .. } = &mut scene;
    let (failed, twice) = tokio::join!(stage.post("/modal", again.clone()), async {
        wire.dispatch("INTERACTION_CREATE").await;
        stage.call("POST", "/modal", Some(again.clone())).await
    });
    assert_eq!(twice.0, 409);
    assert!(failed["interaction"]["failed"].is_string());
    scene.act("/modal", again, None).await;
    scene.stage.judged();
}

#[tokio::test]
async fn people_write_where_they_may() {
    let scene = scene(json!([])).await;
    let said = scene
        .stage
        .post("/message", json!({"as": scene.ana, "channel": scene.channel, "content": " hi "}))
        .await;
    assert_eq!(
        (&said["messages"][0]["content"], &said["messages"][0]["author"]),
        (&json!("hi"), &json!(scene.ana))
    );
    let eve = text(&scene.stage.post("/users", json!({"name": "Eve"})).await["id"]);
    scene.refused("/message", json!({"as": eve, "channel": scene.channel, "content": "hi"}), 404).await;
    scene.refused("/message", json!({"as": scene.ana, "channel": scene.channel, "content": "  "}), 400).await;
    scene
        .refused(
            "/message",
            json!({"as": scene.ana, "channel": scene.channel, "content": "x".repeat(2_001)}),
            400,
        )
        .await;
}

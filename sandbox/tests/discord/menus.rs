//! Menus of every kind, in messages and in forms.

use serde_json::{Value, json};

use crate::acting::{Scene, scene};
use crate::support::text;

fn rows(menus: &[Value]) -> Value {
    menus.iter().map(|menu| json!({"type": 1, "components": [menu]})).collect()
}

impl Scene {
    async fn sends(&self, menus: &[Value]) -> (u16, Value) {
        let path = format!("/channels/{}/messages", self.channel);
        self.stage.rest("POST", &path, Some(json!({"content": "pick", "components": rows(menus)}))).await
    }

    /// Ana asks; the bot answers with this form.
    async fn opens(&mut self, components: Value) -> Value {
        let form =
            json!({"type": 9, "data": {"custom_id": "f:1", "title": "Sign up", "components": components}});
        let ask = json!({"as": self.ana, "guild": self.guild, "name": "ask"});
        self.act("/command", ask, Some(form)).await.1["modal"].clone()
    }
}

#[tokio::test]
async fn people_roles_and_channels_are_chosen_by_name_or_id() {
    let mut scene = scene(json!([])).await;
    let (guild, ana, bo) = (scene.guild.clone(), scene.ana.clone(), scene.bo.clone());
    let mentor = scene.stage.role(&guild, "Mentor", 0).await;
    let staff = json!({"name": "staff", "private": true});
    let staff = text(&scene.stage.post(&format!("/guilds/{guild}/channels"), staff).await["id"]);
    let menus = [
        json!({"type": 5, "custom_id": "who", "max_values": 2, "default_values": [{"id": bo, "type": "user"}]}),
        json!({"type": 6, "custom_id": "role", "placeholder": "Which role?"}),
        json!({"type": 7, "custom_id": "whom", "max_values": 3}),
        json!({"type": 8, "custom_id": "where", "channel_types": [0], "min_values": 0}),
        json!({"type": 5, "custom_id": "off", "disabled": true}),
    ];
    let (status, sent) = scene.sends(&menus).await;
    assert_eq!(status, 200, "{sent}");
    let message = sent["id"].clone();
    let select =
        |menu: &str, values: Value| json!({"as": ana, "message": message, "menu": menu, "values": values});
    let (got, _) = scene.act("/select", select("who", json!(["Bo", ana])), None).await;
    assert_eq!((&got["data"]["values"], &got["data"]["component_type"]), (&json!([bo, ana]), &json!(5)));
    assert!(got["data"]["resolved"]["members"][&bo]["permissions"].is_string());
    let (got, _) = scene.act("/select", select("Which role?", json!(["Mentor"])), None).await;
    assert_eq!((&got["data"]["values"], &got["data"]["custom_id"]), (&json!([mentor]), &json!("role")));
    assert_eq!(got["data"]["resolved"]["roles"][&mentor]["name"], "Mentor");
    let (got, _) = scene.act("/select", select("whom", json!(["@Mentor", "@Bo"])), None).await;
    assert_eq!(got["data"]["values"], json!([mentor, bo]));
    assert!(
        got["data"]["resolved"]["users"][&bo].is_object()
            && got["data"]["resolved"]["roles"][&mentor].is_object()
    );
    let (got, _) = scene.act("/select", select("where", json!(["#general"])), None).await;
    assert_eq!(got["data"]["values"], json!([scene.channel]));
    assert_eq!(got["data"]["resolved"]["channels"][&scene.channel]["name"], "general");
    let (got, _) = scene.act("/select", select("where", json!([])), None).await;
    assert_eq!((&got["data"]["values"], got["data"].get("resolved")), (&json!([]), None));

    let eve = text(&scene.stage.post("/users", json!({"name": "Eve"})).await["id"]);
    let twin = scene.stage.person("Bo", &guild).await;
    for wrong in [
        select("who", json!([])),
        select("who", json!(["Ana", "Bo", "Kith"])),
        select("who", json!([eve])),
        select("who", json!(["Bo"])),
        select("role", json!([bo])),
        select("where", json!([staff])),
        select("off", json!([bo])),
    ] {
        scene.refused("/select", wrong, 400).await;
    }
    scene.act("/select", select("who", json!([twin])), None).await;
    let thread = Some(json!({"name": "talk", "type": 11}));
    let (_, thread) = scene.stage.rest("POST", &format!("/channels/{}/threads", scene.channel), thread).await;
    scene.refused("/select", select("where", json!([thread["id"]])), 400).await;
    scene.stage.judged();
}

#[tokio::test]
async fn what_is_wrong_with_a_menu_is_said() {
    let scene = scene(json!([])).await;
    let options = |count: usize| -> Value {
        (0..count).map(|n| json!({"label": n.to_string(), "value": n.to_string()})).collect()
    };
    let user = |id: &str, kind: &str| json!({"id": id, "type": kind});
    let both: Value =
        (0..2).map(|n| json!({"label": n.to_string(), "value": n.to_string(), "default": true})).collect();
    let wrong = [
        json!({"type": 3, "custom_id": "m", "options": options(26)}),
        json!({"type": 3, "custom_id": "m", "options": []}),
        json!({"type": 3, "custom_id": "m", "options": options(2), "max_values": 3}),
        json!({"type": 3, "custom_id": "m", "options": both}),
        json!({"type": 3, "custom_id": "m".repeat(101), "options": options(1)}),
        json!({"type": 5, "custom_id": "m", "placeholder": "x".repeat(151)}),
        json!({"type": 5, "custom_id": "m", "min_values": 2}),
        json!({"type": 5, "custom_id": "m", "max_values": 26}),
        json!({"type": 5, "custom_id": "m", "max_values": 0}),
        json!({"type": 5, "custom_id": "m", "default_values": [user("1", "role")]}),
        json!({"type": 5, "custom_id": "m", "default_values": [user("1", "user"), user("2", "user")]}),
        json!({"type": 6, "custom_id": "m", "default_values": [user("x", "role")]}),
        json!({"type": 8, "custom_id": "m", "channel_types": [99]}),
        json!({"type": 18, "label": "No", "component": {"type": 5, "custom_id": "m"}}),
    ];
    for menu in wrong {
        let (status, answer) = scene.sends(std::slice::from_ref(&menu)).await;
        assert_eq!((status, &answer["code"]), (400, &json!(50035)), "{menu}: {answer}");
    }
    scene.stage.judged();
}

fn label(label: &str, component: impl Into<Value>) -> Value {
    json!({"type": 18, "label": label, "component": component.into()})
}

#[tokio::test]
async fn a_form_holds_menus_texts_and_words() {
    let mut scene = scene(json!([{"name": "ask", "description": "x"}])).await;
    let (ana, bo) = (scene.ana.clone(), scene.bo.clone());
    let level = json!([
        {"label": "New to it", "value": "0"},
        {"label": "At ease", "value": "1", "default": true},
        {"label": "Expert", "value": "2"},
    ]);
    let components = json!([
        {"type": 10, "content": "For the **spring** round."},
        label("Topics", json!({"type": 3, "custom_id": "topics", "max_values": 3, "options": [
            {"label": "Rust", "value": "t1"}, {"label": "Design", "value": "t2"}, {"label": "Writing", "value": "t3"},
        ]})),
        label("Level", json!({"type": 3, "custom_id": "level", "options": level})),
        label("Wishes", json!({"type": 5, "custom_id": "wishes", "required": false, "max_values": 2})),
        label("Goals", json!({"type": 4, "custom_id": "goals", "style": 2, "max_length": 100})),
    ]);
    let modal = scene.opens(components.clone()).await;
    assert_eq!(modal["components"], components);
    let fill = |fields: Value| json!({"as": ana, "modal": modal["id"], "fields": fields});
    for wrong in [
        json!({"Goals": "x"}),
        json!({"Topics": ["Rust"]}),
        json!({"Topics": [], "Goals": "x"}),
        json!({"Topics": ["Cooking"], "Goals": "x"}),
        json!({"Topics": "Rust", "Goals": ["x"]}),
        json!({"Topics": "Rust", "Goals": "x", "Level": ["New to it", "Expert"]}),
        json!({"Topics": "Rust", "Goals": "x", "Wishes": ["Nobody"]}),
        json!({"Topics": "Rust", "Goals": "x", "Words": "y"}),
    ] {
        scene.refused("/modal", fill(wrong), 400).await;
    }
    let fields = json!({"Topics": ["Rust", "t3"], "wishes": "Bo", "Goals": "Learn"});
    let (got, _) = scene.act("/modal", fill(fields), None).await;
    let sent = &got["data"]["components"];
    assert_eq!((&sent[0]["type"], sent[0]["id"].is_u64()), (&json!(10), true));
    assert_eq!((&sent[1]["type"], &sent[1]["component"]["type"]), (&json!(18), &json!(3)));
    assert_eq!(sent[1]["component"]["values"], json!(["t1", "t3"]));
    assert_eq!(sent[2]["component"]["values"], json!(["1"]), "as it was set");
    assert_eq!(sent[3]["component"]["values"], json!([bo]));
    assert_eq!(sent[4]["component"]["value"], "Learn");
    assert_eq!(got["data"]["resolved"]["users"][&bo]["id"], json!(bo));

    let modal = scene.opens(components).await;
    let fields = json!({"Topics": "Design", "Goals": "Learn", "Level": "Expert"});
    let body = json!({"as": ana, "modal": modal["id"], "fields": fields});
    let (got, _) = scene.act("/modal", body, None).await;
    assert_eq!(got["data"]["components"][2]["component"]["values"], json!(["2"]));
    assert_eq!(got["data"]["components"][3]["component"]["values"], json!([]));
    assert_eq!(got["data"].get("resolved"), None);
    scene.stage.judged();
}

#[tokio::test]
async fn what_is_wrong_with_a_form_is_said() {
    let mut scene = scene(json!([{"name": "ask", "description": "x"}])).await;
    let text = |id: &str| json!({"type": 4, "custom_id": id, "style": 1});
    let people = |more: Value| {
        let mut menu = json!({"type": 5, "custom_id": "who"});
        for (key, value) in more.as_object().unwrap() {
            menu[key] = value.clone();
        }
        menu
    };
    let wrong = [
        json!([]),
        json!([label("A", text("a")), label("B", text("a"))]),
        json!([label(&"x".repeat(46), text("a"))]),
        json!([{"type": 18, "label": "A", "description": "x".repeat(101), "component": text("a")}]),
        json!([{"type": 18, "label": "A"}]),
        json!([label("A", json!({"type": 2, "style": 1, "label": "x", "custom_id": "b"}))]),
        json!([label("A", people(json!({"disabled": true})))]),
        json!([label("A", people(json!({"min_values": 0})))]),
        json!([{"type": 1, "components": [people(json!({}))]}]),
        json!([text("a")]),
        json!([{"type": 10, "content": ""}]),
    ];
    for components in wrong {
        let ask = json!({"as": scene.ana, "guild": scene.guild, "name": "ask", "wait_ms": 0});
        let form = json!({"type": 9, "data": {"custom_id": "f", "title": "F", "components": components}});
        let Scene { stage, wire, .. } = &mut scene;
        let (_, answer) = crate::wire::meanwhile(stage.post("/command", ask), async {
            let interaction = wire.dispatch("INTERACTION_CREATE").await;
            let refused = crate::wire::callback(stage, &interaction, form).await;
            let ended = crate::wire::callback(stage, &interaction, json!({"type": 5})).await;
            assert_eq!(ended.0, 200);
            refused
        })
        .await;
        assert_eq!((answer.0, &answer.1["code"]), (400, &json!(50035)), "{components}: {}", answer.1);
    }
    scene.stage.judged();
}

/// What serenity 0.12 makes of a form with labels: it arrives, without what was entered.
#[tokio::test]
async fn serenity_is_told_of_a_form_with_labels_but_not_what_it_holds() {
    let mut scene = scene(json!([{"name": "ask", "description": "x"}])).await;
    let mut bot = crate::support::Bot::connect(&scene.stage).await;
    let modal =
        scene.opens(json!([label("Goals", json!({"type": 4, "custom_id": "goals", "style": 1}))])).await;
    scene
        .act("/modal", json!({"as": scene.ana, "modal": modal["id"], "fields": {"Goals": "Learn"}}), None)
        .await;
    bot.interaction().await;
    let sent = bot.interaction().await.modal_submit().unwrap();
    assert_eq!(sent.data.custom_id, "f:1");
    assert_eq!(sent.data.components.len(), 1);
    assert!(sent.data.components[0].components.is_empty());
    bot.leave().await;
}

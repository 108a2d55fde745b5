use serde_json::{Value, json};

use super::*;

const MESSAGES: &str = "/api/v10/channels/1100000000000000000/messages";
const CALLBACK: &str = "/api/v10/interactions/1100000000000000000/a.token/callback";

fn sent(method: &str, path: &str, request: Value) -> Exchange {
    Exchange { method: method.into(), path: path.into(), request: Some(request), ..Exchange::default() }
}

fn answered(method: &str, path: &str, status: u16, response: Value) -> Exchange {
    let response = Some(response);
    Exchange {
        method: method.into(),
        path: path.into(),
        status: Some(status),
        response,
        ..Exchange::default()
    }
}

fn places(judge: &Judge, exchange: &Exchange) -> Vec<(Part, String)> {
    judge.exchange(exchange).into_iter().map(|finding| (finding.part, finding.at)).collect()
}

/// A description small enough to read, so that these tests need no file.
fn small() -> Judge {
    let thing = json!({
        "type": "object",
        "properties": { "type": { "type": "integer", "enum": [1] }, "name": { "type": "string", "maxLength": 3 } },
        "required": ["type", "name"],
    });
    let other = json!({
        "type": "object",
        "properties": { "type": { "type": "integer", "enum": [2] }, "permissions": { "type": ["integer", "null"] } },
        "required": ["type"],
    });
    let id = json!([{ "name": "id", "in": "path", "required": true, "schema": { "$ref": "#/components/schemas/Id" } }]);
    let either = json!({ "anyOf": [{ "$ref": "#/components/schemas/Thing" }, { "$ref": "#/components/schemas/Other" }] });
    let body =
        |schema: Value| json!({ "content": { "application/json": { "schema": schema } }, "required": true });
    let document = json!({
        "openapi": "3.1.0",
        "paths": {
            "/things/{id}": {
                "parameters": id,
                "post": {
                    "requestBody": body(either.clone()),
                    "responses": { "200": body(json!({ "type": "array", "items": either })), "204": {}, "4XX": { "$ref": "#/components/responses/Refused" } },
                },
                "get": {
                    "parameters": [{ "name": "limit", "in": "query", "schema": { "type": "integer", "maximum": 9 } }],
                    "responses": { "204": {} },
                },
            },
            "/things/@me": { "get": { "responses": { "204": {} } } },
        },
        "components": {
            "responses": { "Refused": { "content": { "application/json": { "schema": { "type": "object", "required": ["code"] } } } } },
            "schemas": { "Id": { "type": "string", "pattern": "^[0-9]+$" }, "Thing": thing, "Other": other },
        },
    });
    Judge::new(document).unwrap()
}

#[test]
fn an_unknown_call_is_a_finding() {
    assert_eq!(
        places(&small(), &sent("GET", "/api/v10/nothing", Value::Null)),
        [(Part::Route, String::new())]
    );
    assert_eq!(places(&small(), &sent("PATCH", "/things/@me", Value::Null)), [(Part::Route, String::new())]);
}

#[test]
fn fixed_words_win_over_arguments() {
    let judge = small();
    assert_eq!(judge.exchange(&sent("get", "/api/v10/things/@me", Value::Null)), []);
    assert_eq!(places(&judge, &sent("GET", "/things/x", Value::Null)), [(Part::Path, "id".to_owned())]);
}

#[test]
fn query_arguments_are_judged_by_what_they_spell() {
    let judge = small();
    assert_eq!(judge.exchange(&sent("GET", "/things/1?limit=9", Value::Null)), []);
    assert_eq!(judge.exchange(&sent("GET", "/things/1?limit=", Value::Null)), []);
    assert_eq!(
        places(&judge, &sent("GET", "/things/1?limit=10", Value::Null)),
        [(Part::Query, "limit".to_owned())]
    );
    assert_eq!(
        places(&judge, &sent("GET", "/things/1?lmit=1", Value::Null)),
        [(Part::Query, "lmit".to_owned())]
    );
}

#[test]
fn the_variant_is_chosen_by_type_and_the_reason_is_the_inner_one() {
    let judge = small();
    let exchange = sent("POST", "/things/1", json!({ "type": 1, "name": "long" }));
    assert_eq!(places(&judge, &exchange), [(Part::Request, "/name".to_owned())]);
    let exchange = answered("POST", "/things/1", 200, json!([{ "type": 1, "name": "long" }, { "type": 2 }]));
    let findings = judge.exchange(&exchange);
    assert!(findings.iter().any(|one| one.part == Part::Response && one.at == "/0/name"), "{findings:?}");
}

#[test]
fn a_bit_set_may_be_a_string() {
    let judge = small();
    assert_eq!(judge.exchange(&sent("POST", "/things/1", json!({ "type": 2, "permissions": "2048" }))), []);
    let exchange = sent("POST", "/things/1", json!({ "type": 2, "permissions": "all" }));
    assert_eq!(places(&judge, &exchange), [(Part::Request, "/permissions".to_owned())]);
}

#[test]
fn status_and_presence_of_bodies_are_judged() {
    let judge = small();
    let whole = |part| vec![(part, String::new())];
    let body = json!({ "type": 2 });
    let with = |status, response| Exchange {
        status: Some(status),
        response,
        ..sent("POST", "/things/1", body.clone())
    };
    assert_eq!(judge.exchange(&with(204, None)), []);
    assert_eq!(places(&judge, &with(204, Some(json!({})))), whole(Part::Response));
    assert_eq!(places(&judge, &with(200, None)), whole(Part::Response));
    assert_eq!(places(&judge, &with(404, Some(json!({ "message": "no code" })))), whole(Part::Response));
    assert_eq!(places(&judge, &with(501, None)), [(Part::Status, "501".to_owned())]);
    assert_eq!(places(&judge, &sent("POST", "/things/1", Value::Null)), whole(Part::Request));
    assert_eq!(places(&judge, &sent("GET", "/things/1", json!({ "a": 1 }))), whole(Part::Request));
}

#[test]
fn a_line_of_the_sandboxes_log_is_an_exchange() {
    let line = json!({ "seq": 4, "at": "2027-01-01T00:00:00Z", "method": "GET", "path": "/api/v10/things/@me", "route": "GET /things/@me",
        "request": null, "status": 204, "response": null, "ms": 1 });
    let exchange: Exchange = serde_json::from_value(line).unwrap();
    assert_eq!(small().exchange(&exchange), []);
}

#[test]
fn a_file_that_is_no_description_is_refused() {
    assert!(matches!(Judge::new(json!({ "hello": 1 })), Err(JudgeError::NoPaths)));
    assert!(matches!(Judge::load("/nowhere/openapi.json"), Err(JudgeError::Read { .. })));
}

#[test]
fn discord_good_requests_pass() {
    let Some(judge) = Judge::from_env() else { return };
    let button = json!({ "type": 2, "style": 1, "label": "Done", "custom_id": "n1:done:7" });
    let row = json!({ "type": 1, "components": [button] });
    let message = json!({ "content": "**Grace Hopper**: time to give something back", "embeds": [{ "description": "You asked twice.", "color": 2_336_090 }],
        "components": [row], "allowed_mentions": { "parse": [] }, "nonce": "l1", "enforce_nonce": true, "attachments": [{ "id": 0, "filename": "a.png" }] });
    let input =
        json!({ "type": 4, "custom_id": "what", "label": "What happened?", "style": 2, "max_length": 1000 });
    let modal = json!({ "custom_id": "n1:done:7", "title": "Done", "components": [{ "type": 1, "components": [input] }] });
    let command = json!({ "name": "round", "description": "Mentorship", "default_member_permissions": "32", "contexts": [0, 1], "integration_types": [0, 1],
        "options": [{ "type": 3, "name": "topic", "description": "What about", "required": true, "autocomplete": true }] });
    let good = [
        sent("POST", MESSAGES, message.clone()),
        sent(
            "POST",
            &format!("{CALLBACK}?with_response=true"),
            json!({ "type": 4, "data": { "content": "Saved", "flags": 64, "embeds": [] } }),
        ),
        sent("POST", CALLBACK, json!({ "type": 5, "data": { "flags": 64 } })),
        sent("POST", CALLBACK, json!({ "type": 6 })),
        sent("POST", CALLBACK, json!({ "type": 7, "data": { "content": "Done: coffee", "components": [] } })),
        sent(
            "POST",
            CALLBACK,
            json!({ "type": 8, "data": { "choices": [{ "name": "Grace", "value": "1" }] } }),
        ),
        sent("POST", CALLBACK, json!({ "type": 9, "data": modal })),
        sent("PUT", "/api/v10/applications/1100000000000000000/commands", json!([command])),
        sent("POST", "/api/v10/users/@me/channels", json!({ "recipient_id": "1100000000000000000" })),
        sent(
            "PATCH",
            "/api/v10/webhooks/1100000000000000000/token/messages/@original",
            json!({ "content": "x" }),
        ),
        sent("GET", &format!("{MESSAGES}?limit=50&after=1100000000000000000"), Value::Null),
    ];
    for exchange in good {
        assert_eq!(judge.exchange(&exchange), [], "{exchange:?}");
    }
}

#[test]
fn discord_bad_requests_are_found_where_they_are_wrong() {
    let Some(judge) = Judge::from_env() else { return };
    let long = "x".repeat(81);
    let button = json!({ "type": 2, "style": 1, "label": long, "custom_id": "a" });
    let row = json!({ "type": 1, "components": [button] });
    let bad = [
        (sent("POST", MESSAGES, json!({ "content": "x".repeat(4001) })), "/content"),
        (sent("POST", MESSAGES, json!({ "content": 5 })), "/content"),
        (sent("POST", MESSAGES, json!({ "embeds": [{ "title": "x".repeat(257) }] })), "/embeds/0/title"),
        (sent("POST", MESSAGES, json!({ "components": [row] })), "/components/0/components/0/label"),
        (sent("POST", CALLBACK, json!({ "type": 4, "data": { "flags": "64" } })), "/data/flags"),
        (
            sent(
                "POST",
                CALLBACK,
                json!({ "type": 9, "data": { "custom_id": "a", "title": "x".repeat(46), "components": [] } }),
            ),
            "/data/title",
        ),
        (
            sent(
                "PUT",
                "/api/v10/applications/1100000000000000000/commands",
                json!([{ "description": "no name" }]),
            ),
            "/0",
        ),
    ];
    for (exchange, at) in bad {
        let found = places(&judge, &exchange);
        assert!(found.contains(&(Part::Request, at.to_owned())), "{at}: {found:?}");
    }
}

#[test]
fn discord_answers_are_judged_by_status() {
    let Some(judge) = Judge::from_env() else { return };
    let user = json!({ "id": "1100000000000000000", "username": "kith", "discriminator": "0", "global_name": null, "avatar": null });
    let found = judge.exchange(&answered("GET", "/api/v10/users/@me", 200, user));
    assert!(found.iter().any(|one| one.message.contains("required")), "half a user passes: {found:?}");
    let refused = json!({ "code": 50035, "message": "Invalid Form Body",
        "errors": { "content": { "_errors": [{ "code": "BASE_TYPE_MAX_LENGTH", "message": "Must be 2000 or fewer in length." }] } } });
    let post = |status, response| Exchange {
        status: Some(status),
        response: Some(response),
        ..sent("POST", MESSAGES, json!({ "content": "x" }))
    };
    assert_eq!(judge.exchange(&post(400, refused)), []);
    assert_eq!(judge.exchange(&post(429, json!({ "message": "You are being rate limited.", "retry_after": 0.5, "global": false, "code": 0 }))), []);
    assert_ne!(
        judge.exchange(&post(429, json!({ "message": "You are being rate limited.", "code": 0 }))),
        []
    );
    assert_ne!(judge.exchange(&post(403, json!({ "message": "no code" }))), []);
}

#[test]
fn compiled_schemas_are_shared() {
    let judge = small();
    for _ in 0..3 {
        let _ = judge.clone().exchange(&sent("POST", "/things/1", json!({ "type": 1, "name": "a" })));
    }
    let compiled = judge.inner.compiled.lock().unwrap();
    let mut known: Vec<&String> = compiled.keys().collect();
    known.sort();
    assert_eq!(known, ["/components/schemas/Id", "/components/schemas/Thing"]);
}

#[test]
fn each_deviation_has_a_reason_that_names_a_page() {
    for one in DEVIATIONS {
        assert!(one.reason.contains(": "), "{}", one.key);
    }
}

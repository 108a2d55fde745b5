use super::*;
use crate::rounds::matching::{Progress, Role, Shape, solve};
use crate::texts::Texts;

/// A small file in which everything there is stands once.
const WHOLE: &str = r#"{
  "shape": {"kind": "mentor_groups", "max_mentees": 5},
  "people": [
    {"id": "ana", "role": "mentor", "capacity": 3, "topics": {"rust": 1.0}, "level": 4, "half_days": [0, 5],
     "languages": ["en"], "fields": ["systems"], "goals": ["speak in public"], "wishes": ["bo"], "avoid": ["cy"]},
    {"id": "bo", "role": "mentee", "topics": {"rust": 0.5}, "level": 2, "half_days": [5]},
    {"id": "cy", "role": "mentee"},
    {"id": "dee", "role": "sponsor"}
  ],
  "excluded": [["ana", "dee"]],
  "history": [{"people": ["ana", "bo"], "rounds_ago": 2}],
  "weights": {"topics": 3.0, "half_days": 2.0},
  "fit": [["ana", "bo", 0.731]],
  "fit_only": false
}"#;

fn mistakes(text: &str) -> Vec<String> {
    match read(text.as_bytes()) {
        Err(ReadError::Wrong(mistakes)) => mistakes.iter().map(ToString::to_string).collect(),
        other => panic!("{other:?}"),
    }
}

/// The whole file with something else in the place of a part of it.
fn with(part: &str, other: &str) -> String {
    assert_eq!(WHOLE.matches(part).count(), 1, "{part}");
    WHOLE.replace(part, other)
}

#[test]
fn everything_in_a_file_is_read() {
    let problem = read(WHOLE.as_bytes()).unwrap();
    assert_eq!(problem.shape, Shape::MentorGroups { max_mentees: 5 });
    let ana = &problem.people[0];
    assert_eq!((ana.id.as_str(), ana.role, ana.capacity, ana.level), ("ana", Role::Mentor, Some(3), Some(4)));
    assert_eq!((ana.topics["rust"], &ana.half_days[..]), (1.0, &[0, 5][..]));
    assert_eq!(problem.people[2].role, Role::Mentee);
    assert_eq!(problem.excluded, [["ana".to_owned(), "dee".to_owned()]]);
    assert_eq!((problem.history[0].rounds_ago, problem.given[0].fit), (2, 0.731));
    assert_eq!((problem.weights.half_days, problem.weights.novelty), (2.0, 2.0));
    assert!(!problem.fit_only);
    let only = r#"{"shape": {"kind": "pairs", "trio": true}, "people": [{"id": "a"}]}"#;
    assert_eq!(read(only.as_bytes()).unwrap().shape, Shape::Pairs { trio: true });
    let circles = r#"{"shape": {"kind": "circles", "min": 3, "max": 4}, "people": []}"#;
    assert_eq!(read(circles.as_bytes()).unwrap().shape, Shape::Circles { min: 3, max: 4 });
}

#[test]
fn each_mistake_is_told_with_its_place() {
    let cases = [
        (r#""level": 4"#, r#""lvel": 4"#, "people[0].lvel: there is no such key; there are: id, role"),
        (r#""fit_only": false"#, r#""fit_olny": true"#, "fit_olny: there is no such key"),
        (r#""max_mentees": 5"#, r#""max_mentees": 5, "min": 3"#, "shape.min: there is no such key"),
        (r#""max_mentees": 5"#, r#""max_mentees": 0"#, "shape.max_mentees: has to be a whole number from 1"),
        (
            r#""kind": "mentor_groups""#,
            r#""kind": "rings""#,
            "shape.kind: has to be mentor_groups, pairs or circles",
        ),
        (r#", "max_mentees": 5"#, "", "shape.max_mentees: is missing"),
        (r#""capacity": 3"#, r#""capacity": -1"#, "people[0].capacity: has to be a whole number from 0"),
        (r#""capacity": 3"#, r#""capacity": 2.5"#, "people[0].capacity: has to be a whole number from 0"),
        (r#""capacity": 3"#, r#""capacity": "3""#, "people[0].capacity: has to be a whole number from 0"),
        (
            r#"{"id": "cy", "role": "mentee"}"#,
            r#"{"id": "cy"}, {"id": "bo"}"#,
            "people[3].id: is the id of somebody else already: people[1].id",
        ),
        (
            r#"{"id": "cy", "role": "mentee"}"#,
            r#"{"id": "cy", "id": "cy"}"#,
            "people[2].id: stands here twice",
        ),
        (
            r#"{"id": "cy", "role": "mentee"}"#,
            r#"{"id": "cy"}, {"role": "mentee"}"#,
            "people[3].id: is missing",
        ),
        (r#"{"id": "cy", "role": "mentee"}"#, r#"{"id": "cy"}, {"id": ""}"#, "people[3].id: is empty"),
        (r#"{"id": "cy", "role": "mentee"}"#, r#"{"id": "cy"}, 7"#, "people[3]: has to be an object with id"),
        (
            r#""role": "sponsor""#,
            r#""role": "boss""#,
            "people[3].role: has to be mentor, mentee, sponsor or peer",
        ),
        (
            r#""half_days": [0, 5]"#,
            r#""half_days": [0, 21]"#,
            "people[0].half_days[1]: has to be a whole number from 0 to 20",
        ),
        (r#""half_days": [0, 5]"#, r#""half_days": 5"#, "people[0].half_days: has to be a list of half-days"),
        (r#""level": 4"#, r#""level": 101"#, "people[0].level: has to be a whole number from 0 to 100"),
        (r#"{"rust": 1.0}"#, r#"{"rust": -1.0}"#, "people[0].topics.rust: has to be a number from 0 to 1000"),
        (r#""wishes": ["bo"]"#, r#""wishes": ["bob"]"#, "people[0].wishes[0]: nobody has the id \"bob\""),
        (
            r#""wishes": ["bo"]"#,
            r#""wishes": ["ana"]"#,
            "people[0].wishes[0]: names \"ana\" together with themselves",
        ),
        (r#""avoid": ["cy"]"#, r#""avoid": ["cyd"]"#, "people[0].avoid[0]: nobody has the id \"cyd\""),
        (
            r#""avoid": ["cy"]"#,
            r#""avoid": ["ana"]"#,
            "people[0].avoid[0]: names \"ana\" together with themselves",
        ),
        (r#""avoid": ["cy"]"#, r#""avoid": [3]"#, "people[0].avoid[0]: has to be text"),
        (r#"["ana", "dee"]"#, r#"["ana", "ana"]"#, "excluded[0]: names \"ana\" together with themselves"),
        (r#"["ana", "dee"]"#, r#"["ana", "eve"]"#, "excluded[0][1]: nobody has the id \"eve\""),
        (r#"["ana", "dee"]"#, r#"["ana"]"#, "excluded[0]: has to be a pair of ids"),
        (
            r#"{"people": ["ana", "bo"]"#,
            r#"{"people": ["ana", "eve"]"#,
            "history[0].people[1]: nobody has the id \"eve\"",
        ),
        (
            r#"{"people": ["ana", "bo"]"#,
            r#"{"people": ["ana"]"#,
            "history[0].people: has to name at least two people",
        ),
        (
            r#"{"people": ["ana", "bo"]"#,
            r#"{"people": ["ana", "ana"]"#,
            "history[0].people[1]: names \"ana\" together",
        ),
        (r#""rounds_ago": 2"#, r#""rounds_ago": -2"#, "history[0].rounds_ago: has to be a whole number"),
        (r#""half_days": 2.0"#, r#""half_days": -2.0"#, "weights.half_days: has to be a number from 0"),
        (r#""half_days": 2.0"#, r#""halfdays": 2.0"#, "weights.halfdays: there is no such key"),
        ("0.731", "1.2", "fit[0][2]: has to be a number from 0 to 1 with up to 6 decimals"),
        ("0.731", "0.1234567", "fit[0][2]: has to be a number from 0 to 1 with up to 6 decimals"),
        ("0.731", "null", "fit[0][2]: has to be a number"),
        (
            r#"["ana", "bo", 0.731]"#,
            r#"["ana", "ana", 0.7]"#,
            "fit[0]: names \"ana\" together with themselves",
        ),
        (r#"["ana", "bo", 0.731]"#, r#"["ana", "eve", 0.7]"#, "fit[0][1]: nobody has the id \"eve\""),
        (r#"["ana", "bo", 0.731]"#, r#"["ana", "bo"]"#, "fit[0]: has to be a list of two ids and their fit"),
        (
            r#"["ana", "bo", 0.731]"#,
            r#"["ana", "bo", 0.7], ["bo", "ana", 0.8]"#,
            "fit[1]: this pair has another fit already: fit[0]",
        ),
        (r#""fit_only": false"#, r#""fit_only": "no""#, "fit_only: has to be true or false"),
    ];
    for (part, other, expected) in cases {
        let found = mistakes(&with(part, other));
        assert!(found.len() == 1 && found[0].starts_with(expected), "{other}: {found:#?}");
    }
}

#[test]
fn circles_and_weights_have_to_be_possible() {
    let circles = |sizes| format!(r#"{{"shape": {{"kind": "circles", {sizes}}}, "people": []}}"#);
    assert_eq!(mistakes(&circles(r#""min": 5, "max": 4"#)), ["shape: min is more than max"]);
    assert_eq!(mistakes(&circles(r#""min": 1, "max": 4"#)), ["shape.min: has to be a whole number from 2"]);
    assert_eq!(mistakes(&circles(r#""min": 3"#)), ["shape.max: is missing"]);
    let parts = ["topics", "goals", "half_days", "level", "wishes", "novelty", "diversity"];
    let none = parts.map(|part| format!("\"{part}\": 0")).join(", ");
    let none = format!(r#"{{"shape": {{"kind": "pairs"}}, "people": [], "weights": {{{none}}}}}"#);
    assert_eq!(mistakes(&none), ["weights: at least one weight has to be more than 0"]);
}

#[test]
fn all_mistakes_are_told_at_once() {
    let text = r#"{"shape": {"kind": "circles", "min": "x", "max": 4}, "peple": [],
        "people": [{"id": 5, "half_days": [0, 99, "a"]}, {"id": "b", "avoid": ["b", "zed"], "colour": "red"}],
        "excluded": [["b"], ["b", "b"]]}"#;
    let found = mistakes(text);
    let places: Vec<&str> = found.iter().map(|one| one.split(": ").next().unwrap()).collect();
    assert_eq!(
        places,
        [
            "peple",
            "shape.min",
            "people[0].id",
            "people[0].half_days[1]",
            "people[0].half_days[2]",
            "people[1].colour",
            "excluded[0]",
            "people[1].avoid[0]",
            "people[1].avoid[1]",
            "excluded[1]",
        ],
        "{found:#?}"
    );
}

#[test]
fn what_is_no_file_at_all_is_said_in_one_sentence() {
    let said = |bytes: &[u8]| read(bytes).unwrap_err().to_string();
    let empty = "the file is empty: it has to hold a JSON object with shape and people";
    assert_eq!(said(b""), empty);
    assert_eq!(said(&vec![b' '; 10_000_000]), empty);
    assert_eq!(said(&vec![0; 10_000_000]), empty);
    assert_eq!(said(b"{\"shape\": \xff}"), "the file is not UTF-8 text: byte 10 is wrong");
    assert!(said(&vec![b'['; 10_000_000]).starts_with("the file is not JSON: recursion limit"));
    assert!(said(&vec![b'x'; 10_000_000]).starts_with("the file is not JSON: expected value at line 1"));
    assert!(said(with("0.731", "NaN").as_bytes()).contains("at line 13"));
    assert!(said(with("0.731", "1e999").as_bytes()).contains("number out of range"));
    assert!(said(b"[]").starts_with("has to be an object with shape, people"));
    assert_eq!(said(b"{}"), "shape: is missing\npeople: is missing");
    let twice = WHOLE.replace("\"fit_only\": false", "\"shape\": {\"kind\": \"pairs\"}");
    assert_eq!(said(twice.as_bytes()), "shape: stands here twice");
}

#[test]
fn an_outcome_is_written_as_the_contract_has_it() {
    let texts = Texts::embedded().unwrap();
    let problem = read(WHOLE.as_bytes()).unwrap();
    let outcome = solve(&problem, 7, &Progress::new()).unwrap();
    insta::assert_json_snapshot!(json(&outcome, texts.words(None)));
    insta::assert_snapshot!(table(&outcome, texts.words(None)));
}

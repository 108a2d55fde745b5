//! Somebody plans a round outside Discord: `kith match` on a file.

use std::path::Path;
use std::process::{Command, Output};

use serde_json::{Value, json};

fn matched(folder: &Path, content: &[u8], words: &[&str]) -> Output {
    std::fs::write(folder.join("round.json"), content).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_kith"));
    command.arg("match").arg("round.json").args(words).current_dir(folder).env_clear().output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// Ana mentors Bo and Cy; Dee is one too many.
fn round() -> Value {
    let mentee = |id: &str| json!({"id": id, "role": "mentee", "half_days": [5]});
    json!({
        "shape": {"kind": "mentor_groups", "max_mentees": 5},
        "people": [
            {"id": "ana", "role": "mentor", "capacity": 2, "half_days": [0, 5], "wishes": ["cy"]},
            mentee("bo"), mentee("cy"), mentee("dee"), {"id": "eli", "role": "sponsor"},
        ],
        "fit": [["ana", "bo", 0.75], ["ana", "cy", 0.5], ["ana", "dee", 0.25]],
    })
}

#[test]
fn a_file_becomes_groups_that_are_the_best_there_are() {
    let folder = tempfile::tempdir().unwrap();
    let output = matched(folder.path(), round().to_string().as_bytes(), &["--seed", "7"]);
    let said: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((output.status.code(), text(&output.stderr)), (Some(0), String::new()));
    assert_eq!(said["groups"][0]["people"], json!(["ana", "bo", "cy", "eli"]));
    assert_eq!((&said["groups"][0]["mentor"], &said["groups"][0]["sponsor"]), (&json!("ana"), &json!("eli")));
    assert_eq!(said["left_over"][0]["id"], "dee");
    assert_eq!((&said["placed"], &said["total"], &said["bound"]), (&json!(3), &json!(1.25), &json!(1.25)));
    assert_eq!((&said["optimal"], &said["seed"], &said["worst"]), (&json!(true), &json!(7), &json!(0.625)));
    assert!(said["ms"].is_u64());

    let output = matched(folder.path(), round().to_string().as_bytes(), &["--format", "text"]);
    let said = text(&output.stdout);
    for part in
        ["ana (mentor), bo, cy, eli (sponsor)", "ana wished for cy", "One person is left over:", "proven"]
    {
        assert!(said.contains(part), "{part} in {said}");
    }
}

#[test]
fn a_file_that_is_wrong_is_told_mistake_by_mistake() {
    let folder = tempfile::tempdir().unwrap();
    let mut wrong = round();
    wrong["people"][0]["capacity"] = json!(-1);
    wrong["people"][1]["id"] = json!("cy");
    wrong["excluded"] = json!([["ana", "ana"]]);
    wrong["colour"] = json!("red");
    let output = matched(folder.path(), wrong.to_string().as_bytes(), &[]);
    let said = text(&output.stderr);
    assert_eq!((output.status.code(), text(&output.stdout)), (Some(2), String::new()));
    for part in ["colour", "people[0].capacity", "people[2].id", "excluded[0]", "fit[0][1]"] {
        assert!(
            said.lines().any(|line| line.starts_with(&format!("round.json: {part}: "))),
            "{part} in {said}"
        );
    }
    for nothing in [&b""[..], &[b' '; 10_000_000], b"\xff\xfe", b"{\"shape\": NaN}"] {
        let output = matched(folder.path(), nothing, &[]);
        assert_eq!(output.status.code(), Some(2));
        assert_eq!(text(&output.stderr).lines().count(), 1, "{}", text(&output.stderr));
    }
    let mut missing = Command::new(env!("CARGO_BIN_EXE_kith"));
    let output = missing.args(["match", "nowhere.json"]).current_dir(folder.path()).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).starts_with("nowhere.json: cannot be read"), "{}", text(&output.stderr));
}

#[test]
fn where_no_group_is_possible_that_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let nobody = json!({"shape": {"kind": "pairs"}, "people": []});
    let strangers = json!({"shape": {"kind": "pairs"}, "people": [{"id": "a", "avoid": ["b"]}, {"id": "b"}]});
    for (problem, left) in [(nobody, 0), (strangers, 2)] {
        let output = matched(folder.path(), problem.to_string().as_bytes(), &[]);
        assert_eq!(
            (output.status.code(), text(&output.stderr).as_str()),
            (Some(3), "round.json: No group is possible.\n")
        );
        let said: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!((&said["groups"], said["left_over"].as_array().unwrap().len()), (&json!([]), left));
    }
}

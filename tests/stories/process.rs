//! The program as somebody at a terminal meets it.

use std::path::Path;
use std::process::{Command, Output};

/// `kith` with these words and variables, in `folder`, and nothing of the environment around.
fn kith(folder: &Path, words: &[&str], variables: &[(&str, &str)]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_kith"))
        .args(words)
        .current_dir(folder)
        .env_clear()
        .envs(variables.iter().copied())
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn check_tells_all_that_is_wrong_and_shows_no_token() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("kith.toml"), "[limits]\nnote_length = 1\n").unwrap();
    std::fs::write(folder.path().join(".env"), "DISCORD_TOKEN=my-secret\nKITH_LOG_FORMAT=xml\n").unwrap();
    let output = kith(folder.path(), &["check"], &[("KITH_DEFAULTS_ZONE", "Mars/Base")]);
    let said = text(&output.stdout);
    assert_eq!(output.status.code(), Some(1), "{said}");
    for part in ["limits.note_length", "log.format", "Mars/Base", "DISCORD_TOKEN", "4 problems"] {
        assert!(said.contains(part), "{part} in {said}");
    }
    assert!(!said.contains("my-secret") && !text(&output.stderr).contains("my-secret"), "{said}");
}

#[test]
fn check_of_a_discord_that_is_not_there_says_so_and_makes_no_store() {
    let folder = tempfile::tempdir().unwrap();
    // A port that was free a moment ago, so that nobody answers.
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let output = kith(folder.path(), &["check"], &[("DISCORD_TOKEN", "any"), ("KITH_DISCORD_API_URL", &url)]);
    let said = text(&output.stdout);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("cannot be asked"), "{said}");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "{said}");
}

#[test]
fn when_explains_or_says_what_is_possible() {
    let folder = tempfile::tempdir().unwrap();
    let at = ["--now", "2026-11-24T06:00:00Z", "--zone", "Europe/Berlin"];
    let explain = |phrase| kith(folder.path(), &[&["when", phrase], &at[..]].concat(), &[]);

    let output = explain("in 2 weeks");
    let read: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert!(output.status.success());
    assert_eq!(read["at"], "2026-12-08T09:00:00+01:00");

    let output = explain("next fri-ish");
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stdout.is_empty());
    assert!(text(&output.stderr).contains("in 2 weeks"), "{}", text(&output.stderr));
}

#[test]
fn a_damaged_store_is_told_and_restored_from_its_backup() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    drop(kith::store::Store::open(&here.join("data")).unwrap());
    let run = |words: &[&str]| kith(here, words, &[]);

    let output = run(&["backup"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    std::fs::remove_dir_all(here.join("data/engine")).unwrap();

    let output = run(&["backup"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("damaged"), "{}", text(&output.stderr));

    let output = run(&["restore"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert!(run(&["backup"]).status.success());
}

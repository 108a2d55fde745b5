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

/// A server's process, killed when the story ends early.
#[cfg(unix)]
struct Server {
    child: std::process::Child,
    address: String,
}

#[cfg(unix)]
impl Server {
    /// Starts it and waits for its line `ready <address>`.
    fn start(words: &[&str]) -> Self {
        use std::io::{BufRead, BufReader};
        let mut child = Command::new(env!("CARGO_BIN_EXE_kith"))
            .args(words)
            .env_clear()
            .stdout(std::process::Stdio::piped())
            .stderr(std::process::Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim_end().strip_prefix("ready ").unwrap().to_owned();
        Self { child, address }
    }

    fn signal(&self, name: &str) {
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args(["-s", name, &pid]).status().unwrap().success());
    }
}

#[cfg(unix)]
impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[cfg(unix)]
#[test]
fn a_signal_ends_it_well() {
    for name in ["TERM", "INT"] {
        let mut server = Server::start(&["sandbox", "--port", "0"]);
        server.signal(name);
        assert_eq!(server.child.wait().unwrap().code(), Some(0), "{name}");
    }
}

#[cfg(unix)]
#[test]
fn check_is_content_with_the_sandbox() {
    let server = Server::start(&["sandbox", "--port", "0"]);
    let folder = tempfile::tempdir().unwrap();
    let variables = [("DISCORD_TOKEN", "wrong"), ("KITH_DISCORD_API_URL", server.address.as_str())];
    let output = kith(folder.path(), &["check"], &variables);
    assert!(text(&output.stdout).contains("refuses the token"), "{}", text(&output.stdout));

    let world = the_world(&server.address);
    let token = world["bot"]["token"].as_str().unwrap();
    let variables = [("DISCORD_TOKEN", token), ("KITH_DISCORD_API_URL", server.address.as_str())];
    let output = kith(folder.path(), &["check"], &variables);
    assert!(output.status.success(), "{}", text(&output.stdout));
}

#[cfg(unix)]
fn the_world(address: &str) -> serde_json::Value {
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let asked = async { client.get(format!("{address}/sandbox/v1/world")).send().await?.json().await };
    tokio::runtime::Runtime::new().unwrap().block_on(asked).unwrap()
}

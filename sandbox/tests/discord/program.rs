//! The binary: its one line, the page, its end.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

#[tokio::test]
async fn it_says_where_it_is_and_serves_the_page() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_discord-sandbox"))
        .args(["--port", "0", "--bot-name", "Robin"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let address = line.strip_prefix("ready ").unwrap().trim().to_owned();
    assert!(address.starts_with("http://127.0.0.1:"));
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let page = client.get(&address).send().await.unwrap();
    assert_eq!(page.headers()["content-type"], "text/html; charset=utf-8");
    let script = client.get(format!("{address}/page/app.js")).send().await.unwrap();
    assert_eq!(script.headers()["content-type"], "text/javascript; charset=utf-8");
    let world: serde_json::Value =
        client.get(format!("{address}/sandbox/v1/world")).send().await.unwrap().json().await.unwrap();
    assert_eq!(world["bot"]["name"], "Robin");
    let taken = address.rsplit_once(':').unwrap().1;
    let second =
        Command::new(env!("CARGO_BIN_EXE_discord-sandbox")).args(["--port", taken]).output().unwrap();
    assert!(!second.status.success());
    assert!(second.stdout.is_empty());
    child.kill().unwrap();
    child.wait().unwrap();
}

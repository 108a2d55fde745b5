//! The layers that settings come from, put upon each other.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use config::{Config, File, FileFormat, Value, ValueKind};

use super::reader::{Mistake, Mistakes, Reader};
use super::{DEFAULTS, TOKEN};

/// The variable that names the file of settings.
const FILE_VARIABLE: &str = "KITH_CONFIG";
/// The file that is read where none is named, if it is there.
const FILE: &str = "kith.toml";
/// What the project's own tests are told by; no settings.
const FOR_TESTS: &str = "KITH_TEST_";

/// The environment, over what stands in the file at `path` if there is one.
pub(super) fn environment(path: &Path, mistakes: &mut Vec<Mistake>) -> BTreeMap<String, String> {
    let mut all = BTreeMap::new();
    match dotenvy::from_path_iter(path) {
        Ok(lines) => {
            for line in lines {
                match line {
                    Ok((name, value)) => drop(all.insert(name, value)),
                    // The line itself may hold the token, so it is not shown.
                    Err(_) => {
                        mistakes.push(Mistake::file(path.display(), "has a line that is not NAME=value"));
                    }
                }
            }
        }
        Err(error) if error.not_found() => {}
        Err(_) => mistakes.push(Mistake::file(path.display(), "cannot be read")),
    }
    all.extend(
        std::env::vars_os().filter_map(|(name, value)| {
            Some((name.into_string().ok()?, value.to_string_lossy().into_owned()))
        }),
    );
    all
}

/// The name and text of the file of settings.
pub(super) fn file(
    environment: &BTreeMap<String, String>,
    mistakes: &mut Vec<Mistake>,
) -> Option<(String, String)> {
    let named = environment.get(FILE_VARIABLE).filter(|name| !name.is_empty());
    let name = named.map_or(FILE, String::as_str);
    match std::fs::read_to_string(name) {
        Ok(text) => Some((name.to_owned(), text)),
        Err(error) if named.is_none() && error.kind() == std::io::ErrorKind::NotFound => None,
        Err(error) => {
            mistakes.push(Mistake::file(name, &format!("cannot be read: {error}")));
            None
        }
    }
}

/// The variable that sets `key`.
pub(super) fn variable(key: &str) -> String {
    match key {
        TOKEN => "DISCORD_TOKEN".to_owned(),
        key => format!("KITH_{}", key.replace('.', "_").to_uppercase()),
    }
}

/// Puts the layers upon each other and remembers where each value came from.
pub(super) fn merge(
    file: Option<(&str, &str)>,
    environment: &BTreeMap<String, String>,
    fixed: &[(&str, &str)],
    mut mistakes: Vec<Mistake>,
) -> Result<Reader, Mistakes> {
    let defaults =
        parse(DEFAULTS).map_err(|why| Mistakes(vec![Mistake::file("config/default.toml", &why)]))?;
    let known: BTreeSet<String> = flat(&defaults).into_keys().collect();
    let mut origins: BTreeMap<String, String> = BTreeMap::new();
    let mut builder = Config::builder().add_source(defaults);

    if let Some((name, text)) = file {
        match parse(text) {
            Ok(layer) => {
                origins.extend(flat(&layer).into_keys().map(|key| (key, name.to_owned())));
                builder = builder.add_source(layer);
            }
            Err(why) => mistakes.push(Mistake::file(name, &format!("is no TOML: {}", without_source(&why)))),
        }
    }
    let variables: BTreeMap<String, &String> = known.iter().map(|key| (variable(key), key)).collect();
    let mut over: Vec<(&str, &str)> = Vec::new();
    for (name, value) in environment {
        if let Some(key) = variables.get(name) {
            origins.insert((*key).clone(), name.clone());
            over.push((key, value));
        } else if name.starts_with("KITH_") && name != FILE_VARIABLE && !name.starts_with(FOR_TESTS) {
            mistakes.push(Mistake::unknown(name, "the environment", variables.keys().map(String::as_str)));
        }
    }
    for (key, value) in over.iter().chain(fixed) {
        builder = builder.set_override(*key, *value).map_err(|error| broken(&error))?;
    }
    let values = flat(&builder.build().map_err(|error| broken(&error))?);
    Ok(Reader::new(values, origins, known, mistakes))
}

fn broken(error: &config::ConfigError) -> Mistakes {
    Mistakes(vec![Mistake::file("the settings", &format!("cannot be put together: {error}"))])
}

fn parse(text: &str) -> Result<Config, String> {
    Config::builder()
        .add_source(File::from_str(text, FileFormat::Toml))
        .build()
        .map_err(|error| error.to_string())
}

/// The first line of a TOML error: the others show the source, which may hold the token.
fn without_source(why: &str) -> String {
    let reason = why.lines().rfind(|line| !line.trim().is_empty() && !line.contains('|')).unwrap_or_default();
    let place = why.lines().next().unwrap_or_default();
    if place == reason { place.to_owned() } else { format!("{place}, {reason}") }
}

/// The values by their dotted keys.
fn flat(config: &Config) -> BTreeMap<String, Value> {
    fn walk(prefix: &str, value: Value, all: &mut BTreeMap<String, Value>) {
        match value.kind {
            ValueKind::Table(table) if !table.is_empty() || prefix.is_empty() => {
                for (key, value) in table {
                    walk(&if prefix.is_empty() { key } else { format!("{prefix}.{key}") }, value, all);
                }
            }
            _ => drop(all.insert(prefix.to_owned(), value)),
        }
    }
    let mut all = BTreeMap::new();
    walk("", config.cache.clone(), &mut all);
    all
}

/// Whether `text` has the form of a bot's token: three parts of base64url, the first of which is an id.
pub(super) fn is_token(text: &str) -> bool {
    use base64::Engine;
    let parts: Vec<&str> = text.split('.').collect();
    let [id, time, signature] = parts[..] else { return false };
    let decoded = base64::engine::general_purpose::STANDARD_NO_PAD.decode(id);
    let digits = decoded.is_ok_and(|id| id.len() >= 15 && id.iter().all(u8::is_ascii_digit));
    let plain = |part: &str| part.bytes().all(|c| c.is_ascii_alphanumeric() || matches!(c, b'-' | b'_'));
    digits && time.len() >= 5 && signature.len() >= 25 && plain(time) && plain(signature)
}

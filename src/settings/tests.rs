use std::collections::BTreeSet;

use super::layers::variable;
use super::*;

// An invented one: the id 123456789012345678 and words.
const VALID: &str = "MTIzNDU2Nzg5MDEyMzQ1Njc4.GaBc1D.this-is-only-the-form-of-a-token-12345";

fn environment(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

fn layered(file: Option<&str>, pairs: &[(&str, &str)], fixed: &[(&str, &str)]) -> Result<Settings, Mistakes> {
    let file = file.map(|text| ("kith.toml", text));
    let (settings, mistakes) = Settings::read(file, &environment(pairs), fixed, Vec::new())?;
    Mistakes::none_in(mistakes, settings)
}

fn read(file: Option<&str>, pairs: &[(&str, &str)]) -> Result<Settings, Mistakes> {
    layered(file, pairs, &[])
}

#[test]
fn a_token_is_enough() {
    let settings = read(None, &[("DISCORD_TOKEN", VALID), ("PATH", "/bin"), ("KITH_TEST_ALL", "1")]).unwrap();
    assert_eq!(settings.discord.token.expose(), VALID);
    assert_eq!(settings.discord.api_url, None);
    assert_eq!(settings.store.backup_path, Path::new("data/backups"));
    assert_eq!(settings.store.backup_every, Duration::from_secs(24 * 3600));
    assert!(!format!("{settings:?}").contains("this-is-only"));
}

#[test]
fn the_environment_wins_over_the_file_and_what_is_fixed_over_all() {
    let file = "[store]\npath = \"a\"\nbackup_keep = 3\n[log]\nformat = \"json\"\n";
    let pairs = [("DISCORD_TOKEN", VALID), ("KITH_STORE_PATH", "b"), ("KITH_DEFAULTS_ZONE", "Europe/Berlin")];
    let settings = read(Some(file), &pairs).unwrap();
    assert_eq!(settings.store.path, Path::new("b"));
    assert_eq!(settings.store.backup_keep, 3);
    assert_eq!(settings.log.format, LogFormat::Json);
    assert_eq!(settings.defaults.zone, "Europe/Berlin");

    let fixed = [("store.path", "c"), ("discord.api_url", "http://127.0.0.1:9/"), ("discord.token", "any")];
    let settings = layered(Some(file), &pairs, &fixed).unwrap();
    assert_eq!(settings.store.path, Path::new("c"));
    assert_eq!(settings.discord.api_url.as_deref(), Some("http://127.0.0.1:9"));
    assert_eq!(settings.discord.token.expose(), "any");
}

#[test]
fn every_mistake_is_told_at_once() {
    let file = "clock_url = \"http://example.org/clock\"\n\
                [store]\npath = \"\"\nbackup_keep = 2.5\n[limits]\nnote_lenght = 5\nnote_length = 7000\n";
    let error = read(
        Some(file),
        &[
            ("DISCORD_TOKEN", "secret but wrong"),
            ("KITH_DISCORD_API_URL", "http://example.org"),
            ("KITH_DISCORD_LETTERS_PER_SECOND", "fast"),
            ("KITH_DISCORD_LETTER_PER_SECOND", "3"),
            ("KITH_DISCORD_TOKEN", "secret but wrong"),
            ("KITH_DEFAULTS_ZONE", "Berlin"),
            ("KITH_DEFAULTS_DELIVERY_HOUR", "24"),
            ("KITH_LOG_FILTER", "loud=very=much"),
            ("KITH_LOG_FORMAT", "xml"),
        ],
    )
    .unwrap_err();
    assert!(!error.to_string().contains("secret but wrong"));
    insta::assert_snapshot!(error, @r#"
    the settings cannot be used:
      KITH_DISCORD_LETTER_PER_SECOND in the environment is no setting. Did you mean KITH_DISCORD_LETTERS_PER_SECOND?
      KITH_DISCORD_TOKEN in the environment is no setting. Did you mean DISCORD_TOKEN?
      store.path (in kith.toml) is ""; allowed is the path of a folder.
      discord.api_url (KITH_DISCORD_API_URL) is "http://example.org"; allowed is an address without a path: https://HOST[:PORT], or http://127.0.0.1:PORT on this machine.
      clock_url (in kith.toml) is "http://example.org/clock"; allowed is a sandbox's clock on this machine: http://127.0.0.1:PORT/sandbox/v1/clock.
      discord.token (DISCORD_TOKEN) is set, but is no token; allowed is a bot's token: three parts with dots between, about 70 characters, such as MTEx….GaBc1D.x0y1… (Discord's developer portal → your application → Bot → Reset Token).
      discord.letters_per_second (KITH_DISCORD_LETTERS_PER_SECOND) is "fast"; allowed is a whole number from 1 to 1000.
      store.backup_keep (in kith.toml) is 2.5; allowed is a whole number from 1 to 1000.
      limits.note_length (in kith.toml) is 7000; allowed is a whole number from 100 to 6000.
      defaults.zone (KITH_DEFAULTS_ZONE) is "Berlin"; allowed is an IANA time zone, such as "Europe/Berlin".
      defaults.delivery_hour (KITH_DEFAULTS_DELIVERY_HOUR) is "24"; allowed is a whole number from 0 to 23.
      log.filter (KITH_LOG_FILTER) is "loud=very=much"; allowed is filter directives, such as "info" or "warn,kith=debug".
      log.format (KITH_LOG_FORMAT) is "xml"; allowed is "text" or "json".
      limits.note_lenght in kith.toml is no setting. Did you mean limits.note_length?
    "#);
}

#[test]
fn a_broken_file_does_not_show_the_token() {
    let file = format!("[discord]\ntoken = \"{VALID}\" oops\n");
    let error = read(Some(&file), &[]).unwrap_err();
    assert!(!error.to_string().contains("this-is-only"), "{error}");
    insta::assert_snapshot!(error, @r"
    the settings cannot be used:
      kith.toml is no TOML: TOML parse error at line 2, column 82, unexpected key or value, expected newline, `#`.
      discord.token (DISCORD_TOKEN) is not set; allowed is a bot's token: three parts with dots between, about 70 characters, such as MTEx….GaBc1D.x0y1… (Discord's developer portal → your application → Bot → Reset Token).
    ");
}

#[test]
fn the_port_needs_an_address_unless_it_is_this_machines() {
    let with = |pairs: &[(&str, &str)]| {
        let mut all = vec![("DISCORD_TOKEN", VALID)];
        all.extend(pairs);
        read(None, &all)
    };
    assert_eq!(with(&[]).unwrap().http.listen, None);
    let local = with(&[("KITH_HTTP_LISTEN", "127.0.0.1:8080")]).unwrap();
    assert_eq!(local.http.listen, Some("127.0.0.1:8080".parse().unwrap()));
    let open = [("KITH_HTTP_LISTEN", "0.0.0.0:8080"), ("KITH_HTTP_PUBLIC_URL", "https://example.org/kith/")];
    assert_eq!(with(&open).unwrap().http.public_url.as_deref(), Some("https://example.org/kith"));
    let error = with(&[("KITH_HTTP_LISTEN", "0.0.0.0:8080")]).unwrap_err();
    insta::assert_snapshot!(error, @"
    the settings cannot be used:
      http.public_url (KITH_HTTP_PUBLIC_URL) is not set; allowed is the address at which people reach http.listen: https://HOST[:PORT][/PATH], or http://127.0.0.1:PORT on this machine.
    ");
    let wrong = [("KITH_HTTP_LISTEN", "8080"), ("KITH_HTTP_PUBLIC_URL", "http://example.org")];
    insta::assert_snapshot!(with(&wrong).unwrap_err(), @r#"
    the settings cannot be used:
      http.listen (KITH_HTTP_LISTEN) is "8080"; allowed is an address and port of this machine, such as 127.0.0.1:8080 or 0.0.0.0:8080.
      http.public_url (KITH_HTTP_PUBLIC_URL) is "http://example.org"; allowed is the address at which people reach http.listen: https://HOST[:PORT][/PATH], or http://127.0.0.1:PORT on this machine.
    "#);
}

#[test]
fn tokens() {
    for wrong in
        ["", "abc", "a.b.c", &format!("Bot {VALID}"), &format!("{VALID}\u{2026}"), &format!("{VALID}.x")]
    {
        assert!(read(None, &[("DISCORD_TOKEN", wrong)]).is_err(), "{wrong}");
    }
    // One pasted with a line break is taken.
    assert!(read(None, &[("DISCORD_TOKEN", &format!("{VALID}\n"))]).is_ok());
}

/// `config/default.toml`, `.env.example` and what is read are the same settings.
#[test]
fn the_example_names_every_variable() {
    let example = include_str!("../../.env.example");
    let named: BTreeSet<String> = example
        .lines()
        .filter_map(|line| line.trim_start_matches('#').split_once('='))
        .map(|(name, _)| name.to_owned())
        .filter(|name| {
            name != "KITH_CONFIG" && name.chars().all(|c| c.is_ascii_uppercase() || "_0123456789".contains(c))
        })
        .collect();
    let defaults: toml::Table = DEFAULTS.parse().unwrap();
    let mut there = BTreeSet::new();
    for (key, value) in &defaults {
        match value.as_table() {
            Some(table) => there.extend(table.keys().map(|inner| variable(&format!("{key}.{inner}")))),
            None => drop(there.insert(variable(key))),
        }
    }
    assert_eq!(named, there);
    for name in &there {
        assert!(name == "DISCORD_TOKEN" || DEFAULTS.contains(&format!("({name})")), "{name} in default.toml");
    }
    // Where the example shows a default, it is the default.
    for line in example.lines().filter_map(|line| line.strip_prefix("#KITH_")) {
        let (name, value) = line.split_once('=').unwrap();
        let quoted = [format!("= {value}\n"), format!("= \"{value}\"\n")];
        assert!(name == "CONFIG" || quoted.iter().any(|text| DEFAULTS.contains(text.as_str())), "{line}");
    }
}

use std::collections::BTreeSet;
use std::path::Path;

use fluent_bundle::resolver::{ResolverError, errors::ReferenceKind};
use fluent_syntax::ast::Entry;
use regex::Regex;

use super::*;

fn texts() -> Texts {
    Texts::read(&[
        ("en/a.ftl", "hello = Hello { $name }\nonly-en = Only here\nbutton = B\n    .label = Press\n"),
        ("en/b.ftl", "people = { $count ->\n    [one] one person\n   *[other] { $count } people\n}\n"),
        ("de/a.ftl", "hello = Hallo { $name }\n"),
        ("pt-BR/a.ftl", "hello = Oi { $name }\n"),
    ])
    .unwrap()
}

#[test]
fn speaks_the_nearest_language() {
    let texts = texts();
    let hello = |locale| say!(texts.words(locale), "hello", name = "Bo");
    assert_eq!(hello(None), "Hello Bo");
    assert_eq!(hello(Some("en-GB")), "Hello Bo");
    assert_eq!(hello(Some("de")), "Hallo Bo");
    assert_eq!(hello(Some("pt-BR")), "Oi Bo");
    assert_eq!(hello(Some("ja")), "Hello Bo");
    assert_eq!(texts.words(Some("de")).say("only-en"), "Only here");
}

#[test]
fn plurals_attributes_and_what_is_not_there() {
    let texts = texts();
    let words = texts.words(None);
    assert_eq!(say!(words, "people", count = 1), "one person");
    assert_eq!(say!(words, "people", count = 2_usize), "2 people");
    assert_eq!(words.say("button.label"), "Press");
    assert_eq!(words.say("nowhere"), "nowhere");
}

#[test]
fn every_mistake_is_told() {
    let files =
        [("en/a.ftl", "good = A\nbad\n\ngood = B\n"), ("en/b.ftl", "good = C\nx = { $\n"), ("??/c.ftl", "")];
    let error = Texts::read(&files).unwrap_err();
    insta::assert_snapshot!(error, @r#"
    the texts cannot be used:
      en/a.ftl:2: Expected a token starting with "="
      en/a.ftl: good stands twice in en
      en/b.ftl:2: Expected one of "a-zA-Z"
      en/b.ftl: good stands twice in en
      ??/c.ftl: "??" is no language
    "#);
}

/// What a source file says of keys.
#[derive(Default)]
struct Spoken {
    /// Keys that are said, with the file that says them.
    keys: BTreeSet<(String, String)>,
    /// Anything that could be a key that is chosen elsewhere.
    literals: BTreeSet<String>,
    /// Beginnings of keys that are put together, as in `format!("kind-{kind}")`.
    prefixes: BTreeSet<String>,
}

fn listen(folder: &Path, spoken: &mut Spoken) {
    let said = Regex::new(
        r#"(?x) (?: \.say\(\s* | \.with\(\s* | say!\(\s*[^,"]+,\s* | texts(?:\(\))?\s*\.get\(\s*[^,"]+,\s* ) "([^"]+)" "#,
    )
    .unwrap();
    let literal = Regex::new(r#""([a-z][a-z0-9-]*(?:\.[a-z][a-z0-9-]*)?)""#).unwrap();
    let prefix = Regex::new(r#""([a-z][a-z0-9-]*-)\{"#).unwrap();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            if !path.ends_with("src/texts") {
                listen(&path, spoken);
            }
        } else if path.extension().is_some_and(|e| e == "rs") && !path.ends_with("src/texts.rs") {
            let source = std::fs::read_to_string(&path).unwrap();
            let found = |pattern: &Regex| -> Vec<String> {
                pattern.captures_iter(&source).map(|found| found[1].to_owned()).collect()
            };
            spoken.keys.extend(found(&said).into_iter().map(|key| (key, path.display().to_string())));
            spoken.literals.extend(found(&literal));
            spoken.prefixes.extend(found(&prefix));
        }
    }
}

/// The keys of a language's files, without attributes.
fn keys(language: &str) -> BTreeSet<String> {
    let files = EMBEDDED.get_dir(language).unwrap().files();
    let parsed = files
        .filter(|file| file.path().extension().is_some_and(|e| e == "ftl"))
        .map(|file| fluent_syntax::parser::parse(file.contents_utf8().unwrap()).unwrap());
    parsed
        .flat_map(|resource| resource.body)
        .filter_map(|entry| match entry {
            Entry::Message(message) => Some(message.id.name.to_owned()),
            _ => None,
        })
        .collect()
}

#[test]
fn the_code_and_the_texts_fit() {
    let texts = Texts::embedded().unwrap_or_else(|error| panic!("{error}"));
    let mut spoken = Spoken::default();
    listen(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut spoken);
    let there = keys(FALLBACK);

    let missing: Vec<_> =
        spoken.keys.iter().filter(|(key, _)| !there.contains(key.split('.').next().unwrap())).collect();
    assert!(missing.is_empty(), "said in the code, not in config/locales/en: {missing:#?}");

    let heard: BTreeSet<&str> = spoken
        .keys
        .iter()
        .map(|(key, _)| key)
        .chain(&spoken.literals)
        .map(|key| key.split('.').next().unwrap())
        .collect();
    let referred = |key: &str| {
        let reference = Regex::new(&format!(r"\{{\s*{key}(\.[a-z-]+)?\s*\}}")).unwrap();
        EMBEDDED.get_dir(FALLBACK).unwrap().files().any(|f| reference.is_match(f.contents_utf8().unwrap()))
    };
    let unused: Vec<_> = there
        .iter()
        .filter(|key| !heard.contains(key.as_str()))
        .filter(|key| !spoken.prefixes.iter().any(|prefix| key.starts_with(prefix)))
        .filter(|key| !referred(key))
        .collect();
    assert!(unused.is_empty(), "in config/locales/en, not said in the code: {unused:#?}");

    for language in texts.languages() {
        let strangers: Vec<_> = keys(language).difference(&there).cloned().collect();
        assert!(strangers.is_empty(), "in {language}, not in en: {strangers:?}");
    }
}

/// Whatever a text refers to is there; only the arguments are missing here.
#[test]
fn no_text_is_incomplete() {
    let texts = Texts::embedded().unwrap();
    for language in texts.languages() {
        let bundle = &texts.languages[language];
        for key in keys(language) {
            let message = bundle.get_message(&key).unwrap();
            let mut errors = Vec::new();
            for pattern in message.value().into_iter().chain(message.attributes().map(|a| a.value())) {
                let _ = bundle.format_pattern(pattern, None, &mut errors);
            }
            errors.retain(|error| {
                let argument = matches!(
                    error,
                    FluentError::ResolverError(ResolverError::Reference(ReferenceKind::Variable { .. }))
                );
                !argument
            });
            assert!(errors.is_empty(), "{language}: {key}: {errors:?}");
        }
    }
}

#[test]
fn large_numbers_are_parted_in_thousands() {
    let texts =
        Texts::read(&[("en/a.ftl", "people = { $count ->\n    [one] one\n   *[other] { $count } people\n}")])
            .unwrap();
    let words = texts.words(None);
    for (count, said) in
        [(1, "one"), (999, "999 people"), (1_000, "1,000 people"), (1_234_567, "1,234,567 people")]
    {
        assert_eq!(say!(words, "people", count = count), said);
    }
    assert_eq!(say!(words, "people", count = -4_000), "-4,000 people");
}

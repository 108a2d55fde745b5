//! Registering the commands: only when they differ from what Discord has, and again until it works.
//!
//! Discord allows 200 creates a day (Discord: "Application Commands"), and a start that registers
//! nothing new is quicker.

use std::time::Duration;

use serde_json::{Map, Value};
use serenity::all::{ApplicationId, CommandOptionType, Http, InstallationContext, InteractionContext};
use serenity::http::{LightMethod, Request, Route};

use super::app::Command;
use crate::texts::{Texts, Words};

/// The first wait between two tries.
const FIRST_WAIT: Duration = Duration::from_millis(500);
/// The longest wait between two tries.
const LONGEST_WAIT: Duration = Duration::from_secs(60);

/// Makes a command personal: in servers, in the DM with Kith and, where a user installed Kith,
/// anywhere (Discord: "Application Commands", "Contexts").
#[must_use]
pub fn personal(mut command: Command) -> Command {
    command.install_context = Some(vec![InstallationContext::Guild, InstallationContext::User]);
    command.interaction_context =
        Some(vec![InteractionContext::Guild, InteractionContext::BotDm, InteractionContext::PrivateChannel]);
    command
}

/// Makes a command part of servers alone.
#[must_use]
pub fn in_servers(mut command: Command) -> Command {
    command.install_context = Some(vec![InstallationContext::Guild]);
    command.interaction_context = Some(vec![InteractionContext::Guild]);
    command
}

/// Puts the descriptions of commands and options in from the texts: `command-<name>` and
/// `command-<name>.<option>`, in English and in every other language that has them.
pub fn describe(commands: &mut [Command], texts: &Texts) {
    for command in commands {
        let path = command.name.to_string();
        describe_one(command, &path, texts);
    }
}

fn describe_one(command: &mut Command, path: &str, texts: &Texts) {
    if command.slash_action.is_none() {
        return;
    }
    let key = format!("command-{path}");
    let words = texts.words(None);
    command.description = Some(words.say(&key).into());
    command.description_localizations = in_other_languages(texts, &key).into();
    for parameter in &mut command.parameters {
        let key = format!("{key}.{}", parameter.name);
        parameter.description = Some(words.say(&key).into());
        parameter.description_localizations = in_other_languages(texts, &key).into();
    }
    for subcommand in &mut command.subcommands {
        let path = format!("{path}-{}", subcommand.name);
        describe_one(subcommand, &path, texts);
    }
}

fn in_other_languages(
    texts: &Texts,
    key: &str,
) -> Vec<(std::borrow::Cow<'static, str>, std::borrow::Cow<'static, str>)> {
    let here = |words: Words<'_>| words.say(key);
    texts
        .languages()
        .filter(|language| *language != crate::texts::FALLBACK)
        .map(|language| (language.to_owned().into(), here(texts.words(Some(language))).into()))
        .collect()
}

/// Registers `commands` where they differ from what is registered.
///
/// # Errors
/// A command cannot be written as JSON. What Discord answers is tried again without end: the caller
/// ends it by dropping the future.
pub async fn register(
    http: &Http,
    application: ApplicationId,
    commands: &[Command],
) -> anyhow::Result<Registered> {
    let wanted = serde_json::to_value(poise::builtins::create_application_commands(commands))?;
    let mut wait = FIRST_WAIT;
    loop {
        match once(http, application, &wanted).await {
            Ok(done) => return Ok(done),
            Err(error) => {
                tracing::warn!(%error, wait = ?wait, "the commands could not be registered; trying again");
                tokio::time::sleep(wait).await;
                wait = (wait * 2).min(LONGEST_WAIT);
            }
        }
    }
}

/// What registering did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Registered {
    /// Discord had them already.
    Same,
    /// They were written anew.
    Written,
}

async fn once(http: &Http, application: ApplicationId, wanted: &Value) -> serenity::Result<Registered> {
    let route = || Route::Commands { application_id: application };
    let present: Value = http
        .fire(
            Request::new(route(), LightMethod::Get)
                .params(Some(vec![("with_localizations", "true".to_owned())])),
        )
        .await?;
    if canonical(wanted) == canonical(&present) {
        return Ok(Registered::Same);
    }
    let body = serde_json::to_vec(wanted)?;
    let _: Value = http.fire(Request::new(route(), LightMethod::Put).body(Some(body))).await?;
    Ok(Registered::Written)
}

/// A list of commands without what Discord adds, what is left at its default, and any order of its own.
fn canonical(commands: &Value) -> Vec<Value> {
    let mut commands: Vec<Value> =
        commands.as_array().into_iter().flatten().map(|command| canonical_one(command, true)).collect();
    commands.sort_by_cached_key(|command| (command["type"].to_string(), command["name"].to_string()));
    commands
}

fn canonical_one(value: &Value, command: bool) -> Value {
    const KEPT: [&str; 19] = [
        "name",
        "description",
        "type",
        "options",
        "choices",
        "required",
        "autocomplete",
        "min_value",
        "max_value",
        "min_length",
        "max_length",
        "channel_types",
        "name_localizations",
        "description_localizations",
        "integration_types",
        "contexts",
        "default_member_permissions",
        "nsfw",
        "value",
    ];
    let Some(fields) = value.as_object() else { return value.clone() };
    let mut out = Map::new();
    for (key, value) in fields.iter().filter(|(key, _)| KEPT.contains(&key.as_str())) {
        let value = match value {
            Value::Array(items) if matches!(key.as_str(), "options" | "choices") => {
                Value::Array(items.iter().map(|item| canonical_one(item, false)).collect())
            }
            Value::Array(items) => {
                let mut items = items.clone();
                items.sort_by_cached_key(Value::to_string);
                Value::Array(items)
            }
            other => other.clone(),
        };
        let default = match &value {
            Value::Null | Value::Bool(false) => true,
            Value::Array(items) => items.is_empty(),
            Value::Object(fields) => fields.is_empty(),
            Value::String(text) => key == "description" && text.is_empty(),
            Value::Number(number) => {
                command
                    && key == "type"
                    && number.as_u64() == Some(u64::from(u8::from(CommandOptionType::SubCommand)))
            }
            Value::Bool(true) => false,
        };
        if !default {
            out.insert(key.clone(), value);
        }
    }
    Value::Object(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_discord_adds_is_no_difference() {
        let ours = json_commands(
            r#"[{"name":"log","description":"d","type":1,"options":[{"type":3,"name":"who","description":"d","required":true}],"contexts":[0,1]}]"#,
        );
        let theirs = json_commands(
            r#"[{"id":"1","version":"2","application_id":"3","name":"log","name_localizations":null,"description":"d","type":1,
                "nsfw":false,"contexts":[1,0],"options":[{"type":3,"name":"who","description":"d","required":true,"autocomplete":false}]}]"#,
        );
        assert_eq!(canonical(&ours), canonical(&theirs));
    }

    #[test]
    fn a_changed_option_is_one() {
        let one = json_commands(
            r#"[{"name":"log","description":"d","options":[{"type":3,"name":"who","description":"d"}]}]"#,
        );
        let other = json_commands(r#"[{"name":"log","description":"d","options":[]}]"#);
        assert_ne!(canonical(&one), canonical(&other));
    }

    fn json_commands(text: &str) -> Value {
        serde_json::from_str(text).unwrap()
    }
}

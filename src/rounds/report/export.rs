//! Everything that an organizer may see of a round, as files: no wishes, nobody who is avoided, no name that was not
//! allowed.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::figures::{Figures, Said};
use super::files;
use super::gather::{Meeting, Observed, met_of};
use super::table::Table;
use crate::discord::message::File;
use crate::id::UserId;
use crate::rounds::group::Group;
use crate::rounds::round::Round;
use crate::rounds::signup::{SignUp, State};

/// What is exported.
pub struct Export<'a> {
    /// The round.
    pub round: &'a Round,
    /// Everybody who signed up.
    pub sign_ups: &'a [(UserId, SignUp)],
    /// Its groups.
    pub groups: &'a [(u16, Group)],
    /// What running kept.
    pub observed: &'a Observed,
    /// Its figures, with what was said.
    pub figures: &'a Figures,
}

/// What separates several values in one cell.
const BETWEEN: &str = "; ";

/// Half-days in words.
pub type HalfDays<'a> = &'a dyn Fn(&[u8]) -> String;

/// The files: one of JSON with everything, and tables.
///
/// # Errors
/// They cannot be written.
pub fn files(it: &Export<'_>, half_days: HalfDays<'_>) -> anyhow::Result<Vec<File>> {
    let name = |what| files::file_name(&it.round.name, what);
    Ok(vec![
        files::json(&name("export"), &all(it, half_days))?,
        files::csv(&name("sign-ups"), &sign_ups(it, half_days))?,
        files::csv(&name("groups"), &groups(it))?,
        files::csv(&name("check-ins"), &check_ins(&it.observed.meetings))?,
        files::csv(&name("feedback"), &feedback(&it.figures.said))?,
    ])
}

fn state(state: State) -> &'static str {
    match state {
        State::Begun => "begun",
        State::In => "in",
        State::Withdrawn => "withdrawn",
        State::Left => "left",
    }
}

fn sign_ups(it: &Export<'_>, half_days: HalfDays<'_>) -> Table {
    let mut head: Vec<&str> = vec![
        "user",
        "name",
        "role",
        "state",
        "since",
        "topics",
        "level",
        "goals",
        "fields",
        "half_days",
        "languages",
        "capacity",
    ];
    head.extend(it.round.questions.iter().map(String::as_str));
    let head: Vec<String> = head.into_iter().map(super::table::guarded).collect();
    let mut table = Table::new(&head.iter().map(String::as_str).collect::<Vec<_>>());
    for (user, said) in it.sign_ups {
        let cells = [
            user.to_string(),
            said.name.clone(),
            said.role.word().to_owned(),
            state(said.state).to_owned(),
            said.since.to_string(),
            said.topics.join(BETWEEN),
            said.level.map(|it| it.to_string()).unwrap_or_default(),
            said.goals.join(BETWEEN),
            said.fields.join(BETWEEN),
            half_days(&said.half_days),
            said.languages.join(BETWEEN),
            said.capacity.map(|it| it.to_string()).unwrap_or_default(),
        ];
        table.row(cells.into_iter().chain(said.answers.iter().cloned()));
    }
    table
}

/// What somebody is in a group.
fn role(group: &Group, user: UserId) -> &'static str {
    if group.mentor == Some(user) {
        "mentor"
    } else if group.sponsor == Some(user) {
        "sponsor"
    } else if group.mentor.is_some() {
        "mentee"
    } else {
        "peer"
    }
}

fn groups(it: &Export<'_>) -> Table {
    let names: BTreeMap<UserId, &str> =
        it.sign_ups.iter().map(|(user, said)| (*user, said.name.as_str())).collect();
    let mut table = Table::new(&["group", "user", "name", "role", "fit", "met"]);
    for (number, group) in it.groups {
        for user in &group.people {
            table.row([
                number.to_string(),
                user.to_string(),
                names.get(user).copied().unwrap_or_default().to_owned(),
                role(group, *user).to_owned(),
                format!("{:.3}", group.fit),
                met_of(it.observed, *number).map(|it| it.to_string()).unwrap_or_default(),
            ]);
        }
    }
    table
}

/// Who answered what of whom stays with Kith: a group's meetings, not a person's answers.
fn check_ins(meetings: &[Meeting]) -> Table {
    let mut table = Table::new(&["group", "meeting", "met", "asked", "answered"]);
    for it in meetings {
        let met = if it.met { "yes" } else { "no" };
        let cells = [it.group.to_string(), it.nth.to_string(), met.to_owned()];
        table.row(cells.into_iter().chain([it.asked.len().to_string(), it.answered.to_string()]));
    }
    table
}

fn feedback(said: &[Said]) -> Table {
    let mut table = Table::new(&["name", "learned", "valued", "again"]);
    for it in said {
        let again = it.again.unwrap_or_default().to_owned();
        table.row([it.name.clone().unwrap_or_default(), it.learned.clone(), it.valued.clone(), again]);
    }
    table
}

fn all(it: &Export<'_>, half_days: HalfDays<'_>) -> Value {
    let sign_ups: Vec<Value> = it
        .sign_ups
        .iter()
        .map(|(user, said)| {
            json!({
                "user": user.to_string(), "name": said.name, "role": said.role.word(), "state": state(said.state),
                "since": said.since.to_string(), "topics": said.topics, "level": said.level, "goals": said.goals,
                "fields": said.fields, "half_days": half_days(&said.half_days), "languages": said.languages,
                "capacity": said.capacity, "answers": said.answers,
            })
        })
        .collect();
    let groups: Vec<Value> = it
        .groups
        .iter()
        .map(|(number, group)| {
            let people: Vec<Value> = group
                .people
                .iter()
                .map(|user| json!({"user": user.to_string(), "role": role(group, *user)}))
                .collect();
            json!({"group": number, "people": people, "fit": group.fit, "met": met_of(it.observed, *number)})
        })
        .collect();
    let check_ins: Vec<Value> = it
        .observed
        .meetings
        .iter()
        .map(|it| {
            json!({"group": it.group, "meeting": it.nth, "met": it.met, "asked": it.asked.len(), "answered": it.answered})
        })
        .collect();
    json!({
        "round": files::about(it.round),
        "sign_ups": sign_ups,
        "groups": groups,
        "check_ins": check_ins,
        "figures": it.figures,
    })
}

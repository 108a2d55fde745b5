//! The report as files: CSV and JSON.

use serde_json::json;

use super::figures::Figures;
use super::table::Table;
use crate::discord::message::File;
use crate::rounds::round::Round;

/// A file's name of what somebody called a round: letters and digits of any script, the rest as hyphens.
#[must_use]
pub fn file_name(of: &str, what: &str) -> String {
    let mut name = String::new();
    for c in of.chars().flat_map(char::to_lowercase).take(40) {
        if c.is_ascii_alphanumeric() {
            name.push(c);
        } else if !name.ends_with('-') && !name.is_empty() {
            name.push('-');
        }
    }
    let name = name.trim_matches('-');
    if name.is_empty() { what.to_owned() } else { format!("{name}-{what}") }
}

/// A file of JSON, set out to be read.
///
/// # Errors
/// It cannot be written.
pub fn json(name: &str, value: &serde_json::Value) -> anyhow::Result<File> {
    Ok(File { name: format!("{name}.json"), bytes: serde_json::to_vec_pretty(value)? })
}

/// A file of CSV.
///
/// # Errors
/// It cannot be written.
pub fn csv(name: &str, table: &Table) -> anyhow::Result<File> {
    Ok(File { name: format!("{name}.csv"), bytes: table.csv()? })
}

/// What the figures of a round are called in files, for good, with their values.
fn rows(figures: &Figures) -> Vec<(&'static str, Option<String>)> {
    let count = |it: usize| Some(it.to_string());
    let maybe = |it: Option<usize>| it.map(|it| it.to_string());
    let again = |nth: usize| figures.again.map(|again| again[nth].to_string());
    vec![
        ("signed_up", count(figures.signed_up)),
        ("in_groups", count(figures.in_groups)),
        ("left_over", count(figures.left_over)),
        ("left", count(figures.left)),
        ("no_shows", maybe(figures.no_shows)),
        ("groups", count(figures.groups)),
        ("groups_known", count(figures.groups_known)),
        ("groups_met", maybe(figures.groups_met)),
        ("groups_met_half_the_times", maybe(figures.groups_often)),
        ("meetings_each", figures.meetings_each.map(|it| format!("{it:.2}"))),
        ("asked", count(figures.asked)),
        ("answered", count(figures.answered)),
        ("again_yes", again(0)),
        ("again_maybe", again(1)),
        ("again_no", again(2)),
        ("badges", count(figures.badges)),
        ("last_pulse", figures.last_pulse().map(|it| format!("{:.2}", it.mean))),
        ("fit_and_outcome_r", figures.fit.map(|it| format!("{:.3}", it.r))),
        ("fit_and_outcome_groups", maybe(figures.fit.map(|it| it.count))),
    ]
}

/// A round's report: the figures, then how it was going, then what was said.
///
/// # Errors
/// It cannot be written.
pub fn of_round(round: &Round, figures: &Figures) -> anyhow::Result<Vec<File>> {
    let mut table = Table::new(&["what", "value", "count", "name", "learned", "valued", "again"]);
    for (what, value) in rows(figures) {
        table.row([what.to_owned(), value.unwrap_or_default()]);
    }
    for pulse in &figures.pulse {
        table.row([
            format!("pulse_week_{}", pulse.week),
            format!("{:.2}", pulse.mean),
            pulse.count.to_string(),
        ]);
    }
    for said in &figures.said {
        let name = said.name.clone().unwrap_or_default();
        let again = said.again.unwrap_or_default().to_owned();
        let none = String::new;
        table.row([
            "said".to_owned(),
            none(),
            none(),
            name,
            said.learned.clone(),
            said.valued.clone(),
            again,
        ]);
    }
    let name = file_name(&round.name, "report");
    let value = json!({"round": about(round), "figures": figures});
    Ok(vec![csv(&name, &table)?, json(&name, &value)?])
}

/// What a round is, for files.
#[must_use]
pub fn about(round: &Round) -> serde_json::Value {
    json!({
        "name": round.name,
        "shape": round.shape.word(),
        "stage": round.stage.word(),
        "began": round.began.map(|it| it.to_string()),
        "weeks": round.weeks,
        "meets_every_weeks": round.every,
        "topics": round.topics,
        "languages": round.languages,
        "questions": round.questions,
    })
}

/// The report of a programme: a row for each of its rounds.
///
/// # Errors
/// It cannot be written.
pub fn of_programme(name: &str, all: &[(Round, Figures)]) -> anyhow::Result<Vec<File>> {
    let keys: Vec<&str> = rows(&Figures::default()).into_iter().map(|(key, _)| key).collect();
    let head: Vec<&str> = ["round", "began"].into_iter().chain(keys).collect();
    let mut table = Table::new(&head);
    for (round, figures) in all {
        let began = round.began.map(|it| it.to_string()).unwrap_or_default();
        let values = rows(figures).into_iter().map(|(_, value)| value.unwrap_or_default());
        table.row([round.name.clone(), began].into_iter().chain(values));
    }
    let each: Vec<_> =
        all.iter().map(|(round, figures)| json!({"round": about(round), "figures": figures})).collect();
    let file = file_name(name, "report");
    Ok(vec![csv(&file, &table)?, json(&file, &json!({"programme": name, "rounds": each}))?])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rounds::report::figures::Said;

    fn a_round(name: &str) -> Round {
        let about = json!({
            "guild": 1, "name": name, "shape": "Pairs", "stage": "Closed", "channel": 1, "by": 1, "locale": "en",
            "zone": "Europe/London", "until": "2033-03-01T10:00:00Z", "weeks": 12, "every": 2,
        });
        serde_json::from_value(about).unwrap()
    }

    #[test]
    fn a_file_is_called_after_its_round_whatever_that_is_called() {
        assert_eq!(file_name("Spring 2033: “Rust”", "report"), "spring-2033-rust-report");
        assert_eq!(file_name("../../etc/passwd", "report"), "etc-passwd-report");
        assert_eq!(file_name("春", "report"), "report");
    }

    #[test]
    fn every_row_is_as_wide_as_the_head_and_no_formula() {
        let said = Said { learned: "=HYPERLINK(\"http://e.org\")".to_owned(), ..Said::default() };
        let figures = Figures { said: vec![said], ..Figures::default() };
        let round = a_round("=cmd");
        let files = of_round(&round, &figures).unwrap();
        let text = String::from_utf8(files[0].bytes.clone()).unwrap();
        assert!(text.contains("'=HYPERLINK") && !text.contains(",=") && !text.contains("\n="));
        let mut read = csv::ReaderBuilder::new().from_reader(&files[0].bytes[..]);
        assert!(read.records().all(|row| row.unwrap().len() == 7));
        let files = of_programme("=cmd", &[(round, figures)]).unwrap();
        assert!(String::from_utf8(files[0].bytes.clone()).unwrap().contains("'=cmd"));
    }
}

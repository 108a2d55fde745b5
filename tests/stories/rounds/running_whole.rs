//! A whole running phase, with people as they are and Kith restarted between any two steps: nothing is lost, and
//! nothing comes twice.

use super::running::{MENTEE, MENTOR, runs};
use crate::kit::Town;

#[tokio::test]
async fn eight_weeks_with_a_restart_every_three_days() {
    let mut town = Town::open().await;
    {
        let olga = town.organizer("Olga").await;
        let people = [
            ("Max", MENTOR, "Rust"),
            ("Mia", MENTOR, "Talks"),
            ("Ana", MENTEE, "Rust"),
            ("Bo", MENTEE, "Rust"),
            ("Cy", MENTEE, "Talks"),
            ("Dee", MENTEE, "Talks"),
        ];
        runs(&town, &olga, "one mentor with up to 2 mentees", &people).await;
        let (bo, cy) = (town.person("Bo").await, town.person("Cy").await);
        bo.runs("/mentorship skip").await;
        cy.runs("/mentorship pause until: in 20 days").await;
    }
    for day in 0..20 {
        town.passes("71h").await;
        town.restart().await;
        town.passes("1h").await;
        if day == 6 {
            let dee = town.person("Dee").await;
            let asked = dee.runs("/mentorship leave").await.message();
            dee.presses(&asked, "Leave").await;
        }
        for name in ["Max", "Mia", "Ana", "Bo", "Cy", "Dee"] {
            let person = town.person(name).await;
            for asked in person.letters_with("did you meet").await {
                let said = person.presses(&asked, "Yes").await;
                assert!(said.text().contains("Noted: you met."), "{name}: {}", said.text());
            }
        }
    }
    // Sixty days: four meetings were asked about.
    let noted = |count: usize, name: &'static str| {
        let town = &town;
        async move {
            let person = town.person(name).await;
            let said = person.letters_with("Noted: you met").await.len();
            let all: Vec<String> = person.letters().await.iter().map(|it| it.first().to_owned()).collect();
            assert_eq!(said, count, "{name}: {all:?}");
        }
    };
    noted(4, "Max").await;
    noted(4, "Mia").await;
    noted(4, "Ana").await;
    noted(3, "Bo").await;
    noted(3, "Cy").await;
    noted(1, "Dee").await;
    for name in ["Max", "Mia", "Ana", "Bo", "Cy"] {
        town.person(name).await.letter("half-way").await;
    }
    assert!(town.person("Dee").await.letters_with("half-way").await.is_empty());
    town.person("Cy").await.letter("your break is over").await;
    let olga = town.person("Olga").await;
    olga.letter("**Dee** has left the round").await;
    let max = town.person("Max").await;
    let room = max.thread().await;
    let said: Vec<String> = max.reads(&room).await.iter().map(|it| it.first().to_owned()).collect();
    let reminders = said.iter().filter(|it| it.contains("no time is agreed on")).count();
    assert_eq!(reminders, 4, "{said:?}");
    // The report reads the same.
    let report = olga.runs("/organize report").await;
    assert!(report.text().contains("Spring"), "{}", report.text());
    town.close().await;
}

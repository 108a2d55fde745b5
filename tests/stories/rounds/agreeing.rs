//! A group agrees on a time to meet, also where no half-day suits all of it.

use super::running::{MENTEE, MENTOR, PEER};
use crate::kit::{Message, Person, Town};

const SPONSOR: &str = "Sign up as sponsor";

/// A round of such a shape runs; each of its people comes with their half-days.
async fn runs<'a>(
    town: &'a Town,
    olga: &Person<'a>,
    shape: &str,
    people: &[(&str, &str, &[&str])],
) -> Vec<Person<'a>> {
    let board = olga.opens_round("Spring", shape).await;
    let mut all = Vec::new();
    for (name, how, days) in people {
        let person = town.member(name).await;
        person.signs_up(&board, how, &["Rust"], days).await;
        all.push(person);
    }
    town.passes("8d").await;
    olga.publishes().await;
    all
}

async fn now(town: &Town) -> jiff::Timestamp {
    town.get("/clock").await["now"].as_str().unwrap().parse().unwrap()
}

impl Person<'_> {
    /// Suggests a time by the button; sees what comes of it.
    async fn suggests(&self, message: &Message, time: &str) -> crate::kit::Answer {
        let form = self.presses(message, "Suggest a time").await;
        self.fills(&form, &[("When", time)]).await
    }
}

#[tokio::test]
async fn a_group_without_a_common_half_day_agrees_on_a_time_that_somebody_writes() {
    let town = Town::open().await;
    let olga = town.organizer("Olga").await;
    let days: [(&str, &str, &[&str]); 2] =
        [("Ana", PEER, &["Monday morning"]), ("Bo", PEER, &["Tuesday evening"])];
    let people = runs(&town, &olga, "pairs", &days).await;
    let [ana, bo] = &people[..] else { unreachable!() };
    let room = ana.thread().await;
    let intro = ana.reads(&room).await.remove(0);
    assert!(intro.text().contains("no half-day that all of you named"), "{}", intro.text());
    // What can't be is refused, with what would be right, and mended.
    let unread = ana.suggests(&intro, "whenever").await;
    assert!(unread.text().contains("whenever"), "{}", unread.text());
    let again = ana.presses(&unread.message(), "Try again").await;
    again.holds(&[("When", "whenever")]);
    let past = ana.fills(&again, &[("When", "1 march 2020")]).await;
    assert!(past.text().contains("which has passed"), "{}", past.text());
    let late = ana.suggests(&intro, "in 20 weeks").await;
    assert!(late.text().contains("**Spring** ends"), "{}", late.text());
    assert_eq!(ana.reads(&room).await.len(), 1, "nobody was told yet");
    let said = ana.suggests(&intro, "sunday at 6pm").await;
    assert!(said.text().contains("I told your group"), "{}", said.text());
    town.passes("2s").await;
    let suggested = bo.reads(&room).await.pop().unwrap();
    assert!(suggested.first().contains("suggests meeting"), "{}", suggested.first());
    assert!(suggested.buttons().contains(&"Make it an event".to_owned()));
    // Another time, of which two would do.
    let which = bo.suggests(&intro, "next friday at 6pm").await.message();
    let first = which.buttons()[0].clone();
    let said = bo.presses(&which, &first).await;
    assert!(said.text().contains("I told your group"), "{}", said.text());
    town.passes("2s").await;
    let at = ana.reads(&room).await.pop().unwrap().times()[0];
    let before = at - jiff::SignedDuration::from_hours(23);
    town.passes(&format!("{}s", before.duration_since(now(&town).await).as_secs())).await;
    assert!(ana.last_in(&room).await.contains("you meet"), "{}", ana.last_in(&room).await);
    town.close().await;
}

#[tokio::test]
async fn who_is_reminded_that_no_time_is_agreed_on_can_suggest_one_there() {
    let town = Town::open().await;
    let olga = town.organizer("Olga").await;
    let days: [(&str, &str, &[&str]); 2] =
        [("Ana", PEER, &["Monday morning"]), ("Bo", PEER, &["Tuesday evening"])];
    let people = runs(&town, &olga, "pairs", &days).await;
    let [ana, bo] = &people[..] else { unreachable!() };
    let room = ana.thread().await;
    town.passes("12d").await;
    let reminded = ana.reads(&room).await.pop().unwrap();
    assert!(reminded.first().contains("no time is agreed on"), "{}", reminded.first());
    bo.suggests(&reminded, "tomorrow at 6pm").await;
    town.passes("2s").await;
    assert!(ana.last_in(&room).await.contains("suggests meeting"));
    town.close().await;
}

#[tokio::test]
async fn where_only_the_sponsor_shares_no_time_the_others_times_are_offered() {
    let town = Town::open().await;
    let olga = town.organizer("Olga").await;
    let days: [(&str, &str, &[&str]); 3] = [
        ("Max", MENTOR, &["Monday morning", "Friday morning"]),
        ("Ana", MENTEE, &["Monday morning", "Friday morning"]),
        ("Sam", SPONSOR, &["Sunday evening"]),
    ];
    let people = runs(&town, &olga, "one mentor with up to 3 mentees", &days).await;
    let [max, ana, sam] = &people[..] else { unreachable!() };
    let room = ana.thread().await;
    let intro = ana.reads(&room).await.remove(0);
    assert!(!intro.lines().is_empty(), "{}", intro.text());
    let named = format!("<@{}> named no such time", sam.id);
    assert!(intro.text().contains(&named), "{}", intro.text());
    // Who is what also stands in the message that each gets.
    let told = ana.letter("your group is ready").await;
    assert!(told.text().contains("**Max** (mentor), **Sam** (sponsor)"), "{}", told.text());
    let told = max.letter("your group is ready").await;
    assert!(told.text().contains("**Ana**, **Sam** (sponsor)"), "{}", told.text());
    town.passes("12d").await;
    let reminded = ana.reads(&room).await.pop().unwrap();
    assert!(reminded.text().contains(&named), "{}", reminded.text());
    town.close().await;
}

#[tokio::test]
async fn times_after_the_planned_day_are_offered_only_where_there_are_no_others_and_without_it() {
    let town = Town::open().await;
    let olga = town.organizer("Olga").await;
    let daily: &[&str] = &["Monday morning", "Wednesday morning", "Friday morning", "Sunday morning"];
    let days: [(&str, &str, &[&str]); 2] = [("Ana", PEER, daily), ("Bo", PEER, daily)];
    let people = runs(&town, &olga, "pairs", &days).await;
    let room = people[0].thread().await;
    town.passes("12d").await;
    let reminded = people[0].reads(&room).await.pop().unwrap();
    let times = reminded.times();
    assert!(reminded.first().contains("you are to meet by"), "{}", reminded.first());
    assert!(times.len() > 1 && times[1..].iter().all(|at| *at < times[0]), "{}", reminded.text());
    town.close().await;

    let town = Town::open().await;
    let olga = town.organizer("Olga").await;
    // Groups are made on a Wednesday morning, so two weeks later each evening is too late.
    let days: [(&str, &str, &[&str]); 2] =
        [("Ana", PEER, &["Thursday evening"]), ("Bo", PEER, &["Thursday evening"])];
    let people = runs(&town, &olga, "pairs", &days).await;
    let room = people[0].thread().await;
    town.passes("12d").await;
    let reminded = people[0].reads(&room).await.pop().unwrap();
    assert!(!reminded.first().contains("to meet by"), "{}", reminded.first());
    assert!(reminded.first().contains("no time is agreed on"), "{}", reminded.first());
    assert!(!reminded.lines().is_empty());
    town.close().await;
}

#[tokio::test]
async fn who_skips_before_a_time_is_agreed_on_skips_the_next_meeting_and_no_minute_is_named() {
    let town = Town::open().await;
    let olga = town.organizer("Olga").await;
    let mornings: &[&str] = &["Monday morning", "Friday morning"];
    let days: [(&str, &str, &[&str]); 2] = [("Ana", PEER, mornings), ("Bo", PEER, mornings)];
    let people = runs(&town, &olga, "pairs", &days).await;
    let [ana, bo] = &people[..] else { unreachable!() };
    let room = ana.thread().await;
    let skipped = ana.runs("/mentorship skip").await;
    assert!(skipped.text().contains("the next meeting, which is to be by"), "{}", skipped.text());
    assert!(skipped.text().contains(":D>") && !skipped.text().contains(":F>"), "{}", skipped.text());
    town.passes("2s").await;
    let said = bo.last_in(&room).await;
    assert!(said.contains("can't come to the next meeting, which is to be by"), "{said}");
    assert!(said.contains(":D>") && !said.contains(":F>"), "{said}");
    let back = ana.presses(&skipped.message(), "Come after all").await;
    assert!(back.text().contains("you can come after all"), "{}", back.text());
    town.passes("2s").await;
    let said = bo.last_in(&room).await;
    assert!(said.contains("can come to the next meeting") && said.contains(":D>"), "{said}");
    // Once a time is agreed on, that is what is skipped.
    let intro = bo.reads(&room).await.remove(0);
    bo.chooses(&intro, &intro.lines()[0].clone()).await;
    ana.runs("/mentorship skip").await;
    town.passes("2s").await;
    let said = bo.last_in(&room).await;
    assert!(said.contains("can't come to the meeting of") && said.contains(":F>"), "{said}");
    town.close().await;
}

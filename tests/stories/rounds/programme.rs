//! A round is repeated.

use serde_json::json;

use super::running::{PEER, runs};
use crate::kit::{Answer, Message, Person, Town};

impl Person<'_> {
    /// Repeats a round, and sees the programme.
    async fn repeats(&self, round: &str, when: &str) -> Message {
        let asked = self.runs(&format!("/organize programme round: {round} when: {when}")).await.message();
        self.presses(&asked, "Repeat it").await.message()
    }
}

/// The messages in the channel that one signs up by, by their first lines.
async fn boards(town: &Town, person: &Person<'_>) -> Vec<String> {
    town.passes("3s").await;
    let all = person.reads(&town.general).await;
    all.iter().map(|it| it.first().split(':').next().unwrap().to_owned()).collect()
}

fn says(answer: &Answer, what: &str) {
    assert!(answer.text().contains(what), "{}", answer.text());
}

#[tokio::test]
async fn a_round_comes_three_times_across_summer_time_and_a_restart() {
    let mut town = Town::open().await;
    let id = town.organizer("Olga").await.id;
    {
        let olga = town.with_id(&id);
        olga.opens_round("Spring", "pairs").await;
        let asked = olga.runs("/organize programme round: Spring when: 0 9 1 * *").await.message();
        insta::assert_snapshot!("asked", asked.seen().replace(&town.general, "general"));
        let times: Vec<String> = asked.times().iter().map(ToString::to_string).collect();
        assert_eq!(times, ["2033-04-01T08:00:00Z", "2033-05-01T08:00:00Z", "2033-06-01T08:00:00Z"]);
        let kept = olga.presses(&asked, "Repeat it").await.message();
        insta::assert_snapshot!("kept", kept.seen().replace(&town.general, "general"));
        assert_eq!(boards(&town, &olga).await, ["**Spring**"]);
        town.post("/clock", json!({"set": "2033-04-01T07:59:00Z"})).await;
        assert_eq!(boards(&town, &olga).await.len(), 1);
        town.passes("1m").await;
        assert_eq!(boards(&town, &olga).await.last().unwrap(), "**Spring 2**");
        let told = olga.latest().await;
        assert!(told.first().starts_with("**Spring 2**: sign-up is open"), "{}", told.first());
    }
    town.restart().await;
    {
        let olga = town.with_id(&id);
        town.post("/clock", json!({"set": "2033-05-01T08:00:00Z"})).await;
        assert_eq!(boards(&town, &olga).await.last().unwrap(), "**Spring 3**");
    }
    // Three months without Kith: what was missed opens once.
    town.stop().await;
    town.post("/clock", json!({"set": "2033-08-15T12:00:00Z"})).await;
    town.start().await;
    let olga = town.with_id(&id);
    let seen = boards(&town, &olga).await;
    assert_eq!(seen.len(), 4, "{seen:?}");
    assert_eq!(seen.last().unwrap(), "**Spring 4**");
    let shown = olga.runs("/organize programme programme: Spring").await.message();
    assert_eq!(shown.times().first().map(ToString::to_string).as_deref(), Some("2033-09-01T08:00:00Z"));
    town.close().await;
}

#[tokio::test]
async fn a_programme_is_paused_resumed_changed_and_ended() {
    let town = Town::open().await;
    let olga = town.organizer("Olga").await;
    olga.opens_round("Spring", "pairs").await;
    for (when, why) in [
        ("each spring", "can't read"),
        ("* * * * *", "more than once a day"),
        ("0 0 30 2 *", "never comes"),
        ("0 9 1 13 *", "can't read"),
        ("**bold** <@1> @everyone x y", "can't read"),
    ] {
        let refused = olga.runs(&format!("/organize programme round: Spring when: {when}")).await;
        says(&refused, why);
        says(&refused, "Nothing was changed.");
    }
    says(&olga.runs("/organize programme").await, "Nothing is repeated here yet");
    says(&olga.runs("/organize programme round: Spring").await, "Name both");
    says(&olga.runs("/organize programme round: Autumn when: 0 9 1 * *").await, "no such round here");
    let shown = olga.repeats("Spring", "0 9 1 * *").await;
    let stranger = town.member("Ana").await;
    says(&stranger.runs("/organize programme").await, "Rounds are run by");

    let paused = olga.presses(&shown, "Pause").await.message();
    assert!(paused.first().contains("is paused"), "{}", paused.first());
    town.post("/clock", json!({"set": "2033-04-10T12:00:00Z"})).await;
    assert_eq!(boards(&town, &olga).await.len(), 1);
    let resumed = olga.presses(&paused, "Resume").await.message();
    let form = olga.presses(&resumed, "Change").await;
    let wrong = olga.fills(&form, &[("When", "0 12 15 * *"), ("Days that sign-up is open", "0")]).await;
    says(&wrong, "as days: 1 to 90");
    // What was typed is still there.
    let form = olga.presses(&wrong.message(), "Try again").await;
    let changed = olga.fills(&form, &[("Days that sign-up is open", "5")]).await.message();
    assert_eq!(changed.times().first().map(ToString::to_string).as_deref(), Some("2033-04-15T11:00:00Z"));
    town.post("/clock", json!({"set": "2033-04-15T11:00:00Z"})).await;
    assert_eq!(boards(&town, &olga).await.last().unwrap(), "**Spring 2**");

    let ask = olga.presses(&changed, "End it").await.message();
    let ended = olga.presses(&ask, "End it").await.message();
    assert!(ended.first().contains("has ended"), "{}", ended.first());
    town.passes("90d").await;
    assert_eq!(boards(&town, &olga).await.len(), 2);
    says(&olga.runs("/organize report programme: Spring").await, "No round of **Spring** has begun yet");
    town.close().await;
}

#[tokio::test]
async fn an_expression_that_is_not_taken_is_mended_and_then_kept() {
    let town = Town::open().await;
    let olga = town.organizer("Olga").await;
    olga.opens_round("Spring", "pairs").await;
    let refused = olga.runs("/organize programme round: Spring when: 0 9 1 3;9 *").await.message();
    let form = olga.presses(&refused, "Try again").await;
    let again = olga.fills(&form, &[("When", "* * * * *")]).await.message();
    assert!(again.first().contains("more than once a day"), "{}", again.first());
    let form = olga.presses(&again, "Try again").await;
    let asked =
        olga.fills(&form, &[("When", "0 9 1 3,9 *"), ("Days that sign-up is open", "30")]).await.message();
    assert!(asked.seen().contains("for 30 days"), "{}", asked.seen());
    // Not so, after all.
    let form = olga.presses(&asked, "Change").await;
    let asked = olga.fills(&form, &[("When", "0 9 1 4 *")]).await.message();
    let kept = olga.presses(&asked, "Repeat it").await.message();
    assert_eq!(kept.times().first().map(ToString::to_string).as_deref(), Some("2033-04-01T08:00:00Z"));
    town.post("/clock", json!({"set": "2033-04-01T08:00:00Z"})).await;
    assert_eq!(boards(&town, &olga).await.last().unwrap(), "**Spring 2**");
    town.close().await;
}

#[tokio::test]
async fn where_kith_may_not_write_any_more_the_organizer_is_told() {
    let town = Town::open().await;
    let olga = town.organizer("Olga").await;
    olga.opens_round("Spring", "pairs").await;
    olga.repeats("Spring", "0 9 1 * *").await;
    let kith = town.get("/world").await["bot"]["id"].clone();
    let path = format!("/channels/{}/permissions", town.general);
    let send_messages = 1_u64 << 11;
    town.post(&path, json!({"of": kith, "deny": send_messages.to_string()})).await;
    town.post("/clock", json!({"set": "2033-04-01T08:00:10Z"})).await;
    town.passes("5s").await;
    let told: Vec<String> = olga.letters().await.iter().map(|it| it.first().to_owned()).collect();
    assert!(told.iter().any(|it| it.contains("**Spring 2**: people can't sign up")), "{told:?}");
    town.post(&path, json!({"of": kith, "allow": send_messages.to_string()})).await;
    let all = olga.letters().await;
    let lost = all.iter().find(|it| it.first().contains("**Spring 2**: people can't")).unwrap();
    olga.presses(lost, "Put it up again").await;
    assert_eq!(boards(&town, &olga).await, ["**Spring**", "**Spring 2**"]);
    town.close().await;
}

#[tokio::test]
async fn all_rounds_of_a_programme_are_looked_back_on_together() {
    let town = Town::open().await;
    let olga = town.organizer("Olga").await;
    runs(&town, &olga, "pairs", &[("Ana", PEER, "Rust"), ("Bo", PEER, "Rust")]).await;
    olga.repeats("Spring", "0 9 1 * *").await;
    let report = olga.runs("/organize report programme: Spring").await;
    says(&report, "**Spring**: one round so far");
    says(&report, "2 people");
    let files = report.message().json["attachments"].as_array().unwrap().clone();
    let names: Vec<&str> = files.iter().map(|file| file["filename"].as_str().unwrap()).collect();
    assert_eq!(names, ["report.png", "spring-report.csv", "spring-report.json"]);
    says(&olga.runs("/organize report programme: Autumn").await, "no such programme here");
    town.close().await;
}

#[tokio::test]
async fn a_programme_comes_by_the_servers_clock_where_it_has_one() {
    let town = Town::open().await;
    let olga = town.organizer("Olga").await;
    olga.opens_round("Spring", "pairs").await;
    let wrong = olga.runs("/setup timezone: Atlantis").await;
    assert!(wrong.text().contains("Atlantis"), "{}", wrong.text());
    let set = olga.runs("/setup timezone: New York").await;
    assert!(set.text().contains("Programmes come by the clock of America/New_York"), "{}", set.text());
    let asked = olga.runs("/organize programme round: Spring when: 0 9 1 * *").await.message();
    let times: Vec<String> = asked.times().iter().map(ToString::to_string).collect();
    assert_eq!(times[..2], ["2033-03-01T14:00:00Z", "2033-04-01T13:00:00Z"]);
    olga.presses(&asked, "Repeat it").await;
    // The server moves: what is planned moves along.
    olga.runs("/setup timezone: Tokyo").await;
    town.post("/clock", json!({"set": "2033-03-31T23:59:00Z"})).await;
    assert_eq!(boards(&town, &olga).await.len(), 1);
    town.passes("1m").await;
    assert_eq!(boards(&town, &olga).await.last().unwrap(), "**Spring 2**");
    town.close().await;
}

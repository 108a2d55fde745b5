//! Ana has her nudges come in a private thread of the server instead of by DM.

use serde_json::{Value, json};

use crate::kit::{Message, Person, Town};

const HERE: &str = "/settings where: a private thread here";
const VIEW_CHANNEL: u64 = 1 << 10;
const SEND_MESSAGES_IN_THREADS: u64 = 1 << 38;
const CREATE_PRIVATE_THREADS: u64 = 1 << 36;
const MANAGE_THREADS: u64 = 1 << 34;

impl Town {
    /// What Kith may not do in `#general`.
    async fn denies_kith(&self, deny: u64) {
        let kith = self.get("/world").await["bot"]["id"].clone();
        let body = json!({"of": kith, "deny": deny.to_string()});
        self.post(&format!("/channels/{}/permissions", self.general), body).await;
    }

    /// Somebody who may manage threads.
    async fn moderator(&self, name: &str) -> Person<'_> {
        let role = json!({"name": "Moderators", "permissions": MANAGE_THREADS.to_string()});
        let role = self.post(&format!("/guilds/{}/roles", self.guild), role).await;
        let person = self.stranger(name).await;
        let path = format!("/guilds/{}/members/{}/roles", self.guild, person.id);
        self.post(&path, json!({"add": [role["id"]]})).await;
        person
    }

    /// Kith may manage threads, as its invite asks for.
    async fn trusts_kith(&self) {
        let kith = self.get("/world").await["bot"]["id"].clone();
        let body = json!({"of": kith, "allow": MANAGE_THREADS.to_string()});
        self.post(&format!("/channels/{}/permissions", self.general), body).await;
    }
}

fn id(thread: &Value) -> String {
    thread["id"].as_str().unwrap().to_owned()
}

fn firsts(messages: &[Message]) -> Vec<&str> {
    messages.iter().map(Message::first).collect()
}

/// The one thread that somebody sees.
async fn only_thread(person: &Person<'_>) -> String {
    let threads = person.threads().await;
    assert_eq!(threads.len(), 1, "{threads:?}");
    id(&threads[0])
}

/// docs/nudges.md: thread, thread-private
#[tokio::test]
async fn nudges_come_into_the_thread_with_buttons_that_work_and_nobody_else_sees_them() {
    let town = Town::open().await;
    town.trusts_kith().await;
    let ana = town.member("Ana").await;
    let (ben, mo) = (town.stranger("Ben").await, town.moderator("Mo").await);
    ana.runs("/connection add name: Grace every: 1 week").await;
    let chosen = ana.runs(HERE).await;
    assert!(chosen.message().is_private());

    let threads = ana.threads().await;
    assert_eq!(threads.len(), 1);
    let thread = id(&threads[0]);
    let kith = town.get("/world").await["bot"]["id"].clone();
    assert_eq!((&threads[0]["name"], &threads[0]["private"]), (&json!("Nudges for Ana"), &json!(true)));
    assert_eq!(threads[0]["parent"], json!(town.general));
    let mut members = threads[0]["members"].as_array().unwrap().clone();
    members.retain(|member| *member != kith);
    assert_eq!(members, [json!(ana.id)]);
    let shown = chosen.message().seen().replace(&thread, "the thread");
    insta::assert_snapshot!("thread_chosen", shown);
    town.passes("1m").await;
    insta::assert_snapshot!("thread_greeting", ana.reads(&thread).await[0].seen());

    town.passes("7d").await;
    let came = ana.reads(&thread).await;
    assert_eq!(firsts(&came), ["Ana, your nudges come here from now on.", "**Grace**: time to be in touch"]);
    assert!(ana.letters().await.is_empty());
    assert!(ben.threads().await.is_empty());
    assert_eq!(only_thread(&mo).await, thread, "a moderator sees it, as was said");
    let not_hers = mo.presses(&came[1], "Done").await;
    assert!(not_hers.message().is_private());
    assert_eq!(ana.reads(&thread).await[1].buttons(), came[1].buttons(), "nothing was changed");

    let form = ana.presses(&came[1], "Done").await;
    let done = ana.fills(&form, &[]).await;
    assert!(done.text().contains("Grace"), "{}", done.text());
    assert_ne!(ana.reads(&thread).await[1].buttons(), came[1].buttons());
    town.passes("7d").await;
    assert_eq!(ana.reads(&thread).await.len(), 3);
    town.close().await;
}

#[tokio::test]
async fn back_to_direct_messages_and_into_the_same_thread_again() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    assert!(ana.runs("/settings where: direct messages").await.text().contains("by direct message"));
    ana.runs(HERE).await;
    let thread = only_thread(&ana).await;
    // Asked again it is the same one, from within it too, and it says hello once.
    ana.runs(HERE).await;
    ana.runs_in(&thread, HERE).await;
    ana.runs("/nudge me about: the talk when: in 1 hour").await;
    town.passes("2h").await;
    assert_eq!(only_thread(&ana).await, thread);
    assert_eq!(
        firsts(&ana.reads(&thread).await),
        ["Ana, your nudges come here from now on.", "the talk: your reminder"]
    );
    let settings = ana.runs("/settings").await;
    assert!(settings.text().contains(&format!("Where: <#{thread}>")), "{}", settings.text());

    let back = ana.runs("/settings where: direct messages delivery_hour: 8").await;
    assert!(back.text().contains("at 08:00") && back.text().contains("stays as it is"), "{}", back.text());
    ana.runs("/nudge me about: the book when: in 1 hour").await;
    town.passes("2h").await;
    assert_eq!(firsts(&ana.letters().await), ["the book: your reminder"]);
    assert_eq!(ana.reads(&thread).await.len(), 2);

    // She left it meanwhile, and is in it again once she wants it.
    town.post(&format!("/threads/{thread}/members"), json!({"as": ana.id, "remove": [ana.id]})).await;
    assert!(ana.threads().await.is_empty());
    ana.runs(HERE).await;
    assert_eq!(only_thread(&ana).await, thread);
    town.close().await;
}

#[tokio::test]
async fn an_archived_thread_is_woken_by_the_next_nudge() {
    let mut town = Town::open().await;
    let ana = town.member("Ana").await;
    let ana_id = ana.id.clone();
    ana.runs(HERE).await;
    let thread = only_thread(&ana).await;
    ana.runs("/nudge me about: the talk when: in 3 weeks").await;
    town.passes("8d").await;
    let ana = town.with_id(&ana_id);
    assert_eq!(ana.threads().await[0]["archived"], true);
    town.restart().await;
    town.passes("14d").await;
    let ana = town.with_id(&ana_id);
    assert_eq!(ana.threads().await[0]["archived"], false);
    let came = ana.reads(&thread).await;
    assert_eq!(firsts(&came)[1..], ["the talk: your reminder"]);
    // Weeks later its buttons wake it, too.
    town.passes("9d").await;
    assert_eq!(ana.threads().await[0]["archived"], true);
    assert!(!ana.presses(&came[1], "Done").await.json()["messages"].is_null());
    assert_eq!(ana.threads().await[0]["archived"], false);
    town.close().await;
}

/// docs/nudges.md: closed, try-again
#[tokio::test]
async fn a_deleted_thread_is_told_of_and_what_waited_comes_into_a_new_one_once() {
    let mut town = Town::open().await;
    let mo = town.moderator("Mo").await;
    let ana = town.member("Ana").await;
    let ana_id = ana.id.clone();
    ana.runs(HERE).await;
    let thread = only_thread(&ana).await;
    ana.runs("/nudge me about: the talk when: in 1 day").await;
    ana.runs("/nudge me about: the book when: in 2 days").await;
    town.post(&format!("/channels/{thread}/delete"), json!({"as": mo.id})).await;
    town.passes("3d").await;
    assert!(ana.letters().await.is_empty());

    let told = ana.runs("/help").await;
    insta::assert_snapshot!("closed_thread_told", told.message().seen());
    let list = ana.runs("/nudge list").await;
    assert!(list.text().contains("2 waiting for you"), "{}", list.text());
    let trying = ana.presses(&told.message(), "Try again").await;
    assert!(
        trying.text().contains("I still can't write in your private thread, so 2 nudges"),
        "{}",
        trying.text()
    );
    let told = ana.runs("/help").await;
    assert!(told.text().contains("so 2 nudges wait here"), "{}", told.text());

    let chosen = ana.presses(&told.message(), "New private thread").await;
    let text = chosen.text();
    assert!(text.contains("from now on") && !text.contains("wait here"), "{text}");
    assert!(!chosen.message().buttons().contains(&"Try again".to_owned()));
    town.passes("1m").await;
    let new = only_thread(&ana).await;
    assert_ne!(new, thread);
    let hello = "Ana, your nudges come here from now on.";
    let all = [hello, "**2 nudges today**: the talk, the book"];
    assert_eq!(firsts(&ana.reads(&new).await), all);
    town.restart().await;
    town.passes("1h").await;
    let ana = town.with_id(&ana_id);
    assert_eq!(firsts(&ana.reads(&new).await), all);
    assert!(!ana.runs("/help").await.text().contains("wait here"));
    town.close().await;
}

/// docs/nudges.md: closed, try-again
#[tokio::test]
async fn whoever_left_their_thread_is_told_and_comes_back_to_what_waited() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    ana.runs(HERE).await;
    town.passes("1m").await;
    let thread = only_thread(&ana).await;
    ana.runs("/nudge me about: the talk when: in 1 day").await;
    ana.runs("/nudge me about: the book when: in 2 days").await;
    town.post(&format!("/threads/{thread}/members"), json!({"as": ana.id, "remove": [ana.id]})).await;
    town.passes("3d").await;
    assert!(ana.threads().await.is_empty() && ana.letters().await.is_empty());
    let told = ana.runs("/nudge list").await;
    let left = "You left your private thread, so 2 nudges wait here.";
    assert!(told.text().contains(left), "{}", told.text());
    let why = ana.runs("/nudge why").await;
    assert!(why.text().contains("You left your private thread, so 2 nudges wait."), "{}", why.text());
    let still = ana.presses(&told.message(), "Try again").await;
    assert!(still.text().contains(left), "{}", still.text());
    let back = ana.presses(&still.message(), "Use a private thread").await;
    assert!(back.text().contains("from now on") && !back.text().contains("You left"), "{}", back.text());
    town.passes("1m").await;
    assert_eq!(only_thread(&ana).await, thread);
    let all = ["Ana, your nudges come here from now on.", "**2 nudges today**: the talk, the book"];
    assert_eq!(firsts(&ana.reads(&thread).await), all);
    town.close().await;
}

#[tokio::test]
async fn a_lost_permission_holds_nudges_until_it_is_mended_or_dms_are_chosen() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    ana.runs(HERE).await;
    town.passes("1m").await;
    let thread = only_thread(&ana).await;
    ana.runs("/nudge me about: the talk when: in 1 day").await;
    town.denies_kith(SEND_MESSAGES_IN_THREADS).await;
    town.passes("2d").await;
    let told = ana.runs("/help").await;
    assert!(told.text().contains("so one nudge waits here"), "{}", told.text());
    town.denies_kith(0).await;
    ana.presses(&told.message(), "Try again").await;
    town.passes("1m").await;
    assert_eq!(firsts(&ana.reads(&thread).await)[1..], ["the talk: your reminder"]);

    ana.runs("/nudge me about: the book when: in 1 day").await;
    town.denies_kith(VIEW_CHANNEL).await;
    town.passes("2d").await;
    let told = ana.runs_in_dm("/help").await;
    assert!(!told.message().buttons().contains(&"New private thread".to_owned()), "not from a DM");
    let back = ana.presses(&told.message(), "Direct messages").await;
    assert!(back.text().contains("by direct message from now on"), "{}", back.text());
    town.passes("1m").await;
    assert_eq!(firsts(&ana.letters().await), ["the book: your reminder"]);
    town.denies_kith(0).await;
    assert_eq!(ana.reads(&thread).await.len(), 2);
    town.close().await;
}

#[tokio::test]
async fn what_is_missing_for_a_thread_is_said_by_name_and_nothing_is_changed() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    let mut told = Vec::new();
    told.push(ana.runs_in_dm(HERE).await.message().seen());
    town.denies_kith(CREATE_PRIVATE_THREADS | SEND_MESSAGES_IN_THREADS).await;
    told.push(ana.runs(HERE).await.message().seen());
    insta::assert_snapshot!("no_thread_told", told.join("\n\n"));
    // What else was typed is not taken either.
    let refused = ana.runs("/settings where: a private thread here delivery_hour: 7").await;
    assert!(refused.text().contains("**Create Private Threads**"), "{}", refused.text());
    assert!(ana.runs("/settings").await.text().contains("at 09:00"));
    town.denies_kith(0).await;
    let refused = ana.runs("/settings where: a private thread here delivery_hour: teatime").await;
    assert!(refused.text().contains("teatime"), "{}", refused.text());
    assert!(ana.threads().await.is_empty());
    ana.runs("/nudge me about: the talk when: in 1 day").await;
    town.passes("2d").await;
    assert_eq!(ana.letters().await.len(), 1);
    town.close().await;
}

/// docs/nudges.md: try-again
#[tokio::test]
async fn from_closed_dms_into_a_thread_where_what_waited_comes_once() {
    let mut town = Town::open().await;
    let ana = town.member("Ana").await;
    let ana_id = ana.id.clone();
    town.post(&format!("/users/{ana_id}/dms"), json!({"open": false})).await;
    ana.runs("/nudge me about: the talk when: in 1 day").await;
    ana.runs("/nudge me about: the book when: in 2 days").await;
    town.passes("3d").await;
    let told = ana.runs("/help").await;
    assert!(told.text().contains("so 2 nudges wait here"), "{}", told.text());
    let chosen = ana.presses(&told.message(), "Use a private thread").await;
    let text = chosen.text();
    assert!(text.contains("from now on") && !text.contains("wait here"), "{text}");
    town.passes("1m").await;
    let thread = only_thread(&ana).await;
    let hello = "Ana, your nudges come here from now on.";
    let all = [hello, "**2 nudges today**: the talk, the book"];
    assert_eq!(firsts(&ana.reads(&thread).await), all);
    let told = ana.runs("/help").await;
    assert!(!told.text().contains("closed"), "{}", told.text());

    // Nor do they come by DM once these are open.
    town.post(&format!("/users/{ana_id}/dms"), json!({"open": true})).await;
    town.restart().await;
    town.passes("1h").await;
    let ana = town.with_id(&ana_id);
    assert_eq!(firsts(&ana.reads(&thread).await), all);
    assert!(ana.letters().await.is_empty());
    town.close().await;
}

#[tokio::test]
async fn what_an_attempt_before_left_is_taken_and_not_doubled() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    let ben = town.member("Ben").await;
    // Kith crashed after it had started a thread and added her; another Ana has one that is called so, too.
    let path = format!("/channels/{}/threads", town.general);
    let wish = json!({"name": "Nudges for Ana", "type": 12});
    let others = id(&town.as_kith("POST", &path, wish.clone()).await);
    town.as_kith("PUT", &format!("/channels/{others}/thread-members/{}", ben.id), Value::Null).await;
    let left = id(&town.as_kith("POST", &path, wish).await);
    town.as_kith("PUT", &format!("/channels/{left}/thread-members/{}", ana.id), Value::Null).await;
    ana.runs(HERE).await;
    town.passes("1m").await;
    assert_eq!(only_thread(&ana).await, left);
    assert_eq!(firsts(&ana.reads(&left).await), ["Ana, your nudges come here from now on."]);
    assert_eq!(only_thread(&ben).await, others);
    assert!(ben.reads(&others).await.is_empty());
    town.close().await;
}

#[tokio::test]
async fn a_server_that_is_full_of_threads_says_so() {
    let town = Town::open().await;
    let (ana, ben) = (town.member("Ana").await, town.stranger("Ben").await);
    let path = format!("/channels/{}/threads", town.general);
    for _ in 0..1_000 {
        town.post(&path, json!({"as": ben.id, "name": "Chat"})).await;
    }
    let refused = ana.runs(HERE).await;
    assert!(refused.text().contains("as many open threads as Discord allows"), "{}", refused.text());
    assert!(ana.runs("/settings").await.text().contains("Where: direct messages"));
    town.close().await;
}

#[tokio::test]
async fn the_same_over_tls_and_through_the_limiter_as_with_discord_itself() {
    let (town, _wire) = Town::open_as_discord().await;
    town.trusts_kith().await;
    let ana = town.member("Ana").await;
    ana.runs("/nudge me about: the talk when: in 1 hour").await;
    ana.runs(HERE).await;
    ana.runs(HERE).await;
    town.passes("2h").await;
    let thread = only_thread(&ana).await;
    assert_eq!(firsts(&ana.reads(&thread).await)[1..], ["the talk: your reminder"]);
    town.close().await;
}

#[tokio::test]
async fn kith_leaves_the_server_and_what_was_to_come_there_waits_for_another_place() {
    let town = Town::open().await;
    let ana = town.member("Ana").await;
    ana.runs(HERE).await;
    town.passes("1m").await;
    ana.runs("/nudge me about: the talk when: in 1 day").await;
    town.post(&format!("/guilds/{}/leave", town.guild), json!({"bot": true})).await;
    town.passes("2d").await;
    assert!(ana.letters().await.is_empty());
    // Kith still answers her there, for she has it for herself; but it can start nothing there.
    let refused = ana.runs(HERE).await;
    assert!(refused.text().contains("a server that I am in"), "{}", refused.text());
    let told = ana.runs_in_dm("/help").await;
    assert!(told.text().contains("so one nudge waits here"), "{}", told.text());
    ana.presses(&told.message(), "Direct messages").await;
    town.passes("1m").await;
    assert_eq!(firsts(&ana.letters().await), ["the talk: your reminder"]);
    town.close().await;
}

//! Nobody does anything to what is another member's, whatever they send.

use super::*;
use crate::clock::Clock;
use crate::connections::forms::Typed;
use crate::connections::query::{Query, Sort};
use crate::connections::{Touch, acts, press::Then};
use crate::discord::person::Person;
use crate::id::UserId;
use crate::members::serve;
use crate::settings::Settings;
use crate::store::Store;

fn person(id: u64) -> Person {
    let (name, locale) = ("Somebody".to_owned(), "en-GB".to_owned());
    let permissions = serenity::all::Permissions::empty();
    Person { id: UserId(id), name, locale, guild: None, dm: None, permissions, roles: vec![], place: None }
}

fn app() -> App {
    let settings =
        Settings::load_with(&[("discord.token", "any"), ("discord.api_url", "http://127.0.0.1:9")]).unwrap();
    crate::bot::app(&settings, Store::temporary().unwrap(), Clock::system()).unwrap()
}

/// Somebody in Ana's network with a touch, and a draft of each kind: connection, touch, drafts.
async fn anas(app: &App, ana: &Person) -> (Id, Id, Vec<Id>) {
    let mut made = None;
    let made_of = serve(app, ana, |tx, asking| {
        let grace = Typed { name: "Grace".to_owned(), ..Typed::default() };
        acts::add_one(tx, asking, &grace, Id::new(asking.now), None)?;
        let mut grace = store::network(tx, ana.id)?.remove(0);
        let touch = Touch {
            what: crate::connections::What::Asked,
            at: asking.now,
            note: Some("private".to_owned()),
            feedback: false,
            turned: None,
        };
        let touch = store::log(tx, ana.id, &asking.member, &mut grace, &touch, asking.now)?;
        let typed = Typed { name: "Dee".to_owned(), ..Typed::default() };
        let kept = [
            Draft::Add(typed.clone()),
            Draft::Edit(grace.id, typed),
            Draft::Rhythm(grace.id, "oddly".to_owned()),
            Draft::Log(grace.id, TypedTouch::default()),
            Draft::Then(Then::Remove),
            Draft::List(Query::default()),
            Draft::Note(grace.id, "mine".to_owned()),
            Draft::TouchNote(grace.id, touch, "mine".to_owned()),
            Draft::Logged(grace.id, touch),
            Draft::AddThen(Typed::default(), Then::Log(TypedTouch::default())),
        ];
        let kept: Result<Vec<Id>, _> =
            kept.iter().map(|draft| drafts::keep(tx, ana.id, asking.now, draft)).collect();
        made = Some((grace.id, touch, kept?));
        Ok(Show::Reply(Message::new("made")))
    });
    made_of.await.unwrap();
    made.unwrap()
}

#[tokio::test]
async fn what_is_anas_is_nothing_to_ben() {
    let (app, ana, ben) = (app(), person(1), person(2));
    let (id, touch, kept) = anas(&app, &ana).await;
    use ConnectionPress as P;
    let mut presses = vec![
        P::Show(id),
        P::Edit(id),
        P::EditForm(id),
        P::Note(id),
        P::NoteForm(id),
        P::Rhythm(id),
        P::RhythmForm(id),
        P::Log(id),
        P::LogForm(id),
        P::TouchNote(id, touch),
        P::TouchNoteForm(id, touch),
        P::Remove(id),
        P::RemoveYes(id),
        P::Keep(id),
        P::UndoRemove(id),
        P::UndoAdd(id),
        P::UndoLog(id, touch),
        P::Open,
    ];
    for draft in kept {
        presses.extend([
            P::Pick(draft),
            P::Again(draft),
            P::When(draft, 0),
            P::Kept(draft, 0),
            P::Cut(draft),
        ]);
    }
    let state = |owner: UserId| {
        app.store.read(|tx| {
            Ok::<_, crate::store::StoreError>((store::network(tx, owner)?, store::touches(tx, owner, id)?))
        })
    };
    let before = state(ana.id).unwrap();
    for press in presses {
        let fields = [("name", "Bob"), ("every", "1 week"), ("note", "seen"), ("what", "chat")];
        let sent = Pressed::of(ben.clone(), &press, vec![id.to_string()], &fields);
        let answer = super::press(app.clone(), sent).await;
        assert!(matches!(answer, Err(Failure::Told(_))), "{press:?}: {answer:?}");
        assert_eq!(state(ana.id).unwrap(), before, "{press:?}");
        assert!(state(ben.id).unwrap().0.is_empty(), "{press:?}");
    }
    // A form for a draft that is not his is an empty one of his own.
    let list = P::List { sort: Sort::Name, relationship: None, page: 0 };
    let sent = Pressed::of(ben.clone(), &list, vec![], &[]);
    let Ok(Show::Update(message)) = super::press(app.clone(), sent).await else { panic!("no list") };
    assert!(message.content.starts_with("Nobody in your network yet"), "{}", message.content);
}

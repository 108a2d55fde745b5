//! `/settings`: when and where a member wants to hear from Kith; the question for their zone.

use futures_util::FutureExt as _;
use serde::{Deserialize, Serialize};
use serenity::all::{AutocompleteChoice, CreateAutocompleteResponse};

use super::{Asking, Member, Shift, command, drafts, serve, store, views};
use crate::delivery;
use crate::discord::answer::Show;
use crate::discord::app::{App, Context};
use crate::discord::area::Area;
use crate::discord::choice::choices;
use crate::discord::custom_id::Press;
use crate::discord::failure::Failure;
use crate::discord::message::Message;
use crate::discord::registration::personal;
use crate::discord::router::Pressed;
use crate::id::Id;
use crate::store::Tx;
use crate::when::{NotQuietHours, QuietHours, parse_hour, zone};

/// This area.
#[must_use]
pub fn area() -> Area {
    Area {
        commands: vec![personal(settings())],
        presses: Some((MemberPress::AREA, |app, pressed| press(app, pressed).boxed())),
        due: Some(drafts::due),
        follow: None,
    }
}

/// What can be pressed about a member's settings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum MemberPress {
    /// A zone was chosen from the menu under a new member's first answer.
    Zone,
    /// Open the settings' form.
    Edit,
    /// The form was sent.
    Form,
    /// Open the form with what was typed before.
    Again(Id),
    /// DMs were opened: try again.
    TryDms,
}

impl Press for MemberPress {
    const AREA: &'static str = "m";
}

/// What was typed of settings; what is empty stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Typed {
    /// A zone or a city.
    pub zone: String,
    /// A time of day.
    pub hour: String,
    /// Two times of day, or "off".
    pub quiet: String,
}

/// Why settings were not taken.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Refusal {
    /// No zone is called so; the nearest names that there are.
    #[error("no zone is called so")]
    Zone(String, Vec<String>),
    /// That is no time of day.
    #[error("that is no time of day")]
    Hour(String),
    /// These are no quiet hours.
    #[error(transparent)]
    Quiet(#[from] NotQuietHours),
}

impl Typed {
    /// The member with these settings.
    ///
    /// # Errors
    /// See [`Refusal`].
    pub fn read(&self, member: &Member) -> Result<Member, Refusal> {
        let mut new = member.clone();
        if !self.zone.is_empty() {
            let found = zone::find(&self.zone);
            new.zone = found.map_err(|not| Refusal::Zone(self.zone.clone(), not.nearest))?.name;
            new.asked_zone = true;
        }
        if !self.hour.is_empty() {
            new.hour = parse_hour(&self.hour).map_err(|_| Refusal::Hour(self.hour.clone()))?;
        }
        if !self.quiet.is_empty() {
            new.quiet = QuietHours::parse(&self.quiet)?;
        }
        Ok(new)
    }
}

#[poise::command(slash_command)]
async fn settings(
    ctx: Context<'_>,
    #[autocomplete = "zones"] timezone: Option<String>,
    delivery_hour: Option<String>,
    quiet_hours: Option<String>,
) -> Result<(), Failure> {
    let typed = Typed {
        zone: timezone.unwrap_or_default(),
        hour: delivery_hour.unwrap_or_default(),
        quiet: quiet_hours.unwrap_or_default(),
    };
    command(ctx, move |tx, asking| change(tx, asking, &typed)).await
}

#[expect(clippy::unused_async, reason = "poise awaits it")]
async fn zones<'a>(_: Context<'a>, partial: &'a str) -> CreateAutocompleteResponse {
    let zones = zone::search(partial, 25).into_iter();
    choices(zones.map(|zone| AutocompleteChoice::new(zone.clone(), zone)))
}

/// Takes what was typed, or shows the settings where nothing was.
fn change(tx: &mut Tx<'_>, asking: &Asking<'_>, typed: &Typed) -> Result<Show, Failure> {
    if *typed == Typed::default() {
        return Ok(Show::Reply(views::settings(asking.words, &asking.member, asking.now, None)));
    }
    match typed.read(&asking.member) {
        Ok(new) => {
            let shift = Shift { old: asking.member.clone(), new };
            let moved = store::change(tx, asking.app, asking.person.id, &shift)?;
            let view = views::settings(asking.words, &shift.new, asking.now, Some(moved.len()));
            Ok(Show::Reply(view))
        }
        Err(refusal) => {
            let draft = drafts::keep(tx, asking.person.id, asking.now, typed)?;
            Ok(Show::Reply(views::refused(asking.words, &refusal, draft)))
        }
    }
}

async fn press(app: App, pressed: Pressed) -> Result<Show, Failure> {
    let press = pressed.press::<MemberPress>(&app)?;
    serve(&app, &pressed.person, |tx, asking| match press {
        MemberPress::Zone => choose_zone(tx, asking, &pressed),
        MemberPress::Edit => Ok(Show::Modal(views::form(asking.words, &typed_of(&asking.member)))),
        MemberPress::Again(draft) => {
            let typed = drafts::get(tx, asking.person.id, draft)?;
            let typed = typed.unwrap_or_else(|| typed_of(&asking.member));
            Ok(Show::Modal(views::form(asking.words, &typed)))
        }
        MemberPress::Form => {
            let typed = Typed {
                zone: pressed.field("zone").to_owned(),
                hour: pressed.field("hour").to_owned(),
                quiet: pressed.field("quiet").to_owned(),
            };
            Ok(match change(tx, asking, &typed)? {
                Show::Reply(message) => Show::Update(message),
                other => other,
            })
        }
        MemberPress::TryDms => {
            delivery::try_again(tx, asking.person.id)?;
            Ok(Show::Reply(Message::new(asking.words.say("settings-dms-trying"))))
        }
    })
    .await
}

fn typed_of(member: &Member) -> Typed {
    Typed {
        zone: member.zone.clone(),
        hour: crate::when::clock(member.hour),
        quiet: member.quiet.map_or_else(|| "off".to_owned(), |quiet| quiet.to_string()),
    }
}

/// The zone is set; the answer that bore the question stays, with the times in it moved along.
fn choose_zone(tx: &mut Tx<'_>, asking: &Asking<'_>, pressed: &Pressed) -> Result<Show, Failure> {
    let typed = Typed { zone: pressed.value().to_owned(), ..Typed::default() };
    let new = match typed.read(&asking.member) {
        Ok(new) => new,
        Err(_) => return Ok(Show::Modal(views::form(asking.words, &typed_of(&asking.member)))),
    };
    let shift = Shift { old: asking.member.clone(), new };
    let moved = store::change(tx, asking.app, asking.person.id, &shift)?;
    let shown = pressed.message.clone().unwrap_or_default();
    Ok(Show::Update(views::zone_chosen(asking.words, shown, &shift.new, &moved, asking.now)))
}

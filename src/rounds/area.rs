//! What this area offers.

use futures_util::FutureExt as _;

use super::press::RoundPress;
use super::{
    away, board, closing, commands, joining, later, life, open, plan, programme, publish, rehearsal, report,
    running, which,
};
use crate::agenda;
use crate::discord::answer::Show;
use crate::discord::app::App;
use crate::discord::area::Area;
use crate::discord::custom_id::Press as _;
use crate::discord::failure::Failure;
use crate::discord::registration::in_servers;
use crate::discord::router::Pressed;
use crate::members::serve_press;

/// This area.
#[must_use]
pub fn area() -> Area {
    Area {
        commands: vec![
            in_servers(commands::organize()),
            in_servers(commands::mentorship()),
            in_servers(commands::setup()),
        ],
        presses: Some((RoundPress::AREA, |app, pressed| press(app, pressed).boxed())),
        due: Some(due),
        moved: Some(away::moved),
        ..Area::default()
    }
}

async fn press(app: App, pressed: Pressed) -> Result<Show, Failure> {
    match pressed.press::<RoundPress>(&app)? {
        RoundPress::Open(id, press) => open::press(&app, &pressed, id, press).await,
        RoundPress::Join(id, press) => joining::press(&app, &pressed, id, press).await,
        RoundPress::Plan(id, press) => plan::press(&app, &pressed, id, press).await,
        RoundPress::Publish(id, press) => publish::press(&app, &pressed, id, press).await,
        RoundPress::Close(id, press) => closing::press(&app, &pressed, id, press).await,
        RoundPress::Programme(id, press) => programme::press(&app, &pressed, id, press).await,
        RoundPress::Run(id, press) => running::press(&app, &pressed, id, press).await,
        RoundPress::Later(id, press) => later::press(&app, &pressed, id, press).await,
        RoundPress::Report(id) => report::commands::press(&app, &pressed, id).await,
        RoundPress::List(listed, page) => {
            serve_press(&app, &pressed, |tx, asking| {
                which::list(tx, asking, listed, page).map(Show::in_place)
            })
            .await
        }
    }
}

fn due(app: &App) -> Vec<(&'static str, agenda::Handler)> {
    let mut all = vec![
        (life::SIGN_UP_ENDS, life::sign_up_ends(app)),
        (board::BOARD, board::due(app)),
        (board::STANDS, board::stands(app)),
        (board::EDITED, board::edited(app)),
        (later::STEP, later::due(app)),
        (joining::REMIND, joining::remind(app)),
        (rehearsal::REHEARSE, rehearsal::due(app)),
    ];
    all.extend(publish::due(app));
    all.extend(running::due(app));
    all.extend(closing::due(app));
    all.extend(programme::due(app));
    all.into_iter().map(away::held).collect()
}

//! The routes that are served, with their names as Discord documents them.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::response::Response;
use axum::routing::{MethodRouter, any, delete, get, patch, post, put};

use super::{
    Answer, Call, PREFIX, Serve, applications, channels, guilds, interactions, me, places, roles, run,
    scheduled, threads,
};
use crate::app::App;
use crate::world::refusal::Refusal;

type Answering = Pin<Box<dyn Future<Output = Response> + Send>>;

/// Makes a handler of what serves a route; `open` routes carry their own token and need no login.
fn on(
    serve: Serve,
    open: bool,
) -> impl Fn(State<Arc<App>>, Request) -> Answering + Clone + Send + Sync + 'static {
    move |State(app), request| Box::pin(run(app, request, serve, open))
}

/// The routes, with their names as Discord documents them.
pub fn router() -> Router<Arc<App>> {
    let closed = |serve| on(serve, false);
    let routes: Routes = vec![
        ("/gateway".into(), get(on(me::gateway, true))),
        ("/gateway/bot".into(), get(closed(me::gateway_bot))),
        ("/users/@me".into(), get(closed(me::user))),
        ("/users/@me/guilds".into(), get(closed(me::guilds))),
        ("/users/@me/channels".into(), post(closed(channels::open_dm))),
        ("/users/{user.id}".into(), get(closed(me::other))),
        ("/applications/@me".into(), get(closed(me::application))),
        ("/oauth2/applications/@me".into(), get(closed(me::application))),
        (
            "/applications/{application.id}/commands".into(),
            get(closed(applications::list)).put(closed(applications::overwrite)),
        ),
        (
            "/applications/{application.id}/guilds/{guild.id}/commands".into(),
            get(closed(applications::list_guild)).put(closed(applications::overwrite_guild)),
        ),
        (
            "/channels/{channel.id}".into(),
            get(closed(channels::read))
                .merge(patch(closed(places::change)))
                .merge(delete(closed(places::delete))),
        ),
        (
            "/channels/{channel.id}/permissions/{overwrite.id}".into(),
            put(closed(places::overwrite)).merge(delete(closed(places::drop_overwrite))),
        ),
        (
            "/channels/{channel.id}/messages".into(),
            get(closed(channels::messages)).merge(post(closed(channels::send))),
        ),
        (
            "/channels/{channel.id}/messages/{message.id}".into(),
            get(closed(channels::message))
                .merge(patch(closed(channels::edit)))
                .merge(delete(closed(channels::delete))),
        ),
        ("/guilds/{guild.id}".into(), get(closed(guilds::read))),
        ("/guilds/{guild.id}/channels".into(), get(closed(places::list)).merge(post(closed(places::create)))),
        (
            "/guilds/{guild.id}/members/{user.id}".into(),
            get(closed(guilds::member)).merge(patch(closed(guilds::change_member))),
        ),
        ("/guilds/{guild.id}/members".into(), get(closed(guilds::members))),
    ];
    let routes = routes
        .into_iter()
        .chain(interaction_routes())
        .chain(thread_routes())
        .chain(pins())
        .chain(role_routes())
        .chain(scheduled_events());
    let mut router = Router::new();
    for (path, methods) in routes {
        router = router.route(&format!("{PREFIX}{path}"), methods.fallback(on(unserved, true)));
    }
    router.route("/api/{*rest}", any(on(unserved, true)))
}

type Routes = Vec<(String, MethodRouter<Arc<App>>)>;

/// What carries an interaction's own token.
fn interaction_routes() -> Routes {
    let open = |serve| on(serve, true);
    let hook = "/webhooks/{application.id}/{interaction.token}";
    vec![
        (
            "/interactions/{interaction.id}/{interaction.token}/callback".into(),
            post(open(interactions::callback)),
        ),
        (hook.into(), post(open(interactions::follow_up))),
        (
            format!("{hook}/messages/@original"),
            get(open(interactions::read))
                .merge(patch(open(interactions::edit)))
                .merge(delete(open(interactions::delete))),
        ),
        (
            format!("{hook}/messages/{{message.id}}"),
            get(open(interactions::read))
                .merge(patch(open(interactions::edit)))
                .merge(delete(open(interactions::delete))),
        ),
    ]
}

fn thread_routes() -> Routes {
    let closed = |serve| on(serve, false);
    vec![
        ("/channels/{channel.id}/threads".into(), post(closed(threads::start))),
        ("/channels/{channel.id}/thread-members".into(), get(closed(threads::members))),
        ("/channels/{channel.id}/thread-members/@me".into(), member_of_thread()),
        ("/channels/{channel.id}/thread-members/{user.id}".into(), member_of_thread()),
        ("/channels/{channel.id}/threads/archived/public".into(), get(closed(threads::archived_public))),
        ("/channels/{channel.id}/threads/archived/private".into(), get(closed(threads::archived_private))),
        (
            "/channels/{channel.id}/users/@me/threads/archived/private".into(),
            get(closed(threads::archived_joined)),
        ),
        ("/guilds/{guild.id}/threads/active".into(), get(closed(threads::active))),
    ]
}

fn pins() -> Routes {
    let one = || put(on(channels::pin, false)).merge(delete(on(channels::unpin, false)));
    vec![
        ("/channels/{channel.id}/messages/pins".into(), get(on(channels::pins, false))),
        ("/channels/{channel.id}/messages/pins/{message.id}".into(), one()),
        ("/channels/{channel.id}/pins".into(), get(on(channels::pins_of_old, false))),
        ("/channels/{channel.id}/pins/{message.id}".into(), one()),
    ]
}

fn role_routes() -> Routes {
    let closed = |serve| on(serve, false);
    vec![
        (
            "/guilds/{guild.id}/roles".into(),
            get(closed(roles::list)).merge(post(closed(roles::create))).merge(patch(closed(roles::arrange))),
        ),
        (
            "/guilds/{guild.id}/roles/{role.id}".into(),
            get(closed(roles::read)).merge(patch(closed(roles::change))).merge(delete(closed(roles::remove))),
        ),
        (
            "/guilds/{guild.id}/members/{user.id}/roles/{role.id}".into(),
            put(closed(roles::give)).merge(delete(closed(roles::take))),
        ),
    ]
}

fn scheduled_events() -> Routes {
    let closed = |serve| on(serve, false);
    let one = "/guilds/{guild.id}/scheduled-events/{guild_scheduled_event.id}";
    vec![
        (
            "/guilds/{guild.id}/scheduled-events".into(),
            get(closed(scheduled::list)).merge(post(closed(scheduled::create))),
        ),
        (
            one.into(),
            get(closed(scheduled::read))
                .merge(patch(closed(scheduled::change)))
                .merge(delete(closed(scheduled::remove))),
        ),
        (format!("{one}/users"), get(closed(scheduled::users))),
    ]
}

/// Somebody in a thread: the bot, or whom the path names.
fn member_of_thread() -> MethodRouter<Arc<App>> {
    get(on(threads::member, false))
        .merge(put(on(threads::add, false)))
        .merge(delete(on(threads::remove, false)))
}

/// What nobody serves.
fn unserved(_: &App, _: &mut Call) -> Answer {
    Err(Refusal::new(501, 0, "501: The sandbox does not serve this route"))
}

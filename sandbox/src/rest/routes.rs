//! The routes that are served, with their names as Discord documents them.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::Method;
use axum::response::Response;
use axum::routing::{MethodFilter, any, on};

use super::{
    Answer, Call, PREFIX, Serve, applications, channels, faults, guilds, interactions, me, places, roles,
    run, scheduled, threads,
};
use crate::app::App;
use crate::world::refusal::Refusal;

/// One of Discord's routes.
struct Route {
    method: Method,
    path: &'static str,
    serve: Serve,
    /// Whether it needs no login, as it carries its own token or none.
    open: bool,
}

const fn bot(method: Method, path: &'static str, serve: Serve) -> Route {
    Route { method, path, serve, open: false }
}

const fn open(method: Method, path: &'static str, serve: Serve) -> Route {
    Route { method, path, serve, open: true }
}

const ROUTES: &[Route] = &[
    open(Method::GET, "/gateway", me::gateway),
    bot(Method::GET, "/gateway/bot", me::gateway_bot),
    bot(Method::GET, "/users/@me", me::user),
    bot(Method::GET, "/users/@me/guilds", me::guilds),
    bot(Method::POST, "/users/@me/channels", channels::open_dm),
    bot(Method::GET, "/users/{user.id}", me::other),
    bot(Method::GET, "/applications/@me", me::application),
    bot(Method::GET, "/oauth2/applications/@me", me::application),
    bot(Method::GET, "/applications/{application.id}/commands", applications::list),
    bot(Method::PUT, "/applications/{application.id}/commands", applications::overwrite),
    bot(Method::GET, "/applications/{application.id}/guilds/{guild.id}/commands", applications::list_guild),
    bot(
        Method::PUT,
        "/applications/{application.id}/guilds/{guild.id}/commands",
        applications::overwrite_guild,
    ),
    bot(Method::GET, "/channels/{channel.id}", channels::read),
    bot(Method::PATCH, "/channels/{channel.id}", places::change),
    bot(Method::DELETE, "/channels/{channel.id}", places::delete),
    bot(Method::PUT, "/channels/{channel.id}/permissions/{overwrite.id}", places::overwrite),
    bot(Method::DELETE, "/channels/{channel.id}/permissions/{overwrite.id}", places::drop_overwrite),
    bot(Method::GET, "/channels/{channel.id}/messages", channels::messages),
    bot(Method::POST, "/channels/{channel.id}/messages", channels::send),
    bot(Method::GET, "/channels/{channel.id}/messages/{message.id}", channels::message),
    bot(Method::PATCH, "/channels/{channel.id}/messages/{message.id}", channels::edit),
    bot(Method::DELETE, "/channels/{channel.id}/messages/{message.id}", channels::delete),
    bot(Method::GET, "/channels/{channel.id}/messages/pins", channels::pins),
    bot(Method::PUT, "/channels/{channel.id}/messages/pins/{message.id}", channels::pin),
    bot(Method::DELETE, "/channels/{channel.id}/messages/pins/{message.id}", channels::unpin),
    bot(Method::GET, "/channels/{channel.id}/pins", channels::pins_of_old),
    bot(Method::PUT, "/channels/{channel.id}/pins/{message.id}", channels::pin),
    bot(Method::DELETE, "/channels/{channel.id}/pins/{message.id}", channels::unpin),
    bot(Method::POST, "/channels/{channel.id}/threads", threads::start),
    bot(Method::GET, "/channels/{channel.id}/thread-members", threads::members),
    bot(Method::GET, "/channels/{channel.id}/thread-members/@me", threads::member),
    bot(Method::PUT, "/channels/{channel.id}/thread-members/@me", threads::add),
    bot(Method::DELETE, "/channels/{channel.id}/thread-members/@me", threads::remove),
    bot(Method::GET, "/channels/{channel.id}/thread-members/{user.id}", threads::member),
    bot(Method::PUT, "/channels/{channel.id}/thread-members/{user.id}", threads::add),
    bot(Method::DELETE, "/channels/{channel.id}/thread-members/{user.id}", threads::remove),
    bot(Method::GET, "/channels/{channel.id}/threads/archived/public", threads::archived_public),
    bot(Method::GET, "/channels/{channel.id}/threads/archived/private", threads::archived_private),
    bot(Method::GET, "/channels/{channel.id}/users/@me/threads/archived/private", threads::archived_joined),
    bot(Method::GET, "/guilds/{guild.id}", guilds::read),
    bot(Method::GET, "/guilds/{guild.id}/channels", places::list),
    bot(Method::POST, "/guilds/{guild.id}/channels", places::create),
    bot(Method::GET, "/guilds/{guild.id}/members", guilds::members),
    bot(Method::GET, "/guilds/{guild.id}/members/{user.id}", guilds::member),
    bot(Method::PATCH, "/guilds/{guild.id}/members/{user.id}", guilds::change_member),
    bot(Method::PUT, "/guilds/{guild.id}/members/{user.id}/roles/{role.id}", roles::give),
    bot(Method::DELETE, "/guilds/{guild.id}/members/{user.id}/roles/{role.id}", roles::take),
    bot(Method::GET, "/guilds/{guild.id}/roles", roles::list),
    bot(Method::POST, "/guilds/{guild.id}/roles", roles::create),
    bot(Method::PATCH, "/guilds/{guild.id}/roles", roles::arrange),
    bot(Method::GET, "/guilds/{guild.id}/roles/{role.id}", roles::read),
    bot(Method::PATCH, "/guilds/{guild.id}/roles/{role.id}", roles::change),
    bot(Method::DELETE, "/guilds/{guild.id}/roles/{role.id}", roles::remove),
    bot(Method::GET, "/guilds/{guild.id}/threads/active", threads::active),
    bot(Method::GET, "/guilds/{guild.id}/scheduled-events", scheduled::list),
    bot(Method::POST, "/guilds/{guild.id}/scheduled-events", scheduled::create),
    bot(Method::GET, "/guilds/{guild.id}/scheduled-events/{guild_scheduled_event.id}", scheduled::read),
    bot(Method::PATCH, "/guilds/{guild.id}/scheduled-events/{guild_scheduled_event.id}", scheduled::change),
    bot(Method::DELETE, "/guilds/{guild.id}/scheduled-events/{guild_scheduled_event.id}", scheduled::remove),
    bot(
        Method::GET,
        "/guilds/{guild.id}/scheduled-events/{guild_scheduled_event.id}/users",
        scheduled::users,
    ),
    open(Method::POST, "/interactions/{interaction.id}/{interaction.token}/callback", interactions::callback),
    open(Method::POST, "/webhooks/{application.id}/{interaction.token}", interactions::follow_up),
    open(
        Method::GET,
        "/webhooks/{application.id}/{interaction.token}/messages/@original",
        interactions::read,
    ),
    open(
        Method::PATCH,
        "/webhooks/{application.id}/{interaction.token}/messages/@original",
        interactions::edit,
    ),
    open(
        Method::DELETE,
        "/webhooks/{application.id}/{interaction.token}/messages/@original",
        interactions::delete,
    ),
    open(
        Method::GET,
        "/webhooks/{application.id}/{interaction.token}/messages/{message.id}",
        interactions::read,
    ),
    open(
        Method::PATCH,
        "/webhooks/{application.id}/{interaction.token}/messages/{message.id}",
        interactions::edit,
    ),
    open(
        Method::DELETE,
        "/webhooks/{application.id}/{interaction.token}/messages/{message.id}",
        interactions::delete,
    ),
];

type Answering = Pin<Box<dyn Future<Output = Response> + Send>>;

/// Makes a handler of what serves a route.
fn handler(
    serve: Serve,
    open: bool,
) -> impl Fn(State<Arc<App>>, Request) -> Answering + Clone + Send + Sync + 'static {
    move |State(app), request| Box::pin(run(app, request, serve, open))
}

/// The routes, with their names as Discord documents them.
pub fn router() -> Router<Arc<App>> {
    let mut router = Router::new();
    for route in ROUTES {
        let Ok(method) = MethodFilter::try_from(route.method.clone()) else { continue };
        router =
            router.route(&format!("{PREFIX}{}", route.path), on(method, handler(route.serve, route.open)));
    }
    router
        .method_not_allowed_fallback(handler(unserved, true))
        .route("/api/{*rest}", any(handler(unserved, true)))
}

/// Whether a route is served, what its placeholders are called being no matter.
pub fn is_served(route: &str) -> bool {
    let wanted = faults::shape(route);
    all_served().any(|route| faults::shape(&route) == wanted)
}

/// All that is served, as `GET /users/@me`.
pub fn all_served() -> impl Iterator<Item = String> {
    ROUTES.iter().map(|route| format!("{} {}", route.method, route.path))
}

/// What nobody serves.
fn unserved(_: &App, _: &mut Call) -> Answer {
    Err(Refusal::new(501, 0, "501: The sandbox does not serve this route"))
}

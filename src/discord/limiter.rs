//! serenity's limiter keeps an entry for each interaction that was answered, and each keystroke in an option that
//! completes is one: it would grow for as long as Kith runs. An entry that has reset says nothing any more, so it is
//! dropped.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use serenity::http::Http;

/// How often entries are looked through.
const TIDY: Duration = Duration::from_secs(10 * 60);

/// Drops what has reset, again and again.
pub async fn tidies(clients: &[Arc<Http>]) -> Infallible {
    loop {
        tokio::time::sleep(TIDY).await;
        for http in clients {
            tidy(http).await;
        }
    }
}

async fn tidy(http: &Http) {
    let Some(limiter) = &http.ratelimiter else { return };
    let now = SystemTime::now();
    limiter.routes().write().await.retain(|_, limit| {
        let is_used = Arc::strong_count(limit) > 1;
        is_used || limit.try_lock().is_ok_and(|limit| limit.reset().is_some_and(|reset| reset > now))
    });
}

#[cfg(test)]
mod tests {
    use serenity::all::{ChannelId, Request, Route};
    use serenity::http::{HttpBuilder, LightMethod, Ratelimit};

    use super::*;

    /// A client with serenity's limiter that reaches nobody.
    fn alone() -> Http {
        let nobody = "127.0.0.1:9".parse().unwrap();
        let client = reqwest::Client::builder().resolve("discord.com", nobody).no_proxy().build().unwrap();
        HttpBuilder::new("token").client(client).build()
    }

    async fn kept(http: &Http) -> usize {
        http.ratelimiter.as_ref().unwrap().routes().read().await.len()
    }

    #[tokio::test]
    async fn it_does_not_grow_by_the_interactions_that_were_answered() {
        let http = alone();
        for day in 1..=3 {
            for nth in 0..50 {
                let id = (day * 1_000 + nth).into();
                assert!(http.create_interaction_response(id, "t", &(), vec![]).await.is_err());
            }
            assert_eq!(
                kept(&http).await,
                50,
                "if none: serenity forgets by itself now, and this file can go"
            );
            tidy(&http).await;
            assert_eq!(kept(&http).await, 0, "day {day}");
        }
    }

    #[tokio::test]
    async fn what_is_still_to_reset_or_in_use_is_kept() {
        let http = alone();
        let route = |channel| Route::ChannelMessages { channel_id: ChannelId::new(channel) };
        let mut limit = Ratelimit::default();
        let told = hyper::Response::builder().header("x-ratelimit-reset-after", "60").body("").unwrap();
        let asked = Request::new(route(1), LightMethod::Get);
        limit.post_hook(&told.into(), &asked, &|_| {}, false).await.unwrap();
        let used = Arc::default();
        {
            let routes = http.ratelimiter.as_ref().unwrap().routes();
            let mut routes = routes.write().await;
            routes.insert(route(1).ratelimiting_bucket(), Arc::new(limit.into()));
            routes.insert(route(2).ratelimiting_bucket(), Arc::clone(&used));
            routes.insert(route(3).ratelimiting_bucket(), Arc::default());
        }
        tidy(&http).await;
        assert_eq!(kept(&http).await, 2);
        drop(used);
        tidy(&http).await;
        assert_eq!(kept(&http).await, 1);
    }
}

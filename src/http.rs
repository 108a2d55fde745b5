//! What Kith serves by HTTP, where whoever runs it switches the port on: pages that somebody has the address of, and
//! `/health`. Small on purpose: `GET` and `HEAD`, one request a connection, nothing that is written.
//!
//! A path may be a secret, so none is logged.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::header::{self, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use crate::discord::app::App;
use crate::settings;
use crate::shutdown::Shutdown;
use crate::store::StoreError;

/// Most connections at once; more wait in the system's queue.
const CONNECTIONS: usize = 64;
/// How long the head of a request may take, and a whole connection.
const HEAD: Duration = Duration::from_secs(5);
const WHOLE: Duration = Duration::from_secs(20);
/// How long a stop waits for the answers under way.
const LAST: Duration = Duration::from_secs(2);
/// Most bytes of a request's head. What comes behind it is not read.
const HEAD_BYTES: usize = 8 * 1_024;
/// How long an accept that failed (no file handle is left, say) waits before the next.
const BREATH: Duration = Duration::from_millis(100);

/// A page that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// What it says.
    pub body: Vec<u8>,
    /// Its media type.
    pub kind: &'static str,
    /// What a file of it is called.
    pub name: &'static str,
    /// Its entity tag (RFC 9110), the same as long as it says the same.
    pub tag: String,
}

/// Finds the page at a path; `None` where there is none.
pub type Find = fn(&App, &str) -> Result<Option<Page>, StoreError>;

/// A port that is open and not served yet.
#[derive(Debug)]
pub struct Port {
    listener: TcpListener,
    /// Where people reach it, without a final slash.
    pub address: Arc<str>,
}

/// Opens the port, where one is set.
///
/// # Errors
/// The port cannot be listened on.
pub async fn open(settings: &settings::Http) -> anyhow::Result<Option<Port>> {
    let Some(listen) = settings.listen else { return Ok(None) };
    let listener = TcpListener::bind(listen)
        .await
        .with_context(|| format!("http.listen: {listen} cannot be listened on"))?;
    let address = match &settings.public_url {
        Some(url) => url.clone(),
        None => format!("http://{}", listener.local_addr()?),
    };
    Ok(Some(Port { listener, address: address.into() }))
}

/// Serves pages until the shutdown, then ends the answers under way.
pub async fn serve(port: Port, app: App, find: Find, shutdown: Shutdown) {
    let free = Arc::new(Semaphore::new(CONNECTIONS));
    let mut open = JoinSet::new();
    loop {
        let accepted = async {
            let permit = Arc::clone(&free).acquire_owned().await;
            (port.listener.accept().await, permit)
        };
        let (accepted, permit) = tokio::select! {
            accepted = accepted => accepted,
            () = shutdown.requested() => break,
        };
        while open.try_join_next().is_some() {}
        match accepted {
            Ok((stream, _)) => {
                let app = app.clone();
                open.spawn(async move {
                    // One that takes too long is cut.
                    let _ = tokio::time::timeout(WHOLE, connection(stream, app, find)).await;
                    drop(permit);
                });
            }
            Err(error) => {
                tracing::warn!(%error, "a connection could not be accepted");
                tokio::time::sleep(BREATH).await;
            }
        }
    }
    let ended = async { while open.join_next().await.is_some() {} };
    if tokio::time::timeout(LAST, ended).await.is_err() {
        tracing::warn!("HTTP connections were cut");
    }
}

async fn connection(stream: TcpStream, app: App, find: Find) {
    let answer = move |request: Request<Incoming>| {
        let app = app.clone();
        async move { Ok::<_, Infallible>(answer(request, app, find).await) }
    };
    let served = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD)
        .max_buf_size(HEAD_BYTES)
        .keep_alive(false)
        .serve_connection(TokioIo::new(stream), service_fn(answer));
    if let Err(error) = served.await {
        tracing::debug!(%error, "an HTTP connection broke");
    }
}

async fn answer(request: Request<Incoming>, app: App, find: Find) -> Response<Full<Bytes>> {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        let mut refused = said(StatusCode::METHOD_NOT_ALLOWED, "Only GET and HEAD are served here.\n");
        refused.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
        return refused;
    }
    let path = request.uri().path().to_owned();
    if path == "/health" {
        return match app.store.serves() {
            Ok(()) => said(StatusCode::OK, "ok\n"),
            Err(_) => said(StatusCode::SERVICE_UNAVAILABLE, "The store failed; the log says why.\n"),
        };
    }
    // The store reads from the disk.
    match tokio::task::spawn_blocking(move || find(&app, &path)).await {
        Ok(Ok(Some(page))) => found(page, request.headers().get(header::IF_NONE_MATCH)),
        Ok(Ok(None)) => said(StatusCode::NOT_FOUND, "There is nothing here.\n"),
        Ok(Err(error)) => broken(&error),
        Err(error) => broken(&error),
    }
}

fn broken(error: &dyn std::error::Error) -> Response<Full<Bytes>> {
    tracing::error!(%error, "a page could not be served");
    said(StatusCode::INTERNAL_SERVER_ERROR, "That did not work; try again later.\n")
}

fn found(page: Page, known: Option<&HeaderValue>) -> Response<Full<Bytes>> {
    let same = known.and_then(|known| known.to_str().ok()).is_some_and(|known| matches(known, &page.tag));
    let mut response =
        if same { Response::new(Full::default()) } else { Response::new(Full::new(page.body.into())) };
    if same {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
    }
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_TYPE, page.kind),
        (header::ETAG, page.tag.as_str()),
        (header::CONTENT_DISPOSITION, &format!("inline; filename=\"{}\"", page.name)),
    ] {
        // What is no header is left out; none of these is such.
        headers.extend(HeaderValue::from_str(value).map(|value| (name, value)));
    }
    private(response)
}

/// Whether an `If-None-Match` names the tag, weakly compared.
fn matches(known: &str, tag: &str) -> bool {
    let bare = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    known.trim() == "*" || known.split(',').any(|one| bare(one) == bare(tag))
}

fn said(status: StatusCode, text: &'static str) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(Bytes::from_static(text.as_bytes())));
    *response.status_mut() = status;
    let plain = HeaderValue::from_static("text/plain; charset=utf-8");
    response.headers_mut().insert(header::CONTENT_TYPE, plain);
    private(response)
}

/// Kept by nobody between, and nothing but what it says it is.
fn private(mut response: Response<Full<Bytes>>) -> Response<Full<Bytes>> {
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_compared_weakly() {
        for (known, same) in [
            ("W/\"a\"", true),
            ("\"a\"", true),
            ("\"b\", W/\"a\"", true),
            ("*", true),
            ("\"b\"", false),
            ("", false),
        ] {
            assert_eq!(matches(known, "W/\"a\""), same, "{known}");
        }
    }
}

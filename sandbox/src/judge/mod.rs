//! Holds what a bot sends and what it is answered to Discord's own OpenAPI description.
//!
//! The description is Discord's file `specs/openapi.json` of the repository `discord/discord-api-spec`
//! (OpenAPI 3.1, so JSON Schema 2020-12). It is not part of this crate: the environment variable
//! `DISCORD_OPENAPI` names it, and without it there is nothing to judge by ([`Judge::from_env`]).
//!
//! ```no_run
//! # fn judged(sandbox: &discord_sandbox::Sandbox) -> Result<(), discord_sandbox::judge::JudgeError> {
//! use discord_sandbox::judge::Judge;
//!
//! let judge = Judge::load("specs/openapi.json")?;
//! for call in sandbox.requests_since(0) {
//!     for finding in judge.exchange(&(&call).into()) {
//!         println!("{finding}");
//!     }
//! }
//! # Ok(())
//! # }
//! ```

mod blame;
mod body;
mod deviations;
mod routes;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use jsonschema::{Draft, Registry, Resource, Validator};
use serde::Deserialize;
use serde_json::{Value, json};

pub use deviations::{DEVIATIONS, Deviation, Reads};
use routes::Routes;

/// The name under which the description is known to references into it.
const DOCUMENT: &str = "urn:discord:openapi";

/// One call and its answer, as the sandbox's `GET /sandbox/v1/requests` lists them; other fields are ignored.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
pub struct Exchange {
    /// The HTTP method.
    pub method: String,
    /// The path, with or without `/api/v10` before and `?query` behind it.
    pub path: String,
    /// The query without its question mark, where it does not stand in `path`.
    #[serde(default)]
    pub query: Option<String>,
    /// The body that was sent, of a multipart body its `payload_json`.
    #[serde(default)]
    pub request: Option<Value>,
    /// The answer's status; none or 0 when there was no answer.
    #[serde(default)]
    pub status: Option<u16>,
    /// The answer's body.
    #[serde(default)]
    pub response: Option<Value>,
}

impl From<&crate::Exchange> for Exchange {
    fn from(call: &crate::Exchange) -> Self {
        let (request, response) = (Some(call.request.clone()), Some(call.response.clone()));
        let (method, path) = (call.method.clone(), call.path.clone());
        Self { method, path, query: None, request, status: Some(call.status), response }
    }
}

/// Which part of an exchange a finding is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Method and path: Discord describes no such call.
    Route,
    /// An id or name within the path.
    Path,
    /// An argument of the query.
    Query,
    /// The body that was sent.
    Request,
    /// The answer's status.
    Status,
    /// The answer's body.
    Response,
}

/// One thing that Discord's description does not allow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The call as Discord names it: `POST /channels/{channel_id}/messages`; or as it was made when there is no such call.
    pub operation: String,
    /// The part that is wrong.
    pub part: Part,
    /// Where in that part: a JSON pointer, or an argument's name; empty for the whole.
    pub at: String,
    /// What is wrong with it.
    pub message: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let part = match self.part {
            Part::Route => "route",
            Part::Path => "path",
            Part::Query => "query",
            Part::Request => "request",
            Part::Status => "status",
            Part::Response => "response",
        };
        let Self { operation, at, message, .. } = self;
        write!(f, "{operation}: {part} {at}: {message}")
    }
}

/// Why there is no judge.
#[derive(Debug, thiserror::Error)]
pub enum JudgeError {
    /// The file cannot be read.
    #[error("cannot read {path}: {source}", path = path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The file is no JSON.
    #[error("the description is not JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// The file is JSON but no OpenAPI description.
    #[error("the description has no \"paths\"")]
    NoPaths,
    /// Its schemas refer to what is not there.
    #[error("the description does not hold together: {0}")]
    Schema(String),
}

/// Discord's description, ready to judge by. Schemas are compiled when first needed and shared between clones.
#[derive(Clone)]
pub struct Judge {
    inner: Arc<Inner>,
}

struct Inner {
    document: Value,
    routes: Routes,
    registry: Registry<'static>,
    compiled: Mutex<HashMap<String, Arc<Validator>>>,
}

impl fmt::Debug for Judge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Judge").finish_non_exhaustive()
    }
}

impl Judge {
    /// Reads the description from a file.
    ///
    /// # Errors
    /// The file cannot be read, or is not an OpenAPI description.
    pub fn load(path: impl AsRef<Path>) -> Result<Self, JudgeError> {
        let path = path.as_ref();
        let text = std::fs::read_to_string(path)
            .map_err(|source| JudgeError::Read { path: path.to_owned(), source })?;
        Self::new(serde_json::from_str(&text)?)
    }

    /// Takes a description that is already read.
    ///
    /// # Errors
    /// It has no `paths`, or its schemas do not hold together.
    pub fn new(document: Value) -> Result<Self, JudgeError> {
        let routes = Routes::new(&document).ok_or(JudgeError::NoPaths)?;
        let resource = Resource::from_contents(document.clone());
        let registry = Registry::new()
            .draft(Draft::Draft202012)
            .add(DOCUMENT, resource)
            .and_then(jsonschema::RegistryBuilder::prepare)
            .map_err(|error| JudgeError::Schema(error.to_string()))?;
        let inner = Inner { document, routes, registry, compiled: Mutex::default() };
        Ok(Self { inner: Arc::new(inner) })
    }

    /// The judge for tests, read once per process from the file that `DISCORD_OPENAPI` names.
    ///
    /// Without that variable the answer is none, and one line on standard error says that the check is skipped.
    ///
    /// # Panics
    /// `KITH_TEST_ALL=1` is set and the variable is not, or the file that it names cannot be used:
    /// whoever asks for every test, or names a file, is not to get fewer tests without noticing.
    #[must_use]
    #[expect(clippy::panic, reason = "a test that was asked for and cannot run has to fail")]
    pub fn from_env() -> Option<Self> {
        static SHARED: OnceLock<Option<Judge>> = OnceLock::new();
        let read = || match std::env::var_os("DISCORD_OPENAPI").filter(|path| !path.is_empty()) {
            Some(path) => match Self::load(PathBuf::from(path)) {
                Ok(judge) => Some(judge),
                Err(error) => panic!("DISCORD_OPENAPI: {error}"),
            },
            None if std::env::var_os("KITH_TEST_ALL").is_some_and(|all| all == "1") => {
                panic!("KITH_TEST_ALL=1 needs DISCORD_OPENAPI, {WHERE}")
            }
            None => {
                eprintln!("skipped: the check against Discord's description needs DISCORD_OPENAPI, {WHERE}");
                None
            }
        };
        SHARED.get_or_init(read).clone()
    }

    /// Everything about an exchange that Discord's description does not allow; nothing when all is well.
    #[must_use]
    pub fn exchange(&self, exchange: &Exchange) -> Vec<Finding> {
        let (path, query) = exchange.path.split_once('?').unwrap_or((&exchange.path, ""));
        let query = exchange.query.as_deref().filter(|query| !query.is_empty()).unwrap_or(query);
        let method = exchange.method.to_ascii_lowercase();
        let Some((operation, arguments)) = self.inner.routes.find(&method, path) else {
            let operation = format!("{} {path}", exchange.method.to_ascii_uppercase());
            let message = "Discord describes no such call".to_owned();
            return vec![Finding { operation, part: Part::Route, at: String::new(), message }];
        };
        let mut case = body::Case { judge: self, operation, findings: Vec::new() };
        case.path(&arguments);
        case.query(query);
        case.request(exchange.request.as_ref());
        if let Some(status) = exchange.status.filter(|status| !is_none_of_discords(*status)) {
            case.response(status, exchange.response.as_ref());
        }
        case.findings
    }

    /// What `pointer` (into the description) leads to, through a reference if there is one.
    fn at(&self, pointer: &str) -> Option<(String, &Value)> {
        let mut pointer = pointer.to_owned();
        let mut value = self.inner.document.pointer(&pointer)?;
        while let Some(next) = value.get("$ref").and_then(Value::as_str).and_then(|to| to.strip_prefix('#')) {
            next.clone_into(&mut pointer);
            value = self.inner.document.pointer(&pointer)?;
        }
        Some((pointer, value))
    }

    /// The compiled schema at `pointer`, shared by everything that comes to it.
    fn validator(&self, pointer: &str) -> Result<Arc<Validator>, String> {
        let (pointer, _) = self.at(pointer).ok_or_else(|| format!("nothing is described at {pointer}"))?;
        let mut compiled = self.inner.compiled.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = compiled.get(&pointer) {
            return Ok(Arc::clone(known));
        }
        let reference = format!("{DOCUMENT}#{}", routes::escape_fragment(&pointer));
        let validator = jsonschema::options()
            .with_draft(Draft::Draft202012)
            .with_registry(&self.inner.registry)
            .should_validate_formats(true)
            .build(&json!({ "$ref": reference }))
            .map_err(|error| error.to_string())?;
        let validator = Arc::new(validator);
        compiled.insert(pointer, Arc::clone(&validator));
        Ok(validator)
    }
}

/// Whether there was no answer, or one that any server gives that is out of order; 501 is the sandbox's own.
fn is_none_of_discords(status: u16) -> bool {
    status == 0 || matches!(status, 500 | 502..=599)
}

const WHERE: &str = "Discord's file specs/openapi.json from https://github.com/discord/discord-api-spec";

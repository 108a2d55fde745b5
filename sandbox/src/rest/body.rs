//! Reading a body: JSON, or `multipart/form-data` with `payload_json` and `files[n]` (Reference → Uploading Files).

use axum::body::Bytes;
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::header;
use serde_json::Value;

use crate::world::draft::Upload;
use crate::world::refusal::{INVALID_JSON, Refusal, TOO_LARGE};

/// What a request brought.
#[derive(Default)]
pub struct Body {
    /// Its JSON; null for none.
    pub json: Value,
    /// The same as text; empty for none.
    pub text: String,
    /// The files that came with it.
    pub uploads: Vec<Upload>,
}

/// Reads what a request brought.
pub async fn read(request: Request) -> Result<Body, Refusal> {
    let kind = request
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or("")
        .to_owned();
    if kind.starts_with("multipart/form-data") {
        let form = Multipart::from_request(request, &()).await.map_err(|_| INVALID_JSON)?;
        return parts(form).await;
    }
    let json = kind.is_empty() || kind.starts_with("application/json");
    let bytes = Bytes::from_request(request, &()).await.map_err(|_| TOO_LARGE)?;
    if bytes.is_empty() {
        return Ok(Body::default());
    }
    if !json {
        return Err(Refusal::new(
            400,
            50035,
            format!(
                "Expected \"Content-Type\" header to be one of {{'application/json', 'multipart/form-data'}}, not {kind}."
            ),
        ));
    }
    let text = std::str::from_utf8(&bytes).map_err(|_| INVALID_JSON)?;
    let json = serde_json::from_str(text).map_err(|_| INVALID_JSON)?;
    Ok(Body { json, text: text.to_owned(), uploads: Vec::new() })
}

async fn parts(mut form: Multipart) -> Result<Body, Refusal> {
    let mut body = Value::Null;
    let mut uploads = Vec::new();
    loop {
        let field = match form.next_field().await {
            Ok(Some(field)) => field,
            Ok(None) => return Ok(Body { text: body.to_string(), json: body, uploads }),
            Err(error) => return Err(broken(&error)),
        };
        let name = field.name().unwrap_or("").to_owned();
        let filename = field.file_name().map(str::to_owned);
        let bytes = field.bytes().await.map_err(|error| broken(&error))?;
        if name == "payload_json" {
            body = serde_json::from_slice(&bytes).map_err(|_| INVALID_JSON)?;
        } else if let Some(filename) = filename {
            let number = name.strip_prefix("files[").and_then(|rest| rest.strip_suffix(']'));
            let number = number.and_then(|n| n.parse().ok()).unwrap_or(uploads.len() as u64);
            uploads.push(Upload { number, filename, bytes });
        } else {
            if body.is_null() {
                body = serde_json::json!({});
            }
            let text = String::from_utf8_lossy(&bytes).into_owned();
            let fields = body.as_object_mut().ok_or_else(|| {
                Refusal::form("", "DICT_TYPE_CONVERT", "Only dictionaries may be used in a DictType")
            })?;
            fields.insert(name, Value::String(text));
        }
    }
}

fn broken(error: &axum::extract::multipart::MultipartError) -> Refusal {
    if error.status() == axum::http::StatusCode::PAYLOAD_TOO_LARGE {
        TOO_LARGE.into()
    } else {
        Refusal::new(400, 50035, format!("Invalid Form Body: {}", error.body_text()))
    }
}

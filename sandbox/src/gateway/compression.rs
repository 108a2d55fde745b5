//! How payloads are packed: plain, compressed one by one (`compress` in Identify), or the whole stream
//! (`compress=zlib-stream`) (Gateway → Encoding and Compression).

use std::io::Write;

use axum::extract::ws::Message;
use flate2::{Compress, Compression, FlushCompress, write::ZlibEncoder};
use tracing::warn;

/// From how many bytes on a payload is compressed by itself.
const WORTH_IT: usize = 2_048;

/// Packs what goes out.
pub enum Packer {
    /// Text, or binary where a payload is worth compressing.
    Payloads { compress: bool },
    /// One stream of zlib over all payloads.
    Stream(Box<Compress>),
}

impl Packer {
    /// For what the address asked; none when it is not served.
    pub fn new(wish: Option<&str>) -> Option<Self> {
        match wish {
            None | Some("") => Some(Self::Payloads { compress: false }),
            Some("zlib-stream") => Some(Self::Stream(Box::new(Compress::new(Compression::fast(), true)))),
            Some(_) => None,
        }
    }

    /// What Identify asked for; a stream that is compressed as a whole stays so.
    pub fn compress_payloads(&mut self, wish: bool) {
        if let Self::Payloads { compress } = self {
            *compress = wish;
        }
    }

    /// Packs one payload.
    pub fn pack(&mut self, text: String) -> Message {
        match self {
            Self::Payloads { compress: true } if text.len() >= WORTH_IT => {
                let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
                match encoder.write_all(text.as_bytes()).and_then(|()| encoder.finish()) {
                    Ok(bytes) => Message::Binary(bytes.into()),
                    Err(error) => {
                        warn!(%error, "a payload goes out uncompressed");
                        Message::Text(text.into())
                    }
                }
            }
            Self::Payloads { .. } => Message::Text(text.into()),
            Self::Stream(stream) => Message::Binary(streamed(stream, text.as_bytes()).into()),
        }
    }
}

fn streamed(stream: &mut Compress, mut input: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(input.len() / 2 + 64);
    loop {
        let before = stream.total_in();
        if stream.compress_vec(input, &mut out, FlushCompress::Sync).is_err() {
            return out;
        }
        input = &input[usize::try_from(stream.total_in() - before).unwrap_or(input.len())..];
        if input.is_empty() && out.len() < out.capacity() {
            return out;
        }
        out.reserve(256);
    }
}

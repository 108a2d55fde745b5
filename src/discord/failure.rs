//! Why something asked for was not done.

use super::message::Message;
use crate::store::StoreError;

/// Why a handler did not do what was asked; nothing of it was kept.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The person can mend it: this says what was wrong and the way on.
    #[error("told: {}", .0.content)]
    Told(Box<Message>),
    /// Kith or something that it needs is at fault: logged with a trace id, which the person gets.
    #[error("{0:#}")]
    Broken(anyhow::Error),
}

impl Failure {
    /// A failure that is answered with `message`.
    #[must_use]
    pub fn told(message: Message) -> Self {
        Self::Told(Box::new(message))
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::Broken(error.into())
    }
}

impl From<anyhow::Error> for Failure {
    fn from(error: anyhow::Error) -> Self {
        Self::Broken(error)
    }
}

impl From<serenity::Error> for Failure {
    fn from(error: serenity::Error) -> Self {
        Self::Broken(error.into())
    }
}

//! What Discord's refusals mean for a letter or an errand (Discord: "Opcodes and Status Codes", "JSON").

use super::{To, What};

/// Discord's code for a person with whom the bot has no server in common.
const NOTHING_IN_COMMON: u64 = 50_278;

/// What to do after Discord refused something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// This person or channel takes no messages from the bot: what is for them is held.
    Unreachable,
    /// The same, because this person and the bot have no server in common.
    Apart,
    /// The remembered DM channel is none any more: open it anew.
    ChannelLost,
    /// DMs are being opened too fast.
    Slower,
    /// This message will never be taken.
    Never,
    /// Perhaps later.
    Later,
}

/// The verdict on a message that was refused.
pub(super) fn on_message(to: To, status: u16, code: u64) -> Verdict {
    match (to, code) {
        // Cannot send to this user; unknown user; invalid recipient.
        (To::Person(_), 50_007 | 10_013 | 50_033) => Verdict::Unreachable,
        (To::Person(_), NOTHING_IN_COMMON) => Verdict::Apart,
        // Unknown channel; missing access.
        (To::Person(_), 10_003 | 50_001) => Verdict::ChannelLost,
        // Also unknown server, missing permission, wrong type of channel, archived, locked, no room to wake it.
        (To::Channel(_), 10_003 | 50_001 | 10_004 | 50_013 | 50_024 | 50_083 | 160_005 | 160_006) => {
            Verdict::Unreachable
        }
        (_, 40_003) => Verdict::Slower,
        // Empty message, invalid form, blocked by moderation, too large.
        (_, 50_006 | 50_035 | 200_000 | 240_000 | 40_005) => Verdict::Never,
        _ if status == 413 => Verdict::Never,
        _ => Verdict::Later,
    }
}

/// The verdict on a DM channel that was not opened.
pub(super) fn on_open(code: u64) -> Verdict {
    match code {
        50_007 | 10_013 | 50_033 | 50_035 | 50_001 => Verdict::Unreachable,
        NOTHING_IN_COMMON => Verdict::Apart,
        40_003 => Verdict::Slower,
        _ => Verdict::Later,
    }
}

/// The verdict on an errand that was refused: what its area decides on, unless a wait mends it.
pub(super) fn on_errand(code: u64) -> Verdict {
    match code {
        // The channel's limit of writes.
        20_028 => Verdict::Later,
        _ => Verdict::Never,
    }
}

/// Whether a refusal says that what was to go is not there.
pub(super) fn is_so_already(what: &What, status: u16) -> bool {
    let takes_away = matches!(
        what,
        What::RemoveFromThread { .. }
            | What::ShutOutOfChannel { .. }
            | What::TakeRole { .. }
            | What::CancelEvent { .. }
            | What::DeleteMessage { .. }
            | What::DeleteChannel { .. }
    );
    takes_away && status == 404
}

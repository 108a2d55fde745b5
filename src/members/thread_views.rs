//! What a member sees of the place where their nudges come.

use super::press::MemberPress;
use super::views::{COLOR, PART, take_off};
use super::{Found, Member, PrivateThread};
use crate::delivery::To;
use crate::discord::custom_id::Press as _;
use crate::discord::message::{Button, Embed, Message};
use crate::discord::text::{cut, plain};
use crate::discord::threads::NoThread;
use crate::say;
use crate::texts::Words;

/// Most characters of a member's name in the name of their thread.
const NAME: usize = 60;

/// What a member's thread is called.
#[must_use]
pub fn name(words: Words<'_>, name: &str) -> String {
    say!(words, "thread-name", name = cut(name, NAME))
}

/// The first letter in a thread: what it is for, and who sees it.
#[must_use]
pub fn greeting(words: Words<'_>, name: &str) -> Message {
    let embed = Embed::new(words.say("thread-greeting-rules"))
        .color(COLOR)
        .footer(words.say("thread-greeting-footer"));
    Message::new(say!(words, "thread-greeting", name = plain(&cut(name, NAME)))).embed(embed)
}

/// Where nudges come, in a few words.
#[must_use]
pub fn place(words: Words<'_>, member: &Member) -> String {
    match member.thread {
        Some(PrivateThread { channel, used: true, .. }) => format!("<#{channel}>"),
        _ => words.say("settings-where-dms"),
    }
}

/// What was chosen; `before` is the member as they were.
#[must_use]
pub fn chosen(words: Words<'_>, before: &Member, found: Found) -> String {
    match (found, before.thread) {
        (Found::Thread(thread), _) => {
            say!(words, "thread-chosen", thread = format!("<#{}>", thread.channel))
        }
        (Found::Dms, Some(PrivateThread { channel, used: true, .. })) => {
            say!(words, "thread-left", thread = format!("<#{channel}>"))
        }
        (Found::Dms, _) => words.say("thread-none"),
    }
}

/// What came of trying a place again for which so many things had waited, of which so many still do: nobody refused them.
#[must_use]
pub fn tried(words: Words<'_>, to: To, waited: usize, waiting: usize) -> String {
    let key = match (to, waiting) {
        (To::Person(_), 0) => "dms-tried",
        (To::Person(_), _) => "settings-dms-trying",
        (To::Channel(_), 0) => "thread-tried",
        (To::Channel(_), _) => "thread-trying",
    };
    words.with(key, &[("count", waited.into())])
}

/// Where nudges come, which was chosen while another place was tried.
#[must_use]
pub fn meanwhile(words: Words<'_>, member: &Member) -> String {
    match member.thread {
        Some(PrivateThread { channel, used: true, .. }) => {
            say!(words, "thread-chosen", thread = format!("<#{channel}>"))
        }
        _ => words.say("thread-none"),
    }
}

/// Why there can be no thread, and the way on.
#[must_use]
pub fn no_thread(words: Words<'_>, why: &NoThread) -> Message {
    Message::new(match why {
        NoThread::NoServer | NoThread::Broken(_) => words.say("no-thread-server"),
        NoThread::NoTextChannel => words.say("no-thread-channel"),
        NoThread::Full => words.say("no-thread-full"),
        NoThread::Missing(permissions) => {
            let names = permissions.get_permission_names();
            let list: Vec<String> = names.iter().map(|name| format!("**{name}**")).collect();
            say!(words, "no-thread-permission", names = list.join(", "))
        }
    })
}

/// Why nothing can be brought to the place where a member's nudges come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Barrier {
    /// Their DMs are closed, or their thread is to Kith.
    Closed,
    /// They left their thread.
    Left,
    /// Kith and they have no server in common, without which Discord brings no DM.
    Apart,
}

/// `message` with a word on letters that cannot be brought, or `still` can't once it was tried again, and what mends
/// it, below it.
#[must_use]
pub fn with_barrier(
    words: Words<'_>,
    message: Message,
    to: To,
    (barrier, waiting, still): (Barrier, usize, bool),
    in_server: bool,
) -> Message {
    let key = match (barrier, to, still) {
        (Barrier::Left, ..) => "left-thread",
        (Barrier::Apart, _, false) => "apart-dms",
        (Barrier::Apart, _, true) => "apart-dms-still",
        (Barrier::Closed, To::Person(_), false) => "closed-dms",
        (Barrier::Closed, To::Person(_), true) => "closed-dms-still",
        (Barrier::Closed, To::Channel(_), false) => "closed-thread",
        (Barrier::Closed, To::Channel(_), true) => "closed-thread-still",
    };
    with_mends(words, message, (key, waiting), to, in_server)
}

fn with_mends(
    words: Words<'_>,
    mut message: Message,
    (key, waiting): (&str, usize),
    to: To,
    in_server: bool,
) -> Message {
    let (try_again, thread, dms) = match to {
        To::Person(_) => (MemberPress::TryDms, "button-use-thread", false),
        To::Channel(_) if key == "left-thread" => (MemberPress::TryThread, "button-use-thread", true),
        To::Channel(_) => (MemberPress::TryThread, "button-new-thread", true),
    };
    if !message.content.is_empty() {
        message.content.push_str(PART);
    }
    message.content.push_str(&say!(words, key, count = waiting));
    let mut buttons = vec![Button::secondary(words.say("button-try-again"), try_again.id())];
    if in_server {
        buttons.push(Button::secondary(words.say(thread), MemberPress::Thread.id()));
    }
    if dms {
        buttons.push(Button::secondary(words.say("button-use-dms"), MemberPress::Dms.id()));
    }
    message.buttons(buttons)
}

/// `message` with a word on what Discord did not take.
#[must_use]
pub fn with_refused(words: Words<'_>, mut message: Message, waiting: usize) -> Message {
    if !message.content.is_empty() {
        message.content.push_str(PART);
    }
    message.content.push_str(&say!(words, "letter-refused", count = waiting));
    message
}

/// Whether an answer bears such a word.
#[must_use]
pub fn tells(shown: &Message) -> bool {
    shown.content.contains(PART)
        || !shown.content.is_empty()
            && shown.embeds.is_empty()
            && (shown.bears(&MemberPress::TryDms.id()) || shown.bears(&MemberPress::TryThread.id()))
}

/// The answer that bore such a word, without it.
#[must_use]
pub fn untold(mut shown: Message) -> Message {
    if !shown.content.contains(PART) {
        shown.content.clear();
    }
    for press in [MemberPress::TryDms, MemberPress::TryThread] {
        take_off(&mut shown, &press);
    }
    shown
}

/// The same with what came of it instead.
#[must_use]
pub fn settled(shown: Message, text: &str) -> Message {
    let mut shown = untold(shown);
    if !shown.content.is_empty() {
        shown.content.push_str(PART);
    }
    shown.content.push_str(text);
    shown
}

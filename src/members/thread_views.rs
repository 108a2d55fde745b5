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

/// That letters are tried anew.
#[must_use]
pub fn trying(words: Words<'_>, to: To) -> String {
    words.say(match to {
        To::Person(_) => "settings-dms-trying",
        To::Channel(_) => "thread-trying",
    })
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

/// `message` with a word on letters that cannot be brought, and what mends it, below it.
#[must_use]
pub fn with_closed(
    words: Words<'_>,
    mut message: Message,
    to: To,
    waiting: usize,
    in_server: bool,
) -> Message {
    let (key, try_again, thread, dms) = match to {
        To::Person(_) => ("closed-dms", MemberPress::TryDms, "button-use-thread", false),
        To::Channel(_) => ("closed-thread", MemberPress::TryThread, "button-new-thread", true),
    };
    message.content.push_str(PART);
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

/// The answer that bore such a word, with what came of it instead.
#[must_use]
pub fn settled(mut shown: Message, text: &str) -> Message {
    for press in [MemberPress::TryDms, MemberPress::TryThread] {
        take_off(&mut shown, &press);
    }
    shown.content.push_str(PART);
    shown.content.push_str(text);
    shown
}

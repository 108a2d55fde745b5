//! The sandbox from outside: through sockets, with serenity and with a bare client.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on fails")]

mod acting;
mod answering;
mod clock;
mod commands;
mod crowd;
mod editing;
mod faults;
mod first_path;
mod gateway;
mod library;
mod members;
mod menus;
mod messages;
mod permissions;
mod pins;
mod program;
mod replies;
mod rest;
mod scheduled;
mod support;
mod thread_events;
mod threads;
mod wire;
mod world;

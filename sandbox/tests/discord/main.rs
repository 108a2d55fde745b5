//! The sandbox from outside: through sockets, with serenity and with a bare client.

mod first_path;
mod support;

//! The binary `discord-sandbox`.
fn main() {}

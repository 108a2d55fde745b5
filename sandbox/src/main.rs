//! The binary `discord-sandbox`.

use std::io::IsTerminal;
use std::process::ExitCode;

use clap::Parser;
use discord_sandbox::Options;
use tracing_subscriber::EnvFilter;

/// A small Discord on loopback, for developing and testing bots without a token.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    /// The port on loopback; 0 for a free one.
    #[arg(long, default_value_t = 7788)]
    port: u16,
    /// The bot's name.
    #[arg(long, default_value = "Kith")]
    bot_name: String,
    /// Gives the application the privileged intents.
    #[arg(long)]
    privileged_intents: bool,
}

#[tokio::main]
async fn main() -> ExitCode {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .log_internal_errors(false);
    log.with_ansi(std::io::stderr().is_terminal()).init();
    let Arguments { port, bot_name, privileged_intents } = Arguments::parse();
    let options = Options { port, bot_name, privileged_intents, ..Options::default() };
    match discord_sandbox::run(options).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("discord-sandbox: {error}");
            ExitCode::FAILURE
        }
    }
}

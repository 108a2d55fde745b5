//! The bare bot: connects, registers `/ok`, `/connection add` and `list`, and as many commands besides
//! as Kith has, and answers each privately with "ok". It is pointed at a sandbox as Kith is: `DISCORD_TOKEN`, `KITH_DISCORD_API_URL`.

use std::io::Write as _;

use serenity::all::{ClientBuilder, GatewayIntents};
use serenity::http::HttpBuilder;

type Error = Box<dyn std::error::Error + Send + Sync>;
type Context<'a> = poise::Context<'a, (), Error>;

/// Further commands: with them, as many entries as Kith registers.
const OTHERS: usize = 8;

/// Says ok.
#[poise::command(slash_command, ephemeral)]
async fn ok(ctx: Context<'_>) -> Result<(), Error> {
    ctx.say("ok").await?;
    Ok(())
}

/// What Kith's commands are typed as, so that what arrives is alike.
#[poise::command(slash_command, subcommand_required, subcommands("add", "list"))]
async fn connection(_: Context<'_>) -> Result<(), Error> {
    Ok(())
}

/// Says ok.
#[poise::command(slash_command, ephemeral)]
async fn add(
    ctx: Context<'_>,
    #[description = "A name"]
    #[rename = "name"]
    _name: String,
    #[description = "A rhythm"]
    #[rename = "every"]
    _every: Option<String>,
) -> Result<(), Error> {
    ctx.say("ok").await?;
    Ok(())
}

/// Says ok.
#[poise::command(slash_command, ephemeral)]
async fn list(ctx: Context<'_>) -> Result<(), Error> {
    ctx.say("ok").await?;
    Ok(())
}

fn commands() -> Vec<poise::Command<(), Error>> {
    let other = |n| poise::Command { name: format!("ok-{n}").into(), ..ok() };
    [ok(), connection()].into_iter().chain((0..OTHERS).map(other)).collect()
}

#[tokio::main]
async fn main() -> Result<(), Error> {
    let token = std::env::var("DISCORD_TOKEN")?;
    let address = std::env::var("KITH_DISCORD_API_URL")?;
    let framework = poise::Framework::builder()
        .options(poise::FrameworkOptions { commands: commands(), ..Default::default() })
        .setup({
            let address = address.clone();
            move |ctx, _, framework| {
                Box::pin(async move {
                    poise::builtins::register_globally(ctx, &framework.options().commands).await?;
                    let mut out = std::io::stdout();
                    writeln!(out, "ready {address}")?;
                    out.flush()?;
                    Ok(())
                })
            }
        })
        .initialize_owners(false)
        .build();
    let client = reqwest::Client::builder().no_proxy().build()?;
    let http = HttpBuilder::new(token).client(client).proxy(address).ratelimiter_disabled(true).build();
    let gateway = http.get_gateway().await?.url;
    let mut client = ClientBuilder::new_with_http(http, GatewayIntents::GUILDS).framework(framework).await?;
    *client.ws_url.lock().await = gateway;
    client.start().await?;
    Ok(())
}

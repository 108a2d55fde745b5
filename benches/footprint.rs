//! What Kith takes, next to a bare bot: from the start to its line `ready`, resident memory when idle
//! and with 100,000 stored nudges, and the size of the program; and how fast the sandbox starts.

mod kit;

use std::path::Path;
use std::time::Duration;

use jiff::Timestamp;
use kit::{Bot, Programs, Town, median, result};
use kith::store::Store;

/// Starts that are timed; those of all programs alternate.
const STARTS: usize = 11;
/// How long a bot is left alone before its memory is read: what its start needed is given back by then.
const SETTLE: Duration = Duration::from_secs(5);
const NUDGES: u64 = 100_000;

fn main() -> anyhow::Result<()> {
    let programs = Programs::build()?;
    kit::runtime()?.block_on(async {
        let town = Town::open().await?;
        starts(&programs, &town)?;
        memory(&programs, &town).await
    })?;
    sizes(&programs)
}

fn start(program: &Path, town: &Town, folder: &Path) -> anyhow::Result<Bot> {
    Bot::start(program, &town.sandbox.url(), town.sandbox.token(), folder)
}

fn starts(programs: &Programs, town: &Town) -> anyhow::Result<()> {
    let mut times = [const { Vec::new() }; 3];
    for _ in 0..STARTS {
        let folder = kit::folder()?;
        let each = [&programs.kith, &programs.kith, &programs.bare];
        // Kith first makes its store, then finds it.
        for (program, times) in each.into_iter().zip(&mut times) {
            let bot = start(program, town, folder.path())?;
            times.push(bot.ready_after.as_secs_f64() * 1_000.0);
        }
    }
    let [first, again, bare] = times.map(|times| median(&times));
    result("first_start_to_ready", first, "ms");
    result("start_to_ready", again, "ms");
    result("bare_start_to_ready", bare, "ms");
    let sandboxes = (0..STARTS).map(|_| Bot::sandbox(&programs.demo));
    let sandboxes: Vec<f64> =
        sandboxes.map(|bot| Ok(bot?.ready_after.as_secs_f64() * 1_000.0)).collect::<anyhow::Result<_>>()?;
    result("sandbox_start_to_ready", median(&sandboxes), "ms");
    Ok(())
}

async fn memory(programs: &Programs, town: &Town) -> anyhow::Result<()> {
    let folder = kit::folder()?;
    let idle = settled(&programs.kith, town, folder.path()).await?;
    let bare = settled(&programs.bare, town, folder.path()).await?;
    let store = Store::open(&folder.path().join("store"))?;
    kit::plan_nudges(&store, NUDGES, Timestamp::now()).await?;
    store.close().await?;
    drop(store);
    let full = settled(&programs.kith, town, folder.path()).await?;
    result("idle_memory", idle, "MiB");
    result("memory_with_100k_nudges", full, "MiB");
    result("bare_idle_memory", bare, "MiB");
    result("idle_memory_to_bare", idle / bare, "ratio");
    result("memory_with_100k_nudges_to_bare", full / bare, "ratio");
    Ok(())
}

/// A bot's memory once its start is over.
async fn settled(program: &Path, town: &Town, folder: &Path) -> anyhow::Result<f64> {
    let bot = start(program, town, folder)?;
    tokio::time::sleep(SETTLE).await;
    bot.memory()
}

#[expect(clippy::cast_precision_loss, reason = "a size in MiB")]
fn sizes(programs: &Programs) -> anyhow::Result<()> {
    let size = |program: &Path| -> std::io::Result<f64> {
        Ok(std::fs::metadata(program)?.len() as f64 / (1024.0 * 1024.0))
    };
    let (kith, bare) = (size(&programs.kith)?, size(&programs.bare)?);
    result("binary", kith, "MiB");
    result("binary_with_demo", size(&programs.demo)?, "MiB");
    result("bare_binary", bare, "MiB");
    result("binary_to_bare", kith / bare, "ratio");
    Ok(())
}

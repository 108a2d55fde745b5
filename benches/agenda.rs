//! The agenda's tick with nothing due, over 1 thousand and over 1 million stored nudges, each with its
//! entry on the agenda: as it comes each second, and as it comes after the agenda was changed.

mod kit;

use std::hint::black_box;
use std::time::Instant;

use jiff::SignedDuration;
use kit::{Sample, median, result};
use kith::agenda::{self, Agenda, Ran};
use kith::clock::Clock;
use kith::store::Store;

/// Ticks timed together, and how many such rounds.
const TICKS: u32 = 2_000;
const ROUNDS: usize = 101;
/// Single ticks, each after a change of the agenda.
const NEWS: usize = 2_000;

/// A store with nudges, and the agenda over it.
struct Stored {
    store: Store,
    agenda: Agenda,
    _folder: tempfile::TempDir,
}

fn main() -> anyhow::Result<()> {
    kit::runtime()?.block_on(async {
        let small = stored(1_000).await?;
        let large = stored(1_000_000).await?;
        quiet(&small, &large).await?;
        after_news(&small, &large).await
    })
}

async fn stored(count: u64) -> anyhow::Result<Stored> {
    let folder = kit::folder()?;
    let store = Store::open(&folder.path().join("store"))?;
    let clock = Clock::system();
    kit::plan_nudges(&store, count, clock.now()).await?;
    let agenda = Agenda::new(store.clone(), clock, vec![]);
    anyhow::ensure!(agenda.next_due()?.is_some(), "the agenda is not empty");
    Ok(Stored { store, agenda, _folder: folder })
}

/// As each second brings it.
async fn quiet(small: &Stored, large: &Stored) -> anyhow::Result<()> {
    let mut times = [Vec::new(), Vec::new()];
    for _ in 0..ROUNDS {
        for (stored, times) in [small, large].into_iter().zip(&mut times) {
            let began = Instant::now();
            for _ in 0..TICKS {
                nothing(black_box(stored.agenda.run_due().await?))?;
            }
            times.push(began.elapsed().as_secs_f64() * 1e9 / f64::from(TICKS));
        }
    }
    report("tick", &times.map(|times| median(&times)), "ns");
    Ok(())
}

/// After something was put on the agenda for later, so that it has to look.
async fn after_news(small: &Stored, large: &Stored) -> anyhow::Result<()> {
    let mut samples = [Sample::default(), Sample::default()];
    let later = Clock::system().now() + SignedDuration::from_hours(24 * 365);
    for n in 0..NEWS {
        for (stored, sample) in [small, large].into_iter().zip(&mut samples) {
            let subject = n.to_string();
            stored.store.write(|tx| agenda::put(tx, later, "news", &subject)).await?;
            let began = Instant::now();
            nothing(stored.agenda.run_due().await?)?;
            sample.add(began.elapsed());
        }
    }
    report("tick_after_change", &samples.map(|sample| sample.quantile(0.5) * 1_000.0), "us");
    Ok(())
}

fn nothing(ran: Ran) -> anyhow::Result<()> {
    anyhow::ensure!(ran == Ran::default(), "something was due: {ran:?}");
    Ok(())
}

fn report(name: &str, [small, large]: &[f64; 2], unit: &str) {
    result(&format!("{name}_at_1k"), *small, unit);
    result(&format!("{name}_at_1m"), *large, unit);
    result(&format!("{name}_at_1m_to_1k"), large / small, "ratio");
}

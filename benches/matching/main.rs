//! Matching at 100, 1,000 and 10,000 people against chance, against the best pair first, and against exact solvers
//! where these end: time, the most memory, total, worst-off group, who is left over, and the gap to the bound.
//! Each case runs in a process of its own, so that its memory is its own.

#[path = "../kit/community.rs"]
mod community;
mod others;

use std::process::Command;
use std::time::Instant;

use community::{Roles, community, mentors, peers};
use kith::rounds::matching::{Outcome, Problem, Progress, Shape, judge, solve};

/// A name, the shape, the roles, and how many in a hundred do not speak what the others do.
type Case = (&'static str, Shape, Roles, usize);

const CASES: [Case; 5] = [
    ("mentor_groups", Shape::MentorGroups { max_mentees: 5 }, mentors, 0),
    ("mentor_groups_of_two_languages", Shape::MentorGroups { max_mentees: 5 }, mentors, 6),
    ("pairs", Shape::Pairs { trio: false }, peers, 6),
    ("pairs_with_trio", Shape::Pairs { trio: true }, peers, 6),
    ("circles", Shape::Circles { min: 4, max: 5 }, peers, 6),
];
const COUNTS: [usize; 3] = [100, 1_000, 10_000];
const SEED: u64 = 1;

fn main() -> anyhow::Result<()> {
    if let Ok(case) = std::env::var("KITH_BENCH_CASE") {
        let (case, count) = case.split_once(' ').unwrap_or((&case, "100"));
        return one(case.parse()?, count.parse()?);
    }
    let mut lines = Vec::new();
    println!(
        "| shape | people | time, s | of it on processors, s | most memory, MiB | total | gap to the bound, % | worst-off | left over | by chance | best pair first | exact judge |"
    );
    println!("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
    for at in 0..CASES.len() {
        for count in COUNTS {
            let case = format!("{at} {count}");
            let run = Command::new(std::env::current_exe()?).env("KITH_BENCH_CASE", case).output()?;
            let said = String::from_utf8(run.stdout)?;
            anyhow::ensure!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
            for line in said.lines() {
                if line.starts_with("RESULT") { lines.push(line.to_owned()) } else { println!("{line}") }
            }
        }
    }
    lines.iter().for_each(|line| println!("{line}"));
    Ok(())
}

/// One case: the engine first, while the memory is its own.
fn one(at: usize, count: usize) -> anyhow::Result<()> {
    let (name, shape, roles, alone) = CASES[at];
    // A trio needs an odd count.
    let people = if matches!(shape, Shape::Pairs { trio: true }) { count + 1 } else { count };
    let problem = community(people, shape, roles, alone, SEED);
    let began = Instant::now();
    let outcome = solve(&problem, SEED, &Progress::new())?;
    let seconds = began.elapsed().as_secs_f64();
    let (memory, busy) = (memory()?, busy()?);
    let gap = 100.0 * (outcome.bound / outcome.total - 1.0);
    let total = |groups: Vec<Vec<String>>| judged(&problem, &groups).map(|found| (found.placed, found.total));
    let shown = |(placed, total): (usize, f64)| {
        let less = outcome.placed - placed;
        if less == 0 { format!("{total:.1}") } else { format!("{total:.1}, {less} fewer placed") }
    };
    let chance = shown(total(others::chance(&problem, SEED))?);
    let greedy = shown(total(others::greedy(&problem))?);
    let exact = others::exact(&problem, count).map_or_else(|| "–".to_owned(), |total| format!("{total:.1}"));
    println!(
        "| {} | {people} | {seconds:.2} | {busy:.2} | {memory:.0} | {:.1} | {gap:.3} | {:.2} | {} | {chance} | {greedy} | {exact} |",
        name.replace('_', " "),
        outcome.total,
        outcome.worst,
        outcome.left_over.len(),
    );
    for (what, value, unit) in [
        ("time", seconds, "s"),
        ("processors", busy, "s"),
        ("memory", memory, "MiB"),
        ("gap", gap, "percent"),
    ] {
        println!("RESULT matching_{name}_{count}_{what} {value:.3} {unit}");
    }
    Ok(())
}

fn judged(problem: &Problem, groups: &[Vec<String>]) -> anyhow::Result<Outcome> {
    judge(problem, groups).map_err(|broken| anyhow::anyhow!("{broken:?}"))
}

/// For how long processors have worked for this process, in seconds, where the system tells (Linux).
fn busy() -> anyhow::Result<f64> {
    const TICKS: f64 = 100.0;
    let stat = std::fs::read_to_string("/proc/self/stat")?;
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let ticks = [11, 12].map(|at| fields.get(at).and_then(|ticks| ticks.parse::<f64>().ok()).unwrap_or(0.0));
    Ok((ticks[0] + ticks[1]) / TICKS)
}

/// The most memory that this process has had, in MiB, where the system tells (Linux).
fn memory() -> anyhow::Result<f64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kib = line.and_then(|line| line.split_whitespace().next()).unwrap_or("0");
    Ok(kib.parse::<f64>()? / 1_024.0)
}

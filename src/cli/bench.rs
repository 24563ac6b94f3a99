//! `cables bench`: how long questions take.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use anyhow::Context;
use cables::query::{SearchOptions, search};
use clap::Args;
use serde::Serialize;

use super::terminal;
use super::{Global, Status};

/// Measure how long queries take
///
/// Each query of the file is answered as "cables search" would answer it,
/// snippets included, several times; its median counts. Percentiles are over
/// the queries' medians.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct BenchCommand {
    /// A file of queries, one a line, or KIND, a tab and the query
    #[arg(value_name = "QUERIES")]
    queries: PathBuf,
    /// How many times to answer each query
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..))]
    runs: u32,
    /// How many times to answer each query before measuring
    #[arg(long, value_name = "N", default_value_t = 1)]
    warmup: u32,
    /// Answer without snippets
    #[arg(long)]
    no_snippets: bool,
    /// How many hits to ask for
    #[arg(long, value_name = "N", default_value_t = 10)]
    limit: usize,
    /// Print a JSON array, an object a kind and last one for all
    #[arg(long)]
    json: bool,
}

const EXAMPLES: &str = "\
Examples:
  cables bench queries.txt
  cables bench queries.txt --runs 20 --json";

/// The kind of a query that the file gives none.
const NO_KIND: &str = "query";

/// The figures of one kind of query.
#[derive(Debug, Serialize)]
struct Figures {
    kind: String,
    queries: usize,
    p50_us: f64,
    p95_us: f64,
    p99_us: f64,
    /// Queries a second, one after the other.
    qps: f64,
}

impl BenchCommand {
    /// Measures and prints.
    pub fn run(&self, global: &Global) -> anyhow::Result<Status> {
        let text = std::fs::read_to_string(&self.queries)
            .with_context(|| format!("{}: cannot be read", self.queries.display()))?;
        let snapshot = global.open()?.snapshot()?;
        let options = SearchOptions {
            limit: self.limit,
            snippets: if self.no_snippets { 0 } else { 1 },
            ..SearchOptions::default()
        };
        let mut kinds: BTreeMap<&str, Vec<Duration>> = BTreeMap::new();
        for (number, line) in (1..).zip(text.lines()) {
            let (kind, query) = line.split_once('\t').unwrap_or((NO_KIND, line));
            if query.trim().is_empty() {
                continue;
            }
            let mut times = Vec::new();
            for run in 0..self.warmup + self.runs {
                let start = Instant::now();
                let result = search(&snapshot, query, &options)
                    .with_context(|| format!("{}:{number}", self.queries.display()))?;
                let time = start.elapsed();
                std::hint::black_box(result);
                if run >= self.warmup {
                    times.push(time);
                }
            }
            times.sort_unstable();
            kinds.entry(kind).or_default().push(percentile(&times, 50));
        }
        let all = kinds.values().flatten().copied().collect();
        let mut figures: Vec<Figures> = kinds
            .into_iter()
            .map(|(kind, times)| figures_of(kind, times))
            .collect();
        figures.push(figures_of("all", all));
        let mut out = terminal::output();
        if self.json {
            serde_json::to_writer(&mut out, &figures)?;
            writeln!(out)?;
        } else {
            write(&figures, &mut out)?;
        }
        out.flush()?;
        Ok(Status::Done)
    }
}

/// The time that so many in a hundred do not exceed, of times in order; zero
/// of none. Nearest rank.
fn percentile(times: &[Duration], percent: usize) -> Duration {
    let rank = (times.len() * percent).div_ceil(100);
    times
        .get(rank.saturating_sub(1))
        .copied()
        .unwrap_or_default()
}

fn figures_of(kind: &str, mut times: Vec<Duration>) -> Figures {
    times.sort_unstable();
    let microseconds = |percent| percentile(&times, percent).as_secs_f64() * 1e6;
    let seconds: f64 = times.iter().map(Duration::as_secs_f64).sum();
    Figures {
        kind: kind.to_owned(),
        queries: times.len(),
        p50_us: microseconds(50),
        p95_us: microseconds(95),
        p99_us: microseconds(99),
        qps: if seconds > 0.0 {
            times.len() as f64 / seconds
        } else {
            0.0
        },
    }
}

fn write(figures: &[Figures], out: &mut dyn Write) -> std::io::Result<()> {
    writeln!(
        out,
        "{:16} {:>7} {:>9} {:>9} {:>9} {:>9}",
        "kind", "queries", "p50 ms", "p95 ms", "p99 ms", "a second"
    )?;
    for row in figures {
        writeln!(
            out,
            "{:16} {:>7} {:>9.3} {:>9.3} {:>9.3} {:>9.0}",
            row.kind,
            row.queries,
            row.p50_us / 1e3,
            row.p95_us / 1e3,
            row.p99_us / 1e3,
            row.qps
        )?;
    }
    Ok(())
}

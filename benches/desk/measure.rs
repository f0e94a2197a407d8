//! Figures: medians, percentiles, memory, processor time, and the table.

use std::fmt::Write;
use std::time::Duration;

/// The middle of several figures.
pub fn median(figures: &[f64]) -> f64 {
    percentile(figures, 0.5)
}

/// The figure below which so many are.
pub fn percentile(figures: &[f64], share: f64) -> f64 {
    let mut sorted = figures.to_vec();
    sorted.sort_by(f64::total_cmp);
    let at = ((sorted.len() as f64 - 1.0) * share).round() as usize;
    sorted.get(at).copied().unwrap_or(f64::NAN)
}

/// The memory of a process that is its own, what it shares with others divided among them, in MiB.
pub fn pss(pid: u32) -> f64 {
    let rollup = std::fs::read_to_string(format!("/proc/{pid}/smaps_rollup")).unwrap_or_default();
    let line = rollup.lines().find_map(|line| line.strip_prefix("Pss:"));
    let kibibytes = line.and_then(|line| line.split_whitespace().next()).and_then(|number| number.parse::<f64>().ok());
    kibibytes.map_or(f64::NAN, |kibibytes| kibibytes / 1024.0)
}

/// The processor time that a process has used.
pub fn processor_time(pid: u32) -> Duration {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    // The name in brackets may have blanks; user and system time are the 12th and 13th field behind it.
    let behind = stat.rsplit_once(") ").map_or("", |(_, behind)| behind);
    let ticks: u64 = behind.split(' ').skip(11).take(2).filter_map(|field| field.parse::<u64>().ok()).sum();
    Duration::from_millis(ticks * 10)
}

/// How many processors there are.
pub fn processors() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// The table of the README.
pub struct Table {
    rows: Vec<[String; 4]>,
    notes: Vec<String>,
}

impl Table {
    pub fn new() -> Self {
        Self { rows: Vec::new(), notes: Vec::new() }
    }

    /// A row: what, the figure, what it stands beside, the goal.
    pub fn row(&mut self, what: impl Into<String>, figure: impl Into<String>, beside: impl Into<String>, goal: &str) {
        let row = [what.into(), figure.into(), beside.into(), goal.to_owned()];
        eprintln!("{}", row.join(" | "));
        self.rows.push(row);
    }

    pub fn note(&mut self, note: impl Into<String>) {
        let note = note.into();
        eprintln!("{note}");
        self.notes.push(note);
    }

    pub fn markdown(&self, quick: bool) -> String {
        let mut out = String::new();
        let memory = std::fs::read_to_string("/proc/meminfo").unwrap_or_default();
        let kibibytes = memory.split_whitespace().nth(1).and_then(|number| number.parse::<f64>().ok()).unwrap_or(0.0);
        let today = jiff::Zoned::now().date();
        // Writing into a string does not fail.
        let _ = writeln!(
            out,
            "Measured on {today} on {} processors and {:.0} GiB of memory{}.\n",
            processors(),
            kibibytes / 1024.0 / 1024.0,
            if quick { ", in short runs that only show that the bench works" } else { "" },
        );
        let _ = writeln!(out, "| what | figure | beside | goal |\n| --- | --- | --- | --- |");
        for row in &self.rows {
            let _ = writeln!(out, "| {} |", row.join(" | "));
        }
        for note in &self.notes {
            let _ = writeln!(out, "\n{note}");
        }
        out
    }
}

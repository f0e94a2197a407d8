//! Plans as `auto_explain` writes them into the server's log, and what is wrong with one.

use std::path::PathBuf;

use serde_json::Value;

use crate::harness::database;

/// The tables that grow with the tickets.
const BIG: [&str; 13] = [
    "tickets",
    "messages",
    "arrivals",
    "events",
    "outbox",
    "people",
    "contacts",
    "participants",
    "attachments",
    "answers",
    "kept_files",
    "search_documents",
    "ticket_tags",
];
/// Rows that may be sorted, or read and thrown away: 10 ms of work.
const MOST_ROWS: f64 = 10_000.0;

/// The server's log from here on.
pub struct Log {
    file: PathBuf,
    begins: usize,
}

impl Log {
    /// From now on each new connection to the database explains all that it is asked.
    pub async fn begin(url: &str) -> Self {
        let name = url.rsplit('/').next().expect("a name");
        for setting in [
            "session_preload_libraries = 'auto_explain'",
            "auto_explain.log_min_duration = 0",
            "auto_explain.log_analyze = on",
            "auto_explain.log_timing = off",
            "auto_explain.log_format = json",
        ] {
            database::execute(url, &format!("ALTER DATABASE {name} SET {setting}")).await;
        }
        let file = database::log();
        let begins = std::fs::read(&file).map_or(0, |log| log.len());
        Self { file, begins }
    }

    /// The plans since then.
    pub fn plans(&self) -> Vec<Plan> {
        let log = std::fs::read(&self.file).expect("the server's log");
        let log = String::from_utf8_lossy(&log[self.begins..]).into_owned();
        let mut plans = Vec::new();
        let mut lines = log.lines();
        while let Some(line) = lines.next() {
            if line.ends_with(" plan:") {
                // What belongs to an entry is indented by a tab.
                let json: Vec<&str> = lines.clone().take_while(|line| line.starts_with('\t')).collect();
                let parsed: Value = serde_json::from_str(&json.join("\n")).expect("a plan");
                plans.push(Plan(parsed));
            }
        }
        plans
    }
}

/// A statement and how it was carried out.
pub struct Plan(Value);

impl Plan {
    /// What is wrong with it.
    pub fn complaint(&self) -> Option<String> {
        let mut complaints = Vec::new();
        judge(&self.0["Plan"], &mut complaints);
        let plan = || serde_json::to_string_pretty(&self.0).unwrap_or_default();
        (!complaints.is_empty()).then(|| format!("{}\n{}", complaints.join(", "), plan()))
    }
}

fn judge(node: &Value, complaints: &mut Vec<String>) {
    let text = |name: &str| node[name].as_str().unwrap_or_default();
    let number = |name: &str| node[name].as_f64().unwrap_or(0.0);
    let loops = number("Actual Loops");
    let table = text("Relation Name");
    if text("Node Type").contains("Seq Scan") && BIG.contains(&table) && loops > 0.0 {
        complaints.push(format!("reads {table} from one end to the other"));
    }
    let children = node["Plans"].as_array().map_or(&[][..], Vec::as_slice);
    if text("Node Type").contains("Sort") {
        let rows: f64 = children.iter().map(|child| child["Actual Rows"].as_f64().unwrap_or(0.0)).sum::<f64>() * loops;
        if rows > MOST_ROWS {
            complaints.push(format!("sorts {rows} rows"));
        }
    }
    for thrown in ["Rows Removed by Filter", "Rows Removed by Index Recheck", "Rows Removed by Join Filter"] {
        let rows = number(thrown) * loops;
        if rows > MOST_ROWS {
            complaints.push(format!("throws {rows} rows of {table} away"));
        }
    }
    for child in children {
        judge(child, complaints);
    }
}

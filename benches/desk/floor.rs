//! The floor: pgbench with the very same SQL, as many clients, the same durability, over the same Unix socket.
//!
//! One arrival is stored by the service; the rows that came of it are read back and become the parameter of the same
//! statement (`create.sql`), with all keys replaced by ones that grow with time. What an enquiry causes afterwards, its
//! letter's and its search document's statements, runs beside it as often as the service does it: batched.

use std::process::Stdio;

use tokio_postgres::Client;

use crate::service::Bench;

const CREATE: &str = include_str!("../../src/desk/receive/create.sql");
/// What stands where each transaction puts a number of its own.
const OWN: &str = "TTTTTTTTTTTT";
/// The address of the arrival that is read back.
pub const PROBE: &str = "probe@bench.example";

/// How an arrival came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Door {
    Form,
    Letter,
}

/// A database that pgbench writes into.
pub struct Floor {
    name: String,
    folder: tempfile::TempDir,
    variables: Vec<(&'static str, String)>,
    runs: u64,
}

impl Floor {
    /// Prepares the floor of what the service stored on `probed`.
    pub async fn new(bench: &Bench, name: &str, probed: &Client, door: Door) -> Self {
        drop(bench.database(name).await);
        let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
        let variables = vec![
            ("rows", rows(probed).await),
            ("raw", one(probed, "SELECT raw::text FROM arrivals LIMIT 1").await),
            (
                "tokens",
                one(probed, "SELECT to_json(tsvector_to_array(tokens))::text FROM search_documents LIMIT 1").await,
            ),
            ("folded", one(probed, "SELECT folded FROM search_documents LIMIT 1").await),
        ];
        let write = |name: &str, script: String| std::fs::write(folder.path().join(name), script).unwrap();
        write("enquiry.sql", enquiry(door));
        write("letters.sql", LETTERS.to_owned());
        write("documents.sql", DOCUMENTS.to_owned());
        Self { name: name.to_owned(), folder, variables, runs: 0 }
    }

    /// Enquiries a second with so many clients.
    pub async fn run(&mut self, bench: &Bench, seconds: u64, clients: usize) -> f64 {
        self.runs += 1;
        let url = bench.url(&self.name);
        let file = |name: &str, weight: u32| format!("{}@{weight}", self.folder.path().join(name).display());
        let install = madoguchi::postgres::install::Install::find().unwrap();
        let mut command = tokio::process::Command::new(install.newest().program("pgbench"));
        command.args(["--no-vacuum", "--protocol=prepared"]);
        command.arg(format!("--client={clients}")).arg(format!("--jobs={}", clients.min(2)));
        command.arg(format!("--time={seconds}"));
        // Ours claims up to 64 letters at a time, and indexes up to 256 messages.
        for (name, weight) in [("enquiry.sql", 256), ("letters.sql", 4), ("documents.sql", 1)] {
            command.arg("--file").arg(file(name, weight));
        }
        for (name, value) in &self.variables {
            command.arg(format!("--define={name}={value}"));
        }
        command.arg("--define=t=0").arg(format!("--define=base={}", self.runs * 10_000_000_000));
        command.arg(&url).stdout(Stdio::piped()).stderr(Stdio::piped());
        let output = command.output().await.unwrap();
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        let complaints = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success() && !complaints.contains("aborted"), "{said}\n{complaints}");
        // The first script's own line: " - 1234 transactions (98.1% of total, tps = 567.8)".
        let own = said.split("SQL script 1:").nth(1).unwrap_or_default();
        let tps = own.split("tps = ").nth(1).and_then(|rest| rest.split([')', ' ']).next()).unwrap_or_default();
        tps.parse().unwrap_or_else(|_| panic!("no figure in {said}"))
    }
}

async fn one(client: &Client, sql: &str) -> String {
    client.query_one(sql, &[]).await.unwrap().get(0)
}

/// The rows of the one arrival, in the shape of `create.sql`, with keys to be replaced.
async fn rows(probed: &Client) -> String {
    let tables =
        ["people", "contacts", "tickets", "participants", "arrivals", "messages", "attachments", "events", "outbox"];
    let parts =
        tables.map(|table| format!("'{table}', coalesce((SELECT jsonb_agg(to_jsonb(r)) FROM {table} r), '[]')"));
    let whole: String = one(probed, &format!("SELECT jsonb_build_object({})::text", parts.join(", "))).await;
    let mut rows: serde_json::Value = serde_json::from_str(&whole).unwrap();
    let arrivals = rows["arrivals"].as_array_mut().unwrap();
    assert_eq!(arrivals.len(), 1, "one arrival is probed");
    arrivals[0]["raw_index"] = 1.into();
    arrivals[0].as_object_mut().unwrap().remove("raw");
    rows["tickets"][0]["number"] = OWN.into();
    let mut seen: Vec<String> = Vec::new();
    replace_keys(&mut rows, &mut seen);
    rows.to_string().replace(PROBE, &format!("{OWN}@bench.example"))
}

/// Replaces keys and hashes: what is not the table's own (division, staff) is kept.
fn replace_keys(value: &mut serde_json::Value, seen: &mut Vec<String>) {
    match value {
        serde_json::Value::Array(values) => values.iter_mut().for_each(|value| replace_keys(value, seen)),
        serde_json::Value::Object(fields) => {
            for (name, value) in fields {
                match value.as_str() {
                    Some(key)
                        if name == "id" || (name.ends_with("_id") && name != "division_id" && name != "mail_id") =>
                    {
                        let place = seen.iter().position(|other| other == key).unwrap_or_else(|| {
                            seen.push(key.to_owned());
                            seen.len() - 1
                        });
                        *value = format!("{OWN}70008000{place:012x}").into();
                    }
                    Some(hash) if hash.starts_with("\\x") => {
                        *value = format!("\\x{OWN}{}", "0".repeat(hash.len() - 2 - OWN.len())).into();
                    }
                    Some(mail_id) if name == "mail_id" => {
                        *value = format!("{OWN}{}", mail_id.get(OWN.len()..).unwrap_or_default()).into();
                    }
                    _ => replace_keys(value, seen),
                }
            }
        }
        _ => {}
    }
}

/// An arrival: what is asked before it is stored, its number, and the storing.
fn enquiry(door: Door) -> String {
    let own = "lpad((:k)::text, 12, '0')";
    let address = format!("ARRAY[{own} || '@bench.example']");
    let hash = |length: usize| format!("ARRAY[decode(rpad({own}, {length}, '0'), 'hex')]");
    let same = format!(
        "SELECT arrivals.sameness, tickets.number FROM arrivals LEFT OUTER JOIN tickets ON arrivals.ticket_id = tickets.id \
         WHERE arrivals.sameness = ANY({}) AND arrivals.outcome <> 'duplicate';",
        hash(64)
    );
    let form = format!(
        "SELECT arrivals.form_nonce, tickets.number FROM arrivals INNER JOIN tickets ON arrivals.ticket_id = tickets.id \
         WHERE arrivals.form_nonce = ANY({}) AND arrivals.outcome = 'created' AND arrivals.form_nonce IS NOT NULL;",
        hash(32)
    );
    let people = format!(
        "SELECT contacts.value, contacts.person_id FROM contacts WHERE contacts.kind = 'email' \
         AND contacts.value = ANY({address});"
    );
    let recent = format!(
        "SELECT recipient, channel, count(*) FROM outbox WHERE purpose = 'acknowledgement' AND recipient = ANY({address}) \
         AND created_at > now() - interval '1 hour' GROUP BY recipient, channel;"
    );
    let number = "SELECT nextval('ticket_number') FROM generate_series(1, 1);";
    let create = format!(
        "WITH batch AS MATERIALIZED (SELECT replace(:rows, '{OWN}', {own})::jsonb AS rows, ARRAY[(:raw)::bytea] AS raws){};",
        CREATE.trim_end()
    );
    let form = if door == Door::Form { form } else { String::new() };
    let counter = "\\set t :t + 1\n\\set k :base + :t * 100 + :client_id";
    [counter, &same, &form, &people, &recent, number, &create].join("\n")
}

/// What the outbox does with the letters that are due.
const LETTERS: &str = "BEGIN;
SELECT coalesce(array_agg(id), '{}')::text AS ids FROM (SELECT id FROM outbox WHERE state = 'waiting' \
AND next_attempt_at <= now() ORDER BY next_attempt_at LIMIT 64 FOR UPDATE SKIP LOCKED) AS due \\gset
UPDATE outbox SET state = 'claimed', lease_holder = gen_random_uuid(), lease_until = now() + interval '5 minutes' \
WHERE id = ANY((:ids)::uuid[]);
COMMIT;
SELECT outbox.id, outbox.number, tickets.number, letter, attempts, outbox.created_at FROM outbox \
INNER JOIN tickets ON outbox.ticket_id = tickets.id WHERE outbox.id = ANY((:ids)::uuid[]) ORDER BY outbox.number;
BEGIN;
UPDATE outbox SET state = 'captured', attempts = attempts + 1, lease_holder = NULL, lease_until = NULL, \
server_code = NULL, server_words = NULL, finished_at = now() WHERE id = ANY((:ids)::uuid[]) RETURNING ticket_id;
COMMIT;
";

/// What the indexer does with the messages that have no documents.
const DOCUMENTS: &str = "BEGIN;
SELECT coalesce(array_agg(message_id), '{}')::text AS ids FROM (SELECT message_id FROM search_pending \
ORDER BY message_id LIMIT 256 FOR UPDATE SKIP LOCKED) AS pending \\gset
SELECT messages.id, tickets.number, tickets.subject, messages.sender_name, messages.sender_address, \
tickets.enquirer_organisation, tickets.enquirer_address, messages.text FROM messages \
INNER JOIN tickets ON messages.ticket_id = tickets.id WHERE messages.id = ANY((:ids)::uuid[]);
INSERT INTO search_documents (message_id, part, ticket_number, tokens, folded) SELECT d.id, d.part, d.number, \
array_to_tsvector(ARRAY(SELECT jsonb_array_elements_text(d.tokens::jsonb))), d.folded FROM (SELECT m.id, 0 AS part, \
t.number, (:tokens)::text AS tokens, (:folded)::text AS folded FROM messages m INNER JOIN tickets t ON m.ticket_id = t.id \
WHERE m.id = ANY((:ids)::uuid[])) AS d (id, part, number, tokens, folded) \
ON CONFLICT (message_id, part) DO UPDATE SET tokens = excluded.tokens, folded = excluded.folded;
DELETE FROM search_pending WHERE message_id = ANY((:ids)::uuid[]);
COMMIT;
";

//! (e) How fast letters are understood, beside what nobody can do without: mail-parser, ammonia on the HTML, and SHA-256
//! of what is attached.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use mail_parser::{MessageParser, MimeHeaders, PartType};
use sha2::{Digest, Sha256};

use crate::Plan;
use crate::measure::{Table, median};

pub fn measure(plan: &Plan, table: &mut Table) {
    let (whole, short) = letters();
    let all = [&whole[..], &short].concat();
    measure_one("letters of the tests understood", &all, "ratio ≥ 0.5", plan, table);
    measure_one("those of them that came whole", &whole, "", plan, table);
    measure_one("the short ones, each about one thing", &short, "", plan, table);
    let delivered: Vec<Vec<u8>> = short.iter().map(|raw| [TRACE.as_bytes(), raw].concat()).collect();
    measure_one("the short ones with the lines that servers on their way add", &delivered, "", plan, table);
}

/// What three servers put above a letter.
const TRACE: &str = include_str!("trace.txt");

fn measure_one(what: &str, letters: &[Vec<u8>], goal: &str, plan: &Plan, table: &mut Table) {
    let bytes: usize = letters.iter().map(Vec::len).sum();
    let time = Duration::from_secs(plan.seconds);
    let (mut ours, mut floors, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..plan.runs {
        let desk = megabytes_per_second(letters, bytes, time, |raw| {
            std::hint::black_box(madoguchi::mail::parse::parse(raw));
        });
        let floor = megabytes_per_second(letters, bytes, time, |raw| {
            std::hint::black_box(understood_by_floor(raw));
        });
        eprintln!("{what}: {desk:.1} MB/s beside {floor:.1} MB/s");
        ratios.push(desk / floor);
        ours.push(desk);
        floors.push(floor);
    }
    table.row(
        format!("{what}, {} of {:.1} kB each", letters.len(), bytes as f64 / 1000.0 / letters.len() as f64),
        format!("{:.1} MB/s; ratio **{:.2}**", median(&ours), median(&ratios)),
        format!("{:.1} MB/s", median(&floors)),
        goal,
    );
}

/// The letters of the tests: those that are whole, as clients send them, and those that have no more than what they are
/// about.
fn letters() -> (Vec<Vec<u8>>, Vec<Vec<u8>>) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/letters");
    let entries = |folder: &Path| std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let groups = entries(&folder).filter(|path| path.is_dir());
    let files = groups.flat_map(|group| entries(&group).collect::<Vec<_>>());
    let letters = files.filter(|path| path.extension().is_some_and(|ending| ending == "eml"));
    let (whole, short): (Vec<_>, Vec<_>) = letters.partition(|path| path.parent().unwrap().ends_with("whole"));
    let read = |files: Vec<PathBuf>| files.iter().map(|path| std::fs::read(path).unwrap()).collect();
    (read(whole), read(short))
}

fn megabytes_per_second(letters: &[Vec<u8>], bytes: usize, time: Duration, take: impl Fn(&[u8])) -> f64 {
    let began = Instant::now();
    let mut rounds = 0;
    while began.elapsed() < time {
        letters.iter().for_each(|raw| take(raw));
        rounds += 1;
    }
    (bytes * rounds) as f64 / 1e6 / began.elapsed().as_secs_f64()
}

/// What the libraries do by themselves; how much of it, so that it is not left out.
fn understood_by_floor(raw: &[u8]) -> usize {
    let Some(message) = MessageParser::default().parse(raw) else { return 0 };
    let html: usize = message
        .parts
        .iter()
        .map(|part| if let PartType::Html(html) = &part.body { ammonia::clean(html).len() } else { 0 })
        .sum();
    let text: usize =
        (0..message.text_body_count()).filter_map(|at| message.body_text(at)).map(|text| text.len()).sum();
    let files: usize = message
        .attachments()
        .map(|file| usize::from(Sha256::digest(file.contents())[0]) + file.attachment_name().map_or(0, str::len))
        .sum();
    html + text + files
}

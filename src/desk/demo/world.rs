//! What all stories share: the directory, staff, files, the year.

use diesel::{ExpressionMethods, QueryDsl};
use diesel_async::RunQueryDsl;
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use std::sync::Arc;

use crate::desk::demo::texts::Texts;
use crate::desk::demo::times::Times;
use crate::desk::{Desk, DeskError, attachments};
use crate::domain::calendar::WorkingCalendar;
use crate::domain::division::Directory;
use crate::domain::enquiry::File;
use crate::domain::routing::Map;
use crate::domain::ticket::Role;
use crate::mail::token::Tokens;
use crate::postgres::column::Word;
use crate::postgres::schema::staff;

/// A colleague who works with tickets.
pub(super) struct Member {
    pub(super) id: Uuid,
    pub(super) name: String,
    pub(super) role: Role,
}

pub(super) struct World {
    pub(super) seed: u64,
    pub(super) texts: Texts,
    pub(super) times: Times,
    pub(super) directory: Arc<Directory>,
    pub(super) map: Map,
    /// Our own addresses, folded.
    pub(super) ours: Vec<String>,
    pub(super) tokens: Tokens,
    pub(super) staff: Vec<Member>,
    pub(super) files: Vec<File>,
}

impl World {
    /// Reads the world, and adds to it what a demo needs: files, and colleagues where there is nobody.
    pub(super) async fn read(desk: &Desk, seed: u64, now: Timestamp) -> Result<Self, DeskError> {
        let texts = Texts::read();
        let directory = desk.directory().await?;
        let office = directory.divisions[..].first().map(|division| division.calendar.clone());
        let files: Vec<File> = texts.files.names.iter().enumerate().map(|(at, name)| file(at, name)).collect();
        attachments::keep(&mut *desk.database.connection().await?, files.iter()).await?;
        Ok(Self {
            seed,
            times: Times::new(&office.unwrap_or_else(WorkingCalendar::japanese_office), now),
            map: directory.map(),
            ours: directory.addresses(),
            directory,
            tokens: desk.tokens.clone(),
            staff: members(desk, &texts, now).await?,
            files,
            texts,
        })
    }
}

/// With fewer than these a division looks deserted: colleagues are added, who cannot sign in.
const FEWEST_STAFF: i64 = 3;

async fn members(desk: &Desk, texts: &Texts, now: Timestamp) -> Result<Vec<Member>, DeskError> {
    let mut connection = desk.database.connection().await?;
    let there: i64 = staff::table.count().get_result(&mut connection).await?;
    if there < FEWEST_STAFF {
        let colleagues: Vec<_> = texts
            .staff
            .names
            .iter()
            .zip(&texts.staff.addresses)
            .map(|(name, address)| {
                (
                    staff::id.eq(Uuid::now_v7()),
                    staff::email.eq(format!("{address}@desk.example")),
                    staff::name.eq(name),
                    staff::role.eq(Word(Role::Agent)),
                    staff::created_at.eq(jiff_diesel::Timestamp::from(now)),
                )
            })
            .collect();
        diesel::insert_into(staff::table).values(colleagues).on_conflict_do_nothing().execute(&mut connection).await?;
    }
    let rows: Vec<(Uuid, String, Word<Role>)> = staff::table
        .order(staff::id)
        .limit(100)
        .select((staff::id, staff::name, staff::role))
        .load(&mut connection)
        .await?;
    let members = rows.into_iter().map(|(id, name, Word(role))| Member { id, name, role });
    Ok(members.filter(|member| member.role.may_change()).collect())
}

/// A small file of the kind that its name says. Its bytes are the same in every demo, so that they are kept once.
fn file(at: usize, name: &str) -> File {
    let kind = name.rsplit_once('.').map_or("", |(_, kind)| kind);
    let (content_type, content) = match kind {
        "pdf" => ("application/pdf", pdf(&format!("Madoguchi demo, document {at}"))),
        "csv" => {
            ("text/csv", format!("no,name,title\r\n1,A. Example,Mayor\r\n{at},B. Example,Director\r\n").into_bytes())
        }
        "png" => ("image/png", PNG.to_vec()),
        _ => ("text/plain", format!("Memo {at} of the demo.\r\n").into_bytes()),
    };
    let sniffed = infer::get(&content).map(|kind| kind.mime_type().to_owned());
    File {
        filename: name.to_owned(),
        content_type: content_type.to_owned(),
        sniffed_type: sniffed.unwrap_or_else(|| "application/octet-stream".to_owned()),
        sha256: Sha256::digest(&content).into(),
        content,
        inline: false,
        content_id: None,
    }
}

/// A page with a line on it.
fn pdf(line: &str) -> Vec<u8> {
    let stream = format!("BT /F1 18 Tf 72 740 Td ({line}) Tj ET");
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 5 0 R >> >> /Contents 4 0 R >>"
            .to_owned(),
        format!("<< /Length {} >>\nstream\n{stream}\nendstream", stream.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
    ];
    let mut pdf = "%PDF-1.4\n".to_owned();
    let mut begins = Vec::new();
    for (index, object) in objects.iter().enumerate() {
        begins.push(pdf.len());
        pdf.push_str(&format!("{} 0 obj\n{object}\nendobj\n", index + 1));
    }
    let table = pdf.len();
    pdf.push_str(&format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1));
    for begin in begins {
        pdf.push_str(&format!("{begin:010} 00000 n \n"));
    }
    pdf.push_str(&format!("trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n", objects.len() + 1));
    pdf.into_bytes()
}

/// A picture of one dot.
const PNG: &[u8] = &[
    0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0x00, 0x00, 0x0d, 0x49, 0x48, 0x44, 0x52, 0x00, 0x00, 0x00,
    0x01, 0x00, 0x00, 0x00, 0x01, 0x08, 0x06, 0x00, 0x00, 0x00, 0x1f, 0x15, 0xc4, 0x89, 0x00, 0x00, 0x00, 0x0d, 0x49,
    0x44, 0x41, 0x54, 0x78, 0xda, 0x63, 0x64, 0xf8, 0xcf, 0x50, 0x0f, 0x00, 0x03, 0x86, 0x01, 0x80, 0x5a, 0x34, 0x7d,
    0x6b, 0x00, 0x00, 0x00, 0x00, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82,
];

#[cfg(test)]
mod tests {
    use super::file;

    #[test]
    fn files_are_what_their_names_say() {
        for (name, kind) in
            [("a.pdf", "application/pdf"), ("a.png", "image/png"), ("a.csv", "application/octet-stream")]
        {
            assert_eq!(file(1, name).sniffed_type, kind);
        }
    }
}

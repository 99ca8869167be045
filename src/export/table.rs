//! `scan --format table`: for people, worst first, with what the numbers do not hold below.

use std::borrow::Cow;
use std::fmt::Write as _;

use unicode_width::UnicodeWidthStr;

use super::{Scan, cells, unseen};
use crate::domain::endpoint::service;
use crate::domain::finding::Finding;
use crate::domain::tally::AccountState;
use crate::domain::text::escape;
use crate::domain::verdict::{Lens, Verdict};

/// How a table is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Style {
    /// Cells across, where it goes to a terminal: long names are cut to fit.
    pub width: Option<usize>,
    /// Colours the verdict, which also has a glyph and a word.
    pub colour: bool,
    /// ASCII only, in glyphs and cuts; names stay as they are.
    pub ascii: bool,
}

const COLUMNS: usize = 9;
const HEADER: [&str; COLUMNS] = [
    "VERDICT",
    "D9",
    "ACCOUNT",
    "DISTRIBUTION",
    "ORIGIN",
    "TYPE",
    "TO ORIGIN",
    "VIEWER",
    "MIN TLS",
];
/// The columns that give way when the terminal is narrow, the longest first, and how far.
const LEAST: [(usize, usize); 2] = [(4, 16), (2, 10)];
/// The columns that are left out where even that is too wide, the first first: MIN TLS, TYPE,
/// VIEWER, TO ORIGIN. JSON and CSV have them all.
const LEFT_OUT: [usize; 4] = [8, 5, 7, 6];

/// The findings as aligned columns, then what they add up to and the accounts that they lack.
pub fn table(scan: &Scan<'_>, style: Style) -> String {
    let mut findings: Vec<&Finding<'_>> = scan.findings.iter().collect();
    // Stable: within a verdict the order of the scan stays.
    findings.sort_by(|a, b| {
        let key = |f: &Finding<'_>| f.assessment.verdict(scan.lens).severity_first();
        key(a).cmp(&key(b)).then_with(|| a.account.name.cmp(&b.account.name))
    });
    let mut out = String::new();
    if !findings.is_empty() {
        let rows: Vec<_> = findings.iter().map(|f| row(f, scan.lens, style)).collect();
        let widths = fitted(natural(&rows), style.width);
        line(&mut out, &HEADER.map(Cow::Borrowed), &widths, style, None);
        for (row, finding) in rows.iter().zip(&findings) {
            line(&mut out, row, &widths, style, Some(finding.assessment.verdict(scan.lens)));
        }
        out.push('\n');
    }
    out + &summary(scan)
}

fn row<'a>(finding: &Finding<'a>, lens: Lens, style: Style) -> [Cow<'a, str>; COLUMNS] {
    let verdict = finding.assessment.verdict(lens);
    let [answer, gap] = cells::d9_cell(finding.assessment, style.ascii);
    let edge = cells::edge_cell(finding.assessment);
    [
        Cow::Owned(format!("{} {}", verdict.glyph(style.ascii), verdict.word())),
        Cow::Owned(format!("{answer}{gap}{edge}")),
        escape(&finding.account.name),
        escape(finding.distribution.id.as_str()),
        cells::origin(finding),
        Cow::Borrowed(service(finding.origin)),
        Cow::Borrowed(cells::protocol(finding)),
        cells::viewer(finding),
        Cow::Borrowed(cells::min_tls(finding)),
    ]
}

fn natural(rows: &[[Cow<'_, str>; COLUMNS]]) -> [usize; COLUMNS] {
    let mut widths = HEADER.map(UnicodeWidthStr::width);
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.width());
        }
    }
    widths
}

/// Makes the line fit, as far as it goes: columns are left out (they get no width), then
/// narrowed.
fn fitted(mut widths: [usize; COLUMNS], room: Option<usize>) -> [usize; COLUMNS] {
    let Some(room) = room else { return widths };
    let given_way: usize =
        LEAST.iter().map(|(column, least)| widths[*column].saturating_sub(*least)).sum();
    for column in LEFT_OUT {
        if across(&widths) - given_way > room {
            widths[column] = 0;
        }
    }
    for (column, least) in LEAST {
        let over = across(&widths).saturating_sub(room);
        widths[column] = widths[column].saturating_sub(over).max(least.min(widths[column]));
    }
    widths
}

/// Cells of a line with a blank between the columns that it has.
fn across(widths: &[usize; COLUMNS]) -> usize {
    let shown = widths.iter().filter(|width| **width > 0);
    shown.map(|width| width + 1).sum::<usize>() - 1
}

fn line(
    out: &mut String,
    row: &[Cow<'_, str>; COLUMNS],
    widths: &[usize; COLUMNS],
    style: Style,
    verdict: Option<Verdict>,
) {
    let sign = if style.ascii { ".." } else { "…" };
    let mut text = String::new();
    let shown = row.iter().zip(widths).enumerate().filter(|(_, (_, width))| **width > 0);
    for (column, (cell, width)) in shown {
        let cut = cells::cut_middle_with(cell, *width, sign);
        let padding = width - cut.width();
        match verdict {
            Some(verdict) if column == 0 && style.colour => {
                let _ = write!(text, "\x1b[{}m{cut}\x1b[0m", colour(verdict));
            }
            _ => text.push_str(&cut),
        }
        let _ = write!(text, "{:padding$} ", "");
    }
    out.push_str(text.trim_end());
    out.push('\n');
}

/// The terminal's own colours; passing is cyan, since red and green look alike to many.
fn colour(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Fail => "31",
        Verdict::Unknown => "35",
        Verdict::Warn => "33",
        Verdict::Pass => "36",
        Verdict::NotApplicable => "2",
    }
}

fn summary(scan: &Scan<'_>) -> String {
    let tally = scan.tally();
    let mut parts: Vec<String> = Vec::new();
    for verdict in Verdict::BY_SEVERITY {
        if tally.of(verdict) > 0 {
            parts.push(format!("{} {}", tally.of(verdict), verdict.name().replace('_', " ")));
        }
    }
    let found = match parts.is_empty() {
        true => String::new(),
        false => format!(": {}", parts.join(", ")),
    };
    let coverage = &scan.coverage;
    let skipped = scan.accounts.iter().filter(|a| a.state == AccountState::Skipped).count();
    let mut out = format!("{}{found}\n", counted(tally.origins, "origin"));
    let encrypted = match tally.origins {
        0 => "nothing to judge in".to_owned(),
        _ => format!("{} % encrypted of", tally.percent_encrypted()),
    };
    let accounts = match coverage.accounts {
        1 => "one account".to_owned(),
        many => format!("{many} accounts"),
    };
    let _ = write!(out, "{encrypted} {} % of the {accounts}", coverage.percent());
    if tally.edge > 0 {
        let _ = write!(out, "; edge code (^) may send {} of the encrypted elsewhere", tally.edge);
    }
    if skipped > 0 {
        let _ = write!(out, "; {skipped} disabled in the fleet file");
    }
    out.push('\n');
    for line in unseen(scan) {
        let _ = writeln!(out, "{line}");
    }
    out
}

fn counted(number: usize, what: &str) -> String {
    match number {
        1 => format!("1 {what}"),
        _ => format!("{number} {what}s"),
    }
}

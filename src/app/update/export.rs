//! `e`: the rows that pass the filter, as a file and on the clipboard.

use crate::app::effect::Effect;
use crate::app::model::Model;
use crate::app::scan::{place, scan};
use crate::domain::finding::Finding;
use crate::export::{self, Scan};

/// The most rows that are written between a key and its frame; more are for `cf-tui scan`.
const MOST: usize = 10_000;

/// `e c`: in the order of the table.
pub(super) fn csv(model: &mut Model) -> Vec<Effect> {
    exported(model, "CSV", "export.csv", |scan| export::csv(&scan))
}

/// `e j`: the document of `scan --format json`, whose order is its own.
pub(super) fn json(model: &mut Model) -> Vec<Effect> {
    exported(model, "JSON", "export.json", |mut scan| {
        scan.findings.sort_by(|a, b| place(a).cmp(&place(b)));
        export::json(&scan)
    })
}

/// `e t`: text for people, with what the numbers lack.
pub(super) fn table(model: &mut Model) -> Vec<Effect> {
    let ascii = model.start.ascii;
    exported(model, "a table", "export.txt", move |scan| {
        export::table(&scan, export::Style { ascii, ..export::Style::default() })
    })
}

fn exported(
    model: &mut Model,
    form: &str,
    file: &'static str,
    write: impl FnOnce(Scan<'_>) -> String,
) -> Vec<Effect> {
    let rows = model.index.passing();
    let count = rows.len();
    if count == 0 || count > MOST {
        let says = match count {
            0 => "nothing to export: no row passes the filter".to_owned(),
            _ => format!(
                "{count} rows are too many to export here (at most {MOST}): filter them, or run \
                 cf-tui scan --output FILE"
            ),
        };
        model.say(says, true);
        return Vec::new();
    }
    let findings: Vec<Finding<'_>> =
        rows.iter().filter_map(|row| model.store.finding(*row)).collect();
    let text = write(scan(&model.store, findings, model.narrowing.lens, model.now));
    let what = format!("{count} origin{} as {form}", if count == 1 { "" } else { "s" });
    vec![Effect::Copy { what, text, file: Some(file) }]
}

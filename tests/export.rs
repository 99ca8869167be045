//! `e`: what is shown goes to the clipboard and a file, as `scan` would write it.
#![allow(clippy::unwrap_used, missing_docs)]

mod explorer;

use cf_tui::app::effect::Effect;
use explorer::Explorer;

fn copied(explorer: &Explorer) -> (&str, &str, &str) {
    match explorer.effects.first() {
        Some(Effect::Copy { what, text, file: Some(file) }) => (what, text, file),
        other => panic!("{other:?}"),
    }
}

#[test]
fn csv_has_the_rows_that_pass_in_the_order_of_the_table() {
    let mut explorer = Explorer::demo(120, 40);
    explorer.keys("/is:gap<enter>llls").keys("ec");
    let shown: Vec<String> = explorer
        .model
        .index
        .passing()
        .iter()
        .map(|row| explorer.model.store.finding(*row).unwrap().distribution.id.as_str().to_owned())
        .collect();
    let (what, text, file) = copied(&explorer);
    assert_eq!((what, file), (format!("{} origins as CSV", shown.len()).as_str(), "export.csv"));
    let mut lines = csv::Reader::from_reader(text.as_bytes());
    let column =
        lines.headers().unwrap().iter().position(|name| name == "distribution_id").unwrap();
    let ids: Vec<String> = lines.records().map(|line| line.unwrap()[column].to_owned()).collect();
    assert_eq!(ids, shown);
}

#[test]
fn json_says_of_how_much_and_a_table_too() {
    let mut explorer = Explorer::demo(120, 40);
    explorer.keys("/verdict=fail<enter>ej");
    let document: serde_json::Value = serde_json::from_str(copied(&explorer).1).unwrap();
    assert_eq!(document["version"], 1);
    assert_eq!(document["coverage"]["failed"], 5);
    assert_eq!(document["findings"].as_array().unwrap().len(), 43);
    explorer.keys("et");
    let (_, text, _) = copied(&explorer);
    assert!(text.contains("43 origins: 43 fail"), "{text}");
}

#[test]
fn nothing_is_no_export() {
    let mut explorer = Explorer::demo(120, 40);
    let screen = explorer.screen("/nothing here<enter>ec");
    assert!(explorer.effects.iter().all(|effect| !matches!(effect, Effect::Copy { .. })));
    assert!(screen.contains("nothing to export"), "{screen}");
}

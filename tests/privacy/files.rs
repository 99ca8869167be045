//! Exports and recordings.

use std::process::Command;

use cf_tui::app::event::{Event, Timed};
use cf_tui::app::model::Start;
use cf_tui::app::privacy::{Privacy, Taping, masked};
use cf_tui::app::recording::{Happened, Header, line};
use cf_tui::domain::mask::{Key, Mask};
use cf_tui::inventory::demo::NOW;
use cf_tui::inventory::report::LoadId;

use crate::explorer::{Explorer, demo_reports};
use crate::names::assert_masked;

fn scan(arguments: &[&str]) -> (String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_cf-tui"))
        .args(["scan", "--demo"])
        .args(arguments)
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (text(output.stdout), text(output.stderr))
}

#[test]
fn no_format_of_a_scan_holds_a_real_name() {
    for format in ["table", "json", "csv"] {
        let (out, err) = scan(&["--format", format, "--privacy"]);
        assert!(out.len() > 10_000, "{format}: {err}");
        assert_masked(&out, format);
        assert_masked(&err, format);
        assert_eq!(scan(&["--format", format, "--privacy"]).0, out, "the same names in each run");
    }
}

#[test]
fn the_filter_of_a_scan_is_of_real_names() {
    let rows = |arguments: &[&str]| scan(arguments).0.lines().count();
    let filter = ["--format", "csv", "--filter", "account=shop-prod"];
    let private = [&filter[..], &["--privacy"]].concat();
    assert!(rows(&filter) > 1);
    assert_eq!(rows(&private), rows(&filter));
}

#[test]
fn a_private_recording_holds_no_real_name() {
    let accounts = Explorer::empty(80, 24).model.store.real_accounts().cloned().collect::<Vec<_>>();
    let key = Key::new([9; 32]);
    let mask = Mask::new(key, &accounts);
    let privacy = Privacy { on: true, key, taping: Taping::Masked, lasting: true };
    let start = Start { accounts, privacy, fleet: "acme.toml".to_owned(), ..Start::default() };
    let header = Header::new(&start, (80, 24), NOW);
    assert!(header.start.masked);
    let mut text = String::from_utf8(line(&header).unwrap()).unwrap();
    assert!(!text.contains("mask_key") && !text.contains("acme"), "{text}");
    for report in demo_reports() {
        let event = masked(&mask, Event::Reported(LoadId(1), vec![report]));
        text +=
            &String::from_utf8(line(&Happened::new(0, Timed { at: NOW, event })).unwrap()).unwrap();
    }
    assert!(text.len() > 100_000);
    assert_masked(&text, "recording");
}

#[test]
fn a_recording_of_real_names_has_a_key_of_its_own() {
    let key = Key::new([9; 32]);
    let privacy = Privacy { on: false, key, taping: Taping::Real, lasting: false };
    let start = Start { privacy, ..Start::default() };
    let header = Header::new(&start, (80, 24), NOW);
    assert_eq!(header.privacy().key, key);
    let unrecorded =
        Start { privacy: Privacy { taping: Taping::No, ..privacy }, ..Start::default() };
    assert_eq!(Header::new(&unrecorded, (80, 24), NOW).mask_key, None);
}

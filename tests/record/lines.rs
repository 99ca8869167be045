//! Every event comes back from its line as it was.

use std::path::PathBuf;

use cf_tui::app::event::{Copied, Event, Timed};
use cf_tui::app::model::Measured;
use cf_tui::app::preflight::OriginOf;
use cf_tui::app::recording::{Happened, line};
use cf_tui::domain::fault::{Fault, FaultKind, Step};
use cf_tui::domain::ids::{DistributionId, OriginId};
use cf_tui::domain::preflight::{Address, Cause, Certificate, Doubt, Outcome, Preflight, Target};
use cf_tui::inventory::demo::NOW;
use cf_tui::inventory::report::{Deployment, LoadId, Report, Reread, Search, Tag};
use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyEventState, KeyModifiers};
use crossterm::event::{MediaKeyCode, ModifierKeyCode};

use crate::explorer::demo_reports;

fn comes_back(event: &Event) {
    let happened = Happened::new(7, Timed { at: NOW, event: event.clone() });
    let line = line(&happened).unwrap();
    assert_eq!(line.iter().filter(|byte| **byte == b'\n').count(), 1, "a line is one line");
    let back: Happened = serde_json::from_slice(&line).unwrap();
    assert_eq!(back, Happened { ms: 7, at: NOW, event: event.clone() });
}

/// One more kind of event, and this no longer compiles: then it belongs into the test below.
fn is_tried(event: &Event) {
    match event {
        Event::Pressed(_)
        | Event::Pasted(_)
        | Event::Resized { .. }
        | Event::Measured(_)
        | Event::Ticked
        | Event::Reported(..)
        | Event::LoadEnded(_)
        | Event::Verified { .. }
        | Event::Background { .. }
        | Event::Clicked { .. }
        | Event::Dragged { .. }
        | Event::Scrolled { .. }
        | Event::TagsRead { .. }
        | Event::PairSought { .. }
        | Event::Copied(_)
        | Event::Preflighted { .. }
        | Event::Failed(_) => comes_back(event),
    }
}

#[test]
fn every_key_comes_back() {
    let codes = [
        KeyCode::Enter,
        KeyCode::Backspace,
        KeyCode::BackTab,
        KeyCode::Null,
        KeyCode::Esc,
        KeyCode::F(12),
        KeyCode::Char('\u{1b}'),
        KeyCode::Char('"'),
        KeyCode::Char('é'),
        KeyCode::Char('\u{1f6d2}'),
        KeyCode::Media(MediaKeyCode::Play),
        KeyCode::Modifier(ModifierKeyCode::LeftShift),
    ];
    for code in codes {
        for bits in 0..=u8::MAX {
            let modifiers = KeyModifiers::from_bits_truncate(bits);
            for kind in [KeyEventKind::Press, KeyEventKind::Repeat] {
                let state = KeyEventState::from_bits_truncate(bits);
                comes_back(&Event::Pressed(KeyEvent { code, modifiers, kind, state }));
            }
        }
    }
}

#[test]
fn every_report_of_the_demo_comes_back() {
    for report in demo_reports() {
        comes_back(&Event::Reported(LoadId(3), vec![report]));
    }
}

fn preflight(outcome: Outcome) -> Event {
    let target = Target {
        domain: "a.example".to_owned(),
        port: 443,
        aliases: vec!["b.example".to_owned()],
        protocols: Some(vec!["TLSv1.2".to_owned()]),
    };
    let (distribution, origin) = (DistributionId::new("E1"), OriginId::new("\u{202e}web\n"));
    let address = Address { text: "192.0.2.1:443".to_owned(), special: None };
    Event::Preflighted {
        origin: OriginOf { account: 0, distribution, origin },
        preflight: Preflight { target, address: Some(address), outcome },
    }
}

#[test]
fn every_other_event_comes_back() {
    let (account, distribution) = (3, DistributionId::new("E1"));
    let found = demo_reports().into_iter().find_map(|report| match report {
        Report::Listed { mut distributions, .. } => distributions.pop(),
        _ => None,
    });
    let fault = Fault {
        step: Step::GetDistribution,
        kind: FaultKind::Denied,
        message: "no\u{0}".to_owned(),
        hint: "ask".to_owned(),
        request_id: Some("r".to_owned()),
    };
    let verified =
        |outcome| Event::Verified { account, distribution: distribution.clone(), outcome };
    let deployment = Deployment {
        primary: distribution.clone(),
        staging: vec!["d1.cloudfront.net".to_owned()],
        enabled: true,
        weight: Some(0.07),
    };
    let sought = |paired| Event::PairSought { account, distribution: distribution.clone(), paired };
    let tag = Tag { key: "k".to_owned(), value: "v".to_owned() };
    let tagged = |tags| Event::TagsRead { account, distribution: distribution.clone(), tags };
    let certificate =
        Certificate { names: vec!["*.a.example".to_owned()], days_left: -3, root: None };
    let events = [
        Event::Pasted("a\r\nb\u{1b}[31m\"\u{2028}".to_owned()),
        Event::Resized { columns: 0, rows: u16::MAX },
        Event::Measured(Measured { list_rows: 1, pane_lines: usize::MAX, ..Measured::default() }),
        Event::Ticked,
        Event::Background { light: true },
        Event::Clicked { column: 1, row: 2 },
        Event::Dragged { column: 3, row: 4 },
        Event::Scrolled { column: 5, row: 6, down: true },
        Event::LoadEnded(LoadId(u64::MAX)),
        verified(Reread::Found {
            distribution: Box::new(found.unwrap()),
            fault: Some(fault.clone()),
        }),
        verified(Reread::Gone),
        verified(Reread::Failed(fault)),
        tagged(Ok(vec![tag])),
        tagged(Err("denied".to_owned())),
        sought(Ok(Search { found: Some(deployment), tried: 5 })),
        sought(Err("denied".to_owned())),
        preflight(Outcome::Works(certificate)),
        preflight(Outcome::Fails(vec![Cause::Expired(1), Cause::Untrusted(None), Cause::NotTls])),
        preflight(Outcome::Inconclusive(Doubt::TimedOut { connected: true })),
        preflight(Outcome::NotTried("off".to_owned())),
        Event::Failed("what".to_owned()),
        Event::Copied(Copied {
            what: "fix".to_owned(),
            lines: 1,
            bytes: 2,
            way: None,
            file: Some(PathBuf::from("fix.sh")),
            trouble: Some("none".to_owned()),
        }),
    ];
    events.iter().for_each(is_tried);
}

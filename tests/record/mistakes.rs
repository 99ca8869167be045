//! Files that are no recordings, or not whole ones: a line and a reason, never a panic.

use std::process::Command;
use std::sync::LazyLock;

use cf_tui::app::event::Event;
use cf_tui::app::recording::{Tape, read};
use cf_tui::domain::fault::{Fault, FaultKind, Step};
use cf_tui::domain::tally::AccountState;
use cf_tui::domain::text::is_plain;
use cf_tui::inventory::report::{Ending, LoadId, Report};
use proptest::prelude::*;
use serde_json::Value;

use crate::explorer::{demo_reports, parsed};
use crate::stage::{finished, recorded, replay};

/// A recording of some of everything.
static SESSION: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("session.jsonl");
    let (mut live, writing) = recorded(&path, (80, 24));
    let reports = demo_reports().into_iter().take(12).collect();
    for event in [Event::Reported(LoadId(1), reports), Event::LoadEnded(LoadId(1)), Event::Ticked] {
        live.send(event);
    }
    for key in parsed("jj<enter>/x") {
        live.send(Event::Pressed(key));
    }
    finished(live, writing, &path);
    std::fs::read(path).unwrap()
});

fn mistake(text: &[u8]) -> (usize, String) {
    let mistake = read(text).unwrap_err();
    (mistake.line, mistake.what)
}

#[test]
fn each_is_told_with_its_line() {
    let (header, rest) = {
        let end = SESSION.iter().position(|byte| *byte == b'\n').unwrap() + 1;
        SESSION.split_at(end)
    };
    let with = |line: &str| {
        [header, rest.split_inclusive(|b| *b == b'\n').next().unwrap(), line.as_bytes()].concat()
    };
    let header = String::from_utf8(header.to_vec()).unwrap();
    let cases: Vec<(Vec<u8>, usize, &str)> = vec![
        (Vec::new(), 1, "nothing in it"),
        (b"\n\n".to_vec(), 1, "nothing in it"),
        (b"hello".to_vec(), 1, "expected value (column 1)"),
        (b"{\"cf_tui\":1}".to_vec(), 1, "no line of a recording or a script: unknown field"),
        (b"\xff\xfe".to_vec(), 1, "column"),
        (header.replacen("recording\":1", "recording\":2", 1).into_bytes(), 1, "version 2"),
        (
            header.replacen("\"at\":\"2026", "\"at\":\"-002026", 1).into_bytes(),
            1,
            "no time of a session",
        ),
        (header.replacen("\"start\"", "\"begin\"", 1).into_bytes(), 1, "missing field `start`"),
        (with("{\"ms\":1}\n"), 3, "missing field `at`"),
        (
            with("{\"ms\":1,\"at\":\"2026-11-23T09:12:44Z\",\"event\":\"Exploded\"}\n"),
            3,
            "Exploded",
        ),
        (with("{\"ms\":1,\"at\":\"9999-01-01T00:00:00Z\",\"event\":\"Ticked\"}\n"), 3, "no time"),
        (
            with("{\"ms\":1,\"at\":\"2026-11-23T09:12:44Z\",\"event\":\"Ticked\"}"),
            3,
            "in the middle",
        ),
        (
            with(
                "{\"ms\":1,\"at\":\"2026-11-23T09:12:44Z\",\"event\":{\"Reported\":[1,[{\"Entered\":{\"account\":42,\"stage\":\"Queued\"}}]]}}\n",
            ),
            3,
            "it is of account 42, and the recording has 42",
        ),
    ];
    for (text, line, reason) in cases {
        let (at, what) = mistake(&text);
        assert_eq!(at, line, "{what}");
        assert!(what.contains(reason), "{what:?} has no {reason:?}");
    }
}

#[test]
fn a_recording_that_was_cut_anywhere_is_told_or_plays_to_its_cut() {
    let lines = SESSION.iter().filter(|byte| **byte == b'\n').count();
    for end in (0..SESSION.len()).step_by(97).chain(SESSION.len() - 40..SESSION.len()) {
        match read(&SESSION[..end]) {
            Ok(Tape::Recording(_, steps)) => {
                assert!(steps.len() < lines && SESSION[end - 1] == b'\n' || end == SESSION.len());
            }
            Ok(Tape::Script(_)) => panic!("cut at {end} it is a script"),
            Err(mistake) => assert!(mistake.line <= lines, "{mistake:?}"),
        }
    }
}

/// Where in a JSON value something is changed, and to what.
fn change(value: &mut Value, at: &mut usize, to: &Value) {
    if *at == 0 {
        *value = to.clone();
    }
    *at = at.wrapping_sub(1);
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| change(item, at, to)),
        Value::Object(fields) => fields.values_mut().for_each(|field| change(field, at, to)),
        _ => {}
    }
}

fn odd() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        (0..50u64).prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        "\\PC{0,9}|Ticked|Queued|2027-01-01T00:00:00Z".prop_map(Value::from),
        Just(serde_json::json!([])),
        Just(serde_json::json!({})),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..Default::default() })]

    #[test]
    fn a_recording_with_something_else_in_it_never_panics(
        line in any::<prop::sample::Index>(),
        place in 0..400usize,
        to in odd(),
    ) {
        let mut lines: Vec<Value> = SESSION
            .split(|byte| *byte == b'\n')
            .filter(|line| !line.is_empty())
            .map(|line| serde_json::from_slice(line).unwrap())
            .collect();
        let line = line.index(lines.len());
        change(&mut lines[line], &mut place.clone(), &to);
        let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
        if let Ok(Tape::Recording(header, steps)) = read(text.as_bytes()) {
            let mut played = replay(&header, steps, 0.0, (80, 24));
            played.run_out();
            played.screen();
        }
    }
}

#[test]
fn the_program_says_it_and_ends_with_2() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("cut.jsonl"), &SESSION[..SESSION.len() - 3]).unwrap();
    std::fs::write(folder.path().join("whole.jsonl"), &*SESSION).unwrap();
    std::fs::write(folder.path().join("script.jsonl"), "{\"keys\":\"j\"}\n").unwrap();
    let lines = SESSION.iter().filter(|byte| **byte == b'\n').count();
    let cut = format!("cut.jsonl:{lines}: cannot be played: the file ends in the middle");
    for (arguments, says) in [
        ("--replay cut.jsonl", cut.as_str()),
        ("demo --replay cut.jsonl", cut.as_str()),
        ("--replay missing.jsonl", "cannot read missing.jsonl: No such file"),
        ("--replay script.jsonl", "a script is played on the demo: cf-tui demo --replay"),
        ("--replay whole.jsonl --account a", "a recording has its own accounts"),
        ("--config f demo --replay whole.jsonl", "a recording has its own accounts"),
        ("demo --seed 2 --replay whole.jsonl", "a recording has its own size"),
        ("--record whole.jsonl", "whole.jsonl is there already"),
        ("scan --demo --record a", "unexpected argument"),
        ("--record a scan --demo", "--record and --replay are of the explorer"),
        ("--record a --replay b", "cannot be used with"),
        ("--speed 2", "--replay"),
        ("--replay a --speed -1", "unexpected argument"),
        ("--replay a --speed=nan", "it is 0, or a number from 0.01 to 1000"),
    ] {
        let mut program = Command::new(env!("CARGO_BIN_EXE_cf-tui"));
        let output = program.args(arguments.split(' ')).current_dir(&folder).output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments}: {said}");
        assert!(said.contains(says), "{arguments}: {said}");
    }
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 3);
}

#[test]
fn what_a_terminal_acts_on_is_not_drawn_from_a_file() {
    let hostile = "\u{202e}evil\u{1b}[31m\u{9b}2J\u{200b}";
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("session.jsonl");
    let (mut live, writing) = recorded(&path, (120, 40));
    let fault = Fault {
        step: Step::AssumeRole,
        kind: FaultKind::Denied,
        message: format!("message {hostile}"),
        hint: format!("hint {hostile}"),
        request_id: Some(hostile.to_owned()),
    };
    let (state, caller) = (AccountState::Failed, Some(hostile.to_owned()));
    let ending = Ending { state, fault: Some(fault), caller, calls: 1, tries: 1 };
    live.send(Event::Reported(LoadId(1), vec![Report::Ended { account: 0, ending }]));
    live.send(Event::Pressed(parsed("3")[0]));
    live.send(Event::Failed(format!("failed {hostile}")));
    let (header, steps) = finished(live, writing, &path);
    let mut played = replay(&header, steps, 0.0, (120, 40));
    played.run_out();
    let screen = played.whole_screen();
    assert!(screen.contains("failed ") && screen.contains("message "), "{screen}");
    for line in screen.lines() {
        assert!(is_plain(line), "{line:?}");
    }
}

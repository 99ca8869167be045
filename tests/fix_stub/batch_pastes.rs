//! A script for several origins as terminals and clipboards spoil it: all of it runs, or nothing.

use super::batch::{batch, of_three, three, updates};
use super::in_parallel;
use crate::shells::{SHELLS, ready};

#[test]
fn a_part_of_a_paste_runs_nothing() {
    if !ready() {
        return;
    }
    let text = batch(&three()).text;
    let starts = text.match_indices('\n').map(|(at, _)| text[at + 1..].to_owned());
    let ends = text.match_indices('\n').map(|(at, _)| text[..at].to_owned());
    let cuts = (1..text.len()).step_by(211).filter(|at| text.is_char_boundary(*at));
    let mut pastes: Vec<String> = starts.chain(ends).collect();
    pastes.extend(cuts.map(|at| text[..at].to_owned()));
    pastes.push(format!("ls {text}"));
    pastes.push(text[1..].to_owned());
    in_parallel(pastes.len() * SHELLS.len(), |n| {
        let (paste, shell) = (&pastes[n % pastes.len()], SHELLS[n / pastes.len()]);
        let stub = of_three();
        let ran = stub.run(shell, paste);
        assert!(stub.calls().is_empty(), "{shell:?} {paste} {ran:?}");
        assert!(ran.kept.is_empty() && ran.files.is_empty(), "{shell:?} {paste} {ran:?}");
    });
}

#[test]
fn a_paste_that_a_line_editor_mends_is_checked_as_ever() {
    if !ready() {
        return;
    }
    let text = batch(&three()).text;
    let pastes = [format!("y\u{8}{text}"), text.replacen('}', "}\r", 1)];
    in_parallel(pastes.len() * SHELLS.len(), |n| {
        let (paste, shell) = (&pastes[n % pastes.len()], SHELLS[n / pastes.len()]);
        let stub = of_three();
        let words = std::fs::read_to_string(stub.file("bin/aws")).unwrap();
        crate::tools::write_program(&stub.file("bin/aws"), &words.replace("$AWS_PROFILE", "999"));
        let ran = stub.run(shell, paste);
        assert_eq!(updates(&stub), 0, "{shell:?} {ran:?}");
        assert!(ran.kept.is_empty() && ran.files.is_empty(), "{shell:?} {ran:?}");
    });
}

#[test]
fn a_read_only_variable_of_the_user_stops_it_before_anything() {
    if !ready() {
        return;
    }
    let text = batch(&three()).text;
    let unset = text.lines().find(|line| line.contains("unset -v")).unwrap();
    let names = unset.split_once("unset -v ").unwrap().1.split_once(" ||").unwrap().0;
    let names: Vec<&str> = names.split(' ').collect();
    assert_eq!(names.len(), 19);
    in_parallel(names.len() * SHELLS.len(), |n| {
        let (name, shell) = (names[n % names.len()], SHELLS[n / names.len()]);
        let stub = of_three();
        let ran = stub.run(shell, &format!("readonly {name}=ready\n{text}"));
        assert!(stub.calls().is_empty(), "{shell:?} {name} {ran:?}");
        assert_ne!(ran.status, Some(0), "{shell:?} {name} {ran:?}");
    });
}

#[test]
fn line_ends_of_windows_run_all_or_nothing() {
    if !ready() {
        return;
    }
    let text = batch(&three()).text.replace('\n', "\r\n");
    in_parallel(SHELLS.len(), |n| {
        let stub = of_three();
        let ran = stub.run(SHELLS[n], &text);
        assert!(matches!(updates(&stub), 0 | 3), "{:?} {ran:?}", SHELLS[n]);
        assert!(ran.files.is_empty(), "{:?} {ran:?}", SHELLS[n]);
    });
}

#[test]
fn no_line_is_longer_than_a_terminal_takes_and_each_waits_for_the_next() {
    use crate::findings::Whole;
    let quotes = "'".repeat(249);
    let mut wholes = three();
    wholes.push(Whole::of("777788889999", Some("x"), super::batch::distribution("E8", &[&quotes])));
    wholes.push(Whole::of("777788889999", None, super::batch::distribution("E9", &[&quotes])));
    let text = batch(&wholes).text;
    let lines: Vec<&str> = text.lines().collect();
    let (last, others) = lines.split_last().unwrap();
    assert!(others.iter().all(|line| line.ends_with(" &&")) && last.ends_with(" )"), "{text}");
    assert!(lines.iter().all(|line| line.len() < 1_100), "{text}");
    assert!(!text.contains('!') && text.is_ascii(), "{text}");
}

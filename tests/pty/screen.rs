//! What is on the screen while the program runs.

use std::time::{Duration, Instant};

use rustix::process::Signal;

use crate::terminal::{TAKEN, Terminal, command, probe_path};

#[test]
fn a_resize_is_taken_in_and_drawn() {
    let mut terminal = Terminal::probe();
    terminal.wait_for("size 80x24");
    for size in [(120, 40), (200, 50), (40, 8), (3, 2), (80, 24)] {
        terminal.resize(size);
        let said = format!("size {}x{}", size.0, size.1);
        terminal.wait_for(&said[..said.len().min(usize::from(size.0))]);
    }
    terminal.wait_for("size 80x24");
    terminal.keys("k");
    terminal.wait_for("keys k");
}

#[test]
fn what_a_frame_had_room_for_is_told_before_anything_else_happens() {
    let mut terminal = Terminal::probe();
    let began = Instant::now();
    for rows in 20..30 {
        terminal.resize((80, rows));
        terminal.wait_for(&format!("room for {rows}"));
    }
    // Each comes with its own frame, not with the next event, which is up to a second away.
    assert!(began.elapsed() < Duration::from_secs(5), "{:?}", began.elapsed());
}

#[test]
fn a_pty_that_was_given_no_size_counts_as_80_by_24() {
    let mut terminal = Terminal::sized(command(probe_path()), (0, 0));
    terminal.wait_until("size 80x24", |t| t.output().contains("80x24"));
    terminal.resize((100, 30));
    terminal.wait_for("size 100x30");
}

#[test]
fn no_color_leaves_the_selected_row_visible() {
    let mut command = command(probe_path());
    command.env("NO_COLOR", "1");
    let terminal = Terminal::start(command);
    terminal.wait_for("keys");
    let screen = terminal.screen();
    let cell = screen.cell(1, 0).expect("the second row is there");
    assert_eq!(cell.contents(), "s");
    assert!(cell.inverse() && cell.bold());
    assert!(!screen.cell(0, 0).unwrap().inverse());
    let output = terminal.output();
    assert!(!output.contains("\u{1b}[;m"), "an empty colour resets reverse video: {output:?}");
}

#[test]
fn every_frame_is_one_synchronized_update() {
    let mut terminal = Terminal::probe();
    terminal.keys("abl");
    terminal.wait_for("keys abl");
    let output = terminal.output();
    let frames = output.strip_prefix(TAKEN).expect("the terminal was taken first");
    let frames: Vec<&str> = frames.split_terminator("\u{1b}[?2026l").collect();
    assert!(frames.iter().all(|frame| frame.starts_with("\u{1b}[?2026h")), "{frames:?}");
}

#[test]
fn a_paste_comes_in_one_piece() {
    let mut terminal = Terminal::probe();
    terminal.keys("\u{1b}[200~quit q\u{1b}[201~");
    terminal.wait_for("pasted quit q");
}

#[test]
fn a_wished_time_comes_under_a_fixed_clock() {
    let mut terminal = Terminal::probe();
    terminal.keys("w");
    terminal.wait_for("ticked at 1970-01-01T00:00:00.05Z");
}

#[test]
fn a_load_reports_and_ends_and_a_cancelled_one_ends_too() {
    let mut terminal = Terminal::probe();
    terminal.keys("L");
    terminal.wait_for("3 reports\n");
    terminal.wait_for("load 7 ended");
    let mut terminal = Terminal::probe();
    terminal.keys("F");
    terminal.wait_for("keys F");
    terminal.keys("X");
    terminal.wait_for("load 7 ended");
}

#[test]
fn keys_are_heard_through_a_flood_of_reports() {
    let mut terminal = Terminal::probe();
    terminal.keys("F");
    let mut typed = "keys F".to_owned();
    let began = Instant::now();
    for letter in ["j", "k", "g"].repeat(10) {
        terminal.keys(letter);
        typed.push_str(letter);
        terminal.wait_for(&typed);
    }
    // A turn is 8 ms and one batch of 4 ms: well under a second in all. Without the turns' limit a
    // key waits for half a second.
    assert!(began.elapsed() < Duration::from_secs(5), "{:?}", began.elapsed());
    terminal.signal(Signal::TERM);
    assert_eq!(terminal.wait_exit(), 143);
}

//! The explorer on moto's fleet, in a real terminal.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use portable_pty::CommandBuilder;

use crate::fixed;
use crate::fleet::{BULK, HOSTILE, MEDIA, SHOP};
use crate::osc_52::osc_52;
use crate::stage::{PROGRAM, Stage, assert_no_secret};
use crate::terminal::Terminal;

fn open(stage: &Stage) -> Terminal {
    let mut command = CommandBuilder::new(PROGRAM);
    command.env_clear();
    for (name, value) in stage.program_environment() {
        command.env(name, value);
    }
    command.env("TERM", "xterm-256color");
    command.cwd(stage.path("work"));
    Terminal::sized(command, (120, 40))
}

/// The lines of the table on the screen as far as the policy, with single blanks and without
/// the frame and the cursor, sorted.
fn table(terminal: &Terminal) -> Vec<String> {
    let screen = terminal.screen().contents();
    let words = |line: &str| {
        let words: Vec<&str> = line.trim_matches(['│', ' ', '▌']).split_whitespace().collect();
        let policy = words.iter().position(|word| *word == "custom")? + 1;
        Some(words.get(..=policy)?.join(" "))
    };
    let is_row = |row: &String| row.starts_with(['✗', '?', '!', '✓']);
    let mut rows: Vec<String> = screen.lines().filter_map(words).filter(is_row).collect();
    rows.sort();
    rows
}

/// The same rows as the scan's, in the columns of the screen.
fn expected(stage: &Stage, label_and_row: &[(&str, &str)]) -> Vec<String> {
    let row = |(label, row): &(&str, &str)| row.replace("{id}", stage.id(label));
    let mut rows: Vec<String> = label_and_row.iter().map(row).collect();
    rows.sort();
    rows
}

#[test]
fn the_explorer_shows_the_fleet_and_its_copied_fix_works() {
    let Some(stage) = Stage::of(&[SHOP, MEDIA, BULK]) else { return };
    let before = stage.configs();
    let mut terminal = open(&stage);

    terminal.wait_for("3/3 accounts");
    terminal.wait_for("143 origins  ✗ 50 FAIL  ? 0 UNKN  ! 3 WARN  ✓ 90 PASS");
    shows_every_row(&stage, &mut terminal);
    the_detail_hides_the_header_value(&stage, &mut terminal);

    // The one row of that distribution that fails, with an id that would run commands.
    terminal.keys("gg");
    terminal.wait_until("the cursor on the row that fails", |t| {
        let line = cursor(t);
        line.contains("✗ FAIL") && line.contains("origin0.example.com")
    });
    terminal.keys("c");
    terminal.wait_for("copied fix for");
    terminal.wait_until("the whole text", |t| {
        t.output().split("\u{1b}]52;c;").nth(1).is_some_and(|rest| rest.contains("\u{1b}\\"))
    });
    let printed = stage.fix(MEDIA.0, "media-live", HOSTILE);
    assert_eq!(osc_52(&terminal), [printed.as_str()]);
    let kept = stage.path("state/cf-tui/fix.sh");
    assert_eq!(fs::read_to_string(&kept).unwrap(), printed);
    assert_eq!(fs::metadata(&kept).unwrap().permissions().mode() & 0o777, 0o600);
    a_pre_flight_asks_and_answers(&mut terminal);

    let ran = stage.paste(&osc_52(&terminal)[0], MEDIA.0);
    assert_eq!(ran.status.code(), Some(0), "{ran:?}");
    assert_eq!(stage.configs(), fixed(&before, "media-live", HOSTILE));
    terminal.keys("r");
    terminal.wait_for("143 origins  ✗ 49 FAIL  ? 0 UNKN  ! 3 WARN  ✓ 91 PASS");
    let live = "✓ PASS P media {id} origin0.example.com custom https-only";
    let live = expected(&stage, &[("media-live", live)]);
    terminal.wait_until("the row to pass", |t| table(t).contains(&live[0]));

    terminal.keys("q");
    assert_eq!(terminal.wait_exit(), 0);
    terminal.assert_given_back();
    assert_no_secret("the terminal", terminal.output().as_bytes());
    stage.assert_no_secret_in_files();
}

/// Waits for the whole frame: its first lines may be there before the others.
#[track_caller]
fn shows(terminal: &Terminal, rows: &[String]) {
    terminal.wait_until(&rows.join("\n"), |terminal| table(terminal) == rows);
}

fn shows_every_row(stage: &Stage, terminal: &mut Terminal) {
    terminal.keys("/shop\r");
    terminal.wait_for("7 shown");
    let shop = [
        ("shop-front", "✗ FAIL P≠ shop {id} origin0.example.com custom http-only"),
        ("shop-front", "✗ FAIL P≠ shop {id} origin1.example.com custom match-viewer"),
        ("shop-front", "✓ PASS P shop {id} origin2.example.com custom https-only"),
        ("shop-legacy", "✗ FAIL F shop {id} origin0.example.com custom match-viewer"),
        ("shop-legacy", "✓ PASS F shop {id} origin1.example.com custom match-viewer"),
        ("shop-legacy", "! WARN F shop {id} origin2.example.com custom http-only"),
        ("shop-old-tls", "! WARN P shop {id} origin0.example.com custom https-only"),
    ];
    shows(terminal, &expected(stage, &shop));

    terminal.keys("\u{1b}");
    terminal.wait_for("/(none)");
    terminal.keys("/media\r");
    terminal.wait_for("6 shown");
    let media = [
        ("media-off", "! WARN F media {id} origin0.example.com custom http-only"),
        ("media-live", "✗ FAIL F media {id} origin0.example.com custom http-only"),
        ("media-live", "✓ PASS F media {id} origin1.example.com custom match-viewer"),
        ("media-live", "✓ PASS P media {id} origin2.example.com custom https-only"),
        ("media-pair", "✗ FAIL P≠ media {id} origin0.example.com custom match-viewer"),
        ("media-pair", "✗ FAIL P≠ media {id} origin1.example.com custom match-viewer"),
    ];
    shows(terminal, &expected(stage, &media));

    terminal.keys("\u{1b}");
    terminal.wait_for("/(none)");
    terminal.keys(&format!("/{}\r", stage.id("media-live")));
    terminal.wait_for("3 shown");
}

/// Every tab of the detail of the origin that has the header.
fn the_detail_hides_the_header_value(stage: &Stage, terminal: &mut Terminal) {
    terminal.keys("gg\r");
    terminal.wait_for("X-Origin-Verify (value not read)");
    for _ in 0..5 {
        let before = terminal.screen().contents();
        assert_no_secret("a tab", before.as_bytes());
        terminal.keys("]");
        terminal.wait_until("the next tab", |t| t.screen().contents() != before);
    }
    terminal.keys("q");
    terminal.wait_for("3 shown");
    terminal.wait_until("the table", |t| table(t).len() == 3);
    stage.assert_no_secret_in_files();
}

/// The name is one that RFC 2606 keeps free, so nothing is connected to.
fn a_pre_flight_asks_and_answers(terminal: &mut Terminal) {
    terminal.keys("t");
    let asks =
        "connect to origin0.example.com:443 from this machine? y once and for this session / n";
    terminal.wait_for(asks);
    terminal.keys("y");
    terminal.wait_for("TLS of origin0.example.com:443: inconclusive: ");
}

/// The line under the cursor.
fn cursor(terminal: &Terminal) -> String {
    let screen = terminal.screen().contents();
    screen.lines().find(|line| line.contains('▌')).unwrap_or_default().to_owned()
}

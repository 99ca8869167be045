#![allow(clippy::disallowed_methods)]

use std::time::Instant;

use super::*;

fn environment() -> Environment {
    Environment { ssh: true, ..Environment::default() }
}

fn fix(text: &str) -> Copy {
    Copy { what: "fix".to_owned(), text: text.to_owned(), file: Some("fix.sh") }
}

fn clipboard(ways: Vec<Way>, directory: Option<PathBuf>) -> Arc<Clipboard> {
    Arc::new(Clipboard { ways, directory, turn: Mutex::new(()) })
}

const fn tool(name: &'static str, commands: &'static [&'static [&'static str]]) -> Way {
    Way::Tool(Tool { name, commands, encoding: ways::Encoding::Utf8 })
}

#[tokio::test]
async fn a_copy_over_ssh_goes_through_the_terminal_and_into_the_file() {
    let state = tempfile::tempdir().unwrap();
    let clipboard = Arc::new(Clipboard::new(&environment(), Some(state.path().join("cf-tui"))));
    let Delivery { copied, escape } = clipboard.copy(fix("one\ntwo\n")).await;
    assert_eq!(escape.as_deref(), Some("\u{1b}]52;c;b25lCnR3bwo=\u{1b}\\"));
    assert_eq!((copied.what.as_str(), copied.lines, copied.bytes), ("fix", 2, 8));
    assert_eq!(copied.way.as_deref(), Some("OSC 52 (SSH)"));
    assert_eq!(copied.trouble, None);
    let file = copied.file.expect("a file was written");
    assert_eq!(std::fs::read_to_string(file).unwrap(), "one\ntwo\n");
}

#[tokio::test]
async fn without_a_directory_no_file_is_written() {
    let clipboard = Arc::new(Clipboard::new(&environment(), None));
    let copied = clipboard.copy(fix("one\n")).await.copied;
    assert_eq!((copied.file, copied.trouble), (None, None));
}

#[tokio::test]
async fn what_a_terminal_would_cut_goes_into_the_file_alone_and_is_said() {
    let state = tempfile::tempdir().unwrap();
    let clipboard = Arc::new(Clipboard::new(&environment(), Some(state.path().to_owned())));
    let whole = Arc::clone(&clipboard).copy(fix(&"x".repeat(OSC_52_LIMIT))).await;
    assert!(whole.escape.is_some_and(|escape| escape.len() <= 100_001));
    let Delivery { copied, escape } = clipboard.copy(fix(&"x".repeat(OSC_52_LIMIT + 1))).await;
    assert_eq!((escape, copied.way), (None, None));
    assert!(copied.trouble.unwrap().contains("too long for OSC 52"));
    assert_eq!(std::fs::read(copied.file.unwrap()).unwrap().len(), OSC_52_LIMIT + 1);
}

#[tokio::test]
async fn a_file_that_cannot_be_written_is_said_and_the_copy_still_goes() {
    let state = tempfile::tempdir().unwrap();
    let file = state.path().join("file");
    std::fs::write(&file, "").unwrap();
    let clipboard = Arc::new(Clipboard::new(&environment(), Some(file)));
    let copied = clipboard.copy(fix("one\n")).await.copied;
    assert!(copied.way.is_some());
    assert_eq!(copied.file, None);
    assert!(copied.trouble.unwrap().starts_with("fix.sh could not be written: "));
}

#[tokio::test]
async fn a_missing_tool_is_said_only_where_no_other_worked() {
    const ABSENT: Way = tool("absent", &[&["cf-tui-no-such-tool"]]);
    let works = clipboard(vec![ABSENT, tool("cat", &[&["cat"]])], None).copy(fix("x")).await;
    assert_eq!((works.copied.way.as_deref(), works.copied.trouble), (Some("cat"), None));
    let none = clipboard(vec![ABSENT], None).copy(fix("x")).await;
    assert_eq!(none.copied.way, None);
    assert_eq!(none.copied.trouble.as_deref(), Some("cf-tui-no-such-tool is not installed"));
}

#[tokio::test]
async fn a_refused_form_of_a_command_is_tried_in_the_next_form() {
    let two = tool("two forms", &[&["false"], &["cat"]]);
    let copied = clipboard(vec![two], None).copy(fix("x")).await.copied;
    assert_eq!((copied.way.as_deref(), copied.trouble), (Some("two forms"), None));
    let refused = clipboard(vec![tool("false", &[&["false"]])], None).copy(fix("x")).await.copied;
    assert_eq!(refused.trouble.as_deref(), Some("false: exit status: 1"));
}

#[tokio::test]
async fn tools_that_hang_cost_under_a_second_all_together() {
    const HANGS: Way = tool("sleep", &[&["sleep", "600"]]);
    let began = Instant::now();
    let ways = vec![HANGS, HANGS, HANGS, Way::Osc52 { name: "OSC 52" }];
    let copied = clipboard(ways, None).copy(fix("x")).await.copied;
    assert_eq!(copied.way.as_deref(), Some("OSC 52"));
    let trouble = copied.trouble.unwrap();
    assert!(trouble.starts_with("sleep did not answer within 450 ms; "), "{trouble}");
    assert!(trouble.ends_with("; no time was left for sleep"), "{trouble}");
    // 700 ms, and what a busy machine adds.
    assert!(began.elapsed() < Duration::from_secs(5), "{:?}", began.elapsed());
}

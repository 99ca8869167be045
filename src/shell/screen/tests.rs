use std::io::{Read, Seek, SeekFrom};

use ratatui::style::{Modifier, Style};

use super::*;

const BEGIN: &str = "\u{1b}[?2026h";
const END: &str = "\u{1b}[?2026l";

fn screen() -> (Screen, File) {
    let file = tempfile::tempfile().unwrap();
    (Screen::new(file.try_clone().unwrap(), (20, 3)).unwrap(), file)
}

/// What was written since the last call.
fn written(file: &mut File) -> String {
    let mut text = String::new();
    file.seek(SeekFrom::Start(0)).unwrap();
    file.read_to_string(&mut text).unwrap();
    file.set_len(0).unwrap();
    file.seek(SeekFrom::Start(0)).unwrap();
    text
}

fn picture(text: &str) -> impl Fn(&mut Frame<'_>) + '_ {
    move |frame| {
        let style = Style::new().add_modifier(Modifier::REVERSED);
        frame.buffer_mut().set_string(0, 1, text, style);
    }
}

#[test]
fn a_frame_is_one_synchronized_update_that_asks_nothing() {
    let (mut screen, mut file) = screen();
    screen.draw(picture("✗ FAIL")).unwrap();
    let frame = written(&mut file);
    assert!(frame.starts_with(BEGIN) && frame.ends_with(END), "{frame:?}");
    assert!(frame.contains("✗ FAIL"));
    assert!(!frame.contains("\u{1b}[6n"), "asked for the cursor: {frame:?}");
}

#[test]
fn the_same_picture_again_writes_no_cells_until_a_repaint() {
    let (mut screen, mut file) = screen();
    screen.draw(picture("✗ FAIL")).unwrap();
    written(&mut file);
    screen.draw(picture("✗ FAIL")).unwrap();
    assert!(!written(&mut file).contains("FAIL"));
    screen.repaint().unwrap();
    assert_eq!(written(&mut file), "", "a repaint leaves with its frame, or the screen flickers");
    screen.draw(picture("✗ FAIL")).unwrap();
    let frame = written(&mut file);
    let cleared = frame.find("\u{1b}[2J").expect("the screen is cleared");
    assert!(frame.starts_with(BEGIN) && cleared < frame.find("✗ FAIL").unwrap(), "{frame:?}");
}

#[test]
fn a_new_size_is_the_frames_area() {
    let (mut screen, _file) = screen();
    screen.fit((132, 43)).unwrap();
    let mut area = Rect::default();
    screen.draw(|frame| area = frame.area()).unwrap();
    assert_eq!((area.width, area.height), (132, 43));
    assert_eq!(screen.size(), (132, 43));
}

#[test]
fn a_terminal_that_is_gone_is_an_error() {
    let read_only = File::open("/dev/null").unwrap();
    let mut screen = Screen::new(read_only, (20, 3)).unwrap();
    assert!(screen.draw(picture("x")).is_err());
}

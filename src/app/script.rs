//! A script: keys and waits, one a line, typed at the demo.
//!
//! ```text
//! {"keys": "/prod<enter>jj"}
//! {"wait_ms": 800}
//! ```

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use jiff::SignedDuration;
use serde::Deserialize;

use super::event::Event;
use super::keymap::Key;
use super::player::Step;
use super::recording::Mistake;

/// Between two keys, as a person types who wants to be followed.
const BETWEEN_KEYS: SignedDuration = SignedDuration::from_millis(140);

/// Keys that have names; any other stands for itself.
const NAMES: [&str; 13] = [
    "Enter", "Esc", "Tab", "BackTab", "Space", "Up", "Down", "Left", "Right", "Home", "End",
    "PgUp", "PgDn",
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    #[serde(default)]
    keys: String,
    #[serde(default)]
    wait_ms: u32,
}

/// Reads a script. A line with both types first and waits then.
///
/// # Errors
/// The first line that is no such line, or names a key that there is not.
pub fn read(bytes: &[u8]) -> Result<Vec<Step>, Mistake> {
    let mut steps = Vec::new();
    let mut wait = SignedDuration::ZERO;
    for (line, number) in bytes.split(|byte| *byte == b'\n').zip(1..) {
        if line.trim_ascii().is_empty() {
            continue;
        }
        let at = |what| Mistake { line: number, what };
        let line: Line = super::recording::parsed(line)
            .map_err(|what| at(format!("no line of a recording or a script: {what}")))?;
        for key in keys(&line.keys).map_err(at)? {
            steps.push(Step { wait, at: None, event: Event::Pressed(key) });
            wait = BETWEEN_KEYS;
        }
        wait += SignedDuration::from_millis(line.wait_ms.into());
    }
    Ok(steps)
}

/// The keys of a text such as `/prod<enter>jj<ctrl-d>`; `<lt>` is a `<`.
///
/// # Errors
/// A name between `<` and `>` that is no key's.
pub fn keys(text: &str) -> Result<Vec<KeyEvent>, String> {
    let mut keys = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let named = rest.strip_prefix('<').and_then(|rest| rest.split_once('>'));
        let key = match named {
            Some((name, after)) => {
                rest = after;
                named_key(name).ok_or_else(|| format!("there is no key <{name}>"))?
            }
            None => {
                rest = &rest[c.len_utf8()..];
                KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE)
            }
        };
        keys.push(key);
    }
    Ok(keys)
}

fn named_key(name: &str) -> Option<KeyEvent> {
    if name.eq_ignore_ascii_case("backspace") {
        return Some(KeyEvent::new(KeyCode::Backspace, KeyModifiers::NONE));
    }
    if name.eq_ignore_ascii_case("lt") {
        return Some(KeyEvent::new(KeyCode::Char('<'), KeyModifiers::NONE));
    }
    let (control, name) = match name.split_at_checked("ctrl-".len()) {
        Some((prefix, rest)) if prefix.eq_ignore_ascii_case("ctrl-") => ("Ctrl-", rest),
        _ => ("", name),
    };
    let is_letter = !control.is_empty() && name.chars().count() == 1;
    let known = NAMES.iter().find(|known| known.eq_ignore_ascii_case(name)).copied();
    let name = known.or(is_letter.then_some(name))?;
    Some(Key::parse(&format!("{control}{name}")).ok()?.event())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_letters_and_names() {
        let key = KeyEvent::new;
        let (none, control) = (KeyModifiers::NONE, KeyModifiers::CONTROL);
        assert_eq!(
            keys("a<<enter><ctrl-d><LT> <Space><backspace>").unwrap_err(),
            "there is no key <<enter>"
        );
        assert_eq!(
            keys("a<enter><ctrl-d><LT> <Space><backspace>>").unwrap(),
            [
                key(KeyCode::Char('a'), none),
                key(KeyCode::Enter, none),
                key(KeyCode::Char('d'), control),
                key(KeyCode::Char('<'), none),
                key(KeyCode::Char(' '), none),
                key(KeyCode::Char(' '), none),
                key(KeyCode::Backspace, none),
                key(KeyCode::Char('>'), none),
            ]
        );
        for wrong in ["<hyper>", "<x>", "<>", "<ctrl->", "<ctrl-enterprise>"] {
            assert_eq!(keys(wrong).unwrap_err(), format!("there is no key {wrong}"));
        }
    }

    #[test]
    fn a_wait_holds_up_the_key_that_follows() {
        let script = b"{\"keys\":\"jk\"}\n\n{\"wait_ms\":800}\n{\"keys\":\"l\",\"wait_ms\":5}\n";
        let waits: Vec<i128> = read(script).unwrap().iter().map(|s| s.wait.as_millis()).collect();
        assert_eq!(waits, [0, 140, 940]);
    }

    #[test]
    fn a_mistake_is_told_with_its_line() {
        let mistake = read(b"{\"keys\":\"j\"}\n{\"kyes\":\"j\"}\n").unwrap_err();
        assert_eq!(mistake.line, 2);
        assert!(mistake.what.contains("unknown field `kyes`"), "{}", mistake.what);
    }
}

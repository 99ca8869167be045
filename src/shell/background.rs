//! The terminal's background: asked for by OSC 11, and the answer found among the keys.
//!
//! The answer comes as text on the keyboard, whenever it pleases the terminal, and keys that are
//! typed meanwhile stand before and after it. So nothing waits for it and nothing is thrown away:
//! the keyboard's thread takes it out from between the keys. A terminal that never answers costs
//! nothing but [`HOLD`] before the first frame.

use std::time::Duration;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::Environment;

/// What asks. Answers end as the question does, with BEL or ST; some end always with BEL.
pub(super) const QUESTION: &[u8] = b"\x1b]11;?\x07";

/// How long the first frame waits for the answer, so that colours do not change under the eyes.
pub(super) const HOLD: Duration = Duration::from_millis(80);

/// How long the end of the program waits for an answer that is still on its way: the shell would
/// take it for typed text.
pub(super) const LAST_ANSWER: Duration = Duration::from_millis(200);

/// How long a key that may begin the answer is kept back.
pub(super) const REST: Duration = Duration::from_millis(25);

/// The longest answer that is waited for.
const LONGEST: usize = 48;

/// True if the terminal may be asked. GNU screen answers out of order or prints the question, and
/// so do the console and Eterm; tmux, which calls itself screen too, answers itself.
pub fn can_ask(environment: &Environment) -> bool {
    let term = environment.term.as_deref().unwrap_or_default();
    let is_screen = term.starts_with("screen") && !environment.tmux;
    !(term.is_empty() || is_screen || ["dumb", "linux", "Eterm"].contains(&term))
}

/// Whether the background is light by `COLORFGBG`, such as `15;0` or `0;default;15`.
pub fn by_colorfgbg(value: &str) -> Option<bool> {
    let background: u8 = value.rsplit(';').next()?.trim().parse().ok()?;
    match background {
        7 | 9..=15 => Some(true),
        0..=6 | 8 => Some(false),
        _ => None,
    }
}

/// Keys of which it is not yet known whether they are the answer.
#[derive(Debug, Default)]
pub(super) struct Answer {
    held: Vec<KeyEvent>,
    text: String,
}

/// What a key came to.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Heard {
    /// It may belong to the answer; what follows will tell.
    Held,
    /// The background is light, or dark.
    Background(bool),
    /// These are keys that somebody typed.
    Typed(Vec<KeyEvent>),
}

impl Answer {
    /// True if keys are kept back.
    pub(super) fn is_held(&self) -> bool {
        !self.held.is_empty()
    }

    /// Takes in a key. A lone Esc is kept back only where `soon` an answer may come.
    pub(super) fn hear(&mut self, key: KeyEvent, soon: bool) -> Heard {
        let begins = matches!(key.code, KeyCode::Char(']')) || soon && key.code == KeyCode::Esc;
        if !self.is_held() && !begins {
            return Heard::Typed(vec![key]);
        }
        self.held.push(key);
        match piece(&key) {
            Some(piece) => self.text.push_str(&piece),
            None => return self.give_back(),
        }
        if let Some(colour) = finished(&self.text) {
            let light = is_light(colour);
            *self = Self::default();
            // An answer that cannot be read is no answer, and nobody typed it either.
            return light.map_or(Heard::Typed(Vec::new()), Heard::Background);
        }
        if may_become_answer(&self.text) { Heard::Held } else { self.give_back() }
    }

    /// Nothing followed: they were keys.
    pub(super) fn give_back(&mut self) -> Heard {
        self.text.clear();
        Heard::Typed(std::mem::take(&mut self.held))
    }
}

const BEGINNING: &str = "\x1b]11;";

fn may_become_answer(text: &str) -> bool {
    match text.strip_prefix(BEGINNING) {
        None => BEGINNING.starts_with(text),
        Some(rest) => {
            let colour = rest.strip_suffix('\x1b').unwrap_or(rest);
            let plain = |b: u8| b.is_ascii_alphanumeric() || b":/#".contains(&b);
            rest.len() <= LONGEST && colour.bytes().all(plain)
        }
    }
}

fn finished(text: &str) -> Option<&str> {
    let rest = text.strip_prefix(BEGINNING)?;
    rest.strip_suffix('\x07').or_else(|| rest.strip_suffix("\x1b\\"))
}

/// The bytes that crossterm made this key of, as far as they can stand in an answer.
fn piece(key: &KeyEvent) -> Option<String> {
    let modifiers = key.modifiers - KeyModifiers::SHIFT;
    match key.code {
        KeyCode::Esc if modifiers.is_empty() => Some("\x1b".to_owned()),
        KeyCode::Char('g') if modifiers == KeyModifiers::CONTROL => Some("\x07".to_owned()),
        KeyCode::Char(c) if modifiers == KeyModifiers::ALT => Some(format!("\x1b{c}")),
        KeyCode::Char(c) if modifiers.is_empty() => Some(c.to_string()),
        _ => None,
    }
}

/// `rgb:ffff/ffff/ffff`, `rgba:…` or `#ffffff`: light where black reads better on it than white.
fn is_light(colour: &str) -> Option<bool> {
    let parts: Vec<&str> = match colour.strip_prefix('#') {
        Some(hex) if hex.is_ascii() && !hex.is_empty() && hex.len() % 3 == 0 => {
            let (r, rest) = hex.split_at(hex.len() / 3);
            let (g, b) = rest.split_at(hex.len() / 3);
            vec![r, g, b]
        }
        Some(_) => return None,
        None => colour.split_once(':')?.1.split('/').take(3).collect(),
    };
    let parts: Vec<f64> = parts.into_iter().map(linear).collect::<Option<_>>()?;
    let [red, green, blue] = parts[..] else { return None };
    Some(0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179)
}

/// One to four digits of sixteen, as light.
fn linear(hex: &str) -> Option<f64> {
    let most = 16_u32.pow(u32::try_from(hex.len()).ok().filter(|len| (1..=4).contains(len))?) - 1;
    let part = f64::from(u32::from_str_radix(hex, 16).ok()?) / f64::from(most);
    Some(if part <= 0.03928 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(code: KeyCode, modifiers: KeyModifiers) -> KeyEvent {
        KeyEvent::new(code, modifiers)
    }

    /// The keys that crossterm makes of an answer.
    fn keys(answer: &str) -> Vec<KeyEvent> {
        let mut alt = false;
        let mut keys = Vec::new();
        for c in answer.chars() {
            let modifiers = if alt { KeyModifiers::ALT } else { KeyModifiers::NONE };
            match c {
                '\x1b' => {}
                '\x07' => keys.push(key(KeyCode::Char('g'), KeyModifiers::CONTROL)),
                c => keys.push(key(KeyCode::Char(c), modifiers)),
            }
            alt = c == '\x1b';
        }
        keys
    }

    fn heard(keys: Vec<KeyEvent>) -> (Option<bool>, Vec<KeyEvent>) {
        let (mut answer, mut light, mut typed) = (Answer::default(), None, Vec::new());
        for key in keys {
            match answer.hear(key, true) {
                Heard::Held => {}
                Heard::Background(is) => light = Some(is),
                Heard::Typed(keys) => typed.extend(keys),
            }
        }
        if let Heard::Typed(rest) = answer.give_back() {
            typed.extend(rest);
        }
        (light, typed)
    }

    #[test]
    fn the_answer_is_taken_out_from_between_the_keys() {
        let cases = [
            ("\x1b]11;rgb:ffff/ffff/ffff\x07", Some(true)),
            ("\x1b]11;rgb:0000/0000/0000\x1b\\", Some(false)),
            ("\x1b]11;rgb:fd/f6/e3\x07", Some(true)),
            ("\x1b]11;rgba:1e1e/1e1e/1e1e/ffff\x07", Some(false)),
            ("\x1b]11;#ffffff\x07", Some(true)),
            ("\x1b]11;#\x07", None),
            ("\x1b]11;rgb:zz/0/0\x07", None),
            ("\x1b]11;\x07", None),
        ];
        for (answer, wanted) in cases {
            let all = [keys("jk"), keys(answer), keys("rc")].concat();
            assert_eq!(heard(all), (wanted, keys("jkrc")), "{answer:?}");
        }
        // Cut after ESC, as a slow line may do.
        let mut cut = vec![key(KeyCode::Esc, KeyModifiers::NONE)];
        cut.extend(keys("]11;rgb:ffff/ffff/ffff\x07"));
        assert_eq!(heard(cut), (Some(true), Vec::new()));
    }

    #[test]
    fn what_is_no_answer_was_typed() {
        let esc = key(KeyCode::Esc, KeyModifiers::NONE);
        let cases = [
            vec![esc],
            vec![esc, esc],
            [vec![esc], keys("]")].concat(),
            keys("\x1b]12;rgb:0/0/0\x07"),
            keys("]11;rgb:ffff/ffff/ffff"),
            keys("\x1b]11;rgb"),
            [keys("\x1b]11;"), vec![key(KeyCode::Up, KeyModifiers::NONE)]].concat(),
            keys(&format!("\x1b]11;{}", "f".repeat(99))),
        ];
        for typed in cases {
            assert_eq!(heard(typed.clone()), (None, typed));
        }
    }

    #[test]
    fn a_lone_esc_is_not_kept_back_where_no_answer_is_awaited() {
        let esc = key(KeyCode::Esc, KeyModifiers::NONE);
        assert_eq!(Answer::default().hear(esc, false), Heard::Typed(vec![esc]));
    }

    #[test]
    fn terminals_that_would_print_the_question_are_not_asked() {
        let asked = |term: &str, tmux| {
            can_ask(&Environment { term: Some(term.to_owned()), tmux, ..Environment::default() })
        };
        assert!(asked("xterm-256color", false) && asked("screen-256color", true));
        assert!(!asked("screen.xterm", false) && !asked("linux", false) && !asked("dumb", false));
        assert!(!asked("", false));
        let light = ["0;15", "0;default;15", "0;7"].map(by_colorfgbg);
        assert_eq!(light, [Some(true); 3]);
        let other = ["15;0", "12;8", "15;default", ""].map(by_colorfgbg);
        assert_eq!(other, [Some(false), Some(false), None, None]);
    }
}

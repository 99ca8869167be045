//! The keyboard, read by a thread of its own.
//!
//! Not crossterm's `EventStream`: that one reads inside the loop's own poll, and crossterm reads a
//! terminal that was hung up again and again without end, so the loop would never see the signal
//! that tells it to leave. Here only this thread is caught, and the process ends without it.

use std::io;
use std::thread;
use std::time::Duration;

use crossterm::event::{
    Event as Input, KeyEventKind, MouseButton, MouseEvent, MouseEventKind, poll, read,
};
use tokio::sync::mpsc;
use tokio::time::Instant;

use super::background::{Answer, Heard, REST};
use crate::app::event::Event;

/// More than a person types, and a bound for what a script pastes.
const CAPACITY: usize = 256;

/// How long after the start the terminal's answer about its background is likely to come.
const ANSWERS_COME: Duration = Duration::from_secs(3);

/// Starts to read keys and pastes. The channel closes if the keyboard cannot be read.
pub(super) fn listen() -> io::Result<mpsc::Receiver<Event>> {
    let (sender, receiver) = mpsc::channel(CAPACITY);
    thread::Builder::new().name("keyboard".to_owned()).spawn(move || {
        let began = Instant::now();
        let mut answer = Answer::default();
        while let Ok(events) = next(&mut answer, began.elapsed() < ANSWERS_COME) {
            for event in events {
                if sender.blocking_send(event).is_err() {
                    return;
                }
            }
        }
    })?;
    Ok(receiver)
}

/// The next events; keys that may be the terminal's answer are kept back for a moment.
fn next(answer: &mut Answer, soon: bool) -> io::Result<Vec<Event>> {
    let heard = if answer.is_held() && !poll(REST)? {
        answer.give_back()
    } else {
        match read()? {
            Input::Key(key) if key.kind != KeyEventKind::Release => answer.hear(key, soon),
            input => {
                let other = event(input);
                let Heard::Typed(keys) = answer.give_back() else { return Ok(Vec::new()) };
                return Ok(keys.into_iter().map(Event::Pressed).chain(other).collect());
            }
        }
    };
    Ok(match heard {
        Heard::Held => Vec::new(),
        Heard::Background(light) => vec![Event::Background { light }],
        Heard::Typed(keys) => keys.into_iter().map(Event::Pressed).collect(),
    })
}

/// Sizes come with SIGWINCH, which is listened to before the first size is read: none is missed.
fn event(input: Input) -> Option<Event> {
    match input {
        Input::Key(key) if key.kind != KeyEventKind::Release => Some(Event::Pressed(key)),
        Input::Paste(text) => Some(Event::Pasted(text)),
        Input::Mouse(mouse) => pointed(mouse),
        Input::Key(_) | Input::Resize(..) | Input::FocusGained | Input::FocusLost => None,
    }
}

fn pointed(MouseEvent { kind, column, row, .. }: MouseEvent) -> Option<Event> {
    match kind {
        MouseEventKind::Down(MouseButton::Left) => Some(Event::Clicked { column, row }),
        MouseEventKind::Drag(MouseButton::Left) => Some(Event::Dragged { column, row }),
        MouseEventKind::ScrollDown => Some(Event::Scrolled { column, row, down: true }),
        MouseEventKind::ScrollUp => Some(Event::Scrolled { column, row, down: false }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

    use super::*;

    #[test]
    fn a_release_of_a_key_is_no_event() {
        let key = |kind| KeyEvent::new_with_kind(KeyCode::Enter, KeyModifiers::NONE, kind);
        assert_eq!(event(Input::Key(key(KeyEventKind::Release))), None);
        for kind in [KeyEventKind::Press, KeyEventKind::Repeat] {
            assert_eq!(event(Input::Key(key(kind))), Some(Event::Pressed(key(kind))));
        }
    }
}

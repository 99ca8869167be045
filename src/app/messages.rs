//! What was said, kept: a notice goes by itself, and may have been missed.

use std::collections::VecDeque;

use jiff::Timestamp;

/// More than anybody reads back.
const MOST: usize = 500;

/// Something that was said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// When.
    pub at: Timestamp,
    /// What, harmless text.
    pub text: String,
    /// True for bad news.
    pub alert: bool,
}

/// What was said, the latest 500.
#[derive(Clone, Debug, Default)]
pub struct Messages {
    kept: VecDeque<Message>,
}

impl Messages {
    /// Keeps one. A sentence that goes on with the one just said takes its place.
    pub fn keep(&mut self, message: Message) {
        let goes_on =
            |last: &Message| last.at == message.at && message.text.starts_with(&last.text);
        if self.kept.back().is_some_and(goes_on) {
            self.kept.pop_back();
        }
        if self.kept.len() == MOST {
            self.kept.pop_front();
        }
        self.kept.push_back(message);
    }

    /// The newest first.
    pub fn newest(&self) -> impl Iterator<Item = &Message> {
        self.kept.iter().rev()
    }

    /// How many are kept.
    pub fn count(&self) -> usize {
        self.kept.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(second: i64, text: &str) -> Message {
        Message { at: Timestamp::from_second(second).unwrap(), text: text.to_owned(), alert: false }
    }

    #[test]
    fn the_latest_stay_and_the_newest_come_first() {
        let mut messages = Messages::default();
        (0..600).for_each(|n| messages.keep(said(n, &format!("message {n}"))));
        assert_eq!(messages.count(), 500);
        assert_eq!(messages.newest().next(), Some(&said(599, "message 599")));
        assert_eq!(messages.newest().last(), Some(&said(100, "message 100")));
    }

    #[test]
    fn a_sentence_that_goes_on_is_kept_once() {
        let mut messages = Messages::default();
        messages.keep(said(1, "it passes"));
        messages.keep(said(1, "it passes; every copied fix does"));
        messages.keep(said(2, "it passes; every copied fix does"));
        assert_eq!(messages.count(), 2);
    }
}

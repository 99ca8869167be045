//! The end of a session: what is still under way gets a little time, and no more.

use std::io;
use std::time::Duration;

use tokio::sync::mpsc;
use tokio::time::{Instant, timeout, timeout_at};

use super::Explorer;
use crate::app::event::Event;
use crate::shell::background::LAST_ANSWER;
use crate::shell::clipboard::Delivery;
use crate::shell::{Left, Program};

/// How long a copy that is under way holds up the end. Most take a few milliseconds.
const LAST_COPY: Duration = Duration::from_millis(80);

/// How long files that are being written hold up the end. Most take a few milliseconds.
const LAST_FILES: Duration = Duration::from_millis(300);

impl<P: Program> Explorer<'_, P> {
    /// Takes in an answer that is still on its way, for the shell would take it for typed text.
    pub(super) async fn finish_answer(&mut self, keys: &mut mpsc::Receiver<Event>) {
        let Some(asked) = self.asked.filter(|_| self.left == Some(Left::Quit)) else { return };
        let is_answer = |event: &Event| matches!(event, Event::Background { .. });
        let until = asked + LAST_ANSWER;
        while let Ok(Some(event)) = timeout_at(until, keys.recv()).await {
            if is_answer(&event) {
                break;
            }
        }
    }

    /// What the next session may go on with, however this one ended. Nobody is there any more to be
    /// told of an error, and a disk that hangs holds nobody up.
    pub(super) async fn keep_last(&mut self) {
        let last = self.program.leave();
        let _ = self.perform_all(last);
        let _ = timeout(LAST_FILES, self.files.finish()).await;
    }

    /// `c` and `q` in one breath: the copy still arrives, if its way works at all.
    pub(super) async fn finish_copies(&mut self) -> io::Result<()> {
        let deadline = Instant::now() + LAST_COPY;
        while self.left == Some(Left::Quit) && !self.copies.is_empty() {
            let left = deadline.saturating_duration_since(Instant::now());
            match timeout(left, self.copies.join_next()).await {
                Ok(Some(Ok(Delivery { escape: Some(escape), .. }))) => {
                    self.screen.write(escape.as_bytes())?;
                }
                Ok(_) => {}
                Err(_) => break,
            }
        }
        // Dropping the set would end the tools that are still at work.
        self.copies.detach_all();
        Ok(())
    }
}

//! The files that outlive a session, written one after the other: the latest text stays.

use std::collections::VecDeque;
use std::path::PathBuf;

use tokio::task::JoinHandle;

use super::clipboard::keep::keep;
use crate::app::event::Event;

/// The files that are being written.
#[derive(Debug)]
pub(super) struct Files {
    directory: Option<PathBuf>,
    waiting: VecDeque<(&'static str, String)>,
    writing: Option<JoinHandle<Option<String>>>,
}

impl Files {
    /// Files of this directory; without one, nothing is ever written.
    pub(super) fn new(directory: Option<PathBuf>) -> Self {
        Self { directory, waiting: VecDeque::new(), writing: None }
    }

    /// Writes a file, for its owner alone, whole or not at all.
    pub(super) fn keep(&mut self, name: &'static str, text: String) {
        self.waiting.push_back((name, text));
        self.go_on();
    }

    /// The next one that could not be written; waits for ever while there is none.
    pub(super) async fn next(&mut self) -> Event {
        while let Some(writing) = &mut self.writing {
            let trouble = writing.await.unwrap_or_else(|_| Some("the writer stopped".to_owned()));
            self.writing = None;
            self.go_on();
            if let Some(trouble) = trouble {
                return Event::Failed(trouble);
            }
        }
        std::future::pending().await
    }

    /// Waits until everything is written, or could not be.
    pub(super) async fn finish(&mut self) {
        while let Some(writing) = &mut self.writing {
            // Nobody is there any more to be told of an error.
            let _ = writing.await;
            self.writing = None;
            self.go_on();
        }
    }

    fn go_on(&mut self) {
        if self.writing.is_some() {
            return;
        }
        let Some((name, text)) = self.waiting.pop_front() else { return };
        let directory = self.directory.clone();
        self.writing = Some(tokio::task::spawn_blocking(move || {
            let Some(directory) = directory else {
                return Some(format!("{name} was not written: there is no directory for it"));
            };
            let error = keep(&directory, name, &text).err()?;
            let place = directory.display().to_string();
            let place = crate::domain::text::escape(&place).into_owned();
            Some(format!("{name} was not written in {place}: {error}; it counts until you quit"))
        }));
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[tokio::test]
    async fn the_latest_text_stays() {
        let root = tempfile::tempdir().unwrap();
        let mut files = Files::new(Some(root.path().join("state")));
        for turn in 0..50 {
            files.keep("views.toml", format!("turn = {turn}\n"));
        }
        files.finish().await;
        let text = fs::read_to_string(root.path().join("state/views.toml")).unwrap();
        assert_eq!(text, "turn = 49\n");
        assert_eq!(fs::read_dir(root.path().join("state")).unwrap().count(), 1);
    }

    #[tokio::test]
    async fn what_cannot_be_written_is_told_and_the_next_is_tried() {
        let root = tempfile::tempdir().unwrap();
        let file = root.path().join("file");
        fs::write(&file, "").unwrap();
        let mut files = Files::new(Some(file));
        files.keep("views.toml", String::new());
        files.keep("session.toml", String::new());
        for name in ["views.toml", "session.toml"] {
            let Event::Failed(said) = files.next().await else { panic!() };
            assert!(said.starts_with(name), "{said}");
        }
    }
}

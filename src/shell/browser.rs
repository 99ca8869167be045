//! Pages for the browser of whoever sits here.

use std::io;
use std::time::Duration;

use tokio::task::JoinSet;

use super::environment::Environment;
use crate::app::event::Event;

/// A launcher that fails this late is taken for a browser that somebody closed.
const LAUNCH: Duration = Duration::from_millis(1_500);

/// Opens pages, where there is somebody to see them.
#[derive(Debug)]
pub(super) struct Browser {
    missing: Option<&'static str>,
    tasks: JoinSet<Option<Event>>,
}

impl Browser {
    pub(super) fn new(environment: &Environment) -> Self {
        Self { missing: missing(environment), tasks: JoinSet::new() }
    }

    /// Why no page can be opened here; `None` where one can.
    pub(super) fn missing(&self) -> Option<&'static str> {
        self.missing
    }

    /// Opens a page, in a session of its own and without our input and output: it draws nothing
    /// over the screen, and outlives it. Anything but https is refused.
    pub(super) fn open(&mut self, url: String) {
        self.tasks.spawn_blocking(move || {
            let opened = match url.starts_with("https://") {
                true => open::that_detached_with_timeout(&url, LAUNCH),
                false => Err(io::Error::other("not a page of https")),
            };
            let error = opened.err()?;
            Some(Event::Failed(format!("{}; the page is {url}", why(&error))))
        });
    }

    /// The next one that failed; waits for ever while there is none.
    pub(super) async fn next(&mut self) -> Event {
        loop {
            match self.tasks.join_next().await {
                Some(Ok(Some(event))) => return event,
                Some(_) => {}
                None => std::future::pending().await,
            }
        }
    }
}

fn missing(environment: &Environment) -> Option<&'static str> {
    let Environment { ssh, wayland, x11, wsl, macos, .. } = environment;
    match (ssh, *wayland || *x11 || *wsl || *macos) {
        (true, _) => Some("over SSH no browser is opened"),
        (false, false) => Some("there is no display for a browser"),
        (false, true) => None,
    }
}

/// The crate's own words name its commands with all their arguments.
fn why(error: &io::Error) -> &'static str {
    match error.kind() {
        io::ErrorKind::NotFound => "nothing that opens a browser is installed, such as xdg-open",
        _ => "no browser could be opened",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_needs_a_screen_in_front_of_the_same_person() {
        let here = Environment { wayland: true, ..Environment::default() };
        assert_eq!(missing(&here), None);
        assert_eq!(missing(&Environment { macos: true, ..Environment::default() }), None);
        assert_eq!(missing(&Environment { wsl: true, ..Environment::default() }), None);
        let forwarded = Environment { ssh: true, x11: true, ..Environment::default() };
        assert!(missing(&forwarded).unwrap().contains("SSH"));
        assert!(missing(&Environment::default()).unwrap().contains("display"));
    }

    #[tokio::test]
    async fn only_https_is_opened() {
        let here = Environment { x11: true, ..Environment::default() };
        let mut browser = Browser::new(&here);
        browser.open("file:///etc/passwd".to_owned());
        let failed = browser.next().await;
        assert_eq!(
            failed,
            Event::Failed("no browser could be opened; the page is file:///etc/passwd".to_owned())
        );
    }
}

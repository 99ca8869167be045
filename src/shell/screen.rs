//! Frames: drawn into memory, written to the terminal in one piece.

use std::cell::RefCell;
use std::fs::File;
use std::io::{self, Write};
use std::rc::Rc;
use std::thread;
use std::time::Duration;

use crossterm::queue;
use crossterm::terminal::{BeginSynchronizedUpdate, Clear, ClearType, EndSynchronizedUpdate};
use ratatui::backend::CrosstermBackend;
use ratatui::layout::Rect;
use ratatui::{Frame, Terminal, TerminalOptions, Viewport};

/// How long a terminal that takes nothing at the moment is waited for.
const PATIENCE: Duration = Duration::from_secs(2);

/// The bytes of the frame under way. ratatui flushes several times in a frame, and here that does
/// nothing: a frame leaves whole.
#[derive(Clone, Debug, Default)]
struct Pending(Rc<RefCell<Vec<u8>>>);

impl Write for Pending {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The picture on the terminal.
#[derive(Debug)]
pub(super) struct Screen {
    terminal: Terminal<CrosstermBackend<Pending>>,
    pending: Pending,
    out: File,
    size: (u16, u16),
}

impl Screen {
    /// A blank screen of this size. The viewport is fixed and follows [`Screen::fit`], so that
    /// ratatui never asks the terminal anything.
    pub(super) fn new(out: File, size: (u16, u16)) -> io::Result<Self> {
        let pending = Pending::default();
        let viewport = Viewport::Fixed(area(size));
        let terminal = Terminal::with_options(
            CrosstermBackend::new(pending.clone()),
            TerminalOptions { viewport },
        )?;
        Ok(Self { terminal, pending, out, size })
    }

    /// Cells, `(columns, rows)`.
    pub(super) fn size(&self) -> (u16, u16) {
        self.size
    }

    /// Takes on a size; the next frame draws every cell again.
    pub(super) fn fit(&mut self, size: (u16, u16)) -> io::Result<()> {
        self.size = size;
        queue!(self.pending, Clear(ClearType::All))?;
        self.terminal.resize(area(size))
    }

    /// The next frame draws every cell again.
    pub(super) fn repaint(&mut self) -> io::Result<()> {
        self.fit(self.size)
    }

    /// Draws a frame and writes it.
    pub(super) fn draw(&mut self, picture: impl FnOnce(&mut Frame<'_>)) -> io::Result<()> {
        let before = std::mem::take(&mut *self.pending.0.borrow_mut());
        queue!(self.pending, BeginSynchronizedUpdate)?;
        self.pending.write_all(&before)?;
        self.terminal.draw(picture)?;
        queue!(self.pending, EndSynchronizedUpdate)?;
        let frame = std::mem::take(&mut *self.pending.0.borrow_mut());
        self.write(&frame)
    }

    /// Writes bytes that are no part of the picture, between two frames.
    pub(super) fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        let mut rest = bytes;
        let mut waited = Duration::ZERO;
        while !rest.is_empty() {
            match self.out.write(rest) {
                Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
                Ok(written) => (rest, waited) = (&rest[written..], Duration::ZERO),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                // Another program that shares the terminal may have left it non-blocking.
                Err(error) if error.kind() == io::ErrorKind::WouldBlock && waited < PATIENCE => {
                    thread::sleep(Duration::from_millis(2));
                    waited += Duration::from_millis(2);
                }
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }
}

fn area((columns, rows): (u16, u16)) -> Rect {
    Rect::new(0, 0, columns, rows)
}

#[cfg(test)]
mod tests;

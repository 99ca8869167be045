//! Where each row stands, so that nobody has to look for it.

use super::{Index, TableLine};

/// Where a row stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    position: u32,
    line: u32,
}

impl Place {
    const NOWHERE: Self = Self { position: u32::MAX, line: u32::MAX };

    /// Which of the rows that pass it is.
    pub(super) fn position(self) -> Option<usize> {
        (self.position != u32::MAX).then_some(self.position as usize)
    }

    /// Its line of the table.
    pub(super) fn line(self) -> Option<usize> {
        (self.line != u32::MAX).then_some(self.line as usize)
    }
}

impl Index {
    /// Writes down the places of rows, once they are sorted and laid out.
    pub(super) fn place(&mut self) {
        self.places.fill(Place::NOWHERE);
        let most = self.passing.iter().map(|row| row.index() + 1).max().unwrap_or(0);
        self.places.resize(most.max(self.places.len()), Place::NOWHERE);
        for (position, row) in (0..).zip(&self.passing) {
            self.places[row.index()].position = position;
        }
        for (at, line) in (0..).zip(&self.lines) {
            if let TableLine::Row(row) = line {
                self.places[row.index()].line = at;
            }
        }
    }
}

//! What the last frame drew where, for the mouse.

use serde::{Deserialize, Serialize};

/// A part of the screen, in cells; of no size where there is no such thing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Area {
    /// The first column.
    pub left: u16,
    /// The first row.
    pub top: u16,
    /// Cells across.
    pub width: u16,
    /// Cells down.
    pub height: u16,
}

impl Area {
    /// True if the cell is in it.
    pub fn holds(self, column: u16, row: u16) -> bool {
        column.checked_sub(self.left).is_some_and(|x| x < self.width)
            && row.checked_sub(self.top).is_some_and(|y| y < self.height)
    }

    /// The row after the last.
    pub fn bottom(self) -> u16 {
        self.top + self.height
    }
}

/// What was drawn where; nothing unless the mouse is on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Places {
    /// The table with its border.
    pub list: Area,
    /// The rows of the table.
    pub rows: Area,
    /// The detail or the diagnosis, with its border.
    pub pane: Area,
    /// The line between table and pane that can be dragged.
    pub border: Area,
    /// The names of the views, each at the place of its digit.
    pub views: [Area; 9],
    /// The tabs of the detail, in their order.
    pub tabs: [Area; 5],
}

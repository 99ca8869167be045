//! Which columns the table of origins shows, in what order and how wide, and the column that the
//! cursor is on.

use serde::{Deserialize, Serialize};

use crate::export::column::Column;

/// The narrowest and the widest that a person can make a column.
const WIDTHS: std::ops::RangeInclusive<usize> = 2..=80;

/// Cells before the first column: the cursor's mark, and that of a marked row.
pub const MARGIN: usize = 2;

/// The origin keeps this many cells where other columns have widths of their own.
const LEAST_ORIGIN: usize = 20;

/// A line of the column chooser.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// The column.
    pub column: Column,
    /// Whether the table shows it.
    pub shown: bool,
    /// Its width, where a person chose one.
    #[serde(default)]
    pub width: Option<usize>,
}

/// The layout of the table. Until a person chooses columns, the width decides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Columns {
    #[serde(skip_serializing_if = "Option::is_none")]
    chosen: Option<Vec<Choice>>,
    /// Every column is as wide as what stands in it.
    pub wide: bool,
    /// The column that the cursor is on; it may be one that is not shown at this width.
    pub cursor: Column,
}

impl Default for Columns {
    fn default() -> Self {
        Self { chosen: None, wide: false, cursor: Column::Verdict }
    }
}

/// True for the columns that stay at the left when the others scroll sideways.
pub fn is_fixed(column: Column) -> bool {
    matches!(column, Column::Verdict | Column::Rule)
}

impl Columns {
    /// The columns with their widths for a table of this width; accounts have names of this
    /// width. The origin takes what is left. Chosen columns may need more room than there is.
    pub fn laid_out(&self, width: usize, names: usize) -> Vec<(Column, usize)> {
        let (mut columns, fills) = match &self.chosen {
            None => (fitting(width, names), true),
            Some(choices) => chosen(choices, width, names),
        };
        let others = columns.iter().filter(|(column, _)| *column != Column::Origin);
        let taken: usize = others.map(|(_, width)| width + 1).sum();
        let left = width.saturating_sub(taken + 1 + MARGIN);
        for (column, room) in columns.iter_mut().filter(|_| fills) {
            if *column == Column::Origin {
                *room = if self.chosen.is_some() { left.max(LEAST_ORIGIN) } else { left };
            }
        }
        columns
    }

    /// The column that the cursor is on in a table of this width: the first one, where its own is
    /// not shown.
    pub fn cursor_at(&self, width: usize) -> Column {
        let columns = self.laid_out(width, 0);
        let has = columns.iter().any(|(column, _)| *column == self.cursor);
        if has { self.cursor } else { columns.first().map_or(self.cursor, |(column, _)| *column) }
    }

    /// Moves the cursor by columns.
    pub fn step(&mut self, by: isize, width: usize) {
        let columns = self.laid_out(width, 0);
        let now = self.cursor_at(width);
        let at = columns.iter().position(|(column, _)| *column == now).unwrap_or(0);
        let to = at.saturating_add_signed(by).min(columns.len().saturating_sub(1));
        if let Some((column, _)) = columns.get(to) {
            self.cursor = *column;
        }
    }

    /// Every column as the chooser lists it: as chosen, or as this width has it.
    pub fn choices(&self, width: usize) -> Vec<Choice> {
        if let Some(choices) = &self.chosen {
            return choices.clone();
        }
        let shown = fitting(width, 0);
        let has = |column| shown.iter().any(|(other, _)| *other == column);
        Column::ALL.map(|column| Choice { column, shown: has(column), width: None }).to_vec()
    }

    /// Shows a column or leaves it out. The verdict is never left out.
    pub fn toggle(&mut self, at: usize, width: usize) {
        self.change(width, |choices| {
            if let Some(choice) = choices.get_mut(at).filter(|c| c.column != Column::Verdict) {
                choice.shown = !choice.shown;
            }
        });
    }

    /// Moves a column before or behind its neighbour; returns its new place. What is fixed at the
    /// left stays there.
    pub fn shift(&mut self, at: usize, by: isize, width: usize) -> usize {
        let mut place = at;
        self.change(width, |choices| {
            let to = at.saturating_add_signed(by);
            let moves = |at: usize| choices.get(at).is_some_and(|c| !is_fixed(c.column));
            if moves(at) && moves(to) {
                choices.swap(at, to);
                place = to;
            }
        });
        place
    }

    /// Makes a column wider or narrower.
    pub fn widen(&mut self, at: usize, by: isize, width: usize, names: usize) {
        let laid_out = self.laid_out(width, names);
        self.change(width, |choices| {
            let Some(choice) = choices.get_mut(at) else { return };
            let shown = laid_out.iter().find(|(column, _)| *column == choice.column);
            let now = choice.width.or(shown.map(|(_, width)| *width));
            let now = now.unwrap_or_else(|| usual(choice.column, names));
            let to = now.saturating_add_signed(by).clamp(*WIDTHS.start(), *WIDTHS.end());
            choice.width = Some(to);
        });
    }

    /// Forgets what was chosen.
    pub fn reset(&mut self) {
        *self = Self { cursor: self.cursor, ..Self::default() };
    }

    fn change(&mut self, width: usize, change: impl FnOnce(&mut Vec<Choice>)) {
        let mut choices = self.choices(width);
        change(&mut choices);
        self.chosen = Some(choices);
    }
}

/// The columns that a person chose, and whether the origin takes what is left. A saved layout may
/// lack columns that came later, or name one twice.
fn chosen(choices: &[Choice], width: usize, names: usize) -> (Vec<(Column, usize)>, bool) {
    let names = names.min(if width < 100 { 13 } else { 20 });
    let width = |c: &Choice| c.width.unwrap_or_else(|| usual(c.column, names));
    let mut columns: Vec<(Column, usize)> = Vec::new();
    for choice in choices.iter().filter(|c| c.shown) {
        if columns.iter().all(|(column, _)| *column != choice.column) {
            columns.push((choice.column, width(choice)));
        }
    }
    columns.sort_by_key(|(column, _)| !is_fixed(*column));
    let fills = choices.iter().any(|c| c.column == Column::Origin && c.width.is_none());
    (columns, fills)
}

/// The columns that fit.
fn fitting(width: usize, names: usize) -> Vec<(Column, usize)> {
    use Column as C;
    let names = names.min(if width < 100 { 13 } else { 20 });
    let mut columns =
        vec![C::Verdict, C::Rule, C::Edge, C::Account, C::Distribution, C::Origin, C::Protocol];
    if width < 60 {
        columns.retain(|c| !matches!(c, C::Distribution | C::Edge | C::Protocol));
    }
    if width >= 100 {
        columns.insert(6, C::Kind);
        columns.extend([C::Viewer, C::Tls]);
    }
    if width >= 140 {
        columns.push(C::Paths);
    }
    if width >= 170 {
        columns.insert(5, C::Alias);
        columns.push(C::Owner);
    }
    columns.into_iter().map(|column| (column, usual(column, names))).collect()
}

/// The width that a column has where nobody chose one.
fn usual(column: Column, names: usize) -> usize {
    match column {
        Column::Verdict => 8,
        Column::Rule => 2,
        Column::Edge => 1,
        Column::Account => names.max(7),
        Column::AccountId | Column::Protocol | Column::Owner => 12,
        Column::Distribution | Column::Paths => 14,
        Column::Alias => 22,
        Column::Origin => LEAST_ORIGIN,
        Column::OriginId => 16,
        Column::Kind => 6,
        Column::Viewer | Column::Status | Column::Modified => 10,
        Column::Tls => 7,
        Column::Comment => 24,
    }
}

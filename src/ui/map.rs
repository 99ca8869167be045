//! The map of the screen: which pane is where, at every size.
//!
//! ```text
//! ┌ fleet ────────────────────────────────┐ three header lines: who was seen, what was seen of
//! ├ numbers ──────────────────────────────┤ how much, where am I
//! ├ place ────────────────────────────────┤
//! │ list                                  │ the table of origins or accounts
//! │                                       │
//! ├───────────────────────────┬───────────┤ from 110×34; below that the list or the pane;
//! │ pane                      │ side      │ the side from 180×44: evidence beside the tab
//! ├───────────────────────────┴───────────┤
//! │ status                                │ a notice, the filter line, or what is not seen
//! │ footer                                │ keys
//! └───────────────────────────────────────┘
//! ```
//!
//! The facets stand at the left of list, pane and side where there is room, else over them.

use ratatui::layout::{Constraint, Layout, Rect};

use super::facets;
use crate::app::facets::Facets;
use crate::app::model::{Model, View};

/// Where everything is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Map {
    /// Three lines.
    pub header: Rect,
    /// The table; of no height when an opened finding has the screen.
    pub list: Rect,
    /// The detail or the diagnosis.
    pub pane: Option<Rect>,
    /// The facets at the left of all panes.
    pub facets: Option<Rect>,
    /// The evidence beside the tab; beside the evidence, the remediation.
    pub side: Option<Rect>,
    /// One line; more while a notice needs them.
    pub status: Rect,
    /// One line.
    pub footer: Rect,
    /// No borders: there is no room to spare.
    pub bare: bool,
}

impl Map {
    /// Everything between the header and the status line, where popups may be.
    pub fn body(&self) -> Rect {
        let y = self.header.bottom();
        Rect { y, height: self.status.y - y, ..self.header }
    }
}

/// Below this nothing useful can be drawn.
pub const SMALLEST: (u16, u16) = (40, 8);

/// Lays out a screen; `None` where it is too small.
pub fn map(area: Rect, model: &Model, status_lines: u16) -> Option<Map> {
    if area.width < SMALLEST.0 || area.height < SMALLEST.1 {
        return None;
    }
    let [header, body, status, footer] = Layout::vertical([
        Constraint::Length(3),
        Constraint::Min(0),
        Constraint::Length(status_lines.clamp(1, 8)),
        Constraint::Length(1),
    ])
    .areas(area);
    let bare = is_bare(area);
    let (facets, body) = facets_and_body(area, body, model);
    let whole = Map { header, list: body, pane: None, facets, side: None, status, footer, bare };
    Some(match model.view {
        View::Accounts if body.height < 13 => whole,
        View::Accounts => {
            // What the accounts leave is the diagnosis's: it is longer than a third of most screens.
            let accounts = u16::try_from(model.store.accounts().len()).unwrap_or(u16::MAX);
            let left = body.height.saturating_sub(accounts.saturating_add(3)).min(30);
            let below = (body.height / 3).clamp(9, 15).max(left);
            let [list, pane] = split(body, below);
            Map { list, pane: Some(pane), ..whole }
        }
        _ if model.opened => beside(whole, Rect { height: 0, ..body }, body),
        View::Origins | View::Distributions if is_split(area) => {
            let [list, pane] = split(body, below(body, model.share));
            beside(whole, list, pane)
        }
        View::Origins | View::Distributions => whole,
    })
}

/// The facets take their part of the body where there is room for them beside the rest; else, as
/// long as keys go to them, they lie over it.
fn facets_and_body(area: Rect, body: Rect, model: &Model) -> (Option<Rect>, Rect) {
    let width = facets::WIDTH.min(body.width);
    let at_left = Rect { width, ..body };
    let shown = model.view == View::Origins && !model.opened;
    match Facets::fit((area.width, area.height)) {
        true if shown && model.facets.open => {
            let rest = Rect { x: body.x + width, width: body.width - width, ..body };
            (Some(at_left), rest)
        }
        false if shown && model.facets.focused => (Some(at_left), body),
        _ => (None, body),
    }
}

/// True where borders would take too much.
pub fn is_bare(area: Rect) -> bool {
    area.width < 60 || area.height < 12
}

/// Half of the room, or what somebody dragged it to; each of the two keeps some lines.
fn below(body: Rect, share: Option<u16>) -> u16 {
    let Some(share) = share else { return body.height / 2 };
    let lines = u32::from(body.height) * u32::from(share) / 1_000;
    u16::try_from(lines).unwrap_or(body.height).clamp(5, body.height - 5)
}

/// True where there is room for the list and the pane of a finding at once.
pub fn is_split(area: Rect) -> bool {
    area.width >= 110 && area.height >= 34
}

/// Two panes beside each other where the screen is wide enough.
fn beside(whole: Map, list: Rect, pane: Rect) -> Map {
    let wide = whole.header.width >= 180 && whole.footer.y >= 43;
    if !wide {
        return Map { list, pane: Some(pane), ..whole };
    }
    let [pane, side] =
        Layout::horizontal([Constraint::Fill(1), Constraint::Percentage(45)]).areas(pane);
    Map { list, pane: Some(pane), side: Some(side), ..whole }
}

fn split(body: Rect, below: u16) -> [Rect; 2] {
    Layout::vertical([Constraint::Fill(1), Constraint::Length(below)]).areas(body)
}

//! The explorer as a program that the shell can run.

use ratatui::Frame;

use super::Program;
use crate::app::effect::Effect;
use crate::app::event::{Event, Timed};
use crate::app::model::{Model, Start};
use crate::app::update::{leave, start, update};
use crate::ui::theme::{Gallery, Theme};
use crate::ui::view::view;

/// The model with the themes that it may be drawn in.
pub struct Explorer {
    model: Model,
    themes: Gallery,
}

impl Explorer {
    /// An explorer on a fleet, and what it wants done first: to read the fleet.
    pub fn new(with: Start, themes: Gallery, now: jiff::Timestamp) -> (Self, Vec<Effect>) {
        let mut model = Model::new(with);
        let opening = start(&mut model, now);
        (Self { model, themes }, opening)
    }

    /// True if only ASCII is drawn.
    pub(super) fn is_ascii(&self) -> bool {
        self.model.start.ascii
    }

    /// What it is drawn in.
    pub(super) fn theme(&self) -> Option<&Theme> {
        self.themes.theme(&self.model.themes.name)
    }
}

impl Program for Explorer {
    fn update(&mut self, event: Timed) -> Vec<Effect> {
        update(&mut self.model, event)
    }

    fn leave(&mut self) -> Vec<Effect> {
        leave(&self.model)
    }

    fn draw(&self, frame: &mut Frame<'_>) -> Option<Event> {
        let theme = self.theme()?;
        let measured = view(&self.model, theme, frame);
        (measured != self.model.measured).then_some(Event::Measured(measured))
    }
}

//! The explorer as a program that the shell can run.

use ratatui::Frame;

use super::Program;
use crate::app::effect::Effect;
use crate::app::event::{Event, Timed};
use crate::app::model::{Model, Start};
use crate::app::update::{leave, start, update};
use crate::ui::theme::Theme;
use crate::ui::view::view;

/// The model with the theme that it is drawn in.
pub struct Explorer {
    model: Model,
    theme: Theme,
}

impl Explorer {
    /// An explorer on a fleet, and what it wants done first: to read the fleet.
    pub fn new(with: Start, theme: Theme, now: jiff::Timestamp) -> (Self, Vec<Effect>) {
        let mut model = Model::new(with);
        let opening = start(&mut model, now);
        (Self { model, theme }, opening)
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
        let measured = view(&self.model, &self.theme, frame);
        (measured != self.model.measured).then_some(Event::Measured(measured))
    }
}

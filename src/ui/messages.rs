//! The messages so far, newest first.

use ratatui::text::{Line, Span};

use super::Pane;
use super::search::{Section, narrowed};
use super::sheet::say;
use super::theme::Theme;
use super::wrap::hanging;
use crate::app::messages::Message;
use crate::app::model::Model;

/// Columns of the time and the blanks after it.
const TIME: usize = 10;

/// The messages that hold what is searched for.
pub(super) fn lines(model: &Model, search: &str, theme: &Theme, width: u16) -> Pane {
    if model.messages.count() == 0 {
        return vec![Line::styled("nothing was said yet", theme.muted)];
    }
    let lines = model.messages.newest().map(|message| line(message, theme)).collect();
    let pane = narrowed(vec![Section { heading: None, lines }], search, theme);
    pane.iter().flat_map(|line| hanging(line, TIME, width)).collect()
}

fn line(message: &Message, theme: &Theme) -> Line<'static> {
    let style = if message.alert { theme.alert } else { theme.text };
    let time = message.at.strftime("%H:%M:%S").to_string();
    Line::from(vec![Span::styled(format!("{time:<TIME$}"), theme.muted), say(&message.text, style)])
}

//! The last line while a recording or a script is played: how far it is, and the keys that hold.

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::Clear;

use super::fit::{Part, fit};
use super::theme::Theme;
use crate::app::player::Player;
use crate::domain::text::is_plain;

/// Draws it over the key hints, which are not those of whoever watches.
pub fn draw(player: &Player, theme: &Theme, frame: &mut Frame<'_>) {
    let area = frame.area();
    let Some(y) = area.height.checked_sub(1) else { return };
    let area = Rect { x: 0, y, width: area.width, height: 1 };
    frame.render_widget(Clear, area);
    frame.render_widget(line(player, theme, usize::from(area.width)), area);
}

/// Replaces what a terminal could act on. The explorer escapes names and ids as it draws them, but
/// takes its own sentences, such as those of faults, for harmless: in a file they may be anything.
pub fn harmless(buffer: &mut Buffer) {
    for cell in buffer.content.iter_mut().filter(|cell| !is_plain(cell.symbol())) {
        cell.set_symbol("?");
    }
}

fn line(player: &Player, theme: &Theme, width: usize) -> Line<'static> {
    let (played, total) = player.position();
    let state = match (player.is_over(), player.is_paused()) {
        (true, _) => "ended",
        (false, true) => "paused",
        (false, false) => "playing",
    };
    let speed = match player.speed() {
        0.0 => "at once".to_owned(),
        speed => format!("speed {speed}"),
    };
    let text = |text: String| Span::styled(text, theme.title);
    let mut parts = vec![
        Part::new(100, vec![Span::styled("REPLAY", theme.badge)]),
        Part::new(90, vec![text(format!("{played}/{total}"))]),
        Part::new(80, vec![text(state.to_owned())]),
        Part::new(40, vec![Span::styled(speed, theme.muted)]),
    ];
    let goes_on = if player.is_paused() { "goes on" } else { "pauses" };
    for (rank, key, means) in
        [(60, "Space", goes_on), (55, ".", "step"), (50, "+ -", "speed"), (70, "q", "leaves")]
    {
        if rank == 70 || !player.is_over() {
            let means = Span::styled(format!(" {means}"), theme.muted);
            parts.push(Part::new(rank, vec![Span::styled(key, theme.key), means]));
        }
    }
    fit(parts, "  ", width)
}

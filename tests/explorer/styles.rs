//! How the cells of a screen are styled, as text: under each line of the screen a line with a
//! letter for the role of each cell, so that a snapshot also tells a colour that changed.

use cf_tui::ui::theme::Theme;
use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Modifier, Style};

/// The screen with its styles. A line of styles begins with `~`; plain cells are blank in it, and
/// what is selected is told at its end.
pub fn styled_text_of(buffer: &Buffer, theme: &Theme) -> String {
    let text = super::text_of(buffer);
    let mut lines = String::new();
    for (y, line) in (0..buffer.area.height).zip(text.lines()) {
        lines += format!(" {line}").trim_end();
        lines.push('\n');
        let styles: String =
            (0..buffer.area.width).map(|x| letter(&buffer[(x, y)], theme)).collect();
        let selected = selected(buffer, y, theme);
        let styles = format!("{}{selected}", styles.trim_end());
        if !styles.is_empty() {
            lines += &format!("~{styles}\n");
        }
    }
    lines
}

fn selected(buffer: &Buffer, y: u16, theme: &Theme) -> String {
    let is = |x: &u16| is_selected(&buffer[(*x, y)], theme);
    let first = (0..buffer.area.width).find(is);
    let last = (0..buffer.area.width).rev().find(is);
    match (first, last) {
        (Some(first), Some(last)) => format!("  selected {}-{}", first + 1, last + 1),
        _ => String::new(),
    }
}

fn is_selected(cell: &Cell, theme: &Theme) -> bool {
    theme.selected.bg.is_some_and(|bg| cell.bg == bg)
}

fn letter(cell: &Cell, theme: &Theme) -> char {
    if cell.symbol() == " " && !cell.modifier.contains(Modifier::REVERSED) {
        return ' ';
    }
    let underlined = |style: Style| style.add_modifier(Modifier::UNDERLINED);
    let roles: [(char, Style); 19] = [
        ('D', theme.badge),
        ('F', theme.fails),
        ('A', theme.alert),
        ('W', theme.warns),
        ('U', theme.unknown),
        ('P', theme.passes),
        ('k', theme.key),
        ('l', theme.link),
        ('c', theme.code),
        ('+', theme.added),
        ('-', theme.removed),
        ('B', theme.border_focused),
        ('b', theme.border),
        ('t', theme.title),
        ('T', underlined(theme.title)),
        ('K', underlined(theme.key)),
        ('m', theme.muted),
        ('n', theme.not_applicable),
        (' ', theme.text),
    ];
    let selected = is_selected(cell, theme);
    let alike = |(_, style): &&(char, Style)| {
        let plain = if selected { Modifier::BOLD } else { Modifier::empty() };
        style.fg.unwrap_or_default() == cell.fg
            && style.add_modifier - plain == cell.modifier - plain
    };
    roles.iter().find(alike).map_or('?', |(letter, _)| *letter)
}

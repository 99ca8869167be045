//! The settings in force: what each is, and where it comes from.

use unicode_width::UnicodeWidthStr;

use super::Pane;
use super::glyphs::Glyphs;
use super::search::{Section, narrowed};
use super::sheet::{Sheet, pad, say, widest};
use super::theme::Theme;
use crate::app::model::Model;
use crate::app::settings::Setting;

/// The group that the theme belongs to.
pub const YOURS: &str = "Yours";

/// The widest value that the column of values makes room for.
const VALUES: usize = 24;

/// Every setting for a width, or the lines that hold what is searched for.
pub fn lines(model: &Model, search: &str, theme: &Theme, glyphs: Glyphs, width: u16) -> Pane {
    let themes = &model.themes;
    let chosen = Setting::new(YOURS, "theme", &themes.name, &themes.chosen_by);
    let all: Vec<&Setting> = [&chosen].into_iter().chain(&model.start.settings).collect();
    let names = 2 + widest(all.iter().map(|setting| setting.name.as_str()), 24);
    // A path is wider than any value; what comes after it need not stand in a column.
    let values = all.iter().map(|setting| setting.value.as_str());
    let values = widest(values.filter(|value| value.width() <= VALUES), VALUES);
    let mut sheet = Sheet::new(theme, glyphs, width);
    let mut group = "";
    for setting in all {
        if setting.group != group {
            group = setting.group;
            sheet.heading(group);
        }
        let value = pad(&setting.value, values, theme.text);
        let source = say(format!("  {}", setting.source), theme.muted);
        let name = pad(&format!("  {}", setting.name), names + 2, theme.key);
        sheet.indented(names + 2, vec![name, value, source]);
    }
    match search {
        "" => sheet.finish(),
        _ => narrowed(vec![Section { heading: None, lines: sheet.finish() }], search, theme),
    }
}

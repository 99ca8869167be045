//! What the session knows of a finding beyond its verdict: that its fix was copied and is not
//! proven yet, what the tags of its distribution say of who owns it,
//! and which staging distribution or primary belongs to it.

use super::glyphs::Glyphs;
use super::sheet::{Sheet, say};
use super::theme::Theme;
use super::{Pane, pair};
use crate::app::keymap::Action;
use crate::app::model::Model;
use crate::app::tab::Tab;
use crate::app::tags;

/// What stands above a tab's own lines; nothing where there is nothing to say.
pub fn above(model: &Model, tab: Tab, theme: &Theme, glyphs: Glyphs, width: u16) -> Pane {
    let mut sheet = Sheet::new(theme, glyphs, width);
    if let Some(mark) = copied(model).filter(|_| matches!(tab, Tab::Evidence | Tab::Remediation)) {
        sheet.text(mark, theme.warns);
    }
    if tab == Tab::Remediation {
        owner(&mut sheet, model);
        pair::tell(&mut sheet, model);
    }
    sheet.finish()
}

/// What stands below a tab's own lines.
pub fn below(model: &Model, tab: Tab, theme: &Theme, glyphs: Glyphs, width: u16) -> Pane {
    let mut sheet = Sheet::new(theme, glyphs, width);
    let known = model.place().and_then(|place| model.tags.of(&place));
    if let Some(Ok(tags)) = known.filter(|_| tab == Tab::Distribution) {
        sheet.spans(Vec::new());
        sheet.text(format!("Tags ({})", tags.len()), theme.title);
        for tag in tags {
            let spans = vec![
                say("  ", theme.text),
                say(&tag.key, theme.muted),
                say(" = ", theme.muted),
                say(&tag.value, theme.text),
            ];
            sheet.indented(4, spans);
        }
    }
    if tab == Tab::Distribution {
        owner(&mut sheet, model);
        pair::tell(&mut sheet, model);
    }
    sheet.finish()
}

/// That the fix of the finding under the cursor was copied, and when.
pub fn copied(model: &Model) -> Option<String> {
    let fix = model.copied_fix()?;
    let ago = match model.now.duration_since(fix.at).as_mins() {
        0 => "just now".to_owned(),
        minutes @ 1..120 => format!("{minutes} min ago"),
        minutes => format!("{} hours ago", minutes / 60),
    };
    Some(format!("fix copied {ago}: {} checks it", model.keymap.key(Action::Verify)))
}

/// How far the checks of copied fixes are.
pub fn progress(model: &Model) -> Option<String> {
    let rounds = model.copied.rounds.as_ref()?;
    let open = model.copied.places().len();
    let many = if open == 1 { "" } else { "s" };
    let now = match rounds.next {
        Some(next) => {
            let seconds = next.duration_since(model.now).as_secs().max(0);
            format!("next look in {seconds} s")
        }
        None => "looking now".to_owned(),
    };
    Some(format!("copied fixes: {open} distribution{many} not proven yet, {now}, x stops"))
}

fn owner(sheet: &mut Sheet<'_>, model: &Model) {
    let theme = sheet.theme;
    let Some(place) = model.place() else { return };
    if model.tags.is_asked(&place) {
        return sheet.text("who owns this distribution? its tags are being read", theme.muted);
    }
    match model.tags.of(&place) {
        Some(Ok(tags)) => {
            if let Some(stack) = tags::stack(tags) {
                let says = format!(
                    "CloudFormation stack {stack} owns it: lead with the template; a CLI change is drift"
                );
                sheet.text(says, theme.alert);
            }
        }
        Some(Err(why)) => {
            sheet
                .text(format!("whether CloudFormation owns it is not known: {why}"), theme.unknown);
        }
        None => {}
    }
}

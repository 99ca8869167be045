//! The Remediation tab: what the fix changes, what to check first, and the fix itself.

use ratatui::text::Span;

use super::Pane;
use super::glyphs::Glyphs;
use super::sheet::{Sheet, say};
use super::theme::Theme;
use crate::app::tab::RemediationTab;
use crate::domain::finding::Finding;
use crate::domain::fix::{self, Cli, Neighbours, NoFix, Other};

/// The fix of a finding in one of its forms, or why there is none. The command is the text that
/// is copied, character for character: its lines are cut, never wrapped, and what goes on is
/// marked.
pub fn remediation(
    finding: &Finding<'_>,
    neighbours: &Neighbours<'_>,
    tab: RemediationTab,
    theme: &Theme,
    glyphs: Glyphs,
    width: u16,
) -> Pane {
    let mut sheet = Sheet::new(theme, glyphs, width);
    tabs(&mut sheet, tab);
    match tab {
        RemediationTab::Console => match fix::console(finding) {
            Ok(steps) => around(&mut sheet, finding, neighbours, |sheet| console(sheet, &steps)),
            Err(none) => no_fix(&mut sheet, &none),
        },
        RemediationTab::Cli => match fix::cli(finding) {
            Ok(fix) => {
                title(&mut sheet, &fix);
                around(&mut sheet, finding, neighbours, |sheet| command(sheet, &fix));
                fix::others(finding).iter().for_each(|other| beside(&mut sheet, other));
            }
            Err(none) => no_fix(&mut sheet, &none),
        },
        RemediationTab::Terraform | RemediationTab::CloudFormation => {
            match fix::text(finding, tab.form()) {
                Ok(text) => {
                    around(&mut sheet, finding, neighbours, |sheet| code(sheet, tab.title(), &text))
                }
                Err(none) => no_fix(&mut sheet, &none),
            }
        }
        // A ticket has in it what stands around the others.
        RemediationTab::Ticket => match fix::text(finding, tab.form()) {
            Ok(text) => code(&mut sheet, "Markdown", &text),
            Err(none) => no_fix(&mut sheet, &none),
        },
    }
    sheet.finish()
}

fn tabs(sheet: &mut Sheet<'_>, chosen: RemediationTab) {
    let theme = sheet.theme;
    let (open, close) = sheet.glyphs.chosen();
    let mut spans = Vec::new();
    for tab in RemediationTab::ALL {
        match tab == chosen {
            true => spans.push(say(format!("{open}{}{close} ", tab.title()), theme.title)),
            false => spans.push(say(format!(" {}  ", tab.title()), theme.muted)),
        }
    }
    sheet.spans(spans);
}

fn no_fix(sheet: &mut Sheet<'_>, none: &NoFix) {
    let theme = sheet.theme;
    sheet.blank();
    match none {
        NoFix::NothingToFix(why) => sheet.text(why, theme.text),
        NoFix::NotCopyable(why) => {
            sheet.text(why, theme.alert);
            sheet.text("The Console tab has the steps to do it by hand.", theme.text);
        }
    }
}

fn title(sheet: &mut Sheet<'_>, fix: &Cli) {
    let theme = sheet.theme;
    sheet.text(in_glyphs(sheet, &fix.title), theme.title);
    let effect = match fix.is_script {
        true => "a script: it changes this and nothing else, and stops at the first surprise",
        false => "a plan: pasted into a shell, this text only prints itself",
    };
    sheet.text(effect, theme.muted);
}

fn in_glyphs(sheet: &Sheet<'_>, title: &str) -> String {
    match sheet.glyphs.ascii {
        true => title.replace(" → ", " -> "),
        false => title.to_owned(),
    }
}

/// A fix after the first: another way, or another gap.
fn beside(sheet: &mut Sheet<'_>, other: &Other) {
    let theme = sheet.theme;
    sheet.blank();
    sheet.text(in_glyphs(sheet, &other.title), theme.title);
    sheet.text(&other.why, theme.text);
    match &other.cli {
        Ok(cli) => {
            sheet.text("c does not copy it: the ticket, which y m copies, has it too", theme.muted);
            command(sheet, cli);
        }
        Err(none) => sheet.text(none.reason(), theme.alert),
    }
}

/// The fix between what must be known before and what comes after.
fn around(
    sheet: &mut Sheet<'_>,
    finding: &Finding<'_>,
    neighbours: &Neighbours<'_>,
    body: impl FnOnce(&mut Sheet<'_>),
) {
    changes(sheet, finding);
    let mut first = fix::notes(finding, neighbours);
    let after = first.iter().position(|note| note.starts_with("Reach: ")).unwrap_or(0);
    let after = first.split_off(after);
    notes(sheet, "Before", &first);
    body(sheet);
    notes(sheet, "Reach, and what follows", &after);
}

/// Field by field, as a diff.
fn changes(sheet: &mut Sheet<'_>, finding: &Finding<'_>) {
    let theme = sheet.theme;
    sheet.blank();
    for change in fix::changes(finding) {
        sheet.indented(4, vec![say("  ", theme.text), say(change.path, theme.code)]);
        sheet.indented(4, vec![say(format!("-   {}", change.before), theme.removed)]);
        sheet.indented(4, vec![say(format!("+   {}", change.after), theme.added)]);
    }
}

fn notes(sheet: &mut Sheet<'_>, heading: &str, notes: &[String]) {
    if notes.is_empty() {
        return;
    }
    sheet.heading(heading);
    for note in notes {
        let dot = sheet.glyphs.dot();
        let spans = vec![say(format!("{dot} "), sheet.theme.muted), say(note, sheet.theme.text)];
        sheet.indented(2, spans);
    }
}

fn command(sheet: &mut Sheet<'_>, fix: &Cli) {
    let theme = sheet.theme;
    sheet.heading(if fix.is_script { "Script" } else { "Plan, as inert shell text" });
    for line in fix.text.lines() {
        sheet.code(vec![say(line, theme.code)]);
    }
}

/// A text as it is copied.
fn code(sheet: &mut Sheet<'_>, heading: &str, text: &str) {
    let theme = sheet.theme;
    sheet.heading(heading);
    for line in text.lines() {
        sheet.code(vec![say(line, theme.code)]);
    }
}

fn console(sheet: &mut Sheet<'_>, steps: &[String]) {
    sheet.heading("Steps in the console");
    for step in steps {
        let blanks = step.len() - step.trim_start_matches(' ').len();
        let spans = linked(step, sheet.theme);
        sheet.indented(blanks + marker(&step[blanks..]), spans);
    }
}

/// The columns that `1. ` or `a. ` takes up at the beginning of a step.
fn marker(step: &str) -> usize {
    let mark = step.chars().take_while(char::is_ascii_alphanumeric).count();
    match step[mark..].starts_with(". ") && mark <= 2 {
        true => mark + 2,
        false => 0,
    }
}

/// A step with its web address in the style of links.
fn linked(step: &str, theme: &Theme) -> Vec<Span<'static>> {
    let Some(start) = step.find("https://") else { return vec![say(step, theme.text)] };
    let end = step[start..].find(' ').map_or(step.len(), |length| start + length);
    vec![
        say(&step[..start], theme.text),
        say(&step[start..end], theme.link),
        say(&step[end..], theme.text),
    ]
}

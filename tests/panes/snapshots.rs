//! Panes as text. Review a change of a snapshot as a change of the screen.

use cf_tui::app::tab::RemediationTab;
use cf_tui::domain::fix;
use cf_tui::domain::fix::Neighbours;
use cf_tui::domain::verdict::Lens;
use cf_tui::ui::Pane;
use cf_tui::ui::account_state::account_state;
use cf_tui::ui::diagnosis::diagnosis;
use cf_tui::ui::distribution::distribution;
use cf_tui::ui::evidence::evidence;
use cf_tui::ui::frameworks::{FRAMEWORKS, frameworks};
use cf_tui::ui::glyphs::Glyphs;
use cf_tui::ui::raw::raw;
use cf_tui::ui::remediation::remediation;
use cf_tui::ui::theme::Theme;

use super::accounts::{now, states};
use super::findings::{cases, gap};

const WIDTHS: [u16; 3] = [40, 78, 118];
const UNICODE: Glyphs = Glyphs { ascii: false };

pub fn text(pane: &Pane) -> String {
    let lines = pane.iter().map(|line| line.to_string().trim_end().to_owned() + "\n");
    lines.collect()
}

/// The pane at every width, each under a rule that is as wide.
fn at_every_width(pane: impl Fn(u16) -> Pane) -> String {
    let sheets = WIDTHS.map(|width| {
        let pane = pane(width);
        for line in &pane {
            assert!(line.width() <= usize::from(width), "wider than {width}: {line}");
        }
        format!("{}\n{}", "_".repeat(usize::from(width)), text(&pane))
    });
    sheets.join("\n")
}

#[test]
fn evidence_of_each_kind() {
    let theme = Theme::dark();
    for case in cases() {
        let shown = at_every_width(|width| {
            evidence(&case.finding(), &theme, UNICODE, Lens::Traffic, width)
        });
        insta::assert_snapshot!(format!("evidence_{}", case.name), shown);
    }
}

#[test]
fn evidence_by_the_rule_and_in_ascii() {
    let (theme, case) = (Theme::mono(), gap());
    let shown = text(&evidence(&case.finding(), &theme, Glyphs { ascii: true }, Lens::D9, 78));
    assert!(shown.is_ascii(), "{shown}");
    let ascii = Glyphs { ascii: true };
    let fix = text(&remediation(
        &case.finding(),
        &Neighbours::default(),
        RemediationTab::Cli,
        &theme,
        ascii,
        78,
    ));
    assert!(fix.is_ascii(), "{fix}");
    insta::assert_snapshot!(shown);
}

#[test]
fn distribution_of_each_kind() {
    let theme = Theme::dark();
    for case in cases() {
        let shown = at_every_width(|width| {
            distribution(&case.finding(), &theme, UNICODE, Lens::Traffic, width)
        });
        insta::assert_snapshot!(format!("distribution_{}", case.name), shown);
    }
}

#[test]
fn the_console_steps_of_a_custom_origin() {
    let (theme, case) = (Theme::dark(), gap());
    insta::assert_snapshot!(at_every_width(|width| {
        remediation(
            &case.finding(),
            &Neighbours::default(),
            RemediationTab::Console,
            &theme,
            UNICODE,
            width,
        )
    }));
}

/// The command itself has a test of its own, so it is left out.
#[test]
fn around_the_command_of_each_kind() {
    let theme = Theme::dark();
    for case in cases() {
        let pane = remediation(
            &case.finding(),
            &Neighbours::default(),
            RemediationTab::Cli,
            &theme,
            UNICODE,
            78,
        );
        let command = text(&command_lines(&pane).to_vec());
        let shown = match command.is_empty() {
            true => text(&pane),
            false => text(&pane).replace(&command, "(the command)\n"),
        };
        insta::assert_snapshot!(format!("remediation_{}", case.name), shown);
    }
}

/// Whoever reads the command on the screen reads what is copied.
#[test]
fn the_command_on_the_screen_is_the_one_that_is_copied() {
    let theme = Theme::dark();
    for case in cases() {
        let Ok(fix) = fix::cli(&case.finding()) else { continue };
        for width in [30, 78, 400] {
            let pane = remediation(
                &case.finding(),
                &Neighbours::default(),
                RemediationTab::Cli,
                &theme,
                UNICODE,
                width,
            );
            let mut shown = String::new();
            for line in command_lines(&pane) {
                match line.to_string().strip_prefix("↪ ") {
                    Some(rest) => shown += rest,
                    None => shown += &format!("\n{line}"),
                }
            }
            assert_eq!(shown.trim_start(), fix.text, "{} at {width}", case.name);
        }
    }
}

/// What stands under the heading of the command.
fn command_lines(pane: &Pane) -> &[ratatui::text::Line<'static>] {
    let headings = ["Script", "Plan, as inert shell text"];
    let heading = pane.iter().position(|line| headings.contains(&line.to_string().as_str()));
    let Some(start) = heading.map(|at| at + 1) else { return &[] };
    let length = pane[start..].iter().position(|line| line.width() == 0).unwrap();
    &pane[start..start + length]
}

#[test]
fn frameworks_are_the_whole_list() {
    assert_eq!(FRAMEWORKS.lines().count(), 20);
    let theme = Theme::dark();
    insta::assert_snapshot!(at_every_width(|width| frameworks(&theme, UNICODE, width)));
}

#[test]
fn raw_of_each_kind() {
    let theme = Theme::dark();
    for case in cases() {
        let shown = text(&raw(&case.finding(), &theme, UNICODE, 118));
        insta::assert_snapshot!(format!("raw_{}", case.name), shown);
    }
    insta::assert_snapshot!("raw_narrow", text(&raw(&gap().finding(), &theme, UNICODE, 40)));
}

#[test]
fn diagnosis_of_each_state() {
    let theme = Theme::dark();
    for (name, entry) in states() {
        let shown = at_every_width(|width| diagnosis(&entry, now(), &theme, UNICODE, width));
        insta::assert_snapshot!(format!("diagnosis_{name}"), shown);
    }
}

#[test]
fn account_states_have_a_shape_and_a_word() {
    let theme = Theme::dark();
    let rows = states().into_iter().map(|(name, entry)| {
        let (shape, word, _) = account_state(&entry, &theme, UNICODE);
        let (ascii, same, _) = account_state(&entry, &theme, Glyphs { ascii: true });
        assert_eq!(word, same);
        assert!(ascii.is_ascii() && word.len() <= 7);
        format!("{name:16} {shape} {ascii} {word}\n")
    });
    insta::assert_snapshot!(rows.collect::<String>());
}

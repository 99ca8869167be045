//! Panes as text. Review a change of a snapshot as a change of the screen.

use cf_tui::app::raw::{RawTree, Search};
use cf_tui::app::tab::RemediationTab;
use cf_tui::domain::fix;
use cf_tui::domain::fix::Neighbours;
use cf_tui::domain::verdict::Lens;
use cf_tui::export::raw::raw_value;
use cf_tui::ui::Pane;
use cf_tui::ui::account_state::account_state;
use cf_tui::ui::diagnosis::diagnosis;
use cf_tui::ui::distribution::distribution;
use cf_tui::ui::evidence::evidence;
use cf_tui::ui::frameworks::{FRAMEWORKS, frameworks};
use cf_tui::ui::glyphs::Glyphs;
use cf_tui::ui::raw;
use cf_tui::ui::remediation::remediation;
use cf_tui::ui::theme::Theme;

use super::accounts::{now, states};
use super::findings::{Case, cases, gap};

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
        let shown = commands(&pane).into_iter().fold(text(&pane), |shown, command| {
            shown.replace(&text(&command.to_vec()), "(the command)\n")
        });
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
            for line in commands(&pane)[0] {
                match line.to_string().strip_prefix("↪ ") {
                    Some(rest) => shown += rest,
                    None => shown += &format!("\n{line}"),
                }
            }
            assert_eq!(shown.trim_start(), fix.text, "{} at {width}", case.name);
        }
    }
}

/// The commands of the fixes that are shown, the first one first.
fn commands(pane: &Pane) -> Vec<&[ratatui::text::Line<'static>]> {
    let headings = ["Script", "Plan, as inert shell text"];
    let after = |at: usize| {
        let rest = &pane[at + 1..];
        &rest[..rest.iter().position(|line| line.width() == 0).unwrap_or(rest.len())]
    };
    let lines = pane.iter().enumerate();
    let begun = lines.filter(|(_, line)| headings.contains(&line.to_string().as_str()));
    begun.map(|(at, _)| after(at)).collect()
}

#[test]
fn frameworks_are_the_whole_list() {
    assert_eq!(FRAMEWORKS.lines().count(), 20);
    let theme = Theme::dark();
    insta::assert_snapshot!(at_every_width(|width| frameworks(&theme, UNICODE, width)));
}

/// The whole tree of a case, nothing folded.
fn whole_tree(case: &Case, width: u16) -> Pane {
    let tree = RawTree::new(raw_value(&case.distribution));
    let (theme, rows) = (Theme::dark(), tree.lines().len());
    raw::lines(&tree, &Search::default(), 0, rows, &theme, UNICODE, width)
}

#[test]
fn raw_of_each_kind() {
    for case in cases() {
        let shown = text(&whole_tree(&case, 118));
        insta::assert_snapshot!(format!("raw_{}", case.name), shown);
    }
    insta::assert_snapshot!("raw_narrow", text(&whole_tree(&gap(), 40)));
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

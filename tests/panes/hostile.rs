//! Whatever AWS or a fleet file holds: nothing harmful reaches a pane, and no line is wider than
//! its pane.

use cf_tui::app::raw::{RawTree, Search};
use cf_tui::app::tab::RemediationTab;
use cf_tui::domain::distribution::{Distribution, Looked, Signing, ViewerPolicy};
use cf_tui::domain::fault::{FaultKind, Step};
use cf_tui::domain::fix::Neighbours;
use cf_tui::domain::ids::{DistributionId, OriginId};
use cf_tui::domain::tally::AccountState;
use cf_tui::domain::text::is_plain;
use cf_tui::domain::verdict::Lens;
use cf_tui::export::raw::{raw_json, raw_value};
use cf_tui::inventory::report::{Ending, Report};
use cf_tui::ui::Pane;
use cf_tui::ui::diagnosis::diagnosis;
use cf_tui::ui::distribution::distribution;
use cf_tui::ui::evidence::evidence;
use cf_tui::ui::glyphs::Glyphs;
use cf_tui::ui::raw;
use cf_tui::ui::remediation::remediation;
use cf_tui::ui::theme::Theme;
use proptest::prelude::*;

use super::accounts;
use super::findings::{Case, account, cases};

/// The narrowest pane for which lines are promised to fit.
const NARROWEST: u16 = 4;

fn hostile() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        Just("\u{1b}]0;pwned\u{7}\u{9b}31m\u{202e}\u{2028}\u{feff}x\r\n".to_owned()),
        "[日本語🎉e\u{301}\u{1b}\u{200d}\u{fe0f} a-z]{0,90}",
        "[a-z. ]{0,200}",
    ]
}

/// Puts the texts into every field that somebody else writes.
fn poison(mut distribution: Distribution, texts: &[String]) -> Distribution {
    let mut next = texts.iter().cycle().cloned();
    let mut text = || next.next().unwrap();
    distribution.id = DistributionId::new(text());
    distribution.arn = text();
    distribution.domain = text();
    distribution.aliases = vec![text(), text()];
    distribution.comment = text();
    distribution.status = text();
    distribution.etag = Some(text());
    distribution.source.call = text();
    distribution.source.request_id = Some(text());
    distribution.defects.iter_mut().for_each(|defect| *defect = text());
    let id = OriginId::new(text());
    for group in &mut distribution.groups {
        group.id = OriginId::new(text());
        group.members.push(id.clone());
    }
    for behavior in &mut distribution.behaviors {
        behavior.path = behavior.path.as_ref().map(|_| text());
        behavior.target = id.clone();
        behavior.edge_code = true;
    }
    if let Some(behavior) = distribution.behaviors.first_mut() {
        behavior.viewer = ViewerPolicy::parse(&text());
    }
    let origin = &mut distribution.origins[0];
    origin.id = id;
    origin.domain = text();
    origin.path = text();
    origin.header_names = vec![text()];
    if let Some(custom) = &mut origin.custom {
        custom.ssl_protocols = Some(vec![text(), "TLSv1".to_owned()]);
    }
    if let Some(s3) = &mut origin.s3 {
        s3.access_control = Some(text());
        s3.signing = Looked::Found { value: Signing::Other(text()), from: Default::default() };
    }
    if let Some(vpc) = &mut origin.vpc {
        vpc.vpc_origin_id = text();
        vpc.owner = Some(text());
        vpc.endpoint = Looked::Failed(text());
    }
    distribution
}

fn check(name: &str, pane: &Pane, width: u16) -> Result<(), TestCaseError> {
    prop_assert!(!pane.is_empty(), "{name} is empty");
    for line in pane {
        prop_assert!(line.iter().all(|s| is_plain(&s.content)), "{name}: {line:?}");
        prop_assert!(line.width() <= usize::from(width), "{name} at {width}: {line:?}");
    }
    Ok(())
}

proptest! {
    #[test]
    fn no_pane_lets_harmful_text_through(
        texts in prop::collection::vec(hostile(), 1..8),
        kind in 0..cases().len(),
        width in NARROWEST..130,
        ascii in any::<bool>(),
    ) {
        let (theme, glyphs) = (Theme::dark(), Glyphs { ascii });
        let mut case =
            Case::new("poisoned", poison(cases().swap_remove(kind).distribution, &texts));
        case.account.name = texts[0].clone();
        let finding = case.finding();
        for lens in [Lens::Traffic, Lens::D9] {
            check("evidence", &evidence(&finding, &theme, glyphs, lens, width), width)?;
            check("distribution", &distribution(&finding, &theme, glyphs, lens, width), width)?;
        }
        for tab in RemediationTab::ALL {
            let pane = remediation(&finding, &Neighbours::default(), tab, &theme, glyphs, width);
            check("remediation", &pane, width)?;
        }
        let tree = RawTree::new(raw_value(finding.distribution));
        let json = raw_json(tree.value(0));
        prop_assert!(json.split('\n').all(is_plain), "{}", json);
        let parsed: serde_json::Value = serde_json::from_str(&json).unwrap();
        let summary = &parsed["DistributionSummary"];
        prop_assert_eq!(&summary["Comment"], finding.distribution.comment.as_str());
        let mut search = Search::default();
        search.text.clone_from(&texts[0]);
        search.run(&tree);
        let all = raw::lines(&tree, &search, 0, tree.lines().len(), &theme, glyphs, width);
        check("raw", &all, width)?;
    }

    #[test]
    fn no_diagnosis_lets_harmful_text_through(
        texts in prop::collection::vec(hostile(), 4),
        width in NARROWEST..130,
    ) {
        let mut fault = accounts::fault(Step::AssumeRole, FaultKind::Denied);
        (fault.message, fault.hint) = (texts[0].clone(), texts[1].clone());
        fault.request_id = Some(texts[2].clone());
        let caller = Some(texts[3].clone());
        let state = AccountState::Failed;
        let ending = Ending { state, fault: Some(fault), caller, calls: 1, tries: 1 };
        let mut account = account();
        (account.name, account.place) = (texts[1].clone(), texts[2].clone());
        let entry = accounts::entry(account, vec![Report::Ended { account: 0, ending }]);
        check("diagnosis", &diagnosis(&entry, accounts::now(), &Theme::mono(), Glyphs::default(), width), width)?;
    }
}

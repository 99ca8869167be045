//! `o`: the distribution's page in the AWS console.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, missing_docs)]

mod explorer;

use cf_tui::app::effect::Effect;
use cf_tui::app::event::Event;
use cf_tui::domain::ids::DistributionId;
use cf_tui::inventory::report::{LoadId, Report};
use explorer::{Explorer, demo_reports};

#[test]
fn the_page_of_the_distribution_under_the_cursor_is_opened() {
    let mut explorer = Explorer::demo(120, 40);
    explorer.model.start.demo = false;
    let screen = explorer.screen("jjo");
    let finding = explorer.model.finding().unwrap();
    let [Effect::OpenBrowser(url)] = &explorer.effects[..1] else {
        panic!("{:?}", explorer.effects)
    };
    let id = finding.distribution.id.as_str();
    assert!(
        url.starts_with("https://") && url.ends_with(&format!("#/distributions/{id}")),
        "{url}"
    );
    assert!(screen.contains("the browser has to be signed in to"), "{screen}");
    assert!(screen.contains(finding.account.id.as_str()), "{screen}");
}

#[test]
fn the_demo_opens_nothing() {
    let mut explorer = Explorer::demo(120, 40);
    explorer.keys("jo");
    let effect = &explorer.effects[0];
    let Effect::Copy { what, text, file: None } = effect else { panic!("{effect:?}") };
    assert!(what.contains("the demo opens no browser") && text.starts_with("https://"));
}

#[test]
fn an_id_that_is_none_opens_nothing() {
    let mut explorer = Explorer::empty(120, 40);
    explorer.model.start.demo = false;
    explorer.keys("o");
    assert!(!explorer.effects.iter().any(|e| matches!(e, Effect::OpenBrowser(_))));
    for report in demo_reports() {
        let Report::Listed { account, mut distributions } = report else { continue };
        for distribution in &mut distributions {
            distribution.id = DistributionId::new("E1?x=$(id)");
        }
        distributions.truncate(1);
        let report = Report::Listed { account, distributions };
        explorer.send(Event::Reported(LoadId(1), vec![report]));
    }
    let screen = explorer.screen("go");
    assert!(!explorer.effects.iter().any(|e| matches!(e, Effect::OpenBrowser(_))));
    let screen = screen + &explorer.screen("o");
    assert!(screen.contains("nothing opened"), "{screen}");
    assert!(!explorer.effects.iter().any(|e| matches!(e, Effect::OpenBrowser(_))));
}

//! Which staging distribution belongs to which primary: whom AWS is asked about, what comes of
//! each answer, and what the screen says of it.

use std::sync::Arc;

use cf_tui::app::effect::Effect;
use cf_tui::app::event::{Event, Timed};
use cf_tui::app::index::Aside;
use cf_tui::app::store::RowId;
use cf_tui::app::update::update;
use cf_tui::domain::distribution::Distribution as Read;
use cf_tui::inventory::demo::NOW;
use cf_tui::inventory::load::Source;
use cf_tui::inventory::report::{Deployment, Paired, Report, Search};
use cf_tui::shell::reads::{Asked, read};
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use jiff::SignedDuration;

use crate::explorer::Explorer;
use crate::fake::{Fake, Fault};
use crate::harness::{Bench, member};
use crate::source::simple;

const CONFIG: &str = "GetDistributionConfig";
const POLICY: &str = "GetContinuousDeploymentPolicy";

struct Stage {
    fake: Fake,
    bench: Bench,
    source: Arc<Source>,
    explorer: Explorer,
    ms: i64,
}

impl Stage {
    /// The account has these, EMAIN deploys by the policy P1 to ESTAGE, and all are loaded.
    async fn with(ids: &[&str]) -> Self {
        let fake = Fake::start();
        let bench = Bench::new(&fake, 1);
        let account = fake.account(&member(0));
        account.deployment("P1", "destage.cloudfront.net", "0.05");
        for id in ids {
            let made = simple(id, "http-only");
            account.add(match *id {
                "EMAIN" => made.deploys_by("P1"),
                "ESTAGE" => made.staging(),
                _ => simple(id, "match-viewer"),
            });
        }
        let source = bench.connect().await;
        let loaded = bench.load_with(Arc::clone(&source)).await;
        let mut explorer = Explorer::empty(200, 50);
        explorer.model.start.demo = false;
        let distributions: Vec<Read> = loaded.rows(0).to_vec();
        let model = &mut explorer.model;
        let changes = model.store.apply(NOW, Report::Listed { account: 0, distributions });
        let aside = Aside { marks: &model.marks, now: NOW };
        model.index.apply(&model.store, &changes, &model.narrowing, aside);
        Self { fake, bench, source, explorer, ms: 0 }
    }

    /// Opens the remediation of the distribution, and carries out what is asked for then.
    async fn look(&mut self, id: &str) -> String {
        let model = &mut self.explorer.model;
        let is_it = |row: &RowId| {
            model.store.finding(*row).is_some_and(|f| f.distribution.id.as_str() == id)
        };
        let row = model.store.live_rows().find(is_it).unwrap();
        model.selected = Some(row);
        model.tab = cf_tui::app::tab::Tab::Remediation;
        let begun = self.ms;
        while self.ms < begun + 2_000 {
            let effects = self.at(Event::Ticked);
            for effect in effects {
                let asked = match effect {
                    Effect::ReadTags { account, distribution, arn } => {
                        Asked::Tags { account, distribution, arn }
                    }
                    Effect::SeekPair { account, distribution, primaries, staging } => {
                        Asked::Pair { account, distribution, primaries, staging }
                    }
                    _ => continue,
                };
                assert!(self.ms >= begun + 400, "not for what is passed");
                let event = read(&self.source, &self.bench.fleet.accounts, asked).await;
                self.at(event);
            }
            self.ms += 200;
        }
        self.explorer.screen("")
    }

    /// Reads the distribution that is looked at again, as `V` does.
    async fn verify(&mut self, id: &str, fault: Fault) {
        self.fake.account(&member(0)).heal().fault("GetDistribution", fault);
        assert_eq!(self.explorer.model.place().unwrap().1.as_str(), id);
        let key = KeyEvent::new(KeyCode::Char('V'), KeyModifiers::SHIFT);
        for effect in self.at(Event::Pressed(key)) {
            if let Effect::Verify { account, distribution } = effect {
                let asked = Asked::Distribution { account, distribution };
                let event = read(&self.source, &self.bench.fleet.accounts, asked).await;
                self.at(event);
            }
        }
    }

    fn at(&mut self, event: Event) -> Vec<Effect> {
        let at = NOW + SignedDuration::from_millis(self.ms);
        update(&mut self.explorer.model, Timed { at, event })
    }

    /// What was asked for the pair: operations and ids.
    fn asked(&self) -> Vec<String> {
        let calls = self.fake.calls();
        let of_pair = calls.iter().filter(|c| [CONFIG, POLICY].contains(&c.operation.as_str()));
        of_pair.map(|c| format!("{} {}", c.operation, c.params["Id"])).collect()
    }
}

#[tokio::test]
async fn the_primary_names_its_staging_distribution() {
    let mut stage = Stage::with(&["EOTHER", "EMAIN", "ESTAGE"]).await;
    let screen = stage.look("EMAIN").await;
    let says = "staging distribution ESTAGE belongs to this one and takes 5 % of the primary's traffic: fix both";
    assert!(screen.contains(says), "{screen}");
    assert_eq!(stage.asked(), [format!("{CONFIG} EMAIN"), format!("{POLICY} P1")]);
    stage.look("EMAIN").await;
    assert_eq!(stage.asked().len(), 2, "it is known");
    let screen = stage.look("EOTHER").await;
    assert!(!screen.contains("belongs to this one"), "{screen}");
    assert_eq!(stage.asked()[2..], [format!("{CONFIG} EOTHER")]);
}

#[tokio::test]
async fn a_distribution_that_was_read_again_is_asked_about_again() {
    let mut stage = Stage::with(&["EMAIN", "ESTAGE"]).await;
    stage.look("ESTAGE").await;
    stage.look("EMAIN").await;
    let before = stage.asked().len();
    // The primary gives its staging distribution up.
    stage.fake.account(&member(0)).change_to(simple("EMAIN", "http-only"));
    stage.verify("EMAIN", Fault::ServerError).await;
    let screen = stage.look("EMAIN").await;
    assert!(screen.contains("ESTAGE belongs to this one"), "nothing was read: {screen}");
    assert_eq!(stage.asked().len(), before);
    stage.verify("EMAIN", Fault::Delay(std::time::Duration::ZERO)).await;
    let screen = stage.look("EMAIN").await;
    assert!(!screen.contains("ESTAGE belongs to this one"), "{screen}");
    assert_eq!(stage.asked()[before..], [format!("{CONFIG} EMAIN")]);
    // Of others it still holds.
    let screen = stage.look("ESTAGE").await;
    assert!(screen.contains("this is the staging distribution of EMAIN"), "{screen}");
    assert_eq!(stage.asked().len(), before + 1);
}

#[tokio::test]
async fn the_staging_distribution_finds_its_primary() {
    let mut stage = Stage::with(&["E1", "E2", "E3", "EMAIN", "ESTAGE"]).await;
    let screen = stage.look("ESTAGE").await;
    let says = "this is the staging distribution of EMAIN and takes 5 % of the primary's traffic";
    assert!(screen.contains(says), "{screen}");
    let ids = ["E1", "E2", "E3"].map(|id| format!("{CONFIG} {id}"));
    assert_eq!(stage.asked()[..3], ids);
    assert_eq!(stage.asked()[3..], [format!("{CONFIG} EMAIN"), format!("{POLICY} P1")]);
}

#[tokio::test]
async fn a_search_ends_and_says_how_far_it_went() {
    let mut stage = Stage::with(&["E1", "E2", "E3", "E4", "EMAIN", "ESTAGE"]).await;
    let screen = stage.look("ESTAGE").await;
    assert!(screen.contains("not found among 4 tried of 5"), "{screen}");
    assert_eq!(stage.asked().len(), 4);
}

#[tokio::test]
async fn who_shares_an_origin_is_asked_first() {
    let mut stage = Stage::with(&["E1", "EMAIN", "ESTAGE"]).await;
    let other = |found: &mut Read| found.origins[0].domain = "other.example.com".to_owned();
    let model = &mut stage.explorer.model;
    let mut changed =
        model.store.distributions_of(0).find(|d| d.id.as_str() == "E1").unwrap().clone();
    other(&mut changed);
    model.store.apply(NOW, Report::Listed { account: 0, distributions: vec![changed] });
    stage.look("ESTAGE").await;
    assert_eq!(stage.asked(), [format!("{CONFIG} EMAIN"), format!("{POLICY} P1")]);
}

#[tokio::test]
async fn without_a_staging_distribution_nobody_is_asked() {
    let mut stage = Stage::with(&["E1", "EMAIN"]).await;
    stage.look("EMAIN").await;
    assert!(stage.asked().is_empty(), "{:?}", stage.asked());
    assert_eq!(stage.fake.count(&member(0), "ListTagsForResource"), 1);
}

#[tokio::test]
async fn denied_or_cut_is_not_known() {
    for call in [CONFIG, POLICY] {
        let mut stage = Stage::with(&["EMAIN", "ESTAGE"]).await;
        stage.fake.account(&member(0)).fault(call, Fault::AccessDenied);
        let screen = stage.look("EMAIN").await;
        let says = format!(
            "whether a staging distribution belongs to this one is not known: {call} was denied"
        );
        assert!(screen.contains(&says), "{screen}");
        let screen = stage.look("ESTAGE").await;
        let says = "which primary this staging distribution belongs to is not known";
        assert!(screen.contains(says), "{screen}");
        for cut in [60, 200, 400] {
            stage.fake.account(&member(0)).heal().fault(call, Fault::Cut(cut));
            let account = &stage.bench.fleet.accounts[0];
            let primaries = [cf_tui::domain::ids::DistributionId::new("EMAIN")];
            let why = stage.source.pair(account, &primaries, None).await.unwrap_err();
            assert!(why.contains("cannot be right"), "cut at {cut}: {why}");
        }
    }
}

#[tokio::test]
async fn an_answer_about_another_policy_or_without_names_is_none() {
    let stage = Stage::with(&["EMAIN", "ESTAGE"]).await;
    let answer = |id: &str, names: &str| {
        format!(
            "<ContinuousDeploymentPolicy><Id>{id}</Id><LastModifiedTime>2026-01-02T03:04:05Z</LastModifiedTime><ContinuousDeploymentPolicyConfig>{names}<Enabled>true</Enabled></ContinuousDeploymentPolicyConfig></ContinuousDeploymentPolicy>"
        )
    };
    let names = |quantity: u32, items: &str| {
        format!(
            "<StagingDistributionDnsNames><Quantity>{quantity}</Quantity><Items>{items}</Items></StagingDistributionDnsNames>"
        )
    };
    let unweighed = "<TrafficConfig><SingleWeightConfig></SingleWeightConfig><Type>SingleWeight</Type></TrafficConfig>";
    let one = "<DnsName>destage.cloudfront.net</DnsName>";
    for (body, good) in [
        (answer("P1", &names(1, one)), true),
        (answer("P2", &names(1, one)), false),
        (answer("P1", &names(2, one)), false),
        (answer("P1", &names(0, "")), false),
        (answer("P1", ""), false),
        (answer("P1", &(names(1, one) + unweighed)), false),
    ] {
        stage.fake.account(&member(0)).heal().fault(POLICY, Fault::Body(body.clone()));
        let account = &stage.bench.fleet.accounts[0];
        let primaries = [cf_tui::domain::ids::DistributionId::new("EMAIN")];
        let outcome = stage.source.pair(account, &primaries, None).await;
        assert_eq!(outcome.is_ok(), good, "{body}: {outcome:?}");
    }
}

#[tokio::test]
async fn names_of_others_are_harmless_and_what_is_switched_off_is_said() {
    let mut stage = Stage::with(&["EMAIN", "ESTAGE"]).await;
    stage.look("EMAIN").await;
    let (account, distribution) = stage.explorer.model.place().unwrap();
    let found = Deployment {
        primary: distribution.clone(),
        staging: vec!["d\u{1b}[31mx.cloudfront.net".to_owned()],
        enabled: false,
        weight: None,
    };
    let paired: Paired = Ok(Search { found: Some(found), tried: 1 });
    stage.at(Event::PairSought { account, distribution, paired });
    let screen = stage.explorer.screen("");
    let says = "staging distribution d\\x1b[31mx.cloudfront.net belongs to this one, switched off";
    assert!(screen.contains(says), "{screen}");
}

#[test]
fn the_demo_never_asks() {
    assert_eq!(sought(true), 0);
    assert!(sought(false) > 0, "it has staging distributions");
}

/// How many pairs are looked for while the cursor rests on every staging distribution.
fn sought(demo: bool) -> usize {
    let mut explorer = Explorer::demo(120, 40);
    explorer.model.start.demo = demo;
    explorer.keys("j]");
    let model = &mut explorer.model;
    let mut sought = 0;
    let staging = |row: &RowId| model.store.finding(*row).unwrap().distribution.staging;
    for row in model.store.live_rows().filter(staging).collect::<Vec<_>>() {
        model.selected = Some(row);
        for _ in 0..4 {
            let at = model.now + SignedDuration::from_secs(1);
            for effect in update(model, Timed { at, event: Event::Ticked }) {
                let event = match effect {
                    Effect::ReadTags { account, distribution, .. } => {
                        Event::TagsRead { account, distribution, tags: Ok(Vec::new()) }
                    }
                    Effect::SeekPair { account, distribution, .. } => {
                        sought += 1;
                        let paired = Ok(Search { found: None, tried: 1 });
                        Event::PairSought { account, distribution, paired }
                    }
                    _ => continue,
                };
                update(model, Timed { at, event });
            }
        }
    }
    sought
}

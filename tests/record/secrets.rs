//! What a recording never holds.

use std::path::PathBuf;
use std::sync::Arc;

use cf_tui::app::event::{Copied, Event};
use cf_tui::app::model::Start;
use cf_tui::app::recording::Header;
use cf_tui::domain::ids::DistributionId;
use cf_tui::inventory::demo::NOW;
use cf_tui::inventory::report::LoadId;
use cf_tui::shell::reads::{Asked, read};
use cf_tui::shell::{Explorer, Recorded, Recorder};
use cf_tui::ui::theme::Gallery;

use crate::fake::{BASE_ACCOUNT, Behavior, Distribution, Fake, Fault, Origin};
use crate::harness::{Bench, external_id, member};
use crate::stage::{Stage, finished};

const HEADER: &str = "s3cr3t-header-value";
const EXTERNAL: &str = "s3cr3t-external-id";

fn distribution(id: &str) -> Distribution {
    let web = Origin::custom("web", "web.example.com", "http-only").header("X-Key", HEADER);
    Distribution::new(id).origin(web).default_behavior(Behavior::to("web").viewer("allow-all"))
}

#[tokio::test(flavor = "multi_thread")]
async fn no_credential_header_value_external_id_or_folder_is_in_the_file() {
    let fake = Fake::start();
    let mut bench = Bench::new(&fake, 3);
    fake.account(&member(0)).external_id(EXTERNAL).add(distribution("E1"));
    fake.account(&member(0)).tag("E1", "team", "web");
    fake.account(&member(1)).external_id("another").add(distribution("E2"));
    fake.account(&member(2)).add(distribution("E3"));
    fake.account(&member(2)).fault("ListDistributions", Fault::AccessDenied);
    for at in 0..2 {
        bench.role(at).external_id = external_id(EXTERNAL);
    }
    for account in &mut bench.fleet.accounts {
        account.place = "/home/jo/fleets/prod.toml:12:1".to_owned();
    }
    let source = bench.connect().await;
    let loaded = bench.load_with(Arc::clone(&source)).await;
    let asked = |distribution: &str| (0, DistributionId::new(distribution));
    let (account, distribution) = asked("E1");
    let arn = format!("arn:aws:cloudfront::{}:distribution/E1", member(0));
    let reads = [
        Asked::Distribution { account, distribution: distribution.clone() },
        Asked::Tags { account, distribution: distribution.clone(), arn },
        Asked::Pair {
            account,
            distribution: distribution.clone(),
            primaries: vec![distribution],
            staging: None,
        },
    ];

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("session.jsonl");
    let with = Start {
        accounts: bench.fleet.accounts.clone(),
        fleet: "/home/jo/fleets/prod.toml".to_owned(),
        ..Start::default()
    };
    let header = Header::new(&with, (80, 24), NOW);
    let (recorder, writing) = Recorder::create(&path, &header).unwrap();
    let (explorer, _) = Explorer::new(with, Gallery::embedded(), NOW);
    let mut live = Stage::new(Recorded::new(explorer, recorder), (80, 24));
    let mut events = 1;
    for report in loaded.reports {
        live.send(Event::Reported(LoadId(1), vec![report]));
        events += 1;
    }
    for asked in reads {
        live.send(read(&source, &bench.fleet.accounts, asked).await);
        events += 1;
    }
    live.send(Event::Copied(Copied {
        what: "fix".to_owned(),
        lines: 1,
        bytes: 2,
        way: Some("tmux buffer".to_owned()),
        file: Some(PathBuf::from("/home/jo/.local/state/cf-tui/fix.sh")),
        trouble: None,
    }));
    let (header, steps) = finished(live, writing, &path);
    assert_eq!(steps.len(), events + 1);

    let text = std::fs::read_to_string(&path).unwrap();
    for there in ["E1", "web.example.com", "X-Key", "prod.toml:12:1", "fix.sh", "Audit", "team"] {
        assert!(text.contains(there), "no {there}: the file holds not what it should");
    }
    let (key, secret) = fake.key(BASE_ACCOUNT);
    for secret in
        [HEADER, EXTERNAL, &key, &secret, "dummy-session-secret", "FakeSessionToken", "ASIA", "jo/"]
    {
        assert!(!text.contains(secret), "{secret} is in the recording");
    }
    // That there is an external id is shown; which, is not known any more.
    let text = serde_json::to_string(&header.start.accounts[0]).unwrap();
    assert!(text.contains("\"external_id\":\"…\""), "{text}");
}

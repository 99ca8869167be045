//! A script for several origins: one update for each distribution, whatever the ids hold,
//! however the shell is set up, and whatever becomes of the others.

use cf_tui::domain::distribution::Distribution;
use cf_tui::domain::finding::Finding;
use cf_tui::domain::fix;
use cf_tui::domain::ids::DistributionId;
use serde_json::{Value, json};

use super::{HOSTILE, STUB, Stub, config, in_parallel, origin, put};
use crate::findings::{ACCOUNT, Whole, behavior, custom, s3};
use crate::shells::{SHELLS, WRAPPINGS, ready};

const OTHER: &str = "444455556666";
const WEB: &str = "web.example.com";

fn distribution(id: &str, origins: &[&str]) -> Distribution {
    Distribution {
        id: DistributionId::new(id),
        enabled: true,
        status: "Deployed".to_owned(),
        origins: origins.iter().map(|o| custom(o, WEB, "http-only", &["TLSv1.2"])).collect(),
        behaviors: origins.iter().map(|o| behavior(Some("/x"), o, "allow-all")).collect(),
        ..Distribution::default()
    }
}

fn batch(wholes: &[Whole]) -> fix::Batch {
    let findings: Vec<Finding<'_>> = wholes.iter().flat_map(Whole::findings).collect();
    fix::batch(&findings)
}

/// Two distributions of one account and one of another; the profile is who the stub says it is.
fn three() -> Vec<Whole> {
    let whole = |account: &str, id: &str, origins: &[&str]| {
        Whole::of(account, Some(account), distribution(id, origins))
    };
    vec![
        whole(OTHER, "E3", &["c"]),
        whole(ACCOUNT, "E1", &["a", "b"]),
        whole(ACCOUNT, "E2", &["a"]),
    ]
}

fn stub_of(origins: &[Value]) -> Stub {
    let stub = Stub::new(&config(origins));
    let text = STUB.replace("\"$STUB_CALLER\" ;;", "\"arn:aws:iam::$AWS_PROFILE:user/x\" ;;");
    std::fs::write(stub.file("bin/aws"), text).unwrap();
    stub
}

fn of_three() -> Stub {
    stub_of(&["a", "b", "c"].map(|id| origin(id, "http-only")))
}

fn posted(stub: &Stub, id: &str) -> Option<Value> {
    let text = std::fs::read_to_string(stub.file(&format!("posted-{id}.json"))).ok()?;
    Some(serde_json::from_str(&text).unwrap())
}

/// The configuration with these of its origins on https-only.
fn with_https(origins: &[Value], changed: &[usize]) -> Value {
    let mut wanted = config(origins)["DistributionConfig"].take();
    for at in changed {
        wanted["Origins"]["Items"][at]["CustomOriginConfig"]["OriginProtocolPolicy"] =
            "https-only".into();
    }
    wanted
}

fn updates(stub: &Stub) -> usize {
    stub.calls().iter().filter(|call| *call == "update-distribution").count()
}

fn assert_three(stub: &Stub, says: &str) {
    let all = ["a", "b", "c"].map(|id| origin(id, "http-only"));
    for (id, changed) in [("E1", &[0, 1][..]), ("E2", &[0]), ("E3", &[2])] {
        assert_eq!(posted(stub, id), Some(with_https(&all, changed)), "{id} {says}");
    }
    assert_eq!(updates(stub), 3, "{says}");
}

#[test]
fn each_distribution_has_one_update_however_it_is_wrapped() {
    if !ready() {
        return;
    }
    let text = batch(&three()).text;
    in_parallel(SHELLS.len() * WRAPPINGS.len(), |n| {
        let (shell, (before, after)) =
            (SHELLS[n / WRAPPINGS.len()], WRAPPINGS[n % WRAPPINGS.len()]);
        let stub = of_three();
        let ran = stub.run(shell, &format!("{before}{text}{after}"));
        assert_three(&stub, &format!("{shell:?} {before} {ran:?}"));
        let sum = format!(
            "changed:  E1 in account {ACCOUNT}  E2 in account {ACCOUNT}  E3 in account {OTHER}"
        );
        assert!(ran.stdout.contains(&sum), "{shell:?} {ran:?}");
        assert_eq!((ran.kept.len(), ran.files.len()), (1, 0), "{shell:?} {ran:?}");
        assert_eq!(crate::shells::names(&ran.kept[0].join("E1")), ["before.json"]);
    });
}

//! A script for several origins: one update for each distribution, whatever the ids hold,
//! however the shell is set up, and whatever becomes of the others.

use cf_tui::domain::distribution::Distribution;
use cf_tui::domain::finding::Finding;
use cf_tui::domain::fix;
use cf_tui::domain::ids::DistributionId;
use serde_json::{Value, json};

use super::{HOSTILE, STUB, Stub, config, in_parallel, origin, put, users};
use crate::findings::{ACCOUNT, Whole, behavior, custom};
use crate::shells::{SHELLS, WRAPPINGS, ready};

const OTHER: &str = "444455556666";
const WEB: &str = "web.example.com";

pub(super) fn distribution(id: &str, origins: &[&str]) -> Distribution {
    Distribution {
        id: DistributionId::new(id),
        enabled: true,
        status: "Deployed".to_owned(),
        origins: origins.iter().map(|o| custom(o, WEB, "http-only", &["TLSv1.2"])).collect(),
        behaviors: origins.iter().map(|o| behavior(Some("/x"), o, "allow-all")).collect(),
        ..Distribution::default()
    }
}

pub(super) fn batch(wholes: &[Whole]) -> fix::Batch {
    let findings: Vec<Finding<'_>> = wholes.iter().flat_map(Whole::findings).collect();
    fix::batch(&findings)
}

/// Two distributions of one account and one of another; the profile is who the stub says it is.
pub(super) fn three() -> Vec<Whole> {
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
    crate::tools::write_program(&stub.file("bin/aws"), &text);
    stub
}

pub(super) fn of_three() -> Stub {
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

pub(super) fn updates(stub: &Stub) -> usize {
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

#[test]
fn however_the_shell_is_set_up_each_distribution_has_its_update() {
    if !ready() {
        return;
    }
    let text = batch(&three()).text;
    let set_ups = &users::SET_UPS;
    let runs: Vec<(&str, usize)> = set_ups
        .iter()
        .flat_map(|(set_up, shells)| shells.iter().map(|shell| (*set_up, *shell)))
        .collect();
    in_parallel(runs.len(), |n| {
        let (set_up, shell) = runs[n];
        let stub = of_three();
        let ran = stub.run(SHELLS[shell], &format!("{set_up}\n{text}"));
        assert_three(&stub, &format!("{:?} {set_up} {ran:?}", SHELLS[shell]));
        assert_eq!((ran.status, ran.files.len()), (Some(0), 0), "{set_up} {ran:?}");
    });
}

#[test]
fn hostile_ids_in_one_script_change_their_origins_alone() {
    if !ready() {
        return;
    }
    let odd = |n: usize| HOSTILE.iter().copied().skip(n).step_by(2).collect::<Vec<_>>();
    let wholes = [
        Whole::of(ACCOUNT, Some(ACCOUNT), distribution("E1", &odd(0))),
        Whole::of(OTHER, Some(OTHER), distribution("E2", &odd(1))),
    ];
    let made = batch(&wholes);
    assert_eq!((made.scripted, made.distributions, made.marked), (26, 2, 26));
    let all: Vec<Value> = HOSTILE.iter().map(|id| origin(id, "match-viewer")).collect();
    let of = |n: usize| (n..HOSTILE.len()).step_by(2).collect::<Vec<_>>();
    in_parallel(SHELLS.len(), |n| {
        let stub = stub_of(&all);
        let ran = stub.run(SHELLS[n], &made.text);
        for (id, changed) in [("E1", of(0)), ("E2", of(1))] {
            assert_eq!(posted(&stub, id), Some(with_https(&all, &changed)), "{id} {ran:?}");
        }
        assert_eq!((ran.status, ran.files.len()), (Some(0), 0), "{:?} {ran:?}", SHELLS[n]);
        let said = |id: &&str| ran.stdout.contains(&format!("  origin {id} is https-only now\n"));
        assert!(HOSTILE.iter().all(said), "{:?} {ran:?}", SHELLS[n]);
    });
}

/// The three, with the stub's answer for E2 (or for whatever the words hold) replaced.
fn failing(condition: &str, answer: &str) -> Stub {
    let stub = of_three();
    let text = std::fs::read_to_string(stub.file("bin/aws")).unwrap();
    let text = text.replacen(
        "case \"$1 $2\"",
        &format!("case \"$1 $2 $4\" in {condition}) {answer} ;; esac\ncase \"$1 $2\""),
        1,
    );
    crate::tools::write_program(&stub.file("bin/aws"), &text);
    stub
}

#[test]
fn one_that_fails_is_named_and_the_others_are_changed() {
    if !ready() {
        return;
    }
    let e2 = format!("E2 in account {ACCOUNT}");
    let failed = format!("FAILED, nothing was changed:  {e2}\n");
    let unsure = format!("NOT KNOWN whether it was changed:  {e2}\n");
    let refuses = "echo 'An error occurred (PreconditionFailed) when' >&2; exit 255";
    let cases = [
        ("*update*E2", refuses, &failed, 2),
        ("*update*E2", "echo 'An error occurred (InternalError) when' >&2; exit 255", &unsure, 3),
        ("*update*E2", "kill -TERM $PPID; exit 255", &unsure, 3),
        ("*get-distribution-config*E2", "exit 255", &failed, 2),
        ("*get-distribution-config*E2", "echo '{}'; exit 0", &failed, 2),
    ];
    let text = batch(&three()).text;
    in_parallel(cases.len() * SHELLS.len(), |n| {
        let ((condition, answer, says, kept), shell) =
            (&cases[n % cases.len()], SHELLS[n / cases.len()]);
        let stub = failing(condition, answer);
        let ran = stub.run(shell, &format!("set -e\n{text}"));
        let says = [says.as_str(), &format!("changed:  E1 in account {ACCOUNT}  E3 in")];
        assert!(says.iter().all(|s| ran.stdout.contains(s)), "{shell:?} {condition} {ran:?}");
        assert_eq!(ran.status, Some(1), "{shell:?} {condition} {ran:?}");
        assert_eq!(crate::shells::names(&ran.kept[0]).len(), *kept, "{shell:?} {ran:?}");
    });
}

#[test]
fn a_stop_leaves_the_rest_untried_and_says_so() {
    if !ready() {
        return;
    }
    let text = batch(&three()).text;
    in_parallel(SHELLS.len(), |n| {
        // As Control-C, which every process of the terminal gets.
        let answer = "for p in $PPID $(ps -o ppid= -p $PPID); do kill -TERM $p; done; exit 255";
        let stub = failing("*get-distribution-config*E2", answer);
        std::os::unix::fs::symlink(crate::shells::tool("ps"), stub.file("bin/ps")).unwrap();
        let ran = stub.run(SHELLS[n], &text);
        assert_eq!(updates(&stub), 1, "{:?} {ran:?}", SHELLS[n]);
        let says = format!("not tried, because it was stopped:  E3 in account {OTHER}\n");
        assert!(ran.stdout.contains(&says), "{:?} {ran:?}", SHELLS[n]);
        assert_eq!(ran.status, Some(1), "{:?} {ran:?}", SHELLS[n]);
    });
}

#[test]
fn what_is_so_already_is_no_failure() {
    if !ready() {
        return;
    }
    let text = batch(&three()).text;
    in_parallel(SHELLS.len(), |n| {
        let policies = ["https-only", "http-only", "https-only"];
        let all: Vec<Value> =
            ["a", "b", "c"].iter().zip(policies).map(|(id, policy)| origin(id, policy)).collect();
        let stub = stub_of(&all);
        let ran = stub.run(SHELLS[n], &text);
        assert_eq!(posted(&stub, "E1"), Some(with_https(&all, &[1])), "{ran:?}");
        let says = format!("changed:  E1 in account {ACCOUNT}\n");
        assert!(ran.stdout.contains(&says), "{ran:?}");
        let says =
            format!("so already, not written:  E2 in account {ACCOUNT}  E3 in account {OTHER}\n");
        assert!(ran.stdout.contains(&says), "{ran:?}");
        assert_eq!((updates(&stub), ran.status), (1, Some(0)), "{:?} {ran:?}", SHELLS[n]);
    });
}

/// Each makes the group of E1 (origins a and b) be refused as a whole.
#[test]
fn every_refusal_of_a_distribution_comes_before_its_write() {
    if !ready() {
        return;
    }
    let bucket = json!({"Id": "b", "DomainName": WEB, "S3OriginConfig": {}});
    let mut moved = origin("b", "http-only");
    moved["DomainName"] = "b.s3-website-eu-west-1.amazonaws.com".into();
    let a = || origin("a", "http-only");
    let refusals = [
        ("E1: it has no origin b; nothing was changed", vec![a()]),
        ("E1: the origin b is of another kind", vec![a(), bucket]),
        ("E1: the origin b is of another kind", vec![a(), moved.clone(), moved.clone()]),
        ("E1: the domain of the origin b is another one", vec![a(), moved]),
        ("E1: a setting of the origin b is not one", vec![a(), origin("b", "new")]),
    ];
    let text = batch(&three()).text;
    in_parallel(refusals.len() * WRAPPINGS.len(), |n| {
        let (said, origins) = &refusals[n % refusals.len()];
        let (before, after) = WRAPPINGS[n / refusals.len()];
        let shell = SHELLS[n % SHELLS.len()];
        let stub = stub_of(&[]);
        put(&stub, &config(origins));
        let ran = stub.run(shell, &format!("{before}{text}{after}"));
        assert!(ran.stderr.contains(said), "{shell:?} {said} {ran:?}");
        assert_eq!(posted(&stub, "E1"), None, "{shell:?} {ran:?}");
        // E2 has its one origin as it was.
        assert_eq!(posted(&stub, "E2"), Some(with_https(origins, &[0])), "{shell:?} {ran:?}");
    });
}

#[test]
fn credentials_of_another_account_stop_only_their_distributions() {
    if !ready() {
        return;
    }
    let text = batch(&three()).text;
    in_parallel(SHELLS.len(), |n| {
        let stub = of_three();
        let words = std::fs::read_to_string(stub.file("bin/aws")).unwrap();
        crate::tools::write_program(&stub.file("bin/aws"), &words.replace("$AWS_PROFILE", ACCOUNT));
        let ran = stub.run(SHELLS[n], &text);
        assert_eq!(updates(&stub), 2, "{:?} {ran:?}", SHELLS[n]);
        let says = format!(
            "E3: these credentials are of arn:aws:iam::{ACCOUNT}:user/x, and the fix is for account {OTHER}; nothing was changed"
        );
        assert!(ran.stderr.contains(&says) && ran.status == Some(1), "{:?} {ran:?}", SHELLS[n]);
    });
}

#[test]
fn what_no_script_may_do_is_said_at_the_top_and_left_alone() {
    if !ready() {
        return;
    }
    let mut wholes = three();
    let hostile = "'; touch pwned; $(touch pwned) `aws x` !! #";
    let website = |d: &mut Distribution| {
        d.origins = vec![custom(hostile, "b.s3-website-eu-west-1.amazonaws.com", "http-only", &[])];
        d.behaviors = vec![behavior(None, hostile, "allow-all")];
    };
    let mut plan = distribution("E4", &[]);
    website(&mut plan);
    let mut passes = distribution("E5", &["p"]);
    passes.origins[0] = custom("p", WEB, "https-only", &["TLSv1.2"]);
    wholes.extend([
        Whole::of(OTHER, Some(OTHER), plan),
        Whole::of(OTHER, Some(OTHER), passes),
        Whole::of(OTHER, Some(OTHER), distribution("E6", &["esc\u{1b}ape", &"x".repeat(5_000)])),
        Whole::of("777788889999", None, distribution("E7", &["n"])),
    ]);
    let made = batch(&wholes);
    assert_eq!((made.scripted, made.marked, made.distributions), (4, 9, 3));
    let said = [
        format!(
            "not in this script: {hostile} of E4 in account name-{OTHER} ({OTHER}): its fix is a plan"
        ),
        "not in this script: p of E5 in account".to_owned(),
        "esc\\x1bape of E6 in account".to_owned(),
        "more than CloudFront takes and a terminal may cut".to_owned(),
        "n of E7 in account name-777788889999 (777788889999): its account has no fix_profile"
            .to_owned(),
    ];
    in_parallel(SHELLS.len(), |n| {
        let stub = of_three();
        let ran = stub.run(SHELLS[n], &made.text);
        assert_three(&stub, &format!("{ran:?}"));
        for said in &said {
            assert!(ran.stderr.contains(said), "{:?} {said} {ran:?}", SHELLS[n]);
        }
        assert!(ran.stdout.contains("not in this script: 5 of 9 origins, named at the top"));
        assert_eq!((ran.status, ran.files.len()), (Some(0), 0), "{:?} {ran:?}", SHELLS[n]);
        assert!(!ran.stderr.contains('\u{1b}') || SHELLS[n].contains(&"-i"), "{ran:?}");
    });
}

#[test]
fn where_nothing_may_be_scripted_the_text_only_prints_why() {
    if !ready() {
        return;
    }
    let wholes = [
        Whole::of(ACCOUNT, None, distribution("E1", &["'; touch pwned #"])),
        Whole::of(OTHER, None, distribution("E2", &["b"])),
    ];
    let made = batch(&wholes);
    assert_eq!((made.scripted, made.left_out.len()), (0, 2));
    for shell in SHELLS {
        let stub = of_three();
        let ran = stub.run(shell, &made.text);
        assert!(stub.calls().is_empty() && ran.files.is_empty(), "{shell:?} {ran:?}");
        assert!(ran.stdout.contains("nothing is run by this text"), "{shell:?} {ran:?}");
        assert_eq!(ran.stdout.matches("has no fix_profile").count(), 2, "{shell:?} {ran:?}");
    }
    // Of one account alone the shell's own credentials do.
    assert_eq!(batch(&wholes[..1]).scripted, 1);
}

//! Values that do harm where they are not quoted, through the real `aws` and `jq`: just the origins
//! that were asked for change, and nothing of a value is ever run.

use cf_tui::domain::assessment::assess;
use cf_tui::domain::finding::Finding;
use cf_tui::domain::fix::{self, Batch, NoFix};

use crate::difference::difference;
use crate::fake::{Account, Behavior, Distribution, Fake, Origin};
use crate::harness::{Bench, Loaded, member};
use crate::shells::{self, run};
use crate::{patient, scan};

const SHELLS: [&[&str]; 3] = [&["bash"], &["dash"], &["zsh", "-i"]];
const SECRET: &str = "origin-header-secret-5d10";

/// Ids of origins, six to a distribution. Each is also part of the domain of the next one, of its
/// path, and of the distribution's comment.
const HOSTILE: [&str; 24] = [
    "'; touch pwned; $(touch pwned); '",
    "`touch pwned`",
    "$(touch pwned)",
    "\"; touch pwned; \"",
    "\" | halt_error(\"pwned\") | \"",
    "\\(input) \\u0000",
    "a[$(touch pwned)]",
    "!! !touch a!b",
    "-leading",
    "--if-match",
    "${HOME:-pwned}",
    "%{ if true }%s%n",
    "ünï 日本 🎉 e\u{301}",
    "  two  spaces  ",
    "; touch pwned & touch pwned | touch pwned",
    "* ? [a-z] /* ~root {a,b}",
    "a backslash at the end \\",
    "'\\''",
    "#x; touch pwned",
    ">pwned <(touch pwned)",
    "file:///etc/passwd",
    "=, a=b,c={\"x\":[1]}",
    "<b>&amp;</b> ]]>",
    "$origin $distribution $dir",
];

/// No text is built of these.
const UNSEEN: [&str; 4] = ["a\u{202e}b", "a\u{1b}]52;c;eA==\u{7}", "a\u{200b}b", "a\nb"];

const SIX: usize = 6;

/// The one between the hostile ones that nobody asked to change.
const NOT_MARKED: usize = 3;

fn origin(n: usize) -> Origin {
    let (id, next) = (HOSTILE[n], HOSTILE[(n + 1) % HOSTILE.len()]);
    let long = "x'".repeat(40);
    Origin::custom(id, &format!("{next}.{long}.example.com"), ["http-only", "match-viewer"][n % 2])
        .path(&format!("/{next}"))
        .header("X-Key", SECRET)
}

fn distribution(at: usize) -> Distribution {
    let ids = &HOSTILE[at * SIX..][..SIX];
    let made = Distribution::new(&format!("E{at}HOSTILE")).comment(&ids.concat());
    let made = (0..SIX).fold(made, |made, n| made.origin(origin(at * SIX + n)));
    let made = made.group(&format!("group {}", ids[0]), &[ids[0], ids[1]]);
    let made = made.default_behavior(Behavior::to(ids[0]));
    ids.iter().fold(made, |made, id| made.behavior(Behavior::to(id).path(&format!("/{id}*"))))
}

fn add_to(account: &Account<'_>) {
    for at in 0..HOSTILE.len() / SIX {
        account.add(distribution(at));
    }
    let unseen = Distribution::new("EUNSEEN").default_behavior(Behavior::to(UNSEEN[0]));
    let web = |id: &&str| Origin::custom(id, "web.example.com", "http-only");
    account.add(UNSEEN.iter().map(web).fold(unseen, Distribution::origin));
}

fn stage(accounts: usize) -> (Fake, Bench, Loaded) {
    let fake = Fake::start();
    let bench = patient(&fake, accounts);
    for at in 0..accounts {
        add_to(&fake.account(&member(at)));
    }
    let loaded = scan(&bench);
    (fake, bench, loaded)
}

/// What is made of the findings of an account, of which some are chosen by distribution and number.
fn of<T>(
    (bench, loaded): (&Bench, &Loaded),
    account: usize,
    chosen: impl Fn(usize, usize) -> bool,
    make: impl Fn(&[Finding<'_>]) -> T,
) -> T {
    let rows = loaded.rows(account);
    let places = rows.iter().enumerate().flat_map(|(d, row)| {
        (0..row.origins.len()).map(move |o| (d, o)).filter(|(d, o)| chosen(*d, *o))
    });
    let judged: Vec<_> = places
        .map(|(d, o)| (&rows[d], &rows[d].origins[o], assess(&rows[d], &rows[d].origins[o])))
        .collect();
    let account = &bench.fleet.accounts[account];
    let finding =
        |(distribution, origin, assessment)| Finding { account, distribution, origin, assessment };
    let findings: Vec<Finding<'_>> = judged.iter().map(|(d, o, a)| finding((*d, *o, a))).collect();
    make(&findings)
}

/// Just the policies of these origins of a distribution are others.
fn assert_changed(account: &Account<'_>, at: usize, before: &str, changed: &[usize]) {
    let after = account.config(&format!("E{at}HOSTILE"));
    let line = |n: &usize, policy: &str| {
        format!("/Origins/Items/Origin{n}/CustomOriginConfig/OriginProtocolPolicy={policy}")
    };
    let was = changed.iter().map(|n| line(n, ["http-only", "match-viewer"][n % 2])).collect();
    let is = changed.iter().map(|n| line(n, "https-only")).collect();
    assert_eq!(difference(before, &after), (was, is), "E{at}HOSTILE");
}

fn configs(account: &Account<'_>) -> Vec<String> {
    (0..HOSTILE.len() / SIX).map(|at| account.config(&format!("E{at}HOSTILE"))).collect()
}

#[test]
fn a_script_for_twenty_hostile_origins_changes_these_and_runs_nothing_of_them() {
    if !shells::ready() {
        return;
    }
    let (fake, bench, loaded) = stage(SHELLS.len());
    std::thread::scope(|scope| {
        for (at, shell) in SHELLS.into_iter().enumerate() {
            let (fake, bench, loaded) = (&fake, &bench, &loaded);
            scope.spawn(move || {
                let id = member(at);
                let account = fake.account(&id);
                let before = configs(&account);
                let marked = |_, o: usize| o != NOT_MARKED;
                let Batch { text, scripted, left_out, .. } =
                    of((bench, loaded), at, marked, fix::batch);
                assert_eq!((scripted, left_out.len()), (20, 3), "{left_out:?}");
                let ran = run(shell, &text, &fake.env(&id));
                assert_eq!(ran.status, Some(0), "{shell:?} {ran:?}");
                assert!(ran.files.is_empty(), "{shell:?} {:?}", ran.files);
                assert!(!ran.stdout.contains(SECRET) && !ran.stderr.contains(SECRET), "{ran:?}");
                for (at, before) in before.iter().enumerate() {
                    assert_changed(&account, at, before, &[0, 1, 2, 4, 5]);
                }
                assert_eq!(fake.count(&id, "UpdateDistribution"), before.len(), "{shell:?}");
            });
        }
    });
}

#[test]
fn a_script_for_one_hostile_origin_changes_that_one() {
    if !shells::ready() {
        return;
    }
    let (fake, bench, loaded) = stage(1);
    let (fake, bench, loaded, id) = (&fake, &bench, &loaded, member(0));
    let account = fake.account(&id);
    std::thread::scope(|scope| {
        for at in 0..HOSTILE.len() / SIX {
            let account = &account;
            let env = fake.env(&id);
            scope.spawn(move || {
                // The others are in the script for twenty: a call of the real aws takes its time.
                for n in (0..SIX).step_by(2) {
                    let shell = SHELLS[(at + n / 2) % SHELLS.len()];
                    let before = account.config(&format!("E{at}HOSTILE"));
                    let cli = of(
                        (bench, loaded),
                        0,
                        |d, o| (d, o) == (at, n),
                        |findings| fix::cli(&findings[0]).unwrap(),
                    );
                    let hostile = HOSTILE[at * SIX + n];
                    let ran = run(shell, &cli.text, &env);
                    assert_eq!(ran.status, Some(0), "{shell:?} {hostile} {ran:?}");
                    assert!(ran.files.is_empty(), "{shell:?} {hostile} {:?}", ran.files);
                    let said = format!("origin {hostile} of E{at}HOSTILE is https-only now");
                    assert!(ran.stdout.contains(&said), "{shell:?} {hostile} {ran:?}");
                    assert_changed(account, at, &before, &[n]);
                }
            });
        }
    });
}

#[test]
fn what_nobody_can_see_gets_no_text() {
    let (_fake, bench, loaded) = stage(1);
    let unseen = |d, _| d == HOSTILE.len() / SIX;
    of((&bench, &loaded), 0, unseen, |findings| {
        assert_eq!(findings.len(), UNSEEN.len());
        for finding in findings {
            let text = fix::cli(finding);
            assert!(matches!(text, Err(NoFix::NotCopyable(_))), "{text:?}");
        }
        let Batch { scripted, left_out, text, .. } = fix::batch(findings);
        assert_eq!((scripted, left_out.len()), (0, UNSEEN.len()), "{text}");
    });
    // Nor does what is longer than any id that CloudFront takes.
    let long = "x'".repeat(600);
    let fake = Fake::start();
    let bench = patient(&fake, 1);
    let web = Origin::custom(&long, "web.example.com", "http-only");
    fake.account(&member(0)).add(Distribution::new("ELONG").origin(web));
    let loaded = scan(&bench);
    let text = of((&bench, &loaded), 0, |_, _| true, |findings| fix::cli(&findings[0]));
    assert!(
        matches!(&text, Err(NoFix::NotCopyable(why)) if why.contains("1200 characters")),
        "{text:?}"
    );
}

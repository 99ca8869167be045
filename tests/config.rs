//! Fleet files, valid and invalid: a folder of each, every file run. What an invalid one says
//! stands next to it, exact. `UPDATE_EXPECTED=1 cargo test --test config` writes it anew.

#![allow(clippy::disallowed_methods, clippy::unwrap_used)]

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use cf_tui::config::fleet::{Fleet, LoadLimits, PreflightRules};
use cf_tui::config::mistake::Mistakes;
use cf_tui::config::parse::parse;
use cf_tui::config::paths::{NamedBy, fleet_file};
use cf_tui::config::starter::STARTER;
use cf_tui::config::{defaults, notes::notes};
use cf_tui::domain::account::{Access, AssumeRole};
use cf_tui::domain::ids::Partition;
use cf_tui::domain::text::is_plain;
use proptest::prelude::*;

fn env(name: &str) -> Option<String> {
    match name {
        "USER" => Some("jo doe/ü".to_owned()),
        "CF_TUI_SET" => Some("from-env".to_owned()),
        "AWS_SECRET_ACCESS_KEY" => Some("never-read".to_owned()),
        _ => None,
    }
}

fn read(text: &str) -> Result<Fleet, Mistakes> {
    parse(Path::new("fleet.toml"), text, &env)
}

fn folder(name: &str) -> Vec<PathBuf> {
    let at = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/config").join(name);
    let mut files: Vec<PathBuf> = fs::read_dir(at).unwrap().map(|e| e.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|e| e == "toml"));
    files.sort();
    assert!(!files.is_empty());
    files
}

#[test]
fn valid_files_are_taken() {
    for file in folder("valid") {
        if let Err(mistakes) = read(&fs::read_to_string(&file).unwrap()) {
            panic!("{}:\n{mistakes}", file.display());
        }
    }
}

#[test]
fn invalid_files_say_exactly_this() {
    let update = std::env::var_os("UPDATE_EXPECTED").is_some();
    let mut wrong = Vec::new();
    for file in folder("invalid") {
        let mistakes = read(&fs::read_to_string(&file).unwrap()).expect_err("it is invalid");
        let said = mistakes.to_string();
        assert!(said.split('\n').all(is_plain), "{said:?}");
        assert!(!said.contains("hush"), "an external id is shown:\n{said}");
        assert!(!said.contains("never-read"), "another variable was read:\n{said}");
        let expected = file.with_extension("expected");
        if update {
            fs::write(&expected, &said).unwrap();
        } else if fs::read_to_string(&expected).unwrap_or_default() != said {
            wrong.push(format!("{}:\n{said}", file.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn everything_arrives_where_it_belongs() {
    let text = fs::read_to_string("tests/config/valid/everything.toml").unwrap();
    let fleet = read(&text).unwrap();
    assert_eq!(fleet.path.as_deref(), Some(Path::new("fleet.toml")));
    let timeout = Duration::from_millis(500);
    let limits = LoadLimits { max_concurrency: 8, max_attempts: 3, call_timeout: timeout };
    assert_eq!(fleet.load, limits);
    let timeout = Duration::from_secs(120);
    let rules = PreflightRules { enabled: false, allow_private: true, timeout };
    assert_eq!(fleet.preflight, rules);
    let [shop, legacy, china, chained] = &fleet.accounts[..] else { panic!("four accounts") };

    assert_eq!((shop.id.as_str(), shop.name.as_str()), ("111122223333", "shop-prod"));
    assert_eq!(shop.tags, ["env:prod", "scope:pci"]);
    assert_eq!(shop.vars["owner"], "team-web");
    assert_eq!(shop.fix_profile.as_deref(), Some("shop-prod-admin"));
    assert!(shop.enabled);
    assert_eq!(shop.place, "fleet.toml:19:1");
    let role = assumed(&shop.access);
    assert_eq!(role.source_profile.as_deref(), Some("audit"));
    assert_eq!(role.chain, ["arn:aws:iam::111122223333:role/audit/Reader"]);
    assert_eq!(role.session_name, "cf-jo-doe--");
    assert_eq!(role.duration_seconds, 7200);
    assert_eq!(role.external_id.as_ref().unwrap().reveal(), "from-env");

    assert_eq!(legacy.access, Access::Profile("legacy-sso".to_owned()));
    assert!(!legacy.enabled);

    assert_eq!(china.partition, Partition::AwsCn);
    let role = assumed(&china.access);
    assert_eq!(role.chain, ["arn:aws-cn:iam::000000000001:role/Reader"]);
    assert_eq!(role.external_id.as_ref().unwrap().reveal(), "written:out/1");
    assert_eq!(role.source_profile.as_deref(), Some("cn"));
    assert_eq!((role.duration_seconds, role.session_name.as_str()), (900, "fixed"));

    assert_eq!(chained.name, "777788889999");
    let chain =
        ["arn:aws:iam::999988887777:role/Hub", "arn:aws:iam::777788889999:role/Spoke-777788889999"];
    assert_eq!(assumed(&chained.access).chain, chain);

    assert_eq!(fleet.groups["prod"], ["*-prod", "tag:env:prod"]);
    let said = notes(&fleet);
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(said[0].starts_with("fleet.toml:19:1: shop-prod asks for 7200 seconds"));
}

fn assumed(access: &Access) -> &AssumeRole {
    match access {
        Access::Assume(role) => role,
        Access::Profile(name) => panic!("{name} is a profile"),
    }
}

#[test]
fn the_partition_is_taken_from_the_most_specific() {
    let cases = [
        ("", "", "aws"),
        ("partition = 'aws-cn'", "", "aws-cn"),
        ("partition = 'aws-cn'", "partition = 'aws'", "aws"),
        ("partition = 'aws'", "role = 'arn:aws-cn:iam::{account_id}:role/x'", "aws-cn"),
        ("role = 'arn:aws-cn:iam::{account_id}:role/x'", "", "aws-cn"),
        ("role = 'arn:aws-cn:iam::{account_id}:role/x'", "role = 'x'", "aws"),
        ("partition = 'aws-cn'", "profile = 'x'", "aws-cn"),
    ];
    for (shared, own, expected) in cases {
        let text = format!("[defaults]\n{shared}\n[[accounts]]\naccount_id='111122223333'\n{own}");
        let fleet = read(&text).unwrap_or_else(|m| panic!("{text}\n{m}"));
        assert_eq!(fleet.accounts[0].partition.as_str(), expected, "{text}");
        if let Access::Assume(role) = &fleet.accounts[0].access {
            assert!(role.last_role().starts_with(&format!("arn:{expected}:iam::111122223333:")));
        }
    }
}

#[test]
fn a_session_name_holds_whoever_runs_it() {
    let text = "[[accounts]]\naccount_id='111122223333'\nrole_session_name='cf-{user}'";
    let cases = [
        (vec![("USER", "jo")], Some("cf-jo".to_owned())),
        (vec![("USER", ""), ("LOGNAME", "lo")], Some("cf-lo".to_owned())),
        (vec![("USERNAME", "DOM\\jo")], Some("cf-DOM-jo".to_owned())),
        (vec![("USER", "日本語")], Some("cf----".to_owned())),
        (vec![], None),
    ];
    for (variables, expected) in cases {
        let env = |name: &str| {
            variables.iter().find(|(known, _)| *known == name).map(|(_, v)| (*v).to_owned())
        };
        let fleet = parse(Path::new("f"), text, &env).ok();
        let name = fleet.map(|fleet| assumed(&fleet.accounts[0].access).session_name.clone());
        assert_eq!(name, expected, "{variables:?}");
    }
    let long = |_: &str| Some("u".repeat(500));
    let fleet = parse(Path::new("f"), text, &long).unwrap();
    assert_eq!(assumed(&fleet.accounts[0].access).session_name.len(), 64);
}

#[test]
fn the_example_has_the_built_in_defaults() {
    let example = read(STARTER).unwrap_or_else(|mistakes| panic!("{mistakes}"));
    let bare = read("[[accounts]]\naccount_id = '111122223333'").unwrap();
    assert_eq!(example.load, LoadLimits::default());
    assert_eq!(example.preflight, PreflightRules::default());
    assert_eq!(bare.preflight, PreflightRules::default());
    assert_eq!(example.accounts.len(), 1);
    assert_eq!(example.accounts[0].access, bare.accounts[0].access);
    assert_eq!(example.accounts[0].partition, bare.accounts[0].partition);
    let role = assumed(&bare.accounts[0].access);
    assert_eq!(role.last_role(), format!("arn:aws:iam::111122223333:role/{}", defaults::ROLE));
    assert_eq!(role.session_name, defaults::ROLE_SESSION_NAME);
    assert_eq!(role.duration_seconds, defaults::DURATION_SECONDS);
    assert_eq!((&role.source_profile, &role.external_id), (&None, &None));
}

#[test]
fn the_example_explains_every_setting() {
    let keys = [
        "source_profile",
        "role",
        "role_session_name",
        "duration_seconds",
        "external_id",
        "partition",
        "max_concurrency",
        "max_attempts",
        "call_timeout",
        "allow_private",
        "timeout",
        "account_id",
        "name",
        "tags",
        "vars",
        "fix_profile",
        "profile",
        "enabled",
    ];
    for key in keys {
        let stands = STARTER.lines().any(|line| {
            let line = line.trim_start_matches("# ");
            line.strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with('='))
        });
        assert!(stands, "{key} is not in config.example.toml");
    }
    // Uncommented one by one, the commented settings are right too.
    let commented = STARTER.lines().filter(|l| {
        l.strip_prefix("# ")
            .and_then(|l| l.split_once(" = "))
            .is_some_and(|(k, _)| keys.contains(&k))
    });
    for line in commented {
        let text =
            STARTER.replacen(line, &line[2..], 1).replace("CF_TUI_EXTERNAL_ID", "CF_TUI_SET");
        if let Err(mistakes) = read(&text) {
            panic!("{line}\n{mistakes}");
        }
    }
}

#[test]
fn a_selection_is_the_union_in_the_order_of_the_file() {
    let text = fs::read_to_string("tests/config/valid/everything.toml").unwrap();
    let fleet = read(&text).unwrap();
    let cases: [(&[&str], &[&str], &[&str]); 6] = [
        (&[], &[], &["shop-prod", "legacy", "china", "777788889999"]),
        (&["china", "shop-prod"], &[], &["shop-prod", "china"]),
        (&["000000000001", "china"], &[], &["china"]),
        (&[], &["prod"], &["shop-prod"]),
        (&["china"], &["prod", "rest"], &["shop-prod", "legacy", "china", "777788889999"]),
        (&["legacy"], &[], &["legacy"]),
    ];
    for (accounts, groups, expected) in cases {
        let selected = fleet.select(&owned(accounts), &owned(groups)).unwrap();
        let names: Vec<&str> = selected.accounts.iter().map(|a| a.name.as_str()).collect();
        assert_eq!(names, expected, "{accounts:?} {groups:?}");
        assert_eq!(selected.load, fleet.load);
    }
    assert!(!fleet.select(&owned(&["legacy"]), &[]).unwrap().accounts[0].enabled);
    let said = fleet.select(&owned(&["shop-prd", "zzzzzzzzz\x1b"]), &owned(&["prdo"])).unwrap_err();
    assert_eq!(
        said,
        "the fleet file has no account \"shop-prd\": did you mean \"shop-prod\"?\n\
         the fleet file has no account \"zzzzzzzzz\\x1b\": it has shop-prod, legacy, \
         china, 777788889999\n\
         the fleet file has no group \"prdo\": did you mean \"prod\"?"
    );
}

fn owned(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

#[test]
fn the_fleet_file_is_the_flags_then_the_variables_then_the_directorys() {
    let named = |name: &str| (name == "CF_TUI_CONFIG").then(|| "/from/env.toml".to_owned());
    let empty = |name: &str| (name == "CF_TUI_CONFIG").then(String::new);
    let file = fleet_file(Some(Path::new("a.toml")), &named);
    assert_eq!((file.path.as_deref(), file.named_by), (Some(Path::new("a.toml")), NamedBy::Flag));
    let file = fleet_file(None, &named);
    assert_eq!(file.path.as_deref(), Some(Path::new("/from/env.toml")));
    assert_eq!(file.named_by, NamedBy::Variable);
    let file = fleet_file(None, &empty);
    assert_eq!(file.named_by, NamedBy::Directory);
    let said = file.missing();
    for part in ["--config", "$CF_TUI_CONFIG", "config.toml", "cf-tui demo", "cf-tui init"] {
        assert!(said.contains(part), "{said}");
    }
}

#[test]
fn deep_nesting_and_long_lines_end() {
    for text in ["[".repeat(100_000), "a=[".repeat(50_000), "a.".repeat(50_000), "{".repeat(9999)] {
        assert!(read(&text).is_err());
    }
    let many = format!("accounts = [{}]", "{ x = 1 },".repeat(20_000));
    let mistakes = read(&many).unwrap_err();
    assert_eq!((mistakes.list.len(), mistakes.more), (100, 39_900));
}

/// A mutation: at a place of the text, take some characters away and put others there.
fn mutated(text: &str, changes: &[(prop::sample::Index, usize, String)]) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    for (place, gone, put) in changes {
        let at = place.index(chars.len() + 1);
        let end = (at + gone).min(chars.len());
        chars.splice(at..end, put.chars());
    }
    chars.into_iter().collect()
}

fn snippets() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("\"".to_owned()),
        Just("\"\"\"".to_owned()),
        Just("[".to_owned()),
        Just("]]".to_owned()),
        Just("{".to_owned()),
        Just("\n".to_owned()),
        Just("=".to_owned()),
        Just("0".to_owned()),
        Just("日\u{202e}".to_owned()),
        ".{0,4}",
    ]
}

fn holds(text: &str) {
    match read(text) {
        Ok(fleet) => assert!(fleet.accounts.iter().any(|account| account.enabled)),
        Err(mistakes) => {
            let lines = text.split('\n').count();
            for mistake in &mistakes.list {
                assert!(mistake.line <= lines && mistake.column > 0 && mistake.width > 0);
                let said = [&mistake.message, &mistake.hint, &mistake.source];
                assert!(said.iter().all(|part| is_plain(part)), "{mistake:?}");
            }
            assert!(!mistakes.list.is_empty());
        }
    }
}

proptest! {
    #[test]
    fn any_text_is_answered(text in "\\PC*|(?s).{0,200}") {
        holds(&text);
    }

    #[test]
    fn any_mutation_of_a_valid_file_is_answered(
        changes in prop::collection::vec((any::<prop::sample::Index>(), 0..12_usize, snippets()), 1..5)
    ) {
        holds(&mutated(include_str!("config/valid/everything.toml"), &changes));
        holds(&mutated(STARTER, &changes));
    }

    /// Whatever else is wrong with a file, and wherever an external id stands in it.
    #[test]
    fn an_external_id_is_never_shown(
        changes in prop::collection::vec((any::<prop::sample::Index>(), 0..12_usize, snippets()), 0..5),
        place in any::<prop::sample::Index>(),
        line in prop::sample::select(vec![
            "external_id = \"hush\"", "external_id = 'hush", "external_id = hush", "external_id=\"hush",
            "\"external_id\" = \"\"\"hush\"\"\"", "external_id = [\"hush\", { x = \"hush\" }]", "exernal_id = \"hush\"",
            "accounts.external_id = \"hush\"", "external_id = { env = \"hush hush\" }",
        ]),
    ) {
        let text = mutated(STARTER, &changes);
        let mut lines: Vec<&str> = text.split('\n').collect();
        lines.insert(place.index(lines.len() + 1), line);
        if let Err(mistakes) = read(&lines.join("\n")) {
            let said = mistakes.to_string();
            prop_assert!(!said.contains("hush"), "{}", said);
        }
    }
}

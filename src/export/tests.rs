use super::*;
use crate::domain::account::{Access, AssumeRole};
use crate::domain::assessment::{Assessment, assess};
use crate::domain::distribution::{
    Behavior, CustomOrigin, Distribution, HostHeader, Looked, Origin, OriginGroup, ProtocolPolicy,
    S3Origin, Signing, Source, ViewerPolicy,
};
use crate::domain::fault::{FaultKind, Step};
use crate::domain::ids::{AccountId, DistributionId, OriginId, Partition};
use crate::domain::text::is_plain;

/// An account, a distribution and the judged origins of it.
struct Fixture {
    accounts: Vec<Account>,
    distribution: Distribution,
    assessments: Vec<Assessment>,
    fault: Fault,
}

impl Fixture {
    fn new(distribution: Distribution) -> Self {
        let assessments = distribution.origins.iter().map(|o| assess(&distribution, o)).collect();
        let accounts = vec![
            account("111122223333", "shop-prod", true),
            account("444455556666", "legacy-us", true),
            account("777788889999", "lab", false),
        ];
        let fault = Fault {
            step: Step::AssumeRole,
            kind: FaultKind::Denied,
            message: "AccessDenied: not authorized to perform sts:AssumeRole".into(),
            hint: "look at the role's trust policy".into(),
            request_id: Some("7d1e".into()),
        };
        Self { accounts, distribution, assessments, fault }
    }

    fn scan(&self) -> Scan<'_> {
        let states = [AccountState::Complete, AccountState::Failed, AccountState::Skipped];
        let mut coverage = Coverage::default();
        for state in states {
            coverage.add(state);
        }
        let row = |(account, state)| AccountRow {
            account,
            state,
            distributions: usize::from(state == AccountState::Complete),
            origins: if state == AccountState::Complete { self.assessments.len() } else { 0 },
            fault: (state == AccountState::Failed).then_some(&self.fault),
        };
        Scan {
            generated_at: "2026-11-23T09:12:44.5Z".parse().unwrap(),
            lens: Lens::Traffic,
            coverage,
            accounts: self.accounts.iter().zip(states).map(row).collect(),
            findings: self.findings(),
        }
    }

    fn findings(&self) -> Vec<Finding<'_>> {
        let judged = self.distribution.origins.iter().zip(&self.assessments);
        judged
            .map(|(origin, assessment)| Finding {
                account: &self.accounts[0],
                distribution: &self.distribution,
                origin,
                assessment,
            })
            .collect()
    }
}

fn account(id: &str, name: &str, enabled: bool) -> Account {
    Account {
        id: AccountId::parse(id).unwrap(),
        name: name.into(),
        tags: Vec::new(),
        vars: Default::default(),
        fix_profile: None,
        enabled,
        partition: Partition::Aws,
        access: Access::Assume(AssumeRole {
            source_profile: None,
            chain: vec![format!("arn:aws:iam::{id}:role/SecurityAudit")],
            session_name: "cf-tui".into(),
            duration_seconds: 3600,
            external_id: None,
        }),
        place: String::new(),
    }
}

fn custom(id: &str, domain: &str, protocol: &str, tls: &[&str]) -> Origin {
    Origin {
        id: OriginId::new(id),
        domain: domain.into(),
        custom: Some(CustomOrigin {
            protocol: ProtocolPolicy::parse(protocol),
            http_port: 80,
            https_port: 443,
            ssl_protocols: Some(tls.iter().map(|t| (*t).to_owned()).collect()),
        }),
        ..Origin::default()
    }
}

fn s3(id: &str, signing: Looked<Signing>) -> Origin {
    Origin {
        id: OriginId::new(id),
        domain: "docs.s3.eu-central-1.amazonaws.com".into(),
        s3: Some(S3Origin { access_control: Some("E1OAC".into()), signing }),
        ..Origin::default()
    }
}

fn behavior(path: Option<&str>, target: &str, viewer: &str) -> Behavior {
    Behavior {
        path: path.map(str::to_owned),
        target: OriginId::new(target),
        viewer: ViewerPolicy::parse(viewer),
        edge_code: false,
        host: HostHeader::Unknown,
    }
}

/// A pass, a gap through a group, an S3 origin whose signing was not told.
fn shop() -> Distribution {
    Distribution {
        id: DistributionId::new("E1A9EXAMPLE01X"),
        arn: "arn:aws:cloudfront::111122223333:distribution/E1A9EXAMPLE01X".into(),
        domain: "d111abcdef8.cloudfront.net".into(),
        aliases: vec!["shop.example".into(), "www.shop.example".into()],
        enabled: true,
        status: "Deployed".into(),
        last_modified: Some("2026-11-01T10:00:00Z".parse().unwrap()),
        origins: vec![
            custom("api", "api.shop.example", "https-only", &["TLSv1.2"]),
            custom("img", "=img.shop.example", "match-viewer", &["TLSv1.2", "TLSv1"]),
            s3("docs", Looked::Failed("ListOriginAccessControls: denied".into())),
        ],
        groups: vec![OriginGroup {
            id: OriginId::new("images"),
            members: vec![OriginId::new("img"), OriginId::new("api")],
        }],
        behaviors: vec![
            behavior(None, "api", "redirect-to-https"),
            behavior(Some("/img/*"), "images", "allow-all"),
            behavior(Some("/docs/*"), "docs", "allow-all"),
        ],
        ..Distribution::default()
    }
}

/// Control, C1 and bidi characters wherever AWS data may hold them.
fn hostile() -> Distribution {
    let evil = "=\x1b[31m\u{9b}2J\u{202e}\r\n\tx";
    let mut distribution = shop();
    distribution.id = DistributionId::new(evil);
    for text in [&mut distribution.arn, &mut distribution.domain, &mut distribution.status] {
        *text = evil.into();
    }
    distribution.aliases = vec![evil.into(), evil.into()];
    distribution.etag = Some(evil.into());
    distribution.origins =
        vec![custom(evil, evil, evil, &[evil]), custom("x", evil, "http-only", &[])];
    distribution.behaviors = vec![
        behavior(None, evil, evil),
        behavior(Some(evil), "x", evil),
        behavior(Some(evil), "x", evil),
    ];
    distribution
}

const GOLDEN_JSON: &str = include_str!("tests/scan.json");
const GOLDEN_CSV: &str = include_str!("tests/scan.csv");
const GOLDEN_TABLE: &str = include_str!("tests/scan.txt");

#[test]
fn json_is_the_golden_one() {
    assert_eq!(json(&Fixture::new(shop()).scan()), GOLDEN_JSON);
}

#[test]
fn csv_is_the_golden_one() {
    assert_eq!(csv(&Fixture::new(shop()).scan()), GOLDEN_CSV);
}

#[test]
fn the_table_is_the_golden_one() {
    assert_eq!(table(&Fixture::new(shop()).scan(), Style::default()), GOLDEN_TABLE);
}

fn keys(value: &serde_json::Value) -> Vec<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

#[test]
fn the_keys_of_json_are_the_contract() {
    let fixture = Fixture::new(shop());
    let document: serde_json::Value = serde_json::from_str(&json(&fixture.scan())).unwrap();
    assert_eq!(
        keys(&document),
        ["version", "generated_at", "lens", "coverage", "accounts", "findings"]
    );
    assert_eq!(keys(&document["coverage"]), ["accounts", "complete", "partial", "failed"]);
    let account = &document["accounts"][1];
    assert_eq!(keys(account), ["account_id", "name", "state", "distributions", "origins", "error"]);
    assert_eq!(keys(&account["error"]), ["step", "kind", "message", "hint", "request_id"]);
    let finding = &document["findings"][0];
    let contract = "account_id account_name distribution_id distribution_arn distribution_domain \
                    aliases enabled staging status last_modified etag origin_id origin_domain \
                    origin_kind origin_protocol_policy origin_ssl_protocols routes rule \
                    rule_clause distribution_rule exposure plaintext_paths weak_tls edge_rewrite \
                    gap verdict reason";
    assert_eq!(keys(finding), contract.split_whitespace().collect::<Vec<_>>());
    assert_eq!(keys(&finding["routes"][0]), ["path", "viewer_protocol_policy", "via_group"]);
    let header = GOLDEN_CSV.lines().next().unwrap();
    assert_eq!(header.split(',').collect::<Vec<_>>(), keys(finding));
}

#[test]
fn one_finding_alone_is_the_finding_of_the_scan() {
    let fixture = Fixture::new(shop());
    let document: serde_json::Value = serde_json::from_str(GOLDEN_JSON).unwrap();
    for (at, finding) in fixture.findings().iter().enumerate() {
        let alone: serde_json::Value =
            serde_json::from_str(&finding_json(finding, Lens::Traffic)).unwrap();
        assert_eq!(alone, document["findings"][at]);
    }
}

#[test]
fn the_lens_changes_the_verdict_and_nothing_else() {
    let fixture = Fixture::new(shop());
    let mut scan = fixture.scan();
    scan.lens = Lens::D9;
    let d9 = json(&scan);
    let differing: Vec<_> = GOLDEN_JSON.lines().zip(d9.lines()).filter(|(a, b)| a != b).collect();
    assert_eq!(
        differing,
        [
            ("  \"lens\": \"traffic\",", "  \"lens\": \"d9\","),
            ("      \"verdict\": \"fail\",", "      \"verdict\": \"pass\","),
            ("      \"verdict\": \"unknown\",", "      \"verdict\": \"not_applicable\","),
        ]
    );
}

#[test]
fn no_format_lets_a_harmful_character_out() {
    let mut fixture = Fixture::new(hostile());
    fixture.accounts[0].name = "a\x1b]0;x\x07".into();
    fixture.fault.message = "\u{9b}31m".into();
    let scan = fixture.scan();
    let texts = [
        json(&scan),
        csv(&scan),
        table(&scan, Style::default()),
        unseen(&scan).join("\n"),
        cells::row_line(&scan.findings[0], Lens::Traffic),
        cells::viewer(&scan.findings[0]).into_owned(),
        finding_json(&scan.findings[0], Lens::Traffic),
    ];
    for text in &texts {
        assert!(text.lines().all(is_plain), "{text:?}");
        assert!(!text.contains('\r'), "{text:?}");
    }
    let back: serde_json::Value = serde_json::from_str(&texts[0]).unwrap();
    assert_eq!(back["findings"][0]["etag"], "=\x1b[31m\u{9b}2J\u{202e}\r\n\tx");
}

#[test]
fn a_spreadsheet_runs_no_cell() {
    let mut distribution = shop();
    let bad = ["=1+1", "+1", "-1", "@x", "\tx", "\rx", " =1", "＝1"];
    distribution.origins = bad.iter().map(|d| custom(d, d, "http-only", &[])).collect();
    let text = csv(&Fixture::new(distribution).scan());
    let mut rows = ::csv::Reader::from_reader(text.as_bytes());
    for (row, raw) in rows.records().zip(bad) {
        let row = row.unwrap();
        assert!(row[11].starts_with('\''), "{raw:?} became {:?}", &row[11]);
        assert!(row[12].starts_with('\''));
    }
}

#[test]
fn a_narrow_table_fits_and_keeps_its_columns() {
    let mut distribution = shop();
    distribution.origins = vec![
        custom(
            "a",
            "ein-sehr-langer-name.der-nicht-passt.eu-west-1.elb.amazonaws.com",
            "http-only",
            &[],
        ),
        custom("b", "日本語のとても長いドメイン名です.例え.テスト.jp", "http-only", &[]),
    ];
    let fixture = Fixture::new(distribution);
    let text = table(&fixture.scan(), Style { width: Some(100), colour: false, ascii: false });
    let rows: Vec<&str> = text.lines().take(3).collect();
    let starts = |line: &str, word: &str| {
        use unicode_width::UnicodeWidthStr;
        line[..line.find(word).unwrap()].width()
    };
    assert!(rows.iter().all(|row| unicode_width::UnicodeWidthStr::width(*row) <= 100), "{text}");
    let column = starts(rows[0], "TO ORIGIN");
    assert_eq!((starts(rows[1], "http-only"), starts(rows[2], "http-only")), (column, column));
    assert!(rows[1].contains("ein-sehr") && rows[1].contains("amazonaws.com"), "{text}");

    let eighty = Style { width: Some(80), ..Style::default() };
    let text = table(&fixture.scan(), eighty);
    let header = text.lines().next().unwrap();
    assert!(text.lines().take(3).all(|row| unicode_width::UnicodeWidthStr::width(row) <= 80));
    assert!(header.contains("TO ORIGIN") && !header.contains("MIN TLS"), "{text}");

    let ascii = table(&fixture.scan(), Style { width: Some(100), colour: true, ascii: true });
    let first = ascii.lines().nth(1).unwrap();
    assert!(first.is_ascii() && first.contains(".."));
    assert!(first.starts_with("\x1b[33m! WARN\x1b[0m "), "{first:?}");
}

#[test]
fn the_middle_is_cut_by_cells() {
    assert_eq!(cells::cut_middle("legacy-alb.example", 18), "legacy-alb.example");
    assert_eq!(cells::cut_middle("legacy-alb.example", 9), "lega…mple");
    assert_eq!(cells::cut_middle("日本語の名前", 6), "日…前");
    assert_eq!(cells::cut_middle("日本語の名前", 1), "…");
    assert_eq!(cells::cut_middle("日本語の名前", 0), "");
    assert_eq!(cells::cut_middle("abc", 2), "a…");
    // The accent stays with its letter, or goes with it.
    assert_eq!(cells::cut_middle("abcdefghe\u{301}", 4), "ab…e\u{301}");
    assert_eq!(cells::cut_middle_with("legacy-alb.example", 9, ".."), "lega..ple");
    assert_eq!(cells::cut_middle_with("abc", 1, ".."), "a");
}

#[test]
fn cells_say_what_is_not_known() {
    let mut distribution = shop();
    distribution
        .origins
        .push(s3("signed", Looked::Found { value: Signing::Always, from: Source::default() }));
    distribution.origins.push(Origin { id: OriginId::new("bare"), ..Origin::default() });
    distribution.behaviors.push(behavior(Some("/b"), "signed", "https-only"));
    distribution.behaviors.push(behavior(Some("/c"), "signed", "allow-all"));
    let fixture = Fixture::new(distribution);
    let shown: Vec<_> = fixture
        .findings()
        .iter()
        .map(|f| {
            let d9: String = cells::d9_cell(f.assessment, true).into_iter().collect();
            [
                cells::protocol(f).to_owned(),
                cells::viewer(f).into_owned(),
                cells::min_tls(f).to_owned(),
                d9,
            ]
        })
        .collect();
    assert_eq!(shown[0], ["https-only", "mixed", "TLSv1.2", "P "]);
    assert_eq!(shown[1], ["match-viewer", "allow-all", "TLSv1", "P#"]);
    assert_eq!(shown[2], ["?", "allow-all", "-", "- "]);
    assert_eq!(shown[3], ["oac:always", "mixed", "-", "- "]);
    assert_eq!(shown[4], ["?", "-", "?", "P "]);
    assert_eq!(cells::origin(&fixture.findings()[4]), "bare");
}

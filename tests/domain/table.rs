//! The truth table, written out. Every cell is built as whole distributions, in every way that
//! leads to its row and column, and assessed.

use cf_tui::domain::distribution::{Distribution, Looked, Origin, Signing};

use crate::made::{
    answers, bare, custom, custom_at, distribution, endpoint, found, name, s3, signed, vpc, website,
};

const COLUMNS: [&str; 4] = ["some-allow-all", "all-https", "some-unknown", "no-route"];

/// `on`: enabled, or disabled and not yet deployed. `off`: disabled and deployed.
#[rustfmt::skip]
const TABLE: &[(&str, &str, &str, [&str; 4])] = &[
    // kind       switched policy        some-allow-all        all-https              some-unknown  no-route
    ("custom",     "on",  "http-only",    ["plaintext",          "plaintext",           "plaintext",  "latent"]),
    ("custom",     "on",  "match-viewer", ["plaintext_possible", "encrypted_by_viewer", "unknown",    "latent"]),
    ("custom",     "on",  "https-only",   ["encrypted",          "encrypted",           "encrypted",  "encrypted"]),
    ("custom",     "on",  "unknown",      ["unknown",            "unknown",             "unknown",    "unknown"]),
    ("custom",     "off", "http-only",    ["latent",             "latent",              "latent",     "latent"]),
    ("custom",     "off", "match-viewer", ["latent",             "encrypted_by_viewer", "unknown",    "latent"]),
    ("custom",     "off", "https-only",   ["encrypted",          "encrypted",           "encrypted",  "encrypted"]),
    ("custom",     "off", "unknown",      ["unknown",            "unknown",             "unknown",    "unknown"]),

    ("vpc",        "on",  "http-only",    ["plaintext",          "plaintext",           "plaintext",  "latent"]),
    ("vpc",        "on",  "match-viewer", ["plaintext_possible", "encrypted_by_viewer", "unknown",    "latent"]),
    ("vpc",        "on",  "https-only",   ["encrypted",          "encrypted",           "encrypted",  "encrypted"]),
    ("vpc",        "on",  "unknown",      ["unknown",            "unknown",             "unknown",    "unknown"]),
    ("vpc",        "off", "http-only",    ["latent",             "latent",              "latent",     "latent"]),
    ("vpc",        "off", "match-viewer", ["latent",             "encrypted_by_viewer", "unknown",    "latent"]),
    ("vpc",        "off", "https-only",   ["encrypted",          "encrypted",           "encrypted",  "encrypted"]),
    ("vpc",        "off", "unknown",      ["unknown",            "unknown",             "unknown",    "unknown"]),

    ("s3",         "on",  "match-viewer", ["plaintext_possible", "encrypted_by_viewer", "unknown",    "latent"]),
    ("s3",         "on",  "https-only",   ["encrypted",          "encrypted_by_viewer", "encrypted",  "encrypted"]),
    ("s3",         "on",  "unknown",      ["unknown",            "encrypted_by_viewer", "unknown",    "unknown"]),
    ("s3",         "off", "match-viewer", ["latent",             "encrypted_by_viewer", "unknown",    "latent"]),
    ("s3",         "off", "https-only",   ["encrypted",          "encrypted_by_viewer", "encrypted",  "encrypted"]),
    ("s3",         "off", "unknown",      ["unknown",            "encrypted_by_viewer", "unknown",    "unknown"]),

    ("s3_website", "on",  "http-only",    ["plaintext",          "plaintext",           "plaintext",  "latent"]),
    ("s3_website", "on",  "match-viewer", ["plaintext_possible", "broken",              "unknown",    "latent"]),
    ("s3_website", "on",  "https-only",   ["broken",             "broken",              "broken",     "broken"]),
    ("s3_website", "on",  "unknown",      ["unknown",            "unknown",             "unknown",    "unknown"]),
    ("s3_website", "off", "http-only",    ["latent",             "latent",              "latent",     "latent"]),
    ("s3_website", "off", "match-viewer", ["latent",             "broken",              "unknown",    "latent"]),
    ("s3_website", "off", "https-only",   ["broken",             "broken",              "broken",     "broken"]),
    ("s3_website", "off", "unknown",      ["unknown",            "unknown",             "unknown",    "unknown"]),

    ("unknown",    "on",  "unknown",      ["unknown",            "unknown",             "unknown",    "unknown"]),
    ("unknown",    "off", "unknown",      ["unknown",            "unknown",             "unknown",    "unknown"]),
];

/// Every origin that has this kind and this policy.
fn origins(kind: &str, policy: &str) -> Vec<Origin> {
    let unread = || [Looked::Missing, Looked::NotNeeded, Looked::Failed("denied".to_owned())];
    match (kind, policy) {
        ("custom", "unknown") => vec![custom("http3-only"), custom("")],
        ("custom", known) => vec![custom(known), custom_at("", known, None)],
        ("s3_website", "unknown") => vec![website("http3-only")],
        ("s3_website", known) => vec![website(known)],
        ("vpc", "unknown") => {
            let mut all = Vec::from(unread().map(vpc));
            all.extend([vpc(Looked::Missing), vpc(endpoint("http3-only", None))]);
            all
        }
        ("vpc", known) => vec![vpc(endpoint(known, None))],
        ("s3", "match-viewer") => {
            vec![s3(None, Looked::NotNeeded), signed("never"), signed("no-override")]
        }
        ("s3", "https-only") => vec![signed("always")],
        ("s3", "unknown") => {
            let mut all = Vec::from([Looked::Missing, Looked::NotNeeded].map(oac));
            all.extend([oac(Looked::Failed("denied".to_owned())), signed("always-amz-auth")]);
            all
        }
        ("unknown", _) => {
            let custom = custom("https-only");
            let both = Origin { s3: signed("always").s3, ..custom.clone() };
            let three = Origin { vpc: vpc(Looked::Missing).vpc, ..both.clone() };
            let private = Origin { vpc: vpc(endpoint("https-only", None)).vpc, ..custom };
            vec![bare("origin.example.com"), both, three, private]
        }
        other => panic!("no origin for {other:?}"),
    }
}

fn oac(signing: Looked<Signing>) -> Origin {
    s3(Some("E1OAC"), signing)
}

/// Every set of behaviors that belongs to this column, the default one first.
#[rustfmt::skip]
fn behaviors(column: &str) -> Vec<Vec<(&'static str, &'static str, &'static str)>> {
    match column {
        "some-allow-all" => vec![
            vec![("", "o", "allow-all")],
            vec![("", "group", "allow-all")],
            vec![("", "o", "redirect-to-https"), ("/a/*", "o", "allow-all")],
            vec![("", "elsewhere", "https-only"), ("/a/*", "group", "allow-all"), ("/b/*", "o", "https-only")],
            vec![("", "o", "allow-all"), ("/b/*", "o", "https-only")],
            vec![("", "o", "quic-only"), ("/a/*", "o", "allow-all")],
            vec![("", "o", "allow-all"), ("/a/*", "o", "quic-only")],
        ],
        "all-https" => vec![
            vec![("", "o", "redirect-to-https")],
            vec![("", "o", "https-only")],
            vec![("", "group", "https-only")],
            vec![("", "o", "redirect-to-https"), ("/a/*", "group", "https-only")],
            // Plain HTTP that goes elsewhere is not this origin's.
            vec![("", "elsewhere", "allow-all"), ("/a/*", "o", "https-only")],
        ],
        "some-unknown" => vec![
            vec![("", "o", "quic-only")],
            vec![("", "o", "")],
            vec![("", "o", "https-only"), ("/a/*", "group", "quic-only")],
            vec![("", "group", "quic-only"), ("/a/*", "o", "redirect-to-https")],
        ],
        "no-route" => vec![
            vec![("", "elsewhere", "allow-all")],
            vec![("", "elsewhere", "https-only"), ("/a/*", "gone", "allow-all")],
            vec![],
        ],
        other => panic!("no column {other}"),
    }
}

/// Every state of a distribution that counts as switched on, or off.
fn switched(distribution: Distribution, how: &str) -> Vec<Distribution> {
    let with = |enabled: bool, status: &str| Distribution {
        enabled,
        status: status.to_owned(),
        ..distribution.clone()
    };
    match how {
        "on" => vec![
            with(true, "Deployed"),
            with(true, "InProgress"),
            with(false, "InProgress"),
            with(false, ""),
        ],
        _ => vec![with(false, "Deployed")],
    }
}

#[test]
fn every_cell() {
    let mut checked = 0;
    for (kind, how, policy, cells) in TABLE {
        for (column, expected) in COLUMNS.iter().zip(cells) {
            for origin in origins(kind, policy) {
                for behaviors in behaviors(column) {
                    for made in switched(distribution(origin.clone(), &behaviors), how) {
                        let answers = answers(&made);
                        assert_eq!(name(answers.kind), *kind, "{made:#?}");
                        let cell = format!("{kind} {how} {policy} {column}");
                        assert_eq!(name(answers.exposure), *expected, "{cell}\n{made:#?}");
                        checked += 1;
                    }
                }
            }
        }
    }
    assert_eq!(TABLE.len(), 32);
    assert!(checked > 1500, "{checked}");
}

#[test]
fn a_distribution_that_is_not_whole_is_unknown_in_every_cell() {
    for (kind, how, policy, _) in TABLE {
        for column in COLUMNS {
            for origin in origins(kind, policy) {
                for behaviors in behaviors(column) {
                    for mut made in switched(distribution(origin.clone(), &behaviors), how) {
                        made.defects.push("5 origins were promised, 2 came".to_owned());
                        assert_eq!(name(answers(&made).exposure), "unknown");
                    }
                }
            }
        }
    }
}

/// Which look-ups a verdict depends on: the answers must differ with the signing behavior exactly
/// where it is looked up.
#[test]
fn a_signing_behavior_is_looked_up_only_where_it_matters() {
    use cf_tui::domain::exposure::needs_signing;
    for column in COLUMNS {
        for behaviors in behaviors(column) {
            let made = distribution(oac(Looked::NotNeeded), &behaviors);
            let needed = needs_signing(&made, &made.origins[0]);
            assert_eq!(needed, column != "all-https", "{column}");
            let answer = |signing: &str| {
                let origin = oac(found(Signing::parse(signing)));
                answers(&distribution(origin, &behaviors)).exposure
            };
            assert_eq!(needed, answer("always") != answer("never"), "{column}");
            let bare = distribution(s3(None, Looked::NotNeeded), &behaviors);
            assert!(!needs_signing(&bare, &bare.origins[0]));
        }
    }
}

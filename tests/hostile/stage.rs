//! Accounts in which every text is hostile and every header has a secret value.

use cf_tui::domain::text::is_harmful;

use crate::fake::{Behavior, Distribution, Fake, Fault, Origin, VpcOrigin};
use crate::run::Home;

/// The value of every origin header.
pub const SECRET: &str = "s3cr3t-header-value";

/// A cursor to a place that no test's screen has, a title, a C1 CSI, bidi, and what nobody sees.
pub const HOSTILE: &str = "<\u{1b}[77;77H\u{1b}]0;PWNED\u{7}\u{9b}31m\u{9d}0;x\u{9c}\u{202e}\u{2066}\u{200b}\u{2028}\u{2029}\u{feff}\u{ad}\u{e0041}\r\n\t\u{8}\u{7f}>";

pub const TEXTS: (&str, &str) = ("111122223333", "texts-prod");
pub const STS: (&str, &str) = ("222233334444", "sts-error");
pub const ERROR: (&str, &str) = ("333344445555", "cloudfront-error");
pub const GARBAGE: (&str, &str) = ("444455556666", "garbage");
pub const ARN: (&str, &str) = ("555566667777", "wrong-arn");
pub const ACCOUNTS: [(&str, &str); 5] = [TEXTS, STS, ERROR, GARBAGE, ARN];

pub fn stage() -> (Fake, Home) {
    let fake = Fake::start();
    ACCOUNTS.iter().for_each(|(id, _)| {
        fake.account(id);
    });
    let texts = fake.account(TEXTS.0);
    distributions().into_iter().for_each(|distribution| {
        texts.add(distribution);
    });
    texts
        .oac(&format!("OAC{HOSTILE}"), HOSTILE)
        .vpc_origin(VpcOrigin::new("vo_1", "match-viewer").ssl(&["TLSv1", HOSTILE]));
    fake.account(STS.0).fault("AssumeRole", Fault::Answer(403, error("AccessDenied")));
    fake.account(ERROR.0).fault("ListDistributions", Fault::Answer(400, error(&references())));
    fake.account(GARBAGE.0).fault("ListDistributions", Fault::Body(HOSTILE.to_owned()));
    fake.account(ARN.0).fault("AssumeRole", Fault::WrongAccount(HOSTILE.to_owned()));
    let home = Home::with_fleet(&fake, &ACCOUNTS);
    (fake, home)
}

fn distributions() -> Vec<Distribution> {
    let custom = |n: usize, policy: &str| {
        Origin::custom(&format!("o{n}{HOSTILE}"), &format!("d{HOSTILE}.example.com"), policy)
            .ssl(&["TLSv1", HOSTILE])
            .header(&format!("X{HOSTILE}"), SECRET)
            .header("Authorization", SECRET)
            .path(&format!("/{HOSTILE}"))
    };
    let s3 = Origin::s3(&format!("s{HOSTILE}"), &format!("b{HOSTILE}.s3.amazonaws.com"))
        .with_oac(&format!("OAC{HOSTILE}"))
        .header("X-Key", SECRET);
    let vpc = Origin::vpc(&format!("v{HOSTILE}"), &format!("v{HOSTILE}.example.com"), "vo_1")
        .owner(HOSTILE)
        .header("X-Key", SECRET);
    let site = Origin::custom(
        "site",
        &format!("w{HOSTILE}.s3-website-eu-west-1.amazonaws.com"),
        "http-only",
    )
    .header("X-Key", SECRET);
    let plain = Origin::custom("plain", "plain.example.com", "http-only").header("X-Key", SECRET);
    let origins = [
        custom(0, "http-only"),
        custom(1, "https-only"),
        custom(2, HOSTILE),
        s3,
        vpc,
        site,
        Origin::bare(&format!("b{HOSTILE}"), HOSTILE),
    ];
    let mut all = Vec::new();
    for (n, origin) in origins.into_iter().enumerate() {
        all.push(
            Distribution::new(&format!("E{n}"))
                .alias(&format!("alias{HOSTILE}.example.com"))
                .comment(HOSTILE)
                .status(if n == 0 { HOSTILE } else { "Deployed" })
                .origin(origin)
                .origin(custom(9, "match-viewer"))
                .origin(plain.clone())
                .group(&format!("g{HOSTILE}"), &["plain", &format!("o9{HOSTILE}")])
                .behavior(
                    Behavior::to(&format!("g{HOSTILE}"))
                        .path(&format!("/{HOSTILE}/*"))
                        .viewer(if n == 2 { HOSTILE } else { "allow-all" })
                        .lambda(HOSTILE)
                        .function(HOSTILE),
                ),
        );
    }
    all.push(Distribution::new(&format!("E{HOSTILE}")).origin(custom(0, "http-only")));
    all
}

/// The hostile text as XML can say it, so that a parser that is strict takes it too.
fn references() -> String {
    HOSTILE.chars().map(|c| format!("&#{};", u32::from(c))).collect()
}

fn error(code: &str) -> String {
    let text = references();
    format!(
        "<ErrorResponse><Error><Type>Sender</Type><Code>{code}</Code><Message>no {text}</Message></Error><RequestId>{text}</RequestId></ErrorResponse>"
    )
}

/// No harmful character but line feeds.
#[track_caller]
pub fn assert_harmless(what: &str, text: &str) {
    let harmful = text.find(|c| c != '\n' && is_harmful(c));
    if let Some(at) = harmful {
        let around: String =
            text[..at].chars().rev().take(60).collect::<Vec<_>>().into_iter().rev().collect();
        panic!("{what}: {:?} after {around:?}", text[at..].chars().next());
    }
    assert!(!text.contains(SECRET), "{what} holds the value of a header");
}

//! What is said of the certificate from what is known, and of who else uses the server.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, missing_docs)]

mod findings;

use cf_tui::app::store::Store;
use cf_tui::domain::distribution::{Behavior, Distribution, HostHeader, Origin};
use cf_tui::domain::fix::{self, Neighbours};
use cf_tui::domain::ids::{AccountId, DistributionId};
use cf_tui::domain::tally::AccountState;
use cf_tui::domain::text::is_plain;
use cf_tui::inventory::report::{Ending, Report};
use findings::{Sample, behavior, custom, s3, vpc};
use jiff::Timestamp;

const BALANCER: &str = "lb-1.eu-west-1.elb.amazonaws.com";
const OWN: &str = "origin.shop.example";

fn routed(path: Option<&str>, host: HostHeader) -> Behavior {
    Behavior { host, ..behavior(path, "o", "allow-all") }
}

/// The notes of an http-only origin, which the behaviors reach.
fn notes(domain: &str, aliases: &[&str], behaviors: Vec<Behavior>) -> String {
    let mut sample = Sample::of(custom("o", domain, "http-only", &[])).with(|d| {
        d.aliases = aliases.iter().map(|alias| (*alias).to_owned()).collect();
        d.behaviors = behaviors;
    });
    fix::notes(&sample.finding(), &Neighbours::default()).join("\n")
}

fn says(notes: &str, all: &[&str]) {
    for said in all {
        assert!(notes.contains(said), "{said}\nis not in\n{notes}");
    }
}

#[test]
fn a_domain_of_ones_own_is_named_unless_the_host_header_is_forwarded() {
    use HostHeader::{Forwarded, NotForwarded, Unknown};
    let aliases = &["www.shop.example", "shop.example"];
    let own = notes(OWN, aliases, vec![routed(None, NotForwarded)]);
    says(&own, &["On Default (*) the certificate must name origin.shop.example itself"]);
    assert!(!own.contains("must name origin.shop.example, or"), "{own}");

    let forwarded = notes(OWN, aliases, vec![routed(None, Forwarded)]);
    says(
        &forwarded,
        &["must name origin.shop.example, or each of www.shop.example, shop.example."],
    );

    let mixed = vec![
        routed(None, NotForwarded),
        routed(Some("/a/*"), Forwarded),
        routed(Some("/b/*"), Unknown),
    ];
    let mixed = notes(OWN, aliases, mixed);
    says(
        &mixed,
        &[
            "On Default (*) the certificate must name origin.shop.example itself",
            "On /a/* the Host header is forwarded: the certificate must name origin.shop.example, or each of www",
            "On /b/* a policy that is not read here decides whether the Host header is forwarded: a certificate that names origin.shop.example does",
        ],
    );
    let unnamed = notes(OWN, &[], vec![routed(None, Forwarded)]);
    says(
        &unnamed,
        &[
            "d111abcdef8.cloudfront.net, which no certificate of yours can name: it must name origin.shop.example",
        ],
    );

    let unrouted = notes(OWN, aliases, Vec::new());
    says(
        &unrouted,
        &["Before a behavior routes to it: the certificate must name origin.shop.example, or"],
    );
}

#[test]
fn a_load_balancers_own_name_works_by_the_host_header_alone() {
    use HostHeader::{Forwarded, NotForwarded, Unknown};
    let aliases = &["www.shop.example"];
    let no_name = "No public certificate can name lb-1.eu-west-1.elb.amazonaws.com";
    let dead = notes(BALANCER, aliases, vec![routed(None, NotForwarded)]);
    says(
        &dead,
        &[
            no_name,
            "On Default (*) the Host header is not forwarded, so CloudFront would answer 502",
        ],
    );

    let forwarded = notes(BALANCER, aliases, vec![routed(None, Forwarded)]);
    says(
        &forwarded,
        &[
            no_name,
            "must name each of www.shop.example.",
            "ask for d111abcdef8.cloudfront.net get 502",
        ],
    );
    assert!(!forwarded.contains("would answer 502"), "{forwarded}");

    let unnamed = notes(BALANCER, &[], vec![routed(None, Forwarded)]);
    says(&unnamed, &["CloudFront would answer 502. First give the origin a domain of your own"]);
    let unknown = notes(BALANCER, aliases, vec![routed(Some("/x/*"), Unknown)]);
    says(
        &unknown,
        &[
            "On /x/* a policy that is not read here",
            "If it is, the certificate must name each of www",
            "if not, CloudFront would answer 502",
        ],
    );
    let unknown = notes(BALANCER, &[], vec![routed(None, Unknown)]);
    says(&unknown, &["Either way CloudFront would answer 502"]);
}

#[test]
fn the_kind_of_endpoint_is_told_by_its_domain() {
    for (domain, what) in [
        ("abc.execute-api.eu-west-1.amazonaws.com", "an API Gateway endpoint"),
        ("abc.execute-api.cn-north-1.amazonaws.com.cn.", "an API Gateway endpoint"),
        ("ABC.lambda-url.eu-west-1.ON.AWS", "a Lambda function URL"),
        ("x.data.mediastore.eu-west-1.amazonaws.com", "a MediaStore container"),
        ("bucket.s3.eu-west-1.amazonaws.com", "an S3 endpoint"),
        ("d1.cloudfront.net", "a CloudFront distribution"),
    ] {
        let notes = notes(domain, &[], vec![routed(None, HostHeader::NotForwarded)]);
        says(&notes, &[&format!("is {what}: it speaks TLS on port 443 already")]);
        assert!(!notes.contains("must name") && !notes.contains("502"), "{notes}");
    }
    for (domain, why) in [
        ("app.elasticbeanstalk.com", "the domain is Amazon's own"),
        ("ec2-1-2-3-4.compute-1.amazonaws.com", "the domain is Amazon's own"),
        ("web.corp.internal", "a name of a private network"),
        ("localhost", "a name of a private network"),
        ("my.bucket.s3.amazonaws.com", "has dots"),
    ] {
        let notes = notes(domain, &[], vec![routed(None, HostHeader::NotForwarded)]);
        says(&notes, &[why]);
        assert!(!notes.contains("already"), "{notes}");
    }
    let mut odd =
        Sample::of(custom("o", "abc.execute-api.eu-west-1.amazonaws.com", "http-only", &[]));
    odd.distribution.origins[0].custom.as_mut().unwrap().https_port = 8443;
    let notes = fix::notes(&odd.finding(), &Neighbours::default()).join("\n");
    says(
        &notes,
        &["HTTPS port of the origin is set to 8443, where such an endpoint does not listen"],
    );
}

#[test]
fn a_vpc_origins_certificate_is_checked_on_its_endpoints_port() {
    let mut sample = Sample::of(vpc("in", "http-only", &[]));
    let notes = fix::notes(&sample.finding(), &Neighbours::default()).join("\n");
    says(
        &notes,
        &[
            "something must speak TLS on port 8443 of inner.example.com",
            "a certificate that names inner.example.com",
        ],
    );
}

#[test]
fn a_vpc_origin_that_is_not_deployed_is_said_to_be_deploying() {
    let status = |status: &str| {
        let mut sample = Sample::of(vpc("in", "https-only", &["TLSv1.2"]));
        let vpc = sample.distribution.origins[0].vpc.as_mut().unwrap();
        let cf_tui::domain::distribution::Looked::Found { value, .. } = &mut vpc.endpoint else {
            panic!("it was found")
        };
        status.clone_into(&mut value.status);
        sample.finding().reason()
    };
    assert!(!status("Deployed").contains("deploying"));
    let reason = status("Failed\u{1b}[2J");
    assert!(reason.contains("deploying: its VPC origin is Failed"), "{reason}");
    assert!(is_plain(&reason));
}

/// A fleet of accounts with these distributions; all were wholly read but the last `unread`.
fn fleet(accounts: &[Vec<Distribution>], unread: usize) -> Store {
    let account = |number: usize| {
        let mut account = Sample::of(s3("x")).account;
        account.id = AccountId::parse(&format!("{number:012}")).unwrap();
        account.name = format!("account-{number}");
        account
    };
    let mut store = Store::new((0..accounts.len()).map(account).collect());
    let all: Vec<usize> = (0..accounts.len()).collect();
    store.begin(&all, Timestamp::UNIX_EPOCH);
    for (account, distributions) in accounts.iter().enumerate().take(accounts.len() - unread) {
        let distributions = distributions.clone();
        store.apply(Timestamp::UNIX_EPOCH, Report::Listed { account, distributions });
        let state = AccountState::Complete;
        let ending = Ending { state, fault: None, caller: None, calls: 1, tries: 1 };
        store.apply(Timestamp::UNIX_EPOCH, Report::Ended { account, ending });
    }
    store
}

fn using(id: &str, origin: Origin) -> Distribution {
    let mut made = Sample::of(origin).distribution;
    made.id = DistributionId::new(id);
    made
}

/// The notes of the first row.
fn first(store: &Store) -> Vec<String> {
    let row = store.live_rows().next().unwrap();
    let finding = store.finding(row).unwrap();
    fix::notes(&finding, &store.neighbours(&finding))
}

#[test]
fn others_in_the_fleet_with_the_same_domain_are_named() {
    let mine = using("E1", custom("o", "Web.Example.com", "http-only", &[]));
    let same = using("E2", custom("p", "web.example.COM.", "http-only", &[]));
    let other = using("E3", custom("o", "web.example.org", "http-only", &[]));
    let alone = first(&fleet(&[vec![mine.clone()], vec![other.clone()]], 0)).join("\n");
    says(
        &alone,
        &[
            "Reach: no other distribution has an origin at Web.Example.com, in the 2 accounts that were read.",
        ],
    );
    let one = first(&fleet(&[vec![mine.clone()]], 0)).join("\n");
    says(&one, &["in the one account that was read."]);

    let both =
        first(&fleet(&[vec![mine.clone()], vec![same.clone(), other], vec![]], 1)).join("\n");
    says(
        &both,
        &[
            "Reach: another distribution has an origin at Web.Example.com and stays as it is, in what was read (2 of 3 accounts wholly): E2 (account-1).",
        ],
    );
    assert!(!both.contains("TLS works") && !both.contains("TLS is spoken"), "{both}");

    let many: Vec<Distribution> = (10..25)
        .map(|n| Distribution { id: DistributionId::new(format!("E{n}")), ..same.clone() })
        .collect();
    let many = first(&fleet(&[vec![mine], many], 0)).join("\n");
    says(
        &many,
        &[
            "Reach: 15 other distributions have an origin at Web.Example.com",
            "E19 (account-1) and 5 more.",
        ],
    );
}

#[test]
fn one_that_always_speaks_https_there_shows_that_tls_works() {
    let mine = using("E1", custom("o", "web.example.com", "http-only", &[]));
    let with = |host: HostHeader, change: fn(&mut Distribution)| {
        let mut other = using("E2", custom("p", "web.example.com", "https-only", &["TLSv1.2"]));
        other.behaviors[0].host = host;
        change(&mut other);
        first(&fleet(&[vec![mine.clone()], vec![other]], 0)).join("\n")
    };
    let proof = with(HostHeader::NotForwarded, |_| {});
    says(
        &proof,
        &[
            "TLS works on port 443 of web.example.com, as far as can be told: E2 (account-1) always speaks HTTPS to it",
        ],
    );
    for host in [HostHeader::Forwarded, HostHeader::Unknown] {
        let weaker = with(host, |_| {});
        says(
            &weaker,
            &["TLS is spoken on port 443 of web.example.com: E2", "may match another name"],
        );
    }
    // No certificate can name a load balancer, so one that asks for that name gets no answer.
    let mine = using("E1", custom("o", BALANCER, "http-only", &[]));
    let beside = |host: HostHeader| {
        let mut other = using("E2", custom("p", BALANCER, "https-only", &["TLSv1.2"]));
        other.behaviors[0].host = host;
        first(&fleet(&[vec![mine.clone()], vec![other]], 0)).join("\n")
    };
    says(&beside(HostHeader::Forwarded), &["TLS is spoken on port 443 of lb-1", "another name"]);
    assert!(!beside(HostHeader::NotForwarded).contains("always speaks HTTPS"));
    let not: [fn(&mut Distribution); 6] = [
        |d| d.enabled = false,
        |d| d.status = "InProgress".to_owned(),
        |d| d.behaviors.clear(),
        |d| d.defects.push("cut".to_owned()),
        |d| d.origins[0].custom.as_mut().unwrap().https_port = 8443,
        |d| d.origins[0] = custom("p", "web.example.com", "match-viewer", &[]),
    ];
    for change in not {
        let notes = with(HostHeader::NotForwarded, change);
        assert!(!notes.contains("TLS works") && !notes.contains("TLS is spoken"), "{notes}");
    }
}

#[test]
fn names_of_others_are_harmless() {
    let mine = using("E1", custom("o", "web.example.com", "http-only", &[]));
    let hostile = using("E2\u{1b}[2J\u{202e}", custom("p", "web.example.com", "https-only", &[]));
    let notes = first(&fleet(&[vec![mine], vec![hostile]], 0));
    assert!(notes.iter().any(|note| note.contains("E2\\x1b[2J")), "{notes:?}");
    assert!(notes.iter().all(|note| is_plain(note)), "{notes:?}");
}

//! The invented part of the fleet: an ordinary company, mostly in order.

use std::collections::BTreeMap;

use super::build::base36;
use super::names::{PATHS, REGIONS, SITES, TEAMS};
use super::random::{Random, shares};
use super::sketch::{BehaviorSketch, Fate, GroupSketch, OriginSketch, Sketch};
use super::{PAGE, Planned, Settings, showcase};
use crate::domain::account::{Access, Account};
use crate::domain::distribution::HostHeader;
use crate::domain::ids::{AccountId, Partition};
use crate::inventory::report::AccountIx;

/// How much is invented in one account.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Share {
    distributions: usize,
    origins: usize,
}

/// CloudFront's default quota of origins in a distribution.
const ORIGINS_AT_MOST: usize = 25;

/// Adds accounts up to the wanted number and gives out what is to be invented.
pub(super) fn fill(planned: &mut Vec<Planned>, settings: Settings) {
    let hand_written = planned.len();
    planned.extend(
        (hand_written..settings.accounts).map(|ix| account(ix, ix - hand_written, settings.seed)),
    );
    let invented = planned.len() > hand_written;
    let takes = |p: &Planned| p.fate == Fate::Complete && (p.ix >= hand_written || !invented);
    let (distributions, origins) = left(planned, settings);
    let weights: Vec<usize> = planned
        .iter()
        .map(|p| match takes(p) {
            true => 1 + Random::of(settings.seed, 3, p.ix).below(6),
            false => 0,
        })
        .collect();
    let of_distributions = shares(distributions, &weights);
    let of_origins = shares(origins - distributions, &of_distributions);
    for (at, planned) in planned.iter_mut().enumerate() {
        planned.share = Share {
            distributions: of_distributions[at],
            origins: of_distributions[at] + of_origins[at],
        };
    }
}

/// What the hand-written accounts leave to invent. Each distribution has an origin at least.
fn left(planned: &[Planned], settings: Settings) -> (usize, usize) {
    let seen = || planned.iter().flat_map(Planned::arriving);
    let origins: usize = seen().map(|sketch| sketch.origins.len()).sum();
    let origins = settings.origins.saturating_sub(origins);
    let distributions = settings.distributions.saturating_sub(seen().count());
    (distributions.max(origins.div_ceil(ORIGINS_AT_MOST)).min(origins), origins)
}

fn account(ix: AccountIx, number: usize, seed: u64) -> Planned {
    let mut random = Random::of(seed, 4, ix);
    let (word, team) = TEAMS[number % TEAMS.len()];
    let stage = random.pick(&["prod", "prod", "prod", "staging", "dev"]);
    let id = account_id(ix);
    let round = match number / TEAMS.len() {
        0 => String::new(),
        n => format!("-{}", n + 1),
    };
    let mut tags = vec![format!("env:{stage}")];
    if random.chance(15) {
        tags.push("scope:pci".to_owned());
    }
    let account = Account {
        name: format!("{word}-{stage}{round}"),
        tags,
        vars: BTreeMap::from([("owner".to_owned(), team.to_owned())]),
        fix_profile: random
            .chance(if stage == "prod" { 75 } else { 15 })
            .then(|| format!("{word}-{stage}-admin")),
        enabled: true,
        partition: Partition::Aws,
        access: Access::Assume(showcase::assume(id.as_str(), Partition::Aws, &[])),
        place: showcase::place(ix),
        id,
    };
    let (fate, page, shown, share) = (Fate::Complete, PAGE, Vec::new(), Share::default());
    Planned { ix, account, fate, page, shown, share }
}

/// Twelve digits that are plainly invented: `102300001023`. Hand-written ones look otherwise.
fn account_id(ix: AccountIx) -> AccountId {
    let number = 1000 + ix;
    let (low, high) = (number % 10_000, number / 10_000 % 10_000);
    AccountId::parse(&format!("{low:04}{high:04}{low:04}")).expect("three times four digits")
}

/// The invented distributions of an account.
pub(super) fn sketches(planned: &Planned, seed: u64) -> Vec<Sketch> {
    let mut random = Random::of(seed, 5, planned.ix);
    let Share { distributions, origins } = planned.share;
    let weights: Vec<usize> = (0..distributions).map(|_| 1 + random.below(3)).collect();
    let more = shares(origins - distributions, &weights);
    more.into_iter()
        .enumerate()
        .map(|(at, more)| sketch(planned, at, 1 + more, seed, &mut random))
        .collect()
}

fn sketch(planned: &Planned, at: usize, origins: usize, seed: u64, random: &mut Random) -> Sketch {
    let word = planned.account.name.split('-').next().unwrap_or("site");
    let site = random.pick(SITES);
    let mut shaped: Vec<Shape> = Vec::with_capacity(origins);
    for number in 0..origins {
        shaped.push(shape(word, number, at, random));
    }
    let mut behaviors: Vec<BehaviorSketch> = Vec::with_capacity(origins);
    for (number, shape) in shaped.iter().enumerate() {
        let path = (number > 0).then(|| path(number, random));
        behaviors.push(BehaviorSketch {
            path,
            to: shape.origin.id.clone(),
            viewer: Some(shape.viewer.to_owned()),
            edge: random.chance(4),
            host: host(&shape.origin),
        });
    }
    let groups = grouped(&shaped, &mut behaviors, random);
    Sketch {
        id: distribution_id(planned.ix, at, seed),
        aliases: aliases(word, site, at, random),
        comment: comment(word, site, random),
        disabled: random.chance(2),
        staging: random.chance(1),
        status: random.chance(1).then(|| "InProgress".to_owned()),
        days: u16::try_from(1 + random.below(900)).expect("it is below 901"),
        origins: shaped.into_iter().map(|shape| shape.origin).collect(),
        groups,
        behaviors,
        ..Sketch::default()
    }
}

/// An origin, and what its viewers may speak.
struct Shape {
    origin: OriginSketch,
    viewer: &'static str,
}

fn shape(word: &str, number: usize, at: usize, random: &mut Random) -> Shape {
    let safe = random.pick(&["redirect-to-https", "redirect-to-https", "https-only"]);
    let name = random.pick(SITES);
    let s3 = |signing: &str, random: &mut Random| OriginSketch {
        id: format!("S3-{name}-{number}"),
        domain: format!("{name}-{word}-example-{at}.s3.{}.amazonaws.com", random.pick(REGIONS)),
        s3: Some(signing.to_owned()),
        ..OriginSketch::default()
    };
    let custom = |policy: &str, domain: String| OriginSketch {
        id: format!("{name}-{number}"),
        domain,
        custom: Some(policy.to_owned()),
        ..OriginSketch::default()
    };
    let web = |policy: &str, random: &mut Random| custom(policy, domain(word, name, random));
    let plain = |policy: &str, random: &mut Random| custom(policy, server(word, name, random));
    let (origin, viewer) = match random.below(200) {
        0..90 => (web("https-only", random), safe),
        90..98 => (web("https-only", random), "allow-all"),
        98..150 => (s3("always", random), safe),
        150..156 => (s3("none", random), safe),
        156..182 => (plain("match-viewer", random), safe),
        182..186 => (plain("http-only", random), safe),
        186..187 => (plain("http-only", random), "allow-all"),
        187..189 => (plain("match-viewer", random), "allow-all"),
        189..191 => (s3("none", random), "allow-all"),
        191..193 => (s3("always", random), "allow-all"),
        193..194 => (website(word, name, number, random), safe),
        _ => {
            let tls = Some(["TLSv1", "TLSv1.1", "TLSv1.2"].map(str::to_owned).to_vec());
            (OriginSketch { tls, ..plain("https-only", random) }, safe)
        }
    };
    Shape { origin, viewer }
}

/// No certificate can name a load balancer's own domain: where CloudFront speaks TLS to one, it
/// is by the viewer's name.
fn host(origin: &OriginSketch) -> Option<HostHeader> {
    origin.domain.contains(".elb.").then_some(HostHeader::Forwarded)
}

fn website(word: &str, name: &str, number: usize, random: &mut Random) -> OriginSketch {
    OriginSketch {
        id: format!("website-{number}"),
        domain: format!("{name}-{word}-example.s3-website-{}.amazonaws.com", random.pick(REGIONS)),
        custom: Some("http-only".to_owned()),
        ..OriginSketch::default()
    }
}

/// Any domain of an origin that speaks TLS.
fn domain(word: &str, name: &str, random: &mut Random) -> String {
    let region = random.pick(REGIONS);
    let id = base36(random.next(), 5).to_ascii_lowercase();
    match random.below(4) {
        0 => format!("example{id}.execute-api.{region}.amazonaws.com"),
        1 => format!("example{id}.lambda-url.{region}.on.aws"),
        _ => server(word, name, random),
    }
}

/// A domain of a server that may speak plain HTTP too: API Gateway and Lambda do not.
fn server(word: &str, name: &str, random: &mut Random) -> String {
    let region = random.pick(REGIONS);
    let number = 1_000_000_000 + random.below(900_000_000);
    match random.below(7) {
        0..4 => format!("{word}-{name}-example-{number}.{region}.elb.amazonaws.com"),
        4 => format!("{name}-origin.{word}.example"),
        5 => format!("{name}.{word}.internal.example.com"),
        _ => format!("{name}.{word}.example.net"),
    }
}

fn path(number: usize, random: &mut Random) -> String {
    match number <= PATHS.len() {
        true => PATHS[number - 1].to_owned(),
        false => format!("/{}/{number}/*", random.pick(SITES)),
    }
}

/// Now and then the first two origins stand in for each other.
fn grouped(
    shaped: &[Shape],
    behaviors: &mut [BehaviorSketch],
    random: &mut Random,
) -> Vec<GroupSketch> {
    let [first, second, ..] = shaped else { return Vec::new() };
    if !random.chance(8) {
        return Vec::new();
    }
    let id = format!("{}-failover", first.origin.id);
    behaviors[0].to.clone_from(&id);
    vec![GroupSketch { id, members: vec![first.origin.id.clone(), second.origin.id.clone()] }]
}

/// In the shape of CloudFront's, never twice in an account.
fn distribution_id(account: AccountIx, at: usize, seed: u64) -> String {
    const IDS: u64 = 36u64.pow(6);
    // Coprime to 36, so that different numbers stay different.
    const SPREAD: u64 = 1_234_567_891;
    let number = (account as u64 * 131_072 + at as u64) % IDS;
    let spread = (number * SPREAD + Random::of(seed, 6, 0).next() % IDS) % IDS;
    let digits = base36(spread, 6);
    format!("E{}EXAMPLE{}", &digits[..3], &digits[3..])
}

fn aliases(word: &str, site: &str, at: usize, random: &mut Random) -> Vec<String> {
    let first = match at {
        0 => format!("{site}.{word}.example"),
        _ => format!("{site}-{at}.{word}.example"),
    };
    match random.below(5) {
        0 => Vec::new(),
        1 => vec![first, format!("{site}.{word}.example.org")],
        _ => vec![first],
    }
}

fn comment(word: &str, site: &str, random: &mut Random) -> String {
    match random.below(4) {
        0 => String::new(),
        1 => format!("{word} {site}, managed by Terraform"),
        2 => format!("{site} of {word}"),
        _ => format!("{word}/{site}: do not change by hand"),
    }
}

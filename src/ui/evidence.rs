//! The Evidence tab: the verdict as a sentence, the two questions, and each input with the call
//! that it came from.

mod sources;

use ratatui::text::Span;

use self::sources::{LISTING, LOOK_UP, Sources};
use super::Pane;
use super::glyphs::Glyphs;
use super::sheet::{Sheet, say};
use super::theme::Theme;
use super::words;
use crate::domain::distribution::{
    Behavior, CustomOrigin, Looked, ProtocolPolicy, S3Origin, ViewerPolicy, VpcEndpoint, VpcOrigin,
};
use crate::domain::endpoint;
use crate::domain::exposure::Exposure;
use crate::domain::finding::Finding;
use crate::domain::rule::RULE_ID;
use crate::domain::verdict::Lens;

/// Everything that the verdict of a finding rests on.
pub fn evidence(
    finding: &Finding<'_>,
    theme: &Theme,
    glyphs: Glyphs,
    lens: Lens,
    width: u16,
) -> Pane {
    let mut sheet = Sheet::new(theme, glyphs, width);
    verdict(&mut sheet, finding, lens);
    questions(&mut sheet, finding);
    let sources = Sources::of(finding);
    origin(&mut sheet, finding, &sources);
    behaviors(&mut sheet, finding, &sources);
    distribution(&mut sheet, finding, &sources);
    sources.list(&mut sheet, finding.distribution);
    sheet.finish()
}

fn verdict(sheet: &mut Sheet<'_>, finding: &Finding<'_>, lens: Lens) {
    let verdict = finding.assessment.verdict(lens);
    let style = sheet.theme.verdict(verdict);
    let sentence = match lens {
        Lens::Traffic => finding.reason(),
        Lens::D9 if !finding.assessment.whole => finding.reason(),
        Lens::D9 => format!(
            "{RULE_ID}: {}",
            words::rule_why(finding.assessment.rule, finding.assessment.clause)
        ),
    };
    sheet.spans(vec![
        say(format!("{} {} ", sheet.glyphs.verdict(verdict), verdict.word().trim_end()), style),
        say("origin ", sheet.theme.text),
        say(finding.origin.id.as_str(), sheet.theme.title),
        say(" of ", sheet.theme.text),
        say(finding.distribution.id.as_str(), sheet.theme.title),
        say(format!(": {sentence}"), sheet.theme.text),
    ]);
}

/// The rule's answer and the truth, one under the other.
fn questions(sheet: &mut Sheet<'_>, finding: &Finding<'_>) {
    let assessment = finding.assessment;
    let theme = sheet.theme;
    sheet.heading("The two questions");
    let style = theme.verdict(assessment.verdict(Lens::D9));
    let mark = match assessment.gap() {
        true => format!("{} {}", words::rule_word(assessment.rule), sheet.glyphs.gap()),
        false => words::rule_word(assessment.rule).to_owned(),
    };
    sheet.row(
        RULE_ID,
        vec![
            say(mark, style),
            say(": ", theme.text),
            say(words::rule_why(assessment.rule, assessment.clause), theme.text),
        ],
    );
    for defect in &finding.distribution.defects {
        let said = format!("{defect}: what the rule says of the rest proves nothing");
        sheet.row("not whole", vec![say(said, theme.unknown)]);
    }
    let traffic = theme.verdict(assessment.verdict(Lens::Traffic));
    sheet.row(
        "traffic",
        vec![
            say(words::exposure_name(assessment.exposure), traffic),
            say(format!(": {}", words::exposure_meaning(assessment.exposure)), theme.text),
        ],
    );
    if assessment.gap() {
        let why = words::gap(assessment, &finding.plaintext_paths());
        sheet.row("gap", vec![say(format!("{} {why}", sheet.glyphs.gap()), theme.fails)]);
    }
    if assessment.overcautious() {
        sheet.fact(
            "overcautious",
            "the rule fails, yet nothing can travel in plaintext from CloudFront to the origin",
        );
    }
    if assessment.edge_rewrite {
        let paths = words::edge_paths(&finding.distribution.behaviors).join(", ");
        let caveat = format!(
            "{} code at the edge runs on {paths} and may choose another origin or protocol; the \
             verdict is of the configuration, not of that code",
            sheet.glyphs.edge()
        );
        sheet.row("edge code", vec![say(caveat, theme.warns)]);
    }
}

fn origin(sheet: &mut Sheet<'_>, finding: &Finding<'_>, sources: &Sources<'_>) {
    let origin = finding.origin;
    sheet.heading("Origin");
    let listed = sources.cite(LISTING, sheet.theme);
    cited(sheet, "id", origin.id.as_str(), &listed);
    cited(sheet, "domain", &origin.domain, &listed);
    if !origin.path.is_empty() {
        cited(sheet, "path", &origin.path, &listed);
    }
    let kind = match endpoint::service(origin) {
        word @ ("s3+oac" | "elb" | "apigw" | "lambda" | "media") => {
            format!("{} ({word})", words::kind(finding.assessment.kind))
        }
        _ => words::kind(finding.assessment.kind).to_owned(),
    };
    cited(sheet, "kind", kind, &listed);
    if let Some(custom) = &origin.custom {
        custom_origin(sheet, finding, custom, &listed);
    }
    if let Some(s3) = &origin.s3 {
        s3_origin(sheet, s3, sources);
    }
    if let Some(vpc) = &origin.vpc {
        vpc_origin(sheet, finding, vpc, sources);
    }
    for name in &origin.header_names {
        let theme = sheet.theme;
        let value =
            vec![say(name, theme.text), say(" (value not read)", theme.muted), listed.clone()];
        sheet.row("adds header", value);
    }
}

fn custom_origin(
    sheet: &mut Sheet<'_>,
    finding: &Finding<'_>,
    custom: &CustomOrigin,
    from: &Span<'static>,
) {
    protocol(sheet, &custom.protocol, from);
    ports(sheet, custom.http_port, custom.https_port, from);
    tls(sheet, finding, custom.ssl_protocols.as_deref(), from);
}

fn s3_origin(sheet: &mut Sheet<'_>, s3: &S3Origin, sources: &Sources<'_>) {
    let theme = sheet.theme;
    let listed = sources.cite(LISTING, theme);
    let Some(id) = &s3.access_control else {
        return cited(sheet, "OAC", "none: nothing signs for it", &listed);
    };
    cited(sheet, "OAC", id, &listed);
    match &s3.signing {
        Looked::Found { value, .. } => {
            let looked = sources.cite(LOOK_UP, theme);
            cited(sheet, "OAC signs", value.as_str(), &looked);
        }
        Looked::NotNeeded => sheet.row(
            "OAC signs",
            vec![say("not looked up: the verdict does not depend on it", theme.muted)],
        ),
        Looked::Missing => sheet
            .row("OAC signs", vec![say("unknown: the account does not list it", theme.unknown)]),
        Looked::Failed(why) => {
            sheet.row("OAC signs", vec![say(format!("unknown: {why}"), theme.unknown)]);
        }
    }
}

fn vpc_origin(
    sheet: &mut Sheet<'_>,
    finding: &Finding<'_>,
    vpc: &VpcOrigin,
    sources: &Sources<'_>,
) {
    let theme = sheet.theme;
    let listed = sources.cite(LISTING, theme);
    cited(sheet, "VPC origin", &vpc.vpc_origin_id, &listed);
    if let Some(owner) = &vpc.owner {
        cited(sheet, "owner account", owner, &listed);
    }
    let trouble = match &vpc.endpoint {
        Looked::Found { value, .. } => {
            let looked = sources.cite(LOOK_UP, theme);
            cited(sheet, "endpoint", &value.arn, &looked);
            status(sheet, value, &looked);
            protocol(sheet, &value.protocol, &looked);
            ports(sheet, value.http_port, value.https_port, &looked);
            return tls(sheet, finding, value.ssl_protocols.as_deref(), &looked);
        }
        Looked::NotNeeded => "it was not read".to_owned(),
        Looked::Missing => "there is no such VPC origin".to_owned(),
        Looked::Failed(why) => why.clone(),
    };
    sheet.row("endpoint", vec![say(format!("unknown: {trouble}"), theme.unknown)]);
}

/// The VPC origin's own status; it is deployed apart from the distribution.
fn status(sheet: &mut Sheet<'_>, endpoint: &VpcEndpoint, from: &Span<'static>) {
    let theme = sheet.theme;
    let said = match endpoint.is_deployed() {
        true => say(&endpoint.status, theme.text),
        false => say(
            format!(
                "{}: the edges may still use the VPC origin's configuration before this one",
                endpoint.status
            ),
            theme.warns,
        ),
    };
    sheet.row("VPC status", vec![said, from.clone()]);
}

fn protocol(sheet: &mut Sheet<'_>, policy: &ProtocolPolicy, from: &Span<'static>) {
    let theme = sheet.theme;
    let (word, style) = match policy {
        ProtocolPolicy::HttpOnly => ("http-only".to_owned(), theme.fails),
        ProtocolPolicy::MatchViewer => ("match-viewer".to_owned(), theme.text),
        ProtocolPolicy::HttpsOnly => ("https-only".to_owned(), theme.passes),
        ProtocolPolicy::Other(text) => {
            (format!("{text:?}, a value that this version does not know"), theme.unknown)
        }
    };
    sheet.row("protocol", vec![say(word, style), from.clone()]);
}

fn ports(sheet: &mut Sheet<'_>, http: i32, https: i32, from: &Span<'static>) {
    cited(sheet, "ports", format!("HTTP {http}, HTTPS {https}"), from);
}

/// Which members are weak is the assessment's to say: none is where the list is not used.
fn tls(
    sheet: &mut Sheet<'_>,
    finding: &Finding<'_>,
    protocols: Option<&[String]>,
    from: &Span<'static>,
) {
    let theme = sheet.theme;
    let Some(protocols) = protocols else {
        return cited(sheet, "TLS versions", "not told", from);
    };
    let mut spans = Vec::new();
    for (at, name) in protocols.iter().enumerate() {
        if at > 0 {
            spans.push(say(", ", theme.text));
        }
        match finding.assessment.weak_tls.contains(name) {
            true => spans.push(say(format!("{name} (weak)"), theme.warns)),
            false => spans.push(say(name, theme.text)),
        }
    }
    if finding.protocol() == ProtocolPolicy::HttpOnly.known() {
        spans.push(say(" (not used with http-only)", theme.muted));
    }
    spans.push(from.clone());
    sheet.row("TLS versions", spans);
}

fn behaviors(sheet: &mut Sheet<'_>, finding: &Finding<'_>, sources: &Sources<'_>) {
    let distribution = finding.distribution;
    let listed = sources.cite(LISTING, sheet.theme);
    sheet.heading_spans(vec![say("Behaviors that route here", sheet.theme.title), listed]);
    let mut none = true;
    for behavior in distribution.routes(finding.origin) {
        none = false;
        let spans = route(sheet, finding, behavior);
        sheet.indented(4, spans);
    }
    match (none, finding.assessment.whole) {
        (true, true) => {
            sheet.text("none: CloudFront sends nothing to this origin now", sheet.theme.muted);
        }
        (_, false) => {
            sheet.text("there may be others: what was read is not whole", sheet.theme.unknown);
        }
        (false, true) => {}
    }
}

fn route(sheet: &Sheet<'_>, finding: &Finding<'_>, behavior: &Behavior) -> Vec<Span<'static>> {
    let theme = sheet.theme;
    let travels = finding.assessment.exposure == Exposure::PlaintextPossible;
    let (mark, style) = match &behavior.viewer {
        ViewerPolicy::AllowAll if travels => (sheet.glyphs.wrong(), theme.fails),
        ViewerPolicy::AllowAll => ('!', theme.warns),
        ViewerPolicy::Other(_) => ('?', theme.unknown),
        ViewerPolicy::RedirectToHttps | ViewerPolicy::HttpsOnly => (' ', theme.text),
    };
    let mut spans = vec![
        say(format!("{mark} "), style),
        say(behavior.path(), theme.text),
        say("  viewers: ", theme.muted),
        say(behavior.viewer.as_str(), style),
    ];
    if behavior.target != finding.origin.id {
        spans.push(say("  via group ", theme.muted));
        spans.push(say(behavior.target.as_str(), theme.text));
    }
    if behavior.edge_code {
        spans.push(say(format!("  {} edge code", sheet.glyphs.edge()), theme.warns));
    }
    spans
}

fn distribution(sheet: &mut Sheet<'_>, finding: &Finding<'_>, sources: &Sources<'_>) {
    let distribution = finding.distribution;
    let theme = sheet.theme;
    let listed = sources.cite(LISTING, theme);
    sheet.heading_spans(vec![say("Distribution", theme.title), listed]);
    sheet.fact("id", distribution.id.as_str());
    sheet.fact("domain", &distribution.domain);
    sheet.fact("account", format!("{} ({})", finding.account.name, finding.account.id));
    let status = match distribution.is_deployed() {
        true => say(&distribution.status, theme.text),
        false => say(
            format!(
                "{}: the edges may still serve the configuration before this one",
                distribution.status
            ),
            theme.warns,
        ),
    };
    sheet.fact("enabled", words::yes_no(distribution.enabled));
    sheet.row("status", vec![status]);
    sheet.fact("staging", words::yes_no(distribution.staging));
    let modified = distribution.last_modified.map_or("not told".to_owned(), words::time);
    sheet.fact("last modified", modified);
}

fn cited(sheet: &mut Sheet<'_>, label: &str, value: impl AsRef<str>, from: &Span<'static>) {
    sheet.row(label, vec![say(value, sheet.theme.text), from.clone()]);
}

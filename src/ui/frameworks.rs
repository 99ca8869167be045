//! The Frameworks tab: what the rule belongs to. Texts are CloudGuard's own; a control of
//! another catalogue is named only with the source of the mapping.

use super::Pane;
use super::glyphs::Glyphs;
use super::sheet::{Sheet, say};
use super::theme::Theme;
use crate::domain::rule::RULE_ID;

/// CloudGuard's list of the rulesets that hold the rule, one a line, in its order.
pub const FRAMEWORKS: &str = include_str!("../../assets/frameworks.txt");

const TITLE: &str = "Use encrypted connection between CloudFront and origin server";

const DESCRIPTION: &str = "Enforce HTTPS-only traffic between a CloudFront distribution and the \
    origin. It is recommended to use HTTPS for secure communications between your CloudFront \
    distribution and end users to guarantee encryption of traffic and prevent malicious actors \
    from intercepting your traffic. This rule runs on all the origins except S3 Buckets";

const RULE: [&str; 4] = [
    "CloudFront where not with [ s3OriginConfig]",
    "should have with [ customOriginConfig.originProtocolPolicy='https-only' ]",
    "or distributionConfig.defaultCacheBehavior.viewerProtocolPolicy='redirect-to-https'",
    "or distributionConfig.defaultCacheBehavior.viewerProtocolPolicy='https-only'",
];

/// Id, title, and how it stands to this rule.
const CONTROLS: [(&str, &str, &str); 3] = [
    (
        "CloudFront.9",
        "CloudFront distributions should encrypt traffic to custom origins",
        "the nearest one: http-only fails, and match-viewer where viewers may use plain HTTP",
    ),
    (
        "CloudFront.10",
        "CloudFront distributions should not use deprecated SSL protocols between edge locations \
         and custom origins",
        "the second axis, weak TLS; it looks for SSLv3 only",
    ),
    (
        "CloudFront.3",
        "CloudFront distributions should require encryption in transit",
        "the viewer's leg, on which match-viewer and S3 origins depend",
    ),
];

const SECURITY_HUB: &str =
    "https://docs.aws.amazon.com/securityhub/latest/userguide/cloudfront-controls.html";

/// The rule, its risk level and category, and every framework that it belongs to.
pub fn frameworks(theme: &Theme, glyphs: Glyphs, width: u16) -> Pane {
    let mut sheet = Sheet::new(theme, glyphs, width);
    sheet.text(format!("{RULE_ID}  {TITLE}"), theme.title);
    sheet.row("risk level", vec![say("High", theme.alert)]);
    sheet.fact("cloud entity", "Amazon CloudFront");
    sheet.fact("category", "Networking & Content Delivery");
    sheet.fact("Spectral", "covered");
    sheet.blank();
    sheet.text(DESCRIPTION, theme.text);
    sheet.heading("The rule as written");
    for line in RULE {
        sheet.indented(4, vec![say("  ", theme.code), say(line, theme.code)]);
    }
    let listed: Vec<&str> = FRAMEWORKS.lines().collect();
    sheet.heading(&format!("Compliance frameworks ({})", listed.len()));
    for name in listed {
        let dot = sheet.glyphs.dot();
        sheet.indented(4, vec![say(format!("  {dot} "), theme.muted), say(name, theme.text)]);
    }
    sheet.heading("AWS Security Hub controls");
    for (id, title, relation) in CONTROLS {
        sheet.row(id, vec![say(title, theme.text), say(format!(" ({relation})"), theme.muted)]);
    }
    sheet.row(
        "source",
        vec![say("AWS Security Hub user guide, CloudFront controls: ", theme.muted)],
    );
    sheet.row("", vec![say(SECURITY_HUB, theme.link)]);
    sheet.finish()
}

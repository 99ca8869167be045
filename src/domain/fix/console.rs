//! The portal's steps, in the words of the rule's own remediation text, with the values of this
//! origin below each step.

use super::cases::weak_of;
use super::plan::{self, rest_endpoint};
use super::{Case, groups, open_behaviors};
use crate::domain::distribution::Behavior;
use crate::domain::finding::Finding;

const SIGN_IN: &str = "1. Sign in to the AWS Management Console and open the CloudFront console.";
const CHOOSE: &str = "2. In the top pane of the CloudFront console, choose the ID for the distribution that you want to update.";
const EDIT_ORIGIN: &str =
    "3. On the Origins tab, choose the origin that you want to update, and then choose Edit.";
const UPDATE: &str = "4. Update the following settings:";
const SAVE: &str = "5. Choose Yes, Edit.";
const CONFIRM: &str = "6. Confirm the following before you use the updated configuration in a production environment:";

/// The steps, with values as AWS gave them.
pub(super) fn lines(finding: &Finding<'_>, case: Case) -> Vec<String> {
    let mut lines = opening(finding);
    lines.extend(steps(finding, case));
    lines.extend(confirmations(finding));
    lines
}

/// Steps 3 to 5 of one fix.
pub(super) fn steps(finding: &Finding<'_>, case: Case) -> Vec<String> {
    match case {
        Case::HttpsOnly { .. } => https_only(finding),
        Case::StrongTls => strong_tls(finding),
        Case::RedirectViewers { .. } => redirect_viewers(finding),
        Case::LeaveWebsite { broken } => leave_website(finding, broken),
        Case::ReplaceVpcOrigin { .. } => replace_vpc_origin(finding, "HTTPS Only"),
        Case::StrongTlsVpc => replace_vpc_origin(finding, "TLSv1.2 as the only SSL protocol"),
        Case::SignAlways => sign_always(finding),
        Case::Remove => remove(finding),
        Case::NotKnown | Case::Nothing => Vec::new(),
    }
}

/// The distribution's page in the console; `None` where the id is not one that CloudFront gives.
pub fn link(finding: &Finding<'_>) -> Option<String> {
    let partition = finding.account.partition;
    let id = finding.distribution.id.as_str();
    id.bytes().all(|b| b.is_ascii_alphanumeric()).then(|| {
        format!(
            "https://{}/cloudfront/v4/home?region={}#/distributions/{id}",
            partition.console_host(),
            partition.region(),
        )
    })
}

fn opening(finding: &Finding<'_>) -> Vec<String> {
    let (account, distribution) = (finding.account, finding.distribution);
    let mut named = format!("   {} ({})", distribution.id.as_str(), distribution.domain);
    if !distribution.comment.is_empty() {
        named += &format!(", {}", distribution.comment);
    }
    let at = link(finding).map(|link| format!(": {link}")).unwrap_or_default();
    vec![
        SIGN_IN.to_owned(),
        format!("   Account {} ({}){at}", account.id, account.name),
        CHOOSE.to_owned(),
        named,
    ]
}

fn origin_line(finding: &Finding<'_>) -> String {
    format!("   {} ({})", finding.origin.id.as_str(), finding.origin.domain)
}

fn https_only(finding: &Finding<'_>) -> Vec<String> {
    vec![
        EDIT_ORIGIN.to_owned(),
        origin_line(finding),
        UPDATE.to_owned(),
        "   Origin Protocol Policy - Change the Origin Protocol Policy for the applicable origins in your distribution:".to_owned(),
        format!("   from {} to HTTPS Only (today's console: Protocol, HTTPS only)", finding.protocol().unwrap_or("what it is")),
        "   a. HTTPS Only - CloudFront uses only HTTPS to communicate with your custom origin.".to_owned(),
        "   b. Match Viewer - CloudFront communicates with your custom origin using HTTP or HTTPS, depending on the protocol of the viewer request. For example, if you choose Match Viewer for Origin Protocol Policy and the viewer uses HTTPS to request an object from CloudFront, CloudFront also uses HTTPS to forward the request to your origin.".to_owned(),
        "   Note: Choose Match Viewer only if you specify Redirect HTTP to HTTPS or HTTPS Only for Viewer Protocol Policy. CloudFront caches the object only once even if viewers make requests using both HTTP and HTTPS protocols.".to_owned(),
        SAVE.to_owned(),
        "   (today's console: Save changes)".to_owned(),
    ]
}

fn strong_tls(finding: &Finding<'_>) -> Vec<String> {
    vec![
        EDIT_ORIGIN.to_owned(),
        origin_line(finding),
        UPDATE.to_owned(),
        format!("   Minimum Origin SSL Protocol - from {} to TLSv1.2", weak_of(finding).join(", ")),
        SAVE.to_owned(),
        "   (today's console: Save changes)".to_owned(),
    ]
}

fn redirect_viewers(finding: &Finding<'_>) -> Vec<String> {
    let open = open_behaviors(finding);
    if open.is_empty() {
        return vec![
            "3. On the Origins tab, choose the origin that you want to update.".to_owned(),
            origin_line(finding),
            UPDATE.to_owned(),
            "   No behavior routes to it: delete the origin, or attach a new origin access control that always signs.".to_owned(),
            "5. Choose Delete, or Save changes.".to_owned(),
        ];
    }
    let mut lines = vec![
        "3. On the Behaviors tab, choose each of these behaviors in turn, and then choose Edit."
            .to_owned(),
    ];
    lines.extend(open.iter().map(|b| format!("   {}", behavior(finding, b))));
    lines.extend([
        UPDATE.to_owned(),
        "   Viewer Protocol Policy - from HTTP and HTTPS (allow-all) to Redirect HTTP to HTTPS"
            .to_owned(),
        SAVE.to_owned(),
        "   (today's console: Save changes)".to_owned(),
    ]);
    lines
}

fn sign_always(finding: &Finding<'_>) -> Vec<String> {
    vec![
        EDIT_ORIGIN.to_owned(),
        origin_line(finding),
        UPDATE.to_owned(),
        "   Origin access - Origin access control settings; choose Create new OAC, never one that other origins share".to_owned(),
        "   Signing behavior - Sign requests, without Do not override authorization header".to_owned(),
        "   Copy the policy that the console offers into the bucket's policy before you save.".to_owned(),
        SAVE.to_owned(),
        "   (today's console: Save changes)".to_owned(),
    ]
}

fn remove(finding: &Finding<'_>) -> Vec<String> {
    let mut lines = vec![
        "3. On the Origins tab, choose the origin, which no behavior routes to.".to_owned(),
        origin_line(finding),
    ];
    lines.push("4. Delete first what holds it:".to_owned());
    let groups: Vec<&str> = groups(finding).collect();
    lines.push(match groups.as_slice() {
        [] => "   nothing: it is in no origin group".to_owned(),
        groups => format!("   the origin groups {}", groups.join(", ")),
    });
    lines.push("5. Choose Delete.".to_owned());
    lines
}

fn leave_website(finding: &Finding<'_>, broken: bool) -> Vec<String> {
    let rest = rest_endpoint(&finding.origin.domain).unwrap_or_else(|| "of the bucket".to_owned());
    let why = match broken {
        true => "CloudFront answers 502 now, because this endpoint has no TLS.",
        false => "Do not choose HTTPS Only: this endpoint has no TLS, and the site would go down.",
    };
    vec![
        "3. On the Origins tab, choose Create origin; the website endpoint stays until the new origin serves.".to_owned(),
        origin_line(finding),
        format!("   {why}"),
        UPDATE.to_owned(),
        format!("   Origin domain - the REST endpoint {rest}"),
        "   Origin access - Origin access control settings, a new control that always signs; copy the bucket policy that the console shows into the bucket".to_owned(),
        "   On the Behaviors tab, point at the new origin what goes to the old one".to_owned(),
        "5. Choose Create origin, then Save changes on each behavior; delete the old origin when all is Deployed.".to_owned(),
    ]
}

fn replace_vpc_origin(finding: &Finding<'_>, wanted: &str) -> Vec<String> {
    let id = finding.origin.vpc.as_ref().map_or("", |vpc| &vpc.vpc_origin_id);
    vec![
        "3. Under VPC origins, choose Create VPC origin for the same endpoint; one in use cannot be changed.".to_owned(),
        format!("   in place of {id}, with {wanted}; wait until it is Deployed"),
        UPDATE.to_owned(),
        "   On the Origins tab of the distribution, edit this origin to use the new VPC origin:".to_owned(),
        origin_line(finding),
        "5. Choose Save changes; delete the old VPC origin when nothing uses it.".to_owned(),
    ]
}

fn confirmations(finding: &Finding<'_>) -> Vec<String> {
    let mut lines = vec![
        CONFIRM.to_owned(),
        "   a. The path pattern in each cache behavior applies only to the requests that you want viewers to use HTTPS for.".to_owned(),
    ];
    let all = &finding.distribution.behaviors;
    let ordered = all.iter().filter(|b| b.path.is_some());
    let evaluated = ordered.chain(finding.distribution.default_behavior());
    lines.extend(
        all.iter()
            .filter(|b| finding.distribution.reaches(b, finding.origin))
            .map(|b| format!("      {}: {}", b.path(), b.viewer.as_str())),
    );
    lines.push("   b. The cache behaviors are listed in the order that you want CloudFront to evaluate them in. For more information, see Path pattern.".to_owned());
    let order: Vec<&str> = evaluated.map(Behavior::path).collect();
    if !order.is_empty() {
        lines.push(format!("      {}", order.join(", ")));
    }
    lines.push("   c. The cache behaviors are routing requests to the origins that you changed the Origin Protocol Policy for.".to_owned());
    lines.push(format!("      {}: {}", finding.origin.id.as_str(), plan::targets(finding)));
    lines
}

fn behavior(finding: &Finding<'_>, behavior: &Behavior) -> String {
    let via = groups(finding).find(|group| *group == behavior.target.as_str());
    match via {
        Some(group) => format!("{} (by origin group {group})", behavior.path()),
        None => behavior.path().to_owned(),
    }
}

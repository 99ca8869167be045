//! Plans of the fixes that are not the first of an origin: what may be done instead.

use super::template::bucket;
use super::{Case, groups, open_behaviors};
use crate::domain::endpoint::OriginKind;
use crate::domain::finding::Finding;

/// The plan's lines, with values as AWS gave them; `None` for a fix that is planned elsewhere.
pub(super) fn lines(finding: &Finding<'_>, case: Case) -> Option<Vec<String>> {
    let body = match case {
        Case::SignAlways => sign_always(finding),
        Case::Remove => remove(finding),
        Case::RedirectViewers { .. } if finding.assessment.kind == OriginKind::Vpc => {
            redirect_viewers(finding)
        }
        _ => return None,
    };
    let mut lines = vec![
        "cf-tui plan: nothing is run by this text".to_owned(),
        format!(
            "Origin {} ({}) of distribution {} in account {}",
            finding.origin.id.as_str(),
            finding.origin.domain,
            finding.distribution.id.as_str(),
            finding.account.id
        ),
    ];
    lines.extend(body);
    Some(lines)
}

/// For a VPC origin: the configuration of the distribution does not tell whether CloudFront still
/// speaks to it as the viewer did, so no script may rely on it.
fn redirect_viewers(finding: &Finding<'_>) -> Vec<String> {
    let mut lines = vec!["CloudFront speaks to it as the viewer did. Set the viewer protocol policy on just these behaviors, and on no other:".to_owned()];
    let open = open_behaviors(finding);
    lines.extend(open.iter().map(|b| format!("  {}: allow-all -> redirect-to-https", b.path())));
    lines.push("Viewers that use plain HTTP are then answered with a redirect by CloudFront itself; clients that follow no redirect fail.".to_owned());
    lines.push("A behavior that is added later and lets plain HTTP in opens the gap again: only https-only on the origin closes it for good.".to_owned());
    lines
}

fn sign_always(finding: &Finding<'_>) -> Vec<String> {
    let bucket = bucket(&finding.origin.domain);
    vec![
        format!("1. Let the policy of bucket {bucket} allow s3:GetObject to the service principal cloudfront.amazonaws.com with AWS:SourceArn = {}, and the KMS key policy allow kms:Decrypt to it where objects are under SSE-KMS.", finding.distribution.arn),
        "2. Create a NEW origin access control for S3 whose signing behavior is always. Do not change one in place: every origin that shares it changes.".to_owned(),
        "3. Attach it to this origin alone. An origin access identity goes away with it.".to_owned(),
        "4. When the distribution is Deployed and serves well, take out of the bucket policy what nothing needs any more.".to_owned(),
        "It overwrites an Authorization header that viewers send.".to_owned(),
    ]
}

fn remove(finding: &Finding<'_>) -> Vec<String> {
    let groups: Vec<&str> = groups(finding).collect();
    let mut lines = vec!["No behavior routes to it now. See that no edge code chooses it, and that nobody is about to route to it again.".to_owned()];
    if !groups.is_empty() {
        lines.push(format!(
            "Take it out of the origin groups {} first: a group without its two members must go.",
            groups.join(", ")
        ));
    }
    lines.push("Delete the origin from the distribution, and then what it pointed at, once nothing else uses it.".to_owned());
    lines
}

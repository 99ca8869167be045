//! Plans: what no single command may do. As shell text a plan only prints itself.

use super::{Case, groups, open_behaviors};
use crate::domain::finding::Finding;
use crate::domain::quote::single;

/// The most bytes of a quoted line. A terminal that reads by lines, such as dash's, cuts what is
/// longer (at 4,096 on Linux, 1,024 on macOS): the closing quote would be lost, and the next
/// line be taken for commands.
pub(super) const LONGEST: usize = 1_000;

/// One `printf` of single-quoted lines: valid shell that changes nothing, because copied text
/// gets pasted, and zsh runs what stands after a `;` in a `#` line.
pub(super) fn inert(lines: &[String]) -> String {
    let words: Vec<String> =
        lines.iter().flat_map(|line| pieces(line)).map(|piece| single(&piece)).collect();
    format!("printf '%s\\n' {}", words.join(" \\\n  "))
}

/// A line in as many pieces as it takes to keep each short when quoted.
pub(super) fn pieces(line: &str) -> Vec<String> {
    let mut pieces = vec![String::new()];
    let mut size = 0;
    for c in line.chars() {
        let quoted = if c == '\'' { 4 } else { c.len_utf8() };
        if size + quoted > LONGEST {
            pieces.push("    ".to_owned());
            size = 4;
        }
        size += quoted;
        pieces.last_mut().expect("it begins with one").push(c);
    }
    pieces
}

/// The plan's lines, with values as AWS gave them.
pub(super) fn lines(finding: &Finding<'_>, case: Case) -> Vec<String> {
    let origin = finding.origin;
    let mut lines = vec![
        "cf-tui plan: nothing is run by this text".to_owned(),
        format!(
            "Origin {} ({}) of distribution {} in account {}",
            origin.id.as_str(),
            origin.domain,
            finding.distribution.id.as_str(),
            finding.account.id
        ),
    ];
    lines.extend(match case {
        Case::RedirectViewers { .. } => redirect_viewers(finding),
        Case::LeaveWebsite { broken } => leave_website(finding, broken),
        Case::ReplaceVpcOrigin { .. } => replace_vpc_origin(finding, "https-only"),
        Case::StrongTlsVpc => replace_vpc_origin(finding, "OriginSslProtocols TLSv1.2 alone"),
        Case::HttpsOnly { .. } | Case::StrongTls | Case::NotKnown | Case::Nothing => Vec::new(),
    });
    lines
}

/// For an S3 origin that no open behavior leads to; a script redirects the viewers of one.
fn redirect_viewers(finding: &Finding<'_>) -> Vec<String> {
    let mut lines = vec!["No behavior routes to it now: remove the origin, or keep it and see that every behavior that will route to it redirects HTTP to HTTPS.".to_owned()];
    lines.push("Alternative: a NEW origin access control whose signing behavior is always, attached to this origin alone.".to_owned());
    lines.push(format!("  First let the bucket policy allow s3:GetObject to the service principal cloudfront.amazonaws.com with AWS:SourceArn = {}, and the KMS key policy allow kms:Decrypt to it where objects are under SSE-KMS.", finding.distribution.arn));
    lines.push("  It overwrites an Authorization header that viewers send.".to_owned());
    lines.push("  Do not change the signing of an origin access control in place: every origin that shares it changes.".to_owned());
    lines
}

fn leave_website(finding: &Finding<'_>, broken: bool) -> Vec<String> {
    let origin = finding.origin;
    let mut lines = Vec::new();
    if broken {
        lines.push("CloudFront speaks HTTPS to it and answers 502 to viewers now, because an S3 website endpoint has no TLS.".to_owned());
    } else {
        lines.push("Do not set it to https-only: an S3 website endpoint has no TLS, and the site would go down.".to_owned());
    }
    let rest = rest_endpoint(&origin.domain)
        .unwrap_or_else(|| "BUCKET.s3.REGION.amazonaws.com".to_owned());
    lines.extend([
        "1. Create an origin access control for S3 that signs always.".to_owned(),
        format!("2. Let the bucket policy allow s3:GetObject to the service principal cloudfront.amazonaws.com with AWS:SourceArn = {}, and s3:ListBucket where a missing object shall be a 404. Where objects are under SSE-KMS the key policy must allow kms:Decrypt to it.", finding.distribution.arn),
        format!("3. Add an origin {rest} to the distribution, with S3OriginConfig and that origin access control."),
        format!("4. Point at it what goes to the old origin now: {}. Try it on a staging distribution or one path first.", targets(finding)),
        "5. When the distribution is Deployed and serves well, remove the old origin, switch website hosting off and block public access to the bucket, once nothing else uses them.".to_owned(),
        "What is lost: index documents in subfolders (a CloudFront Function on viewer-request can add index.html), the bucket's redirect rules (the same), its error document (use custom error responses).".to_owned(),
    ]);
    lines
}

fn replace_vpc_origin(finding: &Finding<'_>, wanted: &str) -> Vec<String> {
    let Some(vpc) = &finding.origin.vpc else { return Vec::new() };
    let id = &vpc.vpc_origin_id;
    let endpoint = vpc.endpoint.found();
    let port = endpoint.map_or(443, |e| e.https_port);
    let arn = endpoint.map_or("the same endpoint", |e| e.arn.as_str());
    let owner = match &vpc.owner {
        Some(owner) if owner != finding.account.id.as_str() => {
            format!(" in account {owner}, which owns and shares it")
        }
        _ => String::new(),
    };
    let mut lines = vec![
        format!(
            "VPC origin {id} cannot be changed while a distribution uses it (409 CannotUpdateEntityWhileInUse): a second one takes its place."
        ),
        format!(
            "1. See that {arn} speaks TLS on port {port}, with a certificate for {} or for the Host header that is forwarded.",
            finding.origin.domain
        ),
        format!(
            "2. Create a second VPC origin on {arn} with {wanted}{owner}, and wait until it is Deployed."
        ),
        format!(
            "3. In the distribution set the VpcOriginId of this origin from {id} to the new one. Reached by: {}.",
            targets(finding)
        ),
        format!(
            "4. Wait until the distribution is Deployed; do the same for every other origin that uses {id}."
        ),
        format!("5. Delete {id} when nothing uses it any more."),
    ];
    let open = open_behaviors(finding);
    if finding.protocol() == Some("match-viewer") && !open.is_empty() {
        let paths: Vec<&str> = open.iter().map(|b| b.path()).collect();
        lines.push(format!("Until then: redirect-to-https as viewer protocol policy of {} keeps plain HTTP away from it.", paths.join(", ")));
    }
    lines
}

/// The behaviors and groups that lead to the origin, in words.
pub(super) fn targets(finding: &Finding<'_>) -> String {
    let routes = finding.distribution.routes(finding.origin);
    let mut targets: Vec<String> = routes.map(|b| format!("behavior {}", b.path())).collect();
    targets.extend(groups(finding).map(|group| format!("origin group {group}")));
    match targets.as_slice() {
        [] => "nothing routes to it now".to_owned(),
        targets => targets.join(", "),
    }
}

/// The REST endpoint of a website endpoint: `b.s3-website-REGION.amazonaws.com` and
/// `b.s3-website.REGION.amazonaws.com` → `b.s3.REGION.amazonaws.com`.
pub(super) fn rest_endpoint(website: &str) -> Option<String> {
    let lower = website.trim_end_matches('.').to_ascii_lowercase();
    let (at, mark) = [".", "-"]
        .map(|end| format!(".s3-website{end}"))
        .into_iter()
        .find_map(|mark| Some((lower.rfind(&mark)?, mark.len())))?;
    let region = &lower[at + mark..];
    Some(format!("{}.s3.{region}", &lower[..at]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_website_has_a_rest_endpoint() {
        let rest = |w| rest_endpoint(w).unwrap();
        assert_eq!(
            rest("my.site.s3-website-us-east-1.amazonaws.com"),
            "my.site.s3.us-east-1.amazonaws.com"
        );
        assert_eq!(
            rest("b.s3-website.cn-north-1.amazonaws.com.cn"),
            "b.s3.cn-north-1.amazonaws.com.cn"
        );
        assert_eq!(rest_endpoint("b.s3.amazonaws.com"), None);
    }

    #[test]
    fn no_line_of_a_plan_is_longer_than_a_terminal_takes() {
        let long = ["'".repeat(5_000), "語".repeat(5_000)];
        let text = inert(&long);
        assert!(text.lines().all(|line| line.len() < 1_024), "{text}");
        assert_eq!(text.matches("語").count(), 5_000);
    }

    #[test]
    fn a_plan_is_one_printf_of_quoted_words() {
        let lines = ["it's; $(reboot)".to_owned(), "#".to_owned()];
        assert_eq!(inert(&lines), "printf '%s\\n' 'it'\\''s; $(reboot)' \\\n  '#'");
    }
}

//! What Terraform and CloudFormation texts share: the first fix as it is, the others behind `#`.

use super::cases::{Choice, Rank, cases};
use super::plan::rest_endpoint;
use super::{Case, Neighbours, NoFix, changes, copyable, fixable, notes, title};
use crate::domain::finding::Finding;
use crate::domain::text::escape;

/// A language for templates.
pub(super) struct Language {
    /// What is changed and what must be kept, in one sentence.
    pub(super) keep: &'static str,
    /// The changed parts for one fix, with values as AWS gave them, quoted.
    pub(super) body: fn(&Finding<'_>, Case) -> Vec<String>,
    /// Why a value cannot stand in such a text, where one cannot.
    pub(super) refuse: fn(&Finding<'_>, Case) -> Result<(), NoFix>,
}

/// The whole text, without a newline at its end.
pub(super) fn text(finding: &Finding<'_>, language: &Language) -> Result<String, NoFix> {
    let first = fixable(finding)?;
    let built = |case| {
        copyable(finding, case).map_err(of_template)?;
        (language.refuse)(finding, case)?;
        Ok::<_, NoFix>((language.body)(finding, case))
    };
    let mut lines = head(finding, first, language.keep);
    lines.push(String::new());
    lines.extend(built(first)?);
    for choice in cases(finding).iter().skip(1) {
        lines.push(String::new());
        lines.push(comment(&introduced(choice)));
        match built(choice.case) {
            Ok(body) => lines.extend(body.iter().map(|line| commented(line))),
            Err(why) => lines.push(comment(why.reason())),
        }
    }
    Ok(lines.join("\n"))
}

/// What is said beside the fix, in texts that hold it: of the distribution alone, so that they
/// are the same whatever else was read.
pub(super) fn said(finding: &Finding<'_>) -> Vec<String> {
    notes(finding, &Neighbours::default())
}

fn of_template(why: NoFix) -> NoFix {
    NoFix::NotCopyable(why.reason().replace("no command is built", "no template is built"))
}

/// A choice after the first, in one sentence; values in it are as AWS gave them.
pub(super) fn introduced(choice: &Choice) -> String {
    let how = match choice.rank {
        Rank::First => "First",
        Rank::Instead => "Instead",
        Rank::Apart => "Apart from it, as a change of its own",
    };
    format!("{how}: {}.", choice.reason)
}

fn head(finding: &Finding<'_>, case: Case, keep: &str) -> Vec<String> {
    let (account, distribution) = (finding.account, finding.distribution);
    let mut lines = vec![
        comment(&format!("cf-tui fix: {}", title(finding, case).replace(" → ", " -> "))),
        comment(&format!(
            "Account {} ({}), distribution {} ({}).",
            account.id,
            account.name,
            distribution.id.as_str(),
            distribution.domain
        )),
        comment(keep),
    ];
    lines.extend(staging(finding).map(comment));
    let changes = changes(finding);
    lines.extend(
        changes.iter().map(|c| comment(&format!("  {}: {} -> {}", c.path, c.before, c.after))),
    );
    let notes = said(finding);
    lines.extend(notes.iter().filter(|n| n.starts_with("Check first: ")).map(|n| comment(n)));
    lines
}

/// What the pair of a staging distribution and its primary needs.
pub(super) fn staging(finding: &Finding<'_>) -> Option<&'static str> {
    finding.distribution.staging.then_some("This is a staging distribution: its primary needs the same change, and so does this one, as a promotion overwrites the primary.")
}

/// A comment to the end of its line, which no text can break out of: what ends a line in either
/// language is a control character or a separator, and YAML takes no noncharacter.
pub(super) fn comment(text: &str) -> String {
    let text: String = escape(text).chars().map(|c| if is_nonchar(c) { '?' } else { c }).collect();
    format!("# {}", text.trim_end())
}

/// A line of a fix that is not to be taken over as it stands.
fn commented(line: &str) -> String {
    if line.is_empty() { "#".to_owned() } else { format!("# {line}") }
}

/// A code point that stands for no character, and that YAML readers refuse.
pub(super) fn is_nonchar(c: char) -> bool {
    let code = u32::from(c);
    code & 0xfffe == 0xfffe || (0xfdd0..=0xfdef).contains(&code)
}

/// The bucket of an S3 REST endpoint such as `b.s3.REGION.amazonaws.com`.
pub(super) fn bucket(domain: &str) -> &str {
    let mut end = domain.len();
    while let Some(at) = domain[..end].rfind('.') {
        let label = &domain[at + 1..end];
        if label.eq_ignore_ascii_case("s3") || label.to_ascii_lowercase().starts_with("s3-") {
            return &domain[..at];
        }
        end = at;
    }
    "BUCKET"
}

/// The REST endpoint that takes the place of a website endpoint.
pub(super) fn rest_of(finding: &Finding<'_>) -> String {
    rest_endpoint(&finding.origin.domain).unwrap_or_else(|| REST_ENDPOINT.to_owned())
}

/// An id for the origin of that endpoint which no origin and no group of the distribution has.
pub(super) fn rest_id(finding: &Finding<'_>, rest: &str) -> String {
    let distribution = finding.distribution;
    let origins = distribution.origins.iter().map(|o| &o.id);
    let taken: Vec<&str> =
        origins.chain(distribution.groups.iter().map(|g| &g.id)).map(|id| id.as_str()).collect();
    let mut id = rest.to_owned();
    while taken.contains(&id.as_str()) {
        id += "-oac";
    }
    id
}

/// The names of the headers that CloudFront adds for the origin, where there are any.
pub(super) fn headers(finding: &Finding<'_>) -> Option<String> {
    let names = finding.origin.header_names.join(", ");
    (!names.is_empty()).then_some(names)
}

/// Stands for an endpoint whose bucket and region the website's name does not tell.
const REST_ENDPOINT: &str = "BUCKET.s3.REGION.amazonaws.com";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_may_have_dots() {
        assert_eq!(bucket("my.s3.site.s3.eu-west-1.amazonaws.com"), "my.s3.site");
        assert_eq!(bucket("b.s3-eu-west-1.amazonaws.com"), "b");
        assert_eq!(bucket("b.s3.dualstack.eu-west-1.amazonaws.com"), "b");
        assert_eq!(bucket("b.s3.amazonaws.com"), "b");
        assert_eq!(bucket("example.com"), "BUCKET");
    }

    #[test]
    fn a_comment_ends_where_its_line_ends() {
        assert_eq!(comment("a\n\u{2028}\u{85}b\u{ffff} "), "# a\\x0a\\x{2028}\\x85b?");
    }
}

//! The short texts that stand in a cell or on a line, for tables and screens alike. All of them
//! are harmless to show, whatever AWS said.

use std::borrow::Cow;

use unicode_width::UnicodeWidthStr;

use crate::domain::assessment::Assessment;
use crate::domain::distribution::{Looked, Signing, ViewerPolicy};
use crate::domain::endpoint::OriginKind;
use crate::domain::finding::Finding;
use crate::domain::rule::Rule;
use crate::domain::text::escape;
use crate::domain::verdict::Lens;

/// The old protocols first: the lowest of a list is what an attacker would ask for.
pub const TLS_LOWEST_FIRST: [&str; 4] = ["SSLv3", "TLSv1", "TLSv1.1", "TLSv1.2"];

/// What viewers may speak on the behaviors that reach the origin: `allow-all`, `redirect`,
/// `https-only`, `mixed` where they differ, `-` where nothing reaches it.
pub fn viewer<'a>(finding: &Finding<'a>) -> Cow<'a, str> {
    let mut policies = finding.distribution.routes(finding.origin).map(|b| &b.viewer);
    let Some(first) = policies.next() else { return Cow::Borrowed("-") };
    if policies.any(|other| other != first) {
        return Cow::Borrowed("mixed");
    }
    match first {
        ViewerPolicy::AllowAll => Cow::Borrowed("allow-all"),
        ViewerPolicy::RedirectToHttps => Cow::Borrowed("redirect"),
        ViewerPolicy::HttpsOnly => Cow::Borrowed("https-only"),
        ViewerPolicy::Other(text) if text.is_empty() => Cow::Borrowed("?"),
        ViewerPolicy::Other(text) => escape(text),
    }
}

/// How CloudFront speaks to the origin: the raw `OriginProtocolPolicy`; for S3 the signing
/// behavior of its origin access control where that was read (`oac:always`), else `-`; `?` where
/// it is not known.
pub fn protocol(finding: &Finding<'_>) -> &'static str {
    if let Some(known) = finding.protocol() {
        return known;
    }
    let signing = finding.origin.s3.as_ref().map(|s3| (&s3.access_control, &s3.signing));
    match signing {
        None => "?",
        Some((None, _) | (_, Looked::NotNeeded)) => "-",
        Some((_, Looked::Found { value: Signing::Always, .. })) => "oac:always",
        Some((_, Looked::Found { value: Signing::Never, .. })) => "oac:never",
        Some((_, Looked::Found { value: Signing::NoOverride, .. })) => "oac:no-override",
        Some(_) => "?",
    }
}

/// The lowest TLS version that may be negotiated with the origin; `-` where the origin's leg has
/// no such list or no TLS, `?` where the list was not told.
pub fn min_tls(finding: &Finding<'_>) -> &'static str {
    let none = finding.assessment.kind == OriginKind::S3 || finding.protocol() == Some("http-only");
    if none {
        return "-";
    }
    let listed = finding.ssl_protocols();
    let lowest = TLS_LOWEST_FIRST.iter().find(|known| listed.iter().any(|told| told == *known));
    lowest.copied().unwrap_or("?")
}

/// The rule's own answer and the gap mark: `P≠`, `F `, `-≠`.
pub fn d9_cell(assessment: &Assessment, ascii: bool) -> [char; 2] {
    let answer = match assessment.rule {
        _ if !assessment.whole => '?',
        Rule::Pass => 'P',
        Rule::Fail => 'F',
        Rule::NotApplicable => '-',
    };
    let mark = match (assessment.gap(), ascii) {
        (false, _) => ' ',
        (true, false) => '≠',
        (true, true) => '#',
    };
    [answer, mark]
}

/// The mark of edge code that may pick or rewrite the origin, else a blank.
pub fn edge_cell(assessment: &Assessment) -> char {
    match assessment.edge_rewrite {
        true => '^',
        false => ' ',
    }
}

/// The origin's domain; its id where it has none.
pub fn origin<'a>(finding: &Finding<'a>) -> Cow<'a, str> {
    match finding.origin.domain.as_str() {
        "" => escape(finding.origin.id.as_str()),
        domain => escape(domain),
    }
}

/// A finding on one line, to be pasted into a message.
pub fn row_line(finding: &Finding<'_>, lens: Lens) -> String {
    let Finding { account, distribution, origin, assessment } = finding;
    let line = format!(
        "{} {} ({}) {} {} {} {} {}: {}",
        assessment.verdict(lens).word().trim_end(),
        account.name,
        account.id,
        distribution.id.as_str(),
        origin.id.as_str(),
        origin.domain,
        protocol(finding),
        viewer(finding),
        finding.reason(),
    );
    escape(&line).into_owned()
}

/// Cuts a text in the middle to at most so many cells, so that both the name and the end of a
/// long domain stay. The text is one that is harmless already.
pub fn cut_middle(text: &str, width: usize) -> Cow<'_, str> {
    cut_middle_with(text, width, "…")
}

/// As [`cut_middle`], with the sign that stands for what was cut (`..` where only ASCII may be
/// shown).
pub fn cut_middle_with<'a>(text: &'a str, width: usize, sign: &str) -> Cow<'a, str> {
    if text.width() <= width {
        return Cow::Borrowed(text);
    }
    let Some(room) = width.checked_sub(sign.width()) else {
        return Cow::Borrowed(head(text, width));
    };
    let tail = tail(text, room / 2);
    // A wide character may not have fitted into the tail: its cell is the head's.
    let head = head(text, room - tail.width());
    Cow::Owned(format!("{head}{sign}{tail}"))
}

/// The longest beginning that fits.
fn head(text: &str, width: usize) -> &str {
    let ends = text.char_indices().map(|(at, c)| at + c.len_utf8());
    let fitting = ends.take_while(|end| text[..*end].width() <= width).last();
    &text[..fitting.unwrap_or(0)]
}

/// The longest end that fits. It never begins with a mark that belongs to a character before it.
fn tail(text: &str, width: usize) -> &str {
    let starts = text.char_indices().rev().map(|(at, _)| at);
    let fitting = starts.take_while(|start| text[*start..].width() <= width).last();
    let tail = &text[fitting.unwrap_or(text.len())..];
    tail.trim_start_matches(|c: char| c.to_string().width() == 0)
}

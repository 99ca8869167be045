//! The finding and its fix as Markdown, for whoever owns the distribution.

use super::cases::cases;
use super::template::{introduced, said};
use super::{Case, changes, command, console, fixable, title};
use crate::domain::distribution::Behavior;
use crate::domain::endpoint::service;
use crate::domain::exposure::Exposure;
use crate::domain::finding::Finding;
use crate::domain::rule::{RULE_ID, Rule};
use crate::domain::text::escape;
use crate::domain::verdict::Lens;

/// The whole text, without a newline at its end.
pub(super) fn text(finding: &Finding<'_>, case: Case) -> String {
    let mut lines = vec![format!("# {}", prose(&title(finding, case))), String::new()];
    lines.extend(subject(finding));
    section(&mut lines, "Evidence", evidence(finding));
    let changes = changes(finding);
    let changed = changes.iter().map(|c| format!("{}: {} → {}", c.path, c.before, c.after));
    section(&mut lines, "What changes", changed.map(|line| item(&line)).collect());
    let mut first = said(finding);
    let reach = first.iter().position(|note| note.starts_with("Reach: ")).unwrap_or(first.len());
    let after = first.split_off(reach);
    section(&mut lines, "Before", first.iter().map(|note| item(note)).collect());
    section(
        &mut lines,
        "Blast radius, and what follows",
        after.iter().map(|note| item(note)).collect(),
    );
    let steps = console::lines(finding, case);
    section(
        &mut lines,
        "Steps in the console",
        steps.iter().map(|line| step(finding, line)).collect(),
    );
    section(&mut lines, "Command", commands(finding, case));
    for choice in cases(finding).iter().skip(1) {
        let mut body = vec![prose(&introduced(choice)), String::new()];
        body.extend(commands(finding, choice.case));
        section(&mut lines, &prose(&title(finding, choice.case)), body);
    }
    lines.join("\n")
}

/// The ticket, or why nothing is to be done.
pub(super) fn ticket(finding: &Finding<'_>) -> Result<String, super::NoFix> {
    fixable(finding).map(|case| text(finding, case))
}

fn section(lines: &mut Vec<String>, heading: &str, body: Vec<String>) {
    if !body.is_empty() {
        lines.extend([String::new(), format!("## {heading}"), String::new()]);
        lines.extend(body);
    }
}

fn subject(finding: &Finding<'_>) -> Vec<String> {
    let (account, distribution, origin) = (finding.account, finding.distribution, finding.origin);
    let mut lines = vec![
        fact("Account", &format!("{} ({})", account.id, account.name)),
        fact("Distribution", &format!("{} ({})", distribution.id.as_str(), distribution.domain)),
    ];
    if !distribution.comment.is_empty() {
        lines.push(fact("Its comment", &distribution.comment));
    }
    lines.push(fact(
        "Origin",
        &format!("{} ({}), {}", origin.id.as_str(), origin.domain, service(origin)),
    ));
    lines
}

/// Both questions with their answers, and what they were read from.
fn evidence(finding: &Finding<'_>) -> Vec<String> {
    let assessment = finding.assessment;
    let travels = assessment.verdict(Lens::Traffic).word().trim();
    let mut lines = vec![
        fact(
            "What really travels",
            &format!("{travels}, {}: {}", words(assessment.exposure), finding.reason()),
        ),
        fact(&format!("What rule {RULE_ID} says"), &rule(finding)),
    ];
    if let Some(protocol) = finding.protocol() {
        lines.push(fact("Origin protocol policy", protocol));
    }
    if !finding.ssl_protocols().is_empty() {
        lines.push(fact("TLS to the origin", &finding.ssl_protocols().join(", ")));
    }
    let distribution = finding.distribution;
    lines.extend(distribution.routes(finding.origin).map(|b| route(finding, b)));
    let source = &distribution.source;
    let mut read = source.call.clone();
    read.extend(source.read_at.map(|at| format!(" at {at}")));
    read.extend(source.request_id.as_ref().map(|id| format!(", request {id}")));
    if !read.is_empty() {
        lines.push(fact("Read by", &read));
    }
    lines
}

fn route(finding: &Finding<'_>, behavior: &Behavior) -> String {
    let group = finding.distribution.group_of(behavior, finding.origin);
    let by = group.map(|g| format!(" by origin group {}", g.id.as_str())).unwrap_or_default();
    fact("Behavior", &format!("{}{by}: {}", behavior.path(), behavior.viewer.as_str()))
}

fn words(exposure: Exposure) -> &'static str {
    match exposure {
        Exposure::Plaintext => "plaintext",
        Exposure::PlaintextPossible => "plaintext where the viewer uses it",
        Exposure::Latent => "latent",
        Exposure::Broken => "broken",
        Exposure::Unknown => "not known",
        Exposure::EncryptedByViewer => "encrypted because viewers must be",
        Exposure::Encrypted => "encrypted",
    }
}

fn rule(finding: &Finding<'_>) -> String {
    match (finding.assessment.rule, finding.assessment.clause) {
        (Rule::Pass, Some(clause)) => format!("PASS, by {}", clause.text()),
        (Rule::Pass, None) => "PASS".to_owned(),
        (Rule::Fail, _) => "FAIL".to_owned(),
        (Rule::NotApplicable, _) => "not applicable: it leaves S3 origins out".to_owned(),
    }
}

/// The text for the AWS CLI in a fence, or why there is none.
fn commands(finding: &Finding<'_>, case: Case) -> Vec<String> {
    match command(finding, case) {
        Ok(cli) => fenced(&cli.text),
        Err(why) => vec![prose(why.reason())],
    }
}

/// A fence is longer than any run of backticks inside, so that none of them closes it.
fn fenced(text: &str) -> Vec<String> {
    let mut longest = 0;
    let mut run = 0;
    for c in text.chars() {
        run = if c == '`' { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    let fence = "`".repeat(3.max(longest + 1));
    vec![format!("{fence}sh"), text.to_owned(), fence]
}

/// A step of the portal as a line of a list, as deep as it is indented.
fn step(finding: &Finding<'_>, line: &str) -> String {
    let rest = line.trim_start_matches(' ');
    let depth = line.len() - rest.len();
    let text = match console::link(finding) {
        Some(link) => match rest.split_once(&link) {
            Some((before, after)) => format!("{}{link}{}", prose(before), prose(after)),
            None => prose(rest),
        },
        None => prose(rest),
    };
    match depth {
        0 => text,
        _ => format!("{}- {}", " ".repeat(depth), begun(&text)),
    }
}

fn fact(label: &str, value: &str) -> String {
    item(&format!("{label}: {value}"))
}

fn item(text: &str) -> String {
    format!("- {}", begun(&prose(text)))
}

/// Text inside of a line, so that neither Markdown nor HTML sees anything in it.
fn prose(text: &str) -> String {
    let text = escape(text);
    let mut out = String::with_capacity(text.len() + 16);
    for (at, c) in text.char_indices() {
        match c {
            '<' => out += "&lt;",
            '>' => out += "&gt;",
            '&' => out += "&amp;",
            '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '|' | '~' | '!' | '$' | '@' => {
                out.extend(['\\', c]);
            }
            // What follows would become a link.
            ':' if text[at + 1..].starts_with("//") => out += "\\:",
            '.' if ends_with_www(&text[..at]) => out += "\\.",
            c => out.push(c),
        }
    }
    out
}

fn ends_with_www(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() >= 3 && bytes[bytes.len() - 3..].eq_ignore_ascii_case(b"www")
}

/// Escaped text at the beginning of an entry, where more has a meaning than inside of a line.
fn begun(text: &str) -> String {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = text.split_at(digits);
    match (text.chars().next(), rest.chars().next()) {
        (Some(' '), _) => format!("&#32;{}", &text[1..]),
        (Some('-' | '+' | '='), _) => format!("\\{text}"),
        (_, Some('.' | ')')) if digits > 0 => format!("{number}\\{rest}"),
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_and_html_see_nothing_in_a_text() {
        assert_eq!(prose("<b>*x*_y_</b> & `z`"), "&lt;b&gt;\\*x\\*\\_y\\_&lt;/b&gt; &amp; \\`z\\`");
        assert_eq!(prose("[a](https://b) WWW.c"), "\\[a\\](https\\://b) WWW\\.c");
        assert_eq!(prose("a\n# b\u{202e}"), "a\\\\x0a\\# b\\\\x{202e}");
    }

    #[test]
    fn an_entry_begins_with_text() {
        let texts = ["- a", "12. a", "1) a", "    a", "===", "plain"];
        let begun = texts.map(item);
        assert_eq!(
            begun,
            ["- \\- a", "- 12\\. a", "- 1\\) a", "- &#32;   a", "- \\===", "- plain"]
        );
    }

    #[test]
    fn a_fence_is_longer_than_what_is_in_it() {
        assert_eq!(fenced("a"), ["```sh", "a", "```"]);
        assert_eq!(fenced("`````\n`")[0], "``````sh");
    }
}

//! The Distribution tab: the whole distribution that a finding is of, and the rule's answer for
//! it as a scanner reports it.

use super::Pane;
use super::glyphs::Glyphs;
use super::sheet::{Sheet, pad, say, widest};
use super::theme::Theme;
use super::words;
use crate::domain::account::Account;
use crate::domain::assessment::assess;
use crate::domain::distribution::{Behavior, Distribution, Origin, ViewerPolicy};
use crate::domain::finding::Finding;
use crate::domain::reason::reason;
use crate::domain::rule::{self, RULE_ID, Rule};
use crate::domain::verdict::{self, Lens};

/// No column but the last is wider than this.
const COLUMN: usize = 28;

/// The distribution of a finding; the finding's own origin is marked among its origins.
pub fn distribution(
    finding: &Finding<'_>,
    theme: &Theme,
    glyphs: Glyphs,
    lens: Lens,
    width: u16,
) -> Pane {
    let mut sheet = Sheet::new(theme, glyphs, width);
    let Finding { account, distribution, origin, .. } = *finding;
    facts(&mut sheet, account, distribution);
    rule_answer(&mut sheet, distribution);
    routes(&mut sheet, distribution, Some(origin), lens);
    sheet.finish()
}

/// Its origins, groups and behaviors. The origin that it is looked at for is marked; where it is
/// for none, each origin that does not pass says why.
pub(super) fn routes(
    sheet: &mut Sheet<'_>,
    distribution: &Distribution,
    shown: Option<&Origin>,
    lens: Lens,
) {
    origins(sheet, distribution, shown, lens);
    groups(sheet, distribution);
    behaviors(sheet, distribution);
}

/// What it is, whatever its origins are.
pub(super) fn facts(sheet: &mut Sheet<'_>, account: &Account, distribution: &Distribution) {
    let theme = sheet.theme;
    sheet.fact("id", distribution.id.as_str());
    sheet.fact("domain", &distribution.domain);
    sheet.fact("ARN", &distribution.arn);
    sheet.fact("account", format!("{} ({})", account.name, account.id));
    match distribution.aliases.as_slice() {
        [] => sheet.row("aliases", vec![say("none", theme.muted)]),
        aliases => sheet.fact("aliases", aliases.join(", ")),
    }
    match distribution.comment.as_str() {
        "" => sheet.row("comment", vec![say("none", theme.muted)]),
        comment => sheet.fact("comment", comment),
    }
    sheet.fact("enabled", words::yes_no(distribution.enabled));
    sheet.fact("status", &distribution.status);
    let modified = distribution.last_modified.map_or("not told".to_owned(), words::time);
    sheet.fact("last modified", modified);
    if !distribution.is_deployed() {
        sheet.row(
            "deploying",
            vec![say("the edges may still serve the configuration before this one", theme.warns)],
        );
    }
    if distribution.staging {
        let said = "yes: it takes up to 15 % of real traffic, and promoting it overwrites a fix \
                    that was made on the primary";
        sheet.row("staging", vec![say(said, theme.warns)]);
    }
    if distribution.multi_tenant {
        let said = "ConnectionMode=tenant-only: domains may hold {{parameters}}";
        sheet.row("multi-tenant", vec![say(said, theme.warns)]);
    }
    for defect in &distribution.defects {
        sheet.row("not whole", vec![say(defect, theme.unknown)]);
    }
}

/// The rule's answer for the whole distribution.
pub(super) fn rule_answer(sheet: &mut Sheet<'_>, distribution: &Distribution) {
    let theme = sheet.theme;
    let (rule, clause) = rule::of_distribution(distribution);
    let style = theme.verdict(verdict::d9(rule, distribution.defects.is_empty()));
    let why = match rule {
        Rule::NotApplicable => {
            "one of its origins has an S3OriginConfig, so the rule leaves all of it out".to_owned()
        }
        Rule::Pass | Rule::Fail => words::rule_why(rule, clause),
    };
    sheet.heading("The rule, for the whole distribution as a scanner reports it");
    sheet.row(
        RULE_ID,
        vec![say(words::rule_word(rule), style), say(format!(": {why}"), theme.text)],
    );
    if !distribution.defects.is_empty() {
        sheet.row(
            "",
            vec![say("of a description that is not whole: it proves nothing", theme.unknown)],
        );
    }
}

fn origins(sheet: &mut Sheet<'_>, distribution: &Distribution, shown: Option<&Origin>, lens: Lens) {
    let theme = sheet.theme;
    sheet.heading(&format!("Origins ({})", distribution.origins.len()));
    let column = widest(distribution.origins.iter().map(|o| o.id.as_str()), COLUMN);
    for origin in &distribution.origins {
        let assessment = assess(distribution, origin);
        let verdict = assessment.verdict(lens);
        let style = theme.verdict(verdict);
        let is_shown = shown.is_some_and(|shown| std::ptr::eq(origin, shown));
        let (mark, name) = match is_shown {
            true => (sheet.glyphs.step(), theme.title),
            false => (' ', theme.text),
        };
        let spans = vec![
            say(format!("{mark} "), theme.title),
            say(format!("{} {}  ", sheet.glyphs.verdict(verdict), verdict.word()), style),
            pad(origin.id.as_str(), column, name),
            say("  ", theme.text),
            say(&origin.domain, theme.text),
            say(format!("  {}", speaks(origin)), theme.muted),
        ];
        sheet.indented(10, spans);
        if shown.is_none() && verdict.is_problem() {
            let why = reason(distribution, origin, &assessment);
            sheet.indented(10, vec![say(" ".repeat(10), theme.muted), say(why, theme.muted)]);
        }
    }
}

/// What CloudFront is set to speak to an origin, in the API's words where there are any.
fn speaks(origin: &Origin) -> &str {
    use crate::domain::distribution::ProtocolPolicy::{HttpOnly, HttpsOnly, MatchViewer, Other};
    let custom = origin.custom.as_ref().map(|c| &c.protocol);
    let vpc = origin.vpc.as_ref().and_then(|v| v.endpoint.found()).map(|e| &e.protocol);
    match custom.or(vpc) {
        Some(HttpOnly) => "http-only",
        Some(MatchViewer) => "match-viewer",
        Some(HttpsOnly) => "https-only",
        Some(Other(text)) => text,
        None if origin.s3.is_some() => "s3",
        None => "?",
    }
}

fn groups(sheet: &mut Sheet<'_>, distribution: &Distribution) {
    if distribution.groups.is_empty() {
        return;
    }
    let theme = sheet.theme;
    sheet.heading(&format!("Origin groups ({})", distribution.groups.len()));
    for group in &distribution.groups {
        let mut spans = vec![say("  ", theme.text), say(group.id.as_str(), theme.text)];
        for (at, member) in group.members.iter().enumerate() {
            let role = match at {
                0 => "  primary ",
                _ => "  then ",
            };
            spans.push(say(role, theme.muted));
            spans.push(say(member.as_str(), theme.text));
        }
        sheet.indented(4, spans);
    }
}

fn behaviors(sheet: &mut Sheet<'_>, distribution: &Distribution) {
    let theme = sheet.theme;
    sheet.heading(&format!("Behaviors ({})", distribution.behaviors.len()));
    let paths = widest(distribution.behaviors.iter().map(Behavior::path), COLUMN);
    let viewers = widest(distribution.behaviors.iter().map(|b| b.viewer.as_str()), COLUMN);
    for behavior in &distribution.behaviors {
        let (mark, style) = match &behavior.viewer {
            ViewerPolicy::AllowAll => ('!', theme.warns),
            ViewerPolicy::Other(_) => ('?', theme.unknown),
            ViewerPolicy::RedirectToHttps | ViewerPolicy::HttpsOnly => (' ', theme.text),
        };
        let group = distribution.groups.iter().any(|g| g.id == behavior.target);
        let mut spans = vec![
            say(format!("{mark} "), style),
            pad(behavior.path(), paths, theme.text),
            say("  ", theme.text),
            pad(behavior.viewer.as_str(), viewers, style),
            say(format!("  {} ", sheet.glyphs.arrow()), theme.muted),
            say(if group { "group " } else { "" }, theme.muted),
            say(behavior.target.as_str(), theme.text),
        ];
        if behavior.edge_code {
            spans.push(say(format!("  {} edge code", sheet.glyphs.edge()), theme.warns));
        }
        sheet.indented(4, spans);
    }
}

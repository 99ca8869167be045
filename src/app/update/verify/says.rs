//! What came of reading a distribution again, in one sentence.

use crate::app::model::Model;
use crate::domain::fault::Fault;
use crate::domain::finding::Finding;
use crate::domain::ids::OriginId;
use crate::domain::rule::RULE_ID;
use crate::domain::text::escape;
use crate::domain::verdict::{Lens, Verdict};

/// Step, cause and hint.
pub(super) fn failed(id: &str, fault: &Fault) -> String {
    let step = fault.step.label();
    let step = match fault.message.starts_with(step) {
        true => String::new(),
        false => format!("{step}: "),
    };
    format!("{id} was not read again: {step}{}; {}", fault.message, fault.hint)
}

/// The verdict before and after; true for bad news.
pub(super) fn found(
    model: &Model,
    origin: Option<&OriginId>,
    before: Option<Verdict>,
    after: Option<&Finding<'_>>,
) -> (String, bool) {
    let name = origin.map_or_else(String::new, |id| escape(id.as_str()).into_owned());
    let Some(finding) = after else {
        return (format!("the origin {name} is gone from its distribution"), true);
    };
    let lens = model.narrowing.lens;
    let now = finding.assessment.verdict(lens);
    let arrow = if model.start.ascii { "->" } else { "→" };
    let status = escape(&finding.distribution.status);
    let what = match before {
        Some(before) if before != now => format!("{} {arrow} {}", word(before), word(now)),
        _ => format!("still {}", word(now)),
    };
    let never = if model.start.demo { " (the demo's fleet never changes)" } else { "" };
    let text = match (now, finding.distribution.is_deployed()) {
        (Verdict::Pass, true) => format!("{what}, {status}: proven"),
        (Verdict::Pass, false) => format!("{what}, {status}: proven when Deployed"),
        (_, true) => format!("{what}: {}", why(finding, lens)),
        (_, false) => format!("{what}, {status}: {}", why(finding, lens)),
    };
    (escape(&format!("{name}: {text}{never}")).into_owned(), now.is_problem())
}

fn word(verdict: Verdict) -> &'static str {
    verdict.word().trim_end()
}

fn why(finding: &Finding<'_>, lens: Lens) -> String {
    match (lens, finding.protocol()) {
        (Lens::D9, _) if finding.assessment.whole => format!("by the rule {RULE_ID} as written"),
        (Lens::Traffic, Some(policy)) => format!("{policy} ({})", finding.reason()),
        _ => finding.reason(),
    }
}

/// The last round is over. What the last answer said is still worth reading.
pub(super) fn all_proven(model: &mut Model) {
    const ALL: &str = "every copied fix that is still there is deployed and passes";
    let said = model.notice.take().filter(|notice| !notice.text.contains(ALL));
    match said {
        Some(notice) => model.say(format!("{}; {ALL}", notice.text), notice.alert),
        None => model.say(ALL, false),
    }
}

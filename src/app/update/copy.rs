//! What goes to the clipboard.

use super::moves;
use crate::app::effect::Effect;
use crate::app::model::Model;
use crate::domain::finding::Finding;
use crate::domain::fix;
use crate::domain::text::{escape, is_plain};
use crate::export::{self, cells};

/// `c`: one script for all marked origins. Where none is marked, the fix of the finding under the
/// cursor, or the reason why there is none.
pub(super) fn fix(model: &mut Model) -> Vec<Effect> {
    let marked = model.marks.findings(&model.store);
    if !marked.is_empty() {
        return vec![batch(&fix::batch(&marked))];
    }
    copied(model, |finding, _| {
        let origin = escape(finding.origin.id.as_str()).into_owned();
        match fix::cli(finding) {
            Ok(cli) => {
                let kind = if cli.is_script { "fix" } else { "plan (prints the steps)" };
                Ok((format!("{kind} for {origin}"), cli.text, Some("fix.sh")))
            }
            Err(none) => Err(none.reason().to_owned()),
        }
    })
}

fn batch(batch: &fix::Batch) -> Effect {
    let fix::Batch { marked, scripted, distributions, .. } = batch;
    let plural = |count: &usize| if *count == 1 { "" } else { "s" };
    let what = match scripted {
        0 => format!("no script: it says why none of the {marked} marked is scripted"),
        _ => format!(
            "one script for {scripted} of {marked} marked, {distributions} distribution{}",
            plural(distributions)
        ),
    };
    Effect::Copy { what, text: batch.text.clone(), file: Some("fix.sh") }
}

/// `y j`: the finding as JSON.
pub(super) fn json(model: &mut Model) -> Vec<Effect> {
    copied(model, |finding, lens| {
        Ok(("JSON".to_owned(), export::finding_json(finding, lens), None))
    })
}

/// `y a`: the distribution's ARN.
pub(super) fn arn(model: &mut Model) -> Vec<Effect> {
    copied(model, |finding, _| match is_plain(&finding.distribution.arn) {
        true => Ok(("ARN".to_owned(), finding.distribution.arn.clone(), None)),
        false => Err("the ARN holds control characters: it is not copied".to_owned()),
    })
}

/// `y r`: the row as text.
pub(super) fn row(model: &mut Model) -> Vec<Effect> {
    copied(model, |finding, lens| Ok(("row".to_owned(), cells::row_line(finding, lens), None)))
}

type Copy = (String, String, Option<&'static str>);

fn copied(
    model: &mut Model,
    make: impl FnOnce(&Finding<'_>, crate::domain::verdict::Lens) -> Result<Copy, String>,
) -> Vec<Effect> {
    moves::choose_first(model);
    let made = model.finding().map(|finding| make(&finding, model.narrowing.lens));
    match made {
        Some(Ok((what, text, file))) => vec![Effect::Copy { what, text, file }],
        Some(Err(why)) => {
            model.say(format!("nothing copied: {why}"), true);
            Vec::new()
        }
        None => {
            model.say("nothing copied: no row is chosen", true);
            Vec::new()
        }
    }
}

//! What goes to the clipboard.

use super::moves;
use crate::app::effect::Effect;
use crate::app::model::{Model, View};
use crate::app::store::RowId;
use crate::domain::finding::Finding;
use crate::domain::fix::{self, Form};
use crate::domain::text::{escape, is_plain};
use crate::domain::verdict::{Lens, Verdict};
use crate::export::{self, cells};

/// `c`: one script for all marked origins. Where none is marked, the fix of the finding under the
/// cursor, or the reason why there is none. In the table of distributions, that of all origins of
/// the distribution that fail.
pub(super) fn fix(model: &mut Model) -> Vec<Effect> {
    moves::choose_first(model);
    let rows = rows_to_fix(model);
    let findings: Vec<_> = rows.iter().filter_map(|row| model.store.finding(*row)).collect();
    match (model.view, findings.as_slice()) {
        (View::Distributions, []) => {
            model.say("nothing copied: none of its origins fails; l shows them", true);
            Vec::new()
        }
        (View::Distributions, [only]) => finish(model, fix_of(only)),
        (View::Distributions, _) => vec![batch(&fix::batch(&findings), "failing")],
        _ if rows.iter().any(|row| model.marks.contains(*row)) => {
            vec![batch(&fix::batch(&findings), "marked")]
        }
        _ => copied(model, |finding, _| fix_of(finding)),
    }
}

/// The origins whose fix `c` copies.
pub(super) fn rows_to_fix(model: &Model) -> Vec<RowId> {
    if model.view == View::Distributions {
        let lens = model.narrowing.lens;
        let fails = |row: &RowId| {
            let finding = model.store.finding(*row);
            finding.is_some_and(|f| f.assessment.verdict(lens) == Verdict::Fail)
        };
        let rows = model.distribution().map_or(&[][..], |held| held.rows);
        return rows.iter().copied().filter(fails).collect();
    }
    let marked: Vec<RowId> =
        model.store.live_rows().filter(|row| model.marks.contains(*row)).collect();
    if marked.is_empty() { model.selected.into_iter().collect() } else { marked }
}

fn fix_of(finding: &Finding<'_>) -> Result<Copy, String> {
    let origin = escape(finding.origin.id.as_str()).into_owned();
    match fix::cli(finding) {
        Ok(cli) => {
            let kind = if cli.is_script { "fix" } else { "plan (prints the steps)" };
            Ok((format!("{kind} for {origin}"), cli.text, Some("fix.sh")))
        }
        Err(none) => Err(none.reason().to_owned()),
    }
}

fn batch(batch: &fix::Batch, which: &str) -> Effect {
    let fix::Batch { marked, scripted, distributions, .. } = batch;
    let plural = |count: &usize| if *count == 1 { "" } else { "s" };
    let what = match scripted {
        0 => format!("no script: it says why none of the {marked} {which} is scripted"),
        _ => format!(
            "one script for {scripted} of {marked} {which}, {distributions} distribution{}",
            plural(distributions)
        ),
    };
    Effect::Copy { what, text: batch.text.clone(), file: Some("fix.sh") }
}

/// `y t`, `y f`, `y p`, `y m`: the fix in another form, or the reason why there is none.
pub(super) fn form(model: &mut Model, form: Form) -> Vec<Effect> {
    let (name, file) = match form {
        Form::Console => ("console steps", "fix.txt"),
        Form::Cli => ("fix", "fix.sh"),
        Form::Terraform => ("Terraform", "fix.tf"),
        Form::CloudFormation => ("CloudFormation", "fix.yaml"),
        Form::Ticket => ("ticket", "ticket.md"),
    };
    copied(model, |finding, _| {
        let origin = escape(finding.origin.id.as_str()).into_owned();
        match fix::text(finding, form) {
            Ok(text) => Ok((format!("{name} for {origin}"), text, Some(file))),
            Err(none) => Err(none.reason().to_owned()),
        }
    })
}

/// `y j`: the finding as JSON.
pub(super) fn json(model: &mut Model) -> Vec<Effect> {
    copied(model, |finding, lens| {
        Ok(("JSON".to_owned(), export::finding_json(finding, lens), None))
    })
}

/// `y a`: the distribution's ARN.
pub(super) fn arn(model: &mut Model) -> Vec<Effect> {
    moves::choose_first(model);
    let made = match model.distribution().map(|held| held.distribution.arn.clone()) {
        Some(arn) if is_plain(&arn) => Ok(("ARN".to_owned(), arn, None)),
        Some(_) => Err("the ARN holds control characters: it is not copied".to_owned()),
        None => Err(NO_ROW.to_owned()),
    };
    finish(model, made)
}

/// `y r`: the row as text.
pub(super) fn row(model: &mut Model) -> Vec<Effect> {
    copied(model, |finding, lens| Ok(("row".to_owned(), cells::row_line(finding, lens), None)))
}

/// Why nothing is copied where the table is empty.
const NO_ROW: &str = "no row is chosen";

/// What it is, the text, and the file that keeps it too.
type Copy = (String, String, Option<&'static str>);

fn copied(
    model: &mut Model,
    make: impl FnOnce(&Finding<'_>, Lens) -> Result<Copy, String>,
) -> Vec<Effect> {
    moves::choose_first(model);
    let made = model.finding().map(|finding| make(&finding, model.narrowing.lens));
    finish(model, made.unwrap_or_else(|| Err(NO_ROW.to_owned())))
}

fn finish(model: &mut Model, made: Result<Copy, String>) -> Vec<Effect> {
    match made {
        Ok((what, text, file)) => vec![Effect::Copy { what, text, file }],
        Err(why) => {
            model.say(format!("nothing copied: {why}"), true);
            Vec::new()
        }
    }
}

//! What helps with an account that could not be entered.

use crate::app::effect::Effect;
use crate::app::model::Model;
use crate::domain::text::escape;
use crate::domain::way_in::try_line;
use crate::export::trust_statement;

/// `y p` in the accounts: the statement that the role's trust policy needs.
pub(super) fn trust(model: &mut Model) -> Vec<Effect> {
    let Some(entry) = model.selected_account.map(|ix| &model.store.accounts()[ix]) else {
        return nothing(model, "no account is chosen");
    };
    match trust_statement(&entry.account, entry.fault().map(|fault| fault.message.as_str())) {
        Ok(statement) => {
            let role = escape(&statement.role).into_owned();
            let mut what = format!("trust-policy statement for {role}");
            if statement.to_fill_in {
                what += " (fill in its external id)";
            }
            vec![Effect::Copy { what, text: statement.text, file: None }]
        }
        Err(why) => nothing(model, why),
    }
}

/// `y c` in the accounts: the line that takes the same way in by hand.
pub(super) fn line(model: &mut Model) -> Vec<Effect> {
    let Some(entry) = model.selected_account.map(|ix| &model.store.accounts()[ix]) else {
        return nothing(model, "no account is chosen");
    };
    match try_line(&entry.account) {
        Some(text) => {
            let name = escape(&entry.account.name).into_owned();
            let what = format!("the line that tries the way into {name}");
            vec![Effect::Copy { what, text, file: None }]
        }
        None => nothing(
            model,
            "a chain of roles is more than one line; the diagnosis names them in their order",
        ),
    }
}

fn nothing(model: &mut Model, why: &str) -> Vec<Effect> {
    model.say(format!("nothing copied: {why}"), true);
    Vec::new()
}

//! `o`: the distribution's page in the AWS console.

use super::moves;
use crate::app::effect::Effect;
use crate::app::model::Model;
use crate::domain::fix::console_link;
use crate::domain::text::escape;

/// Opens it in a browser. The demo's distributions have no page, so it only copies the address.
pub(super) fn open(model: &mut Model) -> Vec<Effect> {
    if model.store.mask().is_some() {
        model.say("nothing opened: the console would show the real names", true);
        return Vec::new();
    }
    moves::choose_first(model);
    let Some(finding) = model.finding() else {
        model.say("nothing opened: no row is chosen", true);
        return Vec::new();
    };
    let account = format!("{} ({})", escape(&finding.account.name), finding.account.id);
    let Some(url) = console_link(&finding) else {
        model.say("nothing opened: CloudFront gives no such ids to distributions", true);
        return Vec::new();
    };
    if model.start.demo {
        let what = "console URL (the demo opens no browser)".to_owned();
        return vec![Effect::Copy { what, text: url, file: None }];
    }
    model.say(format!("opening the console; the browser has to be signed in to {account}"), false);
    vec![Effect::OpenBrowser(url)]
}

//! The text of a batch.
//!
//! It has every property of the script for one origin (see `script.rs`), for the same reasons: it
//! is one `( … )` whose lines end in `&&`, so that a part of a paste runs nothing. What all
//! distributions need stands in functions; what belongs to one is a `( … )` of its own, so that
//! its failure is not the others', and `if` looks at its status, which works under `set -e` too.
//! Traps stand outside of functions, because zsh ends them with the function that set them. The
//! values of a distribution are variables, each on a line of its own, because a terminal cuts
//! long lines; jq gets the changes as a file, which it writes itself. All variables exist before
//! a function sets them, because zsh can be told to warn of others.
//!
//! Statuses of a distribution: 0 changed, 1 failed and nothing was changed, 3 it is so already,
//! 4 not tried, 5 nobody knows.

use super::super::plan::{self, pieces};
use super::super::script::Edit;
use super::Group;
use crate::domain::finding::Finding;
use crate::domain::quote::single;

/// Where nothing may be scripted: only prints why.
pub(super) fn inert(left_out: &[String]) -> String {
    let mut lines = vec!["cf-tui fix: nothing is run by this text".to_owned()];
    lines.extend_from_slice(left_out);
    plan::inert(&lines)
}

/// The script, without a newline at its end.
pub(super) fn script(groups: &[Group<'_>], left_out: &[String], marked: usize) -> String {
    let mut lines = telling();
    lines.extend(
        left_out.iter().flat_map(|line| pieces(line)).map(|p| format!("fix_say {}", single(&p))),
    );
    lines.extend(beginning());
    lines.extend(edits(groups));
    lines.extend(steps());
    lines.extend(groups.iter().map(group));
    lines.extend(sum(left_out.len(), marked));
    format!("( {} )", lines.join(" &&\n  "))
}

fn owned<const N: usize>(lines: [&str; N]) -> Vec<String> {
    lines.map(str::to_owned).to_vec()
}

fn telling() -> Vec<String> {
    owned([
        r#"fix_tell() { printf '%s\n' "$1" || :; }"#,
        r#"fix_say() { printf '%s\n' "cf-tui fix: $1" >&2 || :; }"#,
        r#"fix_failed() { fix_say "${distribution:+${distribution}: }${1}; nothing was changed"; exit 1; }"#,
        r#"fix_unsure() { fix_say "${distribution}: ${1}; whether CloudFront changed anything is not known: read the distribution again"; fix_say "its configuration before is $dir/before.json (it holds origin header values: delete it when done)"; exit 5; }"#,
        "umask 077 || fix_failed 'the file mask cannot be set'",
        "unset -v account distribution origin domain caller all dir etag state answer new said edits good same bad unsure left stopped || fix_failed 'a variable that it needs is read-only'",
        "account='' distribution='' origin='' domain='' caller='' dir='' etag='' state='' answer='' new='' said='' edits=''",
        "good='' same='' bad='' unsure='' left='' stopped=''",
    ])
}

fn beginning() -> Vec<String> {
    owned([
        "export AWS_PAGER='' AWS_CLI_AUTO_PROMPT=off PYTHONUTF8=1 || fix_failed 'the environment cannot be set'",
        "command -v aws >/dev/null || fix_failed 'the AWS CLI is not installed'",
        "command -v jq >/dev/null || fix_failed 'jq is not installed'",
        "all=$(mktemp -d) || fix_failed 'there is no temporary folder'",
        "trap 'stopped=yes' HUP INT TERM",
    ])
}

/// The kinds of change that the script makes, as jq functions: `state` looks at an origin, `change`
/// at the configuration.
fn edits(groups: &[Group<'_>]) -> Vec<String> {
    let mut kinds: Vec<&Edit> = Vec::new();
    for (_, edit) in groups.iter().flat_map(|group| &group.changes) {
        if kinds.iter().all(|kind| kind.name != edit.name) {
            kinds.push(edit);
        }
    }
    let mut texts = vec![r#"def state($c; $w): $w.o as $o | if $w.e == "" then "odd" "#.to_owned()];
    texts.extend(kinds.iter().map(|Edit { name, part, state, .. }| {
        format!(r#"elif $w.e == "{name}" then (if {part} == null then "kind" else ({state}) end) "#)
    }));
    texts.push(r#"else "odd" end; def change($w): $w.o as $o | if $w.e == "" then . "#.to_owned());
    texts.extend(
        kinds
            .iter()
            .map(|Edit { name, change, .. }| format!(r#"elif $w.e == "{name}" then ({change}) "#)),
    );
    texts.push("else . end; ".to_owned());
    texts.iter().map(|text| format!(r#"edits="$edits"'{text}'"#)).collect()
}

/// What is done with each distribution. `fix_want` takes down a change of `origin`; `fix_read`
/// is everything between the account's check and the one write.
fn steps() -> Vec<String> {
    owned([
        r#"fix_caller() { caller=$(aws sts get-caller-identity --query Arn --output text) || fix_failed 'there are no AWS credentials, or they are not valid'"#,
        r#"case $caller in "arn:${1}:iam::${account}:"*|"arn:${1}:sts::${account}:"*) ;; *) fix_failed "these credentials are of $caller, and the fix is for account $account" ;; esac; }"#,
        r#"fix_want() { jq -nMa --arg e "$1" --arg o "$origin" --arg d "$domain" '{e: $e, o: $o, d: $d}' >>"$dir/wanted.json" || fix_failed 'the changes cannot be kept'; }"#,
        r#"fix_read() { aws cloudfront get-distribution-config --id "$distribution" --output json >"$dir/read.json" || fix_failed 'its configuration cannot be read'"#,
        r#"etag=$(jq -er .ETag "$dir/read.json") || fix_failed 'the answer has no ETag'"#,
        r#"state=$(jq -r --slurpfile wanted "$dir/wanted.json" "$edits"'.DistributionConfig as $c | [$wanted[] | . as $w | [$c.Origins.Items[] | select(.Id == $w.o)] | [(if length == 0 then "gone" elif length > 1 then "kind" elif .[0].DomainName == $w.d then (.[0] | state($c; $w)) else "moved" end), $w.o]] | [.[] | select(.[0] == "ready" or .[0] == "same" | not)][0] as $bad | if $bad then $bad | join(" ") elif any(.[0] == "ready") then "ready" else "same" end' "$dir/read.json") || fix_failed 'the answer cannot be understood'"#,
        r#"case $state in ready) ;; same) fix_tell "cf-tui fix: ${distribution}: it is so already, nothing to change"; exit 3 ;; 'gone '*) fix_failed "it has no origin ${state#* }" ;; 'kind '*) fix_failed "the origin ${state#* } is of another kind than it was" ;; 'moved '*) fix_failed "the domain of the origin ${state#* } is another one now" ;; *) fix_failed "a setting of the origin ${state#* } is not one that this fix knows" ;; esac"#,
        r#"jq -e 'any(.. | strings; contains("\ufffd")) | not' "$dir/read.json" >/dev/null || fix_failed 'the AWS CLI wrote something else than UTF-8, or a text of the configuration is broken'"#,
        r#"jq -Ma .DistributionConfig "$dir/read.json" >"$dir/before.json" || fix_failed 'the configuration cannot be kept'"#,
        r#"jq -Ma --slurpfile wanted "$dir/wanted.json" "$edits"'reduce $wanted[] as $w (.; change($w))' "$dir/before.json" >"$dir/after.json" || fix_failed 'the edit failed'; }"#,
        r#"fix_write() { answer=0; new=$(AWS_MAX_ATTEMPTS=1 aws cloudfront update-distribution --id "$distribution" --if-match "$etag" --distribution-config "file://$dir/after.json" --query ETag --output text 2>"$dir/said") || answer=$?"#,
        r#"said=$(command cat "$dir/said") || said=''"#,
        r#"case $said in '') ;; *) printf '%s\n' "$said" >&2 || : ;; esac; command rm -f -- "$dir/wanted.json" "$dir/read.json" "$dir/after.json" "$dir/said" || :"#,
        r#"case $answer,$said in 0,*) ;; *'An error occurred (Internal'*|*'An error occurred (Service'*|*'An error occurred (5'*) fix_unsure 'CloudFront failed, its reason is above' ;; 252,*|253,*|*'An error occurred ('*) command rm -rf -- "$dir"; fix_failed 'CloudFront refused the update, its reason is above (PreconditionFailed: somebody else changed the distribution meanwhile; run this again)' ;; *) fix_unsure "the AWS CLI ended with status $answer" ;; esac"#,
        r#"fix_tell "cf-tui fix: $distribution in account $account is changed; CloudFront deploys it within minutes""#,
        r#"fix_tell "the way back, as long as nobody changes the distribution again:""#,
        r#"fix_tell "$1 --if-match $new --distribution-config 'file://$dir/before.json'"; }"#,
    ])
}

/// One distribution, and where its name goes.
fn group(group: &Group<'_>) -> String {
    let Group { account, distribution, changes } = group;
    let (id, number) = (distribution.id.as_str(), account.id.as_str());
    let region = account.partition.region();
    let mut lines = owned(["if ( case $stopped in yes) exit 4 ;; esac"]);
    if let Some(profile) = &account.fix_profile {
        lines.push(format!("unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN AWS_DEFAULT_PROFILE && export AWS_PROFILE={} || fix_failed 'the profile cannot be set'", single(profile)));
    }
    lines.extend([
        format!("export AWS_REGION={region} AWS_DEFAULT_REGION={region} || fix_failed 'the region cannot be set'"),
        format!("account={} && distribution={} || fix_failed 'its variables cannot be set'", single(number), single(id)),
        format!("fix_caller {}", account.partition.as_str()),
        r#"dir="$all/$distribution" && command mkdir -- "$dir" || fix_failed 'there is no folder for it'"#.to_owned(),
        r#"trap 'command rm -rf -- "$dir"' EXIT; trap 'exit 130' HUP INT TERM"#.to_owned(),
        // Under noclobber zsh appends to no file that is not there.
        r#"printf '' >"$dir/wanted.json" || fix_failed 'the changes cannot be kept'"#.to_owned(),
    ]);
    lines.extend(changes.iter().flat_map(|(finding, edit)| wanted(finding, edit)));
    lines.extend([
        "fix_read".to_owned(),
        "trap - EXIT; trap 'fix_unsure interrupted' HUP INT TERM".to_owned(),
        format!("fix_write {}", single(&way_back(group))),
        "trap '' HUP INT TERM".to_owned(),
    ]);
    lines.extend(changes.iter().flat_map(|(finding, edit)| {
        let done = format!("  origin {} {}", finding.origin.id.as_str(), edit.done);
        pieces(&done).into_iter().map(|piece| format!("fix_tell {}", single(&piece)))
    }));
    let name = format!("  {id} in account {number}");
    let add = |list: &str| format!(r#"{list}="${list}{name}""#);
    let [good, same, left, unsure, bad] = ["good", "same", "left", "unsure", "bad"].map(add);
    let last = format!(
        "{} ); then {good}; else case $? in 3) {same} ;; 4) {left} ;; 5) {unsure} ;; *) {bad} ;; esac; fi",
        lines.pop().expect("a group has lines")
    );
    lines.push(last);
    lines.join(" &&\n    ")
}

fn wanted(finding: &Finding<'_>, edit: &Edit) -> [String; 3] {
    let (origin, domain) = (single(finding.origin.id.as_str()), single(&finding.origin.domain));
    [
        format!("origin={origin} || fix_failed 'the variable origin cannot be set'"),
        format!("domain={domain} || fix_failed 'the variable domain cannot be set'"),
        format!("fix_want {}", edit.name),
    ]
}

fn way_back(group: &Group<'_>) -> String {
    let profile = group.account.fix_profile.as_ref();
    format!(
        "  aws cloudfront update-distribution --region {}{} --id {}",
        group.account.partition.region(),
        profile.map(|p| format!(" --profile {}", single(p))).unwrap_or_default(),
        group.distribution.id.as_str()
    )
}

/// What became of each distribution, and the status of the whole.
fn sum(left_out: usize, marked: usize) -> Vec<String> {
    let mut lines = owned([
        r#"command rmdir -- "$all" 2>/dev/null || :"#,
        r#"fix_tell 'cf-tui fix, in sum:'"#,
        r#"case $good in '') ;; *) fix_tell "changed:$good"; fix_tell "$all holds origin header values: delete it when done" ;; esac"#,
        r#"case $same in '') ;; *) fix_tell "so already, not written:$same" ;; esac"#,
        r#"case $bad in '') ;; *) fix_tell "FAILED, nothing was changed:$bad" ;; esac"#,
        r#"case $unsure in '') ;; *) fix_tell "NOT KNOWN whether it was changed:$unsure" ;; esac"#,
        r#"case $left in '') ;; *) fix_tell "not tried, because it was stopped:$left" ;; esac"#,
    ]);
    if left_out > 0 {
        let origins = if marked == 1 { "origin" } else { "origins" };
        lines.push(format!(
            "fix_tell 'not in this script: {left_out} of {marked} {origins}, named at the top'"
        ));
    }
    lines.push(r#"case "$bad$unsure$left" in '') ;; *) exit 1 ;; esac"#.to_owned());
    lines
}

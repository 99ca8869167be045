//! The script that changes one origin, or just the behaviors that reach it.
//!
//! Why it is written so: it is one `( … )`, so that a failure cannot end the user's shell, and every
//! line but the last ends in `&&`, so that a paste runs as a whole or not at all: a shell that reads
//! by lines and stumbles over the first (something stood at the prompt, the selection began a line
//! too low, a terminal sent `\r`) would take each of the others for a command of its own, and
//! go on to the write after a check that failed. So the rest is one command that its last `)`
//! spoils. Every step guards itself, because `set -e` is dead inside
//! `( … ) || …`, `if` and `!`. The ETag is read once, with the configuration that it belongs to,
//! so that If-Match means something. Ids reach jq by `--arg`, never as program text. No `!`
//! stands outside of single quotes, so history expansion finds nothing. `AWS_PAGER`, because
//! version 2 would open a pager; the region, because version 1 wants one; UTF-8, because in
//! another locale the AWS CLI writes another encoding, jq puts U+FFFD in its place, and the
//! update would carry that into every text of the distribution. The variables are unset first:
//! one that the user's shell holds as an integer would take an id for arithmetic, which runs
//! what stands in `a[$(…)]`. jq's `-M`, because an alias may colour its output. The folder is private
//! and goes away with every failure, because the configuration holds the values of origin
//! headers; it stays after a success, as the way back, and where nobody knows what happened.

use super::{Case, open_behaviors};
use crate::domain::endpoint::OriginKind;
use crate::domain::finding::Finding;
use crate::domain::quote::single;

/// One change, as jq text. It stands in single quotes: it holds none, and no `!`. In all of it
/// `$o` is the origin's id.
pub(super) struct Edit {
    /// Its name where a script makes several.
    pub(super) name: &'static str,
    /// What the origin must have, or it is of another kind.
    pub(super) part: &'static str,
    /// Said where it is of another kind.
    kind: &'static str,
    /// From the origin, with the configuration as `$c`, to `ready`, `same`, `odd` or the name of a
    /// refusal.
    pub(super) state: &'static str,
    /// States of its own that keep it from being made, and what is said there.
    refusals: &'static [(&'static str, &'static str)],
    /// From the configuration to the changed configuration.
    pub(super) change: &'static str,
    /// Said where there is nothing to change.
    same: &'static str,
    /// Said when it is done, after the origin's id.
    pub(super) done: &'static str,
}

/// `OriginProtocolPolicy` → https-only.
const HTTPS_ONLY: Edit = Edit {
    name: "https_only",
    part: ".CustomOriginConfig",
    kind: "it is not a custom origin",
    state: r#".CustomOriginConfig.OriginProtocolPolicy | if . == "https-only" then "same" elif . == "http-only" or . == "match-viewer" then "ready" else "odd" end"#,
    refusals: &[],
    change: r#".Origins.Items |= map(if .Id == $o then .CustomOriginConfig.OriginProtocolPolicy = "https-only" else . end)"#,
    same: "the origin is https-only already",
    done: "is https-only now",
};

/// `OriginSslProtocols` → TLSv1.2 alone.
const STRONG_TLS: Edit = Edit {
    name: "strong_tls",
    part: ".CustomOriginConfig",
    kind: "it is not a custom origin",
    state: r#".CustomOriginConfig.OriginSslProtocols.Items | if . == ["TLSv1.2"] then "same" elif type == "array" then "ready" else "odd" end"#,
    refusals: &[],
    change: r#".Origins.Items |= map(if .Id == $o then .CustomOriginConfig.OriginSslProtocols = {"Quantity": 1, "Items": ["TLSv1.2"]} else . end)"#,
    same: "the origin has TLSv1.2 alone already",
    done: "has TLSv1.2 alone now",
};

/// What becomes of an origin whose way is the viewers', by the behaviors whose target is the origin
/// or a group that has it.
macro_rules! viewers_state {
    () => {
        r#"([$o] + [$c.OriginGroups.Items[]? | select(any(.Members.Items[]; .OriginId == $o)) | .Id]) as $t | [$c.DefaultCacheBehavior, $c.CacheBehaviors.Items[]? | select(.TargetOriginId as $x | any($t[]; . == $x)) | .ViewerProtocolPolicy] | if (. - ["allow-all", "redirect-to-https", "https-only"] | length) > 0 then "odd" elif any(. == "allow-all") then "ready" else "same" end"#
    };
}

/// `ViewerProtocolPolicy` allow-all → redirect-to-https, on just the behaviors whose target is
/// the origin or a group that has it. CloudFront speaks to S3 as the viewer did.
const REDIRECT_VIEWERS: Edit = Edit {
    name: "redirect_viewers",
    part: ".S3OriginConfig",
    kind: "it is not an S3 origin",
    state: viewers_state!(),
    refusals: &[],
    change: r#"([$o] + [.OriginGroups.Items[]? | select(any(.Members.Items[]; .OriginId == $o)) | .Id]) as $t | (.DefaultCacheBehavior, .CacheBehaviors.Items[]?) |= if .ViewerProtocolPolicy == "allow-all" and (.TargetOriginId as $x | any($t[]; . == $x)) then .ViewerProtocolPolicy = "redirect-to-https" else . end"#,
    same: "no behavior that reaches the origin lets plain HTTP through",
    done: "is reached only by behaviors that redirect viewers to HTTPS or refuse plain HTTP now",
};

/// The same for a custom origin, as long as CloudFront speaks to it as the viewer did.
const REDIRECT_VIEWERS_OF_CUSTOM: Edit = Edit {
    name: "redirect_viewers_of_custom",
    part: ".CustomOriginConfig",
    kind: "it is not a custom origin",
    state: concat!(
        r#".CustomOriginConfig.OriginProtocolPolicy | if . == "http-only" then "plain" elif . == "https-only" then "tls" elif . == "match-viewer" then ("#,
        viewers_state!(),
        r#") else "odd" end"#
    ),
    refusals: &[
        (
            "plain",
            "the origin is http-only now, so it gets plain HTTP whatever viewers speak: it must become https-only",
        ),
        ("tls", "the origin is https-only now, so there is nothing to do"),
    ],
    ..REDIRECT_VIEWERS
};

/// The change that a script makes for a case; `None` where no single script may do it.
pub(super) fn edit(finding: &Finding<'_>, case: Case) -> Option<&'static Edit> {
    match case {
        Case::HttpsOnly { .. } => Some(&HTTPS_ONLY),
        Case::StrongTls => Some(&STRONG_TLS),
        Case::RedirectViewers { .. } if open_behaviors(finding).is_empty() => None,
        Case::RedirectViewers { .. } => match finding.assessment.kind {
            OriginKind::S3 => Some(&REDIRECT_VIEWERS),
            OriginKind::Custom if finding.protocol() == Some("match-viewer") => {
                Some(&REDIRECT_VIEWERS_OF_CUSTOM)
            }
            _ => None,
        },
        _ => None,
    }
}

/// The script, without a newline at its end.
pub(super) fn script(finding: &Finding<'_>, edit: &Edit) -> String {
    let lines = [functions(), values(finding), reading(finding, edit), writing(finding, edit)];
    format!("( {} )", lines.concat().join(" &&\n  "))
}

fn functions() -> Vec<String> {
    [
        r#"fix_failed() { printf '%s\n' "cf-tui fix: $1; nothing was changed" >&2; exit 1; }"#,
        r#"fix_unsure() { printf '%s\n' "cf-tui fix: $1; whether CloudFront changed anything is not known: read the distribution again" "its configuration before is $dir/before.json (it holds origin header values: delete it when done)" >&2; exit 1; }"#,
    ]
    .map(str::to_owned)
    .to_vec()
}

fn values(finding: &Finding<'_>) -> Vec<String> {
    let account = finding.account;
    let region = account.partition.region();
    let mut lines = vec![
        "umask 077 || fix_failed 'the file mask cannot be set'".to_owned(),
        "unset -v account distribution origin domain caller dir etag state answer new said || fix_failed 'a variable that it needs is read-only'".to_owned(),
    ];
    if let Some(profile) = &account.fix_profile {
        // Exported keys would win over the profile, and so would version 1's older variable.
        lines.push(format!(
            "unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN AWS_DEFAULT_PROFILE && export AWS_PROFILE={} || fix_failed 'the profile cannot be set'",
            single(profile)
        ));
    }
    lines.extend([
        format!("export AWS_PAGER='' AWS_CLI_AUTO_PROMPT=off PYTHONUTF8=1 AWS_REGION={region} AWS_DEFAULT_REGION={region} || fix_failed 'the environment cannot be set'"),
        format!("account={} || fix_failed 'the variable account cannot be set'", single(account.id.as_str())),
        format!("distribution={} || fix_failed 'the variable distribution cannot be set'", single(finding.distribution.id.as_str())),
        format!("origin={} || fix_failed 'the variable origin cannot be set'", single(finding.origin.id.as_str())),
        format!("domain={} || fix_failed 'the variable domain cannot be set'", single(&finding.origin.domain)),
    ]);
    lines
}

/// Everything before the one write. The domain is compared too: an origin that was pointed at
/// another server since it was judged may not be able to speak TLS.
fn reading(finding: &Finding<'_>, edit: &Edit) -> Vec<String> {
    let partition = finding.account.partition.as_str();
    let Edit { part, kind, state, change, same, .. } = edit;
    let refusals: String = edit
        .refusals
        .iter()
        .map(|(state, why)| format!(" {state}) fix_failed '{why}' ;;"))
        .collect();
    vec![
        "command -v aws >/dev/null || fix_failed 'the AWS CLI is not installed'".to_owned(),
        "command -v jq >/dev/null || fix_failed 'jq is not installed'".to_owned(),
        "caller=$(aws sts get-caller-identity --query Arn --output text) || fix_failed 'there are no AWS credentials, or they are not valid'".to_owned(),
        format!(r#"case $caller in "arn:{partition}:iam::${{account}}:"*|"arn:{partition}:sts::${{account}}:"*) ;; *) fix_failed "these credentials are of $caller, and the fix is for account $account" ;; esac"#),
        "dir=$(mktemp -d) || fix_failed 'there is no temporary folder'".to_owned(),
        r#"trap 'command rm -rf -- "$dir"' EXIT; trap 'exit 130' HUP INT TERM"#.to_owned(),
        r#"aws cloudfront get-distribution-config --id "$distribution" --output json >"$dir/read.json" || fix_failed "the configuration of $distribution cannot be read""#.to_owned(),
        r#"etag=$(jq -er .ETag "$dir/read.json") || fix_failed 'the answer has no ETag'"#.to_owned(),
        format!(r#"state=$(jq -r --arg o "$origin" --arg d "$domain" '.DistributionConfig as $c | [$c.Origins.Items[] | select(.Id == $o)] | if length == 0 then "gone" elif length > 1 or .[0]{part} == null then "kind" elif .[0].DomainName == $d then (.[0] | {state}) else "moved" end' "$dir/read.json") || fix_failed 'the answer cannot be understood'"#),
        format!(r#"case $state in ready) ;; same) fix_failed '{same}' ;; gone) fix_failed "$distribution has no such origin" ;; kind) fix_failed '{kind}' ;; moved) fix_failed "the domain of the origin is not $domain any more" ;;{refusals} *) fix_failed 'its setting is not one that this fix knows' ;; esac"#),
        r#"jq -e 'any(.. | strings; contains("\ufffd")) | not' "$dir/read.json" >/dev/null || fix_failed 'the AWS CLI wrote something else than UTF-8, or a text of the configuration is broken'"#.to_owned(),
        r#"jq -Ma .DistributionConfig "$dir/read.json" >"$dir/before.json" || fix_failed 'the configuration cannot be kept'"#.to_owned(),
        format!(r#"jq -Ma --arg o "$origin" '{change}' "$dir/before.json" >"$dir/after.json" || fix_failed 'the edit failed'"#),
    ]
}

/// The write: tried once, so that an answer is the answer to this try. An error in AWS's words
/// means that nothing was changed, unless it is the server's own; after a broken connection
/// nobody knows. The words are looked at because version 1 of the AWS CLI has one exit status,
/// 255, for all of these (252 and 253 are for what was never sent).
fn writing(finding: &Finding<'_>, edit: &Edit) -> Vec<String> {
    let profile = finding.account.fix_profile.as_ref();
    let way_back = format!(
        "  aws cloudfront update-distribution --region {}{} --id {}",
        finding.account.partition.region(),
        profile.map(|p| format!(" --profile {}", single(p))).unwrap_or_default(),
        finding.distribution.id.as_str()
    );
    vec![
        "trap - EXIT; trap 'fix_unsure interrupted' HUP INT TERM; answer=0".to_owned(),
        r#"new=$(AWS_MAX_ATTEMPTS=1 aws cloudfront update-distribution --id "$distribution" --if-match "$etag" --distribution-config "file://$dir/after.json" --query ETag --output text 2>"$dir/said") || answer=$?"#.to_owned(),
        r#"said=$(command cat "$dir/said") || said=''"#.to_owned(),
        r#"case $said in '') ;; *) printf '%s\n' "$said" >&2 ;; esac; command rm -f -- "$dir/read.json" "$dir/after.json" "$dir/said" || :"#.to_owned(),
        r#"case $answer,$said in 0,*) ;; *'An error occurred (Internal'*|*'An error occurred (Service'*|*'An error occurred (5'*) fix_unsure 'CloudFront failed, its reason is above' ;; 252,*|253,*|*'An error occurred ('*) command rm -rf -- "$dir"; fix_failed 'CloudFront refused the update, its reason is above (PreconditionFailed: somebody else changed the distribution meanwhile; run this again)' ;; *) fix_unsure "the AWS CLI ended with status $answer" ;; esac"#.to_owned(),
        format!(r#"printf '%s\n' "cf-tui fix: origin $origin of $distribution {}; CloudFront deploys it within minutes""#, edit.done)
            + " 'the way back, as long as nobody changes the distribution again:' "
            + &single(&way_back)
            + r#"" --if-match $new --distribution-config 'file://$dir/before.json'" "$dir holds origin header values: delete it when done""#,
    ]
}

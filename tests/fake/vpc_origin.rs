//! VPC origins, which cannot be changed or deleted while a distribution uses them. Codes, statuses
//! and messages are those of botocore 1.43.11, `cloudfront/2020-05-31/service-2.json`: UpdateVpcOrigin
//! names CannotUpdateEntityWhileInUse (409), DeleteVpcOrigin CannotDeleteEntityWhileInUse (409), both
//! PreconditionFailed (412), InvalidIfMatchVersion (400) and EntityNotFound (404).

use super::answer::{Answer, Asked, Good, Refusal};
use super::cloudfront::MODIFIED;
use super::http::Request;
use super::origin::endpoint;
use super::state::{AccountState, State};
use super::xml::{CLOUDFRONT, document, text, wrap};

const ETAG: &str = "EVPCORIGIN";

fn unknown() -> Refusal {
    Refusal::new(404, "EntityNotFound", "The entity was not found.")
}

/// One of the account.
pub(super) fn get(account: &AccountState, asked: &Asked, id: &str) -> Answer {
    let found = account.vpc_origins.iter().find(|v| v.id == id).ok_or_else(unknown)?;
    let arn = format!("arn:aws:cloudfront::{}:vpcorigin/{id}", asked.account);
    let config = text("Name", &format!("name-{id}"))
        + &text("Arn", &found.arn)
        + &endpoint(80, 443, &found.policy, &found.ssl);
    let inner = text("Id", id)
        + &text("Arn", &arn)
        + &text("AccountId", &asked.account)
        + &text("Status", &found.status)
        + &text("CreatedTime", MODIFIED)
        + &text("LastModifiedTime", MODIFIED)
        + &wrap("VpcOriginEndpointConfig", &config);
    let body = document("VpcOrigin", CLOUDFRONT, &inner);
    Ok(Good { body, etag: Some(ETAG.to_owned()) })
}

/// UpdateVpcOrigin, of which the protocol policy is kept, and DeleteVpcOrigin.
pub(super) fn change(state: &mut State, asked: &Asked, id: &str, request: &Request) -> Answer {
    // A distribution of an account that it is shared with uses it too.
    let in_use = state.accounts.values().flat_map(|account| &account.distributions).any(|d| {
        let parsed = roxmltree::Document::parse(&d.config).expect("only well-formed XML is stored");
        let mut ids = parsed.descendants().filter(|n| n.has_tag_name((CLOUDFRONT, "VpcOriginId")));
        ids.any(|n| n.text() == Some(id))
    });
    let account = state.accounts.get_mut(&asked.account).expect("the caller was identified");
    let at = account.vpc_origins.iter().position(|v| v.id == id).ok_or_else(unknown)?;
    match asked.params.get("IfMatch") {
        None => {
            let message = "The If-Match version is missing or not valid.";
            return Err(Refusal::new(400, "InvalidIfMatchVersion", message));
        }
        Some(given) if given != ETAG => {
            let message =
                "The precondition in one or more of the request fields evaluated to false.";
            return Err(Refusal::new(412, "PreconditionFailed", message));
        }
        Some(_) => {}
    }
    let is_update = asked.operation == "UpdateVpcOrigin";
    if in_use {
        let (code, done) = match is_update {
            true => ("CannotUpdateEntityWhileInUse", "updated"),
            false => ("CannotDeleteEntityWhileInUse", "deleted"),
        };
        let message = format!("The entity cannot be {done} while it is in use.");
        return Err(Refusal::new(409, code, message));
    }
    if is_update {
        account.vpc_origins[at].policy = policy(&String::from_utf8_lossy(&request.body))?;
        return get(account, asked, id);
    }
    let answer = get(account, asked, id);
    account.vpc_origins.remove(at);
    answer
}

fn policy(posted: &str) -> Result<String, Refusal> {
    let malformed = |why: String| Refusal::new(400, "MalformedXML", why);
    let parsed = roxmltree::Document::parse(posted).map_err(|e| malformed(e.to_string()))?;
    let found = parsed.descendants().find(|n| n.has_tag_name((CLOUDFRONT, "OriginProtocolPolicy")));
    found
        .and_then(|n| n.text())
        .map(str::to_owned)
        .ok_or_else(|| malformed("OriginProtocolPolicy is missing".to_owned()))
}

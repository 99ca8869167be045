//! What a verdict needs beyond the listing: the signing behavior of origin access controls, one
//! paged list per account, and the endpoint of VPC origins, one call each. Made only where a
//! verdict depends on it, and remembered for the account.

use std::collections::HashMap;

use aws_sdk_cloudfront::operation::RequestId;
use aws_sdk_cloudfront::types::{OriginAccessControlOriginTypes, OriginAccessControlSummary};

use super::convert;
use super::fault;
use super::pages::Pages;
use super::trouble::Trouble;
use super::visit::Visit;
use crate::domain::distribution::{
    Distribution, Looked, Origin, Signing, Source, VpcEndpoint, VpcOrigin,
};
use crate::domain::exposure::needs_signing;
use crate::domain::fault::{Fault, FaultKind, Step};
use crate::inventory::report::Stage;

/// What was looked up in this account so far.
#[derive(Debug, Default)]
pub(super) struct Lookups {
    signing: Option<AccessControls>,
    vpc_origins: HashMap<String, Looked<VpcEndpoint>>,
}

/// The account's origin access controls.
#[derive(Debug)]
struct AccessControls {
    found: HashMap<String, (Signing, Source)>,
    /// Why the list is not whole, where it is not.
    failed: Option<String>,
}

impl AccessControls {
    fn signing(&self, id: &str) -> Looked<Signing> {
        match (self.found.get(id), &self.failed) {
            (Some((value, from)), _) => Looked::Found { value: value.clone(), from: from.clone() },
            (None, Some(why)) => Looked::Failed(why.clone()),
            (None, None) => Looked::Missing,
        }
    }
}

/// Fills in what the verdicts of a page need.
pub(super) async fn complete(visit: &mut Visit<'_>, page: &mut [Distribution]) {
    for distribution in page {
        for at in 0..distribution.origins.len() {
            if needs_signing(distribution, &distribution.origins[at]) {
                look_up_signing(visit, &mut distribution.origins[at]).await;
            }
            if let Some(vpc) = &mut distribution.origins[at].vpc {
                vpc.endpoint = vpc_endpoint(visit, vpc).await;
            }
        }
    }
}

async fn look_up_signing(visit: &mut Visit<'_>, origin: &mut Origin) {
    let Some(s3) = &mut origin.s3 else { return };
    let Some(id) = &s3.access_control else { return };
    if visit.lookups.signing.is_none() {
        let listed = list_access_controls(visit).await;
        visit.lookups.signing = Some(listed);
    }
    if let Some(controls) = &visit.lookups.signing {
        s3.signing = controls.signing(id);
    }
}

async fn list_access_controls(visit: &mut Visit<'_>) -> AccessControls {
    let mut controls = AccessControls { found: HashMap::new(), failed: None };
    if let Err(fault) = read_access_controls(visit, &mut controls.found).await {
        controls.failed = Some(explained(&fault));
        visit.faults.push(fault);
    }
    controls
}

async fn read_access_controls(
    visit: &mut Visit<'_>,
    found: &mut HashMap<String, (Signing, Source)>,
) -> Result<(), Fault> {
    const STEP: Step = Step::ListOriginAccessControls;
    let mut pages = Pages::new("ListOriginAccessControls");
    loop {
        let marker = pages.marker();
        let answer = visit
            .call(&Stage::LookingUp, |client| {
                client.list_origin_access_controls().set_marker(marker.clone()).send()
            })
            .await
            .map_err(|trouble| fault::of_call(STEP, &trouble))?;
        let request_id = answer.request_id().map(str::to_owned);
        let fault =
            |text: String| fault::of_call(STEP, &Trouble::malformed(text, request_id.clone()));
        let list = answer
            .origin_access_control_list
            .ok_or_else(|| fault("no OriginAccessControlList in it".to_owned()))?;
        let items = list.items.unwrap_or_default();
        let next = pages.turn(list.is_truncated, list.next_marker, list.quantity, items.len());
        let from = Source { call: pages.call(), request_id: request_id.clone(), read_at: None };
        let mut twice = None;
        for one in items {
            let signing = signing(&one);
            if let Some((before, _)) = found.insert(one.id.clone(), (signing.clone(), from.clone()))
                && before != signing
            {
                found.remove(&one.id);
                twice = Some(one.id);
            }
        }
        if let Some(id) = twice {
            return Err(fault(format!("{id} came twice, with two signing behaviors")));
        }
        if !next.map_err(&fault)? {
            return pages.check_quantity().map_err(&fault);
        }
    }
}

/// What an origin access control signs for S3. One that is for another kind of origin signs
/// nothing there, whatever its behavior.
fn signing(one: &OriginAccessControlSummary) -> Signing {
    let behavior = one.signing_behavior.as_str();
    match &one.origin_access_control_origin_type {
        OriginAccessControlOriginTypes::S3 => Signing::parse(behavior),
        other => Signing::Other(format!("{behavior}, for origins of the type {}", other.as_str())),
    }
}

async fn vpc_endpoint(visit: &mut Visit<'_>, vpc: &VpcOrigin) -> Looked<VpcEndpoint> {
    let id = &vpc.vpc_origin_id;
    if let Some(known) = visit.lookups.vpc_origins.get(id) {
        return known.clone();
    }
    let looked = match get_vpc_origin(visit, id).await {
        Ok(found) => found,
        Err(fault) => {
            let why = failed_vpc_origin(visit, vpc, &fault);
            visit.faults.push(fault);
            Looked::Failed(why)
        }
    };
    visit.lookups.vpc_origins.insert(id.clone(), looked.clone());
    looked
}

async fn get_vpc_origin(visit: &mut Visit<'_>, id: &str) -> Result<Looked<VpcEndpoint>, Fault> {
    const STEP: Step = Step::GetVpcOrigin;
    let answer = visit
        .call(&Stage::LookingUp, |client| client.get_vpc_origin().id(id).send())
        .await
        .map_err(|trouble| fault::of_call(STEP, &trouble))?;
    let request_id = answer.request_id().map(str::to_owned);
    let fault = |text: String| fault::of_call(STEP, &Trouble::malformed(text, request_id.clone()));
    let found = answer.vpc_origin.ok_or_else(|| fault("no VpcOrigin in it".to_owned()))?;
    if found.id != id {
        return Err(fault("it describes another VPC origin".to_owned()));
    }
    let config = found
        .vpc_origin_endpoint_config
        .ok_or_else(|| fault("no VpcOriginEndpointConfig in it".to_owned()))?;
    let value = convert::vpc_endpoint(config, found.status).map_err(&fault)?;
    let from = Source { call: "GetVpcOrigin".to_owned(), request_id, read_at: None };
    Ok(Looked::Found { value, from })
}

/// A VPC origin that another account shares by RAM may be readable there only.
fn failed_vpc_origin(visit: &Visit<'_>, vpc: &VpcOrigin, fault: &Fault) -> String {
    let own = visit.account.id.as_str();
    let shared = vpc.owner.as_deref().filter(|owner| *owner != own);
    match (shared, fault.kind) {
        (Some(owner), FaultKind::Denied | FaultKind::NotFound) => format!(
            "{}; it belongs to the account {}, which shares it: its protocol policy can be read there",
            explained(fault),
            fault::clean(owner)
        ),
        _ => explained(fault),
    }
}

/// Why a look-up failed, ready for the reason of a verdict.
fn explained(fault: &Fault) -> String {
    let call = fault.step.label();
    match fault.kind {
        FaultKind::Denied => format!("{call} was denied (cloudfront:{call} is missing)"),
        FaultKind::NotFound => format!("{call} did not find it"),
        _ => fault.message.clone(),
    }
}

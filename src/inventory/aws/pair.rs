//! Which staging distribution belongs to which primary: only the primary's configuration names
//! the continuous deployment policy, and only the policy names the staging distributions.

use aws_sdk_cloudfront::operation::RequestId;

use super::trouble::Trouble;
use super::visit::Visit;
use super::{Aws, fault};
use crate::domain::account::Account;
use crate::domain::ids::DistributionId;
use crate::inventory::load::Reporter;
use crate::inventory::report::{Deployment, Paired, Search, Stage};

/// How many calls a search makes at most; a primary costs one, or two if it has a policy.
const CALLS: usize = 5;

impl Aws {
    /// Asks primaries of an account for their continuous deployment, one after the other; up to
    /// the first that has one, or has one with the staging distribution of this domain name.
    pub async fn pair(
        &self,
        account: &Account,
        primaries: &[DistributionId],
        staging: Option<&str>,
    ) -> Paired {
        let out = Reporter::unheard();
        let attempts = self.attempts(&out);
        match self.visit(account, &attempts).await {
            Ok(mut visit) => search(&mut visit, primaries, staging).await,
            Err(fault) => Err(format!("{}; {}", fault.message, fault.hint)),
        }
    }
}

/// What cannot be read might have been the one, so the first failure ends the search.
async fn search(
    visit: &mut Visit<'_>,
    primaries: &[DistributionId],
    staging: Option<&str>,
) -> Paired {
    let mut calls = 0;
    let mut tried = 0;
    for primary in primaries {
        if calls + 2 > CALLS {
            break;
        }
        (calls, tried) = (calls + 1, tried + 1);
        let Some(policy) = policy_of(visit, primary).await? else { continue };
        calls += 1;
        let found = deployment(visit, primary, &policy).await?;
        if staging.is_none_or(|domain| found.names(domain)) {
            return Ok(Search { found: Some(found), tried });
        }
    }
    Ok(Search { found: None, tried })
}

/// The id of the policy; AWS tells an empty one where there is none.
async fn policy_of(
    visit: &mut Visit<'_>,
    primary: &DistributionId,
) -> Result<Option<String>, String> {
    const CALL: &str = "GetDistributionConfig";
    let answer = visit
        .call(&Stage::LookingUp, |client| {
            client.get_distribution_config().id(primary.as_str()).send()
        })
        .await
        .map_err(|trouble| fault::of_read(CALL, &trouble))?;
    let request_id = answer.request_id().map(str::to_owned);
    let policy = answer.distribution_config.and_then(|c| c.continuous_deployment_policy_id);
    let policy = policy.ok_or_else(|| {
        let text = "no ContinuousDeploymentPolicyId in it";
        fault::of_read(CALL, &Trouble::malformed(text, request_id))
    })?;
    Ok(Some(policy).filter(|id| !id.is_empty()))
}

async fn deployment(
    visit: &mut Visit<'_>,
    primary: &DistributionId,
    policy: &str,
) -> Result<Deployment, String> {
    const CALL: &str = "GetContinuousDeploymentPolicy";
    let answer = visit
        .call(&Stage::LookingUp, |client| {
            client.get_continuous_deployment_policy().id(policy).send()
        })
        .await
        .map_err(|trouble| fault::of_read(CALL, &trouble))?;
    let request_id = answer.request_id().map(str::to_owned);
    let malformed =
        |text: &str| fault::of_read(CALL, &Trouble::malformed(text, request_id.clone()));
    let found = answer
        .continuous_deployment_policy
        .ok_or_else(|| malformed("no ContinuousDeploymentPolicy in it"))?;
    if found.id != policy {
        return Err(malformed("it describes another policy"));
    }
    let config = found
        .continuous_deployment_policy_config
        .ok_or_else(|| malformed("no ContinuousDeploymentPolicyConfig in it"))?;
    let names = config
        .staging_distribution_dns_names
        .ok_or_else(|| malformed("no StagingDistributionDnsNames in it"))?;
    let staging = names.items.unwrap_or_default();
    if usize::try_from(names.quantity) != Ok(staging.len()) || staging.is_empty() {
        return Err(malformed("its StagingDistributionDnsNames are not as many as it says"));
    }
    let traffic = config.traffic_config;
    let weight = traffic.and_then(|t| t.single_weight_config).map(|single| single.weight);
    Ok(Deployment { primary: primary.clone(), staging, enabled: config.enabled, weight })
}

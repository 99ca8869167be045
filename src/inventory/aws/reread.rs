//! One distribution, read again after a fix; and what is read of it only when somebody looks.
//!
//! Each read opens a session of its own: the role is assumed anew with the session policy, and
//! the account is verified before anything is asked.

use std::sync::Arc;

use aws_sdk_cloudfront::operation::RequestId;

use super::attempts::Attempts;
use super::base::Ready;
use super::convert::{self, Described};
use super::structure::Kept;
use super::trouble::Trouble;
use super::visit::Visit;
use super::{Aws, fault, key, lookup, unknown_base};
use crate::domain::account::Account;
use crate::domain::distribution::{Distribution, Source};
use crate::domain::fault::{Fault, Step};
use crate::domain::ids::DistributionId;
use crate::inventory::load::Reporter;
use crate::inventory::report::{Reread, Stage, Tag, Tags};

const STEP: Step = Step::GetDistribution;

impl Aws {
    /// Reads one distribution of an account again, and what its verdicts need beyond it.
    pub async fn reread(&self, account: &Account, id: &DistributionId) -> Reread {
        let out = Reporter::unheard();
        let attempts = self.attempts(&out);
        match self.visit(account, &attempts).await {
            Ok(mut visit) => read(&mut visit, id).await,
            Err(fault) => Reread::Failed(fault),
        }
    }

    /// Reads the tags of a distribution.
    pub async fn tags(&self, account: &Account, arn: &str) -> Tags {
        let out = Reporter::unheard();
        let attempts = self.attempts(&out);
        match self.visit(account, &attempts).await {
            Ok(mut visit) => tags(&mut visit, arn).await,
            Err(fault) => Err(format!("{}; {}", fault.message, fault.hint)),
        }
    }

    pub(super) fn attempts<'a>(&self, out: &'a Reporter) -> Attempts<'a> {
        Attempts::new(out, self.limits.max_attempts, self.setup.options.backoff)
    }

    pub(super) async fn visit<'a>(
        &self,
        account: &'a Account,
        attempts: &'a Attempts<'a>,
    ) -> Result<Visit<'a>, Fault> {
        let base = self.bases.get(&key(account)).ok_or_else(|| unknown_base(account))?;
        let ready: Arc<Ready> = base.ready(&self.setup, None).await?;
        Visit::open(account, ready, self.setup.options.session_policy, attempts).await
    }
}

/// A description that is not whole counts for nothing: by it a row might be gone that is not. One
/// that is gone is told apart by AWS's own code, not by the status: a proxy has its own 404.
async fn read(visit: &mut Visit<'_>, id: &DistributionId) -> Reread {
    match describe(visit, id).await {
        Ok(mut distribution) => {
            lookup::complete(visit, std::slice::from_mut(&mut distribution)).await;
            let fault = std::mem::take(&mut visit.faults).into_iter().next();
            Reread::Found { distribution: Box::new(distribution), fault }
        }
        Err(trouble) if trouble.has_code(&["NoSuchDistribution"]) => Reread::Gone,
        Err(trouble) => Reread::Failed(fault::of_call(STEP, &trouble)),
    }
}

async fn describe(visit: &mut Visit<'_>, id: &DistributionId) -> Result<Distribution, Trouble> {
    let kept = Kept::default();
    let answer = visit
        .call(&Stage::LookingUp, |client| {
            let request = client.get_distribution().id(id.as_str());
            request.customize().interceptor(kept.clone()).send()
        })
        .await?;
    let request_id = answer.request_id().map(str::to_owned);
    let malformed = |text: &str| Trouble::malformed(text, request_id.clone());
    let described = answer.distribution.and_then(|found| Described::read(found, answer.e_tag));
    let described = described.ok_or_else(|| malformed("no DistributionConfig in it"))?;
    let missing: [Vec<String>; 1] =
        kept.take().missing.try_into().map_err(|_| malformed("it is not one distribution"))?;
    let [missing] = missing;
    let source = Source {
        call: "GetDistribution".to_owned(),
        request_id: request_id.clone(),
        read_at: None,
    };
    let distribution = convert::distribution(described, missing, source);
    if distribution.id != *id || !of_account(&distribution.arn, visit.account) {
        return Err(malformed("it describes another distribution"));
    }
    match distribution.defects.first() {
        None => Ok(distribution),
        Some(defect) => Err(malformed(&format!("distribution {}: {defect}", id.as_str()))),
    }
}

/// True if the ARN is one of the account's.
fn of_account(arn: &str, account: &Account) -> bool {
    arn.split(':').nth(4) == Some(account.id.as_str())
}

async fn tags(visit: &mut Visit<'_>, arn: &str) -> Tags {
    const CALL: &str = "ListTagsForResource";
    let answer = visit
        .call(&Stage::LookingUp, |client| client.list_tags_for_resource().resource(arn).send())
        .await
        .map_err(|trouble| fault::of_read(CALL, &trouble))?;
    let request_id = answer.request_id().map(str::to_owned);
    let malformed =
        |text: &str| fault::of_read(CALL, &Trouble::malformed(text, request_id.clone()));
    let list = answer.tags.ok_or_else(|| malformed("no Tags in it"))?;
    let tag = |tag: aws_sdk_cloudfront::types::Tag| match tag.key.is_empty() {
        true => Err(malformed("a tag has no Key")),
        false => Ok(Tag { key: tag.key, value: tag.value.unwrap_or_default() }),
    };
    list.items.unwrap_or_default().into_iter().map(tag).collect()
}

//! Accounts, distributions and what went wrong, as they are shown with the mask on.

use super::Mask;
use crate::domain::account::{Access, Account, AssumeRole, ExternalId};
use crate::domain::distribution::{Distribution, Looked, Origin, OriginGroup, VpcOrigin};
use crate::domain::fault::Fault;
use crate::domain::preflight::{Address, Cause, Doubt, Outcome, Preflight, Target};

impl Mask {
    /// The account; its partition, whether it is enabled, and the keys of tags and variables stay.
    pub fn account(&self, real: &Account) -> Account {
        let tag = |tag: &String| match tag.split_once(':') {
            Some((key, value)) => format!("{key}:{}", self.word("tag", value)),
            None => self.word("tag", tag),
        };
        let var = |(key, value): (&String, &String)| (key.clone(), self.word("value", value));
        let profile = |name: &String| self.word("profile", name);
        Account {
            id: self.account_id(&real.id),
            name: self.account_name(real),
            tags: real.tags.iter().map(tag).collect(),
            vars: real.vars.iter().map(var).collect(),
            fix_profile: real.fix_profile.as_ref().map(profile),
            enabled: real.enabled,
            partition: real.partition,
            access: match &real.access {
                Access::Profile(name) => Access::Profile(profile(name)),
                Access::Assume(role) => Access::Assume(AssumeRole {
                    source_profile: role.source_profile.as_ref().map(profile),
                    chain: role.chain.iter().map(|arn| self.arn(arn)).collect(),
                    session_name: self.word("name", &role.session_name),
                    duration_seconds: role.duration_seconds,
                    external_id: role.external_id.as_ref().map(|_| ExternalId::new("masked")),
                }),
            },
            place: place(&real.place),
        }
    }

    /// The distribution.
    pub fn distribution(&self, real: &Distribution) -> Distribution {
        let own = self.words_in(real);
        let said = |text: &String| self.text_with(&own, text);
        Distribution {
            id: self.distribution_id(&real.id),
            arn: self.arn(&real.arn),
            domain: self.host(&real.domain),
            aliases: real.aliases.iter().map(|alias| self.alias(alias)).collect(),
            comment: self.word("comment", &real.comment),
            etag: real.etag.as_ref().map(|etag| self.word("etag", etag)),
            origins: real.origins.iter().map(|origin| self.origin(origin, &own)).collect(),
            groups: real
                .groups
                .iter()
                .map(|group| OriginGroup {
                    id: self.origin_id(&group.id),
                    members: group.members.iter().map(|id| self.origin_id(id)).collect(),
                })
                .collect(),
            behaviors: real
                .behaviors
                .iter()
                .map(|real| {
                    let mut behavior = real.clone();
                    behavior.target = self.origin_id(&real.target);
                    behavior
                })
                .collect(),
            defects: real.defects.iter().map(said).collect(),
            ..real.clone()
        }
    }

    fn origin(&self, real: &Origin, own: &[(String, String)]) -> Origin {
        let mut origin = real.clone();
        origin.id = self.origin_id(&real.id);
        origin.domain = self.host(&real.domain);
        if !real.path.is_empty() {
            origin.path = format!("/{}", self.word("path", &real.path));
        }
        origin.header_names =
            real.header_names.iter().map(|name| self.word("X-Header", name)).collect();
        if let Some(s3) = &mut origin.s3 {
            s3.access_control = s3.access_control.as_ref().map(|id| self.word("oac", id));
            failed(&mut s3.signing, |text| self.text_with(own, text));
        }
        if let Some(vpc) = &mut origin.vpc {
            self.vpc(vpc, own);
        }
        origin
    }

    fn vpc(&self, vpc: &mut VpcOrigin, own: &[(String, String)]) {
        vpc.vpc_origin_id = self.word("vo", &vpc.vpc_origin_id);
        vpc.owner = vpc.owner.as_ref().map(|owner| self.text(owner));
        failed(&mut vpc.endpoint, |text| self.text_with(own, text));
        if let Looked::Found { value, .. } = &mut vpc.endpoint {
            value.arn = self.arn(&value.arn);
        }
    }

    /// What went wrong.
    pub fn fault(&self, real: &Fault) -> Fault {
        Fault { message: self.text(&real.message), hint: self.text(&real.hint), ..real.clone() }
    }

    /// A TLS pre-flight: names and addresses.
    pub fn preflight(&self, real: &Preflight) -> Preflight {
        let hosts = |names: &Vec<String>| names.iter().map(|name| self.host(name)).collect();
        let mut outcome = real.outcome.clone();
        match &mut outcome {
            Outcome::Works(certificate) => {
                certificate.names = hosts(&certificate.names);
                certificate.root = certificate.root.as_ref().map(|name| self.word("root", name));
            }
            Outcome::Fails(causes) => {
                for cause in causes {
                    match cause {
                        Cause::OtherNames(names) => *names = hosts(names),
                        // A private authority is often named after its company.
                        Cause::Untrusted(issuer) => {
                            *issuer = issuer.as_ref().map(|name| self.word("issuer", name));
                        }
                        _ => {}
                    }
                }
            }
            Outcome::Inconclusive(doubt) => match doubt {
                Doubt::AliasOnly(name) => *name = self.alias(name),
                Doubt::NotResolved(text)
                | Doubt::NotConnected(text)
                | Doubt::Handshake(text)
                | Doubt::NothingInCommon(text)
                | Doubt::Certificate(text)
                | Doubt::Crashed(text) => *text = self.text(text),
                _ => {}
            },
            Outcome::NotTried(text) => *text = self.text(text),
        }
        let address = real.address.as_ref().map(|address| Address {
            text: self.word("address", &address.text),
            special: address.special.clone(),
        });
        Preflight { target: self.target(&real.target), address, outcome }
    }

    /// What a pre-flight asks, as it would be asked of the masked origin.
    pub fn target(&self, real: &Target) -> Target {
        Target {
            domain: self.host(&real.domain),
            aliases: real.aliases.iter().map(|alias| self.alias(alias)).collect(),
            ..real.clone()
        }
    }

    /// What of a distribution texts about it may hold.
    fn words_in(&self, real: &Distribution) -> Vec<(String, String)> {
        if real.defects.is_empty() && !real.origins.iter().any(has_text) {
            return Vec::new();
        }
        let ids = real.origins.iter().map(|origin| &origin.id);
        let ids = ids.chain(real.groups.iter().map(|group| &group.id));
        let origins =
            ids.map(|id| (id.as_str().to_owned(), self.origin_id(id).as_str().to_owned()));
        let controls = real.origins.iter().filter_map(|origin| {
            let id = origin.s3.as_ref()?.access_control.as_ref()?;
            Some((id.clone(), self.word("oac", id)))
        });
        let inside = real.origins.iter().filter_map(|origin| {
            let id = &origin.vpc.as_ref()?.vpc_origin_id;
            Some((id.clone(), self.word("vo", id)))
        });
        let mut words: Vec<_> = origins.chain(controls).chain(inside).collect();
        words.retain(|(word, _)| word.len() > 1);
        words.sort_by_key(|(real, _)| std::cmp::Reverse(real.len()));
        words
    }

    fn text_with(&self, own: &[(String, String)], text: &str) -> String {
        let own = own.iter().filter(|(real, _)| text.contains(real.as_str()));
        let text = own.fold(text.to_owned(), |text, (real, mask)| text.replace(real, mask));
        self.text(&text)
    }
}

fn has_text(origin: &Origin) -> bool {
    let signing = origin.s3.as_ref().is_some_and(|s3| matches!(s3.signing, Looked::Failed(_)));
    let endpoint = origin.vpc.as_ref().is_some_and(|v| matches!(v.endpoint, Looked::Failed(_)));
    signing || endpoint
}

fn failed<T>(looked: &mut Looked<T>, mask: impl Fn(&str) -> String) {
    if let Looked::Failed(text) = looked {
        *text = mask(text);
    }
}

/// `the fleet file:12:1`
fn place(place: &str) -> String {
    let mut numbers = place.rsplitn(3, ':');
    match (numbers.next(), numbers.next(), numbers.next()) {
        (Some(column), Some(line), Some(_)) => format!("the fleet file:{line}:{column}"),
        _ => String::new(),
    }
}

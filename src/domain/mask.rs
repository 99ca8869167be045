//! The privacy mask: stable pseudonyms for what tells whose fleet it is.
//!
//! A pseudonym is made by a keyed hash of the real text and has its shape: an account id stays
//! twelve digits, a bucket's endpoint an S3 endpoint. The same text and key give the same
//! pseudonym, so that masked screens and exports can be compared; without the key nobody can try
//! out names. Regions, services, ports, protocols, path patterns, statuses and times stay.

mod hash;
mod host;
mod text;
mod things;

use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

use self::hash::{little_endian, siphash};
use super::account::{Access, Account};
use super::ids::{AccountId, DistributionId, OriginId};

/// What pseudonyms are made with. It never shows: who has it can try out names.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub struct Key([u8; 32]);

impl Key {
    /// The bytes of a key file.
    pub const fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The bytes, for a file that keeps it.
    pub fn bytes(&self) -> [u8; 32] {
        self.0
    }

    fn halves(&self) -> [[u64; 2]; 2] {
        let word = |at: usize| little_endian(&self.0[at * 8..at * 8 + 8]);
        [[word(0), word(1)], [word(2), word(3)]]
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(…)")
    }
}

/// Maps texts to pseudonyms.
#[derive(Clone, Debug)]
pub struct Mask {
    key: Key,
    /// Words of the fleet file that free text may hold, and what stands for them.
    words: Arc<HashMap<String, String>>,
    /// The same for those that hold blanks and the like.
    phrases: Arc<Vec<(String, String)>>,
}

/// Letters and digits that cannot be taken for one another.
const SMALL: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
const LARGE: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

impl Mask {
    /// A mask that also finds the words of these accounts in free text.
    pub fn new<'a>(key: Key, accounts: impl IntoIterator<Item = &'a Account>) -> Self {
        let mut mask = Self { key, words: Arc::new(HashMap::new()), phrases: Arc::new(Vec::new()) };
        let (mut words, mut phrases) = (HashMap::new(), Vec::new());
        for account in accounts {
            for (real, pseudonym) in mask.words_of(account) {
                match text::is_word(&real) {
                    true => drop(words.insert(real, pseudonym)),
                    false => phrases.push((real, pseudonym)),
                }
            }
        }
        // A phrase that holds another one goes first.
        phrases.sort_by(|(a, _), (b, _)| (b.len(), a).cmp(&(a.len(), b)));
        phrases.dedup();
        (mask.words, mask.phrases) = (Arc::new(words), Arc::new(phrases));
        mask
    }

    /// Twelve digits for twelve digits.
    pub fn account_id(&self, id: &AccountId) -> AccountId {
        let digits = self.hash("account id", id.as_str()) % 1_000_000_000;
        AccountId::parse(&format!("000{digits:09}")).unwrap_or_else(|| id.clone())
    }

    /// An account's name; where that is its id, the masked id.
    pub fn account_name(&self, account: &Account) -> String {
        match account.name == account.id.as_str() {
            true => self.account_id(&account.id).to_string(),
            false => self.word("account", &account.name),
        }
    }

    /// A distribution's id.
    pub fn distribution_id(&self, id: &DistributionId) -> DistributionId {
        DistributionId::new(format!("EMASKED{}", self.letters(id.as_str(), 7, LARGE)))
    }

    /// The id of an origin or an origin group; of a distribution that came cut, none stays none.
    pub fn origin_id(&self, id: &OriginId) -> OriginId {
        OriginId::new(self.word("origin", id.as_str()))
    }

    /// `kind-xxxxxxxx`; nothing for nothing.
    pub fn word(&self, kind: &str, real: &str) -> String {
        match real.is_empty() {
            true => String::new(),
            false => format!("{kind}-{}", self.letters(real, 8, SMALL)),
        }
    }

    fn letters(&self, real: &str, count: u32, alphabet: &[u8; 32]) -> String {
        let hash = self.hash("name", real);
        let letter = |at: u32| char::from(alphabet[(hash >> (5 * at)) as usize & 31]);
        (0..count).map(letter).collect()
    }

    /// Both halves of the key go into it, one after the other.
    fn hash(&self, what: &str, real: &str) -> u64 {
        let [outer, inner] = self.key.halves();
        let mut text = siphash(inner, real.as_bytes()).to_le_bytes().to_vec();
        text.extend(what.as_bytes());
        siphash(outer, &text)
    }

    /// What of an account free text may hold, with what stands for it.
    fn words_of(&self, account: &Account) -> Vec<(String, String)> {
        let mut words = vec![(account.name.clone(), self.account_name(account))];
        let profiles = account.fix_profile.iter().chain(match &account.access {
            Access::Assume(role) => role.source_profile.as_ref(),
            Access::Profile(profile) => Some(profile),
        });
        words.extend(profiles.map(|name| (name.clone(), self.word("profile", name))));
        if let Access::Assume(role) = &account.access {
            let names = role.chain.iter().filter_map(|arn| arn.rsplit('/').next());
            words.extend(names.map(|name| (name.to_owned(), self.word("name", name))));
            let session = &role.session_name;
            words.push((session.clone(), self.word("name", session)));
        }
        // `…/fleet.toml:12:1`, as hints name it.
        let file = account.place.rsplitn(3, ':').nth(2);
        words.extend(file.map(|file| (file.to_owned(), "the fleet file".to_owned())));
        words.retain(|(real, _)| !matches!(real.as_str(), "" | "cf-tui" | "default"));
        words
    }
}

#[cfg(test)]
mod tests;

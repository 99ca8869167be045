//! Free text: what AWS or this program said of an account, with names somewhere in it.

use super::Mask;
use crate::domain::ids::{AccountId, DistributionId};

/// Endings of domains that are none: files, and the rule's own id.
const NO_DOMAINS: [&str; 7] = [".toml", ".sh", ".json", ".jsonl", ".yaml", ".md", ".CRY.17"];

impl Mask {
    /// Every word of the fleet file, and whatever has the shape of an account id, an ARN, a
    /// distribution's id, a domain, an address, or a path of files, gets its pseudonym.
    pub fn text(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for (real, pseudonym) in self.phrases.iter() {
            if text.contains(real.as_str()) {
                text = text.replace(real, pseudonym);
            }
        }
        pieces(&text, |c| is_inside(c) || matches!(c, ':' | '/' | '~'))
            .map(|p| self.piece(p))
            .collect()
    }

    /// An ARN: its account, and the names in its resource.
    pub fn arn(&self, arn: &str) -> String {
        let parts: Vec<&str> = arn.splitn(6, ':').collect();
        let ["arn", partition, service, region, account, resource] = parts.as_slice() else {
            return self.text_without_arn(arn);
        };
        let account = self.digits(account);
        let mut names = resource.split('/');
        let kind = names.next().unwrap_or_default();
        let mut masked = match kind.split_once(':') {
            Some((kind, name)) => format!("{kind}:{}", self.known_or("name", name)),
            None => kind.to_owned(),
        };
        for name in names {
            masked.push('/');
            masked += &match (kind, name) {
                ("distribution", id) => {
                    self.distribution_id(&DistributionId::new(id)).as_str().to_owned()
                }
                (_, "app" | "net" | "") => name.to_owned(),
                _ => self.known_or("name", name),
            };
        }
        format!("arn:{partition}:{service}:{region}:{account}:{masked}")
    }

    fn known_or(&self, kind: &str, name: &str) -> String {
        self.words.get(name).cloned().unwrap_or_else(|| self.word(kind, name))
    }

    /// A word, or what stands between words.
    fn piece(&self, piece: &str) -> String {
        if let Some(at) = piece.find("arn:aws") {
            let (before, arn) = piece.split_at(at);
            let end = arn.trim_end_matches(['.', ':', '/']).len();
            let after = &arn[end..];
            return format!("{}{}{after}", self.text_without_arn(before), self.arn(&arn[..end]));
        }
        let is_path = piece.starts_with("~/") || piece.starts_with('/');
        if is_path && piece.matches('/').count() > 1 && !piece.contains('*') {
            return "(a path)".to_owned();
        }
        self.text_without_arn(piece)
    }

    fn text_without_arn(&self, text: &str) -> String {
        pieces(text, is_inside).map(|word| self.one(word)).collect()
    }

    fn one(&self, word: &str) -> String {
        let end = word.trim_end_matches(['.', '-', '=', '+']).len();
        let (word, after) = word.split_at(end);
        let masked = match self.words.get(word) {
            Some(known) => known.clone(),
            None if word.contains('@') => self.word("user", word),
            None if is_distribution(word) => {
                self.distribution_id(&DistributionId::new(word)).as_str().to_owned()
            }
            None if is_address(word) => self.word("address", word),
            None if is_domain(word) => self.host(word),
            None => self.digits(word),
        };
        masked + after
    }

    /// Every run of just twelve digits.
    fn digits(&self, word: &str) -> String {
        let runs = pieces(word, |c| c.is_ascii_digit());
        runs.map(|run| match AccountId::parse(run) {
            Some(id) => self.account_id(&id).to_string(),
            None => run.to_owned(),
        })
        .collect()
    }
}

/// True if `text` finds it as one word.
pub(super) fn is_word(text: &str) -> bool {
    text.chars().all(is_inside) && !text.ends_with(['.', '-', '=', '+'])
}

fn is_inside(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '.' | '@' | '+' | '=' | '-')
}

/// The runs of characters that are inside of something, and those between them.
fn pieces(text: &str, inside: impl Fn(char) -> bool) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let first = inside(rest.chars().next()?);
        let end = rest.find(|c| inside(c) != first).unwrap_or(rest.len());
        let (piece, after) = rest.split_at(end);
        rest = after;
        Some(piece)
    })
}

fn is_distribution(word: &str) -> bool {
    let rest = word.strip_prefix('E').unwrap_or_default();
    let digit = rest.bytes().any(|b| b.is_ascii_digit());
    (9..=20).contains(&rest.len())
        && digit
        && rest.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase())
}

fn is_address(word: &str) -> bool {
    let numbers: Vec<&str> = word.split('.').collect();
    numbers.len() == 4 && numbers.iter().all(|number| number.parse::<u8>().is_ok())
}

fn is_domain(word: &str) -> bool {
    let Some((name, top)) = word.rsplit_once('.') else { return false };
    let label = |label: &str| {
        !label.is_empty() && label.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b))
    };
    top.len() > 1
        && top.bytes().all(|b| b.is_ascii_alphabetic())
        && name.split('.').all(label)
        && !NO_DOMAINS.iter().any(|end| word.ends_with(end))
}

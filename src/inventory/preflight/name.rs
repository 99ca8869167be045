//! The parts of a certificate's distinguished name that a person knows it by.

/// `commonName`, 2.5.4.3.
const COMMON_NAME: &[u8] = &[0x55, 4, 3];

/// `organizationName`, 2.5.4.10.
const ORGANIZATION: &[u8] = &[0x55, 4, 10];

/// The common name, else the organization; raw, as somebody else wrote it. `name` is the DER of an
/// X.501 Name without its outer tag and length.
pub(super) fn known_by(name: &[u8]) -> Option<String> {
    attribute(name, COMMON_NAME).or_else(|| attribute(name, ORGANIZATION))
}

/// The common name.
pub(super) fn common_name(name: &[u8]) -> Option<String> {
    attribute(name, COMMON_NAME)
}

/// The first attribute of the kind: a Name is a row of SETs of SEQUENCEs of a kind and a text.
fn attribute(mut name: &[u8], wanted: &[u8]) -> Option<String> {
    while let Some((mut set, rest)) = value(name) {
        name = rest;
        while let Some((pair, others)) = value(set) {
            set = others;
            let (kind, text) = value(pair)?;
            let (text, _) = value(text)?;
            if kind == wanted {
                return Some(String::from_utf8_lossy(text).into_owned());
            }
        }
    }
    None
}

/// The contents of the DER value at the beginning, and what comes after it.
fn value(der: &[u8]) -> Option<(&[u8], &[u8])> {
    let (_tag, rest) = der.split_first()?;
    let (first, rest) = rest.split_first()?;
    let (length, rest) = match first {
        0x81 => (usize::from(*rest.first()?), rest.get(1..)?),
        0x82 => (usize::from(u16::from_be_bytes([*rest.first()?, *rest.get(1)?])), rest.get(2..)?),
        short if *short < 0x80 => (usize::from(*short), rest),
        _ => return None,
    };
    rest.split_at_checked(length)
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOTH: &[u8] = b"\x31\x0a\x30\x08\x06\x03\x55\x04\x0a\x0c\x01O\x31\x0b\x30\x09\x06\x03\x55\x04\x03\x0c\x02CN";

    #[test]
    fn the_common_name_is_preferred() {
        assert_eq!(known_by(BOTH).as_deref(), Some("CN"));
        assert_eq!(known_by(&BOTH[..12]).as_deref(), Some("O"));
        assert_eq!(common_name(&BOTH[..12]), None);
    }

    #[test]
    fn any_bytes_are_answered() {
        for end in 0..BOTH.len() {
            let _ = known_by(&BOTH[..end]);
        }
        for byte in 0..=255 {
            assert_eq!(known_by(&[0x31, byte, byte, byte]), None);
        }
        assert_eq!(known_by(&[]), None);
    }
}

//! Files that people write, read whole.

use std::fs::File;
use std::io::{self, ErrorKind, Read};
use std::path::Path;

use super::output::shown;
use super::stop::Stop;

/// The text of a file, named by what it is to the person; `None` where there is no such file.
pub(super) fn text_of(path: &Path, what: &str, most: u64) -> Result<Option<String>, Stop> {
    let bytes = match bytes_of(path, most) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => {
            return Err(Stop::usage(format!("cannot read {what} {}: {error}", shown(path))));
        }
    };
    String::from_utf8(bytes).map(Some).map_err(|error| {
        let line = error.as_bytes()[..error.utf8_error().valid_up_to()]
            .iter()
            .filter(|byte| **byte == b'\n')
            .count();
        Stop::usage(format!(
            "{what} {} is not UTF-8 from line {} on; save it as UTF-8",
            shown(path),
            line + 1
        ))
    })
}

fn bytes_of(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(most + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 <= most {
        return Ok(bytes);
    }
    let most = match most >> 20 {
        0 => format!("{} KiB", most >> 10),
        mebibytes => format!("{mebibytes} MiB"),
    };
    Err(io::Error::other(format!("it has more than {most}: is it the right file?")))
}

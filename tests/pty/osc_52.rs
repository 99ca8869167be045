//! What a program asked the terminal to copy.

use crate::terminal::Terminal;

/// The texts that the terminal was told to put on its clipboard.
pub(crate) fn osc_52(terminal: &Terminal) -> Vec<String> {
    let output = terminal.output();
    let starts = output.split("\u{1b}]52;c;").skip(1);
    starts.map(|rest| decode(rest.split("\u{1b}\\").next().expect("it ends"))).collect()
}

/// Base64, of code that is not the code under test.
fn decode(text: &str) -> String {
    const ALPHABET: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut bytes = Vec::new();
    let (mut bits, mut count) = (0_u32, 0);
    for letter in text.trim_end_matches('=').chars() {
        let value = ALPHABET.find(letter).expect("only base64 is in the sequence");
        bits = bits << 6 | u32::try_from(value).unwrap();
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push(u8::try_from(bits >> count & 0xff).unwrap());
        }
    }
    String::from_utf8(bytes).unwrap()
}

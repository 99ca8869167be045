//! Writing the XML that AWS writes.

/// CloudFront's namespace.
pub(super) const CLOUDFRONT: &str = "http://cloudfront.amazonaws.com/doc/2020-05-31/";
/// STS's namespace.
pub(super) const STS: &str = "https://sts.amazonaws.com/doc/2011-06-15/";

/// Stands for a control character while XML is stored: XML 1.0 has no reference for most of them,
/// though the SDK takes them all.
const CONTROL: u32 = 0xf000;

/// The stored form as it is sent, with control characters as references.
pub(super) fn sent(xml: &str) -> String {
    let mut out = String::with_capacity(xml.len());
    for c in xml.chars() {
        match u32::from(c).wrapping_sub(CONTROL) {
            control @ 0..=0x9f => out.push_str(&format!("&#{control};")),
            _ => out.push(c),
        }
    }
    out
}

/// Text as XML content.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\r' => out.push_str("&#13;"),
            c if c.is_control() && !matches!(c, '\t' | '\n') => {
                out.push(char::from_u32(CONTROL + u32::from(c)).unwrap());
            }
            c => out.push(c),
        }
    }
    out
}

/// `<name>text</name>` with the text escaped.
pub(super) fn text(name: &str, text: &str) -> String {
    format!("<{name}>{}</{name}>", escape(text))
}

/// `<name>inner</name>` with the inner XML as it is.
pub(super) fn wrap(name: &str, inner: &str) -> String {
    format!("<{name}>{inner}</{name}>")
}

/// A list as CloudFront writes it: Quantity, and Items unless there are none.
pub(super) fn list(name: &str, items: &[String]) -> String {
    wrap(name, &quantity_and_items(items))
}

/// The inside of [`list`].
pub(super) fn quantity_and_items(items: &[String]) -> String {
    let quantity = text("Quantity", &items.len().to_string());
    match items {
        [] => quantity,
        _ => quantity + &wrap("Items", &items.concat()),
    }
}

/// A whole document.
pub(super) fn document(root: &str, namespace: &str, inner: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<{root} xmlns=\"{namespace}\">{inner}</{root}>"
    )
}

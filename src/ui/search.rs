//! Lines narrowed down to those that hold what is searched for, with the places seen.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::Pane;
use super::theme::Theme;

/// A heading and what stands below it.
pub(super) struct Section {
    pub(super) heading: Option<Line<'static>>,
    pub(super) lines: Pane,
}

/// The sections' lines that hold every word of a search, with their headings; all if nothing is
/// searched for. An empty line stands between sections.
pub(super) fn narrowed(sections: Vec<Section>, search: &str, theme: &Theme) -> Pane {
    let words: Vec<String> = search.split_whitespace().map(str::to_ascii_lowercase).collect();
    let mut pane = Pane::new();
    for Section { heading, lines } in sections {
        let found: Pane = lines.iter().filter_map(|line| found(line, &words, theme)).collect();
        if found.is_empty() {
            continue;
        }
        if !pane.is_empty() && heading.is_some() {
            pane.push(Line::default());
        }
        pane.extend(heading);
        pane.extend(found);
    }
    if pane.is_empty() {
        pane.push(Line::styled(format!("no line holds {search}"), theme.muted));
    }
    pane
}

/// The line with the words' places marked; `None` if one does not occur.
fn found(line: &Line<'static>, words: &[String], theme: &Theme) -> Option<Line<'static>> {
    if words.is_empty() {
        return Some(line.clone());
    }
    let text = line.to_string().to_ascii_lowercase();
    let mut marked = vec![false; text.len()];
    for word in words {
        text.contains(word.as_str()).then_some(())?;
        for (at, _) in text.match_indices(word.as_str()) {
            marked[at..at + word.len()].fill(true);
        }
    }
    let mut at = 0;
    let spans = line.iter().flat_map(|span| {
        let marks = &marked[at..at + span.content.len()];
        at += span.content.len();
        split(span, marks, theme.selected)
    });
    Some(Line::from(spans.collect::<Vec<_>>()).style(line.style))
}

/// A span cut where its marks change, which they do between characters only.
fn split(span: &Span<'static>, marks: &[bool], mark: Style) -> Vec<Span<'static>> {
    let mut from = 0;
    let runs = marks.chunk_by(|a, b| a == b).map(|run| {
        let text = span.content[from..from + run.len()].to_owned();
        from += run.len();
        let style = if run[0] { span.style.patch(mark) } else { span.style };
        Span::styled(text, style)
    });
    runs.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(texts: &[&'static str]) -> Vec<Section> {
        let lines = texts.iter().map(|text| Line::raw(*text)).collect();
        vec![Section { heading: Some(Line::raw("Heading")), lines }]
    }

    #[test]
    fn every_word_must_occur_and_is_marked() {
        let theme = Theme::dark();
        let pane = narrowed(lines(&["copy the ARN", "copy it"]), "COPY arn", &theme);
        let texts: Vec<String> = pane.iter().map(ToString::to_string).collect();
        assert_eq!(texts, ["Heading", "copy the ARN"]);
        let marked = pane[1].iter().filter(|span| span.style == theme.selected);
        assert_eq!(marked.map(|span| span.content.as_ref()).collect::<Vec<_>>(), ["copy", "ARN"]);
    }

    #[test]
    fn nothing_found_is_told_and_wide_characters_are_no_trouble() {
        let theme = Theme::dark();
        assert_eq!(narrowed(lines(&["aé→b"]), "é→", &theme)[1].to_string(), "aé→b");
        assert_eq!(narrowed(lines(&["a"]), "zz", &theme)[0].to_string(), "no line holds zz");
    }
}

//! The words of a Markdown text without its marks: for what is searched, and for lines of lists.

use comrak::nodes::NodeValue;
use comrak::{Arena, Options, parse_document};

/// The words of a text, a line for each of its paragraphs, headings, entries and rows.
#[must_use]
pub fn plain(markdown: &str) -> String {
    let mut options = Options::default();
    options.extension.table = true;
    options.extension.cjk_friendly_emphasis = true;
    let arena = Arena::new();
    let root = parse_document(&arena, markdown, &options);
    let mut words = String::new();
    for node in root.descendants() {
        match &node.data().value {
            NodeValue::Text(text) => words.push_str(text),
            NodeValue::Code(code) => words.push_str(&code.literal),
            NodeValue::CodeBlock(block) => words.push_str(&block.literal),
            NodeValue::SoftBreak | NodeValue::LineBreak => words.push('\n'),
            NodeValue::TableCell => words.push(' '),
            NodeValue::Paragraph | NodeValue::Heading(_) | NodeValue::Item(_) | NodeValue::TableRow(_)
                if !words.is_empty() && !words.ends_with('\n') =>
            {
                words.push('\n');
            }
            _ => {}
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn words_alone() {
        assert_eq!(plain("## 会議\n\n- [日仏](/ja/x)の*会議*\n- `a`"), "会議\n日仏の会議\na");
    }
}

//! A filter's text cut into words and signs, each with its place. Quotes hold blanks, and take
//! the meaning from every sign; two quotes in them are one.

use std::ops::Range;

use super::FilterError;

/// A piece of a filter.
#[derive(Clone, Debug)]
pub(super) enum Token {
    /// `|`
    Or(usize),
    /// `!` before a word.
    Not(usize),
    /// `(` before a word.
    Open(usize),
    /// `)` that closes such a one.
    Close(usize),
    /// Anything else.
    Word(Word),
}

impl Token {
    /// The characters that it takes.
    pub(super) fn place(&self) -> Range<usize> {
        match self {
            Self::Or(at) | Self::Not(at) | Self::Open(at) | Self::Close(at) => *at..at + 1,
            Self::Word(word) => word.place.clone(),
        }
    }
}

/// A word without its quotes.
#[derive(Clone, Debug)]
pub(super) struct Word {
    pub(super) letters: Vec<Letter>,
    /// The characters that it takes, quotes too.
    pub(super) place: Range<usize>,
}

/// A character of a word. A quoted one stands for itself.
#[derive(Clone, Copy, Debug)]
pub(super) struct Letter {
    pub(super) c: char,
    pub(super) at: usize,
    pub(super) quoted: bool,
}

impl Letter {
    /// True if it is this sign, and means it.
    pub(super) fn is(&self, sign: char) -> bool {
        self.c == sign && !self.quoted
    }
}

/// Cuts a text.
///
/// # Errors
/// A quote or parenthesis without its other half, quotes around nothing.
pub(super) fn tokens(text: &str) -> Result<Vec<Token>, FilterError> {
    let mut lexer = Lexer { chars: text.chars().collect(), at: 0, open: 0 };
    let mut tokens = Vec::new();
    while let Some(token) = lexer.token()? {
        tokens.push(token);
    }
    Ok(tokens)
}

struct Lexer {
    chars: Vec<char>,
    at: usize,
    /// Parentheses that are open.
    open: usize,
}

impl Lexer {
    fn token(&mut self) -> Result<Option<Token>, FilterError> {
        while self.peek().is_some_and(char::is_whitespace) {
            self.at += 1;
        }
        let at = self.at;
        let token = match self.peek() {
            None => return Ok(None),
            Some('|') => Token::Or(at),
            Some('!') => Token::Not(at),
            Some('(') => Token::Open(at),
            Some(')') if self.open > 0 => Token::Close(at),
            Some(_) => return self.word().map(|word| Some(Token::Word(word))),
        };
        self.at += 1;
        self.open += usize::from(matches!(token, Token::Open(_)));
        self.open -= usize::from(matches!(token, Token::Close(_)));
        Ok(Some(token))
    }

    fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    /// Up to a blank or a sign that ends it. Parentheses that a word opens itself are its own, with
    /// every `|` in them: a pattern may hold such.
    fn word(&mut self) -> Result<Word, FilterError> {
        let start = self.at;
        let mut letters: Vec<Letter> = Vec::new();
        let mut inner = 0_usize;
        while let Some(c) = self.peek() {
            let escaped = letters.last().is_some_and(|last| last.is('\\'));
            match c {
                '"' => {
                    self.quoted(&mut letters)?;
                    continue;
                }
                '|' if inner == 0 => break,
                c if c.is_whitespace() => break,
                '(' if !escaped => inner += 1,
                ')' if !escaped && inner > 0 => inner -= 1,
                ')' if !escaped && self.open > 0 => break,
                ')' if !escaped => {
                    let error = FilterError::at(self.at..self.at + 1, "this `)` closes nothing");
                    return Err(error.hint("in quotes it stands for itself"));
                }
                _ => {}
            }
            letters.push(Letter { c, at: self.at, quoted: false });
            self.at += 1;
        }
        match letters.is_empty() {
            true => Err(FilterError::at(start..self.at, "nothing is between these quotes")),
            false => Ok(Word { letters, place: start..self.at }),
        }
    }

    /// From a quote to the one that closes it.
    fn quoted(&mut self, letters: &mut Vec<Letter>) -> Result<(), FilterError> {
        let start = self.at;
        self.at += 1;
        while let Some(c) = self.peek() {
            let double = c == '"' && self.chars.get(self.at + 1) == Some(&'"');
            if c == '"' && !double {
                self.at += 1;
                return Ok(());
            }
            letters.push(Letter { c, at: self.at, quoted: true });
            self.at += 1 + usize::from(double);
        }
        Err(FilterError::at(start..start + 1, "this quote is not closed"))
    }
}

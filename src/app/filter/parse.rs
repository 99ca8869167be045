//! Words and signs put together: blanks mean *and*, `|` means *or* and binds tighter, `!` means
//! *not*, parentheses group.

use super::FilterError;
use super::ask::Ask;
use super::lexer::{Token, tokens};
use super::term::term;

/// Parentheses inside of each other; nobody writes so many, and each takes room on the stack.
const DEEPEST: usize = 32;

/// Reads a whole filter; `None` lets everything through.
///
/// # Errors
/// Whatever cannot be read, with its place.
pub(super) fn parse(text: &str) -> Result<Option<Ask>, FilterError> {
    let mut parser = Parser { tokens: tokens(text)?, at: 0, depth: 0 };
    parser.all()
}

struct Parser {
    tokens: Vec<Token>,
    at: usize,
    depth: usize,
}

impl Parser {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at)
    }

    /// Up to the end, or to the parenthesis that closes.
    fn all(&mut self) -> Result<Option<Ask>, FilterError> {
        let mut asks = Vec::new();
        while let Some(token) = self.peek() {
            match token {
                Token::Close(_) => break,
                Token::Or(at) => {
                    return Err(FilterError::at(*at..at + 1, "nothing stands before this `|`"));
                }
                _ => asks.push(self.any()?),
            }
        }
        Ok((!asks.is_empty()).then(|| Ask::all(asks)))
    }

    fn any(&mut self) -> Result<Ask, FilterError> {
        let mut asks = vec![self.not()?];
        while let Some(Token::Or(at)) = self.peek().cloned() {
            self.at += 1;
            self.wants_more(at, '|')?;
            asks.push(self.not()?);
        }
        Ok(Ask::any(asks))
    }

    fn not(&mut self) -> Result<Ask, FilterError> {
        let mut negated = false;
        while let Some(Token::Not(at)) = self.peek().cloned() {
            self.at += 1;
            self.wants_more(at, '!')?;
            negated = !negated;
        }
        let ask = self.one()?;
        Ok(if negated { Ask::Not(Box::new(ask)) } else { ask })
    }

    /// A sign wants something after it.
    fn wants_more(&self, at: usize, sign: char) -> Result<(), FilterError> {
        match self.peek() {
            None | Some(Token::Or(_) | Token::Close(_)) => {
                let error = FilterError::at(at..at + 1, format!("nothing follows this `{sign}`"));
                Err(error.hint("in quotes it stands for itself"))
            }
            Some(_) => Ok(()),
        }
    }

    fn one(&mut self) -> Result<Ask, FilterError> {
        let token = self.peek().cloned().expect("whoever calls this saw that more follows");
        self.at += 1;
        match token {
            Token::Open(at) => self.group(at),
            Token::Word(word) => term(&word),
            Token::Or(_) | Token::Not(_) | Token::Close(_) => {
                Err(FilterError::at(token.place(), "a word is missing here"))
            }
        }
    }

    fn group(&mut self, open: usize) -> Result<Ask, FilterError> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(FilterError::at(open..open + 1, "too many parentheses in each other"));
        }
        let ask = self.all()?;
        let Some(Token::Close(close)) = self.peek().cloned() else {
            return Err(FilterError::at(open..open + 1, "this `(` is not closed")
                .hint("in quotes it stands for itself"));
        };
        (self.at, self.depth) = (self.at + 1, self.depth - 1);
        ask.ok_or_else(|| FilterError::at(open..close + 1, "nothing is between these parentheses"))
    }
}

//! What the splitting rules look at on either side of a joint.

use super::tokens::{Kind, Token};
use super::words::Class;

/// How a half begins, which tells what it can be parallel to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Opening {
    /// "the", "a", "my".
    Article,
    /// "more", "better", "lack of".
    Wish,
    /// "friendly", "very clean".
    Judgement,
    /// "helping", "being".
    Gerund,
    /// "to help".
    Infinitive,
    /// "with", "for".
    Preposition,
    /// "when", "if".
    Subordinate,
    /// "their", "who", a bare verb: leans on what stands before it.
    Leaning,
    /// Any other word.
    Plain,
}

/// Features of a run of words, added up word by word so that a long sentence is read once.
#[derive(Debug, Clone, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a feature of its own that a rule asks for")]
pub(super) struct Half {
    pub(super) opening: Option<Opening>,
    pub(super) words: usize,
    /// Words that carry meaning.
    pub(super) content: usize,
    /// Words that carry meaning, without those that only begin a wish.
    pub(super) substance: usize,
    /// A finite verb outside relative clauses.
    pub(super) finite: bool,
    /// Any verb with a subject, as far as can be told.
    pub(super) verb: bool,
    /// Begins with a subject and a finite verb.
    pub(super) clause: bool,
    /// That subject is "I", "they" and so on, which can be nothing but a subject.
    pub(super) pronoun_clause: bool,
    /// A clause was opened ("I think that …") and has no verb yet.
    pub(super) open: bool,
    /// "between", "such as", "not only": holds what follows.
    pub(super) holds: bool,
    pub(super) preposition: bool,
    /// An article after the first word.
    pub(super) inner_article: bool,
    pub(super) article: bool,
    /// A wish or judgement stands where a list of them may begin.
    pub(super) wish: bool,
    /// A gerund begins the half or is what somebody enjoys.
    pub(super) gerund: bool,
    pub(super) infinitive: bool,
    /// The last word is a judgement, not a thing.
    pub(super) ends_in_judgement: bool,
    /// The last word is a wish whose thing is still to come: "for more".
    pub(super) ends_in_wish: bool,
    /// Begins with what is not there: "not patronised", "free from".
    pub(super) denies: bool,
    /// Begins with "this", "those" or "all", which take up what was named before.
    pub(super) points: bool,
    /// An activity after the first word: "the joy of helping".
    inner_gerund: bool,
    /// A relative clause was begun.
    pub(super) relative: bool,
    /// Begins with "I", "they" and so on.
    pub(super) subject: bool,
    /// The word before was "to".
    after_to: bool,
    after_liking: bool,
    after_not: bool,
    after_verb: bool,
}

impl Half {
    /// The features of `tokens`.
    pub(super) fn of(text: &str, tokens: &[Token]) -> Self {
        let mut half = Self::default();
        for token in tokens.iter().filter(|token| token.is_word()) {
            half.push(text, token);
        }
        half
    }

    /// Whether there is an activity in it that another could go with, or whose object what follows could be.
    pub(super) fn has_activity(&self) -> bool {
        self.opening == Some(Opening::Gerund) || self.inner_gerund
    }

    /// Both halves as one.
    pub(super) fn join(&mut self, right: &Self) {
        self.opening = self.opening.or(right.opening);
        self.words += right.words;
        self.content += right.content;
        self.substance += right.substance;
        self.open = if right.verb { right.open } else { self.open || right.open };
        self.finite |= right.finite;
        self.verb |= right.verb;
        self.holds |= right.holds;
        self.preposition |= right.preposition;
        self.inner_article |= right.inner_article || right.article;
        self.article |= right.article;
        self.wish |= right.wish;
        self.gerund |= right.gerund;
        self.infinitive |= right.infinitive;
        self.ends_in_judgement = right.ends_in_judgement;
        self.ends_in_wish = right.ends_in_wish;
        self.inner_gerund |= right.has_activity();
        self.relative |= right.relative;
    }

    fn push(&mut self, text: &str, token: &Token) {
        let class = token.class;
        let word = token.span.slice(text);
        let first = self.opening.is_none();
        self.count(class);
        self.read_verbs(class);
        if first {
            self.opening = opening(token, word);
        } else if class.is(Class::ARTICLE) {
            self.inner_article = true;
        }
        self.article |= class.is(Class::ARTICLE);
        let is = |other: &str| word.eq_ignore_ascii_case(other);
        // "not only", "not just"; "groups like children", but not "I would like".
        self.holds |= class.is(Class::HOLDS) || self.after_not && (is("only") || is("just") || is("simply"));
        self.holds |= is("like") && !self.after_verb && !first;
        let infinitive = self.after_to && (class.is(Class::BARE_VERB) || word.eq_ignore_ascii_case("be"));
        self.infinitive |= infinitive;
        self.preposition |= class.is(Class::PREPOSITION) && !word.eq_ignore_ascii_case("to")
            || self.after_to && !infinitive && !class.is(Class::VERB) && class.is(Class::CONTENT);
        self.gerund |= class.is(Class::GERUND) && (first || self.after_liking) || is_being(word) && first;
        self.wish |= class.is(Class::WISH.or(Class::ADJECTIVE)) && !self.relative;
        if !class.is(Class::DEGREE) {
            self.after_liking = class.is(Class::LIKING);
        }
        if !class.is(Class::DEGREE) {
            self.after_verb = class.is(Class::FINITE.or(Class::SUBJECT).or(Class::VERB));
        }
        self.after_to = word.eq_ignore_ascii_case("to");
        self.after_not = word.eq_ignore_ascii_case("not");
        self.denies |= first && ["not", "no", "free"].into_iter().any(is);
        self.points |= first && ["this", "that", "these", "those", "all"].into_iter().any(is);
        self.inner_gerund |= class.is(Class::GERUND) && !first;
        self.ends_in_wish = class.is(Class::WISH);
        self.ends_in_judgement =
            class.is(Class::ADJECTIVE) || (class.is(Class::DEGREE) && self.ends_in_judgement);
    }

    fn count(&mut self, class: Class) {
        self.words += 1;
        if class.is(Class::CONTENT) {
            self.content += 1;
            if !class.is(Class::WISH) {
                self.substance += 1;
            }
        }
    }

    fn read_verbs(&mut self, class: Class) {
        // A subject is at most a handful of words without a preposition: "the GP surgeries", "most of the staff".
        let early = self.words <= 6 && !self.preposition && !self.relative;
        if class.is(Class::SUBJECT) {
            let begins = self.words == 1 || self.words == 2 && self.content == 0;
            if begins {
                self.subject = true;
            } else if self.clause_not_begun() {
                // "the people I meet": the verb that follows is not this half's own.
                self.relative = true;
            }
            self.open = false;
        }
        if class.is(Class::FINITE)
            || (self.subject && self.words <= 4 && class.is(Class::VERB.or(Class::BARE_VERB)))
        {
            if early && (self.content > 0 || self.subject) {
                self.clause = true;
                self.pronoun_clause |= self.subject;
            }
            self.finite |= !self.relative;
        }
        if class.is(Class::RELATIVE.or(Class::SUBORDINATOR)) && self.words > 1 {
            self.relative |= class.is(Class::RELATIVE) && !self.verb;
            self.open = true;
        } else if class.is(Class::OPINION) && (self.verb || self.subject) {
            self.open = true;
            self.verb = true;
        } else if class.is(Class::FINITE.or(Class::VERB))
            && (self.words > 1 || class.is(Class::LIKING.or(Class::FINITE)))
        {
            self.open = false;
            self.verb = true;
        }
    }

    fn clause_not_begun(&self) -> bool {
        !self.clause && self.content > 0
    }
}

fn is_being(word: &str) -> bool {
    word.eq_ignore_ascii_case("being")
        || word.eq_ignore_ascii_case("feeling")
        || word.eq_ignore_ascii_case("working")
}

/// What the first word makes of a half; `None` while only "very", "also" and the like were read.
fn opening(token: &Token, word: &str) -> Option<Opening> {
    let class = token.class;
    let opening = if token.kind == Kind::Mask {
        Opening::Plain
    } else if class.is(Class::GERUND) || is_being(word) {
        Opening::Gerund
    } else if word.eq_ignore_ascii_case("to") {
        Opening::Infinitive
    } else if class.is(Class::SUBORDINATOR) {
        Opening::Subordinate
    } else if class.is(Class::POINTS_BACK.or(Class::RELATIVE)) {
        Opening::Leaning
    } else if class.is(Class::WISH) {
        Opening::Wish
    } else if class.is(Class::ADJECTIVE) {
        Opening::Judgement
    } else if class.is(Class::DEGREE) {
        return None;
    } else if class.is(Class::ARTICLE) {
        Opening::Article
    } else if class.is(Class::PREPOSITION) {
        Opening::Preposition
    } else if class.is(Class::BARE_VERB) || class.is(Class::VERB) && !class.is(Class::LIKING) {
        Opening::Leaning
    } else {
        Opening::Plain
    };
    Some(opening)
}

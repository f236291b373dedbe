//! The grammar of replies that say nothing.

use crate::types::marks_in;
use regex::Regex;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;

/// The longest non-answer in words. Longer replies are not even looked at, so that the time for a huge cell is bounded.
const MOST_WORDS: usize = 16;

/// Whether every word of `text` belongs to a phrase that says nothing.
pub(super) fn says_nothing(text: &str) -> bool {
    let Some(words) = plain_words(text) else { return false };
    let mut letters = words.chars().filter(|c| *c != ' ');
    let first = letters.next();
    // "x", "XXX", "0": one sign, however often.
    letters.all(|c| Some(c) == first) || GRAMMAR.is_match(&words)
}

/// Whether nothing stands beside the marks of masked details but how to reach somebody: `Please ring me on [phone]`.
pub(super) fn only_gives_details(masked: &str) -> bool {
    let marks = marks_in(masked);
    let around = marks.iter().fold(masked.to_owned(), |text, mark| text.replacen(mark, " ", 1));
    !marks.is_empty() && plain_words(&around).is_some_and(|words| REACH.is_match(&words))
}

/// Lower-case words with one space between, apostrophes gone, other punctuation as space; `None` beyond [`MOST_WORDS`].
fn plain_words(text: &str) -> Option<String> {
    let mut plain = String::new();
    let mut words = 0;
    let mut inside = false;
    for c in text.nfkc().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            if !inside {
                words += 1;
                if words > MOST_WORDS {
                    return None;
                }
                if words > 1 {
                    plain.push(' ');
                }
            }
            inside = true;
            plain.push(c);
            // No word of the grammar is nearly this long; a token of a megabyte stops here.
            if plain.len() > 40 * MOST_WORDS {
                return None;
            }
        } else if !matches!(
            c,
            '\'' | '’' | '‘' | '`' | '´' | '\u{301}' | '\u{ad}' | '\u{200b}'
                ..='\u{200d}' | '\u{2060}' | '\u{feff}'
        ) {
            inside = false;
        }
    }
    Some(plain)
}

/// What is written around a detail by which somebody can be reached, if anything.
static REACH: LazyLock<Regex> = LazyLock::new(|| {
    fixed(
        r"^(?:(?:please|do|you can|feel free to|and|or|to|me|us|on|at|by|via|from|name|is|contact|ring|call|phone|text|email|e mail|mail|write|reach|message|tel|telephone|mobile|number|address|my)(?: |$))*$",
    )
});

/// A reply is a row of phrases, each with words before and after it that change nothing.
///
/// The parts are named so that a researcher can read what counts; `tests.rs` holds the phrases it was decided by.
static GRAMMAR: LazyLock<Regex> = LazyLock::new(|| {
    let nothing = r"(?:noth?i?ng|nothin|nothink|nowt|nout|none?|nil|zilch|nada|dim byd|dim|not (?:a|one) (?:single )?thing|not (?:a lot|alot|much))";
    let subject = r"(?:comments?|answers?|response|reply|opinions?|views?|ideas?|suggestions?|thoughts?|feedback|preference|changes?|improvements?|clue|input|remarks?|observations?|sylw(?:adau)?)";
    let degree = r"(?:really|much|else|more|further|other|additional|new|major|specific|specifically|significant|special|obvious|particular|particularly|in particular|immediate|immediately|at all|whatsoever|as such|different|of note|overall)";
    let time = r"(?:at (?:the|this|present)(?: (?:moment|time|stage|point|present|minute))?|at present|currently|presently|right now|just now|for now|now|yet|as yet|so far|to date|today|atm|this (?:time|year)|off the top of my head|off hand|offhand)";
    let think = r"(?:(?:that |which )?i (?:can|could|would|want to|wish to|need to|have to) (?:really )?(?:think(?: of)?|say|add|suggest|change|see|comment(?: on)?|mention|recall|name|like to (?:add|say|change|see changed|suggest))(?: here)?|(?:that |i )?(?:comes?|springs?|spring|jumps?) to mind|to think of|i think|i know of|i am aware of|im aware of|not that i know of)";
    let to_add = r"(?:(?:i have |i want |i wish )?to (?:add|say|report|suggest|change|improve|comment(?: on)?|declare|mention|note|share|contribute|input|put|make)(?: here| to (?:this|that|the above))?|(?:i would|id|i d|i) (?:like (?:to )?)?(?:add|say|change|suggest|see changed)|needed|required|necessary|given|provided|made|entered)";
    let tail = format!(
        "(?:{degree}|{time}|{think}|{to_add}|on this(?: question)?|about this|from me|for me|i m afraid|im afraid|i am afraid)"
    );
    let have = r"(?:(?:i |we )?(?:have|ve|had|got|have got|do ?n ?t have|do not have|havent|have not|haven t)|ive|weve|there (?:is|are|was|isnt|is not)|theres|there s|its|it s|it is|that would be|i say|id say|i d say|i would say)";
    let dont = r"(?:do ?n ?t|do not|dont really|did ?n ?t|cannot|can ?not|can ?t|could ?n ?t|could not|unable to|not able to|wouldn ?t|would not)";
    let any = r"(?:any ?thing|any|nothing|owt|one|a thing|much)";
    let unsure = format!(
        r"(?:(?:i )?(?:am |m )?(?:im )?(?:really )?(?:not (?:entirely |quite |very |too |at all )?(?:sure|certain)|unsure|uncertain|undecided)|(?:i )?{dont} (?:really |honestly )?(?:know|no|say|recall|remember|comment|answer|tell|think)(?: (?:of )?{any}(?: {degree})?)?|dunno|idk|dk|no (?:idea|clue)|(?:it s |its |it is )?(?:(?:too|very|quite|really) )?(?:hard|difficult|early|soon|new) to (?:say|tell|know|answer|comment|judge)|(?:i )?(?:would |d )?(?:prefer|rather) not(?: to)? (?:say|answer|comment)|declined?(?: to (?:answer|comment|say))?|refused?|pass|skip(?:ped)?|(?:left )?blank|ddim yn (?:gwybod|siwr))"
    );
    let not_so = format!(
        r"(?:not (?:really|particularly|especially|applicable|relevant|appropriate|answered|required|(?:that|as) i (?:can|could) (?:think of|see|say|recall)|as far as i (?:am aware|know)|at all|as such|specified|stated|provided|given|known)|not {time})"
    );
    let none_of = format!(
        r"(?:{nothing}(?: {tail})*|(?:no|any) (?:{degree} )*{subject}(?: {tail})*|no (?:more|other|further)(?: {tail})*)"
    );
    let without = format!(
        r"(?:{have} (?:really )?(?:{none_of}|any(?:thing)?(?: {degree})*(?: {subject})?(?: {tail})*)|{dont} (?:really )?(?:want|wish|have|need|feel|got) (?:to (?:add|say|comment|answer)|{any}|{subject})(?: {degree})*(?: {tail})*)"
    );
    let not_applicable = r"(?:n ?a|n ?slash ?a|not ?applicable|not ?app|non ?applicable|not ?apply|does ?n ?t apply(?: to me)?|does not apply(?: to me)?|amh?erthnasol)";
    let answer = r"(?:(?:my |the |your )?(?:previous(?:ly)?|earlier|last|prior|first|other|above)(?: (?:answers?|comments?|questions?|responses?|reply|section|box))?|(?:my |the )?(?:answers?|comments?|response|reply)(?: (?:to|in|for|at))?(?: (?:q|question|questions|number|no))?(?: ?\w{1,3})?(?: above| before)?|(?:q|question) ?\w{1,3}(?: above)?)";
    let elsewhere = format!(
        r"(?:(?:please )?(?:(?:same|see|as|as per|per|refer to|as in|like|ditto|repeat)(?: (?:as|see|in|to|per))?(?: my| the)? )(?:above|before|below|earlier|{answer})(?: (?:above|stated|mentioned|said|given|comments?|answers?))?|(?:as )?(?:(?:i )?(?:ve |have )?(?:already |previously |just )?(?:stated|mentioned|answered|covered|commented|said|described|discussed|noted|explained|listed))(?: (?:this|it))?(?: (?:above|before|earlier|previously|already|in {answer}))*|as stated|ditto|same(?: again)?|the same|idem|above|see above|fel uchod)"
    );
    let word = r"(?:no+|nope|nah|naw|na|yes|yep|yeah|nothing|ok|okay|test|testing|null|void|na na|empty|text|asdf\w*|qwerty\w*|that ?s (?:it|all)|thats (?:it|all)|that is (?:it|all)|no i (?:do ?n ?t|can ?t|cannot|do not)(?: think so)?|i don ?t think so)";
    let soft = r"(?:well|u+m+|e+r+m*|h+m+|oh|sorry|honestly|to be (?:honest|fair)|tbh|tbf|actually|really|absolutely|literally|nothing|just|probably|possibly|maybe|perhaps|i think|i guess|i suppose|i m afraid|im afraid|i am afraid|for me|personally|from me|at the moment|at present|currently|right now|please|so|but|and|or|sadly|unfortunately)";
    let polite = r"(?:(?:no )?(?:many )?thank ?s?(?: you)?(?: (?:very|so) much)?(?: for (?:asking|listening|reading)| all| again)?|thankyou|(?:sorry (?:for|about) (?:the|my) )?rant(?: over)?|(?:i )?hope (?:this|that|it) helps|ta|cheers|diolch|sorry|kind regards|regards)";
    let chat = r"(?:(?:that ?s |that is |it ?s |what )?(?:an? )?(?:very )?(?:good|easy|hard|big|tough|difficult|tricky) question|where (?:do|should|shall|would) i (?:even )?(?:start|begin)|where to (?:start|begin)|how long have you got|(?:that|this) (?:was|is) (?:a bit |rather |so )?long|sorry (?:for|about) (?:the|this|my) (?:essay|ramble|rambling|rant|length|long (?:answer|reply))|(?:i )?(?:could|can) go on(?: (?:and on|for ever|forever|all day))?|enough said|here goes|hard to (?:choose|pick)(?: (?:just )?one)?|(?:i ?m |i am )?(?:so )?glad you asked|thank ?s?(?: you)? for (?:asking|reading) this|(?:so many|many|several|various|a few|lots of) things)";
    let phrase = format!(
        "(?:{not_applicable}(?: to me)?|{none_of}|{without}|{unsure}|{not_so}|{elsewhere}|{word}|{polite}|{chat})(?: (?:{degree}|{time}|{think}))*"
    );
    let pattern = format!("^(?:(?:{soft} )*{phrase}(?: {soft})*(?: |$))+$");
    fixed(&pattern)
});

#[expect(clippy::expect_used, reason = "the patterns are fixed and the tests of this module compile each")]
fn fixed(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a valid pattern")
}

//! Closed lists of English words by the part they play in a heading. They hold no word of any survey's subject.

use std::collections::BTreeSet;
use std::sync::LazyLock;

type Words = LazyLock<BTreeSet<&'static str>>;

macro_rules! words {
    ($($name:ident = $list:expr;)*) => { $(pub(crate) static $name: Words = LazyLock::new(|| $list.split_whitespace().collect());)* };
}

words! {
    // Kept inside a heading where it was mostly written so ("making a difference").
    ARTICLES = "the a an";
    // Dropped inside a heading: they point at the one who wrote.
    POINTERS = "my our your his her its their this that these those some any such what which whose every each all both \
        either neither another mine ours yours theirs";
    LINKS = "of for in to with on from at by about between within through without during after before against over into \
        towards toward under around across";
    ANDS = "and or &";
    FIRST_PERSON = "i me my mine myself we us our ours ourselves i'm i've i'd i'll we're we've we'd we'll im ive";
    SECOND_PERSON = "you your yours yourself yourselves you're you've you'd you'll u ur";
    THIRD_PERSON = "he she it they him her them his its their theirs himself herself itself themselves he's she's it's \
        they're they've they'd they'll hes shes theyre thats this that these those there that's there's here";
    // Auxiliaries: a clause that holds one has a finite verb.
    AUXILIARIES = "am is are was were be been being do does did done doing have has had having can could will would shall \
        should may might must ought cannot isn't aren't wasn't weren't don't doesn't didn't haven't hasn't hadn't can't \
        couldn't won't wouldn't shouldn't mustn't isnt arent wasnt werent dont doesnt didnt havent hasnt hadnt cant couldnt \
        wont wouldnt shouldnt";
    // A content word before one of these is a verb ("suits me"), as is one after a subject ("I enjoy").
    OBJECTS = "me us them him you it myself ourselves themselves yourself";
    SUBJECTS = "i we you they he she who";
    // Particles of a verb: "top up", "help out".
    PARTICLES = "up down out off back away along";
    // Participles that mean something only with the preposition behind them; what is denied of something that went well ("cannot fault"),
    // and what may stand between ("nothing they could have done better").
    PHRASAL = "looked-after cared-for listened-to catered-for";
    OUTCOMES = "better nicer improve improved fault faulted complain";
    UNDER_DENIAL = "to could can have has of be been being is was do done did that they you we i it there anyone anything any really think";
    DENIALS = "no not never nothing none hardly cannot cant couldnt dont";
    // Points in time: an anecdote's, not a theme's.
    CALENDAR = "january february april june july august september october november december monday tuesday wednesday thursday \
        friday saturday sunday mondays tuesdays wednesdays thursdays fridays saturdays sundays";
    // Measures and shells: what a phrase is about stands beside them, so none of them heads a heading.
    SHELLS = "second seconds minute minutes hour hours day days week weeks month months year years morning afternoon evening moment \
        moments end part parts bit bits number numbers amount amounts range rest couple side sides half level levels nature \
        person place point matter fact case reason idea";
    // Strengthen an adjective; after a noun they begin a predicate without a verb ("staff very friendly").
    INTENSIFIERS = "very so really too quite always all extremely absolutely totally completely";
    // Open a clause of their own.
    RELATIVES = "that which who whom whose when where why how if because as while so but since unless until whether though \
        although than whereas what";
    // Verbs too light to carry a heading, and other words without content.
    EMPTY = "everyone everybody everything anyone anybody anything someone somebody something nothing nobody none one ones \
        very really quite too just also always never often sometimes already still yet again ever even only well much many \
        lots lot bit little enough rather almost now then today yesterday tomorrow please thank thanks yes no not nor ok \
        okay oh hi hello maybe perhaps however therefore thus hence else etc eg ie especially particularly extremely \
        absolutely totally completely definitely actually basically generally usually probably possibly simply truly highly \
        fully certainly incredibly greatly overall instead otherwise anyway most least up down out off back above below \
        upon per via able away along together apart let lets get gets got getting gotten go goes going gone went make makes \
        made making come comes came coming put puts putting take takes took taken taking keep keeps kept keeping give gives \
        gave given giving say says said tell tells told telling see sees saw seen seeing know knows knew known knowing think \
        thinks thought feel feels felt feeling want wants wanted like likes liked seem seems seemed try tries tried use uses \
        used using thing things stuff way ways kind sort several various certain other others own same different few wish \
        hope believe guess suppose mean means happen happens happened look looks looked find finds found finding become \
        becomes became ask asks asked asking show shows showed need needs needed two three four five six seven eight nine ten twice once pls";
    // Verbs among them, as far as they have a subject.
    LIGHT_VERBS = "get gets go goes make makes come comes put puts take takes keep keeps give gives say says tell tells see sees \
        know knows think thinks feel feels want wants seem seems try tries use uses find finds become becomes need needs \
        mean means happen happens look looks show shows";
    // The gerunds among them may begin a heading that goes on ("making a difference", "being able to help").
    LIGHT_GERUNDS = "making getting giving seeing feeling going taking keeping using knowing finding being having asking \
        telling putting trying wanting hoping looking";
    // How good somebody or something was; what was judged stands beside them.
    JUDGEMENTS = "good great fine nice kind lovely friendly polite helpful caring excellent amazing brilliant fantastic \
        wonderful professional efficient happy pleased satisfied better best worse worst bad poor perfect superb \
        awesome attentive considerate respectful compassionate supportive informative approachable welcoming \
        thorough reassuring calm patient gentle comfortable outstanding exceptional fabulous terrific incredible \
        marvellous pleasant courteous cheerful knowledgeable competent rude unhelpful unfriendly unprofessional \
        awful terrible horrible dreadful";
    ADJECTIVES = "quick fast slow clean dirty warm cold hot clear easy hard difficult important essential vital crucial \
        necessary possible impossible available safe quiet loud noisy busy long short late early new old big small \
        large high low free open first second third last next main related harder easier faster slower longer \
        shorter higher lower larger smaller greater clearer fairer stronger wider closer quicker economic equal fair \
        unfair young aware unaware sure unsure true false wrong rich strong weak proud sad angry ready";
    WISHES = "should must ought could would need needs needed want wants wanted lack lacks lacking enough too not never no nobody \
        nothing without only";
    QUANTIFIERS = "more less fewer better greater higher longer clearer fairer easier stronger quicker improved increased \
        additional extra further proper regular reduced lower shorter";
    // Verbs in their plain form that are not nouns as well.
    VERBS = "accept achieve add adjust advise affect agree allow apply appear appreciate arrive assist attend avoid become \
        begin believe belong bring build buy cancel carry cater catch choose close collect communicate compare complete \
        confirm connect consider contain contribute create cure deal decide decline deliver deny deserve destroy determine \
        develop differ disagree discover discuss eliminate enable encourage enhance enjoy ensure enter establish exist \
        expect explain express fail fill finish follow forget fulfil gain grow happen hear hold identify ignore implement \
        improve include inform involve join lead learn leave listen live lose maintain manage meet mention miss mitigate \
        notice observe obtain occur offer operate perform permit prefer prevent produce promote protect prove provide pull \
        push raise reach read receive recognise recognize recommend recover reduce refer reflect reject remain remember \
        remind remove require resolve respond retain save scan seek select sell send serve settle sit solve speak spend \
        stand strengthen struggle succeed suffer suggest teach terminate threaten throw treat understand update verify \
        withdraw write";
    IRREGULAR_VERBS = "became began brought built bought chose dealt heard held led learnt learned lost met paid sent sold \
        spoke spoken spent stood sat taught threw thrown understood withdrew withdrawn wrote written broke forgot forgotten \
        grew grown helps wants causes leads gives goes needs makes takes";
}

static VERB_FORMS: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    let plain = VERBS.iter().flat_map(|verb| finite_forms(verb));
    plain.chain(IRREGULAR_VERBS.iter().map(ToString::to_string)).collect()
});

fn finite_forms(verb: &str) -> Vec<String> {
    let stem_in_y = verb.strip_suffix('y').filter(|stem| !stem.ends_with(['a', 'e', 'i', 'o', 'u']));
    let mut forms = match (stem_in_y, verb.strip_suffix('e')) {
        (Some(stem), _) => vec![format!("{stem}ies"), format!("{stem}ied")],
        (None, Some(stem)) => vec![format!("{verb}s"), format!("{stem}ed")],
        (None, None) => {
            let last = verb.chars().last().map(String::from).unwrap_or_default();
            vec![format!("{verb}s"), format!("{verb}es"), format!("{verb}ed"), format!("{verb}{last}ed")]
        }
    };
    forms.push(verb.to_string());
    forms
}

/// Whether the lower-case `word` is a form of a verb other than its `-ing` form.
pub(crate) fn is_verb(word: &str) -> bool {
    VERB_FORMS.contains(word)
}

/// Whether it is the plain or the `-s` form, so that nothing but a subject or "to" stands before it.
pub(crate) fn is_present_verb(word: &str) -> bool {
    is_verb(word) && !word.ends_with("ed")
}

/// Whether the lower-case `word` is an adjective, by list or ending.
pub(crate) fn is_adjective(word: &str) -> bool {
    const ENDINGS: [&str; 8] = ["ful", "ous", "able", "ible", "ive", "less", "ier", "iest"];
    is_judgement(word)
        || ADJECTIVES.contains(word)
        || (word.len() > 5 && ENDINGS.iter().any(|ending| word.ends_with(ending)))
}

/// Whether the lower-case `word` is an adjective that says how good somebody or something was.
pub(crate) fn is_judgement(word: &str) -> bool {
    JUDGEMENTS.contains(word)
}

/// Whether the lower-case `word` denies.
pub(crate) fn is_denial(word: &str) -> bool {
    DENIALS.contains(word) || word.ends_with("n't")
}

/// Whether the lower-case `word` looks like the plural of a noun.
pub(crate) fn is_plural(word: &str) -> bool {
    matches!(word, "people" | "children" | "women" | "men" | "staff")
        || (word.len() > 3
            && word.ends_with('s')
            && !["ss", "us", "is", "'s"].iter().any(|ending| word.ends_with(ending))
            && !is_verb(word))
}

/// Whether the lower-case `word` is an adverb by its ending.
pub(crate) fn is_adverb(word: &str) -> bool {
    word.len() > 4
        && word.ends_with("ly")
        && !is_adjective(word)
        && !matches!(word, "family" | "supply" | "reply" | "assembly")
}

/// Whether the lower-case `word` ends as a gerund does.
pub(crate) fn is_gerund(word: &str) -> bool {
    word.len() > 4
        && word.ends_with("ing")
        && !matches!(word, "thing" | "bring" | "string" | "spring" | "nothing" | "during")
}

/// Whether the lower-case `word` has no content of its own.
pub(crate) fn is_function_word(word: &str) -> bool {
    let lists: [&Words; 9] = [
        &ARTICLES,
        &POINTERS,
        &LINKS,
        &ANDS,
        &FIRST_PERSON,
        &SECOND_PERSON,
        &THIRD_PERSON,
        &AUXILIARIES,
        &RELATIVES,
    ];
    EMPTY.contains(word) || lists.iter().any(|list| list.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verbs_are_known_in_their_finite_forms() {
        for form in ["provide", "provides", "provided", "carried", "referred", "taught", "reaches"] {
            assert!(is_verb(form), "{form}");
        }
        for other in ["providing", "training", "support", "role", "care"] {
            assert!(!is_verb(other), "{other}");
        }
        assert!(is_present_verb("provides") && !is_present_verb("declined"));
    }

    #[test]
    fn endings_tell_adjectives_adverbs_and_gerunds() {
        assert!(is_adjective("supportive") && is_adjective("healthier") && !is_adjective("table"));
        assert!(is_adverb("clearly") && !is_adverb("friendly") && !is_adverb("family"));
        assert!(is_gerund("helping") && !is_gerund("thing"));
    }
}

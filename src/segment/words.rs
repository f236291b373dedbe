//! The words that carry the structure of English, as far as the splitting rules need it.

use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

/// What a word can be; several at once.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Class(u32);

impl Class {
    /// Carries meaning by itself.
    pub(super) const CONTENT: Self = Self(1);
    /// Certainly a finite verb: "is", "would", "don't".
    pub(super) const FINITE: Self = Self(1 << 1);
    /// Probably a verb with a subject: "made", "explained".
    pub(super) const VERB: Self = Self(1 << 2);
    /// A bare verb that is hardly ever a noun: "make", "provide".
    pub(super) const BARE_VERB: Self = Self(1 << 3);
    /// A subject by its form: "I", "they", "there".
    pub(super) const SUBJECT: Self = Self(1 << 4);
    /// "the", "a", "this".
    pub(super) const ARTICLE: Self = Self(1 << 5);
    /// "their", "its": points back to what was said before it.
    pub(super) const POINTS_BACK: Self = Self(1 << 6);
    /// "with", "for", "of".
    pub(super) const PREPOSITION: Self = Self(1 << 7);
    /// "who", "which", "that".
    pub(super) const RELATIVE: Self = Self(1 << 8);
    /// "when", "because", "if".
    pub(super) const SUBORDINATOR: Self = Self(1 << 9);
    /// Begins a wish or a complaint: "more", "better", "lack".
    pub(super) const WISH: Self = Self(1 << 10);
    /// A judgement before its noun: "friendly", "poor".
    pub(super) const ADJECTIVE: Self = Self(1 << 11);
    /// "enjoy", "love": takes a gerund.
    pub(super) const LIKING: Self = Self(1 << 12);
    /// "think", "feel": opens a clause of its own.
    pub(super) const OPINION: Self = Self(1 << 13);
    /// "very", "always": before a judgement.
    pub(super) const DEGREE: Self = Self(1 << 14);
    /// Says nothing alone: "etc", "thanks", "yes".
    pub(super) const FILLER: Self = Self(1 << 15);
    /// "such", "including", "between", "both": what follows belongs to it, to the end of the sentence.
    pub(super) const HOLDS: Self = Self(1 << 16);
    /// An "-ing" form that is an activity, not a thing.
    pub(super) const GERUND: Self = Self(1 << 17);
    /// "and", "plus", "&".
    pub(super) const AND: Self = Self(1 << 18);
    /// "but", "however".
    pub(super) const BUT: Self = Self(1 << 19);
    /// Falls off the ends of a segment: "and", "also".
    pub(super) const JOINING: Self = Self(1 << 20);

    /// Whether any class of `other` is in `self`.
    pub(super) fn is(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Both together.
    pub(super) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

const FINITE: &str = "am is are was were isn't aren't wasn't weren't isnt arent wasnt werent has have had hasn't haven't hadn't \
    hasnt havent hadnt will would won't wouldn't wont wouldnt can could can't couldn't cant couldnt cannot should shouldn't \
    shouldnt must mustn't may might do does did don't doesn't didn't dont doesnt didnt needs seems feels makes gives gets \
    understands becomes";
const VERB: &str = "made gave took went came felt said told got kept knew saw found brought taught met understood spoke \
    want wants enjoy enjoys love loves like likes feel think thinks know knows get make take takes give find finds see sees \
    say says tell tells hope hopes wish wishes believe appreciate appreciates explained listened helped treated looked cared \
    answered needed wanted loved enjoyed keeps listens brings allows means helps lacks struggle struggles become go goes come \
    comes keep listen understand seem varies reflects receive receives deserve deserves work works need";
const BARE_VERB: &str = "make give get take provide reduce improve increase ensure allow have be see find keep bring develop \
    create connect build listen understand recognise recognize explain meet go come enable encourage empower hear feel do \
    become learn spend stop start let put pay us include remove introduce";
const SUBJECT: &str =
    "i we they he she it you there everyone everybody nobody someone somebody im ive id theyre youre weve";
const CONTRACTED: &str = "i'm i've i'd i'll we're we've we'd we'll they're they've they'd they'll he's he'd he'll she's \
    she'd she'll it's it'd it'll you're you've you'd you'll there's that's there'll let's";
const ARTICLE: &str = "the a an this that these those some any each every all another both";
const OWN: &str = "my our your";
const POINTS_BACK: &str = "their his her its them themselves itself one";
const PREPOSITION: &str = "of with for in on at from about by into through between within without across around over under \
    during against towards toward among amongst via per to up out off near regarding alongside outside inside until \
    after before since than despite as";
const RELATIVE: &str = "who which that whom whose where what how why";
const SUBORDINATOR: &str = "when whenever because if whether while whilst as since after before once until unless although \
    though despite given due where wherever whereas so cos cuz";
const WISH: &str = "more better less fewer greater higher lower clearer improved increased additional extra regular proper \
    protected further reduced longer shorter easier faster quicker stronger consistent dedicated adequate appropriate \
    sufficient enough fair fairer equal permanent secure flexible formal no lack lacking limited insufficient \
    inconsistent too not access opportunities opportunity recognition closer wider simpler smaller larger bigger cheaper \
    standardised free paid guaranteed ongoing specific";
const ADJECTIVE: &str = "good great excellent lovely nice friendly helpful kind caring poor bad long short clean dirty quick \
    efficient amazing fantastic wonderful brilliant supportive professional positive negative clear happy polite warm \
    welcoming calm safe comfortable easy slow rude cold hot noisy quiet fast attentive knowledgeable superb outstanding \
    fabulous pleasant patient understanding compassionate respectful reassuring informative thorough prompt tasty small \
    large big huge little different new old true real full best worst high low strong weak approachable competent \
    first-class perfect marvellous terrible awful horrible disgusting unhelpful unprofessional varied rewarding challenging \
    interesting fun useful early late punctual cheerful gentle sensitive honest open creative isolated stressful busy tired \
    confident skilled experienced relaxed organised disorganised fab super ok okay fine";
const LIKING: &str = "enjoy enjoys enjoyed love loves loved like likes liked appreciate appreciates value values prefer \
    hate dislike involves means is was include includes includes about by for of";
const OPINION: &str =
    "think thinks thought feel feels believe know hope say said told find found wish guess suppose sure";
const DEGREE: &str = "very really so always extremely quite also just truly absolutely highly incredibly generally overall \
    particularly especially most much far totally completely genuinely often never still even too only pretty rather";
const FILLER: &str = "etc thanks thank thankyou yes no ok okay please sorry also and but plus yeah nope hi hello regards cheers";
const HOLDS: &str =
    "such including e.g eg i.e ie between both either neither namely whether especially particularly";
const JOINING: &str = "and but also plus however additionally furthermore moreover";
const FUNCTION: &str = "me us him them myself ourselves yourself who whom not no nor or and but if then than so too very \
    be been being to just there here own same other any some such only more most much many few lot lots bit able \
    again ever never now yet already even still well quite really also while etc thing things something anything everything \
    nothing someone anyone everyone way plus however both either neither s t oh which what where when why how";
/// "-ing" words that are things rather than activities, so that they do not begin an idea of their own.
const THINGS: &str = "training funding housing banding wellbeing well-being parking nothing something everything anything \
    thing morning evening during setting feeling being prescribing supervising nursing planning counselling \
    grading backing standing beginning ending listing outstanding caring welcoming understanding reassuring rewarding \
    challenging interesting amazing lacking spring string king bring ring sing outgoing ongoing existing missing living \
    ageing aging loving working wing willing";

/// Words that make one idea with "and" between them.
const PAIRS: &str = "health/wellbeing health/well-being health/safety health/social health/care training/development learning/development \
    education/training training/education support/guidance advice/guidance advice/support support/advice information/advice \
    help/support support/help care/support care/treatment support/supervision time/effort time/space time/energy \
    patients/carers patients/families patients/staff family/friends friends/family terms/conditions pay/conditions \
    pay/working policies/procedures roles/responsibilities role/responsibilities aims/objectives voluntary/community \
    community/voluntary primary/secondary physical/mental mental/physical emotional/practical practical/emotional \
    doctors/nurses nurses/doctors gps/nurses pros/cons ups/downs day/night food/drink tea/coffee men/women \
    adults/children children/young children/families knowledge/skills skills/knowledge skills/experience \
    knowledge/experience thoughts/feelings equality/diversity diversity/inclusion monitoring/evaluation care/attention \
    kindness/compassion compassion/kindness care/compassion dignity/respect respect/dignity trust/confidence \
    confidence/trust services/support people/communities individuals/families families/carers hopes/dreams needs/wants \
    trial/error above/beyond first/foremost black/white salary/conditions salary/benefits social/emotional social/economic";

static LEXICON: LazyLock<HashMap<&'static str, Class>> = LazyLock::new(|| {
    let lists = [
        (FINITE, Class::FINITE),
        (VERB, Class::VERB.or(Class::CONTENT)),
        (BARE_VERB, Class::BARE_VERB),
        (SUBJECT, Class::SUBJECT),
        (CONTRACTED, Class::SUBJECT.or(Class::FINITE)),
        (ARTICLE, Class::ARTICLE),
        (OWN, Class::ARTICLE),
        (POINTS_BACK, Class::POINTS_BACK),
        (PREPOSITION, Class::PREPOSITION),
        (RELATIVE, Class::RELATIVE),
        (SUBORDINATOR, Class::SUBORDINATOR),
        (WISH, Class::WISH),
        (ADJECTIVE, Class::ADJECTIVE),
        (LIKING, Class::LIKING),
        (OPINION, Class::OPINION),
        (DEGREE, Class::DEGREE),
        (FILLER, Class::FILLER),
        (HOLDS, Class::HOLDS),
        (JOINING, Class::JOINING),
        ("and plus & +", Class::AND.or(Class::JOINING)),
        ("but however although though whereas", Class::BUT),
    ];
    let mut lexicon: HashMap<&'static str, Class> = HashMap::new();
    for (words, class) in lists {
        for word in words.split_ascii_whitespace() {
            let entry = lexicon.entry(word).or_default();
            *entry = entry.or(class);
        }
    }
    for list in [ADJECTIVE, OPINION, BARE_VERB] {
        add_class(&mut lexicon, list, Class::CONTENT);
    }
    // These qualify rather than say; "better" and the like do carry half of a wish.
    for word in
        WISH.split_ascii_whitespace().filter(|word| !FUNCTION.split_ascii_whitespace().any(|f| f == *word))
    {
        add_class(&mut lexicon, word, Class::CONTENT);
    }
    for list in
        [FUNCTION, FINITE, CONTRACTED, SUBJECT, ARTICLE, OWN, POINTS_BACK, PREPOSITION, DEGREE, FILLER]
    {
        for word in list.split_ascii_whitespace() {
            let entry = lexicon.entry(word).or_default();
            entry.0 &= !Class::CONTENT.0;
        }
    }
    lexicon
});

fn add_class(lexicon: &mut HashMap<&'static str, Class>, words: &'static str, class: Class) {
    for word in words.split_ascii_whitespace() {
        let entry = lexicon.entry(word).or_default();
        *entry = entry.or(class);
    }
}

static THING_SET: LazyLock<BTreeSet<&'static str>> =
    LazyLock::new(|| THINGS.split_ascii_whitespace().collect());
static PAIR_SET: LazyLock<BTreeSet<&'static str>> =
    LazyLock::new(|| PAIRS.split_ascii_whitespace().collect());

/// What `word` can be.
pub(super) fn classify(word: &str) -> Class {
    // Nothing in the lists is longer, and a token may have a million characters.
    if word.len() > 40 {
        return Class::CONTENT;
    }
    let lower = plain(word);
    if let Some(class) = LEXICON.get(lower.as_str()) {
        return *class;
    }
    let mut class = Class::CONTENT;
    if lower.len() > 4 && lower.ends_with("ing") && !THING_SET.contains(lower.as_str()) {
        class = class.or(Class::GERUND);
    } else if lower.len() > 4 && lower.ends_with("ed") {
        class = class.or(Class::VERB);
    } else if lower.len() > 5
        && ["ful", "less", "ous", "ive", "able", "ible", "ly"].iter().any(|end| lower.ends_with(end))
    {
        class = class.or(Class::ADJECTIVE);
    }
    class
}

/// Whether "`left` and `right`" is a set phrase.
pub(super) fn is_pair(left: &str, right: &str) -> bool {
    left.len() + right.len() < 40 && PAIR_SET.contains(format!("{}/{}", plain(left), plain(right)).as_str())
}

fn plain(word: &str) -> String {
    word.chars()
        .flat_map(char::to_lowercase)
        .map(|c| if matches!(c, '’' | '‘' | '`') { '\'' } else { c })
        .collect()
}

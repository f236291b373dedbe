//! The words around names, and the words that are names only sometimes.

use std::collections::HashMap;
use std::sync::LazyLock;

/// Whether `word` is one of a list that white space divides.
pub(super) fn is_among(list: &str, word: &str) -> bool {
    list.split_ascii_whitespace().any(|listed| listed == word)
}

/// What a word means for the names around it; several at once.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Role(u32);

impl Role {
    /// "Mrs", "Dr": what follows is a name, in any case.
    pub(super) const TITLE: Self = Self(1);
    /// "Nurse", "Sister": what follows is a name if it has a capital.
    pub(super) const WEAK_TITLE: Self = Self(1 << 1);
    /// "manager", "husband": a name may follow.
    pub(super) const PERSON: Self = Self(1 << 2);
    /// "called", "named".
    pub(super) const NAMING: Self = Self(1 << 3);
    /// "my", "the": makes a person word a cue.
    pub(super) const OWNER: Self = Self(1 << 4);
    /// "with", "spoke": people stand after it, among other things.
    pub(super) const WEAK_CUE: Self = Self(1 << 5);
    /// "was", "helped": people stand before it.
    pub(super) const PERSON_VERB: Self = Self(1 << 6);
    /// Never a name: field words, days, pronouns.
    pub(super) const NO_NAME: Self = Self(1 << 7);
    /// A name and a word: "Will", "Grace", "Victoria".
    pub(super) const AMBIGUOUS: Self = Self(1 << 8);
    /// "Hospital", "Street": what stands before it is a place.
    pub(super) const PLACE_END: Self = Self(1 << 9);
    /// "van", "de": inside a name.
    pub(super) const PARTICLE: Self = Self(1 << 10);
    /// "and", "&".
    pub(super) const AND: Self = Self(1 << 11);
    /// "St", "Saint".
    pub(super) const SAINT: Self = Self(1 << 12);

    /// Whether any role of `other` is in `self`.
    pub(super) fn is(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// An ambiguous name that is a thing or a time: "Hope was all we had".
    pub(super) const THING: Self = Self(1 << 13);

    /// "without", "asked": hardly anything but a person begins with a capital after it.
    pub(super) const PEOPLE_CUE: Self = Self(1 << 14);
    /// "plan", "vitamin": a letter after it is no initial.
    pub(super) const LETTERED: Self = Self(1 << 15);

    /// An ambiguous first name that with a capital is hardly ever a word: "Terry".
    pub(super) const GIVEN: Self = Self(1 << 16);
    /// One that is a word more often, but not after "thanks to" and "my manager": "mark", "pat".
    pub(super) const ALSO_GIVEN: Self = Self(1 << 17);

    /// Both together.
    pub(super) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

const TITLE: &str = "mr mrs ms miss mx dr prof professor dame revd messrs";
const WEAK_TITLE: &str = "doctor nurse sister matron father lady lord sir brother pastor aunt auntie uncle cllr councillor imam sergeant pc rev \
    fr mother midwife consultant";
const PERSON: &str = "manager managers supervisor supervisors boss colleague colleagues husband wife partner mum mom dad mother father son \
    daughter brother sister nan nana gran grandma grandad granddad grandmother grandfather aunt auntie uncle cousin niece nephew friend \
    mate neighbour patient client carer lead leader director coordinator co-ordinator coach mentor trainer assistant receptionist \
    nurse doctor gp midwife physio physiotherapist pharmacist paramedic therapist counsellor psychologist consultant surgeon \
    worker workers teammate teammates secretary administrator admin volunteer chair ceo buddy predecessor successor tutor teacher \
    baby boy girl child grandson granddaughter fiance fiancée girlfriend boyfriend cleaner porter matron registrar dietitian dietician \
    navigator prescriber hca lady gentleman guy man woman person";
const NAMING: &str = "called named name's signed regards dear thank thanks cheers hi hello kudos bless sincerely \
    thankyou thx faithfully wishes names";
const OWNER: &str = "my our the her his their your a an this that new old lovely amazing great fantastic brilliant former current \
    late line team clinical senior practice ward staff link deputy area regional head social prescribing poor dear own \
    wonderful kind friendly excellent little younger older eldest youngest best";
const PEOPLE_CUE: &str = "without ask asked having told thanked met meet";
const WEAK_CUE: &str = "without having with from by to ask asked contact met meet saw see told tell helped spoke speak speaking know knew thanked ring rang phoned emailed reported and or for \
    about at while when because especially including like than as where if since love loved";
const PERSON_VERB: &str = "is was has had said says told helped helps always made makes gave gives went came does did explained works worked \
    runs ran supports supported understands understood got gets knows knew listened listens really who left retired joined took takes \
    looked showed shows treated deserves keeps kept leads led manages managed visits visited came comes cares cared answered asked";
const NO_NAME: &str = "nino iban i i'm i've i'd i'll you we he she it they the a an this that these those there here my our your his her their its \
    and or but so if when while because as at in on of to from with for by not no yes all any some each every both more most many \
    nhs gp gps pcn pcns icb icbs icp ccg ics vcse slwp splw splws mdt mdts dna emis systmone cqc arrs aft nasp dwp pip esa uc cbt iapt camhs \
    a&e hca hcas hr it ot ots pt ai ons ons4 qof ncmp band bands emis zoom teams microsoft excel word outlook google facebook \
    whatsapp twitter instagram youtube monday tuesday wednesday thursday friday saturday sunday january february march \
    september october november december christmas easter ramadan eid diwali england english britain british uk wales welsh \
    scotland scottish ireland irish europe european london manchester birmingham leeds liverpool sheffield bristol newcastle nottingham \
    leicester bradford hull stoke coventry wolverhampton plymouth southampton portsmouth brighton norwich oxford cambridge \
    yorkshire lancashire cheshire cumbria norfolk suffolk essex kent sussex surrey devon cornwall dorset somerset wiltshire hampshire \
    berkshire gloucestershire oxfordshire bedfordshire hertfordshire buckinghamshire cambridgeshire lincolnshire derbyshire \
    nottinghamshire leicestershire northamptonshire staffordshire shropshire worcestershire herefordshire warwickshire durham \
    northumberland merseyside midlands north south east west social prescribing prescriber link worker workers manager managers team \
    service services practice practices surgery surgeries health care wellbeing mental primary community voluntary sector charity \
    citizens advice age mind macmillan samaritans mencap scope shelter barnardo's barnardos oxfam relate cruse sands rnib rnid nspcc bacp \
    council trust federation network networks alliance board partnership group patient patients staff nurse nurses doctor doctors \
    ward hospital clinic reception receptionist everyone everybody nobody someone anyone nothing everything thing things people team \
    pay salary training supervision induction funding time support more better great good nice lovely kind friendly excellent amazing \
    fantastic thank thanks please sorry hello hi dear regards one two three first second last next new other another same such what \
    which who how why where is are was were be been have has had do does did will would can could should may might must very really \
    just also only even still always never often sometimes being having making helping working meeting listening seeing supporting \
    building working getting giving variety autonomy flexibility people's universal credit personal independence department work \
    pensions care coordinator coordinators coach coaches lead leads director role job agenda change covid covid-19 coronavirus pandemic \
    brexit jamaica vienna cairo kashmir jupiter sahara albion italia kobe salem rehab sunni shia ninja bethlehem memphis princeton \
    berkeley everton stirling harlem britannia eden olympic olympics paralympics pip esa italy france spain germany portugal greece poland romania australia canada america american nigeria ghana ukraine ukrainian \
    french spanish italian greek turkish turkey chinese peterborough exeter bath luton swindon blackpool carlisle jobcentre job centre centre food bank banks crisis alcoholics anonymous slimming world weight watchers park run parkrun red cross \
    healthwatch carers uk diabetes cancer research heart foundation alzheimer's alzheimers alzheimer parkinson's parkinson partners wellness nando nandos kirklees dementia autism adhd asperger's \
    down's crohn's hodgkin's huntington's hiv aids asian black white african caribbean polish urdu punjabi bengali arabic hindi gujarati somali romanian \
    practitioner practitioners specialist specialists associate associates appointment appointments rounds walkabouts assessment \
    assessments triage security ambulance ambulances pharmacy radiology maternity transport physiotherapy cardiology oncology haematology \
    ophthalmology audiology deaf diabetic autistic dyslexic bipolar blind disabled coeliac epileptic happy grateful satisfied extremely \
    mindfulness knit natter living recovery back called calls trusts neurology urology dermatology gynaecology paediatrics orthopaedics \
    dyspraxic retired vegan vegetarian pregnant \
    muslim christian jewish hindu sikh catholic church mosque temple god lord jesus allah internet wifi app apps portal website";
/// First names that are words as well, or places, or months.
const AMBIGUOUS: &str = "will may grace mark hope rose bill jo pat joy faith amber ruby dawn summer sue rob frank ray guy art gene june april august \
    lee grant dean dale heather holly ivy iris olive pearl penny robin sandy victor victoria chance chase chuck dick drew earl eve hazel \
    jade jasmine jay jewel josh kit lily lucky mercy miles myrtle nick norm patience peg peggy poppy randy reed rich rick rocky rod rosemary \
    rusty sky sonny stan sterling terry tony tiffany violet wade ward woody blessing precious comfort charity gift innocent destiny \
    harmony serenity trinity christian jordan israel sydney chelsea paris florence austin carol max mat matt jean harry jack sally don dot \
    ash angel autumn basil bob bobby bonny buddy carter cherry christina clement clay cliff cole coral daisy dolly duke fern \
    flora ginger goldie herb honor honour ida jim kim king lance laurel leo les lou love major marina melody mike misty nova \
    ollie peace perry pierce pip prince princess queenie rex river roman sage scott sean sienna sierra star storm teddy tom \
    ty tyne van verity vic viola wendy willow winter wren zen merit mason bailey hunter piper cooper parker taylor spencer stanley \
    sterling chester lincoln preston kent devon india asia kenya china georgia carolina alexa siri mercedes zara lourdes \
    bradley ashton clifton milton nelson wellington windsor warwick stafford clive trent severn ace ali an can ban han son min my bo li \
    bea rae nat tab tod dan ben sam ken ed al ted ned sid vi di bee jan mo so favour favor divine promise gladys angela \
    rebel echo alba aurora ember rain sunny hero gill viv jaz jas kaz shaz gaz daz baz maz mags bex bev deb debs stu issy jools kev loz nev rach roz shell suz tash genesis nevada dakota brooklyn phoenix lane blair brook brooke glen hale heath jet rory \
    ade ayo ola ife tolu dele wale kola bola sola ada oba imani kai ren zion eden micah";
const GIVEN: &str = "sally tony terry jim mike tom bobby dan ben sam ken ted sid gladys angela gill viv jaz kaz shaz gaz daz bex bev deb debs stu \
    issy kev nev rach roz suz tash rory trev lou les matt kath pam reg jean";
const ALSO_GIVEN: &str = "jo kim pat sue rob frank ray lee carol dawn ruby jade hazel robin rose lily olive ivy holly heather jack harry max mat \
    jay josh victor victoria penny nick robin bob mark grace amber iris violet scott sean paul chelsea florence jordan georgia ade ayo ola \
    bola sola blessing comfort patience bailey taylor cooper stan chester vic viola kit daisy poppy rosemary";
const THING: &str = "hope faith grace joy charity patience comfort honour honor peace mercy favour favor merit summer winter autumn dawn may june \
    april august sky star love gift blessing promise harmony serenity trinity destiny chance patience river storm rain honour";
const PLACE_END: &str = "hospital hospitals ward house street st road rd avenue lane close drive court centre center clinic surgery practice trust \
    park school college university church cathedral foundation hospice infirmary square gardens hall lodge manor cottage cafe café gym sponge wing unit building medical health place \
    bridge station hill green town city village library theatre disease syndrome society pcn practice's group day project";
const PARTICLE: &str =
    "de da di del della la le van von der den ter al el bin ibn bint ul ur abu abd mac mc o st ap ní nic uí";

static ROLES: LazyLock<HashMap<&'static str, Role>> = LazyLock::new(|| {
    let lists = [
        (TITLE, Role::TITLE),
        (WEAK_TITLE, Role::WEAK_TITLE),
        (PERSON, Role::PERSON),
        (NAMING, Role::NAMING),
        (OWNER, Role::OWNER),
        (WEAK_CUE, Role::WEAK_CUE),
        (PEOPLE_CUE, Role::PEOPLE_CUE),
        (PERSON_VERB, Role::PERSON_VERB),
        (NO_NAME, Role::NO_NAME),
        (AMBIGUOUS, Role::AMBIGUOUS),
        (GIVEN, Role::AMBIGUOUS),
        (GIVEN, Role::GIVEN),
        (ALSO_GIVEN, Role::ALSO_GIVEN),
        (THING, Role::THING),
        (PLACE_END, Role::PLACE_END),
        (PARTICLE, Role::PARTICLE),
        (
            "plan vitamin group option phase type hepatitis grade category tier appendix section level",
            Role::LETTERED,
        ),
        ("and & plus", Role::AND),
        ("st saint st.", Role::SAINT),
    ];
    let mut roles: HashMap<&'static str, Role> = HashMap::new();
    for (words, role) in lists {
        for word in words.split_ascii_whitespace() {
            let entry = roles.entry(word).or_default();
            *entry = entry.or(role);
        }
    }
    roles
});

/// What `word`, lower case, means for names.
pub(super) fn role(word: &str) -> Role {
    ROLES.get(word).copied().unwrap_or_default()
}

/// Organisations and places of the field whose words could be taken for names. Never masked, whatever the survey file says.
pub(in crate::redact) const ORGANISATIONS: &[&str] = &[
    "Citizens Advice",
    "Age UK",
    "Age Concern",
    "Macmillan",
    "Marie Curie",
    "Marie Stopes",
    "Oliver McGowan",
    "Gillick",
    "Francis report",
    "Roy Castle",
    "Warwick-Edinburgh",
    "Samaritans",
    "Florence Nightingale",
    "St John Ambulance",
    "John Lewis",
    "Marks and Spencer",
    "Marks & Spencer",
    "Sainsbury's",
    "Sainsburys",
    "Morrisons",
    "McDonald's",
    "McDonalds",
    "Barnardo's",
    "Barnardos",
    "Sue Ryder",
    "Dorothy House",
    "Milton Keynes",
    "Bury St Edmunds",
    "Tower Hamlets",
    "King's Lynn",
    "St Albans",
    "St Helens",
    "Royal Victoria",
    "Queen Victoria",
    "Queen Elizabeth",
    "King Edward",
    "King George",
    "Prince Charles",
    "Royal Free",
    "Great Ormond",
    "Alice Holt",
    "Jo Cox",
    "Jo's Trust",
    "Jo's Cervical Cancer",
    "Andy's Man Club",
    "Andys Man Club",
    "Man Club",
    "Home-Start",
    "Home Start",
    "Ashfield",
    "Rethink",
    "Turning Point",
    "Alzheimer's Society",
    "Parkinson's UK",
    "Mary Seacole",
    "Kings Fund",
    "King's Fund",
    "Myers-Briggs",
    "Myers Briggs",
    "Zoom",
    "Teams",
    "Elemental",
    "Joy app",
    "Joy platform",
    "Joy system",
    "Access Elemental",
    "Emma's Law",
    "Martha's Rule",
    "Freedom to Speak Up",
    "Duke of Edinburgh",
    "Guy's and St Thomas'",
    "Guy's and St Thomas's",
    "Mark of respect",
    "Grace period",
    "Patricia Hewitt review",
    "Health and Wellbeing",
    "Victoria Derbyshire",
    "Bank Holiday",
    "May Day",
    "May bank holiday",
    "Valentine's Day",
    "Burns Night",
    "Mother's Day",
    "Father's Day",
];

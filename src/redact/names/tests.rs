use crate::redact::tests::masked;

#[test]
fn names_are_found_by_what_stands_around_them() {
    for (text, expected) in [
        ("Dr Patel and mrs smith", "Dr [name] and mrs [name]"),
        ("my manager Xanthe is kind", "my manager [name] is kind"),
        ("my manager sarah jones", "my manager [name]"),
        ("Thanks to Priya and Tom", "Thanks to [name] and [name]"),
        ("I met Grace Okafor", "I met [name]"),
        ("Will was great, Mark helped", "[name] was great, [name] helped"),
        ("Anne-Marie O'Brien; J. Smith", "[name]; [name]"),
        ("THANKS TO PRIYA AND THE TEAM", "THANKS TO [name] AND THE TEAM"),
        ("Ole van der Berg visited", "[name] visited"),
        ("Jack Russell runs the group", "[name] runs the group"),
        ("i spoke to sarah, then asked priya again", "i spoke to [name], then asked [name] again"),
        ("I miss working with Gill and with Viv", "I miss working with [name] and with [name]"),
        ("I met Hope, who is with Grace", "I met [name], who is with [name]"),
        (
            "i saw dr green who said so, mr price did my hip",
            "i saw dr [name] who said so, mr [name] did my hip",
        ),
        (
            "DR BROWN IS RUDE, Dr White is not, dr a khan neither",
            "DR [name] IS RUDE, Dr [name] is not, dr a [name] neither",
        ),
        (
            "thanks to sue and bev, nurse pat and my manager carol",
            "thanks to [name] and [name], nurse [name] and my manager [name]",
        ),
        ("Tony at the front desk, Dawn on nights", "[name] at the front desk, [name] on nights"),
        ("her name was Grace, best wishes Jo", "her name was [name], best wishes [name]"),
        ("in the end priya did it, lovely to see mandy", "in the end [name] did it, lovely to see [name]"),
    ] {
        assert_eq!(masked(text), expected);
    }
}

#[test]
fn after_a_title_or_a_manager_the_whole_name_is_masked() {
    for (text, expected) in [
        ("Dr Day, Mrs Care, Ms March and Mr. English", "Dr [name], Mrs [name], Ms [name] and Mr. [name]"),
        ("Dr d'Souza and Prof Banks", "Dr [name] and Prof [name]"),
        ("Dr Grace Hall is great", "Dr [name] is great"),
        ("My manager Aoife Ní Bhriain left", "My manager [name] left"),
        ("Dr NGUYEN THI HOA is great", "Dr [name] is great"),
        ("Dr Krzysztof\nWójcik is great", "Dr [name] is great"),
        ("i saw dr mohammed ali today", "i saw dr [name] today"),
        ("Dr raj patel is great, dr grace hall is rude", "Dr [name] is great, dr [name] is rude"),
        ("Dr bukola adeyemi is great", "Dr [name] is great"),
        ("my manager raj patel never listens", "my manager [name] never listens"),
        ("my boss bukola shouts", "my boss [name] shouts"),
        ("MY BOSS BUKOLA NEVER LISTENS", "MY BOSS [name] NEVER LISTENS"),
        ("Kind regards\nZqdele Zqobi", "Kind regards\n[name]"),
        ("I was seen by Raj last week", "I was seen by [name] last week"),
    ] {
        assert_eq!(masked(text), expected);
    }
    for text in [
        "Dr Surgery visits, Dr Who, the Dr. The nurse, my Dr Is Great, Dr's notes",
        "MS Teams, MS Nurse, MR Imaging, Miss Out on it",
        "my manager also said so, our lead into the data, my dr idea",
        "MY MANAGER ALSO SAID SO AND MY MANAGER LEFT",
        "my mentor\nUsing Zoom all day",
        "e-Consult and e-Learning",
    ] {
        assert_eq!(masked(text), text);
    }
}

#[test]
fn names_that_are_things_are_masked_where_they_are_somebody_or_do_what_people_do() {
    for (text, expected) in [
        ("Grace is my manager. Joy told me to leave", "[name] is my manager. [name] told me to leave"),
        ("Joy helped us. April was our lovely nurse", "[name] helped us. [name] was our lovely nurse"),
        ("Hope explained it all. May visited weekly", "[name] explained it all. [name] visited weekly"),
        ("Hope was sectioned. Grace died in hospital", "[name] was sectioned. [name] died in hospital"),
        ("Mark has cancer. Grace's team is kind", "[name] has cancer. [name]'s team is kind"),
        (
            "Grace from the council will tell you. Will from the PCN",
            "[name] from the council will tell you. [name] from the PCN",
        ),
        ("I saw Will (PCN manager). He was rude", "I saw [name] (PCN manager). He was rude"),
    ] {
        assert_eq!(masked(text), expected);
    }
    for text in [
        "Faith helped me. Hope is my religion. Charity is our aim",
        "Joy is a big part of it. Patience was the key",
        "May is the worst month. Summer was a good time for patients",
        "Hope died. Faith's supervision was late. Hope from the start",
        "Grace (see the manager) period, Will (a legal will) writing, since April (new manager) it is better, Hope (colleagues)",
    ] {
        assert_eq!(masked(text), text);
    }
}

#[test]
fn surnames_that_are_words_are_masked_behind_first_names_and_places_are_not() {
    for (text, expected) in [
        (
            "My manager at the surgery is Emma Hill and she left",
            "My manager at the surgery is [name] and she left",
        ),
        ("David Green chairs our meetings", "[name] chairs our meetings"),
        ("I spoke to Lisa Green today", "I spoke to [name] today"),
        ("According to Helen Ward we are late", "According to [name] we are late"),
        ("my supervision with Lisa Park", "my supervision with [name]"),
        ("Sarah White and Claire WEST left", "[name] and [name] left"),
        ("the mail from WRIGHT, Sarah (LEEDS TEACHING)", "the mail from [name], [name] (LEEDS TEACHING)"),
        ("From: Begum, Rukhsana", "From: [name], [name]"),
        ("patient A Booth and my manager J Wright", "patient [name] and my manager [name]"),
        ("Dawn, the practice manager, is rude", "[name], the practice manager, is rude"),
        ("Sandy the HCA is kind", "[name] the HCA is kind"),
        ("Joy, my manager, left. Mark from IT fixed it", "[name], my manager, left. [name] from IT fixed it"),
    ] {
        assert_eq!(masked(text), expected);
    }
    for text in [
        "Victoria Park is lovely, so is Charlotte Street surgery",
        "Elizabeth Court care home and George Street practice",
        "on Emma Ward, in Lisa House, the Helen Park surgery",
        "the GP Partners and the Winter Wellness sessions",
        "Alzheimer's and Parkinson's groups",
    ] {
        assert_eq!(masked(text), text);
    }
}

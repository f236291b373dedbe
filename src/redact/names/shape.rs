//! Words that sound like names of other tongues: hardly an English word ends in a vowel but e.

use super::words::is_among;

/// English words of such an ending and of none of [`MEDICAL`], as far as they may stand after "Dr" and "my manager".
const ENGLISH: &str = "also into onto unto data area idea extra camera video info photo agenda quota rota formula ultra beta alpha pizza drama plaza \
    saliva vagina angina asthma stigma trauma panorama dilemma plasma insulina banana sofa soda tuna opera visa viva aura flora fauna \
    replica retina euro demo memo logo zero hero auto polo solo echo tempo piano radio studio ratio audio portfolio scenario potato \
    tomato casino cargo disco turbo macho condo typo intro retro micro macro psycho chemo physio taxi semi mini multi anti wifi hifi \
    bikini graffiti spaghetti alibi fungi stimuli phenomena menu thru guru tofu haiku vertigo lumbago libido placebo bingo lingo jumbo \
    mambo combo limbo bravo avocado commando hello ditto pronto gonna wanna gotta kinda sorta outta lotta coulda woulda shoulda whatta \
    orca propaganda veranda mascara umbrella influenza novella vanilla gorilla villa manna panda pasta lava java kappa llama karma \
    koala lambda larva magma mantra nausea nebula ouija papaya patina persona placenta polka puma pupa saga salsa sauna stanza tapioca \
    tiara toga ulna umbra vista yoga zebra khaki rabbi corgi kiwi safari sushi salami tsunami jacuzzi confetti broccoli paparazzi \
    literati";

/// Endings of many English words.
const MEDICAL: &[&str] = &["ia", "oma", "ema", "uria", "emia", "ology", "oo", "eau"];

/// Whether `word`, in small letters, sounds like a name and like no English word: "bukola", "adeyemi".
pub(super) fn has_shape_of_name(word: &str) -> bool {
    word.len() > 3
        && word.ends_with(['a', 'i', 'o', 'u'])
        && word.chars().all(char::is_alphabetic)
        && !MEDICAL.iter().any(|ending| word.ends_with(ending))
        && !is_among(ENGLISH, word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_sound_like_names_and_english_words_do_not() {
        for name in ["bukola", "adeyemi", "tendai", "okonkwo", "sadiku"] {
            assert!(has_shape_of_name(name), "{name}");
        }
        for word in ["also", "rota", "data", "pneumonia", "carcinoma", "physio", "late", "abu", "too"] {
            assert!(!has_shape_of_name(word), "{word}");
        }
    }
}

//! Words that sound like names of other tongues: hardly an English word ends in a vowel but e.

/// English words of such an ending, as far as they may stand after "Dr" and "my manager".
const ENGLISH: &str = "also into onto unto data area idea extra media camera video info info photo agenda quota rota formula ultra beta \
    alpha pizza drama plaza saliva vagina angina hernia asthma coma stroma eczema stigma trauma diploma panorama dilemma plasma enema \
    insulina banana sofa soda tuna opera visa via viva aura flora fauna replica retina pneumonia anaemia dementia dyslexia euro \
    demo memo logo zero hero auto polo solo ego echo tempo piano radio studio ratio audio portfolio scenario potato tomato casino cargo \
    disco turbo macho condo typo intro retro micro macro psycho chemo physio obs taxi semi mini multi anti wifi hifi bikini graffiti \
    spaghetti alibi fungi stimuli criteria phenomena bacteria flu menu thru emu gnu guru tofu haiku vertigo lumbago libido placebo \
    tattoo bingo lingo jumbo mambo combo limbo bravo avocado commando hello ditto pronto gonna wanna gotta kinda sorta outta lotta coulda \
    woulda shoulda whatta orca propaganda veranda mascara umbrella influenza novella vanilla gorilla villa manna panda pasta lava \
    java kappa llama karma koala lambda larva magma mafia militia mania mantra nausea nebula ouija papaya patina persona phobia placenta \
    polka puma pupa saga salsa sauna schema sepia stanza tapioca tiara toga ulna umbra utopia vista yoga zebra khaki rabbi corgi kiwi safari sushi \
    salami tsunami jacuzzi confetti broccoli paparazzi literati";

/// Whether `word`, in small letters, sounds like a name and like no English word: "bukola", "adeyemi".
pub(super) fn has_shape_of_name(word: &str) -> bool {
    const MEDICAL: &[&str] = &["ia", "oma", "ema", "uria", "emia", "ology", "oo", "eau"];
    word.len() > 3
        && word.ends_with(['a', 'i', 'o', 'u'])
        && word.chars().all(char::is_alphabetic)
        && !MEDICAL.iter().any(|ending| word.ends_with(ending))
        && !ENGLISH.split_ascii_whitespace().any(|listed| listed == word)
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

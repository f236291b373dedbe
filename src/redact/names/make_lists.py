"""Makes first.txt, last.txt and last_words.txt from the sources that README.md names.

    pip install faker==40.54.0 names==0.3.0 nomquamgender==0.1.4 english-words==2.0.2 wordfreq==3.1.1
    python make_lists.py
"""

import importlib.util
import json
import pathlib
import re
import unicodedata

import names
import wordfreq
from english_words import get_english_words_set

HERE = pathlib.Path(__file__).parent
LOCALES = """en_GB en_IE en_IN en_KE en_NG en_NZ en_PK en_US ga_IE ha_NG ig_NG yo_NG tw_GH sw zu_ZA pl_PL ro_RO lt_LT pt_PT
    it_IT es_ES fr_FR de_DE nl_NL tr_TR cs_CZ hu_HU lv_LV vi_VN fr_DZ en_TH sv_SE no_NO da_DK zh_CN zh_TW ja_JP ko_KR""".split()
# First names that are also dictionary words, but that a writer who gives them a capital means as names.
NAMES_AFTER_ALL = set("""peter tom jack mike joe mary martin henry harry ben sam tony bob kim nick jordan dan eric lewis luke jeff
    kelly jimmy jane roger ross clark anna jean walter josh ann maria billy graham larry barry jerry ted carl terry laura emma
    nelson bobby amy ken benjamin tommy kyle norman vincent nancy pete ralph colin ruth marc caroline travis betty joey gilbert
    riley jenny willie molly heather beth maya brett kerry glen donna timothy mick fletcher mel alison iris rita irene vera
    sophia stella rodney basil alec neal noel malik jasmine elaine benny jasper hanna patty hector peggy amelia hazel kylie
    mona dalton derrick sherry abigail zac phoebe tammy tyrone gemma norma shelly colleen kelvin cassie fay sylvester camilla
    hasan madeline tamara erika patrice marguerite alf catalina ester arjun tania therese hamza emmet gaby hakim corrie salma
    hafiz sabina matti marcella aurelia alexia marina reina rohan amir shay samson clement cyrus archer abbas luna lori
    edgar allan alan andrew dev ollie ernest rory victor tiffany priya kamala carmine sina rowan bridget dominic felicity
    lola louis martha pansy simon stephen susan thomas william zoe drew wally willy sammy annie charlie daisy ellen emily
    freddy georgia jackson jess jill johnny josie julia kate katie kay keith kirk lance leo lisa lou lynn maggie meg millie
    molly nora oscar owen paula polly ron sally sandra tim toby tracey tracy vicky wendy""".split())

# Also places, brands, makers, things and parts of words.
NO_SURE_NAMES = set("""aren france florida dallas houston denver venice orlando columbus francisco diego cruz hudson stanford nazi nike venus
    apollo titan baptist danish fella sayin sheikh hercules mayo philippine georgian romeo indie adelaide cleveland lyon milan alexandria
    valencia trinidad santiago salvador havana santa jesus moses messi zeus marx darwin saxon montgomery washington kingston naples
    everest basel avon cinderella barbie madonna lenin nile vega orion hilton norton jong baden zion boyd terra aviv wilde mann savannah
    roosevelt reagan kennedy nixon dixon kendal cara hanna dani mata sutton thor elves clare avery paige penn""".split())
# Names and short forms that the sources lack, or that are words to the dictionary alone.
MORE_FIRST = set("""john pam kath reg trev lucy jake jenna john pedro seth steven tara minnie mavis ethel ebony dexter clint brad brent
    lionel mollie rufus cathy maureen nige gaz""".split())
# Common among people of the UK of African, Caribbean, Irish, Polish, South Asian and Welsh family, and lacking in the sources.
MORE_FIRST |= set("""adeyinka ahsan anil arwel ashraf avtar balbir bimbo bisi branwen bukola cadi ceridwen chipo clive daithi dapo dayo ebele efua
    eifion eilir eirian eirlys eurwen farai fflur folake folasade funmi funmilayo gbenga glenroy gosia gruffydd gráinne gurnam
    gwawr gwenllian hafeez heddwyn heledd hetal huw icilda ifan illtyd iolo ionie iorwerth jahanara jayesh jignesh jitendra
    kalpesh kamlesh kamrul kartar kemar kenechukwu kishore krysia krzysiek kudzai kulbir kuljit kunle leusa liaqat lindiwe lleucu
    llinos llyr lowri mabli maciek maqsood mared marged mehmood meinir meirion meleri mererid momtaz mudassar nomsa nosipho nyasha
    obioma ogechi ogwen olu oluwadamilola paresh praful pramod pritesh przemek qaiser raghu raj rasheda rhydian rudo rupal rutendo
    ruvimbo sade sarfraz satinder segun shafiqul shailesh shaniqua shanique shevon sipho subhash surjit tafadzwa tariro tauseef
    tegwen tendai thabo thandi tobiloba tomek tomos toyin trupti tudur umesh uzoma venkat vidya vimal vipul wiola wojtek wole
    wunmi yemi yinka zanele zbyszek zikora""".split())

SURNAMES_AFTER_ALL = set("""patel singh khan shah begum murphy smith jones williams walsh murray kaur joshi agarwal dixit thakur sarkar
    burke collins foster palmer turner harris simmons thatcher patterson wang yang yuan kang liang chen kowalski obi romero
    flores pereira cortez barrow bennet barlow dodd goddard hayward rutherford cartwright woodward pollard""".split())


def folded(name):
    return unicodedata.normalize("NFC", name.replace("’", "'")).lower()


def is_name(name):
    return re.fullmatch(r"[a-zß-ž'-]{3,16}", name) is not None


def from_faker():
    first, last = set(), set()
    for locale in LOCALES:
        provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
        for attribute in dir(provider):
            value = getattr(provider, attribute)
            if not isinstance(value, (list, tuple, dict)):
                continue
            if "first_" in attribute:
                into = first
            elif attribute.startswith(("last_names", "surnames", "last_romanized")):
                into = last
            else:
                continue
            into.update(folded(part) for name in value if isinstance(name, str) for part in name.split())
    return first, last


def from_census(file, most):
    lines = pathlib.Path(names.__file__).with_name(file).read_text().split("\n")
    return {folded(line.split()[0]) for line in lines[:most] if line}


def from_nomquamgender():
    """Names that many of its sources know, and that are rarely written as anything else."""
    package = importlib.util.find_spec("nomquamgender").origin  # importing it would want pandas
    known = json.loads(pathlib.Path(package).with_name("name_data.json").read_text())
    return {name for name, (sources, count, *_) in known.items()
            if len(name) > 3 and sources >= 11 and count >= 150 and wordfreq.zipf_frequency(name, "en") < 4}


def main():
    first, last = from_faker()
    first |= from_census("dist.female.first", 2500) | from_census("dist.male.first", 1200)
    first |= from_nomquamgender()
    last |= from_census("dist.all.last", 5000)
    dictionary = {word for word in get_english_words_set(["web2", "gcide"], lower=False) if word.islower()}

    def is_word(name):
        frequency = wordfreq.zipf_frequency(name, "en")
        return frequency >= 5.2 or (name in dictionary and frequency >= 2.3)

    first = sorted(name for name in first if is_name(name) and (name in NAMES_AFTER_ALL or not is_word(name)))
    first = sorted({*first, *MORE_FIRST})
    # Surnames that are words: "Green" is a name after "Dr".
    common = from_census("dist.all.last", 2500)
    words = sorted(name for name in common if is_name(name) and is_word(name) and name not in SURNAMES_AFTER_ALL)
    last = sorted(name for name in last if is_name(name) and (name in SURNAMES_AFTER_ALL or not is_word(name)))
    (HERE / "first.txt").write_text("\n".join(first) + "\n")
    (HERE / "last.txt").write_text("\n".join(last) + "\n")
    # First names that nobody means otherwise, in whatever letters: known ones, and no plural of a word.
    known = [name for name in first if len(name) > 3 and wordfreq.zipf_frequency(name, "en") >= 2.6
             and not (name[-1] == "s" and (name[:-1] in dictionary or name[:-2] in dictionary)) and name not in NO_SURE_NAMES]
    (HERE / "first_sure.txt").write_text("\n".join(known) + "\n")
    (HERE / "last_words.txt").write_text("\n".join(words) + "\n")
    print(len(first), "first names,", len(last), "surnames,", len(words), "that are words")


if __name__ == "__main__":
    main()

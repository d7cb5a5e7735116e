"""Words are held against dictionaries, Hunspell's as they are; a house's vocabulary says which words and cases it wants."""

import json
from pathlib import Path

import pytest

from conftest import SHARED
from edlint import Linter, rulebook
from edlint.config import load
from edlint.dictionaries import default
from edlint.rule_keys import make

RULE = "extends: spelling\nmessage: \"'%s'?\"\n"


@pytest.fixture
def found(write, tmp_path: Path):
    """What a rule of a house says of a text, as messages."""

    def told(rule: str, text: str, name: str = "draft.md") -> list[str]:
        write("styles/House/Rule.yml", rule)
        write(".edlint.yml", "styles: [styles/House]\n")
        report = Linter(load(tmp_path / ".edlint.yml")).check_text(text, str(tmp_path / name))
        assert report.problems == ()
        return [finding.message for finding in report.findings]

    return told


RIGHT = [
    pytest.param("It didn't, didn’t and didn‘t re-organise the neighbour's colour-coded databases.", id="forms and apostrophes"),
    pytest.param("'Tis “so,” (they) said—and wrote… [on] it!", id="punctuation"),
    pytest.param("NASA and the NGO run JavaScript, PyTorch and eBPF2 on x86 in the 1990s, 21st of 2,000.", id="names and numbers"),
    pytest.param("SHOUTED HEADLINES, Paris and PARIS", id="capitals"),
    pytest.param("`recieve`, <recieve@example.com>, https://recieve.example and path/to/recieve.txt", id="code and addresses"),
    pytest.param("node.js, naïve, a `foo`s and recieve_me*", id="what is no plain word"),
]  # fmt: skip


@pytest.mark.parametrize("text", RIGHT)
def test_what_is_right_or_no_word_is_left_alone(found, text: str) -> None:
    assert found(RULE, text) == []


WRONG = [
    pytest.param("We recieve ‘recieved’ mail.", ["'recieve'?", "'recieved'?"], id="in quotation marks"),
    pytest.param("It isn’tt so—realy.", ["'isn'tt'?", "'realy'?"], id="apostrophes and dashes"),
    pytest.param("# Speling\n\n- speling\n\n| speling |\n| - |\n", ["'Speling'?", "'speling'?", "'speling'?"], id="wherever it stands"),
    pytest.param("On github and Javascript, not githbu.", ["Use 'GitHub' instead of 'github'.", "Use 'JavaScript' instead of 'Javascript'.", "'githbu'?"],
                 id="another case"),
    pytest.param("Set apiVersion and created_at on vSphere.", ["'apiVersion' looks like code; format it as code.",
                 "'created_at' looks like code; format it as code.", "'vSphere'?"], id="code that is not marked"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "messages"), WRONG)
def test_a_word_that_no_dictionary_knows_is_found(found, text: str, messages: list[str]) -> None:
    assert found(RULE, text) == messages


def test_plain_text_has_no_way_to_mark_code(found) -> None:
    assert found(RULE, "Set apiVersion.", "draft.txt") == ["'apiVersion'?"]


def test_the_parts_of_a_name_are_looked_up_where_they_stand(found) -> None:
    assert found(RULE + "split: true\n", "Call recieveMessage, flushInterval and createdd_at.") == [
        "'recieve'?",
        "'createdd'?",
    ]


def test_what_is_long_or_broken_often_takes_no_time(found) -> None:
    text = f"{'x' * 20_000} {'ab-' * 5_000}ab {'a_b' * 5_000} {'A' * 9_000}b"
    assert len(found(RULE + "custom: true\n", text)) == 4


NEAR = [
    ("recieve", ["receive", "relieve"]),
    ("teh", ["the"]),
    ("dissapeared", ["disappeared"]),
    ("Definately", ["Definitely"]),
    ("consistencyin", ["consistency", "consistency in"]),
    ("isn’tt", ["isn’t"]),
    ("kwxqzk", []),
]


@pytest.mark.parametrize(("word", "better"), NEAR)
def test_the_nearest_words_are_offered(edlint, write, word: str, better: list[str]) -> None:
    write(".edlint.yml", "styles: [Vale]\n")
    ran = edlint("--format", "json", "--stdin-filename", "draft.md", "-", stdin=f"It is {word}.")
    assert [finding["rule"] for finding in ran.findings] == ["Vale.Spelling"]
    offered = [fix["edits"][0]["text"] for fix in ran.findings[0]["fixes"]]
    assert offered[: len(better)] == better
    assert len(offered) <= 5
    assert bool(offered) == bool(better)
    assert not any(fix["safe"] for fix in ran.findings[0]["fixes"])


DICTIONARIES = [
    pytest.param("BREAK 1\nBREAK -\n", "foo\nbar\n", "foo bar foo-bar", "foo-qux", id="breaks"),
    pytest.param("BREAK 0\n", "foo\nbar\n", "foo", "foo-bar", id="no breaks"),
    pytest.param("SFX S Y 2\nSFX S y ies [^aeiou]y\nSFX S 0 s [aeiou]y\n", "party/S\nday/S\n", "party parties days Parties PARTIES", "partys daies", id="suffixes"),
    pytest.param("PFX U Y 1\nPFX U 0 un .\nSFX D Y 1\nSFX D 0 ed [^y]\n", "lock/UD\nbolt/D\n", "lock unlock unlocked bolted", "unbolted unbolt", id="prefix and suffix"),
    pytest.param("PFX U N 1\nPFX U 0 un .\nSFX D Y 1\nSFX D 0 ed .\n", "lock/UD\n", "unlock locked", "unlocked", id="what may not meet"),
    pytest.param("FLAG long\nSFX s1 Y 1\nSFX s1 0 er/p1 .\nSFX p1 Y 1\nSFX p1 0 s .\n", "lock/s1\n", "locker lockers", "locks", id="suffix on suffix, long flags"),
    pytest.param("FLAG num\nAF 1\nAF 7,12\nSFX 12 Y 1\nSFX 12 0 s .\nNEEDAFFIX 7\n", "lock/1\n", "locks", "lock", id="numbers and aliases"),
    pytest.param("FORBIDDENWORD !\nKEEPCASE K\nSFX S Y 1\nSFX S 0 s .\n", "lock/S\nlocks/!\nkg/K\n", "lock kg", "locks Kg KG", id="properties"),
    pytest.param("COMPOUNDBEGIN B\nCOMPOUNDEND E\nCOMPOUNDMIN 3\n", "sun/B\nflower/E\n", "sun flower sunflower", "flowersun sunsun", id="compounds"),
    pytest.param("COMPOUNDMIN 1\nONLYINCOMPOUND c\nCOMPOUNDRULE 1\nCOMPOUNDRULE a*b\n", "x/a\nqq/bc\n", "xqq xxxqq", "qq qqx", id="compound rules"),
    pytest.param("SET ISO8859-1\nICONV 1\nICONV ë e\n", "café\ttag:x\nnaive po:adj\nand\\/or\n", "café naive naïve and/or", "cafe", id="encoding, notes, conversions"),
]  # fmt: skip


@pytest.mark.parametrize(("aff", "dic", "known", "unknown"), DICTIONARIES)
def test_a_dictionary_of_the_house_is_read_as_hunspell_reads_it(
    found, tmp_path: Path, aff: str, dic: str, known: str, unknown: str
) -> None:
    folder = tmp_path / "styles" / "words"
    folder.mkdir(parents=True)
    encoding = "latin-1" if "8859" in aff else "utf-8"
    (folder / "own.aff").write_bytes(aff.replace("ë", "ï").replace(" ï e", " ï i").encode(encoding))
    (folder / "own.dic").write_bytes(f"{dic.count(chr(10))}\n{dic}".encode(encoding))
    rule = RULE + "custom: true\ndicpath: words\ndictionaries: [own]\n"
    assert found(rule, f"{known}\n\n{unknown}") == [f"'{word}'?" for word in unknown.split()]


def test_every_form_that_the_dictionary_makes_is_known_to_it() -> None:
    english = default()
    stems = list(english.stems)[::400]
    forms = [form for stem in stems for flags in english.flags(stem) for form in english.affixes.forms(stem, flags)]
    assert len(forms) > len(stems)
    assert [form for form in forms if not english.knows(form)] == []


NAMES = ["API", "CSS", "GitHub", "HTML", "iPhone", "JSON", "LinkedIn", "macOS", "PDF", "SQL", "URL", "WordPress", "XML", "YouTube"]  # fmt: skip


def test_names_and_abbreviations_of_the_trade_are_known_in_their_capitals(found) -> None:
    told = [f"Use '{name}' instead of '{name.lower()}'." for name in NAMES]
    assert found(RULE, " ".join(NAMES)) == []
    assert found(RULE, " ".join(NAMES).lower()) == told


def test_english_goes_by_the_names_that_it_has_elsewhere(found, write) -> None:
    rule = RULE + "dictionaries: [en_US, en_US-web]\n"
    assert found(rule, "The colour of abdominocentesis.") == ["'abdominocentesis'?"]
    write("styles/config/dictionaries/en_US.dic", "2\nabdominocentesis\nof\n")
    assert found(RULE + "dictionaries: [en_US]\n", "The abdominocentesis of") == ["'The'?"]


def test_code_is_not_checked_and_a_rule_may_say_so(edlint, write) -> None:
    write("House/Said.yml", RULE + "code: false\n")
    write(".edlint.yml", "styles: [House]\n")
    assert edlint("--stdin-filename", "draft.md", "-", stdin="A `speling`.").code == 0
    write("House/Said.yml", RULE + "code: true\n")
    ran = edlint("--stdin-filename", "draft.md", "-", stdin="A `speling`.")
    assert ran.code == 3
    assert "Said.yml:3: code: code is not checked" in ran.err


def test_own_dictionaries_and_lists_add_to_english(found, write) -> None:
    write("styles/config/dictionaries/medical.dic", "1\nabdominocentesis\n")
    write("styles/Lists/Terms.txt", "# a comment\nquxelate\nZorbblat\n")
    write("styles/config/ignore/more/web.txt", "flimbo\n")
    rule = (
        RULE
        + "append: true\ndictionaries: ['*']\nignore: [lists/terms.txt, more, nowhere.txt]\nfilters: ['^py.*']\nexceptions: [snarked]\n"
    )
    text = "Abdominocentesis, Quxelate, QUXELATE’S and Zorbblat of FLIMBO are pythonish words that snarked zorbblat."
    assert found(rule, text) == ["Use 'Zorbblat' instead of 'zorbblat'."] or found(rule, text) == ["'zorbblat'?"]


def test_a_dictionary_that_is_not_there_is_told_and_the_others_run(edlint, write) -> None:
    write("styles/House/Spelling.yml", RULE + "dictionaries: [klingon]\n")
    write("styles/House/Other.yml", "extends: existence\nmessage: no\ntokens: [very]\n")
    write(".edlint.yml", "styles: [styles/House]\n")
    write("draft.md", "A very speling.\n")
    ran = edlint("--format", "json", "draft.md")
    assert ran.code == 3
    assert "did not run: dictionaries: no dictionary 'klingon.dic'" in ran.err
    assert [finding["rule"] for finding in ran.findings] == ["House.Other"]


FLAGS = [
    pytest.param("extends: existence\nmessage: '%s'\naffix: en_US-web\ntokens: [leverage/DGS, and\\/or, '\\bjump/DGS the gun']\n",
                 "Leverages, leveraged and/or leveraging leverage levers: they jumped\nthe gun, jump the gun and the gunwale.",
                 ["leveraged", "and/or", "leveraging", "leverage", "jumped the gun", "jump the gun"], id="in tokens"),
    pytest.param("extends: substitution\nmessage: '%s, %s'\naffix: en_US\nswap: {utilize/DGS: use, utilize the: use/it, month/S: m}\n",
                 "Utilize, utilized, utilizing and utilize the months, utilizes.",
                 ["use, utilized", "use, utilizing", "use/it, utilize the", "m, months", "use, utilizes"], id="in keys"),
    pytest.param("extends: existence\nmessage: '%s'\naffix: own\nignorecase: true\ntokens: [zorb/N, (?:a|foo/N)x]\n",
                 "A Zorb, two zorben, no zorbs, foonx.", ["Zorb", "zorben", "foonx"], id="of the house"),
    pytest.param("extends: existence\nmessage: '%s'\ntokens: [and/or, k/DGS]\n", "And and/or k/DGS.", ["and/or", "k/DGS"], id="without affixes"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "text", "told"), FLAGS)
def test_a_word_with_flags_stands_for_its_forms(found, write, rule: str, text: str, told: list[str]) -> None:
    write("styles/config/dictionaries/own.aff", "SFX N Y 2\nSFX N 0 n [eo]\nSFX N 0 en [^eo]\n")
    assert found(rule, text) == told


STRAY = [
    ("affix: en_US-web\ntokens: [and/or]", "R.yml:4: tokens: 'and/or': 'o' is no flag of these affixes; a slash that is meant as such is written '\\/'"),
    ("affix: en_US-web\ntokens: ['[-/]']", "R.yml:4: tokens: '[-/]': no word and flags around the slash; a slash"),
    ("affix: own\ntokens: [a/S]", "R.yml: did not run: affix: 'a/S': 'S' is no flag of these affixes"),
    ("affix: other\ntokens: [a/S]", "R.yml: did not run: affix: no 'other.aff' in config/dictionaries"),
]  # fmt: skip


@pytest.mark.parametrize(("keys", "told"), STRAY)
def test_a_slash_that_parts_no_flags_is_told(edlint, write, keys: str, told: str) -> None:
    write("styles/House/R.yml", f"extends: existence\nmessage: no\n{keys}\n")
    write("styles/config/dictionaries/own.aff", "SFX N Y 1\nSFX N 0 n .\n")
    write(".edlint.yml", "styles: [styles/House]\n")
    ran = edlint("--stdin-filename", "draft.md", "-", stdin="A word.")
    assert ran.code == 3
    assert told in ran.err


TERMS = [
    pytest.param("find: miscased\nterms: [MyProduct, MyProduct Enterprise]\n", "Myproduct enterprise, MyProduct, a myproduct.",
                 ["MyProduct Enterprise, Myproduct enterprise", "MyProduct, myproduct"], id="case"),
    pytest.param("find: miscased\nterms: [mea culpa]\n", "Say Mea\nCulpa and mea\nculpa.", ["mea culpa, Mea Culpa"], id="a line wrap"),
    pytest.param("find: miscased\nterms: ['OAuth2?', '[Oo]bs', '(?i)any']\n", "oauth2, OAuth, Obs, oBs, ANY",
                 ["OAuth2, oauth2", "[Oo]bs, oBs"], id="expressions"),
    pytest.param("find: miscased\nterms: ['\\.NET', 'C\\+\\+', Definately, definately]\n", "c++, .net, C++x, a.net. Definately",
                 ["C++, c++", ".NET, .net", "definately, Definately"], id="signs, and the later of two"),
    pytest.param("find: rejected\nterms: [end user, Mac OS X, '(?i)frob']\n", "The end\nuser of Mac OS X, mac os x and FROB, frobs.",
                 ["end user, ", "Mac OS X, ", "FROB, "], id="words to avoid"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "text", "told"), TERMS)
def test_a_vocabulary_says_which_words_and_cases_it_wants(found, rule: str, text: str, told: list[str]) -> None:
    assert found("extends: vocabulary\nmessage: '%s, %s'\n" + rule, text) == told


def test_a_fix_of_a_term_keeps_the_line_wrap(edlint, write) -> None:
    write("House/Terms.yml", "extends: vocabulary\nmessage: '%s'\nfind: miscased\nterms: [mea culpa, '[Oo]bs']\n")
    write(".edlint.yml", "styles: [House]\n")
    ran = edlint("--format", "json", "--stdin-filename", "draft.md", "-", stdin="Say Mea\nCulpa, oBs.")
    assert [[fix["edits"][0]["text"] for fix in finding["fixes"]] for finding in ran.findings] == [["mea\nculpa"], []]


def test_a_vocabulary_of_vale_is_heeded(edlint, write) -> None:
    write(".vale.ini", "StylesPath = styles\nMinAlertLevel = suggestion\nVocab = Own\n\n[*]\nBasedOnStyles = Vale\n")
    write("styles/config/vocabularies/Own/accept.txt", "Zorbblat\nqux fnord\nNode.js runtime\n")
    write("styles/config/vocabularies/Own/reject.txt", "end user\n")
    write("styles/config/ignore/web.txt", "flimbo\n")
    write("styles/config/dictionaries/medical.dic", "1\nabdominocentesis\n")
    text = "A zorbblat, a qux fnord, a qux, Flimbo, abdominocentesis, a nodexjs runtime, an end user."
    ran = edlint("--format", "json", "--stdin-filename", "draft.md", "-", stdin=text)
    assert [finding["message"] for finding in ran.findings] == [
        "Use 'Zorbblat' instead of 'zorbblat'.",
        "Did you really mean 'qux'?",
        "Did you really mean 'nodexjs'?",
        "Avoid using 'end user'.",
    ]


@pytest.mark.skipif(not (SHARED / "vale/oracle").is_dir(), reason="no articles beside the checkout")
def test_a_published_style_finds_what_it_finds_elsewhere() -> None:
    vale = SHARED / "vale"
    style = vale / "styles/redhat-documentation__vale-at-red-hat/.vale/styles/RedHat"
    files, _ = rulebook.read([path for path in rulebook.paths(style) if path.name == "RedHat.Spelling"])
    rule, problems = make(files[0])
    assert rule
    assert problems == []
    linter, ours, theirs = Linter(), set[tuple[str, str]](), set[tuple[str, str]]()
    for line in (vale / "oracle/RedHat.jsonl").read_text("utf-8").splitlines():
        finding = json.loads(line)
        if finding["rule"] == "RedHat.Spelling":
            word = finding["match"].replace("’", "'")
            if not default().knows(word):  # no two dictionaries know the same words
                theirs.add((finding["path"], word))
    for path in (vale / "oracle/articles.txt").read_text().split():
        report = linter.check_with([rule], (SHARED / "data" / path).read_text("utf-8"), path)
        ours |= {
            (path, finding.message.split("'", 1)[1].rsplit("'", 1)[0].split("' instead of '")[-1])
            for finding in report.findings
        }
    assert len(ours & theirs) >= 0.9 * len(theirs)
    assert len(ours & theirs) >= 0.9 * len(ours)

"""Names: one bearer in two spellings is reported, everything that only looks like it is not."""

from importlib.resources import files
from pathlib import Path

import pytest

from edlint import Linter
from edlint.analysis import names, wordlist
from edlint.analysis.edits import difference
from edlint.config import load
from edlint.finding import Finding

RULE = "Copy.InconsistentNames"

SILENT = {
    "later reference by surname": "Kim Wexford Hale came. Wexford Hale sat down. “Good,” said Hale. Kim smiled.",
    "two people of nearly one surname": "Nora Peterson asked Hugo Petersen. Petersen said no, Peterson said.",
    "brother and sister": "Eric Dunmore and Erica Dunmore run the yard. Eric Dunmore founded it.",
    "spellings of two given names": "Jaime Harlow met Jamie Burnside. Then Jaime Harlow left.",
    "a family": "The Abernathys gave it. Ruth Abernathy opened the hall, and the Abernathys’ son sang.",
    "derived words": "Texas won. Texans cheered. A Texan sang. Mongolia lost; the Mongolian team wept, Mongolians said.",
    "north and south": "North Dakota voted. South Dakota did not. The Dakotas differ.",
    "straight and curly apostrophes": "Moira O'Neill came. Then O’Neill left, and O'Neill's car too.",
    "possessives": "Tom Halvorsen's car and Halvorsen’s dog. The Hastings' house. Hastings left.",
    "a nickname in quotation marks": "William “Bill” Tarrow retired. Later Bill Tarrow sold it.",
    "a nickname in direct speech": "David Moss left. “I liked Dave Moss,” she said.",
    "a nickname in a company": "Peter Garrow paid. The Pete Garrow Foundation did not.",
    "titles": "Dr. Ruth Abernathy and Sen. Paul Abernathy met Mr. Abernathy and Mrs. Abernathy.",
    "handles and addresses": "Tom Halvorsen. See @Halverson, #Halverson, www.Halverson.example and tom@Halverson.example.",
    "file names and masked code": "Tom Halvorsen wrote `Halverson.py`, /home/Halverson and Halverson.py.",
    "link targets": "[Tom Halvorsen](https://example.org/Tom-Halverson) said so. Halvorsen left.",
    "versions": "Falconry 2 and Falconry3 and FALCONRY are one program.",
    "acronyms": "The APIs and the Apps and the IAPs: PaaS or IaaS or FaaS.",
    "a spelling that is spoken of": "Tom Halvorsen, often misspelt Halverson, left. Halvorsen laughed.",
    "a quotation with sic": "Tom Halvorsen left. The note said “Halverson [sic] is gone”. Halvorsen laughed.",
    "two spellings set beside each other": "They live in Khorvos, or Korvos. Khorvos is large, Khorvos is old.",
    "ordinary words a letter apart": "The Nation wrote of Notion. Later Notion answered, and the Nation printed it.",
    "an ordinary word at the start of a sentence": "Aaron Kalling came. Calling him was easy. Kalling left. Killing time is fun.",
    "headline capitals": "# Two-Factor Login\n\nTwo-factor logins are safe. A Two-Factor login is new.",
    "months and days": "On Tuesday, not Thursday, in June, Junge said. In July he left. Lena Junge was 40.",
    "first letters": "Hanna Mook came. Mook left. Ana Cook and Kook and Hook stayed, Cook said.",
    "a given name and a surname": "Tarim bin Salo wrote. President Tavim answered, and Tavim left. Tavim slept.",
    "contractions": "They’re late. They’ve left. You’ll see. You’re right. We’re off.",
    "another language": "Juan Caja works for Casa Blanca. Caja left Casa Blanca. La Historia, the History.",
    "two houses a consonant apart": "Wikibedia and Wikimedia are two. Wikibedia has Wikibedia’s rules.",
    "a capital within a word": "CPyrron runs it. Cyrron compiles it. CPyrron is slow; CPyrron is old.",
    "a short form in alternative text": "![Dave Moss](a.jpg)\n\nDavid Moss left. David Moss won.",
    "a clan and a street": "McDougald’s opened in MacDougald Street, and McDougald’s sells tea. McDougald’s it is.",
    "a place joined into an adjective": "A San-Lisco-based firm left San Lisco. San Lisco grieves.",
    "two people a letter apart in one sentence": "Ada Brook and Ida Brooke met. Brook won, and Brooke lost.",
    "two surnames in the plural": "Ann Anders won. The town has 14 Anderses and six Andersons.",
    "cousins with two spellings of a given name": "Stephen Marsh and his cousin Steven Marsh ran. Steven Marsh won.",
    "a sister after her brother": "Stepan Horvat sang. His sister, Stepana Horvat, did not.",
    "an officer and a boy": "Inspector Brannick searched. Alfie Brannock was found, and Inspector Brannick slept.",
    "clans told apart": "Aurel MacDougald sat. Sean McDougald, no relation, spoke.",
    "a church and a street": "Bay View Lutheran Church stands in Bayview Avenue. It is old.",
    "a bridge and a town": "The River Bend bridge leads to the town of Riverbend.",
    "an account and a person": "Anna Clinter spoke. AnnaClinter is her account.",
    "two orders of a nationality": "The Russian-Iranian pact. An Iranian-Russian one followed.",
    "products with a capital within": "We use GitHub. Later Github failed.",
    "middle initials of two Georges": "George H. W. Trench and George W. Trench. George W. Trench spoke.",
}

FOUND = {
    "letters changed about": (
        "Mike Pellifer runs it. Pellifer came in May. “It works,” said Pellfier.",
        "Pellfier",
        "Pellifer",
    ),
    "a letter too many": (
        "Abe Sharpnick spoke. Sharpnick left. Like Sharpnnick, he is old.",
        "Sharpnnick",
        "Sharpnick",
    ),
    "a letter too few": (
        "Ann Schneiderling won. Scheiderling is a judge. Schneiderling left.",
        "Scheiderling",
        "Schneiderling",
    ),
    "another vowel": (
        "Rupert Tolland left. Later Tollend came back, Tolland’s wife said. Tolland won.",
        "Tollend",
        "Tolland",
    ),
    "two letters of a long name": (
        "Ada Brockmeier leads. Brockmeier wrote it. Brockenmeier left.",
        "Brockenmeier",
        "Brockmeier",
    ),
    "the last letters": ("John Boltwick spoke. Boltwick left. “No,” Boltwikc said.", "Boltwikc", "Boltwick"),
    "the possessive of a misspelling": (
        "Ada Werkhauser leads. Werkhauser wrote it. Werkhuaser’s team left.",
        "Werkhuaser",
        "Werkhauser",
    ),
    "an accent": ("Zoë Schröterling sang. Schröterling bowed. Then Schroterling left.", "Schroterling", "Schröterling"),
    "an accent in a given name": ("François Delacourt sang. Francois Delacourt left.", "Francois", "François"),
    "after the same given name": ("Angela Corbin spoke. Nobody asked Angela Corrbin.", "Corrbin", "Corbin"),
    "two known surnames after one given name": (
        "Jane Larson spoke. Later Jane Larsen left, and Larson sang.",
        "Larsen",
        "Larson",
    ),
    "a known given name": (
        "Hillary Marsden spoke. Hillary Marsden left. They liked Hilary Marsden.",
        "Hilary",
        "Hillary",
    ),
    "a known surname that nobody introduced": (
        "Lena Sanders spoke. Sanders left. “No,” Saunders said.",
        "Saunders",
        "Sanders",
    ),
    "an organisation": (
        "The Lindqvist Foundation pays. In 2019 the Lindqivst Foundation paid more.",
        "Lindqivst",
        "Lindqvist",
    ),
    "a place": ("Trains run to Schwielow. In Schweilow they stop, and Schwielow sleeps.", "Schweilow", "Schwielow"),
    "a capitalised term": ("The Environmental Agency and the Enivronmental Agency.", "Enivronmental", "Environmental"),
    "a short form in running text": (
        "Debra Fiorino came. Debra Fiorino left. Deborah Fiorino called.",
        "Deborah Fiorino",
        "Debra Fiorino",
    ),
    "a particle": ("Bill de Vasio left. Aides of Bill de Vasio said DeVasio was ill.", "DeVasio", "de Vasio"),
    "a hyphen": (
        "Ana Ocario-Cortiz spoke. Ocario-Cortiz won, and Ana Ocario Cortiz left.",
        "Ocario Cortiz",
        "Ocario-Cortiz",
    ),
    "a middle initial": (
        "John P. Harrow signed. John P. Harrow left. John B. Harrow paid.",
        "John B. Harrow",
        "John P. Harrow",
    ),
    "half of a double surname": (
        "Tove Halvorsen-Reyes sued. Later Halverson-Reyes rested.",
        "Halverson",
        "Halvorsen",
    ),
    "the second half of a double surname": ("Wyn Pugh-Davies left. “No,” said Mrs Pugh-Davis.", "Davis", "Davies"),
    "a hyphen between two known names": (
        "Imke Delacroix-Webb played. “It hurts,” Delacroix Webb said.",
        "Delacroix Webb",
        "Delacroix-Webb",
    ),
    "the order of a double surname": (
        "Ida Dieckmann-Salas sells. “No,” Salas-Dieckmann said.",
        "Salas-Dieckmann",
        "Dieckmann-Salas",
    ),
    "the order of two names": (
        "Wang Xiaoming won. It is the second for Xiaoming Wang.",
        "Xiaoming Wang",
        "Wang Xiaoming",
    ),
    "a place of two words": (
        "The Fox Hollow Golf Club closed. Friends of Foxhollow Golf Club have sued.",
        "Foxhollow",
        "Fox Hollow",
    ),
    "a product of two words": ("The ShelfWise system is new. Shelf Wise will cost a lot.", "Shelf Wise", "ShelfWise"),
    "a possessive within a place": (
        "The road runs past Kings Marling. Work in King’s Marling begins soon.",
        "King’s Marling",
        "Kings Marling",
    ),
    "a capital within a surname": ("Lachlan Macalister wrote it. MacAlister said so.", "MacAlister", "Macalister"),
    "a letter with a stroke": ("Håkon Bjørnstad fell. Bjornstad had a radio.", "Bjornstad", "Bjørnstad"),
    "a first letter with a stroke": ("Jan Łukasiewicz stayed. Lukasiewicz said so.", "Lukasiewicz", "Łukasiewicz"),
    "a title that all have": ("Alasdair MacKinnon spoke. They thanked Mr McKinnon.", "McKinnon", "MacKinnon"),
    "a last vowel": ("Siân Prothero is the clerk. “Old,” Dr Protheroe told members.", "Protheroe", "Prothero"),
    "letters exchanged far apart": ("Vantery Logistics lost. Ventary Logistics is in Goole.", "Ventary", "Vantery"),
    "a mother of the same surname": (
        "Ann Oyelaran left. Oyelaran wept. His mother, Folasade Oyelaren, stayed.",
        "Oyelaren",
        "Oyelaran",
    ),
    "a given name in two spellings": (
        "Katharine Pell was elected. Later Katherine Pell left.",
        "Katherine",
        "Katharine",
    ),
    "an s lost within an organisation": (
        "Celtic Strait Ferries sails. Later Celtic Straits Ferries declined.",
        "Straits",
        "Strait",
    ),
    "a prefix of Scotland": ("Ann MacDougald spoke. MacDougald left. Later McDougald came.", "McDougald", "MacDougald"),
}

PLACES = {
    "a heading": "# Mayor Lobkovich Resigns\n\nAnn Lobkowich resigned. Lobkowich was 70.\n",
    "the title in the front matter": "---\ntitle: Mayor Lobkovich resigns\n---\n\nAnn Lobkowich left. Lobkowich was 70.\n",
    "a list item": "Ann Lobkowich resigned. Lobkowich was 70.\n\n* Lobkovich’s friends\n",
    "a table cell": "Ann Lobkowich resigned. Lobkowich was 70.\n\n| name |\n| --- |\n| Lobkovich |\n",
    "the author in the front matter": "---\nauthor: Ann Lobkovich\n---\n\nLobkowich resigned. Lobkowich was 70.\n",
    "alternative text": "Ann Lobkowich resigned. Lobkowich was 70.\n\n![Ann Lobkovich waves](a.jpg)\n",
    "link text": "Ann Lobkowich resigned. Lobkowich was 70. [Ann Lobkovich’s letter](https://example.org)\n",
    "strong text in a block quote": "Ann Lobkowich resigned. Lobkowich was 70.\n\n> “I saw **Lobkovich** go.”\n",
}


def found(text: str) -> tuple[Finding, ...]:
    findings = Linter().check_text(text, path="draft.md").findings
    return tuple(finding for finding in findings if finding.rule == RULE)


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT.keys())
def test_legitimate_variety_is_silent(text: str) -> None:
    assert [finding.message for finding in found(text)] == []


@pytest.mark.parametrize(("text", "few", "many"), FOUND.values(), ids=FOUND.keys())
def test_the_rarer_form_is_marked_and_the_other_shown(text: str, few: str, many: str) -> None:
    (finding,) = found(text)
    shown = [text[related.span.start : related.span.end] for related in finding.related]
    assert (text[finding.span.start : finding.span.end], many in shown) == (few, True)
    assert f"'{few}'" in finding.message
    assert f"'{many}'" in finding.message
    assert finding.fixes == ()


@pytest.mark.parametrize("text", PLACES.values(), ids=PLACES.keys())
def test_every_kind_of_prose_is_a_place(text: str) -> None:
    (finding,) = found(text)
    assert text[finding.span.start : finding.span.end] == "Lobkovich"


def test_the_other_place_shown_is_the_same_persons() -> None:
    text = "Alasdair MacIntosh left, and Hamish McIntosh sang. MacIntosh wept. Later Hamish MacIntosh was heard."
    (finding,) = found(text)
    assert text[finding.span.start : finding.span.end] == "McIntosh"
    assert [related.span.start for related in finding.related] == [text.rindex("MacIntosh")]


def test_capitals_within_all_words_are_compared_when_the_house_asks(tmp_path: Path) -> None:
    (tmp_path / ".edlint.yml").write_text("rules:\n  Copy.InconsistentNames: {capitals: true}\n", encoding="utf-8")
    (tmp_path / "draft.md").write_text("We use PlanHub. PlanHub is ours. Later Planhub failed.\n", encoding="utf-8")
    linter = Linter(load(tmp_path / ".edlint.yml"))
    messages = [finding.message for finding in linter.check_file(str(tmp_path / "draft.md")).findings]
    assert messages == ["'Planhub' is written 'PlanHub' elsewhere in the article (twice)"]


def test_all_places_of_the_rarer_form_are_related_and_the_count_is_said() -> None:
    text = "Ann Lobkowich left. Lobkowich is 70. Lobkowich won. Lobkovich sang, Lobkovich danced. Lobkowich lost."
    (finding,) = found(text)
    assert [text[related.span.start : related.span.end] for related in finding.related] == ["Lobkovich", "Lobkowich"]
    assert finding.span.start == text.index("Lobkovich")
    assert "4 times" in finding.message


def test_two_misspellings_of_one_name_are_two_findings() -> None:
    text = "Ann Lobkowich left. Lobkowich is 70. Lobkovich won. Lobkowitch lost. Lobkowich sang."
    assert [text[f.span.start : f.span.end] for f in found(text)] == ["Lobkovich", "Lobkowitch"]


def test_of_equally_frequent_forms_the_later_is_marked() -> None:
    text = "Ann Lobkowich left. Later Ann Lobkovich came back."
    (finding,) = found(text)
    assert text[finding.span.start : finding.span.end] == "Lobkovich"


def test_the_dictionary_finds_each_of_its_words_and_no_other() -> None:
    words = files("edlint.analysis").joinpath("data", "words.txt").read_text("utf-8").splitlines()
    proper = files("edlint.analysis").joinpath("data", "proper.txt").read_text("utf-8").splitlines()
    assert all(map(wordlist.is_word, [*words[::997], words[0], words[-1]]))
    assert all(map(wordlist.is_name, [*proper[::97], proper[0], proper[-1]]))
    assert not any(map(wordlist.is_word, ["", "aaaa", "zzzzz", "pellifer", words[5] + "x"]))


@pytest.mark.parametrize(
    ("one", "other", "distance"),
    [("abcd", "abcd", 0), ("abcd", "acbd", 1), ("abcd", "abxd", 1), ("abcd", "abccd", 1), ("abcd", "bcda", 2)],
)
def test_letters_are_counted_as_fingers_slip(one: str, other: str, distance: int) -> None:
    assert (difference(one, other) or difference(other, one)).distance == distance


def test_a_long_catalogue_of_names_takes_time_in_proportion() -> None:
    text = " ".join(f"Abcdefg{chr(97 + i % 26)}{chr(97 + i // 26 % 26)}{chr(97 + i // 676)}" for i in range(3000))
    assert len(found(text)) <= 3000


def test_accents_and_apostrophes_fold() -> None:
    assert names.folded("O’Neill") == names.folded("O'Neill")
    assert names.bare(names.folded("Schröter")) == "schroter"

"""`edlint names draft.md`: who is named, in which forms, and where."""

import pytest

ARTICLE = """\
---
title: Vanterpool Signs Rent Cap
---
TERN HARBOR — Last week Mayor Odile Vanterpool met the Harbor Services Board (HSB).

“We hurried,” Vanterpool said. The HSB did not. Tom "Big" Marsh, 45, left.

## Marsh Comes Back

Castellene said so on Monday in Tern Harbor. Marsh’s dog barked.
"""


@pytest.fixture
def listed(edlint, write):
    """The names of a text, as JSON has them, by name."""

    def run(text: str):
        write("draft.md", text)
        ran = edlint("names", "--format", "json", "draft.md")
        assert (ran.code, ran.err) == (0, "")
        (file,) = ran.report["files"]
        assert file["path"] == "draft.md"
        return {one["name"]: one for one in file["names"]}

    return run


def forms(one) -> list[tuple[str, str, list[tuple[int, int]]]]:
    return [(form["role"], form["text"], [(p["line"], p["column"]) for p in form["places"]]) for form in one["forms"]]


def test_people_have_their_first_full_form_later_and_lone_ones(listed) -> None:
    found = listed(ARTICLE)
    assert forms(found["Odile Vanterpool"]) == [
        ("full", "Odile Vanterpool", [(4, 31)]),
        ("later", "Vanterpool", [(2, 8), (6, 15)]),
    ]
    assert forms(found['Tom "Big" Marsh']) == [
        ("full", 'Tom "Big" Marsh', [(6, 49)]),
        ("later", "Marsh", [(8, 4), (10, 46)]),
    ]
    assert forms(found["Castellene"]) == [("lone", "Castellene", [(10, 1)])]
    assert {found[name]["kind"] for name in ("Odile Vanterpool", 'Tom "Big" Marsh', "Castellene")} == {"person"}


def test_organisations_go_by_their_initials_and_places_by_no_verb(listed) -> None:
    found = listed(ARTICLE)
    board = found["Harbor Services Board"]
    assert (board["kind"], board["count"]) == ("organisation", 3)
    assert forms(board)[1] == ("later", "HSB", [(4, 79), (6, 36)])
    assert found["Tern Harbor"]["kind"] == "other"
    assert found["Tern Harbor"]["count"] == 2
    assert not {"Monday", "Last", "Mayor", "The", "We"} & set(found)


def test_a_part_that_two_may_bear_names_both(listed) -> None:
    found = listed("Ada Kerr met Stephen Kerr, who was late. They left, and in the end Kerr came back.\n")
    assert found["Kerr"]["may_be"] == ["Ada Kerr", "Stephen Kerr"]


def test_places_stand_where_they_say(listed, edlint, tmp_path) -> None:
    text = "The *café* &amp; Ada [Bell](x.html) met Ada Bell’s son.\r\n"
    found = listed(text)
    spans = [p for form in found["Ada Bell"]["forms"] for p in form["places"]]
    assert [text[p["start"] : p["end"]] for p in spans] == ["Ada [Bell", "Ada Bell"]


def test_the_text_is_for_people(edlint, write) -> None:
    write("draft.md", ARTICLE)
    ran = edlint("names", "draft.md")
    assert ran.code == 0
    assert ran.out.startswith("draft.md\n\nPeople\n  Odile Vanterpool  (3)\n    in full Odile Vanterpool: 4:31\n")
    assert "    alone   Castellene: 10:1\n    never named in full\n" in ran.out
    assert "\nOrganisations\n  Harbor Services Board  (3)\n" in ran.out


def test_articles_without_names_and_files_that_cannot_be_read(edlint, write) -> None:
    write("a.md", "It rained.\n")
    ran = edlint("names", "a.md", "gone.md")
    assert ran.code == 3
    assert ran.out == "a.md\n\nno names found\n"
    assert ran.err == "edlint: gone.md: no such file\n"
    assert edlint("names").code == 2

"""Figures without a source, and the many that need none."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edlint import Linter
from edlint.analysis import numbers
from edlint.analysis.numbers import figures
from edlint.analysis.sentences import sentences


@pytest.fixture(scope="module")
def linter() -> Linter:
    return Linter(select=["Facts.UnsourcedFigure"])


def found(linter: Linter, text: str, path: str = "draft.md") -> list[str]:
    report = linter.check_text(text, path=path)
    assert not report.problems
    return [report.source.text[finding.span.start : finding.span.end] for finding in report.findings]


SOURCED = [
    ("according to", "Losses reached $8 million, according to the auditor."),
    ("verb before", "Ilse Brandt said the fund had lost 40 percent of its value."),
    ("verb after, inverted", "The fund lost 40 percent of its value, said Ilse Brandt, who ran it."),
    ("told an outlet", "The fund lost 40 percent of its value, Brandt told CNN."),
    ("as somebody reported", "The fund lost 40 percent of its value, as the Ledger reported in May."),
    ("report as subject", "A report on the fund put its losses at 40 percent."),
    ("in a filing", "In a court filing the fund listed 1,200 creditors."),
    ("quotation", "“It cost us $8 million,” Brandt said."),
    ("quotation in parts", "“It cost,” Brandt said, “at least $8 million.”"),
    ("carried from the sentence before", "A survey asked 900 tenants about heat. More than 38 percent had none."),
    ("chain", "A poll found 40 percent in favor. Among men it was 35 percent. Among women it was 45 percent."),
    ("the next sentence names it", "Ridership fell 12 percent. Those numbers come from the agency's records."),
    ("link", "Ridership [fell 12 percent](https://example.org) last year."),
    ("link in the sentence before", "The city opened [an archive](https://example.org). It holds 4,000 maps."),
    ("own count", "We read 1,400 complaints for this story."),
    ("promise", "Brandt promised to repay $8 million."),
    ("plan", "His plan to build 2,000 apartments stalled."),
    ("vote", "The board voted to spend $8 million on roofs."),
    ("fine", "A judge fined the fund $250,000."),
    ("contract in the sentence", "Under the contract, teachers get raises of 4 percent."),
    ("contract in the next one", "The pump will cost the town $385,000. The contract was approved on Monday."),
    ("speaker carried on", "Sales fell by a third, the mayor said. Prices dropped by 22 percent."),
    ("the next sentence says whose", "Rents rose 11 percent. The figures, from Threshold, cover every street."),
    ("somebody's own count", "The shop lost $31,000, by his own account."),
    ("law", "State law caps the deposit at $500."),
]
NEEDING_NONE = [
    ("date", "The march began on Jan. 18, 2020, in front of 14 Mill Lane."),
    ("year", "In 1999 and 2004 the river froze."),
    ("age", "Brandt, 61, retired at age 60."),
    ("time", "Doors open at 6:30 p.m. and close at 11 p.m."),
    ("score", "The board voted 7-2."),
    ("small count", "Four dogs and 12 cats slept there."),
    ("number in a name", "Section 508 and Boeing 757 and Route 101."),
    ("compound", "The 12-member board met in a 200-seat hall."),
    ("postal code", "Write to 9609 Orchard Center Drive, Salem, OR 97301."),
    ("turn of phrase", "She is 100 percent sure that the top 1 percent will not care."),
    ("question", "Who will pay the $8 million?"),
    ("condition", "If 40 percent stay away, the vote fails."),
    ("possibility", "The town could spend $8 million on it."),
    ("plan for people", "Next fall 230 pupils will be split between two schools."),
    ("price", "He opened the shop with $900; the rent was $85 a month."),
    ("distance", "The trail is 12 miles long and climbs 900 feet."),
    ("crowd in sight", "They played in front of 3,100 people."),
    ("instruction", "Keep 20 percent of the dough for later."),
    ("advice", "You may deduct $500."),
    ("ticket price", "Tickets cost $25."),
    ("heading", "# 3,400 homes without power\n\nIt is dark."),
    ("table", "| name | sum |\n| --- | --- |\n| roof | $8 million |"),
    ("block quote", "> The storm cut off 3,400 homes."),
    ("code", "Set `limit = 4000` and go on."),
    ("template of a list", "- 70% utilization rate\n- 500 downloads per week"),
    ("other language", "---\nlang: de\n---\n\nDas Werk kostete $8 million."),
    ("length of a film", "The two-hour film took 20 minutes to load."),
]
UNSOURCED = [
    ("term in prison", "Orr had already served 21 years in prison when he was freed.", ["21 years"]),
    ("money", "The cannery has cost the town $14 million since it closed.", ["$14 million"]),
    ("share", "Rents have climbed 31 percent in four years.", ["31 percent"]),
    ("fraction", "Bus ridership has fallen by a third since 2019.", ["a third"]),
    ("ratio", "Nearly one in five renters is behind on payments.", ["one in five"]),
    ("count", "The petition has more than 11,000 signatures.", ["11,000 signatures"]),
    ("small count that tells", "Overdoses killed 43 residents last year.", ["43 residents"]),
    ("bare number after a change", "Deaths at work fell to 64 in 2022.", ["64"]),
    ("describes the speaker", "Orr, who has raised $412,000, said that she was tired.", ["$412,000"]),
    ("aside to what is said", "He blamed the plant, which dumped 4,000 barrels.", ["4,000 barrels"]),
    ("source set against it", "The dam cost $40 million, although a poll found no need of it.", ["$40 million"]),
    ("faceless verb", "Losses are estimated at $6 million.", ["$6 million"]),
    ("quotation of something else", "The “people's dam” cost $40 million.", ["$40 million"]),
    ("spoken of, not cited", "At the polls, turnout was 38 percent.", ["38 percent"]),
    ("range in one finding", "He gave between $10,000 and $25,000 to it.", ["$10,000 and $25,000"]),
    ("wrapped line", "The cannery has cost the town $14\nmillion so far.", ["$14\nmillion"]),
    ("forecast", "The roof would cost $8 million.", ["$8 million"]),
    ("expected rise", "Output should rise 12 percent this season.", ["12 percent"]),
    ("multiple", "Attendance has tripled since 2020.", ["tripled"]),
    ("comparison", "Paper forms are twice as likely as others to hold an error.", ["twice as likely"]),
    ("average", "The average is 742, up from 610 last season.", ["742"]),
    ("time on average", "Ambulances took 52 minutes on average last winter.", ["52 minutes"]),
    ("small sum that rises", "A typical fare is up from $60 to $90.", ["$60 to $90"]),
    ("part of a whole", "Eleven of its 58 shops are empty.", ["Eleven of its 58"]),
    ("fraction at the start", "A third of the signals are too short.", ["A third"]),
    (
        "records that are songs",
        "His records found listeners. They have been played 12 million times.",
        ["12 million times"],
    ),
    ("entity", "Tom &amp; Orr spent $14 million on it.", ["$14 million"]),
]


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in SOURCED + NEEDING_NONE])
def test_a_figure_that_is_answered_for_or_needs_no_source_is_let_be(linter: Linter, text: str) -> None:
    assert found(linter, text) == []


@pytest.mark.parametrize(("text", "expected"), [pytest.param(*rest, id=name) for name, *rest in UNSOURCED])
def test_a_figure_that_nobody_answers_for_is_found(linter: Linter, text: str, expected: list[str]) -> None:
    assert found(linter, text) == expected


def test_a_list_takes_its_source_from_its_introduction(linter: Linter) -> None:
    items = "- 38 percent had called the police\n- 12 percent had hired a guard\n"
    assert found(linter, f"The survey asked shopkeepers:\n\n{items}") == []
    assert found(linter, f"Shopkeepers are afraid:\n\n{items}") == ["38 percent", "12 percent"]


def test_shares_in_an_article_about_a_poll_are_the_polls(linter: Linter) -> None:
    body = "\n\nThe mayor is ahead.\n\nShe has 48 percent among men."
    assert found(linter, f"# Poll: mayor ahead{body}") == []
    assert found(linter, f"# Mayor ahead{body}") == ["48 percent"]


def test_an_article_in_the_houses_voice_may_count_for_itself(linter: Linter) -> None:
    own = "We moved in June.\n\nOur hall is large.\n\nSchools come to us.\n\n"
    assert found(linter, f"{own}The hall drew 5,000 pupils.") == []


def test_a_share_in_the_houses_article_wants_the_house_beside_it(linter: Linter) -> None:
    own = "We moved in June.\n\nOur hall is large.\n\nSchools come to us.\n\n"
    assert found(linter, f"{own}Rents rose 9 percent.") == ["9 percent"]
    assert found(linter, f"{own}Of our visitors, 9 percent came by boat.") == []


def test_a_figure_that_is_given_with_its_source_elsewhere_is_answered_for(linter: Linter) -> None:
    body = "\n\nIt is cold.\n\nThe flood drove 340 people from their homes, the sheriff said."
    assert found(linter, f"In all, 340 people left.{body}") == []
    assert found(linter, f"In all, 350 people left.{body}") == ["350 people"]


def test_the_first_paragraph_sums_up_what_the_next_one_gives_with_its_source(linter: Linter) -> None:
    lede = "Profits at the brewery rose by a fifth."
    assert found(linter, f"{lede}\n\nThey came to $18 million, against $15 million, the company said.") == []
    assert found(linter, f"{lede}\n\nThey came to $18 million.") == ["a fifth", "$18 million"]


def test_a_line_of_plain_text_that_ends_like_no_sentence_is_a_heading(linter: Linter) -> None:
    assert found(linter, "Flood drives 340 people out\n\nIt is dark.", "draft.txt") == []


def test_a_share_or_a_record_that_stands_alone_is_a_warning(linter: Linter) -> None:
    def severities(text: str) -> list[str]:
        return [finding.severity.name for finding in linter.check_text(text).findings]

    assert severities("Rents rose 31 percent.") == ["warning"]
    assert severities("The wall, at $8 million, was the highest yet.") == ["warning"]
    assert severities("The wall cost $8 million.") == ["suggestion"]
    assert severities("“It is dear,” Brandt said. Rents rose 31 percent.") == ["suggestion"]


def test_a_house_that_speaks_for_itself_is_not_warned_of_a_share(linter: Linter) -> None:
    text = "We run the yard.\n\nOur cranes are old.\n\nSome 31 percent of the boats are new."
    (finding,) = linter.check_text(text).findings
    assert finding.severity.name == "suggestion"


RETOLD = "\n\nSpring is here.\n\nTablets drove 21 percent of sales.\n\nThe shop on the pier sold 4,200 of them."


@pytest.mark.parametrize(
    ("opening", "silent"),
    [
        ("Phones sell, according to a [report by the harbor office](https://example.org).", True),
        ("The harbor office writes of phones.\n\nIts [survey](https://example.org) tells of shops.", True),
        ("Phones sell, according to a report by the harbor office.", False),
        ("Phones sell, as [the harbor office](https://example.org) knows.", False),
        ("Last week we published [our report](https://example.org) on phones.", False),
        ("Phones sell, a [report](https://example.org) shows.\n\n“They do,” said Ilse Brandt.", False),
    ],
)
def test_an_article_that_only_tells_of_a_source_it_links_to_has_its_shares_from_there(
    linter: Linter, opening: str, silent: bool
) -> None:
    shares = [] if silent else ["21 percent"]
    assert found(linter, opening + RETOLD) == [*shares, "4,200"]


def test_a_finding_says_where_a_source_was_looked_for(linter: Linter) -> None:
    (finding,) = linter.check_text("The dam is old. It cost $40 million.").findings
    evidence = dict(finding.evidence)
    assert evidence["figure"] == "money, 40,000,000"
    assert list(evidence.values())[1:] == ["It cost $40 million.", "The dam is old."]


def test_the_message_shows_the_figure_and_names_what_was_looked_for(linter: Linter) -> None:
    (finding,) = linter.check_text("The dam cost $40 million.").findings
    assert finding.message.startswith("'$40 million': says who?")
    assert "poll" in finding.message


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("It cost NZ$ 26 million.", "money", 26e6),
        ("It cost 15 billion dollars.", "money", 15e9),
        ("It cost $5m.", "money", 5e6),
        ("Sixty-seven percent left.", "share", 67),
        ("Four in 10 voters left.", "share", 40),
        ("Two-thirds of them left.", "share", 200 / 3),
        ("Half a million people left.", "count", 5e5),
        ("Some 4,200 people left.", "count", 4200),
        ("He waited twenty-one years.", "time", 21),
    ],
)
def test_a_figure_has_a_kind_and_a_value(text: str, kind: str, value: float) -> None:
    (figure,) = figures(text)
    assert (figure.kind, figure.value) == (kind, pytest.approx(value))


@pytest.mark.parametrize("text", ["1," * 50_000, "about " * 20_000, "5" + " " * 50_000, "." * 50_000, "one " * 20_000])
def test_hostile_text_takes_no_more_than_its_length(text: str) -> None:
    assert list(figures(text)) is not None
    assert sentences(text) is not None


_NUMBERED = st.lists(
    st.sampled_from(
        "a an half several few more than nearly as many at least up to under of the in out every twice doubled one two "
        "ten twenty-one third quarter hundred million US $ £5 $4.2m 1,200 12 3.5 percent % p cents times higher homes "
        "x$5 SIX ſix İ . , -".split()
    ),
    max_size=24,
)


@given(_NUMBERED, st.sampled_from([" ", "", "\n", "-"]))
@settings(max_examples=400)
def test_figures_are_those_of_the_pattern_tried_everywhere(words: list[str], between: str) -> None:
    text = between.join(words)
    everywhere = (numbers._figure(text, match) for match in numbers._pattern().finditer(text))  # noqa: SLF001
    assert list(numbers.figures(text)) == [figure for figure in everywhere if figure]

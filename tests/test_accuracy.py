"""Drafts with planted faults, and without: what is found, missed and wrongly said is known; bench/accuracy.py counts."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest
import yaml

BENCH = Path(__file__).parent.parent / "bench" / "accuracy.py"


@pytest.fixture(scope="module")
def accuracy() -> ModuleType:
    spec = importlib.util.spec_from_file_location("accuracy", BENCH)
    module = importlib.util.module_from_spec(spec)
    sys.modules["accuracy"] = module  # where dataclasses look for their names
    spec.loader.exec_module(module)
    return module


def test_there_are_articles_and_sentences_enough(accuracy) -> None:
    cases = accuracy.cases()
    sentences = [case for case in cases if case.check]
    assert len(sentences) >= 400
    assert len(cases) - len(sentences) >= 2 * 60
    assert sum(not case.faults for case in sentences) > len(sentences) / 2


def test_each_fault_changes_its_article(accuracy) -> None:
    for case in accuracy.cases():
        for _, (start, end), name in case.faults:
            assert case.text[start:end].strip(), name


def test_what_is_missed_or_wrong_is_known(accuracy) -> None:
    cases = accuracy.cases()
    found = accuracy.known(cases, accuracy.checked(cases))
    known = yaml.safe_load(accuracy.KNOWN.read_text(encoding="utf-8"))
    told = "if this is meant, run 'python bench/accuracy.py --write'"
    for what in ("missed", "wrong"):
        assert sorted(set(found[what]) - set(known[what])) == [], f"newly {what}: {told}"
        assert sorted(set(known[what]) - set(found[what])) == [], f"no longer {what}: {told}"

# make demo: install into .venv and check the example articles. make test: the same, and run every test.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test fix pages clean

demo: .venv/installed
	$(BIN)/edlint --fail-on never examples

test: demo
	$(BIN)/ruff check --quiet
	$(BIN)/ruff format --check --quiet
	$(BIN)/mypy --no-error-summary
	$(BIN)/pytest

fix: .venv/installed
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

.venv/installed: pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "edlint needs Python 3.11 or newer: make PYTHON=python3.11")'
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[dev]'
	$(BIN)/python -m compileall -q src # so that the first run is as quick as the next
	touch $@

pages: .venv/installed
	$(BIN)/python docs/rule_pages.py
	for name in edlint rule terms; do $(BIN)/edlint schema $$name > schemas/$$name.schema.json; done

clean:
	rm -rf .venv

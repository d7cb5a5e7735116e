# make demo: install into .venv and check the example articles. make test: the same, and run every test.
# make bench: how fast edlint is, beside others. ARTICLES is a folder of articles, STYLES one with a .vale.ini and,
# below it, articles to check with its styles. make bench-guard: whether it has become slower than it was.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test fix pages bench bench-guard clean
ARTICLES ?= tests/accuracy
STYLES ?=

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

bench: .venv/installed
	$(BIN)/python bench/start.py $(if $(STYLES),--styles $(STYLES))
	$(BIN)/python bench/language.py $(ARTICLES)
	$(BIN)/python bench/again.py $(ARTICLES)
	$(BIN)/python bench/growth.py
	$(BIN)/python bench/editor.py
	$(if $(STYLES),$(BIN)/python bench/styles.py $(STYLES))

bench-guard: .venv/installed
	$(BIN)/python bench/guard.py

clean:
	rm -rf .venv

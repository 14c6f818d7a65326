# Every command of the house. `make` alone lists them; README.md says when to use which.

PYTHON ?= python3
UV_VERSION := 0.13.9
BIN := .venv/bin
STAMP := .venv/.made

.DEFAULT_GOAL := help
.PHONY: help setup run test check bench campaign screens translations lock chromium

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "make %-13s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

setup: $(STAMP) ## make the environment in .venv, exactly as locked, and stop there

# The stamp is newer than the lock and the project file once all is installed: repeating is free.
$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo 'Yachay needs Python 3.11 or newer. Name one: make setup PYTHON=python3.12' >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo 'Python cannot make an environment here. On Debian and Ubuntu: apt install python3-venv' >&2; \
	  exit 1; }
	@$(BIN)/python -c '' 2>/dev/null || $(PYTHON) -m venv --clear .venv
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(BIN)/python -m ensurepip --upgrade >/dev/null
	@$(BIN)/uv --version 2>/dev/null | grep -qF 'uv $(UV_VERSION)' || \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input 'uv==$(UV_VERSION)'
	@$(BIN)/uv pip sync --quiet --python $(BIN)/python --require-hashes requirements.lock
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --editable .
	@touch $(STAMP)

run: setup ## start the school: web server and worker in one process
	@exec $(BIN)/lms run

test: setup chromium ## everything: SQLite, then the HTTP suite on PostgreSQL, then the browser stories
	@exec $(BIN)/python -m tests.run

check: setup ## ruff, mypy, import-linter, translations complete, migrations match the models
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -q -p no:cacheprovider tests/house/test_translations.py tests/house/test_migrations.py

bench: setup chromium ## measure every figure and print the table (make bench ONLY="idle intake")
	@exec $(BIN)/python -m bench.run $(ONLY)

campaign: setup ## the long fault campaigns, whose short form is in make test
	YACHAY_CAMPAIGN=yes $(BIN)/python -m pytest tests -m campaign --timeout 7200

screens: setup chromium ## write a picture of every screen to docs/screens/
	@exec $(BIN)/python -m tests.browser.screens

translations: setup ## gather the strings of the code into translations/<tag>/messages.po
	@exec $(BIN)/python -m tests.house.catalogues

lock: setup ## write requirements.lock anew from pyproject.toml
	$(BIN)/uv pip compile pyproject.toml --quiet --extra network --group dev --universal \
	  --python-version 3.11 --generate-hashes --no-header --no-emit-index-url -o requirements.lock

# Debian's own Chromium, when none is here and we may install it. Otherwise the browser stories are
# skipped loudly, and with CI=true that is a failure.
chromium:
	@sh tests/browser/chromium.sh

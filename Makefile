# What one can do with a clone of Bagyt. Everything happens in a virtual environment of its own.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ARGS ?=

# Installing only what a lock file names, and checking that it is the very file that was locked.
INSTALL := $(BIN)/python -m pip install --quiet --no-input --disable-pip-version-check
LOCKED := $(INSTALL) --require-hashes --requirement
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-header --no-annotate --no-strip-extras $(if $(UPGRADE),--upgrade)

CATALOGUES := $(wildcard locales/*/LC_MESSAGES/bagyt.po)
COMPILED := $(CATALOGUES:.po=.mo)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help prepare run test lint format locales pictures bench rehearsal docs lock clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

prepare: $(VENV)/.runtime $(COMPILED) ## Install what the bot needs, and start nothing
	@:

run: prepare ## Start the bot; without BOT_TOKEN, start the playground
	@$(BIN)/python -m bot run $(ARGS)

test: $(VENV)/.tools $(COMPILED) ## Run every test (ARGS="tests/core -k sealing" for some of them)
	@$(BIN)/python -m pytest --numprocesses logical --maxprocesses 4 --dist worksteal \
		$(if $(CI),--cov) $(ARGS)

lint: $(VENV)/.tools ## Check format, style, types and the floors
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

format: $(VENV)/.tools ## Put the code into its usual shape
	@$(BIN)/ruff check --fix-only --quiet .
	@$(BIN)/ruff format .

locales: $(VENV)/.runtime ## Bring the catalogues up to date with the code, and compile them
	@$(BIN)/pybabel --quiet extract --mapping locales/babel.cfg --output locales/bagyt.pot \
		--no-default-keywords --keyword say --keyword label --keyword plural:1,2 --keyword mistake \
		--project Bagyt --copyright-holder "Bagyt contributors" --no-location --no-wrap .
	@$(BIN)/pybabel --quiet update --domain bagyt --input-file locales/bagyt.pot \
		--output-dir locales --no-wrap --no-fuzzy-matching --ignore-obsolete \
		--ignore-pot-creation-date
	@$(BIN)/pybabel --quiet compile --domain bagyt --directory locales

pictures: $(VENV)/.tools $(COMPILED) ## Make the pictures of the guides anew, in a real Chromium
	@rm -rf var/pictures
	@CI=true $(BIN)/python -m pytest --quiet -k guide tests/browser
	@rm -f docs/pictures/*.png
	@cp var/pictures/*.png docs/pictures/

bench: $(VENV)/.runtime $(COMPILED) ## Measure thinking, finding, start, memory and turns (20 minutes)
	@mkdir -p var
	@$(BIN)/python -m bench.enquiry
	@$(BIN)/python -m bench.directory
	@$(BIN)/python -m bench.start
	@$(BIN)/python -m bench.memory
	@$(BIN)/python -m bench.turns --json var/bench.json $(ARGS)

rehearsal: $(VENV)/.tools $(COMPILED) ## Rehearse the first of September in a made-up country (an hour; ARGS="--scale 0.01 --minutes 1")
	@mkdir -p var
	@$(BIN)/python -m bench.rehearsal --json var/rehearsal.json $(ARGS)

docs: $(VENV)/.runtime ## Write the page and the diagram of every service (docs/services)
	@$(BIN)/python -m core.services.pages data docs/services

lock: $(BIN)/python ## Write the lock files anew (UPGRADE=1 to take newer releases)
	@$(INSTALL) uv==0.13.8
	@$(LOCK) pyproject.toml --output-file requirements.lock
	@$(LOCK) pyproject.toml --group dev --constraint requirements.lock \
		--output-file requirements-dev.lock
	@$(LOCK) --group build --output-file requirements-build.lock

clean: ## Remove what was made here, except the bot's own data in var/
	@rm -rf $(VENV) dist .coverage .hypothesis .import_linter_cache .mypy_cache .pytest_cache \
		.ruff_cache $(COMPILED)
	@find bot core dialogs tests tools -type d -name __pycache__ -prune -exec rm -rf {} +

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2> /dev/null || { \
		echo "Bagyt needs Python 3.11 or later, and $(PYTHON) is not that. On Debian 12 or 13:" \
			"apt install python3-venv. Elsewhere: make PYTHON=/path/to/python3.11" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2> /dev/null || { \
		echo "$(PYTHON) cannot make virtual environments. On Debian 12 or 13:" \
			"apt install python3-venv" >&2; exit 1; }
	@echo "Preparing $(VENV); this happens once."
	@$(PYTHON) -m venv --clear $(VENV)

$(VENV)/.runtime: requirements.lock | $(BIN)/python
	@$(LOCKED) requirements.lock
	@touch $@

$(VENV)/.tools: requirements-dev.lock $(VENV)/.runtime
	@$(LOCKED) requirements-dev.lock
	@touch $@

%.mo: %.po $(VENV)/.runtime
	@$(BIN)/pybabel --quiet compile --domain bagyt --input-file $< --output-file $@

# Digitiekartta. `make help` tells what there is.
.DEFAULT_GOAL := help
.PHONY: help run test check bench messages wheel lock setup setup-test clean

PORT ?= 8000
HOST ?= 127.0.0.1
WORKERS ?= 1
PYTHON ?= python3
VENV := .venv/bin
export PYTHON

help: ## this list
	@sed -n 's/^\([a-z-]*\):[^#]*## /\1\t/p' $(MAKEFILE_LIST) | while IFS="$$(printf '\t')" read -r name text; do printf '  make %-10s %s\n' "$$name" "$$text"; done

run: setup ## set up, load Kauhava into an empty database and serve (PORT, HOST, WORKERS)
	@exec $(VENV)/digitiekartta serve --host $(HOST) --port $(PORT) --workers $(WORKERS)

test: setup-test ## every test, on SQLite and on PostgreSQL, in the browser too
	@sh tools/system.sh
	@$(VENV)/python -m tools.suite

check: setup-test ## lint, types, architecture, migrations, texts
	@$(VENV)/python -m tools.check

bench: setup-test ## the benchmark table (JSON=path writes it as JSON too)
	@$(VENV)/python -m bench $(if $(JSON),--json $(JSON))

messages: setup-test ## gather the interface's texts into the catalogues and compile them
	@$(VENV)/python -m tools.messages

wheel: setup-test ## build the wheel into dist/
	@$(VENV)/python -m build --wheel --no-isolation

lock: ## resolve the hashed requirements anew from pyproject.toml
	@sh tools/lock.sh

setup: ## .venv with what running needs
	@sh tools/setup.sh run

setup-test: ## .venv with what developing and testing need
	@sh tools/setup.sh test

clean: ## remove .venv and what tools left behind (never var/)
	rm -rf .venv build dist .mypy_cache .ruff_cache .import_linter_cache .hypothesis

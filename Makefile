# Two commands do everything on a fresh machine: `make run` and `make test`.

SHELL := /bin/bash
PYTHON := .venv/bin/python
export PORT ?= 8000

.DEFAULT_GOAL := help
.PHONY: help run test test-fast lint types format bench bench-load lock clean

help:  ## Show what there is to type
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: .venv/ran  ## Read: serve the two commentaries on http://127.0.0.1:$PORT (8000), with the background worker
	@DEBUG=1 $(PYTHON) -m tools.serve

test: .venv/made  ## Run everything: style, types, imports, tests on SQLite, on PostgreSQL and in Chromium
	@DEBUG=1 $(PYTHON) -m tools.check

test-fast: .venv/made  ## Run everything but the tests in Chromium
	@DEBUG=1 $(PYTHON) -m tools.check postgresql sqlite types style templates imports deploy

lint: .venv/made  ## Check style, templates, import contracts, migrations and production settings
	@DEBUG=1 $(PYTHON) -m tools.check style templates imports deploy

types: .venv/made  ## Check types
	@DEBUG=1 $(PYTHON) -m tools.check types

format: .venv/made  ## Put Python and templates into their format
	@.venv/bin/ruff check --fix --quiet . || true
	@.venv/bin/ruff format .
	@find templates -name '*.html' -exec .venv/bin/djade --target-version 5.2 {} +

bench: .venv/made  ## Measure: one line `bench: NAME = VALUE` a figure
	@$(PYTHON) -m bench

bench-load: .venv/made  ## Measure a class of 300 at work for five minutes, on SQLite and on PostgreSQL
	@$(PYTHON) -m bench.load
	@$(PYTHON) -m tools.postgres --durable $(PYTHON) -m bench.load

LOCK := uv pip compile --quiet --generate-hashes --python-version 3.11 --universal --no-emit-index-url \
	--custom-compile-command 'make lock'
lock: .venv/made  ## Lock requirements.in and requirements-dev.in; `make lock UPGRADE=--upgrade` takes newer versions
	@PATH="$$PWD/.venv/bin:$$PATH" $(LOCK) $(UPGRADE) requirements.in -o requirements.txt
	@PATH="$$PWD/.venv/bin:$$PATH" $(LOCK) $(UPGRADE) requirements-dev.in -o requirements-dev.txt

clean:  ## Remove the environment, caches and screenshots; the library in var/ stays
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis var/screenshots var/static
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/ran: requirements.txt tools/install.sh
	@tools/install.sh run
	@touch $@

.venv/made: requirements.txt requirements-dev.txt tools/install.sh
	@tools/install.sh dev
	@touch $@ .venv/ran

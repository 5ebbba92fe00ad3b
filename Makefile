# What this project can do. `make` alone lists it.
SHELL := /bin/sh
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
HOST ?= 127.0.0.1
PORT ?= 8000
ENGINE ?= podman

# Byte code is kept: without it each start compiles the whole program again.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help setup run test bench load scan findings lint assets lock sbom wheel image installed clean

help: ## list what can be done
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-8s %s\n", $$1, $$2}'

# Each stamp is remade only when what it is made from changes, so a second start takes seconds.
.venv/stamp-build: requirements/build.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Signpost needs Python 3.11 or later; $(PYTHON) is older. Set PYTHON=python3.11 or later."; exit 1; }
	$(PYTHON) -m venv .venv
	$(PIP) --require-hashes -r requirements/build.txt
	@touch $@

.venv/stamp-run: requirements/run.txt pyproject.toml .venv/stamp-build
	$(PIP) --no-build-isolation --require-hashes -r requirements/run.txt
	$(PIP) --no-deps --no-build-isolation --no-index -e .
	@touch $@

.venv/stamp-test: requirements/test.txt .venv/stamp-run
	$(PIP) --no-build-isolation --require-hashes -r requirements/test.txt
	@touch $@

# Node.js itself comes with the Python packages; nothing needs to be on the machine.
node_modules/stamp: package.json package-lock.json .venv/stamp-build
	PATH="$(CURDIR)/$(BIN):$$PATH" npm ci --no-audit --no-fund --loglevel=error
	@touch $@

ASSET_SOURCES := $(shell find webapp/web/assets -type f 2>/dev/null)
webapp/static/manifest.json: node_modules/stamp $(ASSET_SOURCES) tools/build_assets.mjs
	PATH="$(CURDIR)/$(BIN):$$PATH" node tools/build_assets.mjs

CHINESE := webapp/static/fonts/NotoSansSC_700Bold.ttf
$(CHINESE): node_modules/stamp tools/join_letters.py
	$(BIN)/python -m tools.join_letters

assets: webapp/static/manifest.json ## build the style sheet and scripts

# What runs and what builds are installed at the same time.
setup: ## install everything the site needs; afterwards .venv/bin/signpost works
	@$(MAKE) --no-print-directory --jobs=2 installed

installed: .venv/stamp-run webapp/static/manifest.json $(CHINESE)
	@:

run: setup ## serve the site in demo mode on http://127.0.0.1:8000 (PORT= and HOST= override)
	@export SIGNPOST_DEMO=1; exec $(BIN)/signpost serve --host $(HOST) --port $(PORT)

lint: setup .venv/stamp-test ## style, types, templates and what attackers look for
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/djlint --quiet --lint webapp
	$(BIN)/bandit --quiet --configfile pyproject.toml --recursive webapp

test: setup .venv/stamp-test lint ## everything: style, types, templates, behaviours on both databases, a real browser
	$(BIN)/python tools/find_browser.py --install
	$(BIN)/signpost content check
	$(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder --durations=10

bench: setup .venv/stamp-test ## measure relevance, speed and size beside their baselines (LARGE=1: 100,000 too)
	$(BIN)/python -m benchmarks --pages $(if $(LARGE),--large)

# Locust brings its own servers and sockets along: it is kept apart from what the site and its tests are made of.
.venv-load/stamp: requirements/load.txt
	$(PYTHON) -m venv .venv-load
	.venv-load/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/load.txt
	@touch $@

load: setup .venv/stamp-test .venv-load/stamp ## 200 practitioners at work for five minutes on each database, then ever more (takes half an hour)
	$(BIN)/python -m benchmarks.load
	$(BIN)/python -m benchmarks.ever_more

.venv-scan/bin/wapiti: requirements/scan.txt
	$(PYTHON) -m venv .venv-scan
	.venv-scan/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/scan.txt
	@touch $@

scan: setup .venv/stamp-test .venv-scan/bin/wapiti ## attack a demonstration with a scanner, as each role (half an hour)
	$(BIN)/python -m benchmarks.attacks.wapiti --program .venv-scan/bin/wapiti

findings: .venv/stamp-run ## show again where real libraries do what nobody guesses (installs public packages elsewhere)
	@changed=; for script in findings/*.sh; do \
		echo "== $$script"; PATH="$(CURDIR)/$(BIN):$$PATH" bash "$$script" || changed="$$changed $$script"; \
	done; if [ -n "$$changed" ]; then echo "No longer so, or could not be run:$$changed"; exit 1; fi

lock: .venv/stamp-test ## pin the Python dependencies again, with hashes
	$(BIN)/uv pip compile --quiet --universal --upgrade --python-version 3.11 --generate-hashes --no-header --no-annotate requirements/build.in -o requirements/build.txt
	$(BIN)/uv pip compile --quiet --universal --upgrade --python-version 3.11 --generate-hashes --no-header --no-annotate pyproject.toml -o requirements/run.txt
	$(BIN)/uv pip compile --quiet --universal --upgrade --python-version 3.11 --generate-hashes --no-header --no-annotate -c requirements/run.txt requirements/tracing.in -o requirements/tracing.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -c requirements/run.txt --extra test pyproject.toml -o requirements/test.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -c requirements/run.txt requirements/load.in -o requirements/load.txt
	$(BIN)/uv pip compile --quiet --universal --upgrade --python-version 3.11 --generate-hashes --no-header --no-annotate requirements/scan.in -o requirements/scan.txt

sbom: .venv/stamp-test ## write what it is made of, with licences: dist/signpost.cdx.json
	$(BIN)/python -m tools.bill_of_materials

wheel: setup ## build dist/signpost-….whl with style sheet and scripts: it installs without Node.js
	$(BIN)/python -m pip wheel --quiet --disable-pip-version-check --no-deps --no-build-isolation --no-index --wheel-dir dist .

image: ## build a container image with podman, or ENGINE=docker; BASE= names another base
	$(ENGINE) build $(if $(filter podman,$(ENGINE)),--format docker) $(if $(BASE),--build-arg BASE=$(BASE)) --file deploy/Containerfile --tag signpost:$(shell sed -n 's/^version = "\(.*\)"/\1/p' pyproject.toml) .

clean: ## remove everything that was built; keeps the content and the database
	rm -rf .venv .venv-load .venv-scan node_modules dist webapp/static search_index/current search_index/gen-* search_index/pictures .pytest_cache .ruff_cache .mypy_cache

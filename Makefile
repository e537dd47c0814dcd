# Works with GNU Make 3.81 and later. `make` alone lists the targets.

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input --quiet
CODE := benchmarks fundtracker migrations tests

# PYTHON=/path/to/python names an interpreter; without it the first of these that is new enough is used.
PYTHONS := $(or $(PYTHON),python3 python3.14 python3.13 python3.12 python3.11)
is_new = import sys; sys.exit(sys.version_info < (3, 11))
python = $(shell for name in $(PYTHONS); do "$$name" -c '$(is_new)' 2>/dev/null && echo "$$name" && break; done)
has_venv = $(shell $(python) -c 'import ensurepip, venv' 2>/dev/null && echo yes)
# Debian and Ubuntu keep a part of it, ensurepip, in a package of its own.
venv_package = $(shell $(python) -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
find_python = $(if $(python),,$(error Python 3.11 or newer is needed and was not found; install it, or say where it is with PYTHON=))$(if $(has_venv),,$(error '$(python) -m venv' is missing; install the package $(venv_package), for example with: apt-get install $(venv_package)))

.DEFAULT_GOAL := help
.PHONY: help venv demo test check coverage figures tools wheel pictures screens assets lock bench clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

venv: $(VENV)/.project ## Make the environment in .venv, from the lock file, hashes checked

# The environment is made again when the lock changes, so that nothing dropped from it stays behind.
$(VENV)/.locked: requirements.lock
	@$(find_python)echo "Installing the pinned dependencies in $(VENV); the first time takes about a minute"
	@$(python) -m venv --clear $(VENV)
	@$(PIP) install --require-hashes --no-deps -r requirements.lock
	@touch $@

$(VENV)/.project: $(VENV)/.locked pyproject.toml
	@$(PIP) install --no-deps --no-build-isolation --no-index --editable .
	@touch $@

# Thousands of databases are made and let go: in memory, where the machine has room there, none waits for a disk.
ROOMY = $(shell df -Pk /dev/shm 2>/dev/null | awk 'NR == 2 && $$4 > 8000000 { print "/dev/shm" }')

demo: venv ## Serve the demonstration office on 127.0.0.1, with its own folder instance/demo
	@$(BIN)/fundtracker demo

test: venv ## Run every test whose tools are here; the last line says what was left out
	@$(BIN)/python -m tests.harness.fetch_chromium
	@folder=$(if $(ROOMY),$(ROOMY)/fundtracker-tests-$$$$); trap 'rm -rf "$$folder"' EXIT; \
	$(BIN)/python -m pytest --numprocesses logical --dist worksteal --quiet $${folder:+--basetemp="$$folder"} $(PYTEST_ARGS)

check: venv ## Format, lint, types, layers, templates, migrations, sizes, then test
	@$(BIN)/ruff format --check --quiet $(CODE)
	@$(BIN)/ruff check --quiet $(CODE)
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache --no-logo
	@$(BIN)/djlint --lint --quiet templates
	@$(BIN)/python -m tests.harness.migrations
	@$(BIN)/python -m tests.harness.sizes
	@$(MAKE) --no-print-directory test

coverage: venv ## Run every test and say which lines and branches none of them reaches
	@$(MAKE) --no-print-directory test PYTEST_ARGS="--cov --cov-report term"

figures: venv ## Measure the fifteen figures, each beside its target, at the size of CI: FULL=1 for all of it
	@$(BIN)/python -m tests.harness.figures $(if $(FULL),--full)

tools: venv ## Install Chromium, LibreOffice and hledger, which some tests use
	@sh tests/harness/install_tools.sh

wheel: venv ## Build the wheel in dist/, for a machine without make
	@$(BIN)/python -m build --wheel --no-isolation --outdir dist .

pictures: venv ## Take the pictures of the guides again (needs Chromium)
	@$(BIN)/python -m tests.harness.pictures

screens: venv ## Picture every page, wide and on a phone, on one sheet: PAGES="^funds" for some (needs Chromium)
	@$(BIN)/python -m tests.harness.screens "$(PAGES)"

assets: ## Build the front-end assets again (needs Node.js)
	@cd fundtracker/web/assets && npm ci --no-audit --no-fund && npm run build

UV_COMPILE = build/lock/bin/uv pip compile --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate --quiet $(LOCK_ARGS)

lock: ## Resolve the dependencies again; LOCK_ARGS=--upgrade takes the newest
	@$(find_python)$(python) -m venv build/lock
	@build/lock/bin/python -m pip install --quiet --disable-pip-version-check uv==0.13.9
	@$(UV_COMPILE) pyproject.toml --all-extras --output-file requirements.lock
	@$(UV_COMPILE) benchmarks/requirements.in --output-file benchmarks/requirements.txt

bench: ## Measure the exports against their peers, in an environment of their own
	@$(find_python)$(python) -m venv build/bench
	@build/bench/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps \
		-r requirements.lock -r benchmarks/requirements.txt
	@build/bench/bin/python -m benchmarks

clean: ## Delete the environment and everything built, but never the databases in instance/
	@rm -rf $(VENV) build dist .coverage .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache

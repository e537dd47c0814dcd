# Works with GNU Make 3.81 and later. `make` alone lists the targets.

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input --quiet
CODE := fundtracker tests migrations

# PYTHON=/path/to/python names an interpreter; without it the first of these that is new enough is used.
PYTHONS := $(or $(PYTHON),python3 python3.14 python3.13 python3.12 python3.11)
is_new = import sys; sys.exit(sys.version_info < (3, 11))
python = $(shell for name in $(PYTHONS); do "$$name" -c '$(is_new)' 2>/dev/null && echo "$$name" && break; done)
has_venv = $(shell $(python) -c 'import ensurepip, venv' 2>/dev/null && echo yes)
# Debian and Ubuntu keep ensurepip in a package of its own, named after the version where it is not the default.
venv_package = $(patsubst %,%-venv,$(notdir $(python)))
find_python = $(if $(python),,$(error Python 3.11 or newer is needed and was not found; install it, or say where it is with PYTHON=))$(if $(has_venv),,$(error '$(python) -m venv' is missing; install the package $(venv_package), for example with: apt-get install $(venv_package)))

.DEFAULT_GOAL := help
.PHONY: help venv demo test check tools assets lock bench clean

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

demo: venv ## Serve the demonstration office on 127.0.0.1, with its own folder instance/demo
	@$(BIN)/fundtracker demo

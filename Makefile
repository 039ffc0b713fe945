# Everything a person types. `make help` lists it.
PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1
LOCKED := $(BIN)/python -m pip install --quiet --no-compile --require-hashes -r
# Byte-compiling on all processors takes half as long as pip, which uses one.
INSTALLED := $(BIN)/python -m compileall -q -j 0 $(VENV)/lib >/dev/null 2>&1; $(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
# The tests start a hundred processes: each would compile the whole program anew.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help setup demo serve test pytest check format lint types layers torture bench mutants lock wheel clean

help: ## List the targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit("CultureAssess needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Name another one with PYTHON=python3.12") if sys.version_info < (3, 11) else None'
	@$(PYTHON) -m venv $(VENV) || { echo "Python could not make an environment. On Debian or Ubuntu: sudo apt-get install python3-venv"; rm -rf $(VENV); exit 1; }

$(VENV)/.run: requirements.lock pyproject.toml | $(BIN)/python
	@echo "Installing the locked packages into $(VENV) ..."
	@$(LOCKED) requirements.lock
	@$(INSTALLED)
	@touch $@

# The test tools are locked together with everything that the program needs.
$(VENV)/.dev: requirements-dev.lock requirements.lock pyproject.toml | $(BIN)/python
	@echo "Installing the locked packages and the test tools into $(VENV) ..."
	@$(LOCKED) requirements-dev.lock
	@$(INSTALLED)
	@touch $(VENV)/.run $@

setup: $(VENV)/.dev ## Create the environment for working on the code
	@$(BIN)/cultureassess system --for tests $(if $(YES),--yes)

demo: $(VENV)/.run ## Build the demo organisation and serve it on http://localhost:8000 (PORT=, YES=1, FRESH=1)
	@$(BIN)/cultureassess system $(if $(YES),--yes)
	@exec $(BIN)/cultureassess demo --port $(PORT) $(if $(FRESH),--fresh)

serve: $(VENV)/.run ## Serve what is there (PORT=)
	@exec $(BIN)/cultureassess serve --port $(PORT)

test: setup ## Set up and run everything: format, lint, types, layers, all tests (goal: under 10 minutes)
	@$(MAKE) --no-print-directory --jobs=3 format-check lint types layers pytest

pytest: setup
	@$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder

check: test ## The same as test

format: setup ## Write the code in its one format
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix-only --quiet .

format-check:
	@$(BIN)/ruff format --check .

lint:
	@$(BIN)/ruff check .

types:
	@$(BIN)/mypy

layers:
	@$(BIN)/lint-imports

torture: setup ## The full counts of the fault, anonymity and input tests (long)
	@$(BIN)/python -m pytest -m torture --override-ini addopts= -q --timeout 7200

bench: setup ## Speed as ratios measured side by side, one JSON object a line (at most 10 minutes)
	@$(BIN)/python -m tests.bench

mutants: setup ## Change the scoring code line by line and see that a test notices
	@$(BIN)/python -m tests.mutants

wheel: setup ## Build the wheel
	@$(BIN)/python -m build --wheel

lock: ## Resolve the dependencies anew (needs uv)
	uv pip compile -q --upgrade --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 pyproject.toml --all-extras --group build -o requirements.lock
	uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 pyproject.toml --all-extras --group dev -c requirements.lock -o requirements-dev.lock

clean: ## Remove environment, caches and builds; keep instance/
	rm -rf $(VENV) dist build .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .coverage htmlcov

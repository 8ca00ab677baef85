# Wedge: `make demo` and `make test` set up all they need. `make help` lists the rest.

VENV := .venv
BIN := $(VENV)/bin
PYTHON ?=
WORKERS ?= 2

PIP_INSTALL := PYTHONWARNINGS=ignore $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint requirements.lock
SETTINGS := pyproject.toml setup.py requirements.lock

.DEFAULT_GOAL := help
.PHONY: help demo test pytest coverage others lint format types contracts stale docs validation lock wheel-check benchmarks clean distclean

help: ## list what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# --- setting up -------------------------------------------------------------------------------

$(VENV)/.made: tools/make_venv.sh
	@echo "setting up $(VENV) (once) ..."
	@tools/make_venv.sh $(VENV) $(PYTHON)
	@touch $@

# The lock names the version of setuptools, so the package is built with that one.
$(VENV)/.runtime: $(VENV)/.made $(SETTINGS)
	@echo "installing Wedge and what it needs ..."
	@$(PIP_INSTALL) setuptools
	@$(PIP_INSTALL) --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.runtime
	@echo "installing what the checks need ..."
	@$(PIP_INSTALL) --no-build-isolation --editable '.[dev]'
	@touch $@

$(VENV)/.benchmarks: $(VENV)/.dev
	@echo "installing what Wedge is measured beside ..."
	@$(PIP_INSTALL) --no-build-isolation --editable '.[dev,benchmarks]'
	@touch $@

# --- using it ---------------------------------------------------------------------------------

demo: $(VENV)/.runtime ## the founding question, answered in 500 paired worlds
	$(BIN)/wedge compare alaska_2025/ceasefire_first alaska_2025/territory_first --worlds 500 --seed 7 --out results/demo
	@echo
	@echo "The experiment is in results/demo. What to do next:"
	@echo "  $(BIN)/wedge explain alaska_2025/territory_first --first-fracture --seed 7   one course, told round by round"
	@echo "  $(BIN)/wedge --help                                                          all commands"

# --- checking ---------------------------------------------------------------------------------

test: lint contracts types stale coverage others ## every check: style, imports, types, generated files, tests with coverage

pytest: $(VENV)/.dev ## the tests alone, without coverage
	$(BIN)/pytest --numprocesses $(WORKERS)

# The rooms whose tests must see every rule; tracing lines is slow, so the other rooms are tested without.
RULES := tests/agents tests/model

coverage: $(VENV)/.dev ## the tests of the rules and policies, with the coverage of both
	$(BIN)/pytest --numprocesses $(WORKERS) $(RULES) --cov --cov-report=term

others: $(VENV)/.dev ## the tests of the other rooms
	$(BIN)/pytest --numprocesses $(WORKERS) $(RULES:%=--ignore=%)

lint: $(VENV)/.dev ## style and layout of the code
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

format: $(VENV)/.dev ## lay the code out and mend what can be mended
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

types: $(VENV)/.dev ## the type checker
	$(BIN)/mypy

contracts: $(VENV)/.dev ## imports point one way
	PYTHONPATH=.typing $(BIN)/lint-imports --no-logo --cache-dir .cache/import-linter

# Modules that write a file of this repository from the code; each knows --check.
GENERATORS := $(patsubst %,wedge.%,$(subst /,.,$(basename $(wildcard agents/make_*.py engine/*/make_*.py engine/cli/docs.py))))

docs: $(VENV)/.runtime ## write the generated files again
	$(foreach generator,$(GENERATORS),$(BIN)/python -m $(generator) &&) true

validation: $(VENV)/.runtime ## play all that docs/validation.md reports, record it and write the page again (minutes)
	$(BIN)/python -m wedge.engine.cli.record_validation
	$(BIN)/python -m wedge.engine.cli.docs

stale: $(VENV)/.runtime ## generated files are up to date
	$(foreach generator,$(GENERATORS),$(BIN)/python -m $(generator) --check &&) true

wheel-check: $(VENV)/.dev ## build the wheel and try it in an environment of its own
	VENV=$(VENV) tools/wheel_check.sh

lock: tools/make_venv.sh ## choose the newest versions that fit, and write them to requirements.lock
	tools/lock.sh $(PYTHON)

benchmarks: $(VENV)/.benchmarks ## measure speed, and write docs/performance.md (hours; QUICK=1: minutes)
	$(BIN)/python -m benchmarks $(if $(QUICK),--quick)

clean: ## remove what was built, but not the environment or the results
	rm -rf build dist .cache .mypy_cache .pytest_cache .ruff_cache .hypothesis .coverage .coverage.* *.egg-info
	find src engine agents scenarios tests benchmarks tools -name __pycache__ -type d -prune -exec rm -rf {} +

distclean: clean ## clean, and remove the environment
	rm -rf $(VENV)

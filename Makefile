# Short names for the commands of `astrbot-contract`. The first target that needs .venv creates it from requirements.lock.
#
# If a command fails, make ends with 2 and prints the code of the command in its last line ("Error 1"). In a script, call
# .venv/bin/astrbot-contract, whose exit codes are documented.

PYTHON ?= python3
ARGS ?=

# URL, BASE, PORT, RELEASE and FAULT come from the command line of make or from the environment. An unset variable adds no
# option. An empty variable stops make: an unset variable of a script must not select a default. Neither make nor the
# shell expands a value. ARGS is different: the shell splits it into words, and it can contain quotes.
unexport URL BASE PORT RELEASE FAULT
quoted = '$(subst ','\'',$(value $1))'
filled = $(if $(strip $(value $1)),$(call quoted,$1),$(error $1 is empty: give it a value, or leave it out))
given = $(if $(filter command environment override,$(origin $1)),$2 $(call filled,$1))

# The tests start hundreds of processes. Each would compile every module again if this variable were set.
unexport PYTHONDONTWRITEBYTECODE

BIN := .venv/bin
READY := .venv/ready
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.DEFAULT_GOAL := help
.PHONY: help conform gate generate serve test test-fast kill-table hostile variations mutants test-live releases lint bench lock clean
.DELETE_ON_ERROR:

help: ## list these targets
	@awk -F ' *## ' '/^[a-z-]+:.* ## / { split($$1, name, ":"); printf "  make %-10s %s\n", name[1], $$2 }' Makefile

conform: $(READY) ## judge a deployment: URL=http://host:6185, ARGS="--effects read"; without URL, the built-in reference server
	@$(BIN)/astrbot-contract conform $(ARGS) $(call given,URL,--)

gate: $(READY) ## judge the changes in spec/ since BASE (a git ref, a file, or none; default: the merge base, the last tag or the parent)
	@$(BIN)/astrbot-contract gate $(call given,BASE,--base) $(ARGS)

generate: $(READY) ## write generated/ from spec/; ARGS=--check writes nothing and shows what would change
	@$(if $(ARGS),:,$(BIN)/python -m astrbot_generator.path_list)
	@$(BIN)/astrbot-contract generate $(ARGS)
	@$(if $(ARGS),:,$(BIN)/python -m astrbot_conformance.report.effects_page)

serve: $(READY) ## run the reference server on PORT (6185), as RELEASE=4.29.1, with FAULT=name (ARGS=--list-faults)
	@$(BIN)/astrbot-contract serve $(call given,PORT,--port) $(call given,RELEASE,--release) $(call given,FAULT,--fault) $(ARGS)

test: $(READY) ## run the project's own tests; ARGS="-k scope" selects some
	@$(BIN)/pytest -q -n auto --dist loadfile --no-loadscope-reorder $(ARGS)

test-fast: $(READY) ## run the tests for the development loop, without those that start whole runs (a minute)
	@$(BIN)/pytest -q -n auto -m "not live and not slow" $(ARGS)

kill-table: $(READY) ## add every fault to the reference server, one at a time, and check that the suite finds it (half an hour)
	@$(BIN)/python -m tests.conformance.kill_table $(ARGS)

variations: $(READY) ## judge sound servers that respond differently, under five seeds; ARGS="names" selects some (an hour)
	@$(BIN)/python -m tests.conformance.variations $(ARGS)

hostile: $(READY) ## run against servers that try to end, mislead or exhaust a run, and measure time and memory (half an hour)
	@$(BIN)/python -m tests.conformance.hostile_targets $(ARGS)

mutants: $(READY) ## change the code that judges in 300 places, one at a time, and check that a nearby test fails (90 minutes)
	@$(BIN)/python -m tests.mutation.mutants $(ARGS)

test-live: $(READY) ## start real AstrBots, with a scripted model behind chat, and judge them (network, Python 3.12)
	@$(BIN)/pytest -q -m live tests/live $(ARGS)

releases: $(READY) ## start every AstrBot release in turn, judge it, and write generated/docs/releases/ (network, Python 3.12 or 3.13)
	@$(BIN)/python -m tests.live.releases $(ARGS)

lint: $(READY) ## run ruff and mypy --strict on all code, and zizmor on the workflows
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy conformance generated generator tests
	@$(BIN)/zizmor --offline --no-progress --quiet .github

bench: $(READY) ## measure the time of generate, the models, the gate and a run; with ASTRBOT_URL and its login, also a run on that server
	@$(BIN)/python tests/generator/bench_generate.py $(ARGS)
	@$(BIN)/python -m tests.generated.bench_models
	@$(BIN)/python tests/generator/gate/bench_gate.py
	@$(BIN)/python tests/conformance/bench_conform.py

lock: ## resolve pyproject.toml again and write requirements.lock (needs uv)
	@{ echo '# `make lock` writes this file from pyproject.toml: all run-time and development dependencies, for Python 3.11 to 3.14.'; \
	  uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	    --upgrade --extra ui --extra postgres --group dev pyproject.toml; } > requirements.lock.new
	@mv requirements.lock.new requirements.lock

clean: ## remove .venv, caches and reports
	@rm -rf .venv .hypothesis .mypy_cache .pytest_cache .ruff_cache .schemathesis build conformance-report dist
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo 'make: Python 3.11 or newer is required; select one with PYTHON=python3.12' >&2; exit 2; }
	@echo 'make: installing into .venv (once, about a minute)' >&2
	@$(PYTHON) -m venv .venv
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

# Everything works after a clone: each target makes the set-up first, which takes no time when it is done.
# `make up ENV=production` works on another environment than dev.

ENV ?= dev
BIN := .venv/bin
RUN := $(BIN)/plinth
# Python keeps what it compiles here, whatever the shell says: every run would compile the AWS SDK again, for seconds.
export PYTHONDONTWRITEBYTECODE :=
.DEFAULT_GOAL := help
.PHONY: help setup up preview status destroy doctor test lint format check clean

help: ## Show this
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo '  ENV=production after a target works on that environment (default: dev).'

setup: ## Virtualenv, locked packages and the Pulumi engine
	@scripts/setup.sh

up: setup ## Bring ENV up in the simulated cloud
	@$(RUN) sim up $(ENV)

preview: setup ## Show what `make up` would change
	@$(RUN) sim preview $(ENV)

status: setup ## Show what runs where
	@$(RUN) sim status

destroy: setup ## Destroy ENV in the simulated cloud
	@$(RUN) sim destroy $(ENV)

doctor: setup ## Check this machine
	@$(RUN) doctor

# All tests are run by as many processes as there are cores, each file by one of them, in the order of their names: the
# engine's, which take longest, come early.
test: setup ## Run all tests; T="tests/plinth -k name" runs some
	@$(BIN)/pytest $(or $(T),-n auto --dist loadfile --no-loadscope-reorder)

lint: setup ## ruff and mypy, nothing changed
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check --quiet . || { echo 'Fix: make format' >&2; exit 1; }
	@$(BIN)/mypy

format: setup ## Let ruff repair and format
	@$(BIN)/ruff check --fix-only --quiet .
	@$(BIN)/ruff format --quiet .

check: lint test ## All that CI runs

clean: ## Remove what set-up made here; the engine stays in the user's cache
	@if [ -x $(RUN) ]; then $(RUN) sim stop >/dev/null 2>&1 || true; fi
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis *.egg-info
	@find . -name __pycache__ -not -path './.git/*' -prune -exec rm -rf {} +

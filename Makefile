# Every command a developer or an operator needs. `make` alone lists them.
SHELL := /bin/bash
.DEFAULT_GOAL := help
UV := $(shell command -v uv 2>/dev/null || echo .tools/bin/uv)
RUN := .venv/bin
export RASA_TELEMETRY_ENABLED := false
export TF_CPP_MIN_LOG_LEVEL := 3

.PHONY: help
help: ## List the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  \033[36m%-14s\033[0m %s\n", $$1, $$2}'

.tools/bin/uv:
	@echo "uv est absent : je l'installe dans .tools (environnement privé)…"
	@python3 -m venv .tools || { echo "Il manque le module venv : apt-get install python3-venv"; exit 1; }
	@.tools/bin/pip --quiet install uv

.venv/.ready: pyproject.toml uv.lock | $(filter .tools/bin/uv,$(UV))
	@echo "Installation des dépendances (quelques minutes la première fois)…"
	@$(UV) sync --frozen --quiet
	@touch $@

.PHONY: setup
setup: .venv/.ready ## Install the environment (brings uv if the machine has none)
	@# Only documents need it: where it cannot be installed, everything else runs, and says why there is no document.
	@bash deploy/system-packages.sh documents || true

.PHONY: system
system: ## Install what tests and documents need from the system: PostgreSQL, Redis, Chromium, Node.js, Pango (root and Debian)
	@bash deploy/system-packages.sh

.PHONY: run
run: setup ## Run everything in one process: http://127.0.0.1:8090 (demo insurer), /desk on 8080
	@$(RUN)/assistant run

.PHONY: chat
chat: setup ## Chat from the terminal, no server needed
	@$(RUN)/assistant chat

.PHONY: train
train: setup ## Train the model from bot/data
	@$(RUN)/assistant train

.PHONY: test
test: setup system ## Run the tests (about ten minutes; installs what it needs)
	@$(RUN)/assistant train --if-stale
	@$(RUN)/pytest -m "not long" --ignore=tests/browser
	@# Each browser suite in a process of its own: Playwright's two interfaces do not share an event loop.
	@$(RUN)/pytest -m "not long" tests/browser/widget
	@$(RUN)/pytest -m "not long" tests/browser/desk
	@$(RUN)/pytest -m "not long" tests/browser/test_the_whole_journey.py
	@$(MAKE) --no-print-directory test-widget

.PHONY: test-all
test-all: test ## Run the tests and the long ones (kills, 200 conversations, benchmarks that must still run)
	@$(RUN)/pytest -m long --ignore=tests/browser

.PHONY: test-widget
test-widget:
	@node --test --test-reporter=dot tests/widget/*.test.js

.PHONY: check
check: setup ## Lint, types, layers, repository rules: under a minute
	@$(RUN)/ruff check .
	@$(RUN)/mypy
	@$(RUN)/lint-imports --no-cache

.PHONY: format
format: setup ## Sort imports and apply safe fixes
	@$(RUN)/ruff check --fix .

.PHONY: rasa-shell
rasa-shell: setup ## Rasa's own shell on our model (needs `make rasa-actions` beside; « /stop » ends it)
	@$(RUN)/rasa shell -m bot/models --endpoints endpoints.yml -i 127.0.0.1

.PHONY: rasa-actions
rasa-actions: setup ## The stock action server with our actions, on the loopback
	@SANIC_HOST=127.0.0.1 $(RUN)/rasa run actions --actions bot.actions

.PHONY: rasa-train
rasa-train: setup ## rasa train with the flags of this layout
	@$(RUN)/rasa train -d bot/domain --data bot/data --out bot/models

.PHONY: rasa-test
rasa-test: setup ## rasa test on the stories of tests/conversations
	@$(RUN)/rasa test core -m bot/models -s tests/conversations/stories --out var/results --fail-on-prediction-errors

.PHONY: rasa-validate
rasa-validate: setup ## rasa data validate with the flags of this layout
	@$(RUN)/rasa data validate -d bot/domain --data bot/data

.PHONY: bench
bench: setup system ## Print the benchmark tables (an hour the first time: Rasa's own pipelines are trained, and kept in var/rivals)
	@for bench in journal "understand --rivals --curve" turn start; do echo "== $$bench"; $(RUN)/python -m benchmarks.$$bench || exit 1; done

.PHONY: clean
clean: ## Remove what can be made again (not var/, which holds conversations)
	@rm -rf .venv .tools .rasa .pytest_cache .mypy_cache .ruff_cache bot/models/*.tar.gz bot/models/fingerprint.json

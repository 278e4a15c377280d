# Everything a newcomer needs: `make run` and `make test`. `make` alone lists the targets.

PYTHON ?= python3
PORT ?= 8000
ADDRESS ?= 127.0.0.1
VENV := .venv
BIN := $(VENV)/bin

.DEFAULT_GOAL := help
.PHONY: help install run test test-fast lint format screenshots requirements clean

help: ## List the targets
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

# The stamps make the second run quick: nothing is installed again until a list changes.
$(VENV)/installed: requirements.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/installed-dev: requirements-dev.txt $(VENV)/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

install: $(VENV)/installed ## Create .venv and install what the site needs

run: install ## Serve the site on http://127.0.0.1:8000/ (PORT= and ADDRESS= change that)
	$(BIN)/python manage.py migrate --verbosity 0
	$(BIN)/python manage.py clearsessions
	$(BIN)/python manage.py runserver $(ADDRESS):$(PORT)

test: $(VENV)/installed-dev ## Run all tests, in a browser too where one is found
	@$(BIN)/python -m tests.browser.chromium || $(BIN)/playwright install chromium || echo "No browser: its tests are skipped."
	$(BIN)/python -m pytest -n auto --dist loadscope --ignore=tests/browser
	$(BIN)/python -m pytest -n auto --dist loadfile tests/browser

test-fast: $(VENV)/installed-dev ## Run the tests that need no browser
	$(BIN)/python -m pytest -n auto --dist loadscope --ignore=tests/browser

lint: $(VENV)/installed-dev ## Check style, imports, migrations and settings
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/python manage.py makemigrations --check --dry-run --verbosity 0
	$(BIN)/python manage.py check --fail-level WARNING
	find . -name '*.html' -not -path './.venv*' -exec $(BIN)/djade --check --target-version 5.2 {} +
	find . -name '*.py' -not -path './.venv*' -exec $(BIN)/django-upgrade --check --target-version 5.2 {} +

format: $(VENV)/installed-dev ## Format the Python code and the templates
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	find . -name '*.html' -not -path './.venv*' -exec $(BIN)/djade --target-version 5.2 {} + || true

screenshots: $(VENV)/installed-dev ## Take the README's screenshots anew (needs a browser)
	$(BIN)/python manage.py shell --verbosity 0 --command "from tests.browser.screenshots import main; main()"

requirements: ## Pin the whole set of packages anew (needs uv)
	for set in requirements requirements-dev; do \
	  uv pip compile --quiet --universal --python-version 3.10 --upgrade \
	    --no-emit-index-url --no-emit-find-links --annotation-style line \
	    --custom-compile-command "make requirements" $$set.in --output-file $$set.txt || exit 1; \
	done

clean: ## Delete the environment, the database and everything cached
	rm -rf .venv* db.sqlite3* test*.sqlite3* .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -prune -exec rm -rf {} +

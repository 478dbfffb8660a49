# Two targets matter: `make demo` and `make test`. Both set up .venv from the lock, once.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
CODE := summarizer tests bench tools
ARTICLE := fixtures/articles/annual_results.txt
RECORDING := fixtures/recordings/annual_results.json

.PHONY: demo test test-ray check lock schemas clean

demo: $(READY)
	@echo 'One newspaper article, briefed twice; every number is held against the article. First without any model, by rules:'
	@echo
	@$(BIN)/summarize --extractor rules --format text $(ARTICLE)
	@echo "The same article again, now with a language model's draft, replayed from its recorded replies (no network, no key):"
	@echo
	@$(BIN)/summarize --replay $(RECORDING) --format text $(ARTICLE)
	@echo 'Next: `make test`, or brief a file of your own: $(BIN)/summarize YOUR.txt'

test: check
	$(BIN)/python -m pytest -n 2 --cov --cov-report=term
	@echo 'make test: all passed'

# `summarize batch --engine ray`: its extra has 700 MB, and goes into the same environment by a lock of its own.
test-ray: $(READY)
	@$(PIP) --requirement requirements-ray.lock
	RAY_USAGE_STATS_ENABLED=0 $(BIN)/python -m pytest -n 2 tests/ray tests/test_cluster_store.py
	@echo 'make test-ray: all passed'

check: $(READY)
	$(BIN)/ruff format --check $(CODE)
	$(BIN)/ruff check $(CODE)
	$(BIN)/mypy
	$(BIN)/lint-imports

# The lock holds exact versions and no host names. The package itself goes in without looking for more: what builds it
# (hatchling, editables) is in the lock too. $(CURDIR) is not used, so a path with blanks does no harm.
$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.12")'
	@echo 'Setting up $(VENV) (once, a minute or two) ...'
	@$(PYTHON) -m venv $(VENV)
	@$(PIP) --requirement requirements.lock
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $(READY)

# The newest versions that the floors of pyproject.toml allow, as a fresh environment resolves them.
lock:
	$(PYTHON) -m venv --clear $(VENV)-lock
	$(VENV)-lock/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	$(VENV)-lock/bin/python -m pip freeze --exclude-editable | grep == | sort > requirements.lock
	$(VENV)-lock/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[ray]'
	$(VENV)-lock/bin/python -m pip freeze --exclude-editable | grep == | sort | comm -13 requirements.lock - > requirements-ray.lock
	rm -rf $(VENV)-lock

schemas: $(READY)
	$(BIN)/python -m tools.schemas

clean:
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .coverage

# Two commands matter: `make demo` and `make test`. Everything they need they install into .venv and node_modules,
# from hash-locked lists; neither needs root or a service.
.PHONY: setup setup-test demo test test-postgres journeys check bench bench-scaled bench-web docs messages lock clean

PYTHON ?= python3
BIN := .venv/bin
# The tests start many processes, and each would compile all modules anew.
unexport PYTHONDONTWRITEBYTECODE
# A file's tests stay in one process, with what they share; files begin in their order (tests/conftest.py).
PARALLEL := -n 2 --dist loadfile --no-loadscope-reorder

setup:
	@$(PYTHON) scripts/setup.py run data

setup-test:
	@$(PYTHON) scripts/setup.py test data

demo: setup
	@$(BIN)/xianfeng demo

test: setup-test
	@$(BIN)/pytest $(PARALLEL)

# Every test that has a database, but those marked database_file (they work on the SQLite file itself and have a
# counterpart here) or database_either (tests/conftest.py).
test-postgres: setup-test
	@XIANFENG_TEST_DATABASE=postgres $(BIN)/pytest $(PARALLEL)

# Every journey in Chromium, on two screens; pictures and the table of taps in out/journeys (JOURNEYS_OUT=…).
journeys: setup-test
	@$(PYTHON) scripts/chromium.py
	@$(BIN)/pytest $(PARALLEL) tests/journeys -o python_files='journey_*.py'

check: setup-test
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/lint-imports
	@$(BIN)/mypy
	@PATH="$$PATH:$(abspath $(BIN))" npm run --silent check

bench: setup-test
	@$(BIN)/python -m benchmarks

# Duties on PostgreSQL at a fortieth of their size: memory has to stay flat, speeds are printed.
bench-scaled: setup-test
	@$(BIN)/python -m benchmarks.duties --small

bench-web: setup-test
	@$(BIN)/python -m benchmarks web

# Remakes docs/reference/scheme/ from the spec tests.
docs: setup-test
	@$(BIN)/python -m tests.scheme.spec.generate

# Remakes the catalogues of the interface's words and lists what has no English yet (docs/languages.md).
messages: setup-test
	@$(BIN)/python scripts/messages.py

# Maintainers: remakes the hash-locked lists from pyproject.toml (needs uv).
lock:
	@scripts/lock

clean:
	rm -rf .venv node_modules var out .pytest_cache .setup.lock

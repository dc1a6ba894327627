# make demo: the portal with a demonstration province. make test: all tests. Both set themselves up.
PYTHON = .venv/bin/python
PORT ?= 8000
OFFICIALS ?= 3200
BENCH ?= 50000

.PHONY: setup demo test lint bench proof
setup:
	@.ci/setup test

demo:
	@.ci/setup run
	@$(PYTHON) manage.py demo --port $(PORT) --officials $(OFFICIALS)

test:
	@.ci/setup test
	@$(PYTHON) -m pytest -n 2 --dist loadfile --no-loadscope-reorder

lint:
	@.ci/setup test
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@$(PYTHON) manage.py makemigrations --check
	@PORTAL_PRODUCTION=1 PORTAL_HOSTS=portal.example PORTAL_SECRET_KEY=$$(head -c 64 /dev/urandom | base64 -w0) \
		$(PYTHON) manage.py check --deploy --fail-level WARNING

# Ratios against the named peers, on SQLite and on PostgreSQL.
bench:
	@.ci/setup test
	@$(PYTHON) manage.py bench --officials $(BENCH)
	@$(PYTHON) tests/with_postgres.py $(PYTHON) manage.py bench --officials $(BENCH)

# Long proofs: full fuzz, kills, races, thousands of random rules.
proof:
	@.ci/setup test
	@$(PYTHON) -m pytest -m proof
	@$(PYTHON) tests/with_postgres.py $(PYTHON) -m pytest -m proof

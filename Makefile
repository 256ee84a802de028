# What takes more than a line or two is in .ci/setup.

.PHONY: help demo test check lint types bench clean
.NOTPARALLEL:

help: ## say what can be made
	@echo 'reelpress: a press for anthologies of film reviews.'
	@sed -n 's/^\([a-z]*\):.*## /  make \1@/p' Makefile | tr '@' '\t'

demo: .venv/.press .venv/.pango ## set up .venv and build the sample anthologies into build/
	@echo 'Building the sample anthologies into build/'
	@.venv/bin/reelpress build

test: .venv/.test .venv/.pango lint types ## set up .venv; lint, types, and all tests (Java comes as a package)
	@test -f .venv/.pango || { echo 'The tests of PDFs need Pango (see above); make check does without.'; exit 1; }
	@echo 'Tests: all of them'
	@.venv/bin/pytest -q -n 2

check: .venv/.test lint types ## lint, types, and the quick tests that need only Python; about a minute
	@echo 'Tests: the quick ones that need only Python'
	@.venv/bin/pytest -q -n 2 -m 'not checkers and not slow'

lint: .venv/.test
	@echo 'Lint: ruff'
	@.venv/bin/ruff check --quiet --output-format concise
	@.venv/bin/ruff format --check --quiet

types: .venv/.test
	@echo 'Types: mypy'
	@.venv/bin/mypy

# With more to say: make bench WITH='--on 2026-11-24' · WITH=--help
bench: .venv/.bench .venv/.pango ## measure beside pandoc, Typst and WeasyPrint's command; some 25 minutes
	@test -f .venv/.pango || { echo 'Benchmarks need Pango (see above).'; exit 1; }
	@cd tests && ../.venv/bin/python -m bench $(WITH)

clean: ## remove .venv, caches and everything built
	rm -rf .venv .reelpress .hypothesis .mypy_cache .pytest_cache .ruff_cache dist
	find build -mindepth 1 ! -name .gitignore -delete
	find src tests -name __pycache__ -prune -exec rm -rf {} +

# A second run is quick: these are made again only when what they depend on changes.
.venv/.press: pyproject.toml constraints.txt .ci/setup
	@.ci/setup press

.venv/.test: pyproject.toml constraints.txt .ci/setup
	@.ci/setup test

.venv/.bench: pyproject.toml constraints.txt .ci/setup
	@.ci/setup bench

# Left unmade, and looked for again next time, while Pango is missing.
.venv/.pango:
	@.ci/setup pango

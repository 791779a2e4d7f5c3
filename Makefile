# make leaflet   the leaflet: print PDF, screen PDF, web page (sets up whatever is missing first)
# make test      every check and test (the same)
# make bench     measure the build against plain WeasyPrint, and the archive's search; writes docs/benchmarks.md
# make compare-composition   the specimen set here and by other engines, judged line by line; writes docs/composition-compare.md
# make lock      pin the newest versions that pyproject.toml allows
# make clean     remove all that was made

ISSUE := content/2013-policy-leaflet
OUT := out/$(notdir $(ISSUE))
# Whatever a user's own pip configuration says, packages go into .venv, as wheels, each with the hash in the lock.
PIP_INSTALL = PIP_USER=0 .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input
LOCKED = --require-hashes --only-binary :all: --requirement
UV_LOCK = .venv-lock/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate --no-emit-index-url --no-emit-find-links

.PHONY: leaflet test bench compare-composition lock clean
.DELETE_ON_ERROR:

leaflet: .venv/ready
	.venv/bin/koho build $(ISSUE)
	@printf '\n%s\n' 'できあがり / Ready:'
	@printf '  %s\n' $(OUT)/print.pdf $(OUT)/screen.pdf $(OUT)/web/index.html $(OUT)/pages/

test: .venv/ready-to-test
	./check

bench: .venv/ready
	.venv/bin/python bench/build.py >.venv/benchmarks.md
	@printf '\n\n# Composition\n\nCPU time of rendering and writing, caches warm (bench/composition.py).\n\n' >>.venv/benchmarks.md
	PYTHONPATH=. .venv/bin/python -m bench.composition >>.venv/benchmarks.md
	@printf '\n\n# Archive\n\nSearch among invented articles (bench/archive.py, decision 0020); wall clock, file cache warm.\n\n' >>.venv/benchmarks.md
	PYTHONPATH=. .venv/bin/python -m bench.archive >>.venv/benchmarks.md
	mv .venv/benchmarks.md docs/benchmarks.md
	@cat docs/benchmarks.md

# The rivals are nobody's dependency: their tools live apart from ours, and are measured as they are today.
compare-composition: .venv/ready-to-test
	python3 -m venv .venv-rivals
	PIP_USER=0 .venv-rivals/bin/python -m pip install --quiet --disable-pip-version-check typst jtypeset
	PYTHONPATH=. .venv/bin/python -m bench.compare .venv-rivals/bin/python
	PYTHONPATH=. .venv/bin/python -m bench.features

# A stamp is as old as what it was made from: nothing is set up twice.
.venv/ready: requirements.lock pyproject.toml tools/system-packages
	rm -rf .venv
	python=$$(tools/system-packages $(firstword $(filter test,$(MAKECMDGOALS)) build)) && "$$python" -m venv .venv
	$(PIP_INSTALL) $(LOCKED) requirements.lock
	$(PIP_INSTALL) --no-deps --no-build-isolation --editable .
	touch $@

.venv/ready-to-test: .venv/ready requirements-dev.lock
	tools/system-packages test >/dev/null
	$(PIP_INSTALL) $(LOCKED) requirements-dev.lock
	touch $@

lock:
	python3 -m venv .venv-lock
	.venv-lock/bin/python -m pip install --quiet --disable-pip-version-check --upgrade uv
	$(UV_LOCK) --group build pyproject.toml --output-file requirements.lock
	$(UV_LOCK) --group build --group dev --constraints requirements.lock pyproject.toml --output-file requirements-dev.lock

clean:
	rm -rf .venv .venv-lock .venv-rivals out .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find src tests -name __pycache__ -prune -exec rm -rf {} +

# make leaflet   the leaflet: print PDF, screen PDF, web page (sets up whatever is missing first)
# make insert    the insert of 広報るもい (an invented sample): one A4 sheet, the same files
# make koho      the newsletter 広報るもい, eight pages (an invented sample): every edition, and its pages as pictures
# make brochures the insert and the invented samples of every other brochure: flyer, tri-fold, poster, programme, leaflets of three and five pillars
# make desk      the desk opens in the browser, with the sample issues
# make test      every check and test (the same)
# make archive   the issues that come with it released and kept (the invented one in archive-samples/), verified; the archive's site
# make wheel     dist/koho_pdf-….whl: the program with all that `koho init` writes, tried in an empty environment
# make findings  docs/findings.md out of what the program says each finding means (src/koho_pdf/findings/*.yaml), docs/rules.md, docs/keys.md
# make judges    what programs of others say about what we make; writes docs/conformance.md, copying.md, reading.md and spoken/
# make bench     measure the build against plain WeasyPrint, and the archive's search; writes docs/benchmarks.md
# make compare-composition   the specimen set here and by other engines, judged line by line; writes docs/composition-compare.md
# make lock      pin the newest versions that pyproject.toml allows
# make clean     remove what can be made again; never archive/, archive-samples/ nor out/releases/

ISSUE := content/2013-policy-leaflet
INSERT := content/2027-03-insert
KOHO := content/2027-03-koho
BROCHURES := $(INSERT) content/2027-08-flyer content/2027-04-waste-guide content/2027-11-poster \
	content/2027-09-programme content/2027-policy-three content/2027-policy-five
KEPT := 2012-policy-leaflet 2013-policy-leaflet
OUT := out/$(notdir $(ISSUE))
# Whatever a user's own pip configuration says, packages go into .venv, as wheels, each with the hash in the lock.
PIP_INSTALL = PIP_USER=0 .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input
LOCKED = --require-hashes --only-binary :all: --requirement
UV_LOCK = .venv-lock/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate --no-emit-index-url --no-emit-find-links

.PHONY: leaflet insert koho brochures desk test archive wheel findings judges bench compare-composition lock clean
.DELETE_ON_ERROR:

leaflet: .venv/ready
	.venv/bin/koho build --papers $(ISSUE)
	@printf '\n%s\n' 'できあがり / Ready:'
	@printf '  %s\n' $(OUT)/print.pdf $(OUT)/screen.pdf $(OUT)/web/index.html $(OUT)/pages/

insert: .venv/ready
	.venv/bin/koho build --papers $(INSERT)
	@printf '\n%s\n' 'できあがり / Ready:'
	@printf '  %s\n' $(addprefix out/$(notdir $(INSERT))/,print.pdf screen.pdf web/index.html pages/)

koho: .venv/ready
	.venv/bin/koho build --papers $(addprefix --edition ,print screen web web-single large text data epub) $(KOHO)
	@printf '\n%s\n' 'できあがり / Ready:'
	@printf '  %s\n' $(addprefix out/$(notdir $(KOHO))/,print.pdf screen.pdf web/index.html large.pdf text/ data/ epub/ pages/)

brochures: .venv/ready
	.venv/bin/koho build --papers $(BROCHURES)
	@printf '\n%s\n' 'できあがり / Ready:'
	@printf '  %s\n' $(addsuffix /pages/,$(addprefix out/,$(notdir $(BROCHURES))))

desk: .venv/ready
	.venv/bin/koho desk

test: .venv/ready-to-test
	./check

archive: .venv/ready
	for issue in $(KEPT); do .venv/bin/koho release $$issue && .venv/bin/koho archive add $$issue || exit 1; done
	.venv/bin/koho archive verify
	.venv/bin/koho archive verify --samples
	.venv/bin/koho archive site
	@printf '\n%s\n' 'できあがり / Ready:'
	@printf '  %s\n' archive/ archive-samples/ out/archive-site/index.html

wheel: .venv/ready
	rm -f dist/koho_pdf-*.whl
	PIP_USER=0 .venv/bin/python -m pip wheel --quiet --disable-pip-version-check --no-deps --no-build-isolation --wheel-dir dist .
	tools/try-wheel dist/koho_pdf-*.whl

findings: .venv/ready
	.venv/bin/koho findings --markdown > docs/findings.md
	.venv/bin/koho findings --rules > docs/rules.md
	.venv/bin/koho schema --keys > docs/keys.md

judges: .venv/ready-to-test .venv-judges/ready
	PYTHONPATH=. .venv/bin/python -m judges

bench: .venv/ready
	.venv/bin/python bench/build.py >.venv/benchmarks.md
	@printf '\n\n# Composition\n\nCPU time of rendering and writing, caches warm (bench/composition.py).\n\n' >>.venv/benchmarks.md
	PYTHONPATH=. .venv/bin/python -m bench.composition >>.venv/benchmarks.md
	@printf '\n\n# A newsletter\n\nThe sample of March, and 24 pages (bench/newsletter.py).\n\n' >>.venv/benchmarks.md
	PYTHONPATH=. .venv/bin/python -m bench.newsletter >>.venv/benchmarks.md
	@printf '\n\n# A page alone\n\nOne word changed, from the saved manuscript to the picture of its page (bench/page_alone.py, decision 0038).\n\n' >>.venv/benchmarks.md
	PYTHONPATH=. .venv/bin/python -m bench.page_alone >>.venv/benchmarks.md
	@printf '\n\n# Words compared\n\nCPU time of builds with and without the comparison (bench/collation.py); bar: 5 %%.\n\n' >>.venv/benchmarks.md
	PYTHONPATH=. .venv/bin/python -m bench.collation >>.venv/benchmarks.md
	@printf '\n\n# Archive\n\nSearch among invented articles (bench/archive.py, decision 0013); wall clock, file cache warm.\n\n' >>.venv/benchmarks.md
	PYTHONPATH=. .venv/bin/python -m bench.archive >>.venv/benchmarks.md
	@printf '\n\n# The archive as a site\n\nInvented issues and articles (bench/archive_site.py, decision 0018); wall clock.\n\n' >>.venv/benchmarks.md
	PYTHONPATH=. .venv/bin/python -m bench.archive_site >>.venv/benchmarks.md
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

# The judges are nobody's dependency: pip's and npm's live apart from ours, and are pinned with hashes as ours are. Those of
# web pages (npm's devDependencies, 200 packages) are heard by `make judges` alone.
NPM_CI = npm ci --prefix .venv-judges --omit=optional --ignore-scripts --no-audit --no-fund --loglevel=error

.venv-judges/few: requirements-judges.lock judges/package.json judges/package-lock.json tools/system-packages
	rm -rf .venv-judges
	python=$$(tools/system-packages judges) && "$$python" -m venv .venv-judges
	PIP_USER=0 .venv-judges/bin/python -m pip install --quiet --disable-pip-version-check --no-input $(LOCKED) requirements-judges.lock
	cp judges/package.json judges/package-lock.json .venv-judges
	$(NPM_CI) --omit=dev
	touch $@

.venv-judges/ready: .venv-judges/few
	$(NPM_CI)
	touch $@

lock:
	python3 -m venv .venv-lock
	.venv-lock/bin/python -m pip install --quiet --disable-pip-version-check --upgrade uv
	$(UV_LOCK) --extra gate --extra desk --group build pyproject.toml --output-file requirements.lock
	$(UV_LOCK) --extra gate --extra desk --group build --group dev --constraints requirements.lock pyproject.toml --output-file requirements-dev.lock
	$(UV_LOCK) --group judges --output-file requirements-judges.lock

clean:
	if [ -d out ]; then find out -mindepth 1 -maxdepth 1 ! -name releases -exec rm -rf {} +; fi
	rm -rf dist .venv .venv-judges .venv-lock .venv-rivals .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find src tests -name __pycache__ -prune -exec rm -rf {} +

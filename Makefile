# make run    set up the environment if needed, run all scenarios, write tables, figures and the page to results/default/, and the explorer
# make test   set up the environment if needed, run the tests
# make check  the tests that take long by nature too: a wheel in a fresh environment, types, times
# make bench  print how fast this machine runs the model, and how far that is from NumPy's own floor
# make campaign  make faults of every kind on purpose and count what they cost: MINUTES=25 SEED=1 (docs/reliability.md)
# make docs   renew what pages of docs/ quote (tables and code of the model, help of the commands, scripts of the gallery), and the schemas for editors
# make site   build the site from docs/, offline: then open site/index.html
# make gallery  run the scripts of the gallery again and store what they print and draw
# make lock   renew requirements.lock, the hashes of what constraints.txt names (needs uv, from PyPI)
# make audit  look for known vulnerabilities in what requirements.lock names (needs pip-audit, from PyPI, and its database of advisories)
PYTHON ?= python3
BIN := .venv/bin
MINUTES ?= 25
SEED ?= 1

.PHONY: run test check bench campaign docs site gallery lock audit

run: .venv/ready
	$(BIN)/spheres run
	$(BIN)/spheres run baseline --worlds 10000 --name explorer --no-plots
	$(BIN)/spheres explore --page
	$(BIN)/spheres compare results/default --no-pictures

test: .venv/ready
	$(BIN)/python -m pytest -n auto

check: .venv/ready
	$(BIN)/python -m pytest -n auto -m "slow or not slow"

bench: .venv/ready
	$(BIN)/python -m sim.benchmark

campaign: .venv/ready
	$(BIN)/python -m tests.campaign --minutes $(MINUTES) --seed $(SEED)

docs: .venv/ready
	$(BIN)/python -m sim.documentation
	$(BIN)/python -m sim.cli.command_reference

site: .venv/ready
	$(BIN)/python -m sphinx --quiet --fresh-env --fail-on-warning --keep-going --builder html docs site

gallery: .venv/ready
	$(BIN)/python docs/builder/run_gallery.py
	$(BIN)/python -m sim.documentation

lock: .venv/ready
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt 'uv>=0.5,<1'
	grep '^#' requirements.lock > requirements.lock.new
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate \
	    --extra test --extra calibrate --extra cluster --extra docs --extra explorer --constraint constraints.txt pyproject.toml >> requirements.lock.new
	mv requirements.lock.new requirements.lock

audit: .venv/ready
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt 'pip-audit>=2.7,<3'
	$(BIN)/python -m pip_audit --strict --require-hashes --disable-pip --requirement requirements.lock

.venv/ready: pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Python 3.11 or newer is needed; name one with: make PYTHON=python3.12 ...")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[test,calibrate,cluster,docs,explorer]'
	touch $@

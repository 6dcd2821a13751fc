#!/bin/sh
# Writes requirements/*.lock: hashes for every platform, no addresses, so that any package index serves.
set -eu
options="--quiet --universal --python-version 3.11 --no-header --no-annotate
         --generate-hashes --no-emit-index-url --no-emit-find-links"
compile() { uv pip compile $options pyproject.toml "$@"; }
compile --extra operator --group deploy --group local --group tests -o requirements/develop.lock
compile --constraint requirements/develop.lock -o requirements/runtime.lock
compile --constraint requirements/develop.lock --extra operator --group deploy -o requirements/deploy.lock
grep '^uv==' requirements/develop.lock | tr -d ' \\' |
    uv pip compile $options --constraint requirements/develop.lock -o requirements/bootstrap.lock -
uv pip compile $options --constraint requirements/develop.lock requirements/audit.in -o requirements/audit.lock

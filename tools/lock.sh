#!/bin/sh
# Resolves requirements/*.txt from pyproject.toml: pinned, hashed, for every system and Python at once.
# uv lives in an environment of its own, for this one run.
set -eu

cd "$(dirname "$0")/.."
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
"${PYTHON:-python3}" -m venv "$place/uv"
"$place/uv/bin/python" -m pip install --quiet --disable-pip-version-check uv

resolve() {
    "$place/uv/bin/uv" pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --no-header --no-annotate "$@"
}

# --upgrade is for whoever wants newer versions: UPGRADE=--upgrade make lock
resolve pyproject.toml --group dev ${UPGRADE:-} --output-file requirements/test.txt
# The same versions for running: a narrower choice from the same resolution.
rm -f requirements/run.txt
resolve pyproject.toml --constraint requirements/test.txt --output-file requirements/run.txt
if grep -n -E '://' requirements/*.txt; then
    echo "requirements/ must not hold addresses" >&2
    exit 1
fi

#!/bin/sh
# Write requirements.lock: the newest versions that fit pyproject.toml on the oldest Python served.
#
#   tools/lock.sh [a Python 3.11 to use]
set -eu

cd "$(dirname "$0")/.."
away=$(mktemp -d)
trap 'rm -rf "$away"' EXIT

tools/make_venv.sh "$away/venv" "${1:-}"
"$away/venv/bin/python" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11) and "the lock is made with Python 3.11")'
"$away/venv/bin/python" -m pip install --quiet --disable-pip-version-check --dry-run --ignore-installed \
    --report "$away/report.json" setuptools '.[dev,benchmarks]'
"$away/venv/bin/python" - "$away/report.json" >requirements.lock <<'PYTHON'
import json
import re
import sys
from pathlib import Path

chosen = (found["metadata"] for found in json.loads(Path(sys.argv[1]).read_text())["install"])
versions = {re.sub("[-_.]+", "-", each["name"]).lower(): each["version"] for each in chosen}
versions.pop("wedge-wargame")
print("# The exact versions that `make` installs. Written by `make lock`; fits Python 3.11 to 3.13.")
for name in sorted(versions):
    print(f"{name}=={versions[name]}")
PYTHON

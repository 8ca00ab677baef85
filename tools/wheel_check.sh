#!/bin/sh
# Build sdist and wheel, install the wheel in an environment of its own, and try it from elsewhere.
#
#   tools/wheel_check.sh [tests to run against the wheel; tests/test_package.py unless named]
set -eu

here=$(cd "$(dirname "$0")/.." && pwd)
venv=$here/.venv
away=$(mktemp -d)
trap 'rm -rf "$away"' EXIT

cd "$here"
tests=${*:-tests/test_package.py}
# Without --wheel the wheel is built from the sdist, so both are tried.
"$venv/bin/python" -m build --no-isolation --outdir "$away/dist" . >"$away/build.log" 2>&1 || {
    cat "$away/build.log" >&2
    exit 1
}
tools/make_venv.sh "$away/venv" "$venv/bin/python"
wheel=$(echo "$away"/dist/*.whl)
"$away/venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps "$wheel"
# What it needs is taken from the environment of the checks, which holds the same; paths named in a .pth file are
# searched last and bring no .pth files of their own, so the package of the source tree stays out.
"$venv/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))' \
    >"$("$away/venv/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/needed.pth"

absolute=
for each in $tests; do absolute="$absolute $here/$each"; done
cd "$away"
"$away/venv/bin/python" -c '
import sys, wedge
assert wedge.__file__.startswith(sys.prefix), wedge.__file__
print("wedge", wedge.__version__, "from the wheel")
'
"$away/venv/bin/wedge" --help >/dev/null
# shellcheck disable=SC2086
"$away/venv/bin/python" -m pytest --config-file "$here/pyproject.toml" -p no:cacheprovider --quiet $absolute

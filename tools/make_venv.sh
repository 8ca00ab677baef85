#!/bin/sh
# Make a virtual environment in the folder named, with a Python that really runs and pip in it.
#
#   tools/make_venv.sh .venv [a Python to use]
#
# A name on the PATH proves nothing (version managers leave shims that fail), so every candidate
# is executed. Debian's Python may come without ensurepip; then its own pip fills the environment.
set -eu

folder=$1
wanted=${2:-}

suits() {
    "$1" -c 'import sys, venv; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' >/dev/null 2>&1
}

candidates() {
    for name in python3.11 python3.12 python3.13 python3 python; do
        echo "$PATH" | tr ':' '\n' | while read -r place; do
            if [ -x "$place/$name" ]; then echo "$place/$name"; fi
        done
        for version in 3.11 3.12 3.13; do
            for found in "${PYENV_ROOT:-$HOME/.pyenv}"/versions/"$version".*/bin/"$name"; do
                if [ -x "$found" ]; then echo "$found"; fi
            done
        done
    done
}

fill() {
    rm -rf "$folder"
    "$1" -m venv "$folder" >/dev/null 2>&1 && return
    rm -rf "$folder"
    "$1" -m venv --without-pip "$folder" && "$1" -m pip --python "$folder/bin/python" install --quiet pip
}

if [ -n "$wanted" ]; then
    suits "$wanted" || { echo "$wanted is no working Python 3.11, 3.12 or 3.13" >&2; exit 2; }
    fill "$wanted"
    exit
fi

list=$(candidates)
old_ifs=$IFS
IFS='
'
for python in $list; do
    if suits "$python" && fill "$python"; then
        IFS=$old_ifs
        echo "using $python" >&2
        exit
    fi
done
echo "no working Python 3.11, 3.12 or 3.13 found; name one with make PYTHON=/path/to/python" >&2
exit 2

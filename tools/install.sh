#!/usr/bin/env bash
# Install the locked requirements into .venv, which is made if it is missing: tools/install.sh run|dev
set -eu
cd "$(dirname "$0")/.."
python=.venv/bin/python

# The version is asked for by running it: a shim on PATH need not have a Python behind it.
new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

make_venv() {
  if command -v uv >/dev/null; then
    uv venv --quiet --python '>=3.11' .venv && return
  fi
  for candidate in python3.11 python3 python3.12 python3.13 python3.14 python; do
    if new_enough "$candidate"; then
      "$candidate" -m venv .venv && return
      rm -rf .venv  # what a failed attempt left
      echo "$candidate has no venv module (on Debian and Ubuntu: apt-get install python3-venv)." >&2
      exit 1
    fi
  done
  echo "The reader needs Python 3.11 or newer; none was found on PATH." >&2
  exit 1
}

install() {
  if command -v uv >/dev/null; then
    uv pip install --quiet --python "$python" --require-hashes -r "$1"
  elif [ -x .venv/bin/uv ]; then
    .venv/bin/uv pip install --quiet --python "$python" --require-hashes -r "$1"
  else
    "$python" -m pip install --quiet --disable-pip-version-check --require-hashes -r "$1"
  fi
}

# uv installs in seconds what takes pip a minute, so the makers' requirements begin with it.
install_uv() {
  local lines
  lines=$(mktemp)
  awk '/^[^ #]/ { ours = /^uv==/ } ours' requirements-dev.txt >"$lines"
  install "$lines" || echo "uv could not be installed; going on with pip." >&2
  rm -f "$lines"
}

[ -x "$python" ] || make_venv
case "$1" in
  run) install requirements.txt ;;
  dev)
    command -v uv >/dev/null || [ -x .venv/bin/uv ] || install_uv
    install requirements.txt
    install requirements-dev.txt
    ;;
esac

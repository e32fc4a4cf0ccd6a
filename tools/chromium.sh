#!/usr/bin/env bash
# Make sure that there is a Chromium for the browser tests: the system's, else Debian's, else Playwright's own.
# Exit status 75 where none can be had.
set -u

found() { command -v chromium || command -v chromium-browser || command -v google-chrome; }

playwrights() {
  "$(dirname "$0")/../.venv/bin/python" - <<'PY'
import os, sys
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    sys.exit(not os.path.exists(playwright.chromium.executable_path))
PY
}

found && exit 0
playwrights && exit 0

echo "No Chromium on PATH: installing one."
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core >/dev/null
  found && exit 0
fi
"$(dirname "$0")/../.venv/bin/playwright" install chromium && playwrights && exit 0

echo "No Chromium could be had. Install chromium or google-chrome, or run: .venv/bin/playwright install chromium"
exit 75

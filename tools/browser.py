"""The Chromium that tests and figures drive: the system's own, and one that calls nobody."""

import os
import shutil
from typing import Any

QUIET = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def chromium() -> str | None:
    """The path of the system's Chromium, None where Playwright's own has to do."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if path := shutil.which(name):
            return path
    return None


def launch_options() -> dict[str, Any]:
    """What Playwright is told when it starts one."""
    # Chromium's sandbox refuses to run as root.
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    found = {"executable_path": path} if (path := chromium()) else {}
    return {"args": [*QUIET, *sandbox], **found}

"""Run the stages of checks and tests named on the command line; all of them without a name.

Two stages run at a time, since a small machine has two cores; each stage's output is shown whole when it
ends. The browser's tests run alone, so that nothing else slows them. A stage that cannot run on this machine
says so, and fails where CI is set.
"""

import os
import re
import secrets
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from tools.postgres import CANNOT_RUN

BIN = Path(sys.executable).parent
MANAGE = [sys.executable, "manage.py"]
PYTEST = [sys.executable, "-m", "pytest", "-q"]
SHORT = ["--output-format", "concise"]
WITHOUT_BROWSER = [*PYTEST, "--ignore=tests/browser"]
SUMMARY = re.compile(r"[^\n]* in \d+\.\d\ds.*\Z")
COUNT = re.compile(r"(\d+) (passed|failed|error|skipped|xfailed)")
# {tmp} is a folder made for the stage.
SQLITE = {"DATABASE_URL": "sqlite:///{tmp}/reader.sqlite3"}
PRODUCTION = {
    **SQLITE,
    "DEBUG": "0",
    "HTTPS": "1",
    "SECRET_KEY": secrets.token_urlsafe(60),
    "ALLOWED_HOSTS": "reader.example",
    "STATIC_ROOT": "{tmp}/static",
}


@dataclass(frozen=True)
class Stage:
    """A row of commands, ended by the first that fails."""

    name: str
    title: str
    commands: list[list[str]]
    env: dict[str, str] = field(default_factory=dict)
    alone: bool = False


@dataclass(frozen=True)
class Outcome:
    """What came of a stage: its exit status, its output, its seconds."""

    stage: Stage
    status: int
    output: str
    seconds: float

    @property
    def cannot_run(self) -> bool:
        """Whether the machine lacks what the stage needs."""
        return self.status == CANNOT_RUN

    @property
    def failed(self) -> bool:
        """Whether the whole run fails for it."""
        return self.status != 0 and not (self.cannot_run and not os.environ.get("CI"))

    @property
    def counts(self) -> Counter[str]:
        """pytest's counts by outcome; a stage that fails without any counts as one failed."""
        summary = SUMMARY.search(self.output)
        found = COUNT.findall(summary[0]) if summary else []
        counts = Counter({word: int(number) for number, word in found})
        if self.failed and not counts["failed"] + counts["error"]:
            counts["failed"] = 1
        return counts

    def __str__(self) -> str:
        word = "CANNOT RUN HERE" if self.cannot_run else "FAILED" if self.failed else "ok"
        return f"== {self.stage.title}: {word}, {self.seconds:.1f} s ==\n{self.output}\n"


def stages() -> list[Stage]:
    """Every stage, the long ones first."""
    templates = sorted(str(path) for path in Path("templates").rglob("*.html"))
    return [
        Stage(
            "postgresql",
            "Tests on PostgreSQL",
            [[sys.executable, "-m", "tools.postgres", *WITHOUT_BROWSER]],
        ),
        Stage("sqlite", "Tests on SQLite", [WITHOUT_BROWSER], SQLITE),
        Stage("types", "Types", [[f"{BIN}/mypy"]]),
        Stage(
            "style",
            "Style",
            [[f"{BIN}/ruff", "check", *SHORT, "."], [f"{BIN}/ruff", "format", "--check", *SHORT, "."]],
        ),
        Stage(
            "templates",
            "Templates",
            [
                [f"{BIN}/djade", "--check", "--target-version", "5.2", *templates],
                [f"{BIN}/djlint", "--lint", "--quiet", "templates"],
            ],
        ),
        Stage("imports", "Imports go down only", [[f"{BIN}/lint-imports", "--no-cache", "--no-logo"]]),
        Stage(
            "deploy",
            "Migrations, settings and static files as in production",
            [
                [*MANAGE, "makemigrations", "--check", "--dry-run"],
                [*MANAGE, "check", "--deploy", "--fail-level", "WARNING"],
                [*MANAGE, "collectstatic", "--noinput", "--verbosity=0"],
            ],
            PRODUCTION,
        ),
        Stage(
            "browser",
            "Tests in Chromium",
            [["tools/chromium.sh"], [*PYTEST, "-n", "2", "tests/browser"]],
            SQLITE,
            alone=True,
        ),
    ]


def run(stage: Stage) -> Outcome:
    """Run a stage to its end."""
    began = time.monotonic()
    output = []
    status = 0
    with tempfile.TemporaryDirectory(prefix="reader-check-") as tmp:
        env = os.environ | {name: value.format(tmp=tmp) for name, value in stage.env.items()}
        for command in stage.commands:
            done = subprocess.run(
                command,
                env=env,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
            )
            output.append(done.stdout)
            status = done.returncode
            if status:
                break
    return Outcome(stage, status, "".join(output).strip(), time.monotonic() - began)


printing = threading.Lock()


def run_and_show(stage: Stage) -> Outcome:
    """Run a stage and print what it said."""
    outcome = run(stage)
    with printing:
        print(outcome, flush=True)
    return outcome


def main(names: list[str]) -> int:
    """Run the stages of these names and sum up; the exit status is 1 where one failed."""
    began = time.monotonic()
    chosen = [stage for stage in stages() if not names or stage.name in names]
    print("Running: " + ", ".join(stage.name for stage in chosen) + "\n", flush=True)
    with ThreadPoolExecutor(max_workers=2) as lanes:
        outcomes = list(lanes.map(run_and_show, (stage for stage in chosen if not stage.alone)))
    outcomes += [run_and_show(stage) for stage in chosen if stage.alone]

    for outcome in outcomes:
        if outcome.failed or outcome.cannot_run:
            print(f"{outcome.stage.title}: {'could not run' if outcome.cannot_run else 'failed'}")
    total = sum((outcome.counts for outcome in outcomes), Counter[str]())
    counted = ", ".join(
        f"{total[word]} {word}" for word in ("failed", "error", "passed", "skipped") if total[word]
    )
    print(f"== {counted or 'all well'} in {time.monotonic() - began:.1f} s ==")
    return int(any(outcome.failed for outcome in outcomes))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""The reader under gunicorn, as the figures want it, and what a browser and /proc say of it.

One worker of four threads unless more are asked for, SQLite in a temporary folder, DEBUG off, seeds loaded,
static files collected.
"""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

ROUNDS = 12
BATCH = 100
TICKS = os.sysconf("SC_CLK_TCK")
HOST = "127.0.0.1"
# Seconds; the server keeps a connection for twice as long.
IDLE = 30


def environment(folder: Path) -> dict[str, str]:
    """What the settings read; the originals stay out, so that every machine measures the same texts."""
    return {
        "DJANGO_SETTINGS_MODULE": "bench.settings",
        "DEBUG": "0",
        "HTTPS": "0",
        "SECRET_KEY": "bench",
        "ALLOWED_HOSTS": HOST,
        "DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3",
        "STATIC_ROOT": f"{folder}/static",
        "READER_ORIGINALS": "",
        "BENCH_ORIGINALS": os.environ.get("READER_ORIGINALS", ""),
        "LOG_LEVEL": "WARNING",
        "BENCH_FOLDER": str(folder),
    }


@dataclass(frozen=True)
class Answer:
    """A response: its status, its headers in lower case, its body as it was transferred."""

    status: int
    headers: dict[str, str]
    body: bytes


@dataclass
class Server:
    """A running gunicorn, spoken to over one connection that stays open."""

    process: subprocess.Popen[bytes]
    port: int
    folder: Path
    connection: http.client.HTTPConnection = field(init=False)
    spoken: float = field(init=False, default_factory=time.monotonic)

    def __post_init__(self) -> None:
        self.connection = http.client.HTTPConnection(HOST, self.port, timeout=60)

    def get(self, path: str, headers: dict[str, str] | None = None) -> Answer:
        """GET a path as it stands, without following or unpacking."""
        return self.ask("GET", path, headers)

    def post(self, path: str, form: dict[str, str], headers: dict[str, str]) -> Answer:
        """POST a form, whose headers have to bring its token, and be told that it made something."""
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        answer = self.ask("POST", path, {**headers, **kind}, urlencode(form))
        if answer.status != 201:
            raise RuntimeError(f"{path} answered {answer.status}: {answer.body[:300]!r}")
        return answer

    def ask(
        self, method: str, path: str, headers: dict[str, str] | None = None, form: str | None = None
    ) -> Answer:
        """Send a request as it stands."""
        if time.monotonic() - self.spoken > IDLE:
            # A figure that needs no server took longer than the server waits.
            self.connection.close()
        self.connection.request(method, path, form, headers or {})
        response = self.connection.getresponse()
        self.spoken = time.monotonic()
        body = response.read()
        return Answer(response.status, {name.lower(): value for name, value in response.getheaders()}, body)

    def page(self, path: str, headers: dict[str, str] | None = None) -> Answer:
        """GET a page that has to be there."""
        answer = self.get(path, headers)
        if answer.status != 200:
            raise RuntimeError(f"{path} answered {answer.status}: {answer.body[:300]!r}")
        return answer

    def cpu_over_floor(self, name: str, path: str, headers: dict[str, str] | None = None) -> float:
        """The server's CPU per request of a page over that of a bare view with the same bytes.

        1,200 requests of each, in batches that take turns, so that a noisy machine is unjust to both alike.
        """
        (self.folder / f"{name}.html").write_bytes(self.page(path, headers).body)
        spent = self.cpu_of(
            lambda: self.page(path, headers), lambda: self.page(f"/__floor__/{name}", headers)
        )
        return spent[0] / spent[1]

    def cpu_of(
        self, *acts: Callable[[], object], rounds: int = ROUNDS, batch: int = BATCH
    ) -> tuple[float, ...]:
        """The server's seconds of CPU for each of these acts, done so often, in batches that take turns."""
        spent = [0.0] * len(acts)
        for measured in range(-1, rounds):
            for index, act in enumerate(acts):
                before = self.cpu()
                for _ in range(batch):
                    act()
                if measured >= 0:  # the first round warms up
                    spent[index] += self.cpu() - before
        return tuple(spent)

    def cpu(self) -> float:
        """Seconds of user and system time that the server's processes have used."""
        return sum(cpu_seconds(pid) for pid in (self.process.pid, *children(self.process.pid)))

    def seconds(self, path: str) -> float:
        """From the first byte of the request to the last byte of the answer."""
        began = time.perf_counter()
        self.page(path)
        return time.perf_counter() - began


def cpu_seconds(pid: int) -> float:
    """The user and system time of a process with all its threads."""
    # The command's name may hold spaces; what follows its bracket does not.
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def children(pid: int) -> list[int]:
    """The processes that a process has started."""
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as asked:
        asked.bind((HOST, 0))
        port: int = asked.getsockname()[1]
        return port


@contextmanager
def serving(folder: Path, workers: int = 1) -> Iterator[Server]:
    """A server for the library that the environment names, once it answers."""
    port = free_port()
    options = [
        f"--workers={workers}",
        "--threads=4",
        "--keep-alive=60",
        "--log-level=warning",
        "--no-control-socket",
    ]
    command = [sys.executable, "-m", "gunicorn", "reader.wsgi", f"--bind={HOST}:{port}", *options]
    process = subprocess.Popen(command)
    server = Server(process, port, folder)
    try:
        wait(server)
        yield server
    finally:
        server.connection.close()
        process.terminate()
        process.wait(timeout=30)


def wait(server: Server) -> None:
    """Return when the server answers."""
    for _ in range(150):
        try:
            server.page("/healthz")
            return
        except OSError:
            server.connection.close()
            time.sleep(0.2)
    raise RuntimeError("the server does not answer")

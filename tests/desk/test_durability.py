"""A server that is killed while people write: what it acknowledged is there afterwards."""

import http.client
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest

ROOT = Path(__file__).resolve().parents[2]
HOST = "127.0.0.1"
WRITERS, NOTES, KILLED_AFTER = 8, 1_000, 200
FORM = {"Content-Type": "application/x-www-form-urlencoded", "HX-Request": "true"}

# The tables, a text, and eight people who are signed in.
PREPARE = """
from django.core.management import call_command
call_command("migrate", verbosity=0)
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from reader.people.models import User
from tests import make
print(make.document(make.parsed("On Tides", make.paragraph("The tide rose."))).slug)
for number in range(8):
    person = User.objects.create(username=f"writer{number}")
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    print(session.session_key)
"""


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """The settings as they are in production, on a database of its own."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "reader.settings",
        "DEBUG": "0",
        "HTTPS": "0",
        "SECRET_KEY": "durable",
        "ALLOWED_HOSTS": HOST,
        "DATABASE_URL": f"sqlite:///{tmp_path}/reader.sqlite3",
        "LOG_LEVEL": "ERROR",
    }


@pytest.fixture
def server(environment: dict[str, str]) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """gunicorn as the image starts it, and its port."""
    with socket.socket() as asked:
        asked.bind((HOST, 0))
        port = asked.getsockname()[1]
    options = ["--workers=1", "--threads=4", "--log-level=critical", "--no-control-socket"]
    command = [sys.executable, "-m", "gunicorn", "reader.wsgi", f"--bind={HOST}:{port}", *options]
    # A group of its own, so that one signal kills it with its workers.
    process = subprocess.Popen(command, env=environment, cwd=ROOT, start_new_session=True)
    try:
        yield process, port
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(timeout=10)


def manage(environment: dict[str, str], *words: str) -> str:
    """What a management command prints."""
    command = [sys.executable, "manage.py", *words]
    return subprocess.run(
        command, env=environment, cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout


def wait(port: int) -> None:
    """Return when the server answers."""
    for _ in range(100):
        connection = http.client.HTTPConnection(HOST, port, timeout=5)
        try:
            connection.request("GET", "/healthz")
            connection.getresponse().read()
            return
        except OSError:
            time.sleep(0.1)
        finally:
            connection.close()
    raise AssertionError("the server does not answer")


def write(port: int, slug: str, session: str, name: str, acknowledged: list[str]) -> None:
    """Send notes until the server is gone; acknowledged are those that it said it kept."""
    token = "a" * 32
    headers = {**FORM, "Cookie": f"sessionid={session}; csrftoken={token}", "X-CSRFToken": token}
    connection = http.client.HTTPConnection(HOST, port, timeout=10)
    for number in range(NOTES // WRITERS):
        body = f"{name} number {number}"
        form = urlencode({"start": 9, "end": 12, "exact": "The", "kind": "note", "body": body})
        try:
            connection.request("POST", f"/read/{slug}/annotations/", form, headers)
            answer = connection.getresponse()
            page = answer.read()
        except (OSError, http.client.HTTPException):
            break
        if answer.status == 201 and b"</section>" in page:
            acknowledged.append(body)
    connection.close()


def test_what_was_acknowledged_before_a_kill_is_there_afterwards(
    environment: dict[str, str], server: tuple[subprocess.Popen[bytes], int], tmp_path: Path
) -> None:
    process, port = server
    slug, *sessions = manage(environment, "shell", "--no-imports", "-c", PREPARE).split()
    wait(port)
    acknowledged: list[str] = []
    writers = [
        threading.Thread(target=write, args=(port, slug, session, f"writer {number}", acknowledged))
        for number, session in enumerate(sessions)
    ]
    for writer in writers:
        writer.start()
    while len(acknowledged) < KILLED_AFTER and any(writer.is_alive() for writer in writers):
        time.sleep(0.005)
    os.killpg(process.pid, signal.SIGKILL)
    for writer in writers:
        writer.join(timeout=20)
    assert KILLED_AFTER <= len(acknowledged) < NOTES
    kept = sqlite3.connect(tmp_path / "reader.sqlite3")
    assert kept.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    rows = kept.execute(
        "SELECT body FROM reader_annotation JOIN reader_target ON annotation_id = reader_annotation.id"
        " JOIN reader_passage ON passage_id = reader_passage.id WHERE exact = 'The'"
    )
    bodies = {body for (body,) in rows}
    assert set(acknowledged) <= bodies
    # No note is there by half: each has its change.
    made = kept.execute("SELECT count(*) FROM reader_change WHERE annotation_id IS NOT NULL").fetchone()[0]
    assert made == len(bodies)
    kept.close()

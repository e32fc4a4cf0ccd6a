"""What the settings make of the environment, and what the site promises whatever they are."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from reader.settings import database

PRODUCTION = {"SECRET_KEY": "a-key-for-this-test", "ALLOWED_HOSTS": "reader.example", "DEBUG": "0"}


def run(*command: str, **env: str) -> subprocess.CompletedProcess[str]:
    """Run Python in the project's folder with this environment alone."""
    path = {"PATH": os.environ["PATH"]}
    return subprocess.run([sys.executable, *command], env=path | env, capture_output=True, text=True)


def value_of(name: str, **env: str) -> str:
    """A setting as another process reads it from this environment."""
    done = run("-c", f"from reader import settings; print(settings.{name})", **env)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_a_site_without_a_secret_key_does_not_start() -> None:
    done = run("-c", "import reader.settings", DEBUG="0")
    assert done.returncode != 0
    assert "SECRET_KEY" in done.stderr


def test_debug_is_off_unless_asked_for() -> None:
    assert value_of("DEBUG", SECRET_KEY="x") == "False"


def test_a_site_behind_https_keeps_its_cookies_there() -> None:
    names = "SESSION_COOKIE_SECURE, settings.CSRF_COOKIE_SECURE, settings.SECURE_SSL_REDIRECT"
    assert value_of(names, **PRODUCTION, HTTPS="1") == "True True True"


def test_postgresql_is_chosen_by_its_address() -> None:
    config = database("postgres://reader:secret@db.example:5432/texts")
    assert config["ENGINE"] == "django.db.backends.postgresql"
    assert (config["HOST"], config["NAME"]) == ("db.example", "texts")


def test_sqlite_waits_for_a_writer_and_lets_readers_read(db: None) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("this run is on another database")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode")
        assert cursor.fetchone() == ("wal",)
        cursor.execute("PRAGMA busy_timeout")
        assert cursor.fetchone() == (20_000,)
    assert settings.DATABASES["default"]["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_no_page_may_run_inline_code_or_ask_another_host(client: Client) -> None:
    policy = client.get("/healthz")["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy

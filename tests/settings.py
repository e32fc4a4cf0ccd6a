"""The reader's settings as tests want them: quick passwords, tasks done at once, plain static names."""

import atexit
import os
import shutil
import tempfile

os.environ["DEBUG"] = "1"
os.environ["TASKS_BACKEND"] = "django_tasks.backends.immediate.ImmediateBackend"

from reader.settings import *  # noqa: F403
from reader.settings import DATABASES

DEBUG = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, because the threads of a live server would share one connection to a database in memory. In a
    # folder of its own, because several runs may go on at once and SQLite leaves its -wal and -shm behind.
    folder = tempfile.mkdtemp(prefix="reader-test-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    # What is lost in a crash of a test is wanted by nobody.
    DATABASES["default"]["OPTIONS"]["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"
    DATABASES["default"]["TEST"] = {"NAME": f"{folder}/test.sqlite3"}

"""The reader's settings as tests want them: quick passwords, tasks done at once, static files by plain name."""

import os
import tempfile
from pathlib import Path

os.environ["DEBUG"] = "1"
os.environ["TASKS_BACKEND"] = "django_tasks.backends.immediate.ImmediateBackend"

from reader.settings import *  # noqa: F403
from reader.settings import DATABASES

DEBUG = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, because the threads of a live server would share one connection to a database in memory. Named
    # by the process, because several runs may go on at once.
    name = f"reader-test-{os.getpid()}.sqlite3"
    DATABASES["default"]["TEST"] = {"NAME": Path(tempfile.gettempdir()) / name}

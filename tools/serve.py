"""Serve the reader on this machine, with its background worker; Ctrl-C stops both.

Django's own server is used, not gunicorn: it reloads changed code, shows errors, and serves static files from
where they are written. The Dockerfile has the server for other people.
"""

import io
import os
import signal
import subprocess
import sys
import time

import django
from django.core.management import CommandError, call_command


def main() -> int:
    """Bring the database up to date, load the seeds, and serve until one of the two processes ends."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reader.settings")
    os.environ.setdefault("DEBUG", "1")
    os.environ.setdefault("DJANGO_RUNSERVER_HIDE_WARNING", "true")
    # Being told to end is like Ctrl-C: the two processes must not outlive this one.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    django.setup()
    address = f"127.0.0.1:{os.environ.get('PORT') or 8000}"
    call_command("migrate", verbosity=0)
    call_command("relay")
    print(f"\nThe facing page: http://{address}{load_seeds()}\nCtrl-C stops.\n", flush=True)
    commands = ["db_worker"], ["runserver", address]
    processes = [subprocess.Popen([sys.executable, "manage.py", *command]) for command in commands]
    try:
        while all(process.poll() is None for process in processes):
            time.sleep(0.2)
    except KeyboardInterrupt:
        return 0
    finally:
        stop(processes)
    return 1


def load_seeds() -> str:
    """Load the seeds and give the path of the facing page, the front page's where no pair could be loaded."""
    printed = io.StringIO()
    try:
        call_command("load_seeds", stdout=printed)
    except CommandError as error:
        # What could be loaded can be read.
        print(error, file=sys.stderr)
    return printed.getvalue().strip() or "/"


def stop(processes: list[subprocess.Popen[bytes]]) -> None:
    """Ask the processes to end, and make them after ten seconds."""
    for process in processes:
        process.terminate()
    for process in processes:
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


if __name__ == "__main__":
    sys.exit(main())

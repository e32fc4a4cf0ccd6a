"""Print every figure: one line `bench: NAME = VALUE` each."""

import os
import sys
import tempfile
import time
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import django

from bench import figures
from bench.server import environment, serving


def main() -> None:
    """Make the library, serve it, and measure."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="reader-bench-") as named:
        folder = Path(named)
        os.environ.update(environment(folder))
        django.setup()
        from bench.library import make_library

        library = make_library(folder)
        with serving(folder) as server:
            for module in iter_modules(figures.__path__):
                measure = import_module(f"bench.figures.{module.name}").measure
                for name, value in measure(library, server).items():
                    print(
                        f"bench: {name} = {value:.3g}" if value < 1000 else f"bench: {name} = {value:.0f}",
                        flush=True,
                    )
    print(f"took {time.monotonic() - began:.0f} s", file=sys.stderr)


if __name__ == "__main__":
    main()

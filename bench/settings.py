"""The reader's own settings, with bare views beside its pages."""

from reader.settings import *  # noqa: F403

ROOT_URLCONF = "bench.urls"

"""Static files under hashed names, with the imports between our ES modules rewritten too."""

from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStorage(CompressedManifestStaticFilesStorage):
    """whitenoise's storage; each import in our modules ends in a semicolon, or Django leaves it unhashed.

    Only our modules: Django would take the imports in the comments of others' files for real ones.
    """

    # A pass for each module in the longest chain of imports; Django's five are too few.
    max_post_process_passes = 20

    patterns: Any = (
        *CompressedManifestStaticFilesStorage.patterns,
        ("js/*.js", CompressedManifestStaticFilesStorage._js_module_import_aggregation_patterns[1]),
    )

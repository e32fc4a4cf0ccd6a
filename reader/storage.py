"""Static files under hashed names, with the imports between our ES modules rewritten too."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStorage(CompressedManifestStaticFilesStorage):
    """whitenoise's storage; every import in our modules ends in a semicolon, or Django would leave it unhashed."""

    support_js_module_import_aggregation = True

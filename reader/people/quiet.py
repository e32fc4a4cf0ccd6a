"""Keeps the secrets of invitations and links out of the logs: an address is written down without them."""

import logging
import re

SECRET = re.compile(r"(/join/(?!class/)|/view/)[^/\s?#\"']+")
# These write down every address and have handlers of their own; the other loggers come by the console's.
SERVERS = ("gunicorn.access", "django.server")


def without_secrets(words: str) -> str:
    """The same words, without the secrets in addresses."""
    return SECRET.sub(r"\1…", words)


class HideSecrets(logging.Filter):
    """Lets every record through, without secrets."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite a record that would tell one."""
        said = record.getMessage()
        if (told := without_secrets(said)) != said:
            record.msg, record.args = told, ()
        return True


def keep_servers_quiet() -> None:
    """Have the servers' own logs filtered, too."""
    for name in SERVERS:
        logging.getLogger(name).addFilter(HideSecrets())

"""manage.py empty_trash: delete for good what lies in people's trash for a month; for a daily timer."""

from typing import Any

from django.core.management.base import BaseCommand

from reader.annotate.trash import purge
from reader.share.view_actions import purge as purge_views


class Command(BaseCommand):
    """Delete annotations and views that were deleted more than 30 days ago, with their history."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        """Delete them, and say how many there were."""
        gone = purge()
        purge_views()
        self.stdout.write(f"{gone} annotation{'' if gone == 1 else 's'} deleted for good.")

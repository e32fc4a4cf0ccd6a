"""What the library tells the stages above it."""

from django.dispatch import Signal

# revision: the Revision just kept; previous: the document's Revision before it, or None. Sent inside the
# transaction, after every table is written: a receiver that raises undoes the keeping.
revision_kept = Signal()

"""What the library tells the stages above it."""

from django.dispatch import Signal

# revision: the Revision just kept; previous: the document's Revision before it, or None. Sent inside the
# transaction, after every table is written: a receiver that raises undoes the keeping.
revision_kept = Signal()

# document: a text that more people may read from now on, or fewer. Sent inside the transaction.
readers_changed = Signal()

# document: one that somebody thinks of deleting. Receivers return list[str]: what would become of what others
# added to it, in sentences.
asked_what_goes = Signal()

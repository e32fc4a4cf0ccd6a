"""What annotating tells the stages above it."""

from django.dispatch import Signal

# change: a Change that is about to be taken back, or done again (who forbids it raises NotUndone); and one
# that just was. Both are sent inside its transaction.
change_turning, change_turned = Signal(), Signal()

# annotations: keys of those that were deleted, restored, moved, hidden, made nameless, or deleted for good.
# Sent once the rows are written, inside the transaction; not where something is only made.
annotations_changed = Signal()

# layer: a teaching one that is shown in other classes from now on. Sent inside the transaction; not where its
# owner left a class, or leads it no more: people.signals tell of that.
showings_changed = Signal()

"""What annotating tells the stages above it."""

from django.dispatch import Signal

# change: a Change that was just taken back, or done again. Sent inside its transaction.
change_turned = Signal()

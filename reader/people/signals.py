"""What the stages above are told of people."""

from django.dispatch import Signal

# Sent with person and asking. Asking: say what would become of what they made, in sentences, and change
# nothing. Otherwise: do it, in the transaction in which the account goes. Receivers return list[str].
account_leaving = Signal()

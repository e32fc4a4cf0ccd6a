"""What the stages above are told of people."""

from django.dispatch import Signal

# Sent with person and asking. Asking: say what would become of what they made, in sentences, and change
# nothing. Otherwise: do it, in the transaction in which the account goes. Receivers return list[str].
account_leaving = Signal()

# membership: of somebody who has just left a class or was removed; choice: a class_models.Written, what is to
# become of what they wrote there. Sent inside the transaction.
left_class = Signal()

# membership: of somebody whose removal is being taken back; choice: the one that left_class was sent with.
returned_to_class = Signal()

# membership: of somebody who has just become something else in a class. Sent inside the transaction.
role_changed = Signal()

# source and copy: a class, and the one that continues it in the next term. Sent inside the transaction, once
# those who lead and assist are in the copy.
class_copied = Signal()

# request, group (a class) and standing (what the visitor is in it): its page is asked for. Receivers return
# HTML that stands on it, below what the class is; "" where they have nothing.
class_shown = Signal()

"""What cannot be done with annotations, said to whoever asked for it."""


class NotDone(ValueError):
    """Something that cannot be done as asked; the message says what to do."""

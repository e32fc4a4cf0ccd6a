"""Views of texts given to classes and by link, and what instructors see of their classes."""

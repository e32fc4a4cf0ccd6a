"""What those who moderate a class look at: open flags, what is hidden, and who did what when."""

from django.db.models import QuerySet

from reader.annotate.prompt_models import Flag
from reader.people.class_models import Class


def open_flags(group: Class) -> QuerySet[Flag]:
    """The flags that nobody has settled yet, on what is there."""
    return Flag.objects.filter(
        annotation__layer__group=group, annotation__deleted_at__isnull=True, settled_at__isnull=True
    )

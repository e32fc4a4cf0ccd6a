"""What is written in a class's layer, as discussions: the newest first, narrowed by a filter."""

from django.db.models import Exists, OuterRef

from reader.annotate.models import Annotation
from reader.annotate.querysets import AnnotationQuerySet
from reader.library.querysets import Reader
from reader.people.class_models import Class


def written_in(group: Class, user: Reader) -> AnnotationQuerySet:
    """All that this person sees in the layer of the class."""
    return Annotation.objects.visible_to(user).filter(layer__group=group)


def open_questions(annotations: AnnotationQuerySet) -> AnnotationQuerySet:
    """The questions among these that are not marked as answered, and to which nobody else has replied."""
    replies = Annotation.objects.filter(
        parent=OuterRef("pk"), deleted_at__isnull=True, hidden_at__isnull=True
    ).exclude(author=OuterRef("author"))
    questions = annotations.filter(kind=Annotation.Kind.QUESTION, answered_at__isnull=True)
    return questions.filter(~Exists(replies))

"""What those who moderate look at: what is flagged, what is hidden, and who did what when."""

from django.db.models import Count, F, Max, Prefetch, Q, QuerySet

from reader.annotate.listing import with_everything
from reader.annotate.models import Annotation, Change, Layer
from reader.annotate.moderating import VERBS, in_care_of
from reader.annotate.prompt_models import Flag
from reader.annotate.querysets import AnnotationQuerySet
from reader.people.class_models import Class
from reader.people.models import User

# Of the people who flagged the same, so many are named.
FLAGS_SHOWN = 20


def looked_after(by: User, group: Class | None) -> AnnotationQuerySet:
    """What this person looks after in a class; without one, what is everybody's."""
    there = in_care_of(by)
    return there.filter(layer__group=group) if group else there.filter(layer__kind=Layer.Kind.PUBLIC)


def open_flags(group: Class) -> QuerySet[Flag]:
    """The flags that nobody has settled yet, on what is there."""
    return Flag.objects.filter(
        annotation__layer__group=group, annotation__deleted_at__isnull=True, settled_at__isnull=True
    )


def flagged(by: User, group: Class | None) -> QuerySet[Annotation]:
    """What somebody asks to be looked at, the last flagged first, with its flags; five queries."""
    unsettled = Flag.objects.filter(settled_at__isnull=True)
    shown = Prefetch("flags", unsettled.select_related("person")[:FLAGS_SHOWN], to_attr="open_flags")
    # From the few flags, not from all that is everybody's.
    there = looked_after(by, group).filter(pk__in=unsettled.values("annotation"), hidden_at__isnull=True)
    counted = there.annotate(
        flag_count=Count("flags", filter=Q(flags__settled_at__isnull=True)), flagged_at=Max("flags__made_at")
    )
    return with_everything(counted.order_by("-flagged_at", "-pk"), by).prefetch_related(shown)


def hidden(by: User, group: Class | None) -> QuerySet[Annotation]:
    """What is out of sight, the last hidden first, each with why and by whom; five queries."""
    there = looked_after(by, group).filter(hidden_at__isnull=False)
    why = Change.objects.filter(verb="hide", undone_at__isnull=True).defer("ops")
    return (
        with_everything(there, by)
        .select_related("hidden_by")
        .prefetch_related(Prefetch("changes", why, to_attr="hidings"))
        .order_by(F("hidden_at").desc(), "-pk")
    )


def log(group: Class | None) -> QuerySet[Change]:
    """Who flagged, hid, restored or left what, the last first; also what was taken back."""
    of = Q(annotation__layer__group=group) if group else Q(annotation__layer__kind=Layer.Kind.PUBLIC)
    there = Change.objects.filter(of, verb__in=VERBS).select_related("actor", "annotation")
    return there.defer("ops").order_by("-pk")

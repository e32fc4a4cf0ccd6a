"""To whom the author's name of an annotation is shown: the one rule, for rows, for filters and for pages."""

from django.db.models import BooleanField, Case, CharField, Expression, F, Q, Value, When

from reader.annotate.layer_querysets import groups_known_to
from reader.library.querysets import Reader
from reader.people.lens import Lens

# What stands where the name would. One word for all who are not named: another one for those who left a
# class would tell which of the nameless answers is theirs.
UNNAMED, LEFT = "Anonymous", "Somebody who left"


def named_to(user: Reader, path: str = "") -> Q:
    """That this person may see who wrote an annotation: it shows its author’s name to them, or is theirs."""
    own = Q(**{f"{path}author": user.pk}) if user.is_authenticated else None
    if isinstance(user, Lens) and not user.names:
        return own or Q(pk__in=())
    named = Q(**{f"{path}byline": "named"})
    if own is None:
        return named
    known = Q(**{f"{path}byline": "peers", f"{path}layer__group__in": groups_known_to(user)})
    return named | own | known


def is_named(user: Reader, path: str = "") -> Case:
    """The same as a value of a row."""
    return Case(
        When(named_to(user, path), then=Value(True)), default=Value(False), output_field=BooleanField()
    )


def shown_names(user: Reader, path: str = "") -> dict[str, Expression]:
    """The key and the names of the author as this person may see them, for rows: by_key, by_first, …

    Without the name there is no key, and the first name is what stands in its place.
    """
    named = named_to(user, path)
    of = f"{path}author"
    left = When(Q(**{f"{of}__isnull": True}), then=Value(""))
    text = CharField()
    return {
        "by_key": Case(When(named, then=F(of)), default=None),
        "by_first": Case(
            When(named, then=F(f"{of}__first_name")), left, default=Value(UNNAMED), output_field=text
        ),
        "by_last": Case(When(named, then=F(f"{of}__last_name")), default=Value(""), output_field=text),
        "by_username": Case(When(named, then=F(f"{of}__username")), default=Value(""), output_field=text),
    }

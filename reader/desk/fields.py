"""What the forms that make and change annotations offer to choose from."""

from typing import Any
from uuid import uuid4

from reader.annotate.choosing import choices, chosen_on
from reader.annotate.models import Annotation, Code, Layer, Meaning
from reader.annotate.naming import Node, codes_of
from reader.desk.typed import Typed
from reader.http import whole
from reader.library.querysets import Reader

CODES_SHOWN = 200
SILENT = Annotation.Relation.SILENT
RELATIONS = Annotation.Relation.choices
# What a passage of one text can have.
KINDS = [choice for choice in Annotation.Kind.choices if choice[0] not in ("reply", "claim", "prompt")]


def fields(user: Reader, typed: Typed, document: int = 0, present: Layer | None = None) -> dict[str, Any]:
    """The context of desk/_fields.html, with what was typed.

    Without a layer in it, that which was chosen last on this document; present is where something lies now.
    """
    chosen = set(typed.codes)
    nodes = codes_of(user)
    nodes = nodes[:CODES_SHOWN] + [one for one in nodes[CODES_SHOWN:] if str(one.code.pk) in chosen]
    known = {str(node.code.pk) for node in nodes}
    keys = {key for code in typed.codes if code not in known and (key := whole(code))}
    if keys:
        # Those of codebooks that were opened to them once stay.
        nodes += [Node(code, (code.name,)) for code in Code.objects.open_to(user).filter(pk__in=keys)]
    return {
        "typed": typed,
        "kinds": KINDS,
        # Whether the other text is silent is settled when a claim is made.
        "relations": [] if typed.relation == SILENT else [one for one in RELATIONS if one[0] != SILENT],
        "meanings": Meaning.objects.for_choice(user),
        "codes": [(node, str(node.code.pk) in chosen) for node in nodes],
        "new_codes": typed.new_codes or ("",),
        **_layers(user, typed, document, present),
        "token": typed.token or uuid4().hex,
    }


def _layers(user: Reader, typed: Typed, document: int, present: Layer | None) -> dict[str, Any]:
    """The layers to choose from, and the key of the one that is chosen: always one that is offered."""
    offered = choices(user, present)
    wanted = [typed.layer, *chosen_on(user, [document] if document and not typed.layer else []).values()]
    there = {one.key for one in offered}
    return {"layers": offered, "layer": next((key for key in wanted if key in there), offered[0].key)}

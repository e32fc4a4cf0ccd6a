"""Annotations in the form of the W3C's Web Annotation Data Model (docs/w3c.md)."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.urls import reverse

from reader.annotate.models import Annotation, Target
from reader.library.models import Document

# What the model has no words for stands below a name of our own.
CONTEXT = [
    "http://www.w3.org/ns/anno.jsonld",
    {
        "reader": "urn:facing-pages:",
        "revision": "reader:revision",
        "carried": "reader:carried",
        "layer": "reader:layer",
        "answered": "reader:answered",
        "answer": {"@id": "reader:answer", "@type": "@id"},
        "about": "reader:about",
    },
]
MOTIVATIONS = {
    Annotation.Kind.HIGHLIGHT: "highlighting",
    Annotation.Kind.NOTE: "commenting",
    Annotation.Kind.QUESTION: "questioning",
    Annotation.Kind.TAG: "tagging",
    Annotation.Kind.REPLY: "replying",
    Annotation.Kind.CLAIM: "linking",
    Annotation.Kind.PROMPT: "questioning",
}
PURPOSES = {Annotation.Kind.QUESTION: "questioning", Annotation.Kind.REPLY: "replying"}
JSON = dict[str, Any]


def to_w3c(annotation: Annotation, site: str, paths: Mapping[int, str]) -> JSON:
    """An annotation as JSON-LD, without @context.

    site is the address of this library, "https://example.org"; paths are the codes' by their keys.
    It reads what listing.with_everything() fetches.
    """
    data: JSON = {
        "id": annotation.uuid.urn,
        "type": "Annotation",
        "motivation": MOTIVATIONS[Annotation.Kind(annotation.kind)],
        "created": annotation.made_at.isoformat(),
        "layer": annotation.layer.kind,
    }
    if author := annotation.shown_author:
        data["creator"] = {"type": "Person", "name": author.name}
    if annotation.edited_at:
        data["modified"] = annotation.edited_at.isoformat()
    if annotation.answered_at:
        data["answered"] = annotation.answered_at.isoformat()
    if annotation.answer:
        data["answer"] = annotation.answer.uuid.urn
    if annotation.about:
        data["about"] = _source(annotation.about, annotation.about_title, site)
    if bodies := list(_bodies(annotation, paths)):
        data["body"] = bodies
    if annotation.parent:
        data["target"] = annotation.parent.uuid.urn
    else:
        targets = [_target(target, site) for target in annotation.targets.all()]
        data["target"] = targets[0] if len(targets) == 1 else targets
    return data


def _bodies(annotation: Annotation, paths: Mapping[int, str]) -> Iterator[JSON]:
    if annotation.body:
        yield {
            "type": "TextualBody",
            "value": annotation.body,
            "format": "text/markdown",
            "purpose": PURPOSES.get(Annotation.Kind(annotation.kind), "commenting"),
        }
    if annotation.relation:
        yield {"type": "TextualBody", "value": annotation.relation, "purpose": "linking"}
    if annotation.meaning:
        yield {"type": "TextualBody", "value": annotation.meaning.name, "purpose": "classifying"}
    for tag in annotation.tags.all():
        if tag.code_id in paths:
            yield {"type": "TextualBody", "value": paths[tag.code_id], "purpose": "tagging"}


def _source(document: Document, title: str, site: str) -> JSON:
    source = {
        "type": "Text",
        "id": site + reverse("desk:read", args=[document.slug]),
        "label": title,
    }
    return source | ({"via": document.source_url} if document.source_url else {})


def _target(target: Target, site: str) -> JSON:
    passage = target.passage
    there = passage.document
    data: JSON = {
        "type": "SpecificResource",
        "source": _source(there, passage.title, site) if there else {"type": "Text", "label": passage.was_in},
        "selector": [
            {
                "type": "TextQuoteSelector",
                "exact": passage.exact,
                "prefix": passage.prefix,
                "suffix": passage.suffix,
            },
            {"type": "TextPositionSelector", "start": passage.start, "end": passage.end},
        ],
    }
    if passage.revision:
        data["state"] = {
            "type": "TimeState",
            "sourceDate": passage.revision.kept_at.isoformat(),
            "revision": passage.revision.number,
        }
        if passage.state in ("left", "unplaced"):
            data["state"]["carried"] = passage.state
    return data

"""What is written in a class reaches nobody outside it, by any page, list, count, order or file.

Every page says the same to an outsider before and after, to the last letter.
"""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from reader.annotate import actions
from reader.annotate.codes import codes_named
from reader.annotate.layer_models import Showing
from reader.annotate.models import Annotation, Code, Codebook, Layer
from reader.annotate.prompt_models import Prompt
from reader.library.models import Document
from reader.people import memberships
from reader.people.class_models import Class, Membership, Written
from tests import make
from tests.annotate.marked import mark, person, words_of
from tests.compare.claimed import claimed, pair, passage
from tests.people.classes import begun, enrolled
from tests.people.visits import signed_in

pytestmark = pytest.mark.django_db

PART = {"HX-Request": "true"}
SECRET = "zincsecret"
ACTS = ("reply", "copy", "edit", "delete", "restore", "answer", "move")
COMPARED = ("parallels", "claims", "export_claims", "overview")
# What differs from one answer to the next by itself.
TOKENS = re.compile(r'name="(?:csrfmiddlewaretoken|token)" value="\w+"|csrftoken=\w+|nonce-\w+')


@pytest.fixture
def texts() -> tuple[Document, Document]:
    return pair()


@pytest.fixture
def group(texts: tuple[Document, Document]) -> Class:
    """A class of ines's with sam, tess, and rex who wrote a note and a question, and was removed."""
    made = begun(by=make.user("ines"), name="Zincgroup")
    for name in ("sam", "tess", "rex"):
        enrolled(made, make.user(name))
    enrolled(begun(by=make.user("jo"), name="Elsewhere"), make.user("kim"))
    layer = Layer.objects.of_class(made)
    for kind in ("note", "question"):
        mark(texts[0], 9, 30, person("rex"), layer=layer, kind=kind, body=f"A {kind} of rex.")
    gone = Membership.objects.get(group=made, person=person("rex"))
    memberships.remove(membership=gone, by=person("ines"), choice=Written.NAMED)
    # Something that everybody sees, or there would be nothing to count and to sort.
    mark(texts[0], 9, 30, make.bob(), kind="note", body="For all.")
    claimed((texts[0], "The lantern"), (texts[1], "No lantern"), by=make.bob(), body="For all.")
    return made


def outsiders(*more: str) -> dict[str, Client]:
    """Nobody, who was removed, and these; what strangers are told is asked of every address elsewhere."""
    return {"nobody": Client(), **{name: signed_in(person(name)) for name in ("rex", *more)}}


def addresses(texts: tuple[Document, Document], group: Class) -> list[str]:
    """Everything that lists, counts, searches, sorts or takes away what is written on these texts."""
    one, other = (text.slug for text in texts)
    found = ["/", "/citing/", "/notes/", "/notices/", "/notices/unread/", "/notes/trash/", "/layers/"]
    found += [f"/layers/?left={one}&right={other}", "/choices/", f"/choices/?text={one}", "/codebooks/"]
    of = [f"text={one}", "kind=prompt", "kind=claim", "person=sam", f"q={SECRET}", "code=1"]
    of += [f"layer=class-{group.pk}", "layer=teaching"]
    found += [f"/notes/?{query}" for query in of]
    found += [f"/notes/export.{form}?{of[0]}" for form in ("md", "csv", "jsonld")]
    for slug in (one, other):
        found += [f"/texts/{slug}/", f"/texts/{slug}/codes/", f"/texts/{slug}/carried/"]
        found += [f"/read/{slug}/{more}" for more in ("", "chunk/0/", "annotations/", "revisions/1/")]
        found += [f"/read/{slug}/annotations/?from=0&to=9999", f"/read/{slug}/annotate/?at=p1"]
        found.append(f"/read/{slug}/find/?q={SECRET}")
    for name in ("desk:facing", *(f"compare:{page}" for page in COMPARED)):
        found.append(reverse(name, args=[one, other]))
    claims = reverse("compare:claims", args=[other, one])
    found += [f"{claims}?{query}" for query in ("sort=author", "sort=-layer", "person=sam", f"q={SECRET}")]
    return found


def said(client: Client, path: str, **more: Any) -> str:
    """Everything that an answer says, its headers too."""
    answer = client.get(path, **more)
    body = b"".join(getattr(answer, "streaming_content", ())) or answer.content
    headers = {name: value for name, value in answer.headers.items() if name != "Content-Length"}
    return TOKENS.sub("", f"{answer.status_code} {body.decode()}\n{headers}")


def everything(client: Client, paths: list[str]) -> dict[str, str]:
    return {path: said(client, path) for path in paths} | {"part": said(client, "/notes/", headers=PART)}


def write(texts: tuple[Document, Document], group: Class) -> list[Annotation]:
    """One of each kind of thing in the class, by its members; what was made."""
    layer, (first, second) = Layer.objects.of_class(group), texts
    sam, tess, ines = person("sam"), person("tess"), person("ines")
    start, end = words_of(first, "lantern on the quay")
    facts: dict[str, Any] = {"layer": layer, "body": f"{SECRET} words."}
    made = [mark(first, start, end, sam, kind=kind, **facts) for kind in ("highlight", "note", "question")]
    book = codes_named(sam, [f"{SECRET} code"])
    made.append(mark(first, start, end, sam, kind="tag", codes=book, **facts))
    made.append(actions.reply(to=made[2], by=tess, body=f"{SECRET} reply.")[0])
    ends = [passage(first, "The lantern"), passage(second, "No lantern")]
    made.append(
        actions.annotate_passages(by=tess, passages=ends, kind="claim", relation="agrees", **facts)[0]
    )
    prompt = mark(first, start, end, ines, kind="prompt", **facts)
    Prompt.objects.create(annotation=prompt, is_anonymous=True, reveal="now")
    made += [prompt, actions.reply(to=prompt, by=sam, body=f"{SECRET} answer.")[0]]
    hidden = mark(first, start, end, tess, kind="note", **facts)
    Annotation.objects.filter(pk=hidden.pk).update(hidden_at=timezone.now(), hidden_by=ines)
    teaching = Layer.objects.teaching_of(ines)
    Showing.objects.create(layer=teaching, group=group)
    made += [hidden, mark(first, start, end, ines, kind="note", **{**facts, "layer": teaching})]
    for note in Annotation.objects.filter(author=person("rex")):
        made.append(actions.reply(to=note, by=tess, body=f"{SECRET} to rex.")[0])
    actions.delete(annotation=made[0], by=sam)
    actions.restore(annotation=made[0], by=sam)
    return made


def test_every_page_says_to_outsiders_what_it_said_before(
    texts: tuple[Document, Document], group: Class
) -> None:
    paths = addresses(texts, group)
    clients = outsiders()
    before = {name: everything(client, paths) for name, client in clients.items()}
    # Whatever a process keeps, it keeps of a member's reading.
    made = write(texts, group)
    read = everything(signed_in(person("tess")), paths)
    for path in ("/notes/", f"/read/{texts[0].slug}/", f"/notes/?layer=class-{group.pk}"):
        assert SECRET in read[path], path
    for name, client in clients.items():
        after = everything(client, paths)
        for path, words in after.items():
            assert words == before[name][path], (name, path)
        for one in made:
            for page in ("", "reply/", "history/", *(("edit/", "flag/") if name == "rex" else ())):
                answer = client.get(f"/annotations/{one.pk}/{page}")
                assert SECRET not in answer.content.decode()
                assert answer.status_code == 404, (name, one, page)
        desk = client.get(f"/read/{texts[0].slug}/?note={made[1].pk}").content.decode()
        assert f'data-annotation="{made[1].pk}"' not in desk
    code = Code.objects.get(name=f"{SECRET} code")
    for client in clients.values():
        for path in (f"/codes/{code.pk}/", f"/codebooks/{code.codebook_id}/", f"/notes/?code={code.pk}"):
            assert SECRET not in said(client, path)
    assert not Codebook.objects.get(pk=code.codebook_id).is_public


def test_nobody_outside_writes_there_or_takes_part(texts: tuple[Document, Document], group: Class) -> None:
    made, before = write(texts, group), Annotation.objects.count()
    key = f"class-{group.pk}"
    form = {"revision": 1, "start": 9, "end": 20, "exact": "", "kind": "note", "body": "Kept?"}
    for name, client in outsiders("kim").items():
        mine = Annotation.objects.filter(author__username=name).first()
        for wanted in (key, "class-0", "class-99999999999", f"class-{group.pk}x", "teaching", "class"):
            answer = client.post(f"/read/{texts[0].slug}/annotations/", {**form, "layer": wanted})
            assert answer.status_code == (302 if name == "nobody" else 422), (name, wanted)
            assert name == "nobody" or "Kept?" in answer.content.decode()
            if mine and mine.layer.key != key:
                for act in ("move", "copy"):
                    assert client.post(f"/annotations/{mine.pk}/{act}/", {"layer": wanted}).status_code == 422
        for one in made:
            for act in ACTS if name == "kim" else ACTS[:2]:
                answer = client.post(f"/annotations/{one.pk}/{act}/", {"body": "Kept?", "layer": "private"})
                to_sign_in = name == "nobody" and act != "reply"
                assert answer.status_code == (302 if to_sign_in else 404), (name, act, one)
        moved = client.post("/notes/move/", {"note": [one.pk for one in made], "layer": "private"})
        assert moved.status_code == (302 if name == "nobody" else 422)
    assert Annotation.objects.count() == before
    assert not Annotation.objects.filter(body="Kept?").exists()


def test_a_name_that_is_not_shown_is_found_by_nothing(texts: tuple[Document, Document], group: Class) -> None:
    layer, start = Layer.objects.of_class(group), words_of(texts[0], "lantern on")[0]
    prompt = mark(texts[0], start, start + 20, person("ines"), layer=layer, kind="prompt", body="Why?")
    Prompt.objects.create(annotation=prompt, is_anonymous=True, reveal="now")
    answer, _ = actions.reply(to=prompt, by=person("sam"), body="Because.")
    assert answer.byline == "peers"
    ends = [passage(texts[0], "The lantern"), passage(texts[1], "No lantern")]
    claim, _ = actions.annotate_passages(
        by=person("sam"), passages=ends, kind="claim", relation="agrees", layer=layer, body="Alike."
    )
    Annotation.objects.filter(pk=claim.pk).update(byline="nobody")
    tess, ines, sam = (signed_in(person(name)) for name in ("tess", "ines", "sam"))
    paths = [path for path in addresses(texts, group) if "person=" not in path and "?q=" not in path]
    paths += [f"/annotations/{one.pk}/history/" for one in (prompt, claim, answer)]
    paths.append(f"/annotations/{claim.pk}/reply/")
    for path in paths:
        shown = said(tess, path)
        # “The same” and “sample” are no names.
        assert not re.search(r"\bsam\b", shown), path
    assert "Because." in said(tess, f"/read/{texts[0].slug}/")
    assert "Anonymous" in said(tess, "/notes/?kind=prompt")
    for who, kinds in ((tess, ()), (ines, ("Because.",)), (sam, ("Because.", "Alike."))):
        listed = said(who, "/notes/?person=sam")
        assert [words for words in ("Because.", "Alike.") if words in listed] == list(kinds)
    claims = reverse("compare:claims", args=[text.slug for text in texts])
    assert "Alike." in said(tess, claims) and "Alike." not in said(tess, f"{claims}?person=sam")
    assert "sam" in said(ines, "/notes/?kind=prompt")
    taken = said(sam, "/notes/export.jsonld")
    assert '"name": "sam"' in taken and "Because." in taken
    for form in ("jsonld", "csv", "md"):
        assert "Why?" in said(ines, f"/notes/export.{form}")

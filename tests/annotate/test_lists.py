"""The list of all that readers added: who sees what, narrowed how, and what it costs."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from reader.annotate.actions import annotate, reply
from reader.annotate.codes import codes_named
from reader.annotate.journal import Journal
from reader.annotate.many import New, keep_many
from reader.annotate.models import Annotation, Layer, Meaning
from reader.annotate.placing import Place, passages_at
from reader.library.models import Document
from reader.people.models import User
from tests import make

pytestmark = pytest.mark.django_db


def text(title: str = "On Tides", *, public: bool = True) -> Document:
    """A text to write on."""
    return Document.objects.filter(title=title).first() or make.document(
        make.parsed(title, make.paragraph(make.sentence(3, 30))), public=public
    )


def note(
    by: User,
    body: str = "Why?",
    *,
    on: Document | None = None,
    public: bool = True,
    start: int = 9,
    **more: Any,
) -> Annotation:
    """A note of this person."""
    document = on or text()
    assert document.current is not None
    made, _ = annotate(
        by=by,
        document=document,
        revision=document.current,
        places=[Place(start, start + 12)],
        kind=more.pop("kind", "note"),
        layer=Layer.objects.public() if public else Layer.objects.private_to(by),
        body=body,
        **more,
    )
    return made


def many(by: User, count: int) -> None:
    """So many notes of one person for everybody, each a minute older than the one before."""
    document = text()
    assert document.current is not None
    places = [Place(start % 100, start % 100 + 9) for start in range(count)]
    passages = passages_at(document, document.current, places[:100])
    layer = Layer.objects.public()
    codes = codes_named(by, ["Tide"])
    now = timezone.now()
    news = []
    for number in range(count):
        passage = passages[number % len(passages)]
        copied = type(passage)(
            **{f: getattr(passage, f) for f in ("document", "revision", "start", "end", "exact")}
        )
        body = f"Note {number}."
        news.append(
            New(
                layer=layer,
                kind="note",
                body=body,
                html=f"<p>{body}</p>",
                codes=codes,
                passages=[copied],
                made_at=now - timedelta(minutes=number),
            )
        )
    keep_many(Journal(by, "import"), news)


def shown(client: Client, **asked: Any) -> str:
    """The page of the list."""
    answer = client.get(reverse("annotate:notes"), asked)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_empty_list_teaches_how_to_begin(client: Client) -> None:
    page = shown(client)
    assert "Nobody has added anything yet" in page
    assert reverse("library:shelf") in page


def test_who_reads_without_an_account_sees_what_is_for_everybody(client: Client) -> None:
    note(make.bob(), "For you all.")
    note(make.bob(), "For me alone.", public=False)
    note(make.alice(), "On a private text.", on=text("On Salt", public=False))
    page = shown(client)
    assert "For you all." in page
    assert "For me alone." not in page
    assert "On a private text." not in page


def test_one_sees_one_s_own_and_no_other_private_ones(client: Client) -> None:
    note(make.bob(), "Mine alone.", public=False)
    note(make.alice(), "Hers alone.", public=False)
    client.force_login(make.bob())
    page = shown(client)
    assert "Mine alone." in page
    assert "Hers alone." not in page


def test_a_note_stands_with_its_quote_codes_author_replies_and_address(client: Client) -> None:
    made = note(make.bob(), "Why *so*?", kind="question", codes=codes_named(make.bob(), ["Harbour / Quay"]))
    reply(to=made, by=make.alice(), body="Because.")
    page = shown(client)
    assert made.passages.get().exact in page
    assert "<em>so</em>" in page
    assert ">Quay</a>" in page
    assert "?person=bob" in page
    assert "1 reply" in page and "Because." in page
    assert reverse("desk:annotation", args=[made.pk]) in page


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"person": "alice"}, {"By alice.", "An answer."}),
        ({"person": "ALICE"}, {"By alice.", "An answer."}),
        ({"kind": "question"}, {"A question?"}),
        ({"kind": "reply"}, {"An answer."}),
        ({"layer": "private"}, {"Mine alone."}),
        ({"text": "salt"}, {"On salt."}),
        ({"q": "salt On"}, {"On salt."}),
        ({"q": "answer"}, {"An answer."}),
        ({"kind": "nonsense", "code": "x", "meaning": "-1", "layer": "?"}, None),
        ({"person": "nobody"}, set()),
        ({"q": "\x00"}, None),
        ({"before": "yesterday~x"}, None),
        ({"before": "2026-13-45T99:00~3"}, None),
    ],
)
def test_the_list_is_narrowed(client: Client, asked: dict[str, str], expected: set[str] | None) -> None:
    note(make.alice(), "By alice.")
    note(make.bob(), "Mine alone.", public=False)
    note(make.bob(), "On salt.", on=text("On Salt"))
    question = note(make.bob(), "A question?", kind="question")
    reply(to=question, by=make.alice(), body="An answer.")
    everything = {"By alice.", "Mine alone.", "On salt.", "A question?", "An answer."}
    client.force_login(make.bob())
    page = shown(client, **asked)
    expected = everything if expected is None else expected
    listed = {body for body in everything if f"<p>{body}</p>" in page}
    # An answer stands below its question, too.
    assert listed - {"An answer."} == expected - {"An answer."}
    assert ("An answer." in expected) <= ("An answer." in listed)


def test_a_code_finds_those_below_it_and_a_meaning_its_highlights(client: Client) -> None:
    harbour, quay = codes_named(make.bob(), ["Harbour", "Harbour / Quay"])
    note(make.bob(), "Tagged below.", codes=[quay])
    note(make.bob(), "Not tagged.")
    meaning = Meaning.objects.for_choice(make.bob())[2]
    note(make.bob(), "", kind="highlight", meaning=meaning, start=30)
    page = shown(client, code=harbour.pk)
    assert "Tagged below." in page and "Not tagged." not in page
    page = shown(client, meaning=meaning.pk)
    assert "Tagged below." not in page
    assert page.count('<article class="entry') == 1


def test_a_person_is_found_by_their_name_too(client: Client) -> None:
    User.objects.filter(pk=make.bob().pk).update(first_name="Robert", last_name="van Dyk")
    note(make.bob(), "By Robert.")
    note(make.alice(), "By Alice.")
    for name in ("robert", "van dyk", "Robert van Dyk", "bob"):
        page = shown(client, person=name)
        assert "By Robert." in page and "By Alice." not in page


def test_htmx_gets_the_list_alone(client: Client) -> None:
    note(make.bob(), "Why?")
    answer = client.get(reverse("annotate:notes"), headers={"HX-Request": "true"})
    assert b"<html" not in answer.content
    assert b"Why?" in answer.content
    assert "HX-Request" in answer["Vary"]


@pytest.mark.parametrize("named", ["HX-History-Restore-Request", "HX-Boosted"])
def test_a_page_that_htmx_wants_whole_has_its_filter(client: Client, named: str) -> None:
    page = client.get(reverse("annotate:notes"), headers={"HX-Request": "true", named: "true"})
    assert '<option value="question"' in page.content.decode()


@pytest.mark.parametrize(
    "before", ["9999-12-31T23:59:59-23:59~1", "0001-01-01T00:00:00+23:59~1", "x~1", "\x00", f"~{'9' * 40}"]
)
def test_a_page_that_there_cannot_be_is_the_first(client: Client, before: str) -> None:
    note(make.bob(), "Why?")
    answer = client.get(reverse("annotate:notes"), {"before": before})
    assert "Why?" in answer.content.decode()


def test_pages_follow_each_other_without_a_gap(client: Client) -> None:
    many(make.bob(), 120)
    seen: list[str] = []
    address = reverse("annotate:notes")
    for _ in range(3):
        page = client.get(address).content.decode()
        seen += [part.split("</p>")[0] for part in page.split("<p>Note ")[1:]]
        address = reverse("annotate:notes") + page.partition('rel="next" href="')[2].partition('"')[0]
    assert seen == [f"{number}." for number in range(120)]


def test_the_queries_do_not_grow_with_the_notes(client: Client, django_assert_max_num_queries: Any) -> None:
    many(make.bob(), 300)
    client.force_login(make.alice())
    shown(client)
    with django_assert_max_num_queries(20):
        shown(client)
    with django_assert_max_num_queries(20):
        shown(client, q="Note", person="bob", text="tides")


def test_one_deletes_one_s_own_from_the_list_and_nobody_else_s(client: Client) -> None:
    mine, hers = note(make.bob()), note(make.alice())
    client.force_login(make.bob())
    back = reverse("annotate:notes") + "?kind=note"
    answer = client.post(reverse("annotate:delete_note", args=[mine.pk]), {"back": back})
    assert answer["Location"] == back
    assert "Undo" in client.get(back).content.decode()
    assert client.post(reverse("annotate:delete_note", args=[hers.pk])).status_code == 403
    private = note(make.alice(), public=False)
    assert client.post(reverse("annotate:delete_note", args=[private.pk])).status_code == 404
    assert Annotation.objects.live().count() == 2


def test_a_form_leads_back_within_this_site_alone(client: Client) -> None:
    client.force_login(make.bob())
    for back in ("https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"):
        answer = client.post(reverse("annotate:delete_note", args=[note(make.bob()).pk]), {"back": back})
        assert answer["Location"] == reverse("annotate:notes")

"""Annotations leave and come in the W3C's form; nothing in a file is believed."""

import json
import uuid
from typing import Any

import pytest

from reader.annotate.actions import annotate, move, reply
from reader.annotate.bringing import Report, forecast_import, import_annotations
from reader.annotate.codes import codes_named
from reader.annotate.journal import undo
from reader.annotate.models import Annotation, Code, Layer, Notice
from reader.annotate.placing import Place
from reader.annotate.take_away import jsonld
from reader.annotate.w3c_reading import NotRead, read_w3c
from reader.library.models import Document
from reader.library.passages import Passage
from reader.people.models import User
from tests import make

pytestmark = pytest.mark.django_db

FIRST = "The lantern on the quay was lit before the tide."
SECOND = "A barge lay at the weir, and the lantern was dark."


def text() -> Document:
    """A text of two paragraphs."""
    return Document.objects.first() or make.document(
        make.parsed("On Tides", make.paragraph(FIRST), make.paragraph(SECOND))
    )


def words_of(document: Document) -> str:
    assert document.current is not None
    return document.current.text


def item(exact: str = "lit before", *, number: int = 1, **more: Any) -> dict[str, Any]:
    """A note as another program might write it, on words of the text."""
    return {
        "id": uuid.UUID(int=number).urn,
        "type": "Annotation",
        "motivation": "commenting",
        "body": {"type": "TextualBody", "value": "Why *before*?", "format": "text/markdown"},
        "target": {
            "source": "https://elsewhere.example/read/tides/",
            "selector": {"type": "TextQuoteSelector", "exact": exact},
        },
        **more,
    }


def at(
    exact: str, start: int | None = None, prefix: str = "", suffix: str = "", **more: Any
) -> dict[str, Any]:
    """A target by its words, and by their place where it is given."""
    selectors: list[dict[str, Any]] = [
        {"type": "TextQuoteSelector", "exact": exact, "prefix": prefix, "suffix": suffix}
    ]
    if start is not None:
        selectors.append({"type": "TextPositionSelector", "start": start, "end": start + len(exact)})
    return {"source": "https://elsewhere.example/read/tides/", "selector": selectors, **more}


def brought(*items: Any, by: User | None = None, **more: Any) -> Report:
    """What becomes of these items, in the one text."""
    data = json.dumps(list(items)).encode()
    return import_annotations(data=data, by=by or make.bob(), document=text(), **more)


def passage_of(report: Report) -> Passage:
    [outcome] = report.outcomes
    assert outcome.new and outcome.new.row
    return outcome.new.row.passages.get()


def test_a_note_by_another_program_is_placed_by_its_quote() -> None:
    report = brought(item())
    passage = passage_of(report)
    assert report.outcomes[0].state == "kept"
    assert passage.exact == "lit before" == words_of(text())[passage.start : passage.end]
    note = Annotation.objects.get()
    assert (note.kind, note.body, note.author, note.layer.kind) == (
        "note",
        "Why *before*?",
        make.bob(),
        "private",
    )
    assert "<em>before</em>" in note.html


def test_the_place_decides_between_the_same_words() -> None:
    second = words_of(text()).rindex("lantern")
    report = brought(item(target=at("lantern", second, "the ", " was dark")))
    assert report.outcomes[0].state == "kept"
    assert passage_of(report).start == second


def test_what_stands_around_decides_where_the_place_is_wrong() -> None:
    report = brought(item(target=at("lantern", 2, "and the ", " was dark.")))
    assert report.outcomes[0].state == "kept"
    assert passage_of(report).start == words_of(text()).rindex("lantern")


def test_a_place_chosen_by_half_is_doubtful_and_can_be_left_out() -> None:
    given = item(target=at("lantern", 2))
    assert brought(given, doubtful=False).kept == 0
    report = brought(given)
    assert report.outcomes[0].state == "doubtful"
    assert passage_of(report).start == words_of(text()).index("lantern")


@pytest.mark.parametrize("target", [at("lantern"), at("lamp", 5), at("Lantern on the moon")])
def test_what_is_nowhere_or_anywhere_is_told_and_not_kept(target: dict[str, Any]) -> None:
    report = brought(item(target=target))
    assert report.outcomes[0].state == "unplaced"
    assert report.outcomes[0].said
    assert not Annotation.objects.exists()


def test_line_ends_in_a_quote_do_not_count() -> None:
    report = brought(item(target=at("before the tide.  A barge lay")))
    assert passage_of(report).exact == "before the tide.\nA barge lay"


def test_the_same_file_twice_is_once_and_a_deleted_note_stays_deleted() -> None:
    brought(item(), item(number=2, motivation="highlighting", body=None))
    again = brought(item(), item(number=2))
    assert [outcome.state for outcome in again.outcomes] == ["known", "known"]
    assert Annotation.objects.count() == 2
    Annotation.objects.update(deleted_at="2026-01-01T00:00Z")
    assert "trash" in brought(item()).outcomes[0].said
    assert not Annotation.objects.live().exists()


def test_ids_of_other_programs_are_known_again_too() -> None:
    odd = item(id="https://notes.example/a/17")
    nameless = {key: value for key, value in item().items() if key != "id"}
    brought(odd, nameless)
    assert [outcome.state for outcome in brought(odd, nameless).outcomes] == ["known", "known"]
    # Another person may bring the same file.
    assert brought(odd, by=make.alice()).kept == 1


def test_nobody_else_s_annotation_is_overwritten() -> None:
    brought(item())
    report = brought(item(body={"type": "TextualBody", "value": "Forged."}), by=make.alice())
    assert report.outcomes[0].state == "refused"
    assert Annotation.objects.get().body == "Why *before*?"
    assert Annotation.objects.get().author == make.bob()


def test_the_second_of_two_with_the_same_id_is_refused() -> None:
    report = brought(item(), item("A barge"))
    assert [outcome.state for outcome in report.outcomes] == ["kept", "refused"]


def test_an_import_is_one_change() -> None:
    report = brought(item(), item("A barge", number=2), item("the weir", number=3))
    assert report.change is not None
    assert report.change.said == "3 annotations brought in."
    undo(change=report.change, by=make.bob())
    assert not Annotation.objects.live().exists()


def test_a_failed_import_leaves_everything_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr("reader.annotate.many.bring_along", fail)
    tagged = item(body={"type": "TextualBody", "value": "Tide", "purpose": "tagging"})
    with pytest.raises(RuntimeError):
        brought(tagged)
    assert not Annotation.objects.exists()
    assert not Passage.objects.exists()
    assert not Code.objects.exists()


def test_a_forecast_keeps_nothing() -> None:
    report = forecast_import(data=json.dumps(item()).encode(), by=make.bob(), document=text())
    assert report.kept == 1
    assert not Annotation.objects.exists()


def test_replies_find_what_they_answer_in_the_file_or_in_the_library() -> None:
    public = brought(item(layer="public"), by=make.alice())
    assert public.kept == 1
    answer = item(number=2, motivation="replying", target=item()["id"], body={"value": "Because of the ebb."})
    own = item(number=3, motivation="questioning")
    to_own = item(number=4, motivation="replying", target=own["id"], body={"value": "Let me see."})
    lost = item(number=5, motivation="replying", target=uuid.UUID(int=99).urn)
    report = brought(to_own, answer, own, lost)
    assert [outcome.state for outcome in report.outcomes] == ["kept", "kept", "kept", "unplaced"]
    first = Annotation.objects.get(uuid=uuid.UUID(int=2))
    assert first.parent == Annotation.objects.get(uuid=uuid.UUID(int=1))
    assert first.layer.kind == "public"
    assert list(Notice.objects.values_list("person__username", "reply")) == [("alice", first.pk)]


def test_a_reply_to_a_stranger_s_private_note_finds_nothing() -> None:
    brought(item(), by=make.alice())
    report = brought(item(number=2, motivation="replying", target=item()["id"]))
    assert report.outcomes[0].state == "unplaced"


def test_a_reply_of_one_s_own_leads_to_no_note_that_is_private_now() -> None:
    brought(item(layer="public"), by=make.alice())
    note = Annotation.objects.get()
    own, _ = reply(to=note, by=make.bob(), body="Oh.")
    move(annotation=note, by=make.alice(), layer=Layer.objects.private_to(make.alice()))
    report = brought(item(number=3, motivation="replying", target=own.uuid.urn, body={"value": "More."}))
    assert report.outcomes[0].state == "unplaced"


def test_a_text_that_one_may_not_read_takes_no_notes() -> None:
    Document.objects.filter(pk=text().pk).update(is_public=False)
    data = json.dumps(item()).encode()
    assert import_annotations(data=data, by=make.user("charlie")).outcomes[0].state == "unplaced"
    # Alice is staff.
    assert import_annotations(data=data, by=make.alice()).outcomes[0].state == "kept"


def test_a_text_is_known_by_its_own_address() -> None:
    make.document(make.parsed("On Salt"), source_url="https://press.example/salt/")
    quote = words_of(Document.objects.get(title="On Salt"))[:6]
    given = item(target={**at(quote), "source": "http://www.press.example/salt"})
    report = import_annotations(data=json.dumps(given).encode(), by=make.bob())
    assert report.kept == 1


def test_a_note_on_an_older_revision_comes_along() -> None:
    old = text()
    from dataclasses import replace

    revised = make.parsed(
        "On Tides", make.paragraph("A new beginning."), make.paragraph(FIRST), make.paragraph(SECOND)
    )
    start = words_of(old).index("lit before")
    make.kept(replace(revised), revises=old)
    old.refresh_from_db()
    report = brought(item(target=at("lit before", start, state={"type": "TimeState", "revision": 1})))
    passage = passage_of(report)
    assert passage.revision == old.current
    assert words_of(old)[passage.start : passage.end] == "lit before"


HOSTILE = [
    b"",
    b"\xff\xfe",
    b"null",
    b"17",
    b"{}",
    b"[]",
    b'"type"',
    b'{"type": "AnnotationCollection", "first": "https://example.org/page1"}',
    b"[" * 200_000,
    b'{"a":' * 100_000,
    b'{"type": "Annotation", "created": NaN}',
    b"1" * 10_000,
    b"[" + b"{}," * 10_000 + b"{}]",
    b'"' + b"x" * 20_000_000 + b'"',
]


@pytest.mark.parametrize("data", HOSTILE, ids=range(len(HOSTILE)))
def test_a_file_that_is_none_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(NotRead) as told:
        read_w3c(data)
    assert len(str(told.value)) > 20


WRONG: list[Any] = [
    None,
    17,
    "urn:uuid:1",
    [],
    {"type": "Annotation"},
    item(target=None),
    item(target=17),
    item(target=[[[]]]),
    item(target="https://elsewhere.example/read/tides/"),
    item(target={"selector": {"type": "TextQuoteSelector", "exact": 5}}),
    item(target={"selector": {"type": "TextQuoteSelector", "exact": "a\u0000b"}}),
    item(target={"selector": {"type": "TextQuoteSelector", "exact": "\ud800"}}),
    item(target={"selector": {"type": "TextPositionSelector", "start": -1, "end": 3}}),
    item(target={"selector": {"type": "TextPositionSelector", "start": 3, "end": 2**70}}),
    item(target={"selector": {"type": "TextPositionSelector", "start": True, "end": 3}}),
    item(target={"selector": {"type": "TextPositionSelector", "start": 9, "end": 3}}),
    item(target=[at("lit before")] * 30),
    item(body={"type": "TextualBody", "value": "x" * 1_000_000}),
    item(body={"type": "TextualBody", "value": "[" * 5_000}),
    item(body={"type": "TextualBody", "value": "\ud83d"}),
    item(body=[{"purpose": "tagging", "value": "x" * 500}]),
    item(body=[{"purpose": "tagging", "value": f"code {n}"} for n in range(100)]),
    item(motivation="replying", target=uuid.UUID(int=9).urn, body=[]),
    item(motivation="replying", target="\x00"),
]


@pytest.mark.parametrize("given", WRONG, ids=range(len(WRONG)))
def test_an_item_that_cannot_be_kept_is_told_and_the_next_is_kept(given: Any) -> None:
    report = brought(given, item(number=77))
    assert report.outcomes[0].state in ("refused", "unplaced")
    assert report.outcomes[0].said
    assert [outcome.state for outcome in report.outcomes[1:]] == ["kept"]
    assert Annotation.objects.count() == 1


ODD: list[Any] = [
    item(motivation=17),
    item(motivation=["oa:commenting", None]),
    item(created="yesterday", modified=[1], answered={"a": 1}),
    item(created="0001-01-01T00:00:00+14:00"),
    item(created="9999-12-31T23:59:59-14:00"),
    item(creator={"name": "<script>alert(1)</script>"}),
    item(id=17),
    item(id="urn:uuid:not-one"),
    item(id="javascript:alert(1)"),
    item(layer=["public"]),
    item(target={**at("lit before"), "state": [17, {"revision": "two", "carried": "away"}]}),
    item(target={**at("lit before"), "source": {"id": "javascript:alert(1)", "via": 17}}),
    item(body=[17, "https://example.org/body", {"type": "Choice", "items": []}, {"value": "Words."}]),
]


@pytest.mark.parametrize("given", ODD, ids=range(len(ODD)))
def test_an_odd_item_is_kept_without_what_is_odd(given: Any) -> None:
    report = brought(given)
    assert report.outcomes[0].state == "kept"
    note = Annotation.objects.get()
    assert note.layer.kind == "private"
    assert note.made_at.year > 1900


def test_nothing_in_a_body_runs() -> None:
    brought(item(body={"value": "[a](javascript:alert(1)) <img src=x onerror=alert(1)> <script>x</script>"}))
    html = Annotation.objects.get().html
    assert "<script" not in html and "<img" not in html and 'href="javascript' not in html


def everything(by: User) -> list[dict[str, Any]]:
    """What taking away gives, without what differs between two libraries."""
    given = json.loads("".join(jsonld(Annotation.objects.writable_by(by), "https://here.example", by)))
    return sorted(given["first"]["items"], key=lambda one: str(one["id"]))


def test_what_is_taken_away_comes_back_without_loss() -> None:
    document, other = text(), make.document(make.parsed("On Salt"))
    bob, public = make.bob(), Layer.objects.public()
    from reader.annotate.models import Meaning

    meaning = Meaning.objects.for_choice(bob)[1]
    place = Place(words_of(document).rindex("lantern"), words_of(document).rindex("lantern") + 7)
    for number, kind in enumerate(("highlight", "note", "question", "tag")):
        annotate(
            by=bob,
            document=document if number % 2 else other,
            revision=(document if number % 2 else other).current,  # type: ignore[arg-type]
            places=[place if number % 2 else Place(0, 5)],
            kind=kind,
            layer=public if kind == "question" else Layer.objects.private_to(bob),
            meaning=meaning if kind == "highlight" else None,
            body=""
            if kind in ("highlight", "tag")
            else "Some *words* – “quoted”, 😀 and\n\na second paragraph.",
            codes=codes_named(bob, ["Harbour / Quay", "Tide"]) if kind in ("tag", "note") else (),
        )
    question = Annotation.objects.get(kind="question")
    answer, _ = reply(to=question, by=bob, body="My own answer.")
    from reader.annotate.actions import answer as mark_answered

    mark_answered(question=question, by=bob, reply=answer)
    before = everything(bob)
    assert len(before) == 5

    Annotation.objects.all().delete()
    Code.objects.all().delete()
    data = json.dumps(before).encode()
    report = import_annotations(data=data, by=bob)
    assert report.counts == {"kept": 5}
    assert everything(bob) == before


def test_a_thousand_come_in_with_few_queries(django_assert_max_num_queries: Any) -> None:
    words = words_of(text())
    items = [
        item(
            number=n + 1,
            target=at(words[n % 40 : n % 40 + 9], n % 40, words[max(0, n % 40 - 5) : n % 40]),
            layer="public",
        )
        for n in range(1_000)
    ]
    with django_assert_max_num_queries(100):
        report = brought(*items)
    assert report.kept == 1_000
    assert report.change is not None
    with django_assert_max_num_queries(60):
        undo(change=report.change, by=make.bob())
    assert not Annotation.objects.live().exists()


def test_a_place_with_the_same_words_is_believed_though_they_stand_elsewhere_too() -> None:
    report = brought(item(target=at("lantern", words_of(text()).rindex("lantern"))))
    assert report.counts == {"kept": 1}

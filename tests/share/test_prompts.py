"""Prompts: asked of a passage, answered by those who are in the class, and seen by them when it is time."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver
from django.utils import timezone

from reader.annotate import actions as annotating
from reader.annotate.layer_models import Layer
from reader.annotate.models import Annotation, Change
from reader.people.class_models import Written
from reader.people.memberships import remove
from reader.share import prompts
from reader.share.models import Asked, View
from tests import make
from tests.people.classes import Taught, enrolled, taught
from tests.people.visits import signed_in
from tests.share.given import answered, asked, texts, viewed

pytestmark = pytest.mark.django_db

SECRET = "zzyzxanswer"
PART = {"HX-Request": "true"}
# Where nothing stands that others wrote.
ELSEWHERE = ("admin/", "sign-", "account/", "join/", "imports/", "help/", "healthz")


def world(**asking: Any) -> tuple[Taught, View, Asked, Annotation]:
    """A class whose view asks something that nora has answered, and sam not yet."""
    one = taught()
    one.people["peer"] = make.user("nora")
    enrolled(one.group, one.people["peer"])
    ines = one.people["instructor"]
    view = viewed(one.group, ines)
    prompt = asked(view, ines, **asking)
    return one, view, prompt, answered(prompt, one.people["peer"], f"It is {SECRET}.")


def addresses(view: View, prompt: Asked, answer: Annotation) -> Iterator[str]:
    """Every address of the site but its back office, with the keys that lead nearest to the answer."""
    left, right = view.left, view.right
    assert right is not None and view.group is not None
    keys: dict[str, list[Any]] = {
        "views/": [view.pk],
        "classes/": [view.group_id],
        "prompts/": [prompt.prompt_id],
    }
    known = {"left": left.slug, "right": right.slug, "slug": left.slug, "number": 1, "position": 0}
    for route in _routes(get_resolver().url_patterns):
        if route.startswith(ELSEWHERE):
            continue
        head = next((name for name in keys if route.startswith(name)), "")
        for pk in keys.get(head, [answer.pk, prompt.prompt_id]):
            filled = re.sub(r"<(?:\w+:)?(\w+)>", lambda one: str({"pk": pk, **known}.get(one[1], pk)), route)  # noqa: B023
            if "(" not in filled:
                yield f"/{filled}"


def _routes(patterns: Any, before: str = "") -> Iterator[str]:
    for one in patterns:
        route = before + str(one.pattern).lstrip("^")
        if isinstance(one, URLPattern):
            yield route
        else:
            yield from _routes(one.url_patterns, route)


def seen(browser: Client, path: str, **more: Any) -> str:
    """What is answered, as text."""
    answer: Any = browser.get(path, **more)
    found = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return found.decode(errors="replace") + str(answer.headers)


def test_an_answer_is_found_by_no_way_before_it_is_shown() -> None:
    one, view, prompt, answer = world()
    one.people["peer"].first_name = "Noranamed"
    one.people["peer"].save()
    sam, ines = one.browser("student"), one.browser("instructor")
    paths = list(dict.fromkeys(addresses(view, prompt, answer)))
    for path in paths:
        assert SECRET not in seen(sam, path), path
    assert sum(SECRET in seen(ines, path) for path in paths if "notes" in path or "prompts" in path) > 1
    for who in ("student", "stranger"):
        assert_closed(one.browser(who), view, prompt, answer)


def assert_closed(browser: Client, view: View, prompt: Asked, answer: Annotation) -> None:
    """Neither the answer nor who gave it, nor that there is one, is found by asking for it."""
    at = f"/annotations/{answer.pk}"
    for path in (f"{at}/", f"{at}/reply/", f"{at}/edit/", f"{at}/history/", f"{at}/flag/"):
        assert browser.get(path).status_code in (403, 404), path
        assert browser.get(path, headers=PART).status_code in (403, 404), path
    slugs = f"{view.left.slug}/{view.right.slug}" if view.right else ""
    here = f"/read/{view.left.slug}/annotations/"
    ways = [f"/notes/?q={SECRET}", "/notes/?person=nora", "/notes/?person=Noranamed", "/notes/?kind=reply"]
    ways += [f"/facing/{slugs}/?view={view.pk}&note={pk}" for pk in (answer.pk, prompt.prompt_id)]
    ways += [f"{here}?from=0&to=9999", f"/read/{view.left.slug}/?note={prompt.prompt_id}"]
    for path in ways:
        for headers in ({}, PART):
            page = seen(browser, path, headers=headers)
            found = page.replace(f"q={SECRET}", "").replace(f'value="{SECRET}"', "")
            assert SECRET not in found, path
            assert "Noranamed" not in found.replace("person=Noranamed", "").replace('value="Noranamed"', "")
            assert "1 answer<" not in found and "1 reply" not in found, path
    posts = {f"{at}/{verb}/" for verb in ("delete", "restore", "move", "answer", "edit", "reply")}
    for path in posts:
        assert browser.post(path, {"body": "x", "layer": "private"}).status_code in (403, 404), path
    assert Annotation.objects.filter(kind="reply").count() == 1


def test_who_answers_sees_the_others_and_no_longer_once_the_own_answer_is_deleted() -> None:
    one, view, prompt, answer = world()
    sam, page = one.browser("student"), f"/prompts/{prompt.prompt_id}/"
    told = sam.get(page).content.decode()
    assert "1 other has answered. You see it once you have answered." in " ".join(told.split())
    empty = sam.post(page, {"body": " "})
    assert empty.status_code == 422 and "There is nothing in it yet" in empty.content.decode()
    long = sam.post(page, {"body": "x" * 20_001})
    assert long.status_code == 422 and "x" * 20_001 in long.content.decode()
    token = {"body": "Mine *too*.", "token": "abc"}
    for _ in range(2):
        assert sam.post(page, token)["Location"] == f"{page}#answers"
    own = Annotation.objects.get(author=one.people["student"])
    told = sam.get(page).content.decode()
    assert SECRET in told and "<em>too</em>" in told and told.index("Mine") < told.index(SECRET)
    desk = sam.get(sam.get(f"/views/{view.pk}/open/")["Location"]).content.decode()
    assert SECRET in desk and "2 answers" in desk and ">answered</a>" in desk
    edit = {"body": "Mine, better.", "kind": "reply", "version": own.version, "back": page}
    assert sam.post(f"/annotations/{own.pk}/edit/", edit)["Location"] == page
    assert "Mine, better." in one.browser("peer").get(page).content.decode()
    assert sam.post(f"/annotations/{own.pk}/delete/", {"back": page})["Location"] == page
    for path in (page, f"/views/{view.pk}/open/", f"/annotations/{answer.pk}/history/"):
        assert SECRET not in sam.get(path, follow=True).content.decode(), path
    sam.post("/changes/undo/")
    assert SECRET in sam.get(page).content.decode()


def test_a_list_of_prompts_counts_own_answers_and_what_is_shown_of_others_also_of_who_left() -> None:
    one, view, prompt, _ = world()
    sam, now = one.people["student"], timezone.now()
    hidden, left = (answered(prompt, one.people["instructor"], body) for body in ("Hidden.", "Left."))
    Annotation.objects.filter(pk=hidden.pk).update(hidden_at=now)
    Annotation.objects.filter(pk=left.pk).update(author=None)
    counted = [(each.is_answered, each.others) for each in prompts.shown(view, sam)]
    assert counted == [(False, 2)]
    Annotation.objects.filter(pk=answered(prompt, sam, "Mine.").pk).update(hidden_at=now)
    counted = [(each.is_answered, each.others) for each in prompts.shown(view, sam)]
    assert counted == [(True, 2)]


def test_those_who_lead_or_assist_see_at_once_and_peers_from_the_date() -> None:
    later = timezone.now() + timedelta(days=1)
    one, view, prompt, _ = world(reveal="date", reveal_at=later)
    page = f"/prompts/{prompt.prompt_id}/"
    answered(prompt, one.people["student"], "Mine.")
    for who in ("instructor", "assistant", "peer"):
        assert SECRET in one.browser(who).get(page).content.decode(), who
    sam = one.browser("student")
    told = " ".join(sam.get(page).content.decode().split())
    assert "1 other has answered. You see it from" in told and SECRET not in told
    type(prompt.prompt).objects.update(reveal_at=timezone.now() - timedelta(seconds=1))
    assert SECRET in sam.get(page).content.decode()
    now = asked(view, one.people["instructor"], "And now?", reveal="now")
    answered(now, one.people["peer"], "Seen.")
    assert "Seen." in sam.get(f"/prompts/{now.prompt_id}/").content.decode()
    for who in ("stranger", "removed", "staff", "anonymous"):
        assert one.browser(who).get(page).status_code == (302 if who == "anonymous" else 404)


def test_an_anonymous_answer_has_its_name_for_those_who_lead_alone() -> None:
    one, view, prompt, _ = world(reveal="now", is_anonymous=True)
    page = f"/prompts/{prompt.prompt_id}/"
    places = (page, f"/views/{view.pk}/open/", "/notes/?kind=reply")
    for path in places:
        told = one.browser("student").get(path, follow=True).content.decode()
        assert SECRET in told and "Anonymous" in told and "nora" not in told, path
    for who in ("instructor", "assistant"):
        assert "nora" in one.browser(who).get(page).content.decode()
    named = asked(view, one.people["instructor"], "By name?", reveal="now")
    answered(named, one.people["peer"], "Named.")
    ines = one.browser("instructor")
    edit = f"/prompts/{named.prompt_id}/edit/"
    said = {"body": "By name?", "reveal": "now", "version": named.prompt.annotation.version}
    assert ines.post(edit, {**said, "is_anonymous": "on"}).status_code == 302
    page = f"/prompts/{named.prompt_id}/"
    assert "nora" not in one.browser("student").get(page).content.decode()
    # What was written without a name for peers gets none later.
    assert ines.post(edit, {**said, "version": 1}).status_code == 409
    assert ines.post(edit, {**said, "version": 2}).status_code == 302
    assert "nora" not in one.browser("student").get(page).content.decode()


def test_a_prompt_is_asked_by_selection_by_number_and_by_words() -> None:
    one, view, _, _ = world()
    ines, path = one.browser("instructor"), f"/views/{view.pk}/prompts/new/"
    left = view.left
    assert left.current
    text = left.current.text
    words = make.sentence(4)
    start = text.index(words)
    chosen: dict[str, str | int] = {"text": left.slug, "start": start, "end": start + 9, "revision": 1}
    shown = ines.get(path, {**chosen, "back": f"/read/{left.slug}/?view={view.pk}"}).content.decode()
    assert words[:9] in shown and 'name="paragraph"' not in shown
    back = {"back": f"/read/{left.slug}/?view={view.pk}"}
    sent = {"body": "Of this?", "reveal": "now"}
    answer = ines.post(path, {**chosen, **sent, **back, "token": "t"})
    key = Asked.objects.latest("pk").prompt_id
    assert answer["Location"] == f"/views/{view.pk}/open/?note={key}"
    ines.post(path, {**chosen, **sent, **back, "token": "t"})
    assert Asked.objects.latest("pk").prompt_id == key
    spaced = f"  {words[3:20]}\n{words[20:31]} "
    ways: list[dict[str, str]] = [{"paragraph": "2"}, {"words": spaced}, {"words": words, "paragraph": "2"}]
    for named in ways:
        assert ines.post(path, {"text": left.slug, **named, **sent}).status_code == 302, named
        passage = Asked.objects.latest("pk").prompt.annotation.passages.get()
        assert text[passage.start : passage.end] == passage.exact and passage.exact in words
    bad: dict[str, dict[str, str]] = {
        "Say what you ask about": {},
        "has no paragraph 99": {"paragraph": "99"},
        "do not stand in": {"words": "no such words at all"},
        "do not stand in paragraph 3": {"words": words, "paragraph": "3"},
        "Select a valid choice": {"text": "elsewhere", "paragraph": "1"},
        "write what you ask": {"paragraph": "1", "body": " "},
        "from when on": {"paragraph": "1", "reveal": "date"},
        "Write a day and a time": {"paragraph": "1", "reveal": "date", "reveal_at": "soon"},
        "does not lie in the text": {"start": "5", "end": "999999"},
    }
    count = Asked.objects.count()
    for told, given in bad.items():
        answer = ines.post(path, {"text": left.slug, "body": "Kept as typed?", "reveal": "now", **given})
        assert answer.status_code == 422, told
        assert told in answer.content.decode(), told
        assert given.get("body") or "Kept as typed?" in answer.content.decode()
    assert Asked.objects.count() == count
    assert ines.get(path).status_code == 200
    elsewhere = make.document(title="Elsewhere")
    assert ines.post(path, {"text": elsewhere.slug, "start": 0, "end": 5, **sent}).status_code == 422


def test_prompts_are_ordered_deleted_with_their_answers_and_restored_by_any_who_lead() -> None:
    one, view, prompt, _ = world(reveal="now")
    second = asked(view, one.people["instructor"], "Second?", at="1")
    ann = one.people["assistant"]
    one.group.memberships.filter(person=ann).update(role="instructor")
    browser, sam = one.browser("assistant"), one.browser("student")
    page, at = f"/views/{view.pk}/", f"/prompts/{prompt.prompt_id}/"
    browser.post(f"{at}move/", {"to": "down"})
    told = sam.get(page).content.decode()
    assert told.index("Second?") < told.index("Which tide?")
    assert browser.post(f"{at}delete/")["Location"] == page
    told = sam.get(page).content.decode()
    assert "Which tide?" not in told and "Second?" in told
    assert sam.get(at).status_code == 404
    assert SECRET not in one.browser("instructor").get("/notes/").content.decode()
    assert "Prompts deleted" in browser.get(page).content.decode() and "Prompts deleted" not in told
    assert sam.post(f"{at}restore/").status_code == 404
    assert browser.post(f"{at}restore/").status_code == 302
    assert SECRET in sam.get(at).content.decode()
    last = Change.objects.filter(actor=ann).first()
    remove(membership=one.membership("assistant"), by=one.people["instructor"], choice=Written.NAMED)
    assert last and browser.post(f"/changes/{last.pk}/undo/").status_code == 422
    own = signed_in(one.people["instructor"])
    one.group.memberships.filter(person=one.people["instructor"]).update(role="student")
    assert own.post(f"/annotations/{second.prompt_id}/delete/").status_code == 422
    assert signed_in(one.people["peer"]).get(f"/prompts/{second.prompt_id}/").status_code == 200


def test_a_prompt_stays_in_its_class_and_is_no_other_kind_of_note() -> None:
    one, view, prompt, _ = world()
    person, ines = one.people["instructor"], one.browser("instructor")
    at = f"/annotations/{prompt.prompt_id}"
    for layer in ("public", "private", "teaching"):
        answer = ines.post(f"{at}/move/", {"layer": layer})
        assert answer.status_code in (302, 403, 404, 422)
    assert ines.get(f"{at}/edit/")["Location"] == f"/prompts/{prompt.prompt_id}/edit/"
    assert ines.get(f"{at}/reply/")["Location"] == f"/prompts/{prompt.prompt_id}/"
    ines.post(f"{at}/edit/", {"kind": "note", "body": "x", "layer": "public", "version": "1"})
    now = Annotation.objects.get(pk=prompt.prompt_id)
    assert (now.kind, now.layer.kind, now.body) == ("prompt", Layer.Kind.CLASS, "Which tide?")
    sam = one.browser("student")
    left = view.left
    made = {"kind": "prompt", "body": "x", "start": 0, "end": 3, "layer": f"class-{one.group.pk}"}
    assert sam.post(f"/read/{left.slug}/annotations/", made).status_code == 422
    assert Annotation.objects.filter(kind="prompt").count() == 1
    _, draft_text = texts()
    draft = viewed(one.group, person, [draft_text], shown=False)
    hidden = asked(draft, person, "Later?", at="1")
    assert sam.get(f"/prompts/{hidden.prompt_id}/").status_code == 404
    assert sam.post(f"/prompts/{hidden.prompt_id}/", {"body": "x"}).status_code == 404
    assert "Later?" not in sam.get(f"/read/{draft_text.slug}/").content.decode()
    assert annotating.delete(annotation=now, by=person)
    assert "Which tide?" not in sam.get(f"/views/{view.pk}/").content.decode()

"""Views of texts: made by who leads a class, read by who is in it."""

from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.messages import get_messages
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from reader.annotate import journal
from reader.annotate.layer_models import Layer, Showing
from reader.annotate.models import Annotation, Change
from reader.library.models import Document
from reader.library.passages import Passage
from reader.people import classes, memberships
from reader.people.class_models import Class, ClassRole, Kind, Written
from reader.people.models import Role, User
from reader.share import copying, view_actions
from reader.share.models import ReadingRecord, View
from tests import make
from tests.annotate.marked import mark
from tests.desk.pages import page as page_of
from tests.library.laid import hrefs, read
from tests.people.classes import begun, enrolled, taught
from tests.people.visits import content, signed_in
from tests.share.given import answered, asked, texts, viewed

pytestmark = pytest.mark.django_db

SAID = {"title": "Two on tides", "introduction": "Read *both*.", "layers": ["class", "public"]}
NASTY = "<script>alert(1)</script> & “b”"


def test_a_view_is_made_at_the_desk_shown_opened_and_answered() -> None:
    one = taught()
    left, right = texts()
    ines, sam = one.browser("instructor"), one.browser("student")
    open_texts = f"/facing/{left.slug}/{right.slug}/?left=p2"
    (address,) = [href for href in hrefs(page_of(ines, open_texts)) if href.startswith("/views/new/")]
    assert "/views/new/" not in sam.get(open_texts).content.decode()
    assert sam.get(address).status_code == 403
    assert 'value="2"' in ines.get(address).content.decode()
    answer = ines.post(address, {**SAID, "group": one.group.pk, "left_place": "2"})
    view = View.objects.get()
    assert answer["Location"] == f"/views/{view.pk}/"
    assert sam.get(f"/views/{view.pk}/").status_code == 404
    asks = {"text": left.slug, "paragraph": "2", "body": "Which *tide*?", "reveal": "answered"}
    assert ines.post(f"/views/{view.pk}/prompts/new/", asks).status_code == 302
    prompt = view.asked.get().prompt
    assert prompt.annotation.layer.kind == Layer.Kind.PRIVATE
    assert "Which" not in sam.get(open_texts).content.decode()
    ines.post(f"/views/{view.pk}/show/")
    opened = sam.get(f"/views/{view.pk}/open/")["Location"]
    assert opened == f"/facing/{left.slug}/{right.slug}/?left=p2&view={view.pk}#left-p2"
    desk = sam.get(opened).content.decode()
    assert 'class="view-panel"' in desk and "not yet" in desk and "<em>both</em>" in desk
    assert f'id="left-a{prompt.pk}"' in desk
    assert "view-panel" not in sam.get(open_texts).content.decode()
    assert "view-panel" not in one.browser("stranger").get(opened).content.decode()
    assert "0 of 1 answered" in desk
    sam.post(f"/prompts/{prompt.pk}/", {"body": "The low one."})
    # The panel hears of it without the page.
    states = sam.get(f"/views/{view.pk}/panel/").content.decode()
    assert "1 of 1 answered" in states and 'aria-label="Answered, prompt 1"' in states
    states = ines.get(f"/views/{view.pk}/panel/").content.decode()
    assert "1 prompt<" in states and "1 answer<" in states
    assert "The low one." in ines.get(f"/prompts/{prompt.pk}/").content.decode()
    plan = sam.get(f"/classes/{one.group.pk}/views/").content.decode()
    assert "1 of 1 prompt answered" in plan
    assert "Two on tides" in sam.get(f"/classes/{one.group.pk}/").content.decode()


def test_forms_say_what_is_wrong_and_keep_what_was_typed() -> None:
    one = taught()
    closed = make.document(title="Shut", by=one.people["instructor"], public=False)
    ines = one.browser("instructor")
    told = {
        "": "Give it a title with letters",
        "title=On": "is not public, and those who are in the class could not read it",
        "title=On&left_place=77": "has no paragraph 77",
        "title=On&left_place=never said": "These words do not stand in",
        "title=On&due=tomorrow": "Write a day and a time",
        "title=On&group=999999": "Select a valid choice",
    }
    for given, words in told.items():
        values = {"title": "!!", "introduction": NASTY, "group": str(one.group.pk)}
        values |= dict(pair.split("=") for pair in given.split("&") if pair)
        answer = ines.post(f"/views/new/?left={closed.slug}", values)
        assert answer.status_code == 422, given
        page = answer.content.decode()
        assert words in page, given
        assert "&lt;script&gt;" in page and "<script>alert" not in page
    assert not View.objects.exists()
    for left in ("nothing-there", "%00"):
        assert ines.get(f"/views/new/?left={left}").status_code == 404
    assert ines.post("/views/new/?left=", {"title": "On"}).status_code == 404
    assert one.browser("stranger").get(f"/views/new/?left={closed.slug}").status_code == 403


def test_from_the_plan_of_a_class_one_chooses_texts_and_the_class_is_chosen_already() -> None:
    one = taught()
    left, right = texts()
    ines = one.people["instructor"]
    client = one.browser("instructor")
    chosen = f'<option value="{one.group.pk}" selected>'
    # Who leads one class alone means it.
    assert chosen in content(client.get(f"/views/new/?left={left.slug}"))
    begun(by=ines, name="Another")
    assert chosen not in content(client.get(f"/views/new/?left={left.slug}"))
    plan = f"/classes/{one.group.pk}/views/"
    (address,) = [href for href in hrefs(page_of(client, plan)) if href.startswith("/views/new/")]
    page = content(client.get(address))
    assert f'<option value="{right.slug}">' in page
    assert f'name="class" value="{one.group.pk}"' in page
    page = content(client.get(f"{address}&left={left.slug}&right={right.slug}"))
    assert chosen in page
    assert "/views/new/" not in content(one.browser("student").get(plan))


def test_a_title_made_of_markup_is_only_shown_and_a_teaching_layer_is_shown_in_the_class() -> None:
    one = taught()
    left, _ = texts()
    ines = one.browser("instructor")
    values = {"title": NASTY, "introduction": NASTY, "group": one.group.pk, "layers": ["teaching"]}
    answer = ines.post(f"/views/new/?left={left.slug}", {**values, "shown": "on", "due": "2030-07-01T18:00"})
    view = View.objects.get()
    assert view.due_at is not None
    # Berlin keeps summer time then.
    assert view.due_at.isoformat().startswith("2030-07-01T16:00")
    assert Showing.objects.filter(group=one.group, layer__owner=one.people["instructor"]).exists()
    opened = one.browser("student").get(f"/views/{view.pk}/open/")["Location"]
    for path in (answer["Location"], f"/classes/{one.group.pk}/views/", f"/classes/{one.group.pk}/", opened):
        for who in ("instructor", "student"):
            page = one.browser(who).get(path).content.decode()
            assert "<script>alert" not in page and "&lt;script&gt;alert(1)" in page, path
    assert "1 July 2030, 18:00" in ines.get(answer["Location"]).content.decode()


def test_of_two_who_edit_at_once_the_second_is_told_and_keeps_what_was_typed() -> None:
    one = taught()
    view = viewed(one.group, one.people["instructor"])
    make.user("ivo", role=Role.INSTRUCTOR)
    ines = one.browser("instructor")
    page = f"/views/{view.pk}/edit/"
    assert 'name="version" value="1"' in ines.get(page).content.decode()
    first = {**SAID, "title": "Hers", "version": "1", "left_place": "2", "right_place": "3"}
    assert ines.post(page, first).status_code == 302
    kept = View.objects.get()
    assert kept.left_place_id == view.left_place_id
    answer = ines.post(page, {**first, "title": "His", "introduction": "Other words"})
    assert answer.status_code == 409
    told = answer.content.decode()
    assert "Hers" in told and 'value="His"' in told and "Other words" in told
    assert 'name="version" value="2"' in told
    answer = ines.post(page, {**first, "title": "His", "left_place": "", "version": "2"})
    view.refresh_from_db()
    assert (answer.status_code, view.title, view.left_place_id) == (302, "His", None)
    # The place where it opened is kept for nothing.
    there = set(Passage.objects.values_list("pk", flat=True))
    assert kept.left_place_id not in there and view.right_place_id in there


def test_the_view_opens_where_the_passage_is_now_and_says_where_it_is_lost() -> None:
    one = taught()
    ines = one.people["instructor"]
    left, right = texts()
    view = viewed(one.group, ines, [left, right])
    asked(view, ines, at="3")
    words = [make.sentence(3 + n) for n in range(4)]
    fresh = make.parsed("Ebb", *[make.paragraph(text) for text in ("Quite new words here.", *words)])
    make.kept(fresh, by=make.alice(), revises=left)
    sam = one.browser("student")
    assert "?left=p3&right=p3" in sam.get(f"/views/{view.pk}/open/")["Location"]
    gone = make.parsed("Flood", make.paragraph("Not one of them is left, of all that stood here before."))
    make.kept(gone, by=make.alice(), revises=right)
    opened = sam.get(f"/views/{view.pk}/open/")["Location"]
    assert "?left=p3&view=" in opened
    for path in (f"/views/{view.pk}/", opened):
        assert "is no longer in the text" in sam.get(path).content.decode()
    assert "?left=p4" in sam.get(opened).content.decode()
    Document.objects.filter(pk=left.pk).update(is_public=False)
    page = sam.get(f"/views/{view.pk}/").content.decode()
    assert "A text that you may not read" in page and words[1] not in page and "Which tide" not in page
    assert sam.get(f"/views/{view.pk}/open/")["Location"].startswith(f"/read/{right.slug}/")


def test_deleting_can_be_undone_and_restored_by_who_still_leads() -> None:
    one = taught()
    person = one.people["instructor"]
    view = viewed(one.group, person)
    prompt = asked(view, person)
    answer = answered(prompt, one.people["student"], "Mine.")
    ines, sam = one.browser("instructor"), one.browser("student")
    for back in ("undo", "restore"):
        gone = ines.post(f"/views/{view.pk}/delete/")
        assert gone["Location"] == f"/classes/{one.group.pk}/views/"
        said = [message.message for message in get_messages(gone.wsgi_request)]
        assert said[-1] == "View “Two on tides” deleted."
        asking = f"/prompts/{prompt.prompt_id}/"
        for path in (f"/views/{view.pk}/", asking, f"/annotations/{answer.pk}/reply/"):
            assert sam.get(path, follow=True).status_code == 404, path
        assert "Two on tides" not in sam.get(f"/classes/{one.group.pk}/views/").content.decode()
        assert sam.post(f"/views/{view.pk}/restore/").status_code == 404
        last = Change.objects.filter(actor=person).first()
        assert last
        path = f"/changes/{last.pk}/undo/" if back == "undo" else f"/views/{view.pk}/restore/"
        assert ines.post(path).status_code == 302
        assert "Mine." in sam.get(f"/prompts/{prompt.prompt_id}/").content.decode()
    ines.post(f"/views/{view.pk}/delete/")
    call_command("empty_trash", stdout=StringIO())
    last = Change.objects.filter(actor=person).first()
    other = make.user("ivo", role=Role.INSTRUCTOR)
    enrolled(one.group, other, ClassRole.INSTRUCTOR)
    memberships.remove(membership=one.membership("instructor"), by=other, choice=Written.NAMED)
    assert last and ines.post(f"/changes/{last.pk}/undo/").status_code == 422
    assert ines.post(f"/views/{view.pk}/restore/").status_code == 404
    assert View.objects.get().deleted_at is not None
    View.objects.update(deleted_at=timezone.now() - timedelta(days=31))
    places = Passage.objects.filter(pk__in=[view.left_place_id, view.right_place_id])
    assert places.exists()
    call_command("empty_trash", stdout=StringIO())
    assert not View.objects.exists() and not places.exists()


def test_who_is_removed_gets_404_at_once_and_an_archived_class_changes_nothing() -> None:
    one = taught()
    person = one.people["instructor"]
    view = viewed(one.group, person)
    prompt = asked(view, person)
    sam, ines = one.browser("student"), one.browser("instructor")
    page, at = f"/views/{view.pk}/", f"/prompts/{prompt.prompt_id}/"
    new = {"title": "Other", "version": "1"}
    posts: dict[str, dict[str, str]] = {
        f"{page}{verb}/": {} for verb in ("show", "hide", "delete", "move", "copy", "restore")
    }
    posts |= {f"{page}edit/": new, f"{page}prompts/new/": {"body": "x"}, f"{at}edit/": {"body": "x"}}
    posts |= {f"{at}{verb}/": {} for verb in ("move", "delete", "restore")}
    forms = {f"{page}edit/", f"{page}prompts/new/", f"{at}edit/"}
    for path, values in posts.items():
        # There is nothing to restore.
        assert sam.post(path, values).status_code == (404 if path.endswith("restore/") else 403), path
        if path in forms:
            assert sam.get(path).status_code == 403
    before = [*View.objects.values(), *Annotation.objects.values()]
    classes.archive(group=one.group)
    for path, values in {**posts, f"{page}finish/": {}, at: {"body": "Late."}}.items():
        who = sam if path in (f"{page}finish/", at) else ines
        if path.endswith(("copy/", "restore/")):
            continue
        answer = who.post(path, values)
        assert answer.status_code == 403 and "archived" in answer.content.decode(), path
    for path in (page, at, f"{page}open/"):
        assert sam.get(path).status_code in (200, 302)
    assert not ReadingRecord.objects.exists()
    classes.reopen(group=one.group)
    memberships.remove(membership=one.membership("student"), by=person, choice=Written.NAMED)
    for path in (page, at, f"{page}open/", f"/classes/{one.group.pk}/views/", *forms):
        assert sam.get(path).status_code == 404, path
    for path, values in {**posts, f"{page}finish/": {}, at: {"body": "Late."}}.items():
        assert sam.post(path, values).status_code == 404, path
    assert [*View.objects.values(), *Annotation.objects.values()] == before


def test_the_plan_is_ordered_by_buttons_and_shows_students_what_is_shown() -> None:
    one = taught()
    person = one.people["instructor"]
    both = texts()
    first, second, third = (viewed(one.group, person, both, title=f"View {n}", places=()) for n in "123")
    ines, sam = one.browser("instructor"), one.browser("student")
    plan = f"/classes/{one.group.pk}/views/"
    for view, to in ((third, "up"), (third, "up"), (third, "up"), (first, "down"), (second, "down")):
        back = ines.post(f"/views/{view.pk}/move/", {"to": to, "back": plan})
        assert back["Location"] == f"{plan}#view-{view.pk}"
    assert list(View.objects.order_by("position").values_list("title", flat=True)) == [
        "View 3", "View 1", "View 2",
    ]  # fmt: skip
    ines.post(f"/views/{second.pk}/hide/", {"back": "https://elsewhere.example/"})
    assert "Draft" in ines.get(plan).content.decode()
    page = sam.get(plan).content.decode()
    assert "View 2" not in page and "View 3" in page and "Move" not in page
    assert sam.get(f"/views/{second.pk}/").status_code == 404
    assert "View 2" in one.browser("assistant").get(plan).content.decode()
    desk = ines.get(f"/facing/{both[0].slug}/{both[1].slug}/?view={first.pk}").content.decode()
    assert f"/views/{third.pk}/open/" in desk and f"/views/{second.pk}/open/" in desk
    # Staff who are in no class see what there is, and no way in.
    staff = one.browser("staff")
    assert "View 2" in staff.get(plan).content.decode()
    assert staff.get(f"/views/{first.pk}/").status_code == 404
    team = begun(by=make.user("ana", role=Role.ANALYST), name="Team", kind=Kind.TEAM)
    ana = signed_in(User.objects.get(username="ana"))
    assert "Make a view" in ana.get(f"/classes/{team.pk}/views/").content.decode()
    sent = {**SAID, "group": team.pk, "shown": "on"}
    assert ana.post(f"/views/new/?left={both[0].slug}", sent).status_code == 302
    enrolled(team, one.people["student"])
    told = sam.get(f"/classes/{team.pk}/views/").content.decode()
    assert "Two on tides" in told and "Not opened yet" in told


def test_the_desk_draws_the_layers_of_a_view_and_ones_own_until_it_is_closed() -> None:
    one = taught()
    sam, ines = one.people["student"], one.people["instructor"]
    left, right = texts()
    layers = {"open": Layer.objects.public(), "class": Layer.objects.of_class(one.group)}
    layers["own"] = Layer.objects.private_to(sam)
    for name, layer in layers.items():
        mark(left, 6, 20, sam if name == "own" else ines, kind="note", body=f"note-{name}", layer=layer)
    mark(left, 6, 20, ines, kind="highlight", layer=layers["class"])
    view = viewed(one.group, ines, [left, right], layers=[layers["class"]])
    View.objects.update(filters={"kinds": ["note"]})
    prompt = asked(view, ines)
    browser = one.browser("student")
    desk = browser.get(f"/views/{view.pk}/open/?note={prompt.prompt_id}", follow=True)
    assert desk.redirect_chain[0][0].endswith(
        f"?left=p2&right=p3&view={view.pk}&note={prompt.prompt_id}#left-a{prompt.prompt_id}"
    )
    page = desk.content.decode()
    assert "note-class" in page and "note-own" in page and "note-open" not in page
    assert 'data-kinds="note"' in page
    (closed,) = [href for href in hrefs(read(page)) if "/close/" in href]
    page = browser.get(closed, follow=True).content.decode()
    assert "note-open" in page and "view-panel" not in page
    # What a view chose ends with it, wherever one goes; what a person chose meanwhile does not.
    alone, chosen = f"/read/{left.slug}/", {"layer": layers["class"].pk, "back": f"/read/{left.slug}/"}
    for shown, choice in ((True, {}), (False, chosen)):
        browser.get(f"/views/{view.pk}/open/", follow=True)
        if choice:
            browser.post("/layers/", choice)
        assert ("note-open" in browser.get(alone).content.decode()) is shown
    # A note that is no prompt of the view is no way into it.
    assert "note=" not in browser.get(f"/views/{view.pk}/open/?note=1")["Location"]


def test_hiding_a_view_takes_its_prompts_along_but_not_those_that_have_answers() -> None:
    one = taught()
    person = one.people["instructor"]
    view = viewed(one.group, person)
    silent, loud = asked(view, person, "Silent?"), asked(view, person, "Loud?", at="3")
    answered(loud, one.people["student"], "Mine.")
    change = view_actions.hide(view=view, by=person)
    assert change and "1 prompt that has answers stays" in change.said
    kinds = [Annotation.objects.get(pk=one.prompt_id).layer.kind for one in (silent, loud)]
    assert kinds == [Layer.Kind.PRIVATE, Layer.Kind.CLASS]
    journal.undo(change=change, by=person)
    assert Annotation.objects.get(pk=silent.prompt_id).layer.group == one.group


def test_reading_is_written_down_of_students_once_in_ten_minutes() -> None:
    one = taught()
    view = viewed(one.group, one.people["instructor"])
    page = f"/views/{view.pk}/"
    for who in ("instructor", "assistant", "staff"):
        one.browser(who).get(page)
        assert one.browser(who).post(f"{page}finish/").status_code == 404
    assert not ReadingRecord.objects.exists()
    sam = one.browser("student")
    opened = sam.get(f"{page}open/")["Location"]
    for path in (opened, page, opened):
        assert "I have read this" in sam.get(path).content.decode()
    assert "Your instructors see that you opened this" in sam.get(page).content.decode()
    record = ReadingRecord.objects.get()
    assert (record.opened, record.finished_at) == (1, None)
    later = timezone.now() - timedelta(minutes=11)
    ReadingRecord.objects.update(last_at=later, first_at=later)
    sam.get(opened)
    record.refresh_from_db()
    assert record.opened == 2 and record.last_at > later == record.first_at
    back = sam.post(f"{page}finish/", {"back": opened.partition("#")[0]})
    assert back["Location"] == opened.partition("#")[0]
    assert "opened and finished this" in sam.get(page).content.decode()
    # What is sent twice is said once.
    sam.post(f"{page}finish/", {"read": "1"})
    record.refresh_from_db()
    assert record.finished_at
    sam.post(f"{page}finish/", {"read": "0"})
    record.refresh_from_db()
    assert record.finished_at is None


def test_a_view_goes_to_another_class_as_a_draft_with_its_prompts_and_without_answers() -> None:
    one = taught()
    person = one.people["instructor"]
    other = begun(by=person, name="Next door")
    view = viewed(one.group, person)
    prompt = asked(view, person, is_anonymous=True)
    answered(prompt, one.people["student"], "Mine.")
    ines = one.browser("instructor")
    ines.post(f"/views/{view.pk}/copy/", {"group": other.pk})
    made = View.objects.get(group=other)
    assert (made.shown_at, made.due_at, made.title) == (None, None, view.title)
    assert {layer.key for layer in made.layers.all()} == {"public", f"class-{other.pk}"}
    copied = made.asked.get().prompt
    assert copied.is_anonymous and copied.annotation.body == "Which tide?"
    assert not copied.annotation.replies.exists()
    assert copied.annotation.passages.get().pk not in prompt.prompt.annotation.passages.values_list("pk")
    assert made.left_place_id not in (None, view.left_place_id)
    for group, status in ((one.people["student"].pk + 9999, 404), (begun(by=make.bob()).pk, 404)):
        assert ines.post(f"/views/{view.pk}/copy/", {"group": group}).status_code == status
    second = viewed(one.group, person, [view.left], title="Second")
    view_actions.move(view=second, step=-1)
    term = classes.copy(group=one.group, name="Next term", time_zone="UTC", by=person)
    titles = View.objects.filter(group=term, shown_at__isnull=True).order_by("position")
    assert list(titles.values_list("title", flat=True)) == ["Second", "Two on tides"]
    assert copying.copy_view(view=second, group=term, by=person).position == 2


def test_views_of_classes_outlive_their_maker_and_no_deleted_text() -> None:
    one = taught()
    person = one.people["instructor"]
    left, right = texts()
    view = viewed(one.group, person, [left, right])
    draft = viewed(one.group, person, [left], title="Draft", shown=False)
    alone = viewed(None, person, [left], title="Alone")
    shown, hidden = asked(view, person), asked(draft, person, "Later?")
    answered(shown, one.people["student"], "Mine.")
    ines = one.browser("instructor")
    told = one.browser("staff").get(f"/texts/{left.slug}/delete/").content.decode()
    assert "2 views of classes show it and go with it" in told and "1 view in no class" in told
    told = ines.get("/account/delete/").content.decode()
    assert "2 views that you made for classes stay, without your name." in told
    assert "1 view in no class is deleted." in told
    from reader.people.signals import account_leaving

    account_leaving.send(sender=type(person), person=person, asking=False)
    person.delete()
    assert not View.objects.filter(pk=alone.pk).exists()
    view.refresh_from_db()
    assert view.owner is None
    kept = Annotation.objects.get(pk=shown.prompt_id)
    assert (kept.author, kept.deleted_at, kept.replies.count()) == (None, None, 1)
    # Ann, who assists, leads now.
    assert Annotation.objects.get(pk=hidden.prompt_id).author == one.people["assistant"]
    assert "Mine." in one.browser("student").get(f"/prompts/{shown.prompt_id}/").content.decode()
    left.delete()
    assert not View.objects.exists()


@pytest.mark.parametrize("who", ["student", "instructor"])
def test_pages_ask_no_more_for_thirty_views_and_prompts_than_for_three(who: str) -> None:
    one = taught()
    person = one.people["instructor"]
    both = texts()
    view = viewed(one.group, person, both)
    browser = one.browser(who)
    desk = browser.get(f"/views/{view.pk}/open/")["Location"].partition("#")[0]
    paths = [f"/classes/{one.group.pk}/views/", f"/classes/{one.group.pk}/", f"/views/{view.pk}/", desk]

    def counts() -> list[int]:
        found = []
        for path in paths:
            browser.get(path)
            with CaptureQueriesContext(
                connection,
            ) as queries:
                assert browser.get(path).status_code == 200
            found.append(len(queries))
        return found

    for number in range(2):
        viewed(one.group, person, both, title=f"View {number}", places=())
        answered(asked(view, person, f"Ask {number}?"), one.people["student"], "Mine.")
    few = counts()
    group = Class.objects.get(pk=one.group.pk)
    View.objects.bulk_create(
        View(group=group, owner=person, title=f"More {n}", left=both[0], position=9, shown_at=view.made_at)
        for n in range(27)
    )
    for number in range(28):
        asked(view, person, f"More {number}?", at=str(number % 4 + 1))
    assert counts() == few
    assert max(few) <= 25, few

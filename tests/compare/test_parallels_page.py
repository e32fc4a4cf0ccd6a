"""The pages of parallels: source use at a glance, judging and drawing, with a script and without."""

import pytest
from django.test import Client

from reader.compare.models import Pairing, Parallel, Verdict
from reader.library.actions import set_public
from reader.library.models import Document
from reader.people.models import Role
from tests import make
from tests.compare.pair import CITED, CITING, address, between, cited, citing, revise, texts
from tests.desk.pages import page, words_of

pytestmark = pytest.mark.django_db

PART = {"HX-Request": "true"}


@pytest.fixture
def pair() -> tuple[Document, Document]:
    return texts()


@pytest.fixture
def as_ann(client: Client) -> Client:
    client.force_login(make.user("ann", role=Role.ANALYST))
    return client


def test_source_use_is_told_in_three_lists(client: Client, pair: tuple[Document, Document]) -> None:
    root = page(client, address(*pair))
    lists = {section.attributes["aria-labelledby"]: section for section in root.find("section")}
    assert list(lists) == ["list-credited", "list-uncredited", "list-citations"]
    assert "four hundred crowns" in words_of(lists["list-credited"])
    assert "cites the other text here" in words_of(lists["list-credited"])
    assert "a tenth of its cargo" in words_of(lists["list-uncredited"])
    assert "None." in words_of(lists["list-citations"])


def test_a_citation_of_what_the_other_text_does_not_say_is_told(client: Client) -> None:
    second = make.document(cited(*CITED[:2], *CITED[3:]))
    first = make.document(citing(*CITING))
    client.force_login(make.bob())
    client.post(address(first, second, "find"))
    root = page(client, address(first, second) + "?show=citations")
    (article,) = root.find("article", "parallel-tip")
    assert "For the repair of the sluice" in words_of(article)
    assert root.find("nav", "ways")


@pytest.mark.parametrize("show", ["credited", "uncredited", "citations", "faint", "rejected", "none", "\x00"])
def test_each_list_has_a_page(client: Client, pair: tuple[Document, Document], show: str) -> None:
    assert client.get(address(*pair), {"show": show, "page": "9"}).status_code == 200


def test_a_parallel_tells_its_words_and_opens_both_texts(
    client: Client, pair: tuple[Document, Document]
) -> None:
    parallel = between(*pair, 2, 3)
    root = page(client, address(*pair, "parallel", parallel.pk))
    (article,) = root.find("article", "parallel-tip")
    assert "sluice" in words_of(article.find("p", "hint")[0])
    links = [link.attributes["href"] for link in article.find("a")]
    assert f"/facing/{pair[0].slug}/{pair[1].slug}/?left=p2&right=p3#left-p2" in links
    part = client.get(address(*pair, "parallel", parallel.pk), headers=PART).content.decode()
    assert part.strip().startswith("<article")


def test_confirming_by_a_script_answers_with_the_parallel_and_tells_the_desk(
    as_ann: Client, pair: tuple[Document, Document]
) -> None:
    parallel = between(*pair, 4, 1)
    answer = as_ann.post(address(*pair, "judge", parallel.pk), {"says": "confirmed"}, headers=PART)
    assert answer.status_code == 200
    assert answer["HX-Trigger"] == "parallels"
    assert "You confirmed it." in answer.content.decode()
    assert Verdict.objects.get().says == "confirmed"


def test_rejecting_without_a_script_leads_back_with_a_way_to_undo(
    as_ann: Client, pair: tuple[Document, Document]
) -> None:
    parallel = between(*pair, 4, 1)
    here = address(*pair)
    answer = as_ann.post(
        address(*pair, "judge", parallel.pk), {"says": "rejected", "back": here}, follow=True
    )
    shown = answer.content.decode()
    assert "Rejected: it is no parallel." in shown
    assert "/undo/" in shown
    assert words_of(page(as_ann, f"{here}?show=rejected").find("blockquote")[0]).endswith(CITING[3])
    answer = as_ann.post(address(*pair, "judge", parallel.pk), {"says": "x", "back": "//evil.example"})
    assert answer["Location"] == here


def test_drawing_by_a_form(as_ann: Client, pair: tuple[Document, Document]) -> None:
    path = address(*pair, "draw")
    root = page(as_ann, f"{path}?left=p1&right=p2")
    fields = {
        field.attributes["name"]: field.attributes["value"]
        for form in root.find("form", "mark-up")
        for field in form.find("input")
        if field.attributes.get("type") in ("hidden", "radio")
        and (field.attributes["type"] == "hidden" or "checked" in field.attributes)
    }
    as_ann.post(path, fields)
    drawn = Parallel.objects.get(strength="drawn")
    assert {drawn.first.exact, drawn.second.exact} == {CITED[1], CITING[0]}
    refused = as_ann.post(path, fields | {"left_end": "99999"})
    assert refused.status_code == 422
    assert 'role="alert"' in refused.content.decode()
    as_ann.post(address(*pair, "withdraw", drawn.pk))
    assert not Parallel.objects.filter(strength="drawn").exists()


def test_two_texts_that_were_never_compared_are_on_request(client: Client) -> None:
    one, other = make.document(make.parsed("On Bells")), make.document(cited())
    assert "have not been compared yet" in client.get(address(one, other)).content.decode()
    assert client.post(address(one, other, "find")).status_code == 302
    assert not Pairing.objects.exists()
    client.force_login(make.bob())
    client.post(address(one, other, "find"))
    assert Pairing.objects.get().state == "found"
    assert "Source use" in client.get(address(one, other)).content.decode()


def test_texts_that_one_may_not_read_have_no_parallels(client: Client) -> None:
    first, second = texts(public=False)
    parallel = between(first, second, 2, 3)
    set_public(document=first, public=True)
    client.force_login(make.bob())
    for name, more in (("parallels", ()), ("draw", ()), ("parallel", (parallel.pk,))):
        assert client.get(address(first, second, name, *more)).status_code == 404
    for name, more in (("find", ()), ("judge", (parallel.pk,)), ("withdraw", (parallel.pk,))):
        assert client.post(address(first, second, name, *more), {"says": "rejected"}).status_code == 404
    assert client.get(address(first, first)).status_code == 404
    assert not Verdict.objects.exists()


def test_a_parallel_of_other_texts_is_not_found_under_these(as_ann: Client) -> None:
    first, second = texts()
    other = make.document(make.parsed("On Bells"))
    parallel = between(first, second, 2, 3)
    assert as_ann.get(address(first, other, "parallel", parallel.pk)).status_code == 404
    assert as_ann.post(address(first, other, "judge", parallel.pk), {"says": "rejected"}).status_code == 404


def test_another_student_s_drawing_is_not_theirs_to_see(
    client: Client, pair: tuple[Document, Document]
) -> None:
    client.force_login(make.bob())
    form = {"left_start": "22", "left_end": "40", "right_start": "10", "right_end": "40"}
    client.post(address(*pair, "draw"), form)
    drawn = Parallel.objects.get(strength="drawn")
    client.force_login(make.user("dora"))
    assert client.get(address(*pair, "parallel", drawn.pk)).status_code == 404
    assert drawn.first.exact not in [words_of(q) for q in page(client, address(*pair)).find("blockquote")]


def test_the_desk_asks_for_the_links_of_what_it_shows(
    client: Client, pair: tuple[Document, Document]
) -> None:
    first, _ = pair
    assert first.current is not None
    start = first.current.text.index(CITING[3])
    answer = client.get(address(*pair), {"left": f"{start}-{start + 20}"}, headers=PART).content.decode()
    assert "4 ⇄ 1" in answer
    assert "2 ⇄ 3" not in answer
    assert 'data-left="' in answer


def test_the_facing_page_links_its_parallels_both_ways_round(
    client: Client, pair: tuple[Document, Document]
) -> None:
    first, second = pair
    (nav,) = page(client, f"/facing/{first.slug}/{second.slug}/").find("nav", "parallels")
    (leans,) = nav.find("a", "credited")
    assert leans.attributes["data-citing"] == "left"
    assert leans.attributes["href"] == "?left=p2&right=p3#right-p3"
    (nav,) = page(client, f"/facing/{second.slug}/{first.slug}/").find("nav", "parallels")
    (leans,) = nav.find("a", "credited")
    assert (leans.attributes["data-citing"], leans.attributes["href"]) == (
        "right",
        "?left=p3&right=p2#right-p2",
    )


def test_a_rejected_parallel_leaves_the_desk_at_once(as_ann: Client, pair: tuple[Document, Document]) -> None:
    first, second = pair
    desk = f"/facing/{first.slug}/{second.slug}/"
    assert "4 ⇄ 1" in as_ann.get(desk).content.decode()
    as_ann.post(address(*pair, "judge", between(*pair, 4, 1).pk), {"says": "rejected"})
    assert "4 ⇄ 1" not in as_ann.get(desk).content.decode()
    assert "4 ⇄ 1" not in Client().get(desk).content.decode()
    as_ann.post("/changes/undo/")
    assert "4 ⇄ 1" in Client().get(desk).content.decode()


def test_the_desk_says_that_parallels_are_being_looked_for_and_asks_again(client: Client) -> None:
    first, second = texts()
    Pairing.objects.update(state=Pairing.State.WAITING)
    (said,) = page(client, f"/facing/{first.slug}/{second.slug}/").find("p", "looking")
    again = said.attributes["hx-get"]
    assert again == address(first, second, "looking")
    assert 'class="looking"' in client.get(again).content.decode()
    Pairing.objects.update(state=Pairing.State.FOUND)
    answer = client.get(again)
    assert (answer.content, answer["HX-Trigger"]) == (b"", "parallels")
    assert not page(client, f"/facing/{first.slug}/{second.slug}/").find("p", "looking")


def test_what_people_drew_or_said_is_listed_when_its_words_are_gone(
    as_ann: Client, pair: tuple[Document, Document]
) -> None:
    first, second = pair
    judge = address(*pair, "judge", between(*pair, 4, 1).pk)
    as_ann.post(judge, {"says": "confirmed"})
    revise(second, cited(*CITED[1:]))
    root = page(as_ann, address(*pair) + "?show=lost")
    (article,) = root.find("article", "parallel-tip")
    assert "no longer in the text" in words_of(article)
    assert CITED[0] in words_of(article)
    # No place is told where the words are not.
    assert [link.attributes["href"] for link in article.find("blockquote")[1].find("a")] == []
    assert [link.attributes["href"] for link in article.find("blockquote")[0].find("a")] == [
        f"/facing/{first.slug}/{second.slug}/?left=p4&right=#left-p4"
    ]
    assert f">{4} ⇄" not in as_ann.get(f"/facing/{first.slug}/{second.slug}/").content.decode()
    answer = as_ann.post(judge, {"says": "rejected"}, headers=PART)
    assert "no longer in the text" in answer.content.decode()
    assert "Set it right" not in answer.content.decode()
    revise(second, cited(*CITED, "And so on."))
    assert "No longer in the text" not in as_ann.get(address(*pair)).content.decode()


@pytest.mark.parametrize("state", ["waiting", "failed"])
def test_whoever_waits_or_waited_in_vain_can_ask_again(
    as_ann: Client, pair: tuple[Document, Document], state: str
) -> None:
    Pairing.objects.update(state=state, error="It could not be done.")
    root = page(as_ann, address(*pair))
    forms = [form.attributes["action"] for form in root.find("form")]
    assert address(*pair, "find") in forms
    assert ("It could not be done." in words_of(root)) is (state == "failed")
    assert len([form for form in forms if form == address(*pair, "find")]) == 1
    # What was found before is there meanwhile.
    assert "four hundred crowns" in words_of(root)
    as_ann.post(address(*pair, "find"))
    assert Pairing.objects.get().state == "found"


def test_a_page_that_waits_is_left_alone_until_there_is_news(
    client: Client, pair: tuple[Document, Document]
) -> None:
    Pairing.objects.update(state="waiting")
    (status,) = [p for p in page(client, address(*pair)).find("p") if p.attributes.get("role") == "status"]
    asked = status.attributes["hx-get"]
    answer = client.get(asked, headers=PART)
    assert (answer.status_code, answer.headers.get("HX-Refresh")) == (204, None)
    Pairing.objects.update(state="found")
    answer = client.get(asked, headers=PART)
    assert (answer.status_code, answer.headers.get("HX-Refresh")) == (204, "true")
    assert client.get(asked).status_code == 200

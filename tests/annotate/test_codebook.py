"""The pages of codebooks, for their owner and for others; a codebook leaves and comes as a table."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from reader.annotate.actions import NotDone
from reader.annotate.codebook_csv import bring_codebook, read_codebook, write_codebook
from reader.annotate.codes import codes_named, edit_code
from reader.annotate.journal import undo
from reader.annotate.models import Change, Code, Codebook
from reader.annotate.naming import tree
from tests import make
from tests.annotate.test_lists import note

pytestmark = pytest.mark.django_db


@pytest.fixture
def bob(client: Client) -> Client:
    """Bob's browser."""
    client.force_login(make.bob())
    return client


def a_code(path: str = "Harbour") -> Code:
    """A code of bob's."""
    return codes_named(make.bob(), [path])[0]


def send(client: Client, view: str, /, *args: Any, **fields: Any) -> str:
    """Post a form, and read the page that it leads to."""
    answer = client.post(reverse(f"annotate:{view}", args=args), fields, follow=True)
    return answer.content.decode()


def test_the_empty_list_teaches(client: Client, bob: Client) -> None:
    assert "begins one by itself" in bob.get(reverse("annotate:codebooks")).content.decode()


def test_a_codebook_is_begun_filled_and_opened_to_everybody(bob: Client) -> None:
    page = send(bob, "codebooks", name="My study")
    assert "My study" in page and "Undo" in page
    book = Codebook.objects.get()
    send(bob, "add_code", book.pk, name="Harbour", definition="Where ships lie.")
    harbour = Code.objects.get()
    page = send(bob, "add_code", book.pk, name="Quay", parent=str(harbour.pk))
    assert Code.objects.get(name="Quay").parent == harbour
    assert "Where ships lie." in page
    send(bob, "edit_codebook", book.pk, name="Our study", public="1")
    bob.logout()
    page = bob.get(book.get_absolute_url()).content.decode()
    assert "Our study" in page and "Quay" in page
    assert "<button" not in page.partition("<main")[2]


def test_counts_are_those_that_one_may_see(bob: Client) -> None:
    code = a_code()
    Codebook.objects.update(is_public=True)
    note(make.bob(), codes=[code])
    note(make.bob(), codes=[code], public=False)
    page = bob.get(code.codebook.get_absolute_url()).content.decode()
    assert '<span class="count">2</span>' in page
    bob.logout()
    page = bob.get(code.codebook.get_absolute_url()).content.decode()
    assert '<span class="count">1</span>' in page


def test_a_code_s_page_edits_moves_merges_splits_and_deletes(bob: Client) -> None:
    code, other = a_code(), a_code("Sea")
    one, two = note(make.bob(), codes=[code]), note(make.bob(), codes=[code], start=30)
    page = send(bob, "code", code.pk, name="Port", definition="D", memo="M", hue="3", pattern="4")
    assert "Port" in page and "Undo" in page
    code.refresh_from_db()
    assert (code.name, code.definition, code.memo, code.look) == ("Port", "D", "M", "hue-3 pattern-4")
    send(bob, "move_code", code.pk, parent=str(other.pk))
    code.refresh_from_db()
    assert code.parent == other
    page = send(bob, "split_code", code.pk, split_name="Old port", annotation=[str(one.pk)])
    made = Code.objects.get(name="Old port")
    assert one.passages.get().exact in page
    assert list(one.codes.all()) == [made] and list(two.codes.all()) == [code]
    send(bob, "merge_codes", made.pk, into=str(other.pk))
    assert list(one.codes.all()) == [other]
    page = send(bob, "delete_code", code.pk)
    assert "deleted" in page
    assert set(Code.objects.live()) == {other}
    for change in Change.objects.filter(annotation=None).exclude(verb="add_code"):
        undo(change=change, by=make.bob())
    code.refresh_from_db()
    assert (code.name, code.parent_id) == ("Harbour", None)


def test_codes_go_up_and_down_among_those_beside_them(bob: Client) -> None:
    a, b = a_code("A"), a_code("B")
    send(bob, "move_code", b.pk, way="up")
    assert [code.name for code in Code.objects.live()] == ["B", "A"]
    send(bob, "move_code", b.pk, way="up")
    send(bob, "move_code", b.pk, way="down")
    assert [code.name for code in Code.objects.live()] == ["A", "B"]
    send(bob, "move_code", a.pk, way="up")


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("code", {"name": ""}),
        ("code", {"name": "x" * 121}),
        ("code", {"name": "sea"}),
        ("code", {"name": "Harbour", "hue": "9"}),
        ("code", {"name": "Harbour", "pattern": "²"}),
        ("code", {"name": "Harbour", "memo": "x" * 20_001}),
        ("move_code", {"parent": "999999"}),
        ("move_code", {"parent": "x" * 40}),
        ("merge_codes", {}),
        ("merge_codes", {"into": "-1"}),
        ("split_code", {"split_name": "New"}),
        ("split_code", {"split_name": "New", "annotation": ["x", "9" * 30]}),
    ],
)
def test_a_form_that_cannot_be_meant_is_told_and_changes_nothing(
    bob: Client, name: str, fields: dict[str, Any]
) -> None:
    code = a_code()
    a_code("Sea")
    before = list(Code.objects.values())
    answer = bob.post(reverse(f"annotate:{name}", args=[code.pk]), fields)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert list(Code.objects.values()) == before


def test_what_was_typed_is_there_again_after_a_refusal(bob: Client) -> None:
    code = a_code()
    answer = bob.post(reverse("annotate:code", args=[code.pk]), {"name": "x" * 121, "memo": "Long thoughts."})
    assert "Long thoughts." in answer.content.decode()


@pytest.mark.parametrize("public", [False, True])
def test_a_stranger_changes_nothing(client: Client, public: bool) -> None:
    code = a_code()
    Codebook.objects.update(is_public=public)
    client.force_login(make.user("charlie"))
    seen = 200 if public else 404
    assert client.get(code.codebook.get_absolute_url()).status_code == seen
    assert client.get(reverse("annotate:code", args=[code.pk])).status_code == seen
    assert client.get(reverse("annotate:export_codebook", args=[code.codebook_id])).status_code == seen
    for name in ("code", "move_code", "merge_codes", "split_code", "delete_code"):
        assert client.post(reverse(f"annotate:{name}", args=[code.pk]), {"name": "Mine"}).status_code == 404
    for name in ("edit_codebook", "delete_codebook", "add_code"):
        assert (
            client.post(reverse(f"annotate:{name}", args=[code.codebook_id]), {"name": "M"}).status_code
            == 404
        )
    assert Code.objects.get().name == "Harbour"


def test_who_has_no_account_is_led_to_signing_in(client: Client) -> None:
    code = a_code()
    for name, args in (("codebooks", []), ("code", [code.pk]), ("delete_code", [code.pk])):
        answer = client.post(reverse(f"annotate:{name}", args=args), {"name": "M"})
        assert answer["Location"].startswith(reverse("people:sign_in"))


def test_a_page_of_many_codes_takes_few_queries(bob: Client, django_assert_max_num_queries: Any) -> None:
    codes_named(make.bob(), [f"Code {n % 20} / Child {n}" for n in range(200)])
    with django_assert_max_num_queries(12):
        bob.get(Codebook.objects.get().get_absolute_url())


def test_a_codebook_comes_back_from_its_own_table() -> None:
    harbour, quay = codes_named(make.bob(), ["Harbour", "Harbour / Quay"])
    edit_code(by=make.bob(), code=quay, definition='Where "ships",\nlie.', memo="=1+1", hue=8, pattern=6)
    words = write_codebook(tree(harbour.codebook.codes.live()))
    assert ",'=1+1," in words
    book, change = bring_codebook(by=make.bob(), name="Again", data=words.encode())
    again = write_codebook(tree(book.codes.live()))
    assert again == words
    undo(change=change, by=make.bob())
    assert not Codebook.objects.visible_to(make.bob()).filter(name="Again").exists()


def test_a_table_in_any_order_with_semicolons_is_read() -> None:
    words = "\ufeffParent;Name\r\nHarbour;Quay\r\n;Harbour\r\nHarbour / Quay;Lantern\r\n"
    book, _ = bring_codebook(by=make.bob(), name="Table", data=words.encode())
    [lantern] = book.codes.filter(name="Lantern")
    assert lantern.parent and lantern.parent.name == "Quay"
    assert lantern.parent.parent and lantern.parent.parent.name == "Harbour"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (b"", "first line"),
        (b"title\nA\n", "first line"),
        (b"name\n\xff\n", "UTF-8"),
        (b"name,hue\nA,9\n", "Line 2"),
        (b"name,hue\nA,red\n", "Line 2"),
        (b"name,hue\nA,0001" + b"0" * 5_000 + b"\n", "Line 2"),
        (b"name\nA\na\n", "Line 3"),
        (b"name,parent\nA,B\n", "no code"),
        (b"name,parent\nA,B\nB,A\n", "below itself"),
        (b"name,parent\nA,A\n", "below itself"),
        (b'name\n"' + b"x" * 200_000 + b'"\n', "Line"),
        (b"name\n" + b"x" * 130 + b"\n", "Line 2"),
        (b"name\n" + b"\n".join(b"c%d" % n for n in range(2_100)), "2,000"),
        (b"x" * 1_000_001, "larger"),
    ],
)
def test_a_table_that_is_none_is_told_with_its_line(words: bytes, said: str) -> None:
    with pytest.raises(NotDone, match=said):
        bring_codebook(by=make.bob(), name="Table", data=words)
    assert not Codebook.objects.exists()


def test_a_table_is_uploaded(bob: Client) -> None:
    table = SimpleUploadedFile("study.csv", b"name,definition\nHarbour,Where ships lie.\n")
    page = send(bob, "import_codebook", table=table)
    assert "study" in page and "Where ships lie." in page
    for wrong in (SimpleUploadedFile("no.csv", b""), SimpleUploadedFile("no.csv", b"x")):
        answer = bob.post(reverse("annotate:import_codebook"), {"table": wrong})
        assert answer.status_code == 422
    assert bob.post(reverse("annotate:import_codebook")).status_code == 422


def test_a_table_read_twice_says_the_same() -> None:
    assert read_codebook(b"name\nA\n") == read_codebook(b"name\r\nA\r\n\r\n")

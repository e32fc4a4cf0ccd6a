"""What is no text, or a strange one: a clear message with what to do, and the library unchanged."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django.fixtures import DjangoCaptureOnCommitCallbacks, Settings

from reader.library.models import Document, Import, Revision
from tests import make

pytestmark = pytest.mark.django_db

FACTS = {"title": "T", "is_public": "on"}


def sent(client: Client, data: bytes, name: str = "t.md") -> str:
    """The page at which a person arrives who uploads these bytes."""
    return client.post("/add/", {"file": SimpleUploadedFile(name, data)}, follow=True).content.decode()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "The file is empty"),
        (b" \n\x00\n ", "The file is empty"),
        (b"%PDF-1.7 ...", "a PDF"),
        (b"PK\x03\x04....", "a Word, EPUB or other zipped file"),
        (bytes(range(256)) * 40, "binary data"),
    ],
)
def test_what_is_no_text_is_refused_with_what_to_do(data: bytes, said: str, as_alice: Client) -> None:
    make.document()
    page = sent(as_alice, data)
    assert said in page
    assert any(advice in page for advice in ("Choose", "Save it", "convert"))
    assert Revision.objects.count() == 1


def test_a_failed_import_can_be_discarded_and_restored(as_alice: Client) -> None:
    sent(as_alice, b"%PDF-1.7 ...")
    address = f"/imports/{Import.objects.get().pk}/"
    assert "discarded" in as_alice.post(f"{address}discard/", follow=True).content.decode()
    assert "a PDF" in as_alice.post(f"{address}restore/", follow=True).content.decode()


def test_neither_file_nor_text_is_told(as_alice: Client) -> None:
    response = as_alice.post("/add/", {"text": " \n"})
    assert response.status_code == 422
    assert "Choose a file, or paste the text." in response.content.decode()


def test_both_file_and_text_is_told_and_the_text_stays(as_alice: Client) -> None:
    response = as_alice.post("/add/", {"text": "What I pasted", "file": SimpleUploadedFile("t.md", b"# T")})
    assert response.status_code == 422
    assert "not both" in response.content.decode()
    assert "What I pasted" in response.content.decode()


def test_a_source_beyond_the_limit_is_refused_before_it_is_stored(
    as_alice: Client, settings: Settings
) -> None:
    settings.READER_MAX_SOURCE_BYTES = 1000
    response = as_alice.post("/add/", {"file": SimpleUploadedFile("t.md", b"word " * 500)})
    assert response.status_code == 422
    assert "Split it" in response.content.decode()
    pasted = as_alice.post("/add/", {"text": "word " * 500})
    assert pasted.status_code == 422
    assert "Split it" in pasted.content.decode()
    assert not Import.objects.exists()


def test_fifty_megabytes_are_refused(as_alice: Client) -> None:
    response = as_alice.post("/add/", {"file": SimpleUploadedFile("t.md", b"x" * 50_000_000)})
    assert response.status_code == 422
    assert "47.7" in response.content.decode()


def test_a_paste_beyond_what_a_form_takes_is_told(as_alice: Client) -> None:
    response = as_alice.post("/add/", {"text": "word " * 600_000})
    assert response.status_code == 400
    assert "uploaded as a file" in response.content.decode()


@pytest.mark.parametrize(
    "data",
    [
        "# T\n\nA\x00 word\x01 and\x1f another\ufffe.\n".encode(),
        "# T\n\nNaïve café, déjà vu, façade, über.\n".encode("cp1252"),
        "\ufeff# T\n\nWords.\n".encode("utf-16"),
        "# שלום\n\nשלום עולם.\n".encode(),
        "# 潮汐\n\n潮汐磨坊的历史。\n".encode(),
        "# T\n\n👩‍🚀 e\u0301 𝕊 \u202etxet\u202c\n".encode(),
        ("# T\n\n" + "".join(f"## H {n}\n\n" for n in range(2_000))).encode(),
        b"# T\n\nAround.[^1]\n\n[^1]: See.[^2]\n\n[^2]: See.[^1]\n",
        b"[^1]: [^1]\n",
        b"# " + b"x" * 5000,
        b"---\ntitle: 7\nauthors: {a: [b]}\ndate: never\n---\n\nWords.\n",
        b'---\ntitle: "a\\0b\\ud800"\nother: "\\0"\n---\n\nWords &#0; &#xD800;.\n',
        b"# T\n\nA\xff\xfe broken \xe2\x28 byte.\n",
    ],
    ids=(
        "controls windows utf-16 hebrew chinese emoji headings cycle itself title front escapes broken"
    ).split(),
)
def test_a_strange_text_is_kept_and_opens(data: bytes, as_alice: Client) -> None:
    assert "Keep it" in sent(as_alice, data)
    kept = as_alice.post(f"/imports/{Import.objects.get().pk}/keep/", FACTS, follow=True)
    assert "is kept" in kept.content.decode()
    slug = Document.objects.get().slug
    assert as_alice.get(f"/texts/{slug}/works/").status_code == 200
    assert as_alice.get(f"/read/{slug}/").status_code == 200


def test_one_line_of_five_megabytes_is_kept_and_opens(
    as_alice: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        sent(as_alice, b"# T\n\n" + b"word " * 1_000_000)
    with django_capture_on_commit_callbacks(execute=True):
        as_alice.post(f"/imports/{Import.objects.get().pk}/keep/", FACTS)
    assert as_alice.get(f"/read/{Document.objects.get().slug}/").status_code == 200


def test_a_name_of_a_file_is_only_a_name(as_alice: Client) -> None:
    page = sent(as_alice, b"# T\n\nWords.\n", name="<b>../" + "n" * 300 + ".md")
    assert "<b>.." not in page
    assert len(Import.objects.get().name) <= 200


def test_addresses_and_titles_too_long_for_an_index_are_kept(as_alice: Client) -> None:
    # Random enough that a database cannot press them together.
    long = "".join(chr(0x4E00 + number * 7919 % 20_000) for number in range(2_500))
    head = f"---\ntitle: T\nlanguage: {long[:300]}\ndigest_of: https://tides.example/d{long}\n---\n\n"
    note = f"[^1]: Ada Lomax. “On {long}.” https://tides.example/{long}\n"
    sent(as_alice, f"{head}Words.[^1]\n\n{note}".encode())
    address = f"https://tides.example/t{long[:1_500]}"
    as_alice.post(f"/imports/{Import.objects.get().pk}/keep/", FACTS | {"source_url": address})
    document = Document.objects.get()
    assert document.source_url == address
    assert document.language == ""
    assert as_alice.get(f"/texts/{document.slug}/works/").status_code == 200

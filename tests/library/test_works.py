"""Works: what notes cite, and the texts of the library that they are."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from pytest_django.fixtures import DjangoAssertNumQueries

from reader.ingest.parsed import Note, Parsed
from reader.library.actions import delete, set_public
from reader.library.models import Document, Footnote, Revision, Work
from reader.library.querysets import Reader
from reader.library.works import same_makers
from reader.people.models import User
from tests import make

pytestmark = pytest.mark.django_db

TIDES = "https://www.salt.example/tides/"
STRANGER = AnonymousUser()


def with_notes(*notes: Note, title: str = "An Answer") -> Parsed:
    """A text with these notes, one mark for each."""
    words = "So it was said."
    marks = [make.mark(note.label, words, index, ordinal=index) for index, note in enumerate(notes)]
    return make.parsed(title, make.paragraph(words, *marks), notes=notes)


def links(document: Document, user: Reader) -> dict[int, tuple[str, str]]:
    """What the notes of a document lead to for this person."""
    return Work.objects.links_for(Footnote.objects.filter(revision=document.current_id), user)


def citing(document: Document, user: Reader) -> list[str]:
    """The names of the texts that cite a document, for this person."""
    return [one.slug for one in Work.objects.cited_by(document, user)]


def test_two_notes_that_cite_one_address_point_to_one_work() -> None:
    make.document(
        with_notes(
            make.note(
                "1", "Tides, https://salt.example/tides", url="https://salt.example/tides", title="Tides"
            ),
            make.note(
                "2", "Tides again", url="http://www.salt.example/tides/?utm_source=x", publication="Salt"
            ),
        )
    )
    work = Work.objects.get()
    assert work.footnotes.count() == 2
    assert (work.title, work.publication) == ("Tides", "Salt")


def test_notes_of_two_texts_share_a_work_which_learns_what_was_missing() -> None:
    make.document(make.citing(TIDES, "One"))
    make.document(
        with_notes(
            make.note(
                "1", "…", url=TIDES, title="On Tides", authors=("Ada Lomax",), published_on=date(1931, 1, 2)
            ),
            title="Two",
        )
    )
    work = Work.objects.get()
    assert (work.title, work.authors, work.published_on) == ("On Tides", ["Ada Lomax"], date(1931, 1, 2))
    assert work.footnotes.count() == 2


def test_what_is_known_of_a_work_is_not_overwritten() -> None:
    make.document(with_notes(make.note("1", "…", url=TIDES, title="On Tides"), title="One"))
    make.document(with_notes(make.note("1", "…", url=TIDES, title="Something Else"), title="Two"))
    assert Work.objects.get().title == "On Tides"


def test_a_note_without_address_is_recognised_by_title_and_author() -> None:
    make.document(
        with_notes(
            make.note("1", "…", title="On Tides", authors=("Lomax, Ada",)),
            make.note("2", "…", url=TIDES, title="On Tides", authors=("Ada Lomax",)),
            make.note("3", "…", title="On tides", authors=("A. Lomax",)),
            make.note("4", "…", title="On Tides", authors=("Ben Orme",)),
        )
    )
    works = {note.label: note.work for note in Footnote.objects.select_related("work")}
    assert works["1"] == works["2"] == works["3"] != works["4"]
    assert works["1"] and works["1"].url == TIDES


def test_a_work_cited_without_address_takes_the_address_that_a_later_text_gives() -> None:
    make.document(with_notes(make.note("1", "…", title="On Tides", authors=("Ada Lomax",)), title="One"))
    make.document(
        with_notes(make.note("1", "…", url=TIDES, title="On Tides", authors=("Ada Lomax",)), title="Two")
    )
    assert Work.objects.get().url == TIDES
    document = make.document(make.parsed("Elsewhere Named", source_url=TIDES))
    assert len(citing(document, STRANGER)) == 2


def test_a_note_that_names_nothing_plain_has_no_work() -> None:
    make.document(
        with_notes(make.note("1", "She lives in the north."), make.note("2", "…", authors=("Ada",)))
    )
    assert not Work.objects.exists()
    assert Footnote.objects.filter(work=None).count() == 2


def test_surnames_agree_however_the_name_is_turned() -> None:
    assert same_makers(["Ada Lomax"], ["LOMAX, Ada", "Ben Orme"])
    assert same_makers([], [])
    assert not same_makers(["Ada Lomax"], [])
    assert not same_makers(["Ada Lomax"], ["Ada Orme"])


def test_a_note_leads_to_the_text_whose_address_it_cites() -> None:
    tides = make.document(make.parsed("On Tides", source_url="http://salt.example/tides"))
    answer = make.document(make.citing(TIDES))
    assert links(answer, STRANGER) == {0: (tides.slug, "On Tides")}
    assert citing(tides, STRANGER) == [answer.slug]


def test_it_does_so_too_when_the_cited_text_comes_later() -> None:
    answer = make.document(make.citing(TIDES))
    assert links(answer, STRANGER) == {}
    tides = make.document(make.parsed("On Tides", source_url=TIDES))
    assert links(answer, STRANGER) == {0: (tides.slug, "On Tides")}


def test_a_note_leads_to_a_text_by_title_and_an_author() -> None:
    tides = make.document(make.parsed("On Tides", authors=("Ada Lomax", "Ben Orme")))
    make.document(make.parsed("On Tides", authors=("Somebody Else",), source_url="https://else.example/"))
    answer = make.document(with_notes(make.note("1", "…", title="On tides", authors=("Orme, Ben",))))
    assert links(answer, STRANGER) == {0: (tides.slug, "On Tides")}


def test_a_title_alone_leads_nowhere() -> None:
    make.document(make.parsed("On Tides", authors=("Ada Lomax",)))
    answer = make.document(with_notes(make.note("1", "…", title="On Tides")))
    assert links(answer, STRANGER) == {}


@pytest.mark.parametrize("first", ["original", "digest"])
def test_an_original_wins_over_its_digest_whichever_came_first(first: str) -> None:
    texts = {
        "original": make.parsed("On Tides", source_url=TIDES),
        "digest": make.parsed("Digest: On Tides", digest_of=TIDES),
    }
    answer = make.document(make.citing(TIDES))
    one = make.document(texts.pop(first))
    assert links(answer, STRANGER)[0][0] == one.slug
    (other,) = (make.document(text) for text in texts.values())
    original, digest = (one, other) if first == "original" else (other, one)
    assert links(answer, STRANGER)[0][0] == original.slug
    assert (citing(original, STRANGER), citing(digest, STRANGER)) == ([answer.slug], [])


def test_the_digest_is_offered_where_the_original_is_private_or_gone(alice: User) -> None:
    original = make.document(make.parsed("On Tides", source_url=TIDES), by=alice)
    digest = make.document(make.parsed("Digest: On Tides", digest_of=TIDES))
    answer = make.document(make.citing(TIDES))
    set_public(document=original, public=False)
    assert links(answer, STRANGER)[0][0] == digest.slug
    assert citing(digest, STRANGER) == [answer.slug]
    assert links(answer, alice)[0][0] == original.slug
    set_public(document=original, public=True)
    assert links(answer, STRANGER)[0][0] == original.slug
    delete(document=original)
    assert links(answer, STRANGER)[0][0] == digest.slug


def test_a_digest_of_a_text_without_address_is_found_by_a_long_title_alone() -> None:
    long, short = "Salt and Its Price in the North", "Salt"
    for title in (long, short):
        make.document(make.parsed(f"Digest: {title}", extra=(("original.title", title),)))
    notes = (
        make.note("1", "…", title=long, authors=("A",)),
        make.note("2", "…", title=short, authors=("A",)),
    )
    answer = make.document(with_notes(*notes))
    assert links(answer, STRANGER) == {0: ("digest-salt-its-price-north", f"Digest: {long}")}


def test_a_text_whose_address_changed_is_no_longer_what_was_cited() -> None:
    tides = make.document(make.parsed("On Tides", source_url=TIDES))
    answer = make.document(make.citing(TIDES))
    make.kept(
        make.parsed("On Tides", make.paragraph("new"), source_url="https://else.example/"), revises=tides
    )
    assert links(answer, STRANGER) == {}


def test_only_the_current_revision_cites() -> None:
    tides = make.document(make.parsed("On Tides", source_url=TIDES))
    answer = make.document(make.citing(TIDES))
    make.kept(make.parsed("An Answer", make.paragraph("It cites nothing now.")), revises=answer)
    assert citing(tides, STRANGER) == []
    assert Work.objects.pairs(STRANGER) == []


def test_a_text_that_cites_itself_faces_nobody() -> None:
    itself = make.document(make.citing(TIDES, source_url=TIDES))
    assert links(itself, STRANGER) == {}
    assert citing(itself, STRANGER) == []
    assert Work.objects.pairs(STRANGER) == []


def test_cited_by_tells_each_place() -> None:
    tides = make.document(make.parsed("On Tides", source_url=TIDES))
    make.document(
        with_notes(
            make.note("1", "else", url="https://else.example/"),
            make.note("2", "a", url=TIDES),
            make.note("3", "b", url=TIDES),
        )
    )
    (one,) = Work.objects.cited_by(tides, STRANGER)
    assert one.places == (("2", "m2"), ("3", "m3"))


def test_a_note_without_mark_is_a_place_itself() -> None:
    tides = make.document(make.parsed("On Tides", source_url=TIDES))
    make.document(make.parsed("An Answer", notes=(make.note("1", "a", url=TIDES),)))
    (one,) = Work.objects.cited_by(tides, STRANGER)
    assert one.places == (("1", "n1"),)


def test_pairs_are_told_once_with_originals_first() -> None:
    make.document(make.parsed("Salt", source_url="https://salt.example/salt"))
    make.document(make.parsed("Digest: On Tides", digest_of=TIDES))
    make.document(make.citing(TIDES, "A Student's Answer"))
    make.document(with_notes(make.note("1", "…", url="https://salt.example/salt"), title="Weirs"))
    pairs = [(pair.citing, pair.cited) for pair in Work.objects.pairs(STRANGER)]
    assert pairs == [("weirs", "salt"), ("students-answer", "digest-tides")]


def test_texts_that_cite_each_other_are_one_pair() -> None:
    make.document(make.citing("https://salt.example/b", "A", source_url="https://salt.example/a"))
    make.document(make.citing("https://salt.example/a", "B", source_url="https://salt.example/b"))
    assert len(Work.objects.pairs(STRANGER)) == 1


@pytest.mark.parametrize("hidden", ["cited", "citing"])
def test_a_private_text_leaks_by_no_link_title_or_count(hidden: str, alice: User, bob: User) -> None:
    secret = "Secret Tides" if hidden == "cited" else "Secret Answer"
    tides = make.document(make.parsed("Secret Tides", source_url=TIDES), by=alice, public=hidden != "cited")
    answer = make.document(make.citing(TIDES, "Secret Answer"), by=alice, public=hidden != "citing")
    for reader in (STRANGER, bob):
        told = (
            links(answer, reader) if hidden == "cited" else None,
            Work.objects.cited_by(tides, reader) if hidden == "citing" else None,
            Work.objects.pairs(reader),
            list(Document.objects.visible_to(reader).values_list("title")),
        )
        assert secret not in repr(told)
    assert links(answer, alice) == {0: (tides.slug, "Secret Tides")}
    assert citing(tides, alice) == [answer.slug]


def test_links_of_all_notes_are_one_query(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    urls = [f"https://salt.example/{n}" for n in range(30)]
    for url in urls:
        make.document(make.parsed(f"On {url}", source_url=url))
    answer = make.document(with_notes(*(make.note(str(n), "…", url=url) for n, url in enumerate(urls))))
    with django_assert_num_queries(1):
        assert len(links(answer, STRANGER)) == 30


def test_works_of_a_text_are_matched_by_its_keys_alone() -> None:
    """A book's works and a shelf's texts are many; the pairs that do not fit are never looked at."""
    for n in range(5):
        make.document(make.parsed(f"Text {n}", source_url=f"https://salt.example/{n}"))
    answer = make.document(make.citing("https://salt.example/3"))
    assert Work.objects.get().matches.get().document.slug == "text-3"
    assert Revision.objects.filter(document=answer).count() == 1

"""Names in addresses."""

import pytest

from reader.library.slugs import LONGEST, base_slug, numbered


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("The Tide Mills of the Carrow: A History in Nine Parts", "tide-mills-carrow"),
        ("Digest: Russia's Korean Gambit", "digest-russias-korean-gambit"),
        ("Opinion – Salt’s Price in the North–South Trade", "opinion-salts-price-north-south-trade"),
        ("Über Gezeiten", "uber-gezeiten"),
        ("Add", "add-text"),
        ("The Of And", "the-of-and"),
    ],
)
def test_a_title_gives_a_short_readable_name(title: str, slug: str) -> None:
    assert base_slug(title) == slug


def test_a_long_title_is_cut_at_a_word() -> None:
    slug = base_slug("Considerations concerning international agricultural cooperation mechanisms")
    assert len(slug) <= LONGEST
    assert slug == "considerations-concerning-international"


def test_one_endless_word_is_cut_all_the_same() -> None:
    assert base_slug("a" * 500) == "a" * LONGEST


def test_a_title_without_latin_letters_takes_its_name_from_what_else_is_known() -> None:
    assert base_slug("潮汐磨坊", "tide-mills.html") == "tide-mills-html"
    assert base_slug("潮汐磨坊", "", "") == "text"


def test_a_taken_name_gets_the_first_free_number() -> None:
    assert numbered("tides", set()) == "tides"
    assert numbered("tides", {"tides", "tides-2", "tides-of-war"}) == "tides-3"

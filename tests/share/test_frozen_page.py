"""The page of a copy, made from values alone."""

from typing import Any

from reader.share import frozen, values
from reader.share.values import Copy, Leaf, Note, Sheet

HTML = (
    '<h1 class="block title" id="\x01b0">Tides</h1>\n\x04<div class="chunk" id="\x01c0">\n'
    '<p class="block" id="\x01p1">One <em>ebb</em>.<a class="mark" href="\x05n3#\x01n3">3</a>\x06p1\x07</p>\n'
    '<ol class="list"><li id="\x01p2"><span>Two</span></li><li id="\x01p3"><span>Six</span></li></ol>\n'
    '<section class="notes"><ol><li id="\x01n1"><p>Note</p>\x020\x03</li></ol></section>\n</div>\n'
)


def run(words: str, start: int) -> list[int]:
    """Where a run of these words lies in HTML."""
    return [start, start + len(words), HTML.index(words), HTML.index(words) + len(words)]


def note(pk: int, start: int, **more: Any) -> Note:
    """A note on some words from start on."""
    facts: dict[str, Any] = {
        "pk": pk, "kind": "note", "look": "hue-1", "layer": "", "author": "", "html": f"<p>Says {pk}.</p>",
        "at": "1 May 2027", "start": start, "end": start + 3, "quote": "<q>", "relation": "",
        "answered": False, "codes": [], "ends": [], "replies": [],
    }  # fmt: skip
    return Note(**{**facts, **more})  # type: ignore[typeddict-item]


def sheet(*notes: Note, **more: Any) -> Sheet:
    """The chunk, with a mark for each of the notes."""
    # An element in the run counts nothing, as where the library lays one.
    runs = [
        run("Tides", 0),
        [6, 14, HTML.index("One"), HTML.index("<a class")],
        run("Two", 15),
        run("Six", 19),
    ]
    runs.append(run("Note", 23))
    ranges: dict[str, list[list[Any]]] = {}
    for one in notes:
        start = max(place for place, *_ in runs if place <= one["start"])
        mark = [one["start"], one["end"], f"a{one['pk']}", "range kind-note", True, True]
        ranges.setdefault(str(start), []).append(mark)
    facts = {
        "side": "left",
        "position": 0,
        "html": HTML,
        "runs": runs,
        "ranges": ranges,
        "notes": list(notes),
    }
    return Sheet(**{**facts, "more": 0, "withdrawn": [], **more})  # type: ignore[typeddict-item]


def copy() -> Copy:
    """A view of that text, of which a second chunk is on no page yet."""
    reach = [[["p", 1, 3], ["n", 1, 2]], [["p", 4, 9], ["n", 3, 4]]]
    leaf = Leaf(
        side="left", title="Tides", language="en", direction="ltr", facts="", begin="p2", reach=reach,
        shown=[0],
    )  # fmt: skip
    return Copy(
        title="<Week>", said="Frozen.", introduction="", base="/shared/k/",
        leaves=[leaf], prompts=[], withdrawn=[],
    )  # fmt: skip


def test_notes_stand_behind_their_block_and_are_numbered_where_their_passages_end() -> None:
    page = frozen.page(copy(), [sheet(note(7, 6), note(8, 15), note(9, 23))])
    for words in ('data-last="a7" data-number="1">One</mark>', 'data-number="2">Two</mark>', "&lt;Week&gt;"):
        assert words in page, words
    places = [
        page.index(words)
        for words in ("ebb", "Says 7.", "Two</mark>", "Six", "Says 8.", "Not</mark>", "Says 9.")
    ]
    assert places == sorted(places)
    # Not inside of the list, nor of the notes.
    assert page.index("</ol>") < page.index("Says 8.")
    assert page.index("</section>") < page.index("Says 9.")
    assert "tabindex" not in page.partition('<div class="text">')[2]
    assert "&lt;q&gt;" in page


def test_links_lead_to_the_part_that_has_their_aim_and_nothing_of_the_desk_is_left() -> None:
    page = frozen.page(copy(), [sheet()])
    assert 'href="/shared/k/part/left/2/#left-n3"' in page
    assert '<a rel="next" href="/shared/k/part/left/2/">Read on</a>' in page
    assert '<a href="#left-p2">Begin at paragraph 2 of Tides</a>' in page
    assert page.count("data-begin") == 1 and 'id="left-p2" data-begin' in page
    assert 'id="left-p1"' in page
    assert not any(sign in page for sign in "\x01\x02\x03\x04\x05\x06\x07")


def test_what_is_withdrawn_leaves_a_place_holder_and_what_is_erased_no_word() -> None:
    answered = note(7, 6, replies=[{"pk": 20, "author": "Sam", "html": "<p>Yes.</p>", "at": "2 May 2027"}])
    one = sheet(answered, note(8, 15))
    assert values.keys_of(copy(), [one]) == {7, 8, 20}
    values.withdraw(one, [20])
    page = frozen.page(copy(), [one])
    assert "A reply was withdrawn." in page
    assert "Sam" not in page
    values.withdraw(one, [7], back=[20])
    page = frozen.page(copy(), [one])
    assert page.count("A note was withdrawn.") == 1
    for words in ("Says 7.", "a7", "Yes."):
        assert words not in page, words
    # The numbers of the others stay.
    assert 'data-number="2">Two</mark>' in page
    values.erase(one, 7)
    assert "Says 7." not in str(one)
    values.withdraw(one, [], back=[7])
    values.name(one, 8, "Nora")
    assert "Nora" in frozen.page(copy(), [one])


def test_a_page_says_how_many_notes_there_are_besides() -> None:
    assert "1,200 more notes on this part are not shown." in frozen.page(copy(), [sheet(more=1200)])
    assert "1 more note on this part is not shown." in frozen.page(copy(), [sheet(note(7, 6), more=1)])

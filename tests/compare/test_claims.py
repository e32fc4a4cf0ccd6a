"""Claims as rows: what one needs, who sees it, how it is taken back, and what a revision does to it."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.test import Client

from reader.annotate import actions
from reader.annotate.actions import EditConflict, NotDone
from reader.annotate.codes import add_code, add_codebook, edit_code
from reader.annotate.journal import redo, undo
from reader.annotate.models import Annotation, Change, Layer, Target
from reader.annotate.placing import NotPlaced
from reader.annotate.querysets import visible_here
from reader.annotate.rendering import BodyRefused
from reader.annotate.trash import delete_for_good
from reader.compare.claims import claim
from reader.library.actions import delete as delete_document
from reader.library.actions import set_public
from reader.library.models import Document
from reader.library.passages import Passage
from tests import make
from tests.compare.claimed import OTHER, SALT, SECOND, claimed, pair, passage
from tests.desk.pages import page

pytestmark = pytest.mark.django_db


def seen_by(user: object) -> list[Annotation]:
    """The claims that somebody sees anywhere."""
    return list(Annotation.objects.visible_to(user).filter(kind="claim"))  # type: ignore[arg-type]


def test_a_claim_joins_a_passage_of_each_text_and_says_how_they_stand() -> None:
    tides, salt = pair()
    made = claimed(
        (tides, "lit before the tide"), (salt, "No lantern was lit"), body="One of *them* is wrong."
    )
    assert (made.kind, made.relation, made.about) == ("claim", "contradicts", None)
    assert [target.passage.exact for target in made.targets.all()] == [
        "lit before the tide",
        "No lantern was lit",
    ]
    assert "<em>them</em>" in made.html
    assert Change.objects.get().said == "Claim kept: contradicts."


def test_several_passages_of_one_text_may_stand_against_one_of_the_other() -> None:
    tides, salt = pair()
    ends = [
        passage(tides, "lit before"),
        passage(tides, "thirty petitions"),
        passage(salt, "twenty petitions"),
    ]
    made, _ = claim(by=make.bob(), passages=ends, relation="qualifies", layer=Layer.objects.public())
    assert [target.position for target in made.targets.all()] == [0, 1, 2]


def test_a_text_may_be_silent_about_a_passage() -> None:
    tides, salt = pair()
    made = claimed((tides, "thirty petitions"), relation="silent", about=salt)
    assert (made.about, made.passages.count()) == (salt, 1)


@pytest.mark.parametrize("relation", ["", "hates", "agrees"])
def test_a_claim_of_one_text_alone_or_without_a_relation_is_refused(relation: str) -> None:
    tides, _ = pair()
    with pytest.raises(NotDone):
        claimed((tides, "lit before"), (tides, "thirty"), relation)
    assert not Annotation.objects.exists() and not Passage.objects.exists()


def test_silence_needs_another_text_and_passages_of_one_alone() -> None:
    tides, salt = pair()
    for about in (None, tides):
        with pytest.raises(NotDone):
            claimed((tides, "lit before"), relation="silent", about=about)
    with pytest.raises(NotDone):
        claimed((tides, "lit before"), (salt, "No lantern"), "silent", about=salt)


def test_a_long_why_is_refused_and_nothing_is_kept() -> None:
    tides, salt = pair()
    with pytest.raises(BodyRefused):
        claimed((tides, "lit before"), (salt, "No lantern"), body="a" * 20_001)
    assert not Passage.objects.exists()


def test_the_same_form_twice_makes_one_claim() -> None:
    tides, salt = pair()
    first = claimed((tides, "lit before"), (salt, "No lantern"), token="t")
    again = claimed((tides, "lit before"), (salt, "No lantern"), token="t")
    assert first == again
    assert (Annotation.objects.count(), Passage.objects.count(), Change.objects.count()) == (1, 2, 1)


def test_no_note_has_a_relation_and_no_claim_lacks_one() -> None:
    tides, salt = pair()
    made = claimed((tides, "lit before"), (salt, "No lantern"))
    with pytest.raises(IntegrityError), transaction.atomic():
        Annotation.objects.filter(pk=made.pk).update(relation="")


def test_a_claim_is_undone_with_both_ends_and_done_again() -> None:
    tides, salt = pair()
    claimed((tides, "lit before"), (salt, "No lantern"))
    change = undo(change=Change.objects.get(), by=make.bob())
    assert not seen_by(make.bob())
    redo(change=change, by=make.bob())
    assert len(seen_by(AnonymousUser())) == 1


def edited(made: Annotation, **values: object) -> Annotation:
    """The claim with these values instead."""
    facts = {"body": made.body, "relation": made.relation, "layer": made.layer, "kind": "claim", **values}
    now, _ = actions.edit(
        annotation=made,
        by=make.bob(),
        version=made.version,
        meaning=None,
        codes=[],
        **facts,  # type: ignore[arg-type]
    )
    return now


def test_a_claim_is_edited_and_the_edit_undone() -> None:
    tides, salt = pair()
    made = claimed((tides, "lit before"), (salt, "No lantern"))
    now = edited(made, relation="qualifies", body="Only in March.")
    assert (now.relation, now.body, now.look) == ("qualifies", "Only in March.", "hue-1 pattern-4")
    undo(change=Change.objects.get(verb="edit"), by=make.bob())
    now.refresh_from_db()
    assert (now.relation, now.body, now.look) == ("contradicts", "", "hue-3 pattern-5")


def test_who_edits_what_was_edited_elsewhere_is_told() -> None:
    tides, salt = pair()
    made = claimed((tides, "lit before"), (salt, "No lantern"))
    edited(made, relation="agrees")
    with pytest.raises(EditConflict):
        edited(made, relation="cites")


@pytest.mark.parametrize(
    "values",
    [{"kind": "note", "body": "A note."}, {"relation": ""}, {"relation": "silent"}, {"relation": "x"}],
)
def test_a_claim_stays_a_claim_of_its_passages(values: dict[str, str]) -> None:
    tides, salt = pair()
    made = claimed((tides, "lit before"), (salt, "No lantern"))
    with pytest.raises(NotDone):
        edited(made, **values)


def test_a_note_becomes_no_claim() -> None:
    tides, _ = pair()
    note, _ = actions.annotate_passages(
        by=make.bob(),
        passages=[passage(tides, "lit")],
        kind="note",
        body="Why?",
        layer=Layer.objects.public(),
    )
    with pytest.raises(NotDone):
        edited(note, relation="agrees")


def test_the_look_of_a_claim_is_that_of_its_relation_whatever_its_codes() -> None:
    tides, salt = pair()
    codebook, _ = add_codebook(by=make.bob(), name="Mine")
    code, _ = add_code(by=make.bob(), codebook=codebook, name="Dues", hue=7, pattern=6)
    made = claimed((tides, "lit before"), (salt, "No lantern"), codes=[code])
    edit_code(by=make.bob(), code=code, hue=6)
    made.refresh_from_db()
    assert made.look == "hue-3 pattern-5"


def test_a_claim_on_a_private_text_is_for_those_who_may_read_both() -> None:
    tides, salt = pair(public=False)
    claimed((tides, "lit before"), (salt, "No lantern"), by=make.alice())
    claimed((tides, "thirty petitions"), relation="silent", about=salt, by=make.alice())
    dora = make.user("dora", staff=True)
    for user, count in ((make.alice(), 2), (dora, 2), (make.bob(), 0), (AnonymousUser(), 0)):
        assert len(seen_by(user)) == count
        here = Target.objects.filter(visible_here(user), passage__document=tides)
        assert here.count() == count


def test_a_reply_to_a_claim_about_a_hidden_text_is_hidden_with_it() -> None:
    tides, salt = pair(public=False)
    made = claimed((tides, "thirty petitions"), relation="silent", about=salt, by=make.alice())
    answer, _ = actions.reply(to=made, by=make.alice(), body="Indeed.")
    assert answer in Annotation.objects.visible_to(make.user("dora", staff=True))
    assert answer not in Annotation.objects.visible_to(make.bob())


def test_a_private_claim_is_for_its_author_alone() -> None:
    tides, salt = pair()
    claimed((tides, "lit before"), (salt, "No lantern"), public=False)
    assert (len(seen_by(make.bob())), len(seen_by(make.alice()))) == (1, 0)


def test_a_claim_whose_passage_was_revised_away_is_kept_unplaced_with_its_words() -> None:
    tides, salt = pair()
    made = claimed((tides, "thirty petitions"), (salt, "twenty petitions"))
    text = make.parsed("On Salt", make.paragraph(SALT))
    make.kept(text, revises=salt)
    first, second = made.targets.select_related("passage")
    assert (first.passage.state, second.passage.state) == ("kept", "unplaced")
    assert second.passage.exact == "twenty petitions"
    assert second.passage.revision is not None and second.passage.revision.number == 1
    assert seen_by(AnonymousUser()) == [made]


def test_a_claim_made_while_a_text_was_revised_comes_along_in_both() -> None:
    tides, salt = pair()
    ends = [passage(tides, "thirty petitions"), passage(salt, "twenty petitions")]
    make.kept(make.parsed("On Salt", make.paragraph("A new one."), make.paragraph(OTHER)), revises=salt)
    make.kept(make.parsed("On Tides", make.paragraph("Another."), make.paragraph(SECOND)), revises=tides)
    made, _ = claim(by=make.bob(), passages=ends, relation="contradicts", layer=Layer.objects.public())
    for target in made.targets.select_related("passage__revision"):
        assert target.passage.revision is not None
        assert (target.passage.revision.number, target.passage.state) == (2, "kept")


def test_nothing_is_claimed_of_a_text_that_was_deleted_meanwhile() -> None:
    tides, salt = pair()
    end = passage(tides, "thirty petitions")
    ends = [end, passage(salt, "twenty petitions")]
    gone = Document.objects.get(pk=salt.pk)
    delete_document(document=gone)
    for passages, relation, about in ((ends, "agrees", None), ([end], "silent", salt)):
        with pytest.raises((NotPlaced, NotDone)):
            claim(
                by=make.bob(), passages=passages, relation=relation, about=about, layer=Layer.objects.public()
            )
    assert not Annotation.objects.exists()


def test_who_claimed_something_of_a_text_that_is_gone_keeps_it_alone() -> None:
    tides, salt = pair()
    joined = claimed((tides, "lit before"), (salt, "No lantern"))
    silent = claimed((tides, "thirty petitions"), relation="silent", about=salt)
    delete_document(document=salt)
    assert set(seen_by(make.bob())) == {joined, silent}
    assert seen_by(make.alice()) == seen_by(AnonymousUser()) == []


def test_a_claim_deleted_for_good_takes_its_passages_and_leaves_an_empty_row_where_others_answered() -> None:
    tides, salt = pair()
    lonely = claimed((tides, "lit before"), (salt, "No lantern"), body="Secret.")
    answered = claimed((tides, "thirty petitions"), relation="silent", about=salt, body="Secret.")
    actions.reply(to=answered, by=make.alice(), body="No.")
    delete_for_good([lonely.pk, answered.pk])
    row = Annotation.objects.get(kind="claim")
    assert (row.pk, row.body, row.author) == (answered.pk, "", None)
    assert Passage.objects.count() == 1
    assert not seen_by(AnonymousUser())


def drawn_for(client: Client, document: Document) -> int:
    """How many marks of claims the page of a text has."""
    return len(page(client, f"/read/{document.slug}/").find("mark", "kind-claim"))


def test_the_mark_of_a_claim_shows_where_all_who_read_the_text_may_read_the_other(client: Client) -> None:
    tides, salt = pair(public=False)
    claimed((tides, "lit before"), (salt, "No lantern"), by=make.alice())
    claimed((tides, "thirty petitions"), relation="silent", about=salt, by=make.alice())
    assert drawn_for(client, tides) == 0
    client.force_login(make.alice())
    assert drawn_for(client, tides) == 2
    client.force_login(make.user("dora", staff=True))
    assert drawn_for(client, salt) == 1


def test_marks_of_claims_come_and_go_with_who_may_read_both_texts(client: Client) -> None:
    tides, salt = pair()
    claimed((tides, "lit before"), (salt, "No lantern"))
    claimed((tides, "thirty petitions"), relation="silent", about=salt)
    assert drawn_for(client, tides) == 2
    set_public(document=salt, public=False)
    assert drawn_for(client, tides) == 0
    set_public(document=salt, public=True)
    assert drawn_for(client, tides) == 2
    delete_document(document=salt)
    assert drawn_for(client, tides) == 0
    client.force_login(make.bob())
    assert drawn_for(client, tides) == 2


def test_an_edit_or_undo_draws_no_hidden_claim(client: Client) -> None:
    tides, salt = pair(public=False)
    made = claimed((tides, "lit before"), (salt, "No lantern"), by=make.alice())
    change = actions.delete(annotation=made, by=make.alice())
    assert change is not None
    undo(change=change, by=make.alice())
    actions.annotate_passages(
        by=make.alice(),
        passages=[passage(tides, "lit before the tide")],
        kind="highlight",
        layer=Layer.objects.public(),
    )
    assert drawn_for(client, tides) == 0
    assert "kind-highlight" in client.get(f"/read/{tides.slug}/").content.decode()

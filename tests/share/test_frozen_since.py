"""What becomes of a frozen copy as people, prompts, and who reads what change after it was taken."""

import pytest

from reader.annotate.journal import redo, undo
from reader.annotate.models import Annotation, Layer
from reader.annotate.moderating import hide, unhide
from reader.annotate.showing import show_in
from reader.library import actions as library
from reader.library.actions import set_public
from reader.people import memberships
from reader.people.class_models import ClassRole, Membership, Written
from reader.people.models import User
from reader.share import prompts, view_actions
from reader.share.models import Link, Snapshot, View
from reader.share.prompts import Asking
from tests import make
from tests.compare.claimed import claimed
from tests.people.classes import enrolled
from tests.people.visits import content
from tests.share.given import answered, asked
from tests.share.links import come, replied, shared

pytestmark = pytest.mark.django_db


def stored(link: Link) -> str:
    """All that is kept of a copy."""
    snapshot = Snapshot.objects.get(link=link)
    return f"{snapshot.body}{snapshot.data}{list(snapshot.parts.values_list('data', flat=True))}"


def test_what_its_writer_took_along_leaves_a_place_holder_also_where_others_answered_it() -> None:
    one = shared()
    replied(one.notes["class"], one.ines, "Well.")
    link, token = one.give(names=True, others=True)
    client, before = come(token)
    assert "secret thought" in content(before)
    membership = Membership.objects.active().get(group=one.one.group, person=one.sam)
    memberships.remove(membership=membership, by=one.ines, choice=Written.TAKEN)
    after = content(client.get(f"/shared/{link.key}/"))
    assert "secret thought" not in after and "A note was withdrawn." in after
    assert "secret thought" not in stored(link)


def test_a_prompt_stays_in_a_copy_of_a_draft_that_is_shown_afterwards() -> None:
    one = shared()
    asked(one.view, one.ines, "Which tide?", "1")
    link, token = one.give()
    client, before = come(token)
    assert "Which tide?" in content(before)
    view_actions.show(view=View.objects.get(pk=one.view.pk), by=one.ines)
    assert "Which tide?" in content(client.get(f"/shared/{link.key}/"))


def test_answers_lose_their_names_in_copies_when_their_prompt_becomes_anonymous() -> None:
    one = shared()
    User.objects.filter(pk=one.sam.pk).update(first_name="Samuel")
    view_actions.show(view=View.objects.get(pk=one.view.pk), by=one.ines)
    prompt = asked(View.objects.get(pk=one.view.pk), one.ines, "Which tide?", "1", reveal="now")
    answered(prompt, one.sam, "The low one.")
    link, token = one.give(names=True, others=True)
    client, before = come(token)
    version = Annotation.objects.get(pk=prompt.prompt_id).version
    asking = Asking("Which tide?", reveal="now", is_anonymous=True)
    change = prompts.edit(asked=prompt, by=one.ines, version=version, asking=asking)
    after = content(client.get(f"/shared/{link.key}/"))
    assert after.count("Samuel") < content(before).count("Samuel")
    assert "The low one." in after
    assert change is not None
    undo(change=change, by=one.ines)
    assert content(client.get(f"/shared/{link.key}/")) == content(before)
    redo(change=change, by=one.ines)
    assert content(client.get(f"/shared/{link.key}/")) == after


def test_a_claim_leaves_a_copy_while_another_text_that_it_is_about_is_not_public() -> None:
    one = shared()
    third = make.document(make.parsed("On Bells", make.paragraph("Hidden words stand here.")), by=one.ines)
    claimed((one.left, "The tide"), (third, "Hidden words"), body="The same.")
    claimed((one.left, "The tide"), relation="silent", about=third, body="Of this, nothing.")
    link, token = one.give()
    client, before = come(token)
    told = ("Hidden words", "The same.", "Of this, nothing.", "On Bells")
    assert [words for words in told if words not in content(before)] == []
    for is_public in (False, True):
        set_public(document=third, public=is_public)
        _, live = come(one.give(form="live")[1])
        for page in (content(client.get(f"/shared/{link.key}/")), content(live)):
            assert [words for words in told if (words in page) is not is_public] == []


def test_that_a_deleted_text_is_silent_does_not_come_back_when_it_is_shown_after_it_was_hidden() -> None:
    one = shared()
    third = make.document(make.parsed("On Bells", make.paragraph("Some words.")), by=one.ines)
    claim = claimed((one.left, "The tide"), relation="silent", about=third, body="Of this, nothing.")
    link, token = one.give()
    client, before = come(token)
    library.delete(document=third)
    hide(annotation=claim, by=make.alice(), why="Look.")
    unhide(annotation=claim, by=make.alice())
    after = content(client.get(f"/shared/{link.key}/"))
    assert "On Bells" in content(before)
    assert "On Bells" not in after and "Of this, nothing." not in after


def test_a_claim_about_a_text_that_the_view_shows_only_now_leaves_the_copy_while_that_is_not_public() -> None:
    one = shared()
    third = make.document(make.parsed("On Bells", make.paragraph("Hidden words stand here.")), by=one.ines)
    claimed((one.left, "The tide"), (third, "Hidden words"), body="The same.")
    link, token = one.give()
    client, before = come(token)
    assert "Hidden words" in content(before)
    View.objects.filter(pk=one.view.pk).update(right=third)
    set_public(document=third, public=False)
    assert "Hidden words" not in content(client.get(f"/shared/{link.key}/"))


def test_what_a_colleague_teaches_leaves_a_copy_while_it_is_not_shown_in_the_class() -> None:
    one = shared()
    cora = make.user("cora")
    enrolled(one.one.group, cora, ClassRole.INSTRUCTOR)
    teaching = Layer.objects.teaching_of(cora)
    one.view.layers.add(teaching)
    show_in(by=cora, groups=[one.one.group.pk])
    replied(one.note(cora, teaching, "mill stands", "So says Cora."), one.sam, "Does she?")
    link, token = one.give(others=True)
    client, before = come(token)
    assert "So says Cora." in content(before) and "Does she?" in content(before)
    for groups in ([], [one.one.group.pk]):
        show_in(by=cora, groups=groups)
        _, live = come(one.give(form="live", others=True)[1])
        for page in (content(client.get(f"/shared/{link.key}/")), content(live)):
            assert ("So says Cora." in page, "Does she?" in page) == (bool(groups), bool(groups))
    memberships.change_role(membership=Membership.objects.get(person=cora), role=ClassRole.ASSISTANT)
    assert "So says Cora." not in content(client.get(f"/shared/{link.key}/"))


def test_who_leads_a_class_no_more_gives_nothing_of_it_by_a_view_in_no_class() -> None:
    one = shared(group=None)
    enrolled(one.one.group, make.user("cora"), ClassRole.INSTRUCTOR)
    frozen, live = ((form, *one.give(form=form, others=True)) for form in ("frozen", "live"))
    for _, _, token in (frozen, live):
        assert "secret thought" in content(come(token)[1])
    membership = one.one.membership("instructor")
    memberships.remove(membership=membership, by=one.ines, choice=Written.NAMED)
    for form, _, token in (frozen, live):
        page = content(come(token)[1])
        assert ("Heard by" in page, "Look at the quay." in page, form) == (True, True, form)
        assert "secret thought" not in page, form
    memberships.restore(membership=membership)
    assert "secret thought" in content(come(frozen[2])[1])

"""What becomes of a frozen copy when people leave a class, and when prompts are shown or made anonymous."""

import pytest

from reader.annotate.models import Annotation
from reader.library.actions import set_public
from reader.people import memberships
from reader.people.class_models import Membership, Written
from reader.people.models import User
from reader.share import prompts, view_actions
from reader.share.models import Link, Snapshot, View
from reader.share.prompts import Asking
from tests import make
from tests.compare.claimed import claimed
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
    prompts.edit(asked=prompt, by=one.ines, version=version, asking=asking)
    after = content(client.get(f"/shared/{link.key}/"))
    assert after.count("Samuel") < content(before).count("Samuel")
    assert "The low one." in after


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

"""Who leaves, or whose word counts no more: what they drew and said of parallels, and what is shown of it."""

import pytest
from django.test import Client

from reader.compare import judging
from reader.compare.models import Parallel, Verdict
from reader.library.models import Document
from reader.library.passages import Passage
from reader.people.actions import fate_of, leave
from reader.people.models import Role
from tests import make
from tests.compare.pair import between, texts
from tests.compare.test_judging import draw

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair() -> tuple[Document, Document]:
    return texts()


def desk(pair: tuple[Document, Document]) -> str:
    """What a stranger sees of both, whatever a process keeps."""
    return Client().get(f"/facing/{pair[0].slug}/{pair[1].slug}/").content.decode()


def test_what_nobody_else_judged_goes_with_who_drew_it(pair: tuple[Document, Document]) -> None:
    ann, ines = make.user("ann", role=Role.ANALYST), make.user("ines", role=Role.INSTRUCTOR)
    draw(ann, *pair, "damp cupboard", "the pilots went home")
    stays = draw(ann, *pair, "damp cupboard", "Gulls nested")
    judging.judge(parallel=stays, by=ines, says="confirmed")
    judging.judge(parallel=between(*pair, 4, 1), by=ann, says="rejected")
    assert fate_of(ann) == [
        "1 parallel that you drew and nobody else judged is deleted; others stay, without your name.",
        "2 verdicts of yours on parallels are deleted.",
    ]
    assert "1 ⇄ 2<" in desk(pair)
    assert "4 ⇄ 1<" not in desk(pair)
    leave(person=ann)
    assert Parallel.objects.get(strength="drawn").by is None
    assert Verdict.objects.get().person == ines
    assert Passage.objects.count() == 2 * Parallel.objects.count()
    assert "1 ⇄ 2<" not in desk(pair)
    assert "1 ⇄ 4<" in desk(pair)
    assert "4 ⇄ 1<" in desk(pair)
    assert fate_of(make.bob()) == []


def test_who_is_no_analyst_any_more_draws_for_nobody_else(pair: tuple[Document, Document]) -> None:
    ann = make.user("ann", role=Role.ANALYST)
    draw(ann, *pair, "damp cupboard", "the pilots went home")
    assert 'class="drawn' in desk(pair)
    ann.role = Role.STUDENT
    ann.save()
    assert 'class="drawn' not in desk(pair)
    ann.is_staff = True
    ann.save(update_fields=["is_staff"])
    assert 'class="drawn' in desk(pair)

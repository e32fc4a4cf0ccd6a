"""Views of texts: made by who leads a class, read by who is in it."""

import pytest

from reader.share.models import View
from tests import make
from tests.desk.pages import page as page_of
from tests.library.laid import hrefs
from tests.people.classes import taught

pytestmark = pytest.mark.django_db

EASY = {"title": "Two on tides", "introduction": "Read *both*.", "layers": ["class", "public"]}


def test_a_view_is_made_shown_opened_and_answered() -> None:
    one = taught()
    left, right = make.document(title="Ebb"), make.document(title="Flood")
    ines, sam = one.browser("instructor"), one.browser("student")
    open_texts = f"/facing/{left.slug}/{right.slug}/?left=p1"
    (address,) = [href for href in hrefs(page_of(ines, open_texts)) if href.startswith("/views/new/")]
    assert ines.get(address).status_code == 200
    assert "/views/new/" not in sam.get(open_texts).content.decode()
    assert sam.get(address).status_code == 403
    answer = ines.post(address, {**EASY, "group": one.group.pk, "left_place": "1"})
    assert answer.status_code == 302, answer.content.decode()
    view = View.objects.get()
    page = f"/views/{view.pk}/"
    assert sam.get(page).status_code == 404
    asks = {"text": left.slug, "paragraph": "1", "body": "What *is* it?", "reveal": "answered"}
    assert ines.post(f"{page}prompts/new/", asks).status_code == 302
    assert ines.post(f"{page}show/").status_code == 302
    assert sam.get(page).status_code == 200
    desk = sam.get(sam.get(f"{page}open/")["Location"])
    assert "What *is* it?" in desk.content.decode()
    prompt = view.asked.get().prompt_id
    for who in (ines, sam):
        for path in (
            page,
            f"/prompts/{prompt}/",
            f"/classes/{one.group.pk}/",
            f"/classes/{one.group.pk}/views/",
        ):
            assert who.get(path).status_code == 200, path
    assert sam.post(f"/prompts/{prompt}/", {"body": "An answer"}).status_code == 302
    assert "An answer" in ines.get(f"/prompts/{prompt}/").content.decode()
    assert ines.get(f"{page}edit/").status_code == 200
    assert ines.get(f"/prompts/{prompt}/edit/").status_code == 200

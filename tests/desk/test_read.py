"""Reading one text, and two facing, without any script."""

import pytest
from django.test import Client

from tests import make

pytestmark = pytest.mark.django_db


def test_two_texts_lie_open_side_by_side(client: Client) -> None:
    left = make.document(title="On Tides")
    right = make.document(make.citing("https://example.org/tides"))
    answer = client.get(f"/facing/{left.slug}/{right.slug}/")
    assert answer.status_code == 200
    page = answer.content.decode()
    assert '<article class="leaf" id="left"' in page
    assert '<article class="leaf" id="right"' in page
    assert "<title>On Tides · An Answer · Facing Pages</title>" in page

"""What a frozen view costs the server, read by somebody without an account."""

from bench.library import Library
from bench.server import Server
from reader.annotate.models import Layer
from reader.library.models import Document
from reader.people.models import User
from reader.share import links
from reader.share.models import View


def measure(library: Library, server: Server) -> dict[str, float]:
    """The server's CPU for a frozen view of the two seeds, with its marks and notes, over the floor."""
    path, cookie = given(library, server)
    page = server.page(path, cookie).body
    if b'class="card' not in page or b"<mark" not in page or b"Frozen on" not in page:
        raise RuntimeError("the frozen view of the seeds has no notes or no marks")
    return {"shared_view_cpu_vs_floor": server.cpu_over_floor("shared", path, cookie)}


def given(library: Library, server: Server) -> tuple[str, dict[str, str]]:
    """Where a frozen view of the two seeds is read, and the header of a browser that came by the link."""
    by = User.objects.create_user("shared")
    left, right = (Document.objects.get(slug=slug) for slug in (library.left, library.right))
    view = View.objects.create(owner=by, title="The two seeds", left=left, right=right)
    view.layers.set([Layer.objects.public()])
    _, token = links.give(view=view, by=by, form="frozen", audience="anyone", names=True)
    answer = server.get(links.address_of(token))
    return answer.headers["location"], {"Cookie": answer.headers["set-cookie"].partition(";")[0]}

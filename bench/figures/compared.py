"""What parallels, claims and strips add to the facing page."""

from bench.library import Library
from bench.server import Server


def measure(library: Library, server: Server) -> dict[str, float]:
    """The server's CPU for the facing page of the seeds over that for the page without what compares them."""
    plain = f"/__plain__/{library.left}/{library.right}/"
    both = server.page(library.facing).body
    if b'class="parallels"' not in both or b"kind-claim" not in both or b'class="strip' not in both:
        raise RuntimeError("the facing page of the seeds has no parallels, no claim or no strip")
    bare = server.page(plain).body
    if b'class="parallels"' in bare or b'class="strip' in bare:
        raise RuntimeError("the plain page has parallels or strips")
    compared, without = server.cpu_of(lambda: server.page(library.facing), lambda: server.page(plain))
    return {"facing_compared_vs_plain": compared / without}

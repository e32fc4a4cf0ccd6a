"""The words runs of a chunk: found again where they were put."""

from reader.library.lay import lay
from reader.library.runs import parted, run


def test_runs_are_found_where_they_stand_and_leave_no_sign() -> None:
    html, runs = parted(f"<p>{run('a<br>b', 3, 6)}</p><p>{run('', 7, 7)}</p>")
    assert html == "<p>a<br>b</p><p></p>"
    assert runs == [[3, 6, 3, 9], [7, 7, 16, 16]]


def test_control_characters_of_a_text_forge_no_run() -> None:
    html, runs = parted(run(lay("a\x0e1,2\x0eb\x0fc"), 0, 9))
    assert html == "a\ufffd1,2\ufffdb\ufffdc"
    assert runs == [[0, 9, 0, 9]]

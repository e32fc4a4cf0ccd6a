"""HTML tables inside Markdown to rows of cells."""

from html.parser import HTMLParser

from reader.ingest.inline import cut_text
from reader.ingest.raw import BREAK, Run


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[list[Run]]] = []
        self.heads: list[bool] = []
        self.open = False
        self.sup = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.rows.append([])
            self.heads.append(True)
        elif tag in ("td", "th"):
            self._cell(head=tag == "th")
        elif tag == "br":
            self._text(BREAK)
        elif tag == "sup":
            self.sup = True

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self.open = False
        elif tag == "sup":
            self.sup = False

    def handle_data(self, data: str) -> None:
        if self.open or data.strip():
            self._text(data)

    def _cell(self, *, head: bool) -> None:
        if not self.rows:
            self.rows.append([])
            self.heads.append(True)
        self.rows[-1].append([])
        self.heads[-1] = self.heads[-1] and head
        self.open = True

    def _text(self, text: str) -> None:
        if not self.rows or not self.rows[-1]:
            self._cell(head=False)
        if self.sup:
            self.rows[-1][-1].append(Run(text, frozenset({"sup"}), raised="sup"))
        else:
            self.rows[-1][-1].extend(cut_text(Run(text)))


def html_table(source: str) -> tuple[list[list[list[Run]]], int]:
    """Rows of cells, each a list of runs, and how many rows are heads; words outside cells get a cell of
    their own.
    """
    reader = _Reader()
    reader.feed(source)
    reader.close()
    rows = [row for row in reader.rows if row]
    heads = [head for head, row in zip(reader.heads, reader.rows, strict=True) if row]
    header = next((index for index, head in enumerate(heads) if not head), len(heads))
    return rows, header if header < len(rows) else 0

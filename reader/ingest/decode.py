"""Bytes to text: the encoding found, control characters gone, line ends regular."""

import codecs
import re

from charset_normalizer import from_bytes

from reader.ingest.parsed import IngestError

MAGIC = {
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a Word, EPUB or other zipped file",
    b"\xd0\xcf\x11\xe0": "an old Word file",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"{\\rtf": "an RTF file",
    b"\x1f\x8b": "a compressed file",
    b"\x7fELF": "a program",
}
BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# C0 and C1 controls but tab, newline and form feed; lone surrogates cannot come out of a decoder.
CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
NEWLINES = re.compile("\r\n|\r|\x85|\u2029")
WHAT_TO_DO = "Save it as plain text or Markdown (UTF-8), or convert it with a PDF or Word converter first."


def decode(data: bytes) -> tuple[str, str, list[str]]:
    """The text of a file, its encoding's name, and doubts in words; IngestError where it is no text."""
    if not data.strip(b"\x00 \t\r\n\x0c\xef\xbb\xbf"):
        raise IngestError("The file is empty. Choose a file that has a text in it.")
    for magic, what in MAGIC.items():
        if data.startswith(magic):
            raise IngestError(f"This is {what}, not a text. {WHAT_TO_DO}")
    text, encoding = _decoded(data)
    doubts = [] if encoding == "utf-8" else [f"The file is not UTF-8; it was read as {encoding}."]
    return (*_cleaned(text, encoding, doubts), doubts)


def _decoded(data: bytes) -> tuple[str, str]:
    for bom, encoding in BOMS:
        if data.startswith(bom):
            return data[len(bom) :].decode(encoding, errors="replace"), encoding
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    if _looks_binary(data):
        raise IngestError(f"This file is not a text: it holds binary data. {WHAT_TO_DO}")
    # A few broken bytes in an otherwise good UTF-8 file are more likely than another encoding.
    lenient = data.decode("utf-8", errors="replace")
    good = sum(1 for byte in lenient if ord(byte) > 127) - lenient.count("\ufffd")
    if good > 20 * lenient.count("\ufffd"):
        return lenient, "utf-8 with broken characters"
    # Without a mark or statistics to the contrary, Western files are nearly always Windows-1252.
    best = from_bytes(data[:200_000]).best()
    encoding = best.encoding if best is not None else "cp1252"
    if best is None or encoding in {
        "latin_1",
        "iso8859_1",
        "cp1250",
        "cp1257",
        "iso8859_15",
        "mac_roman",
        "cp437",
        "cp850",
        "cp858",
        "hp_roman8",
    }:
        encoding = _western(data)
    try:
        return data.decode(encoding, errors="replace"), encoding
    except LookupError:
        return data.decode("cp1252", errors="replace"), "cp1252"


def _western(data: bytes) -> str:
    try:
        data.decode("cp1252")
    except UnicodeDecodeError:
        return "latin_1"
    return "cp1252"


def _looks_binary(data: bytes) -> bool:
    sample = data[:65_536]
    controls = sum(sample.count(bytes([byte])) for byte in range(32) if byte not in (9, 10, 12, 13))
    return controls > len(sample) * 0.02 + 2


def _cleaned(text: str, encoding: str, doubts: list[str]) -> tuple[str, str]:
    text = NEWLINES.sub("\n", text).removeprefix("\ufeff")
    # PDFium writes U+FFFE where a word was hyphenated at the line end; elsewhere it means nothing.
    text = text.replace("\ufffe", "\u00ad").replace("\uffff", "")
    text, controls = CONTROLS.subn("", text)
    if controls > len(text) * 0.02 + 20:
        raise IngestError(f"This file is not a text: it holds binary data. {WHAT_TO_DO}")
    if controls:
        doubts.append(
            f"{controls} control character{'s' if controls > 1 else ''} without meaning in a text left out."
        )
    if text.count("\ufffd"):
        doubts.append(f"{text.count(chr(0xFFFD))} characters could not be read and stand as \ufffd.")
    if not text.strip():
        raise IngestError("The file has no words in it. Choose a file that has a text in it.")
    return text, encoding

"""What a PDF says to whoever reads it: its tags, its words, and where its links lead."""

import io
from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader
from pypdf.generic import DictionaryObject, IndirectObject


def opened(file: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(file))


def tags(made: PdfReader) -> Iterator[DictionaryObject]:
    """Every element of the structure, in the order in which it is read."""

    def walk(node: Any) -> Iterator[DictionaryObject]:
        node = node.get_object() if isinstance(node, IndirectObject) else node
        if isinstance(node, list):
            for one in node:
                yield from walk(one)
        elif isinstance(node, dict):
            if "/S" in node:
                yield node
            if "/K" in node:
                yield from walk(node["/K"])

    yield from walk(made.trailer["/Root"]["/StructTreeRoot"])


def words(made: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in made.pages).split())


def links(made: PdfReader) -> list[str]:
    """The addresses that it leads to, in the order in which they stand."""
    notes = [note.get_object() for page in made.pages for note in page.get("/Annots", ())]
    return [str(note["/A"]["/URI"]) for note in notes if "/URI" in note.get("/A", {})]


def is_for_screen_readers(made: PdfReader) -> bool:
    """Whether it says that it is PDF/UA, is tagged, in British English, and shows its title."""
    root = made.trailer["/Root"]
    shown = root["/MarkInfo"]["/Marked"], root["/Lang"] == "en-GB", root["/ViewerPreferences"]["/DisplayDocTitle"]
    return all(bool(one) for one in shown) and b"pdfuaid:part" in root["/Metadata"].get_data()

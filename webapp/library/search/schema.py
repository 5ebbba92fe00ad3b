"""The fields of the Whoosh index."""

from collections.abc import Mapping
from typing import Any

from whoosh.analysis import Analyzer
from whoosh.fields import FieldType, Schema
from whoosh.formats import Existence, Frequency
from whoosh.scoring import BM25F

from webapp.library.search import ranking
from webapp.library.search.text import stems

# Which texts of a Document are searched, and how much a word counts in each.
FIELDS = (
    ("title", ranking.TITLE),
    ("words", ranking.WORDS),
    ("summary", ranking.SUMMARY),
    ("headings", ranking.HEADINGS),
    ("organisation", ranking.ORGANISATION),
    ("body", ranking.BODY),
)


class Stems(FieldType):
    """Terms that were made and weighted before they reach Whoosh (`webapp.library.build.index.analyse`)."""

    def __init__(self, scorable: bool) -> None:
        super().__init__(Frequency() if scorable else Existence(), Analyzer(), scorable=scorable)

    def index(self, value: Mapping[str, float], **kwargs: Any) -> Any:
        return ((term.encode(), 1, weight, b"") for term, weight in value.items())

    def process_text(self, qstring: str, mode: str = "", **kwargs: Any) -> Any:
        return iter(stems(qstring))


# text: every text of a page as one field, each word weighted by where it stands (BM25F in its first form).
# title: the title once more. pair: neighbouring words of the short texts, and known phrases of the body; how the name
# of the organisation begins and ends. short: the words of the short texts, which say what a page is about: its body
# mentions much in passing.
SCHEMA = Schema(text=Stems(True), title=Stems(True), pair=Stems(False), short=Stems(False))


class Weighting(BM25F):
    """Whoosh's BM25F with this project's parameters: with it a plain Whoosh search scores as the engine does."""

    def __init__(self) -> None:
        super().__init__(B=ranking.B, K1=ranking.K1, title_B=ranking.TITLE_B)

    def idf(self, searcher: Any, fieldname: str, text: str) -> float:
        parent = searcher.get_parent()
        # A word is as telling in a title as it is anywhere.
        return ranking.idf(parent.doc_count_all(), parent.doc_frequency("text", text))

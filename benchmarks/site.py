"""The thesaurus and vocabularies of this site, as the engine is opened with them."""

from functools import cache
from pathlib import Path

from webapp.library import vocabulary
from webapp.library.generation import NAMED_IN_WORDS
from webapp.library.pages import FACET_VOCABULARY
from webapp.library.search import thesaurus
from webapp.library.search.engine import Engine

SITE = Path(__file__).parents[1]
FOLDER = SITE / "content" / "vocabulary"


@cache
def _book() -> thesaurus.Thesaurus:
    return thesaurus.load(FOLDER / thesaurus.FILE, SITE)[0]


@cache
def _words() -> vocabulary.Vocabulary:
    return vocabulary.load(FOLDER, SITE)[0]


def names() -> list[str]:
    """The phrases that the index is to know."""
    return list(_book().phrases())


def opened(folder: Path) -> Engine:
    """An engine over an index, as a generation opens it."""
    terms = {facet: _words().terms(FACET_VOCABULARY[facet]).values() for facet in NAMED_IN_WORDS}
    return Engine.open(folder, _words().outward, thesaurus=_book(), terms=terms)

"""The thesaurus and vocabularies of this site, as the engine is opened with them."""

from collections.abc import Collection
from functools import cache
from pathlib import Path

import yaml

from webapp.library import vocabulary
from webapp.library.build.pages import FACET_VOCABULARY
from webapp.library.generation.reader import NAMED_IN_WORDS
from webapp.library.search import thesaurus
from webapp.library.search.engine import Engine
from webapp.library.search.text import words

SITE = Path(__file__).parents[1]
FOLDER = SITE / "content" / "vocabulary"


LONG = 2  # words: phrases of more are left out to see how much hangs on them


@cache
def book() -> thesaurus.Thesaurus:
    """The thesaurus of this site."""
    return thesaurus.load(FOLDER / thesaurus.FILE, SITE)[0]


def book_of_short_phrases() -> thesaurus.Thesaurus:
    """The same without a need, or another name, of more than two words."""
    data = yaml.safe_load((FOLDER / thesaurus.FILE).read_text("utf-8"))
    for part in ("leads", "hints"):
        kept = [lead | {"when": _short(lead["when"])} for lead in data[part]]
        data[part] = [lead for lead in kept if lead["when"]]
    data["same"] = [group for names in data["same"] if len(group := _short(names)) > 1]
    return thesaurus.Thesaurus.of(data)


def _short(names: Collection[str]) -> list[str]:
    return [name for name in names if len(words(name)) <= LONG]


@cache
def vocabulary_of_site() -> vocabulary.Vocabulary:
    return vocabulary.load(FOLDER, SITE)[0]


def terms() -> dict[str, Collection[vocabulary.Term]]:
    """The choices of each facet that are recognised in words."""
    return {facet: vocabulary_of_site().terms(FACET_VOCABULARY[facet]).values() for facet in NAMED_IN_WORDS}


def names() -> list[str]:
    """The phrases that the index is to know."""
    return list(book().phrases())


def opened(folder: Path, with_book: thesaurus.Thesaurus | None = None) -> Engine:
    """An engine over an index, as a generation opens it."""
    return Engine.open(folder, vocabulary_of_site().outward, thesaurus=with_book or book(), terms=terms())

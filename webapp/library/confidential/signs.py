"""What words say that a listing's address must stay secret. The words themselves are in words.yml.

Sure signs always count: a statement that the address is kept back; a refuge in the title, a tag or the summary;
somewhere to live and what people flee from in one sentence. Doubtful ones count unless the venue is open to everybody
by its name: a women's charity's coffee morning in the library gives nobody away.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import yaml

from webapp.library.confidential.statements import PLACES, is_kept_back
from webapp.library.confidential.text import LINK, NAME, ORGANISATION, PLACE, TAG, Statement, any_in, sentences

WORDS: dict[str, list[str]] = yaml.load(
    (Path(__file__).parent / "words.yml").read_text("utf-8"), Loader=yaml.CSafeLoader
)


def any_of(*lists: str) -> str:
    """A pattern for every phrase of these lists of words.yml, longest first."""
    phrases = sorted({phrase for name in lists for phrase in WORDS[name]}, key=len, reverse=True)
    return "(?:" + "|".join(re.escape(phrase).replace("\\ ", "[ ,]+") for phrase in phrases) + ")s?"


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{pattern})\b")


REFUGE = _words(any_of("refuge"))
ANOTHER = _words(
    rf"{any_of('another_before')} refuges?|refuges? {any_of('another_after')}"
    rf"|refuges? for (?:\w+ ){{0,3}}{any_of('another_for')}"
    rf"|refuges? from (?:\w+ ){{0,4}}{any_of('another_from')}|{any_of('another_phrases')}"
)
PEACE = _words(any_of("another_peace"))
SOUGHT = _words(r"(?:seek|seeks|seeking|sought|take|takes|taking|took|taken|given?|offer|offered|offering) refuge")
ASYLUM = _words(any_of("asylum"))
HARM = _words(
    rf"domestic (?:\w+ ){{0,3}}(?:abuse|violence)|{any_of('harm')}"
    rf"|{any_of('away_from')} (?:(?!(?:{'|'.join(WORDS['not_that_abuse'])})\b)\w+ ){{0,4}}"
    r"(?<!substance )(?<!alcohol )(?<!drug )(?<!solvent )(?<!steroid )(?:abuse|violence)"
)
FOR_PEOPLE = _words(
    rf"{any_of('people')} refuges?|womens refuges?|mens refuges?|refuges? (?:accommodation|space|place)s?"
)
HOME = _words(
    rf"{any_of('home')}|{any_of('home_for')} (?:for|where) (?:\w+ ){{0,3}}{any_of('people')}"
    rf"|(?:we|which|that|who) (?:also )?(?:house|rehouse|accommodate)s? (?:\w+ )?{any_of('people')}"
)
HOME_OF_A_KIND = _words(any_of("home_of_a_kind"))
HOUSES = _words("accommodation|hostels?|shelters?|housing")
CHARITY = _words("womens aid")
POINTER = _words(any_of("pointers"))
_NO_VENUE = "|".join(WORDS["not_a_venue_before"])
PUBLIC = re.compile(rf"(?<!\bold )(?<!\bformer )\b{any_of('public_venues')}\b(?! (?:{_NO_VENUE})\b)")
MEETS_IN_PUBLIC = re.compile(rf"\b(?:in|at) (?:the |a |our )?(?:\w+ ){{0,3}}{PUBLIC.pattern}")

# Nothing is looked for in text that holds none of these: most listings are read through once and are done.
REFUGES = ("refug", "lloches", "safe", "shelter", "sanctuary", "accommodation", "diogel", "womens aid")
HARMS = (
    "violen", "abus", "traffick", "slavery", " dv", "genital", "fgm", "forced", "coerc", "controlling", "vawg",
    "womens aid", "battered", "domestig", "exploitation", "honour", "honor", "harm", "hurt", "not safe", "unsafe",
    "perpetrator",
)  # fmt: skip


def looks_secret(statements: Sequence[Statement], *, in_public: bool) -> str:
    """Why the address of a listing that says this must stay secret; empty where nothing says so.

    `in_public`: every venue is open to everybody by its name, so that only a sure sign counts.
    """
    whole = "\n".join(one.text for one in statements)
    if any_in(PLACES, whole) and (kept := next(filter(_says_so, statements), None)):
        return f"it says that the address is kept back, in {kept.what}"
    if not any_in(REFUGES, whole) and not any_in(HARMS, whole):
        return ""
    doubts: list[str] = []
    for why, is_sure in _signs(statements, whole):
        if is_sure:
            return why
        doubts.append(why)
    return "" if in_public or not doubts else doubts[0]


def may_be_a_sign(text: str) -> bool:
    """Whether there is anything to look for in `text`, plain."""
    return any_in(REFUGES, text) or any_in(HARMS, text) or any_in(PLACES, text)


def _says_so(statement: Statement) -> bool:
    return statement.what != PLACE and is_kept_back(statement.text)  # words about one place hold for that place alone


def is_public(name: str) -> bool:
    """Whether a venue called `name`, plain, is open to everybody."""
    return bool(PUBLIC.search(name))


def _signs(statements: Sequence[Statement], whole: str) -> Iterator[tuple[str, bool]]:
    """Every sign with whether it is sure."""
    harmed = any_in(HARMS, whole) and bool(HARM.search(whole))
    about_people = harmed or bool(FOR_PEOPLE.search(whole))
    for one in statements:
        for sentence in sentences(one.text):
            if word := _refuge_in(sentence, whole, about_people):
                if not harmed and one.what != NAME and POINTER.search(sentence, 0, word.start()):
                    continue  # it says where else to ask, and nobody is said to flee here
                yield f"“{word[0]}” in {one.what}", one.own or _is_offered(sentence, word.start())
            elif harmed and (home := HOME.search(sentence)) and HARM.search(sentence):
                is_offered = not POINTER.search(sentence, 0, home.start())
                if is_offered or "," not in sentence:  # a list of what one may ask about is no home
                    yield f"a home away from violence or abuse, in {one.what}", one.own or is_offered
    for one in statements:
        if harmed and (HOME_OF_A_KIND.search(one.text) or (one.what == TAG and HOUSES.fullmatch(one.text))):
            yield f"somewhere to live in {one.what}, beside violence or abuse", False
        if one.what in {NAME, ORGANISATION, LINK} and CHARITY.search(one.text) and not MEETS_IN_PUBLIC.search(whole):
            yield f"“Women's Aid” in {one.what}", False


def _refuge_in(sentence: str, whole: str, about_people: bool) -> re.Match[str] | None:
    """The first word for a refuge in `sentence`, where it means one for people."""
    if not any_in(REFUGES, sentence):
        return None
    others = [match.span() for match in ANOTHER.finditer(sentence)]
    if not about_people:
        if others:
            return None
        others = [match.span() for match in PEACE.finditer(sentence)]
    if ASYLUM.search(whole):
        others += [match.span() for match in SOUGHT.finditer(sentence)]
    for match in REFUGE.finditer(sentence):
        if not any(start <= match.start() < end for start, end in others):
            return match if about_people or not ANOTHER.search(whole) else None
    return None


def _is_offered(sentence: str, at: int) -> bool:
    """Whether a sentence with a refuge at `at` is about the listing itself: of what people flee, and nowhere else."""
    return bool(HARM.search(sentence)) and not POINTER.search(sentence, 0, at)


def all_public(names: Iterable[str]) -> bool:
    """Whether there are venues, and all are open to everybody."""
    listed = list(names)
    return bool(listed) and all(map(is_public, listed))

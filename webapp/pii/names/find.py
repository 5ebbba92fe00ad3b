"""Likely names of people, found by the company they keep.

A name is believed for what stands round it: an honorific, a relation, "called", something it owns, something only a
person does. Lists of first names and surnames help; names in no list are found by the same company.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from webapp.pii.match import Span
from webapp.pii.names import citing, initials, not_a_person, small_letters, titles, weighing
from webapp.pii.names.authors import NEARBY, THINKERS
from webapp.pii.names.care import CARE, beside_care, cared_for, nobody, owns_care
from webapp.pii.names.company import called, likely, person_before
from webapp.pii.names.context import AGE, ALONE, AND_HERS, SAID_TO_BE, UNKNOWN_AGE
from webapp.pii.names.first_names import ALSO_WORDS, SURE
from webapp.pii.names.institutions import HOLY, INSTITUTION, PUBLIC, THEORISTS, THEORY
from webapp.pii.names.surnames import ALSO_WORDS as SURNAME_WORDS
from webapp.pii.names.surnames import SURNAMES, is_surname
from webapp.pii.names.words import (
    DOES,
    NOT_NAMES,
    PEOPLE,
    POSSESSED,
    RELATIONS,
    SPEECH,
    SPEECH_WITH,
    SURELY_DOES,
    THINGS,
    TO_WITH,
)
from webapp.pii.tokens import Word, words
from webapp.pii.word_list import listed

ACTS = SURELY_DOES | listed("keeps asks needs wants eats sleeps refuses struggles")
FROM = listed("the in from of at near to")
CITED = re.compile(r"(?:'s)?,?\s?(?:et al\.?,?\s?)?\(?(?:18|19|20)\d\d[a-z]?\b")
REGULATION = re.compile(r"\.?\s?\d")
CHARITIES = listed("maggie barnardo sainsbury mcdonald")  # where nothing follows that they own
SIGNED = listed("thanks regards wishes cheers sincerely love hi dear hello hiya")
OWN_PEOPLE = listed("client tenant patient neighbour friend carer citizen resident customer")
FOR_WHOM = listed("for with re regarding client patient")
HERS = listed("her his their my your our")
FIRST = SURE | ALSO_WORDS
SMALL_LAST = SURNAMES - SURNAME_WORDS
# Log-odds from which a run of words is a name: what the rules found is kept unless it is most unlikely to be one.
KEPT, ADDED = -0.2, 0.1


def find(text: str) -> Iterator[Span]:
    """Every likely name in `text`, which is plain."""
    found = words(text)
    yield from titles.find(text, found)
    for at, last, ruled in candidates(text, found):
        if weighing.weight(text, found, at, last, ruled=ruled) >= (KEPT if ruled else ADDED):
            yield Span("name", found[at].start, found[last].start + len(_bare(found[last])))
    yield from initials.find(text)


def candidates(text: str, found: list[Word]) -> Iterator[tuple[int, int, bool]]:
    """Runs of words that could be a name: the first, the last, and whether the rules take it for one."""
    unsure: int | None = None  # where a run begins that the rules do not take for a name
    at = 0
    while at < len(found):
        last = _name_from(text, found, at) if _could_be(found[at]) else None
        if last is not None:
            if unsure is not None:
                yield unsure, at - 1, False
            yield at, last, True
            unsure, at = None, last + 1
            continue
        if unsure is not None and not weighing.goes_on(found, unsure, at):
            yield unsure, at - 1, False
            unsure = None
        if unsure is None and weighing.worth_it(found, at):
            unsure = at
        at += 1
    if unsure is not None:
        yield unsure, len(found) - 1, False


def _could_be(word: Word) -> bool:
    return word.capital or word.small in FIRST or word.small in SMALL_LAST or "-" in word.small


def _name_from(text: str, found: list[Word], at: int) -> int | None:
    """The place of the last word of a name that begins at `at`, or None where none does."""
    word = found[at]
    small = word.small
    if small in CHARITIES and word.owns and (at + 1 == len(found) or found[at + 1].small not in POSSESSED):
        return None
    if len(small) < 2 or CITED.match(text, word.end):
        return None
    if not_a_person.another(found, at) or not_a_person.case_law(text, word.end):
        return None
    if _famous(found, at) or _institution(found, at) or not_a_person.titled(text, found, at):
        return None
    if at and found[at].gap in (" ", ". ") and found[at - 1].small in HOLY and found[at - 1].capital:
        return None
    if small in HOLY and small not in SURE and at + 1 < len(found) and found[at + 1].close and found[at + 1].capital:
        return None  # "Pope Francis", "St Thomas"
    first, surname = is_first(small), is_surname(small)
    capital = word.capital and not word.shouted
    sure = small in SURE or ("-" in small and (first or small.split("-")[0] in SURE))
    last = _end(found, at)
    if CITED.match(text, found[last].end) or (small == "reg" and REGULATION.match(text, word.end)):
        return None
    if citing.published(text, found, at, last):
        return None
    if word.capital and small_letters.named_after(found, at, last):
        return None  # "Arthur Rank hospice", "the Francis report"
    if (word.capital and sure) and (not word.shouted or likely(text, found, at, last)):
        return last
    if not word.capital:
        return small_letters.name_from(text, found, at)
    if first and _also(text, found, at, last):
        return last
    if surname and _surname(text, found, at, last):
        return last
    if (
        capital
        and small.endswith("s")
        and small[:-1] in SMALL_LAST
        and at
        and found[at - 1].small == "the"
        and word.close
    ):
        return at  # "the Patels"
    if capital and small not in NOT_NAMES and small not in INSTITUTION and _unknown(text, found, at, last):
        return last
    return None


def is_first(small: str) -> bool:
    """Whether a word is a first name; "anne-marie" is where both its parts are."""
    return small in FIRST or ("-" in small and all(part in FIRST for part in small.split("-")))


def _end(found: list[Word], at: int) -> int:
    """The last word of the run of capitals that can belong to one name."""
    last = at
    while last + 1 < len(found) and last - at < 3 and not found[last].owns:
        after = found[last + 1]
        joins = after.close and (
            after.capital or (after.small in ("de", "da", "al", "bin", "van", "von", "el", "bint", "ibn", "ul", "ur"))
        )
        if (
            not joins
            or after.small in NOT_NAMES
            or after.small in INSTITUTION
            or (after.shouted and after.small in DOES)
            or (after.shouted and not found[at].shouted and not is_surname(after.small))
        ):
            break
        last += 1
    while last > at and not found[last].capital:
        last -= 1
    return last


def _famous(found: list[Word], at: int) -> bool:
    # "Following Cormac Russell's talk": the first word of a sentence may stand before the name.
    small = [w.small for w in found[max(0, at - 1) : at + (3 if found[at].begins else 2)]]
    if any(pair in PUBLIC for pair in pairwise(small)):
        return True
    return any(pair in THINKERS for pair in pairwise(small)) and not _as_a_person(found, at)


def _as_a_person(found: list[Word], at: int) -> bool:
    """Whether a thinker's name is spoken of as somebody who is cared for is."""
    before = found[at - 1].small if at and found[at].close else ""
    near = found[at : at + 8]
    if any(w.small in small_letters.BEARERS for w in near[2:5]):
        return False  # "Steven Hoskin's safeguarding review"
    return (
        before in SPEECH | FOR_WHOM | RELATIONS
        or any(w.small in NEARBY for w in near[:4])
        or any(w.small in CARE or w.small in RELATIONS for w in near)
    )


def _institution(found: list[Word], at: int) -> bool:
    """Whether the run of capitals from here names a place, a charity or an idea: "Andy's Man Club", "Clare's Law"."""
    for offset in range(1, 6):
        if at + offset >= len(found):
            return False
        after = found[at + offset]
        if after.gap not in (" ", "  ", " & ", "-", "' ") or (after.shouted and after.small in DOES):
            return False
        if offset == 1 and not found[at].owns and after.small in small_letters.CHURCHES:
            return True  # "Emmanuel church"
        if offset == 1 and found[at].owns and (after.small in THEORY or after.small in small_letters.SHOPS):
            return True
        if (
            after.capital
            and after.small in INSTITUTION
            and not (found[at].owns and after.shouted and len(after.small) < 3)
        ):
            return True
        if not after.capital and after.small not in ("and", "of", "the", "for", "de"):
            return False
    return False


def _also(text: str, found: list[Word], at: int, last: int) -> bool:
    """A first name that is also a word: only in sure company, and a sentence's first word only in the surest."""
    word = found[at]
    after = found[at + 1] if at + 1 < len(found) else None
    if last > at and any(
        w.small in SURNAMES - SURNAME_WORDS or (is_surname(w.small) and not word.begins)
        for w in found[at + 1 : last + 1]
    ):
        return True
    if (
        (owns_care(found, at) and word.small not in NOT_NAMES)
        or (last > at and is_surname(found[last].small) and beside_care(found, last))
        or not_a_person.wanted_for(found, at, last)
        or not_a_person.from_somewhere(text, word)
        or not_a_person.befalls(text, found, at, last)
    ):
        return True
    if last == at + 1 and is_surname(found[last].small) and _acts(found, last):
        return True
    if (AGE.match(text, found[last].end) and word.small not in PEOPLE) or AND_HERS.match(text, found[last].end):
        return True
    if SAID_TO_BE.search(text[max(0, word.start - 16) : word.start]):
        return True
    if at and found[at - 1].small in SIGNED and word.near and text[word.end : word.end + 1] in ("", ",", "\n", "."):
        return True
    if at and found[at - 1].small in RELATIONS and word.near and not found[at - 1].owns:
        return True
    if at and word.close and found[at - 1].small in HOLY:
        return False
    if not word.begins and not word.shouted and person_before(found, at) and word.small not in NOT_NAMES:
        return True
    if at > 1 and word.close and found[at - 1].small in TO_WITH and found[at - 2].small in SPEECH_WITH:
        return True
    if after is None or not after.close:
        return False
    if word.owns:
        return after.small in RELATIONS or (
            after.small in POSSESSED and not word.begins and word.small not in NOT_NAMES
        )
    if word.begins:
        return after.small in SURELY_DOES
    if last > at:
        return last + 1 < len(found) and found[last + 1].close and found[last + 1].small in SURELY_DOES
    return after.small in SURELY_DOES and not found[at - 1].capital


def _acts(found: list[Word], last: int) -> bool:
    after = found[last + 1] if last + 1 < len(found) else None
    return bool(after and after.close and not after.capital and after.small in ACTS)


def _surname(text: str, found: list[Word], at: int, last: int) -> bool:
    """A surname without a first name: "the Khans", "Patel family", "PATEL, Meena", "rang Okafor"."""
    word = found[at]
    if word.small in THEORISTS:
        return False
    after = found[at + 1] if at + 1 < len(found) else None
    plainly = word.small not in SURNAME_WORDS
    if SAID_TO_BE.search(text[max(0, word.start - 16) : word.start]):
        return True
    if after and after.close and after.small == "family" and not after.capital:
        return True
    if not plainly:
        return False
    if after and after.gap == ", " and is_first(after.small) and after.capital and not _institution(found, at + 1):
        return True
    if (
        at
        and not word.begins
        and found[at - 1].capital
        and found[at - 1].close
        and found[at - 1].small not in NOT_NAMES
    ):
        return False  # the end of something else's name, or of a name that was looked at already
    if after and after.close and not word.owns and after.small in SURELY_DOES:
        return True
    return not word.begins and (person_before(found, at) or bool(AGE.match(text, found[last].end)))


def _unknown(text: str, found: list[Word], at: int, last: int) -> bool:
    """A capital in no list, in company that only a person keeps."""
    word = found[at]
    before = found[at - 1] if at else None
    after = found[at + 1] if at + 1 < len(found) else None
    if word.small in SPEECH or (after and after.close and after.capital and after.small in NOT_NAMES):
        return False  # "a resident called Environmental Health"
    if any(w.small in THEORISTS for w in found[at : last + 1]):
        return False  # "Used Gibbs to reflect"
    if cared_for(found, at):
        return True
    if word.owns:
        return (owns_care(found, at) and not nobody(word) and not (before and before.capital)) or bool(
            after and after.close and after.small in RELATIONS - {"baby", "kid", "boy", "girl", "child", "partner"}
        )
    if SAID_TO_BE.search(text[max(0, word.start - 16) : word.start]) and not _thing_before(found, at):
        return True
    if AND_HERS.match(text, found[last].end) and word.small not in PEOPLE:
        return True
    if ALONE.match(text, found[last].end) and not (before and before.close and before.small in FROM):
        return True
    if UNKNOWN_AGE.match(text, found[last].end) and not (before and before.close and before.small in FROM):
        return True
    if last > at and any(w.small in SMALL_LAST or _ends_as_name(w.small) for w in found[at + 1 : last + 1]):
        return word.small not in THINGS and word.small not in PEOPLE
    if word.small not in THINGS and not_a_person.certain(text, found, at, last):
        return True
    if before is None or not word.near:
        return False
    if not_a_person.apposed(text, found, at):
        return True
    if before.small in OWN_PEOPLE and word.close and not before.owns and at > 1 and found[at - 2].small == "my":
        return True
    if before.small in RELATIONS and not before.owns and at > 1:
        return found[at - 2].small in HERS or found[at - 2].owns
    if before.small in ("called", "named", "nicknamed") and (word.close or '"' in word.gap):
        return called(found, at - 1) is True
    name_is = before.small == "is" and at > 2 and found[at - 2].small == "name"
    return name_is and found[at - 3].small in ("her", "his", "my")


def _thing_before(found: list[Word], at: int) -> bool:
    return any(w.small in THINGS or w.small in ("it", "they") for w in found[max(0, at - 6) : at])


def _ends_as_name(small: str) -> bool:
    return is_surname(small) and small not in SURNAME_WORDS


def _bare(word: Word) -> str:
    return word.text[: len(word.small)]

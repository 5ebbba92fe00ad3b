"""Names after an honorific: "Mrs K", "Mr. O'Neill", "miss khan", "Auntie Precious"."""

from collections.abc import Iterator

from webapp.pii.match import Span
from webapp.pii.names import not_a_person
from webapp.pii.names.first_names import ALSO_WORDS, SURE
from webapp.pii.names.institutions import INSTITUTION, THEORISTS
from webapp.pii.names.surnames import is_surname
from webapp.pii.names.words import NOT_NAMES, SURELY_DOES
from webapp.pii.tokens import Word
from webapp.pii.word_list import listed

ALWAYS = listed("mr mrs mx mister")
PROFESSIONAL = listed("dr prof professor doctor rev reverend cllr councillor sir dame lord lady sgt sergeant")
USUALLY = listed("ms miss")
FAMILY = listed("haji hajji hajja auntie aunty uncle nurse sister pastor imam canon grandma nana nan grandad")
HONORIFICS = ALWAYS | PROFESSIONAL | USUALLY | FAMILY
AFTER_TITLE = listed(
    """
    and or and/or who the is was in at on to for with has had a an of out any my your his her their this that be as if
    when x not nor
    """
)
# "We miss Khan's samosas": what stands before the verb.
MISSING = listed(
    "i we you they to not don't would will people who often really might may can always never still didn't"
)
WORKPLACES = listed("surgery practice clinic list office reception talk book study team")
CARRY = listed("de da al bin van von el bint ibn ul ur")


def find(text: str, found: list[Word]) -> Iterator[Span]:
    """Every honorific with a name after it. `found` are the words of `text`."""
    for at, word in enumerate(found[:-1]):
        if word.small not in HONORIFICS or word.owns:
            continue
        after = found[at + 1]
        if after.gap not in (" ", "  ", ".", ". ", ".  ", "\n") or not _names(found, at):
            continue
        last = _end(text, found, at + 1)
        next_word = found[last + 1].small if last + 1 < len(found) else ""
        if found[last].owns and next_word in WORKPLACES and word.small in PROFESSIONAL:
            continue  # "Dr Syed's surgery"
        if not _institution(found, at + 1) and not not_a_person.case_law(text, found[last].end):
            yield Span("name", word.start, found[last].start + len(found[last].small))


def _names(found: list[Word], at: int) -> bool:
    title, after = found[at].small, found[at + 1]
    small = after.small
    lone = len(small) == 1 and small != "x"
    if small in AFTER_TITLE and not lone:
        return False
    known = small in SURE or small in ALSO_WORDS or is_surname(small)
    capital = after.capital and small not in NOT_NAMES and small not in INSTITUTION
    initial = len(small) <= 2 and after.capital and after.text.isupper() and small not in ("gp", "ot", "sw", "tv")
    if lone and title in ALWAYS:
        return True  # "mrs p from the flats"
    if len(small) == 1 and not after.capital and at + 2 < len(found) and found[at + 2].close:
        return is_surname(found[at + 2].small) and not (
            title in USUALLY and small == "a" and found[at - 1].small == "i"
        )
    if title in ALWAYS:
        if small in THEORISTS:
            return title in ("mr", "mrs") and small in (
                "rogers",
                "gibbs",
                "egan",
                "munro",
                "johns",
                "sanderson",
                "ainsworth",
            )
        return capital or initial or (not after.capital and small not in NOT_NAMES) or known
    if title in PROFESSIONAL:
        if small in THEORISTS or any(w.small in THEORISTS for w in found[at + 2 : at + 3] if w.close):
            return False
        if title in ("lord", "lady", "sir", "dame", "doctor", "professor", "prof", "councillor"):
            return (
                (capital and (small in SURE or is_surname(small)))
                if title in ("lord", "lady")
                else (capital and found[at].capital) or (small in SURE)
            )
        return capital or initial or (known and small not in NOT_NAMES)
    if title in USUALLY:
        return _miss(found, at, capital=capital, initial=initial, known=known)
    return (
        small in SURE
        or (capital and found[at].capital and title not in ("sister", "nurse", "canon", "imam"))
        or (known and capital)
    )


def _miss(found: list[Word], at: int, *, capital: bool, initial: bool, known: bool) -> bool:
    """ "Miss" is also a verb, and "MS" an illness."""
    word, after = found[at], found[at + 1]
    if word.small == "ms" and word.shouted:
        return known and capital and not _everything_shouted(found)
    if word.capital:
        return (capital or initial) or (known and not after.capital and after.small in SURE)
    if at and found[at - 1].small in MISSING:
        return False
    return (known and (after.small in SURE or is_surname(after.small))) or initial


def _everything_shouted(found: list[Word]) -> bool:
    return sum(w.shouted for w in found) > len(found) / 2


def _end(text: str, found: list[Word], at: int) -> int:
    last = at
    while last + 1 < len(found) and last - at < 3 and not found[last].owns:
        after = found[last + 1]
        joined = after.gap in (" ", "  ", ".", ". ") and (len(found[last].small) == 1 or after.close)
        if not joined or after.small in NOT_NAMES or after.small in INSTITUTION:
            break
        initial = len(found[last].small) == 1
        if after.capital or after.small in CARRY or (not found[last].capital and is_surname(after.small)):
            if initial and after.gap.startswith(".") and after.small in SURELY_DOES:
                break
            last += 1
        else:
            break
    return last


def _institution(found: list[Word], at: int) -> bool:
    """ "Dr Kershaw's Hospice" and "Mrs Miggins Pie Shop" are places."""
    for after in found[at + 1 : at + 4]:
        if after.gap not in (" ", "  ", "' "):
            return False
        if after.capital and after.small in INSTITUTION and not after.shouted:
            return True
        if not after.capital:
            return False
    return False

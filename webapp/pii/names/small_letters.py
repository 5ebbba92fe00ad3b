"""Names typed in small letters: "agnes bairstow dementia", "took ethel to the clinic", "ruby's insulin"."""

from webapp.pii.names import not_a_person
from webapp.pii.names.care import CARE, CARED_FOR, NOT_PEOPLE, beside_care, owns_care
from webapp.pii.names.company import likely
from webapp.pii.names.first_names import ALSO_WORDS, SMALL_WORDS, SURE
from webapp.pii.names.institutions import HOLY, THEORY
from webapp.pii.names.surnames import ALSO_WORDS as SURNAME_WORDS
from webapp.pii.names.surnames import SURNAMES, is_surname
from webapp.pii.names.words import BEFORE_SMALL, NOT_NAMES, SURELY_DOES
from webapp.pii.tokens import Word
from webapp.pii.word_list import listed

LAST = SURNAMES - SURNAME_WORDS
PARTICLES = listed("al el de da di del bin bint ibn ul ur van von der abu")
SHOPS = listed(
    """
    cafe café pantry hospice tearoom tea-room nursery deli bakery pub restaurant foodbank club choir gym hairdressers
    hairdresser barbers salon butchers bookshop chippy tea
    """
)
CHURCHES = listed("church chapel mosque temple gurdwara synagogue baths library park leisure")
# What is named after people. After a name in small letters these make it a place, a charity or an idea.
BUILDINGS = (
    THEORY
    | CHURCHES
    | SHOPS
    | listed(
        """
    road street rd avenue ave lane drive court house hall centre center academy college clinic surgery lodge gardens
    garden suite building pool trust foundation society charity shop square terrace crescent station market bridge
    infirmary grove way place tower estate field fields farm wood woods primary training award day
    """
    )
)
BEARERS = listed(
    """
    trust hospice ward unit wing report vouchers foundation charity suite institute society memorial review inquiry
    award lecture scheme principles museum exhibition night tribute songs library
    hoover hoovers hall building statue scholarship fund
    """
)
SOFTENERS = listed("community leisure health day sports memorial arts activity resource")
# "will", "may" and the like begin a sentence as verbs far more often than as somebody.
VERBS = listed("will may can mark hope grant bill rob sue pat chase dawn page drew major max rich frank guy")
HAS = listed("has had needs is was cant can't cannot wont won't isnt isn't hasnt hasn't got")
SPOKEN_OF = listed("visited met saw rang phoned called reviewed assessed took supported helped about for")
AND_HERS = {("and", "her"), ("and", "his"), ("with", "her"), ("with", "his"), ("no", "answer"), ("this", "morning")}
SHORTEST = 4  # letters; shorter names in small letters are too often slips of the finger


def name_from(text: str, found: list[Word], at: int) -> int | None:
    """The place of the last word of a name in small letters that begins at `at`; None where none does."""
    word = found[at]
    if word.owns and any(near.small in SHOPS for near in found[at + 1 : at + 4]):
        return None
    if _ends_a_name(found, at):
        return at
    parts = word.small.split("-")
    known = word.small in SURE or (len(parts) == 2 and parts[0] in SURE and len(parts[0]) >= SHORTEST)
    if not (known or word.small in ALSO_WORDS) or _elsewhere(found, at):
        return None
    last = _last(found, at)
    if not known:
        return last if _also(found, at, last) else None
    if word.small not in SMALL_WORDS and len(word.small) >= SHORTEST:
        return last
    if (
        last > at
        or likely(text, found, at, at)
        or owns_care(found, at)
        or not_a_person.neighbour(text, word)
        or not_a_person.with_surname(found, at)
        or (word.begins and beside_care(found, at, 2) and at + 1 < len(found) and found[at + 1].close)
        or (at and word.close and found[at - 1].small in CARED_FOR | {"poor", "old"})
        or _has_care(found, at)
    ):
        return last
    after = found[at + 1] if at + 1 < len(found) else None
    if at and word.close and found[at - 1].small in BEFORE_SMALL and word.small not in SMALL_WORDS:
        return last
    return last if word.begins and after and after.close and after.small in SURELY_DOES else None


def _last(found: list[Word], at: int) -> int:
    """The last word of the name: a surname after it, with what joins the two."""
    if found[at].owns or at + 1 >= len(found) or not found[at + 1].close:
        return at
    after = found[at + 1]
    if after.small in LAST or (is_surname(after.small) and (after.capital or "-" in after.small)):
        return at + 1
    if after.small in PARTICLES and at + 2 < len(found) and found[at + 2].close:
        return at + 2
    return at


def _has_care(found: list[Word], at: int) -> bool:
    """ "will needs a hoist", "may has copd": a verb that no other verb can stand before, and then a word of care."""
    word, after = found[at], found[at + 1] if at + 1 < len(found) else None
    if after is None or not after.close:
        return False
    if at and found[at - 1].small in ("old", "poor", "for") and word.close and word.small not in NOT_NAMES:
        return found[at - 1].small != "for" or (after.small in ("to", "with", "at") and beside_care(found, at + 1, 2))
    return word.begins and after.small in HAS and beside_care(found, at + 1, 3)


def _ends_a_name(found: list[Word], at: int) -> bool:
    """Whether a surname stands after a sentence's first word and before a word of care: "josef kaminski homecare"."""
    word = found[at]
    if word.small not in LAST or word.small in NOT_PEOPLE or len(word.small) < SHORTEST or not at or not word.close:
        return False
    return found[at - 1].begins and found[at - 1].small not in NOT_NAMES and beside_care(found, at, 2)


def _also(found: list[Word], at: int, last: int) -> bool:
    """A first name that is also a word: with what only somebody has, or with a surname and a word of care."""
    word = found[at]
    if word.small != "may" and owns_care(found, at) and word.small not in NOT_NAMES:
        return True
    if _has_care(found, at):
        return True
    surnamed = last > at and found[last].small in LAST and last + 1 < len(found) and found[last + 1].close
    if surnamed and word.begins and found[last + 1].small in SURELY_DOES | HAS:
        return True  # "bill sheikh asked about the choir"
    if word.small in NOT_NAMES or word.small in VERBS:
        return False
    spoken_of = at and word.close and found[at - 1].begins and found[at - 1].small in SPOKEN_OF
    if spoken_of and tuple(near.small for near in found[at + 1 : at + 3]) in AND_HERS:
        return True  # "visited joy and her kitchen is unsafe"
    if not word.begins or word.owns or at + 1 >= len(found) or not found[at + 1].close:
        return False
    surname = found[at + 1].small
    named = last > at or (is_surname(surname) and surname not in CARE)
    return named and beside_care(found, max(last, at + 1))


def named_after(found: list[Word], at: int, last: int) -> bool:
    """Whether names with capitals end in a small word for what bears them: "Arthur Rank hospice", "Florence ward"."""
    if found[last].owns or last + 1 >= len(found) or not found[last + 1].close:
        return False
    after = found[last + 1]
    further = found[last + 2] if last + 2 < len(found) and found[last + 2].close else None
    return (after.small in BEARERS and not after.capital) or bool(
        at and found[at - 1].small == "the" and further and (after.small in SOFTENERS and further.small in BUILDINGS)
    )


def _elsewhere(found: list[Word], at: int) -> bool:
    """Whether the name is a saint's, a building's or a thinker's: "st agnes", "victoria park", "the edith cavell"."""
    word = found[at]
    if at and word.close and found[at - 1].small in HOLY | {"the", "a", "an"}:
        return True
    for offset in (1, 2, 3):
        after = found[at + offset] if at + offset < len(found) else None
        if after is None or not after.close:
            return False
        if after.small in BUILDINGS:
            return True
        if not word.owns and after.small not in SURNAMES and after.small not in SURE:
            return False
    return False

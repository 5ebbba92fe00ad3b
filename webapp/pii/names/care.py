"""Names beside care: what somebody has or needs, and the verbs of those who look after people."""

from itertools import pairwise

from webapp.pii.names.institutions import INSTITUTION
from webapp.pii.names.words import NOT_NAMES, PEOPLE, THINGS
from webapp.pii.tokens import Word
from webapp.pii.word_list import listed, read

CARE = read("care_words")
NOT_PEOPLE = read("places") | read("organisations")
# What is done to nobody but a person.
CARED_FOR = listed(
    """
    discharged admitted readmitted escorted accompanied weighed bathed washed showered dressed hoisted fed toileted
    diagnosed rehoused sectioned detained reassessed bathing washing dressing hoisting feeding toileting escorting
    accompanying discharging took taking brought bringing collected collecting fetched drove driving widowed signposted
    """
)
# After these, a capital in no list is likely somebody, unless it is a place or an office.
TOLD = listed("told assessed reviewed supported supporting assessing reviewing visited seen saw met rang phoned")
# After what a person has, these say that it is an office's: "Hope's respite service".
OFFICE = listed(
    """
    team teams service services staff provider providers group groups centre contract contracts budget network board
    policy strategy department office managers commissioners workers wards hospitals carers forum offer pathway
    """
)
OWNED = CARE - listed(
    "support care needs hospital ward clinic transport benefits respite homecare reablement mobility carers"
)
OF_TWO = {
    ("social", "worker"), ("care", "plan"), ("direct", "payment"), ("direct", "payments"), ("support", "plan"),
    ("care", "package"), ("care", "call"), ("care", "calls"), ("key", "safe"), ("blue", "badge"), ("hospital", "bed"),
    ("day", "centre"), ("personal", "budget"), ("home", "visit"), ("walking", "frame"), ("walking", "stick"),
    ("bus", "pass"), ("memory", "clinic"), ("personal", "assistant"), ("learning", "disability"), ("mental", "health"),
    ("district", "nurse"), ("social", "workers"), ("warm", "home"), ("hearing", "aid"), ("hearing", "aids"),
    ("carer's", "assessment"), ("carers", "assessment"), ("housing", "application"), ("heart", "failure"),
    ("end", "of"), ("attendance", "allowance"), ("falls", "list"), ("care", "act"),
}  # fmt: skip
ENDINGS_OF_OFFICES = ("ing", "tion", "ment", "ance", "ence", "ity", "ness", "ship", "ies", "ers", "ors", "ics", "als")


def owns_care(found: list[Word], at: int) -> bool:
    """Whether the possessive at `at` has what a person in care has: "Nia's social worker", "ruby's continence"."""
    if not found[at].owns or at + 1 >= len(found) or not found[at + 1].close:
        return False
    first = found[at + 1]
    second = found[at + 2] if at + 2 < len(found) and found[at + 2].close else None
    third = found[at + 3] if second and at + 3 < len(found) and found[at + 3].close else None
    pair = bool(second and (first.small, second.small) in OF_TWO)
    if first.capital or not (pair or first.small in OWNED):
        return False
    return all(word is None or word.small not in OFFICE for word in (second, third))


def beside_care(found: list[Word], last: int, furthest: int = 3) -> bool:
    """Whether a word of care follows soon after the word at `last`, in the same sentence, and no office does."""
    near = []
    for word in found[last + 1 : last + 1 + furthest]:
        if word.begins or word.small in OFFICE:
            break
        near.append(word)
    return any(word.small in CARE for word in near) or any((a.small, b.small) in OF_TWO for a, b in pairwise(near))


def cared_for(found: list[Word], at: int) -> bool:
    """Whether the capital at `at`, which is in no list, is whom somebody took, told or discharged."""
    word = found[at]
    if not at or not word.close or word.shouted or word.owns or len(word.small) < 3 or nobody(word):
        return False
    before = found[at - 1].small
    if before not in CARED_FOR and before not in TOLD and not spoken_to(found, at):
        return False
    after = found[at + 1] if at + 1 < len(found) else None
    if after and after.close and (after.capital or after.small in INSTITUTION or after.small in THINGS):
        return False
    return before in CARED_FOR or not word.small.endswith(ENDINGS_OF_OFFICES)


def spoken_to(found: list[Word], at: int) -> bool:
    """Whether "spoke to" or the like stands before."""
    return (
        at > 1
        and found[at - 1].small in ("to", "with")
        and found[at - 2].small in listed("spoke spoken talked chatted sat speaking talking")
    )


def nobody(word: Word) -> bool:
    """Whether a word with a capital is a place, an office, a thing or what somebody is."""
    small = word.small
    return small in NOT_PEOPLE or small in NOT_NAMES or small in INSTITUTION or small in THINGS or small in PEOPLE

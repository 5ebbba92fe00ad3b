"""Initials that stand for somebody: "P.K. from M22", "J. Patel", "service user AB"."""

import re
from collections.abc import Iterator

from webapp.pii.match import Span
from webapp.pii.names.care import CARE
from webapp.pii.names.institutions import INSTITUTION, THEORISTS
from webapp.pii.names.surnames import ALSO_WORDS, SURNAMES, is_surname
from webapp.pii.names.words import ACRONYMS, NOT_NAMES, RELATIONS, SURELY_DOES
from webapp.pii.word_list import listed

# Of the words of care, those that offices speak of too: "GM has support for carers".
LOOSE = listed(
    """
    support care needs transport ward hospital clinic transfers assessment review package carers carer benefits homecare
    reablement respite safeguarding section op frame memory consultant scan moving handling mobility placement waiting
    awaiting refuses refused declined domestic district appointment hospice shopping depot pads pad pressure advocate
    """
)
PERSON = (
    r"client|citizen|service[ -]user|su|patient|resident|customer|tenant|son|daughter|husband|wife|mum|mother|dad"
    r"|father|sister|brother|niece|nephew|partner|lady|gentleman|neighbour|initials|grandson|granddaughter|pt|individual"
    r"|adult|person|man|woman|gent|young person|colleague's client"
)
AFTER_PERSON = re.compile(
    rf"\b(?i:{PERSON})[\s:(]{{1,2}}(?P<who>[A-Z]\.\s?(?:[A-Z]\.?\s?)?(?:[A-Z]\.)?|[A-Z]{{1,3}})"
    r"(?=[\s,.;:)'!?]|$)(?!\s?[&+]\s?(?:[a-z]|[A-Z][a-z]))"
)
LETTER = r"(?:O'|Mc|Mac)?[A-Z]"
DOTTED = re.compile(rf"(?<![\w.])(?P<who>{LETTER}\.\s?{LETTER}\.?(?:\s?{LETTER}\.?)?)(?=[\s,;:)'(!?/-]|$)")
SMALL = re.compile(r"(?<![\w.@/])(?P<who>[a-z]\.\s?[a-z]\.(?:\s?[a-z]\.)?)(?=[\s,;:)'(]|$)")
PAIR = re.compile(r"(?<![\w.&/-])(?P<who>[A-Z]{2,3})(?=(?:'s)?(?:[\s,(:;]|[.!?]?$|\.\s))")
SINGLE = re.compile(r"(?<![\w.'&/-])(?P<first>[A-Z](?:\.\s?|\s)(?:[A-Z](?:\.\s?|\s)){0,2})(?P<last>[A-Z][\w'-]{1,40})")
SURNAME_FIRST = re.compile(r"(?<![\w'-])(?P<last>[A-Z][\w'-]{1,40}),?\s(?P<first>[A-Z]\.(?:\s?[A-Z]\.)?)(?=[\s,;:)]|$)")
PLACE = re.compile(r",?\s?(?:is\s|lives\s)?(?:from|of|in|at|\(|near|,)\s?[A-Z]{1,2}\d[\dA-Z]?(?:\b|\d[A-Z]{2}\b)", re.I)
DOES = re.compile(
    r",?\s(?:"
    + "|".join(sorted(SURELY_DOES - {"uses", "used"}))
    + r"|is\s\d\d|is\s(?:an?\s\d\d|lonely|isolated|housebound|widowed))\b"
)
BEFORE = re.compile(r"\b(?:from|with|for|by|to|asked|told|rang|met|saw|visited|supported|and|about)\s$")
CITED = re.compile(r"[\s.,]*(?:(?:and|&|et al)[^()\n]{0,30})?,?\s?\(?\s?(?:19|20)\d\d")
AGE = re.compile(r",?\s?\(?(?:aged\s)?\d\d(?:[,)\s]|$|yrs|y)")
# "JS, 78, from Baguley", "JS (78) would like": two capitals, an age and what somebody does. Never "GP, 24, …" alone.
AGED = re.compile(
    r"(?:,\s|\s\()(?:aged\s)?(?:[1-9]\d|10\d)[,)],?\s"
    r"(?:from|lives|wants?|would|has|is|was|who|needs?|loves?|likes?|asked|misses|cannot|can't)\b"
)
# What staff do with somebody, before their initials.
MET = re.compile(
    r"\b(?:spoke|spoken|talked|chatted|met|sat|liaised|visit(?:ed|s|ing)?|joint visit|call(?:ed)?|went out)"
    r"(?:\s(?:to|with|w))?\s$"
    r"|\b(?:saw|seen|rang|phoned|told|asked|texted|emailed|assess(?:ed|ing)|review(?:ed|ing)?|support(?:ed|ing)|helped"
    r"|discharged?|referr?(?:ed|ing)?|transferred|accompanied|collected|took|supervised|safeguarding|re:?|regarding"
    r"|concerns? (?:about|for)|worried about|update on|note on|behalf of|met)\s$",
    re.I,
)
# Letters that stand for other things too, and for somebody where only somebody is spoken of.
AMBIGUOUS = listed(
    "PD AM PM PE RE RA ML BP ED AE CD HB TC AC DC EV NE NW SE NA RN LP OD SI DP CM TA CP AD VR CV MS GM AL FC MC"
)
CONDITION = "|".join(sorted(CARE - LOOSE))
SURELY = re.compile(
    r",?\swho\s(?:lives|has|is|was|wants|needs|uses|cannot|can't|likes|loves|used)\b|,?\s(?:and|&)\s(?:his|her)\s\w"
    r"|'s\s(?:mum|dad|son|daughter|wife|husband|sister|brother|carers?|flat|tenancy|package|care plan|gp|family"
    r"|mobility)\b"
    r"|\swould\s(?:like|love|enjoy|benefit|prefer|rather)\b|\s\((?:aged\s)?\d\d[,)]"
    r"|,?\s(?:lives|lived|said|told\s(?:me|us)|fell|refuses|refused|misses|feels|lost|enjoys|loves|hates|struggles|goes)\b"
    rf"|\s(?:has|had|with|uses|gets)\s(?:an?\s|her\s|his\s|early\s|severe\s|mild\s|advanced\s|bad\s)?(?:(?i:{CONDITION})|MS\b|learning\sdis\w+|mental\shealth\sp)"
    r"|\s(?:is|was|has\sbeen)\s(?:now\s|very\s|really\s)?(?:\d\d\b|lonely|isolated|housebound|widowed|deaf|blind|bedbound"
    r"|upset|tearful|confused|pleased|frightened|scared|happy|unhappy|tired|discharged|admitted|evicted|rehoused|sectioned|bereaved|struggling|worried|anxious|low|keen|unwell|poorly|autistic|diagnosed)\b"
    r"|\s(?:needs|wants|has|had|was|is|can't|cannot|does|asked|used)\b[^.!?\n]{0,45}\b(?:he|she|his|her|him|himself|herself)\b"
    r"|\s(?:needs?|wants?)\s(?:help|support|prompting|someone|somebody|a\s(?:befriender|carer|sitter|hoist|job|friend|lift))",
)
ONE_OF_THEM = re.compile(
    r"\b(?:case\s(?:of|discussion:?|was|about)|talked\sabout|discuss(?:ed|ing)|story\sof|update\s(?:on|for)|brought"
    r"|referral\s(?:for|of|from)|package\sfor|assessment\s(?:for|of)|review\s(?:for|of)|plan\sfor|introduced|support\sfor|caring\sfor"
    r"|work(?:ing|ed)?\swith|looking\safter|befriender\sfor|day\swith|nothing\sfor|encouraged|persuaded|reminded|drove)\s$"
    r"|(?:^|[.!?]\s|:\s)(?:[Ff]or|[Ww]ith)\s$",
    re.I,
)
LONE = re.compile(
    r"(?<![\w.'&/-])(?P<who>[B-HJ-Z])(?=(?:'s)?\s(?:and\s(?:his|her)\b|who\b|about\b|today\b|has\b|wants\b|lives\b|needs\b))"
)
SMALL_PAIR = re.compile(
    r"(?<![\w.'&/-])(?P<who>[b-df-hj-np-tv-z]{2})(?=(?:'s)?(?:\s(?:and\s(?:his|her)\b|about\b|today\b|who\b|wants\b|at\shome\b)|[.,]?$))"
)
# Who writes under initials: authors and shops, not people who are cared for.
PUBLISHED = listed(
    """
    rowling tolkien lawrence eliot auden milne forster wells yeats lewis thomas larkin orwell wodehouse barrie salinger
    skinner laing winnicott smith bach ballard cummings housman shaw hughes lowry james chesterton priestley byatt
    naipaul pritchett leavis asquith freud marx kipling
    """
)
IS = re.compile(r"\s(?:is|was|has|had|needs|says|seen|now|still)\b")
JUDGED = re.compile(r"\s?(?:\((?:an? |by |adult|child|capacity|minor)|\[\d{4}\]|v\.?\s)", re.I)
JOINED = re.compile(r"\s?(?:&|and|/)\s?[A-Z]\.\s?[A-Z]\.")
JOINED_BEFORE = re.compile(r"[A-Z]\.\s?[A-Z]\.?\s?(?:&|and|/)\s?$")
SMALL_SINGLE = re.compile(r"(?<![\w.])(?P<first>[a-z]\.\s?(?:[a-z]\.\s?)?)(?P<last>[a-z][a-z'-]{2,})")
BOX = re.compile(r"\s?(?:box|day)\b", re.I)
OWNS = re.compile(r"'s\s(?:" + "|".join(sorted(RELATIONS - {"twin", "ex", "partner"})) + r")\b")
SHORT = listed(
    """
    uk us eu nhs eg ie am pm dob ni gp ot sw tv id it pa cv qa ba ma ed ad bc re os pc pr la ld mh
    aka asap rsvp vip rip eg etc nb ps cc tbc fao oap cqc mca dwp hmo un usa sos diy uti pip esa dla uc bsl rnib ymca
    esol copd gcse cic pto eta tba tb gps mp mbe obe cbe pc cpn ot's dj op wc ac dc vat mot aob aa na ca ve vj
    ne nw se ac cd dvd bbc itv fc ltd plc phd bsc msc ba's mdt ect hiv aids adhd asd ocd ptsd mnd gbh abh nfa
    """,
)


PLAINLY = SURNAMES - ALSO_WORDS


def find(text: str) -> Iterator[Span]:
    """Every set of initials in `text` (plain) that the sentence speaks of as a person."""
    for m in AFTER_PERSON.finditer(text):
        lettered = (
            text[m.start("who") - 1] == "(" and len(m["who"]) == 1
        )  # "a person (P) has a disability if", in an act
        if m["who"] not in ACRONYMS and not lettered and not _shouting(text, m):
            yield Span("name", m.start("who"), m.start("who") + len(m["who"].rstrip()))
    for m in DOTTED.finditer(text):
        if _stands_for_somebody(text, m):
            yield Span("name", m.start(), m.end())
    for m in SMALL.finditer(text):
        letters = re.sub(r"[.\s]", "", m["who"])
        if (
            letters not in SHORT
            and letters.upper() not in ACRONYMS
            and (_someone(text, m) or _met(text, m) or IS.match(text, m.end()))
        ):
            yield Span("name", m.start(), m.end())
    for m in PAIR.finditer(text):
        if len(m["who"]) == 2 and not _shouting(text, m) and _a_pair(text, m):
            yield Span("name", m.start(), m.end())
    for pattern in (LONE, SMALL_PAIR):
        for m in pattern.finditer(text):
            if m["who"] not in SHORT and m["who"].upper() not in ACRONYMS - AMBIGUOUS and _met(text, m):
                yield Span("name", m.start(), m.end())
    for m in SMALL_SINGLE.finditer(text):
        letters = re.sub(r"[.\s]", "", m["first"])
        if letters not in SHORT and m["last"] in PLAINLY and len(letters) + len(m["last"]) > 5:
            yield Span("name", m.start(), m.end())
    yield from _with_surname(text)


def _with_surname(text: str) -> Iterator[Span]:
    for pattern in (SINGLE, SURNAME_FIRST):
        for m in pattern.finditer(text):
            last = m["last"].lower().removesuffix("'s")
            dotted = "." in m["first"]
            if last in THEORISTS or last in NOT_NAMES or last in INSTITUTION or CITED.match(text, m.end()):
                continue
            if re.sub(r"[.\s]", "", m["first"]).lower() in SHORT:
                continue
            if (is_surname(last) and (dotted or m["first"].strip() not in ("I", "A"))) or (
                dotted
                and pattern is SINGLE
                and (
                    BEFORE.search(text[max(0, m.start() - 12) : m.start()])
                    or DOES.match(text, m.end())
                    or PLACE.match(text, m.end())
                )
            ):
                yield Span("name", m.start(), m.end())


def _stands_for_somebody(text: str, m: re.Match[str]) -> bool:
    """Whether letters with full stops are somebody's: always, where they are no abbreviation."""
    letters = re.sub(r"[.\s']", "", m["who"]).lower()
    if letters in SHORT or BOX.match(text, m.end()):
        return bool(SURELY.match(text, m.end()))
    if letters.upper() in ACRONYMS or " " in m["who"] or not m["who"].endswith("."):
        return _someone(text, m) or _met(text, m) or _joined(text, m)
    after = re.match(r"\s([A-Z][\w'-]+)", text[m.end() : m.end() + 40])
    return after is None or after[1].lower() not in PUBLISHED


def _a_pair(text: str, m: re.Match[str]) -> bool:
    """Whether two capitals are somebody's initials."""
    if m["who"] in ACRONYMS - AMBIGUOUS:
        return False
    if SURELY.match(text, m.end()):
        return True
    if m["who"] in AMBIGUOUS:
        return False
    before = text[max(0, m.start() - 32) : m.start()]
    return _someone(text, m) or _met(text, m) or (bool(ONE_OF_THEM.search(before)) and not JUDGED.match(text, m.end()))


def _joined(text: str, m: re.Match[str]) -> bool:
    """Whether other initials are joined to these: "H.R. & V.R."."""
    return bool(JOINED.match(text, m.end()) or JOINED_BEFORE.search(text[max(0, m.start() - 12) : m.start()]))


def _met(text: str, m: re.Match[str]) -> bool:
    if JUDGED.match(text, m.end()):
        return False  # "Re MM (an adult) [2007]"
    return bool(MET.search(text[max(0, m.start() - 24) : m.start()]))


def _someone(text: str, m: re.Match[str]) -> bool:
    return bool(
        PLACE.match(text, m.end())
        or DOES.match(text, m.end())
        or AGED.match(text, m.end())
        or OWNS.match(text, m.end())
        or (AGE.match(text, m.end()) and "." in m["who"])
    )


def _shouting(text: str, m: re.Match[str]) -> bool:
    """Whether the words round it are all capitals, so that two capitals say nothing."""
    letters = [c for c in text[max(0, m.start() - 20) : m.end() + 20] if c.isalpha()]
    return sum(c.isupper() for c in letters) > 0.7 * len(letters) and len(letters) > 6

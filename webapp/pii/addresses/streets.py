"""Street addresses: a house number and a street. A street without a number is a place, and welcome."""

import re
from collections.abc import Iterator

from webapp.pii.addresses.words import ALSO, IN_WORDS, LEADS, LETTER, LONG_NUMBER, NOT_STREET, ROAD, SHORT_NUMBER, SURE
from webapp.pii.match import Span
from webapp.pii.windows import windows
from webapp.pii.word_list import listed

# Where the road is typed as a name, so that no word between is looked at.
CAPITAL = "|".join(word.title() for word in re.findall(r"\w+", f"{SURE[3:-1]} {ALSO[3:-1]}"))
UNIT = r"(?:(?:flat|apartment|apt|unit|room)\s?(?:no\.?\s)?\d{1,4}[a-z]?[\s,/-]{1,3})"
NUMBER = r"(?<![\d.,£$:/-])\b\d{1,4}\s?[A-Za-z]?(?:\s?[-/]\s?\d{1,4}[A-Za-z]?)?,?\s{1,2}"
TYPED = re.compile(rf"(?i:{UNIT})?{NUMBER}(?P<street>(?:(?:[A-Z][\w'.-]*|of|the|[Dd]e|la)\s){{1,4}})(?:{CAPITAL})\b\.?")
SPOKEN = re.compile(
    rf"\b(?i:{IN_WORDS}{LETTER}),?\s(?P<street>(?:[A-Z][\w'.-]*\s){{1,3}})(?:{CAPITAL})\b\.?",
)
LOWER = re.compile(rf"{UNIT}?{NUMBER}(?P<street>(?:[a-z][\w'.-]*\s){{1,3}}?){SURE}\b", re.I)
LONGER = rf"(?!\.?\s{ROAD}\b)"  # "cheetham hill rd" ends in its last word
# "visited 27 langdale close, no answer": words that are also others, so after what leads to an address.
SOFT = re.compile(rf"{NUMBER}(?P<street>(?:the\s)?(?:[a-z][\w'.-]{{2,}}\s){{1,2}}?){ALSO}\b{LONGER}", re.I)
LONG_WORDS = re.compile(rf"\b{LONG_NUMBER}{LETTER},?\s(?P<street>(?:[a-z][\w'.-]*\s){{1,3}}?){ROAD}\b{LONGER}", re.I)
SHORT_WORDS = re.compile(rf"\b{SHORT_NUMBER}{LETTER},?\s(?P<street>(?:[a-z][\w'.-]*\s){{1,3}}?){ROAD}\b{LONGER}", re.I)
# "forty-one queensway", "seven the crescent", "5 The Beeches".
NAME = r"(?P<name>the\s[a-z]{4,14}|[a-z]{3,12}(?:way|gate)|piccadilly|parkside|moorside)\b"
ONE_WORD = re.compile(rf"{NUMBER}{NAME}", re.I)
ONE_WORD_SPOKEN = re.compile(rf"\b{IN_WORDS}{LETTER},?\s{NAME}", re.I)
# Where those in words may be: patterns that begin with any of many words are slow.
SPOKEN_NUMBER = re.compile(rf"\b(?:{IN_WORDS})\b")
COMES_LAST = re.compile(r"\b(?:number|no\.?|nr\.?)\s?\d")
# Where the word for the road comes first: "31 heol y bryn".
WELSH = re.compile(
    rf"{NUMBER}(?:heol|ffordd|stryd|l[oô]n|rhodfa|clos|maes|cwrt|rhes|parc|bryn|rue|via|calle)\s(?:y\s|yr\s|de\s)?"
    r"[a-z]\w+",
    re.I,
)
# "his house on Lime Gr number 16", "Sycamore Rd, no. 4": the number comes last.
LAST = re.compile(
    rf"\b(?P<street>(?:[a-z][\w'.-]*\s){{1,2}})(?P<road>{ROAD})\.?,?\s(?:at\s|house\s)?(?:number|no\.?"
    rf"|nr\.?|house number)\s?"
    r"(?P<n>\d{1,3}[a-z]?)\b(?!\s?(?:bus|tram|buses|service|stop|people|to\b|%))",
    re.I,
)
NOT_BEFORE = re.compile(
    r"\b(?:bus|buses|route|routes|tram|section|sections|page|pages|gap|step|part|act|and|the|chapter|week|unit|module"
    r"|session|episode|lesson|goal|number of|one of|about|over|under|than|least|all)\s$",
    re.I,
)
# Words of ordinary sentences that streets are named after. In small letters they are believed where the sentence
# pauses after the street, or something leads up to it.
ALSO_STREETS = listed(
    "high old new long main bank cross side big mill farm village park farm green of and the first last"
)
PAUSE = re.compile(r"\.?\s*(?:[,.;:)\n]|-\s|$)")
GOES_ON = re.compile(
    r"(?:\s(?:north|south|east|west))?(?:\.?\s*(?:[,.;:)\n]|-\s|$)|\.?\s(?:has|is|was|where|she|he|in|on|for|with|over|above|opposite"
    r"|near|next|behind|by|off"
    r"|flat|ground|top|no|keysafe|key|needs?|wants?|would|had|asked|before|after|today|yesterday|tomorrow|please"
    r"|this|every|because|and|but|so|since|now)\b)",
    re.I,
)
BEGINS = re.compile(r"(?:^|[.:;\n(]\s?|\b(?:number|no\.?)\s)$", re.I)
NOT_ROADS = listed(
    """
    anyway halfway railway subway motorway gateway hallway stairway runway doorway pathway walkway driveway cycleway
    underway highway getaway takeaway giveaway hideaway breakaway waterway someway midway away norway leeway throughway
    investigate navigate delegate aggregate congregate mitigate irrigate interrogate tailgate floodgate
    """
)
NOT_AFTER_THE = listed(
    """
    same other next last first second third whole time day days week weeks month year people group session council team
    hospital rest main most best end bus tram library centre church hall door lift road street park number phone staff
    following only above below new old young local care family carer carers service services right wrong week's
    social support case care-plan plan ward community district housing benefit benefits referral referrals
    """
)
THE_ROAD = re.compile(
    rf"the (?:{ROAD}|beeches|oaks|elms|firs|hollies|poplars|willows|cedars|laurels|pines|limes|birches|hawthorns|barns"
    r"|moorings|cloisters|maltings|crofts|paddocks|orchards|chestnuts|sycamores|larches|maples|rowans|heathers|gables"
    r"|spinneys|lawns|alders|ashes|brambles|conifers|ferns|glebelands|hedges|hollows|lilacs|mulberries|pastures"
    r"|rookeries|rushes|shires|uplands|woodlands)"
)
TOO_MANY = listed(
    "way acre acres sisters oaks ways miles mile kings hills stars elms dials corners conversations lanes roads"
)


def find(text: str, small: str) -> Iterator[Span]:
    """Every house number with its street in `text`, which is plain; `small` is the same in small letters."""
    for pattern in (TYPED, LOWER):
        for m in pattern.finditer(text):
            before = text[max(0, m.start() - 40) : m.start()]
            leads = bool(LEADS.search(before) or PAUSE.match(text, m.end()))
            if not _no_street(m["street"], leads=leads) and not NOT_BEFORE.search(before):
                yield Span("address", m.start(), m.end())
    for m in WELSH.finditer(text):
        if not NOT_BEFORE.search(text[max(0, m.start() - 40) : m.start()]):
            yield Span("address", m.start(), m.end())
    for pattern in (SOFT, ONE_WORD):
        for m in pattern.finditer(text):
            if _is_street(text, m, surely=False):
                yield Span("address", m.start(), m.end())
    for start, end in windows(small, SPOKEN_NUMBER, 2, 60):
        for pattern in (LONG_WORDS, SHORT_WORDS, SPOKEN, ONE_WORD_SPOKEN):
            for m in pattern.finditer(text, start, end):
                if _is_street(text, m, surely=pattern in (LONG_WORDS, SPOKEN)):
                    yield Span("address", m.start(), m.end())
    for start, end in windows(small, COMES_LAST, 50, 20):
        for m in LAST.finditer(text, start, end):
            if not _no_street(m["street"].lower().split()[-1], leads=True) and (
                m["road"][0].isupper() or m["road"] in SURE
            ):
                yield Span("address", m.start(), m.end())


def _is_street(text: str, m: re.Match[str], *, surely: bool) -> bool:
    if name := (m.groupdict().get("name") or "").lower():
        if name in NOT_ROADS or (name.startswith("the ") and name[4:] in NOT_AFTER_THE):
            return False
        if name.startswith("the ") and not (THE_ROAD.fullmatch(name) or re.match("The [A-Z]", m["name"])):
            return False
    return _led_up_to(text, m, surely=surely)


def _led_up_to(text: str, m: re.Match[str], *, surely: bool) -> bool:
    """Whether something leads up to a street that could be other words, and the sentence goes on as after one."""
    before = text[max(0, m.start() - 40) : m.start()]
    street = m.groupdict().get("street") or ""
    if (
        NOT_BEFORE.search(before)
        or _no_street(street.lower(), leads=True)
        or not (GOES_ON.match(text, m.end()) or m.re is SPOKEN)
    ):
        return False
    if set(street.lower().split()) & TOO_MANY:
        return False
    return bool(surely or LEADS.search(before) or BEGINS.search(before))


def _no_street(street: str, *, leads: bool) -> bool:
    plain = {word for word in street.split() if word.islower() and word not in ("of", "the")}
    return bool((plain - ALSO_STREETS if leads else plain) & NOT_STREET)

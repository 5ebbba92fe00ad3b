"""Where somebody is said to live, without a house number: on a road, in a block of flats, at a house with a name."""

import re
from collections.abc import Iterator

from webapp.pii.addresses.words import ALSO, NOT_STREET, PERSON, SURE, VENUE, speaks_of_a_home
from webapp.pii.match import Span
from webapp.pii.windows import windows
from webapp.pii.word_list import alternatives, listed, read

PLACES = read("places")
# A road as a name: "Platt Lane", "St Mary's Grove", "Lloyd Street South", "Kingsway"; in small letters only with words
# that mean nothing but a road.
CAPITAL_ROAD = "|".join(word.title() for word in re.findall(r"\w+", f"{SURE[3:-1]} {ALSO[3:-1]}"))
ROAD = (
    rf"(?:(?:(?:[A-Z][\w'-]+|St\.|of|the)\s){{1,3}}(?:{CAPITAL_ROAD})\b(?:\s(?:North|South|East|West|Street|Road)\b)?"
    rf"|(?!(?:Half|Gate|Rail|Sub|Motor|Path|High)way)[A-Z][a-z]{{2,}}(?:way|gate)\b|The\s(?:{CAPITAL_ROAD})\b"
    rf"|(?:[a-z][\w'-]+\s){{1,2}}{SURE}\b)"
)
SMALL_ROAD = rf"(?:(?:[a-z][\w'-]+\s){{1,2}}(?:{SURE}|drive|close|walk|rise|way|hey|row|brow|fold|mount|square)\b)"
BUILDING = (
    r"(?:House|Court|Towers?|Heights|Point|Lodge|Mansions|Mills?|Wharf|Apartments|Buildings|Block|Quays?|Manor|Grange"
    r"|Cottages?|Bungalow|Farm|Farmhouse|Barn|Villas?|Croft|Vicarage|Rectory|Hostel|Gardens|Place|View|Fold)"
)
BLOCK = (
    rf"(?:(?:[A-Z][\w'-]+\s){{1,2}}{BUILDING}\b|(?:[A-Z][\w'.-]+\s){{1,3}}(?:hostel|house|court|lodge|hotel)\b"
    r"|the\s(?:beeches|oaks|elms|firs|hollies|poplars|willows|cedars|laurels|pines|limes|hawthorns|gables|spinneys?)\b"
    r"|(?:[a-z][\w'-]{2,}\s)(?:court|heights|tower|towers|mansions|lodge)\b)"
)
# What a house is called: two words of which the second is a house's, or one that ends as such names do.
HOUSE_WORDS = alternatives("house_names")
HOUSE = (
    rf"(?:(?:[A-Z][\w'-]+\s){{1,2}}(?i:{HOUSE_WORDS}|{BUILDING})\b|The\s[A-Z][a-z]{{3,}}\b"
    r"|[A-Z][a-z]{2,}(?:lea|leigh|dene|croft|bank|hurst|side|holme|mead|brae|moor|stones?|gates|crest|haven|nook|wood"
    r"|cote|view|mount|ville|lands|garth|cliffe?|combe|acres?|ridge|rise|glen|dell|lynn?|thorns?)\b)"
)
# One that is hardly a hall or an office.
DWELLING = (
    r"(?:(?:[A-Z][\w'-]+\s){1,2}(?:Cottage|Bungalow|Barn|Farm|Farmhouse|Villa|Croft|Vicarage)\b|The\s(?:Bungalow|Cottage)\b"
    r"|[A-Z][a-z]{2,}(?:lea|leigh|dene|croft|hurst|holme|brae|moor|crest|haven|nook|cote|garth|roamin)\b)"
)
BETWEEN = r"(?:(?!\b(?:and|but|who|because|where|when|near|group|club|centre|hub)\b)[\w'-]+,?\s){0,7}?"
INTO = r"(?:on|in|at|off|from|to|behind|down|up|round|along|over|above|opposite|by)\s(?:the\s)?"
LIVES = (
    r"\b(?:lives?|lived|living|resid(?:es?|ed|ing)|stay(?:s|ed|ing)?|sleep(?:s|ing)|slept|housed|rehoused|homeless"
    r"|lodg(?:es|ing)|rent(?:s|ing)?|brought\sup|grew\sup|born|moved|moving|next\sdoor|(?:he|she|they)(?:'s|'re|\sis|\sare))\s"
)
ON_A_ROAD = re.compile(rf"(?i:{LIVES}){BETWEEN}(?i:{INTO})(?P<it>{ROAD})")
ON_A_SMALL_ROAD = re.compile(rf"\b(?:lives?|lived|living|stays?|staying)\s{BETWEEN}on\s(?P<it>{SMALL_ROAD})", re.I)
SOMEBODY_ON = re.compile(
    r"(?i:\b(?:lady|gentleman|gent|chap|bloke|lad|woman|man|couple|client|tenant|resident|patient|family|brothers|sisters|twins)\s"
    rf"(?:(?:on|off|down)\s))(?P<it>{ROAD})"
)
ON_A_FLOOR = re.compile(
    r"(?i:\b(?:ground|first|second|third|fourth|top|basement|\d+(?:st|nd|rd|th))\sfloor,?\s(?:(?:of|at|in)\s)?)"
    rf"(?P<it>{BLOCK})"
)
IN_A_BLOCK = re.compile(
    rf"(?i:{LIVES})(?:(?!\b(?:and|but|who|near)\b)[\w'-]+\s){{0,4}}?(?i:(?:in|at|to|from|into)\s)(?P<it>(?:[Tt]he\s)?{BLOCK})"
)
AT_A_HOUSE = re.compile(
    r"(?i:\b(?:born|(?:he|she|they)(?:'s|'ve|\shas|\shave)\s(?:\w+\s)?been|(?:he|she)\sis\sback"
    rf"|(?:to|with|see|saw|seen|met|visit(?:ed|ing)?)\s(?:him|her|them))\s(?:\w+\s)?at\s)(?P<it>{HOUSE})"
    r"|(?i:\b(?:lives?|lived|living|resides)\s(?:\w+\s)?at\s)(?P<any>(?:The\s)?[A-Z][a-z]{3,}(?:\s[A-Z][a-z]+)?\b)"
)
WE_MET_AT = re.compile(
    rf"(?i:\b(?:we|i)\s(?:met|visited|called|sat|talked|went)\s(?:\w+\s)?(?:at|to)\s)(?P<it>{DWELLING})"
)
HOME = (
    r"(?:flat|house|home|bungalow|bedsit|maisonette|terrace|semi|cottage|caravan|tenancy|property|room|studio|apartment"
    r"|place|digs|lodgings|annexe?|chalet|tent)"
)
OWNED = re.compile(
    rf"(?i:\b(?:his|her|their|my|our|[a-z]+'s)\s(?:[a-z-]+\s){{0,3}}?{HOME}(?:,\s|\s)){BETWEEN}"
    rf"(?i:(?:(?:on|in|at|off|is|above|behind|down|up|to)\s){{0,2}}(?:the\s)?)(?P<it>{ROAD}|{BLOCK}|{HOUSE})"
)
CALLED = re.compile(
    r"(?i:(?<!care\s)(?<!nursing\s)\b(?:house|home|bungalow|property|cottage|farm)\s(?:is\s)?(?:called|named)\s|(?:^|[.!?]\s)home\sis\s)"
    r"(?P<it>(?:The\s)?[A-Z][a-z]+)"
)
IS_CALLED = re.compile(
    rf"(?i:\b(?:his|her|their|the)\s(?:house|home|bungalow|property|cottage)(?:\sis\s|,\s))(?P<it>(?:{HOUSE}|[A-Z][a-z]{{3,}}),?\s"
    rf"(?:(?i:off|on|in|at)\s(?P<road>{ROAD})|has\b|needs\b|in\s[A-Z]))"
)
THERE = re.compile(
    rf"(?i:\b{HOME}\s(?:(?:above|over|behind|below|next\sto|opposite)\s(?:[\w'&]+\s){{1,4}}?)?(?:on|off|in|at|down)\s)"
    rf"(?P<it>{ROAD})"
)
FLAT_IN_A_ROAD = re.compile(
    r"(?i:\b(?:flat|flt|apartment|apt|bedsit|maisonette|studio|room|unit|door)\s(?:no\.?\s|number\s)?)(?P<it>\d{1,4}\s?[A-Za-z]?\b,?\s"
    rf"(?:(?!\b(?:and|but)\b)[\w'-]+\s){{0,5}}?(?:(?:on|at|in|off)\s)?(?P<road>{ROAD}|{BLOCK}))"
)
# "Number 118 on Sandy Lane", "Dunham House, number 11".
NUMBER_ON = re.compile(rf"(?i:\b(?:number|no\.?)\s)(?P<it>\d{{1,4}}[a-z]?\s(?:on|in|at|down|along)\s(?P<road>{ROAD}))")
NUMBER_LAST = re.compile(rf"(?P<it>{BLOCK},?\s(?i:number|no\.?|flat|apartment)\s\d{{1,4}}[a-z]?)\b")
# A house with its name and its road: "Fernlea, Platt Lane", "The Gables on Fog Lane".
HOUSE_AND_ROAD = re.compile(rf"(?P<it>{HOUSE},?\s(?:(?:on|off|at|in)\s)?(?P<road>{ROAD}))")
LED_SMALL = re.compile(
    rf"\b(?:at|outside|to|from|leave|called)\s(?P<it>(?:the\s)?(?:[a-z]{{3,}}\s)?[a-z]{{4,}},\s(?P<road>(?:[a-z][\w'-]+\s){{1,2}}{SURE}\b))"
)
IN_SMALL = re.compile(
    rf"\b(?P<it>(?:the\s)?(?:[a-z]{{2,}}\s)?(?:[a-z]{{3,}}(?:lea|leigh|dene|croft|hurst|holme|brae|crest|stones)|(?:[a-z]{{3,}}\s)"
    rf"(?:cottage|bungalow|farm|gables|lodge|barn)))(?:,\s|\son\s|\soff\s)(?P<road>(?:[a-z][\w'-]+\s){{1,2}}{SURE}\b)"
)
LIVING_SMALL = re.compile(
    r"\b(?:lives|lived|living|resides|stays|leave|visited|outside|out\sto|born)\s(?:at\s|in\s)?(?P<it>(?:the\s)?(?:"
    r"(?!(?:out|in|be|up|river|sea|country|road|bed|along|fire|drift|further|any|ever|over|some)(?:side|wood|more|bank)\b)"
    r"[a-z]{3,}(?:lea|leigh|dene|croft|hurst|holme|brae|crest|stones|wood|side|more|roamin|thorns?|gates|haven)"
    r"|(?:[a-z]{3,}\s){1,2}(?:cottage|bungalow|gables|barn|farm|rise|croft|nook|holme)))\b"
)
PITCH = re.compile(
    r"(?i:\b(?P<it>(?:caravan|pitch|plot|berth|mooring|static|van|slot|bay|chalet|lodge|cabin)\s(?:no\.?\s|number\s)?\d{1,3}[a-z]?)\b)"
)
SITE = re.compile(
    r"\b(?:caravan|holiday park|(?:mobile|park) home|travell?er|gypsy|site|marina|canal|wharf|narrow ?boat|barge|boat"
    r"|chalet|back of|behind|water ?point|lakeside|farm|fairground)",
    re.I,
)
PITCH_OF_OTHERS = re.compile(
    r"\b(?:allotments?|football|cricket|rugby|hockey|industrial|parking|bus|stalls?|market)\b", re.I
)
# Of whom nobody in particular is meant: "people who live on Oxford Road".
ANYBODY = re.compile(
    r"\b(?:people|anyone|anybody|everyone|everybody|residents|those|families|households|tenants|carers|adults|elders"
    r"|someone|somebody|students|communities|women|men|neighbours|service|group|club|class|session|office|team|charity"
    r"|surgery|shop|caf[eé]|library|clinic|stall|market|hub|centre|choir|it)(?:\s\w+){0,3}\s?$",
    re.I,
)
PLURAL = re.compile(r"\b(?:they|we|i|couple|parents|sisters|brothers|twins|family|both|and \w+)\s(?:\w+\s)?$", re.I)
CARED = re.compile(
    r"\b(?:grab ?rails?|key ?safe|ramp|carers?|commode|hoist|stair ?lift|wet ?room|bed|meals?|alarm|visit|heating|steps"
    r"|keys?|neighbours?|die|alone|ambulance|hoard\w*)\b",
    re.I,
)
SERVICE_BETWEEN = re.compile(
    r"\b(?:centre|hub|clinic|surgery|pharmacy|library|church|mosque|temple|hall|club|group|caf[eé]|school|college|park"
    r"|market|gym|pool|hospital|hospice|care home|nursing home|stop|station|shop|pub)\b",
    re.I,
)
NEVER_STREETS = listed(
    "a an the his her their my our your this that same next other main long busy quiet one another which"
)
NO_OWNER = re.compile(
    r"(?:group|club|team|service|charity|trust|week|council|centre|it|church|school|our)(?:'s)?\s", re.I
)
SURELY = listed("lives lived living live resides he she he's she's next")  # what only somebody does
HIM = re.compile(r"\b(?:him|her|them)\s(?:\w+\s)?at\s", re.I)
START = re.compile(
    r"\b(?:liv(?:e|ing)|resid|stay|sle(?:ep|pt)|home|hous|lodg|rent|brought up|grew up|born|mov(?:ed|ing)|(?:he"
    r"|she|they)'"
    r"|(?:he|she|they) (?:is|are|has|have)\b|(?:him|her|them) at|flat|flt|apt|apartment|bungalow|bedsit|maisonette"
    r"|terrace|semi\b|cottage|caravan|tenancy|property|room|studio|place|chalet|tent\b|unit|door|number|no\.?\s\d"
    r"|pitch|plot|berth|mooring|static|van\b|bay\b|farm|barn|gables|lodge|outside|out to|leave|visited|met\b|next door"
    r"|lady|gent|chap|bloke|lad\b|woman|man\b|couple|client|tenant|patient|family|brothers|sisters|twins|ground|first|second"
    r"|third|fourth|top\b|basement)"
)
PAIRED = re.compile(
    rf"\b(?:{SURE[3:-1]}|drive|close|way|walk|rise|place|hey|hill|mount|brow|fold|row|square|court|park)\b"
)


def find(text: str, small: str) -> Iterator[Span]:
    """Every such home in `text`, which is plain; `small` is the same in small letters."""
    for start, end in windows(small, START, 30, 110):
        yield from _lives(text, start, end)
        yield from _stands(text, start, end)
    for start, end in windows(small, PAIRED, 60, 2):
        for pattern in (HOUSE_AND_ROAD, IN_SMALL, LED_SMALL):
            for m in pattern.finditer(text, start, end):
                if _is_road(m["road"]) and _a_house_at(text, m):
                    yield _span(m)


def _lives(text: str, start: int, end: int) -> Iterator[Span]:
    """Where a verb of living leads up to it."""
    for pattern in (ON_A_ROAD, ON_A_SMALL_ROAD, IN_A_BLOCK, AT_A_HOUSE, WE_MET_AT, LIVING_SMALL):
        for m in pattern.finditer(text, start, end):
            verb = m[0].split()[0].lower()
            before = text[max(0, m.start() - 40) : m.start()]
            group = "it" if m["it"] else "any"
            if (
                not _is_road(m[group])
                or ANYBODY.search(before)
                or SERVICE_BETWEEN.search(text[m.start() : m.start(group)])
                or (verb == "live" and not PLURAL.search(before))
            ):
                continue
            if (
                verb in SURELY
                or m[0].lower().startswith("moved into")
                or HIM.search(m[0])
                or speaks_of_a_home(text, m.start(), m.start())
            ):
                yield Span("address", m.start(group), m.end(group))


def _stands(text: str, start: int, end: int) -> Iterator[Span]:
    """Where a word for a home leads up to it."""
    for pattern in (OWNED, IS_CALLED, CALLED):
        for m in pattern.finditer(text, start, end):
            if (
                _is_road(_road(m))
                and not SERVICE_BETWEEN.search(text, m.start(), m.start("it"))
                and not NO_OWNER.match(m[0])
            ):
                yield _span(m)
    for pattern in (THERE, SOMEBODY_ON, ON_A_FLOOR, FLAT_IN_A_ROAD, NUMBER_ON, NUMBER_LAST):
        for m in pattern.finditer(text, start, end):
            near = text[max(0, m.start() - 60) : m.end() + 60]
            home = pattern is FLAT_IN_A_ROAD or PERSON.search(near) or CARED.search(near)
            if home and _is_road(_road(m)) and not VENUE.search(near):
                yield _span(m)
    for m in PITCH.finditer(text, start, end):
        near = text[max(0, m.start() - 50) : m.end() + 50]
        if SITE.search(near.replace(m[0], " ")) and not PITCH_OF_OTHERS.search(near):
            yield _span(m)


def _road(m: re.Match[str]) -> str:
    return str(m.groupdict().get("road") or m["it"])


def _a_house_at(text: str, m: re.Match[str]) -> bool:
    """Whether a name and a road together are where somebody lives, and no venue."""
    near = text[max(0, m.start() - 70) : m.end() + 60].replace(m[0], " ")
    if VENUE.search(near) or SERVICE_BETWEEN.search(near) or SERVICE_BETWEEN.search(text[m.start() : m.start("road")]):
        return False
    return bool(PERSON.search(near) or CARED.search(near))


def _is_road(name: str) -> bool:
    """Whether a road or a house is named, and not described: "a main road", "the same street"."""
    words = name.split()
    if len(words) == 2 and words[0] in ("the", "The"):
        return True  # "the beeches", "The Gables": only such names come so far
    if any(word in NEVER_STREETS or (word in NOT_STREET and word != "the") for word in words[:-1] if word.islower()):
        return False
    return not all(word.lower() in PLACES for word in words)


def _span(m: re.Match[str]) -> Span:
    return Span("address", m.start("it"), m.end("it"))

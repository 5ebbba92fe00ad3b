"""Street addresses: a house number and a street. A street without a number is a place, and welcome."""

import re
from collections.abc import Iterator

from webapp.pii.match import Span
from webapp.pii.names.word_list import listed

# Words that end a street's name and mean nothing else after a number.
SURE = r"street|st|road|rd|avenue|ave|av|lane|ln|crescent|cres|cresc|grove|terrace|terr|gardens|gdns|mews"
# Words that mean other things too ("2 close friends", "3 parks"): only where they are typed as a name.
CAPITAL = (
    r"Street|St|Road|Rd|Avenue|Ave|Av|Lane|Ln|Crescent|Cres|Grove|Gr|Terrace|Terr|Gardens|Gdns|Mews|Drive|Dr|Close|Cl"
    r"|Court|Ct|Place|Pl|Way|Walk|Square|Sq|Rise|Row|Hill|Green|View|Park|Mount|Bank|Fold|Brow|Vale|Parade|Croft|Hey"
    r"|Meadow|Meadows|Drove|Wharf|Quay|Approach|Cottages|Villas|Gate|Circle|Circus|Precinct|Buildings"
)
UNIT = r"(?:(?:flat|apartment|apt|unit|room)\s?(?:no\.?\s)?\d{1,4}[a-z]?[\s,/-]{1,3})"
NUMBER = r"(?<![\d.,£$:/-])\b\d{1,4}\s?[A-Za-z]?(?:\s?[-/]\s?\d{1,4}[A-Za-z]?)?,?\s{1,2}"
TYPED = re.compile(rf"(?i:{UNIT})?{NUMBER}(?P<street>(?:(?:[A-Z][\w'.-]*|of|the|[Dd]e|la)\s){{1,4}})(?:{CAPITAL})\b\.?")
LOWER = re.compile(rf"{UNIT}?{NUMBER}(?P<street>(?:[a-z][\w'.-]*\s){{1,3}}?)(?:{SURE})\b", re.I)
# "visited 27 langdale close, no answer": small letters, so only at a pause and after what leads to an address.
CLOSE = re.compile(
    r"(?:^|[.:;\n]\s*|\b(?:at|address|visited|visit to|moved to|moving to|lives|living|home is|house is)\s)"
    r"(?P<at>\d{1,3}[a-z]?,?\s(?P<street>(?:[a-z]{4,20}\s){1,2})(?:close|drive|court|croft|fold|brow|mount|rise|vale))"
    r"(?=\s*(?:[,.;)\n]|$))",
    re.I,
)
FLAT = re.compile(
    r"\b(?i:flat|apartment|apt)\s?(?i:no\.?\s)?\d{1,4}[A-Za-z]?\s?,?\s(?:in\s|at\s)?"
    r"(?:[A-Z][\w'.-]*\s){1,3}(?:House|Court|Tower|Towers|Heights|Point|Lodge|Mansions|Buildings|Mill|Wharf|Apartments)\b"
)
NOT_BEFORE = re.compile(
    r"\b(?:bus|buses|route|routes|tram|section|sections|page|pages|gap|step|part|act|and|the)\s$", re.I
)
NOT_STREET = listed(
    """
    a about above across all along also am an and another around as at away bank bed bedroom bedroomed before
    behind below beside between big bus buses busy but by can carers clubs cross day days different doors down
    each end every few for from ft full get go going good groups had half has have high hour hours houses how if
    in into is it its just km later left like local long m main major metres mile miles min mins minute minutes
    mobility month months more most near nearby nearest new next no not of off old on one only onto or other our
    out over past people per places pm pounds quiet residents same schools separate shops side since small so
    some steps stop stops such than that the their them then there these they this those through times to toward
    towards two under until up very via visits was we week weeks were when where which while who wide with
    within yards year years you your
    """,
)


# "12 high street", "3 mersey bank ave": words of ordinary sentences that streets are named after. In small letters
# they are believed where the sentence pauses after the street.
ALSO_STREETS = listed("high old new long main bank cross side big")
PAUSE = re.compile(r"\.?\s*(?:[,.;:)\n]|-\s|$)")


def find(text: str) -> Iterator[Span]:
    """Every street address in `text`, which is plain."""
    for pattern in (TYPED, LOWER, FLAT):
        for m in pattern.finditer(text):
            street = m.groupdict().get("street")
            if street is not None and (
                _no_street(street, pauses=bool(PAUSE.match(text, m.end())))
                or NOT_BEFORE.search(text[max(0, m.start() - 12) : m.start()])
            ):
                continue
            yield Span("address", m.start(), m.end())
    for m in CLOSE.finditer(text):
        if not _no_street(m["street"].lower(), pauses=False):
            yield Span("address", m.start("at"), m.end("at"))


def _no_street(street: str, *, pauses: bool) -> bool:
    plain = {word for word in street.split() if word.islower() and word not in ("of", "the")}
    return bool((plain - ALSO_STREETS if pauses else plain) & NOT_STREET)

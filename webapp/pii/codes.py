"""National Insurance numbers, full postcodes and e-mail addresses.

Sources: HMRC, National Insurance Manual NIM39110 (prefixes and suffixes); Royal Mail, Programmers' Guide to the
Postcode Address File (which letters stand where); RFC 5322 for the characters people really use in e-mail.
"""

import re
from collections.abc import Iterator

from webapp.pii.match import Span
from webapp.pii.word_list import listed

GAP = r"[ \t\n.\-_/,:]{0,3}"

# QQ is never issued; it is what examples use, and an example typed into a form is still a number.
NI_PREFIX = r"(?!BG|GB|KN|NK|NT|TN|ZZ)(?:[A-CEGHJ-PR-TW-Z]{gap}[A-CEGHJ-NPR-TW-Z]|QQ)".replace("{gap}", GAP)
NI = re.compile(rf"{NI_PREFIX}{GAP}\d{GAP}\d{GAP}\d{GAP}\d{GAP}\d{GAP}\d{GAP}[A-D](?![A-Z]{{2}}\d)", re.I)
NI_BARE = re.compile(r"\b(?:ni|nino|nat(?:ional)? ins(?:urance)?)\b[^\d\n]{0,20}?"
                     rf"((?:\b[A-Z]{GAP}[A-Z]{GAP})?(?:\d{GAP}){{5}}\d"
                     rf"|\b[A-Z]{GAP}[A-Z]{GAP}(?=[^\d\n]{{0,6}}\d)(?:[\dOIl]{GAP}){{6}}[A-D]\b)", re.I)  # fmt: skip

AREAS = listed(
    """
    AB AL B BA BB BD BH BL BN BR BS BT BX CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN
    EX FK FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N
    NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN
    TQ TR TS TW UB W WA WC WD WF WN WR WS WV YO ZE
    """,
)
AREA = "|".join(sorted(AREAS, key=lambda area: (-len(area), area)))
UNIT = "[ABD-HJLNP-UW-Z]"
# The second half is looked for first, because it begins with a digit and few things do.
INWARD = re.compile(rf"(?P<sector>\d)(?P<split>[ .-]?)(?P<unit>{UNIT}{{2}})", re.I)
# A letter typed for the digit that it looks like: "M1O 4QP", "MI4 5BX".
SLIP = "(?-i:[0-9][OIl]|[OIl][0-9])"
OUTWARD = re.compile(
    rf"(?P<area>{AREA})(?P<in>[ .-]?)(?P<district>\d[\dA-HJKMNPR-Y]?|{SLIP})[ \t\n.\-_/,]{{0,4}}$",
    re.I,
)
# After "postcode", what stands there is one, whatever letters Royal Mail leaves out.
LABELLED = re.compile(
    r"\b(?:post ?codes?|pcode|p/code)\b[^\d\n]{0,24}?"
    r"(?P<it>\b[A-Z](?: ?[A-Z])?[ .-]?[\dOIl](?: ?[\dA-Z])?[ \t\n.\-_/,]{0,4}[\dOIl][ .-]?[A-Z](?: ?[A-Z])?)\b",
    re.I,
)
SPACED = r"[A-Z](?: ?[A-Z])? ?[\dOIl](?: ?[\dA-Z])? {0,3}[\dOIl] ?[A-Z] ?[A-Z]"
LABEL_AFTER = re.compile(
    rf"(?<!\w)(?P<it>{SPACED})\b[ ,]{{1,2}}(?:(?:is|was|for|as|her|his|the|their|my|a)\s){{0,3}}post ?code", re.I
)
# Apart at any place, where the words before say that somebody lives there: "home: M2 2 4 d z". Not "in M22 2nd".
AT_HOME = re.compile(
    r"\b(?:home|address|tenanc(?:y|ies)|li(?:ves?|ving)|moved|staying|stays|couple|lady|man|woman|family)"
    rf"(?:\s(?:is|was|to|at|from|as))?[:,\s]{{1,3}}(?P<it>(?:{AREA}) ?\d ?[\dA-Z]? ?(?!\d(?:st|nd|rd|th)\b)\d ?[A-Z]"
    r" ?[A-Z])(?!\w)",
    re.I,
)
# In capitals and apart, also with letters that Royal Mail leaves out, and with "O" for the figure.
CAPITALS = re.compile(
    rf"(?<![A-Za-z0-9])(?P<it>(?:{AREA})\d[\dA-Z]? (?:\d(?!(?:AM|PM|KM|KG|MM|CM|ML|MG|MI|HR|ST|ND|RD|TH)\b)[A-Z]{{2}}"
    rf"|O(?!LD\b|UT\b|UR\b|FF\b|WN\b|DD\b|NE\b|UR\b){UNIT}{{2}}))(?![A-Za-z0-9])"
)
LONGEST_OUTWARD = 10
ORDINALS = {"1st", "2nd", "3rd", *(f"{n}th" for n in (0, 4, 5, 6, 7, 8, 9))}

LOCAL = r"(?<![\w.+'-])[\w.+'-]+"
EMAIL = re.compile(rf"{LOCAL}[ ]?@[ ]?[\w-]+(?:[ ]?\.[ ]?[\w-]+)+", re.I)
DOT = r"\s{0,2}(?:\.|[(\[{]\s?dot\s?[)\]}]|\bdot\b)\s{0,2}"
ENDING = r"(?:com|net|org|uk|co|nhs|gov|ac|me|info|example|test|ie|eu|pl|live)"
CUT_OFF = re.compile(r"(?<![\w.])(?P<local>[a-z]+[._][a-z]+\d*)@(?=[\s,;)]|$)", re.I)  # "r.khan1@"
HALF_SAID = re.compile(rf"{LOCAL}[ ]?@[ ]?[\w-]+(?:{DOT}[\w-]+){{0,3}}?{DOT}{ENDING}\b", re.I)
SAID = re.compile(
    rf"{LOCAL}\s{{0,2}}(?:[(\[{{<]\s?at\s?[)\]}}>]|\bat\b)\s{{0,2}}(?P<host>[\w-]+(?:{DOT}[\w-]+){{0,3}}?{DOT}{ENDING})\b",
    re.I,
)
PROVIDERS = re.compile(
    r"(?:gmail|googlemail|hotmail|outlook|yahoo|icloud|live|btinternet|aol|me|sky|talktalk|virginmedia|proton(?:mail)?"
    r"|mail|msn|ntlworld|nhs)\b",
    re.I,
)
# "adults.duty@", "adultsocialcare@": the inbox of a team is an organisation's, unless private mail holds it.
ROLE = re.compile(
    r"(?:(?:adults?|social|care|services?|duty|team|inbox|info|enquir(?:y|ies)|contact|admin|office|help|desk|support"
    r"|safeguarding|access|referrals?|reablement|training|learning|library|feedback|brokerage|hello|reception"
    r"|hospital|discharge|mental|health|occupational|therapy|carers|advice|front|door)[._-]?){1,6}",
    re.I,
)
HIS_MAIL = re.compile(r"\b(?:her|his|their|my|mum's|dad's|son's|daughter's)\s(?:e-?mail|address)\b[^\n@]{0,12}$", re.I)
NOT_LOCAL = {"look", "looking", "looked", "find", "found", "us", "it", "online", "website", "see", "is", "are", "them"}


def national_insurance(text: str) -> Iterator[Span]:
    """National Insurance numbers, spaced or not, in either case; without the last letter where it is labelled."""
    for m in NI.finditer(text):
        tight = not re.search(r"\s", m[0])
        alone = not text[m.end() : m.end() + 1].isalpha() and not text[max(0, m.start() - 1) : m.start()].isalpha()
        if alone or (tight and sum(c.isdigit() for c in m[0]) == 6):
            yield Span("ni-number", m.start(), m.end())
    for m in NI_BARE.finditer(text):
        yield Span("ni-number", m.start(1), m.end(1))


def postcodes(text: str) -> Iterator[Span]:
    """Full postcodes. The first half alone ("M22") says a part of town, and is welcome."""
    for inward in INWARD.finditer(text):
        place = max(0, inward.start() - LONGEST_OUTWARD)
        window = text[place : inward.start()]
        # Capitals may be glued to words in small letters ("livesM22 4DZnear"); small letters stand alone.
        outward = OUTWARD.search(window)
        while outward and not _stands(text, place + outward.start(), inward, outward):
            outward = OUTWARD.search(window, outward.start() + 1)
        if outward:
            yield Span("postcode", place + outward.start(), inward.end())
    for pattern in (LABELLED, LABEL_AFTER, AT_HOME, CAPITALS):
        for m in pattern.finditer(text):
            yield Span("postcode", m.start("it"), m.end("it"))


def _stands(text: str, start: int, inward: re.Match[str], outward: re.Match[str]) -> bool:
    before, after = text[max(0, start - 1) : start], text[inward.end() : inward.end() + 1]
    if inward["unit"].isupper() and outward["area"].isupper():
        return not before.isupper() and not after.isupper() and not after.isdigit()
    if inward["sector"] + inward["unit"] in ORDINALS or outward["in"] or inward["split"]:
        return False  # "in M14 2nd and 4th Tuesdays"; "group b 12 3 ed"
    return not before.isalnum() and not after.isalnum()


def emails(text: str) -> Iterator[Span]:
    """E-mail addresses, also as people say them: "jo at example dot com"."""
    if "@" in text:
        for pattern in (EMAIL, HALF_SAID):
            for m in pattern.finditer(text):
                if not _is_inbox(text, m):
                    yield Span("email", m.start(), m.end())
        for m in CUT_OFF.finditer(text):
            if not ROLE.fullmatch(m["local"]):
                yield Span("email", m.start(), m.end())
    for m in SAID.finditer(text):
        has_dot_word = re.search(r"\bdot\b", m["host"], re.I)
        bracketed = re.search(r"[(\[{<]\s?at\s?[)\]}>]", m[0], re.I)
        local = re.match(r"[\w.+'-]+", m[0])
        if local and local[0].lower() in NOT_LOCAL:
            continue
        if has_dot_word or bracketed or PROVIDERS.match(m["host"]):
            yield Span("email", m.start(), m.end())


def _is_inbox(text: str, address: re.Match[str]) -> bool:
    local, host = (part.strip() for part in address[0].split("@", 1))
    if not ROLE.fullmatch(local) or PROVIDERS.match(host):
        return False
    return not HIS_MAIL.search(text[max(0, address.start() - 30) : address.start()])

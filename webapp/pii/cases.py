"""Numbers of one person's record: in a council's system, a hospital, the police, a landlord's books."""

import re
from collections.abc import Iterator, Sequence

from webapp.pii.match import Span
from webapp.pii.numbers import check_digit
from webapp.pii.windows import windows
from webapp.pii.word_list import alternatives

# Systems that adult social care, the NHS and housing record in. After one of these, a long number is a person's record.
SYSTEM = alternatives("record_systems")
# What is numbered because it is about one person: a case, a concern, an enquiry, a tenancy.
ABOUT = alternatives("record_words")
WHOLE = r"(?-i:(?![a-z]))"  # "Refuge 0808 …" is no "ref", nor "client notes 2024" a "client no"
WORD_ID = (
    rf"(?:ids?|i\.d\.?|no\.|nos?|nr|num\.?|numbers?|no|refs?\.|refs?|references?|file|record|code|number|#){WHOLE}"
)
# One whose record a long number straight after must be: "client 883021". The number is looked for first: few are long.
LONG = re.compile(r"(?<![\d.,])(?!\d+000\b)[1-9]\d{5,8}(?!\d|%|[.,]\d)")
HOLDER = re.compile(
    r"\b(?:client|customer|service\s?user|person|citizen|patient|referral|assessment|safeguarding|record|file|tenancy"
    r"|tenant|concern|alert|enquiry|episode|case|(?:rent|tenancy|council tax) account)[\s:#(-]{1,3}$",
    re.I,
)
JOIN = r"(?:'s)?[\s:#=.,\-(]{0,4}(?:(?:is|was|of|should be|now|still|on\sfile|it's)\s){0,2}[\s:#=(]{0,2}"
CODE = (
    r"(?P<code>(?:[A-Za-z]{1,6}\d{0,2}[-/._ ]?){0,2}\d[\dA-Za-z]{0,11}"
    r"(?:[-/._ ]{1,2}(?:[A-Z]{1,4}[-/._]?)?\d{1,8}){0,4}[A-Za-z]?)(?!\w)"
)
CASE_NUMBERS = (
    re.compile(rf"\b{SYSTEM}(?!\w)\s?(?:{ABOUT}\s?)?,?\s?(?:{WORD_ID}\s?){{0,2}}{JOIN}{CODE}", re.I),
    re.compile(rf"\b{ABOUT}\s?(?:{WORD_ID}\s?){{1,2}}{JOIN}{CODE}", re.I),
    re.compile(rf"\b(?:(?:ref(?:erence)?{WHOLE}|id|i\.d\.?){WHOLE}\.?\s?(?:no\.?|num|number)?){JOIN}{CODE}", re.I),
    re.compile(rf"\bcase{WHOLE}{JOIN}{CODE}", re.I),
    re.compile(r"\b(?:LAS|LLA|LL|LCS|ASC|SG|SGA|MRN)(?P<code>[-_/ ]?\d{5,9})\b"),
    re.compile(r"\b(?:case|marac|mappa|crime)\s(?:no\.?|number|ref)?\s?(?P<code>\d{1,5}\sof\s(?:19|20)\d\d)\b", re.I),
    # "LL: 645091", "SG alert …/1093": letters that stand for a system and mean nothing else before a colon.
    re.compile(rf"\b(?:ll|sg|sga|cp|asc)(?:\s?{WORD_ID}|\s?:|\s?#|\s(?:alert|concern|enquiry)){JOIN}{CODE}", re.I),
)
# "SG-2024-00123", "2024/SG/917", "S42-24-0098", "ASC/44521": the shapes in which registers number their rows.
REGISTERS = (
    r"(?:SG|SGA|SGC|SA|SAF|SAFE|SC|S42|S47|AS|ASC|AP|ASP|APU|CP|CN|LAS|LL|LCS|MH|MHA|DOLS|DLS|ENQ|INC|CAS"
    r"|CR|CRN|REF|CON|COM)"
)
ROW = re.compile(
    rf"(?<![\w/-])(?:(?i:{REGISTERS})[-/_]?(?:(?:19|20)?\d\d[-/_]\d{{2,7}}|\d{{2,4}}[-/_]\d{{3,7}}|[-/_]?\d{{5,9}})"
    rf"|(?:20)?\d\d[-/_]{REGISTERS}[-/_]\d{{2,7}}"
    r"|(?!(?:SI|BS|EN|ISO|NG|CG|QS|PH|HC|HL|UKSC|EWCA|EWHC|EWCOP|IEC|GAP|FY|Q\d|DN|WP)[-/])"
    r"[A-Z]{2,5}[-/_](?:19|20)\d\d[-/_]\d{3,7})(?![\w/-])"
)
TEN_DIGITS = re.compile(r"[A-Za-z#.\s]{0,8}(?:\d[ .\-/]{0,3}){9}\d(?!\d)")
OTHER_THINGS = re.compile(
    r"\b(?:model|device|part|serial|product|order|batch|bus|course|page|invoice|charity|company|event|meeting|zoom"
    r"|teams|grant|planning|tender|contract|lottery|bid|vat|room|gap|statutory|instrument|isbn|asset|booking|job"
    r"|policy|licence|grid|map|leaflet|form|standard|module|unit)\s(?:\w+\s)?$",
    re.I,
)
# Codes and numbers as registers write them, whatever stands between them and the word that says whose they are:
# "safeguarding concern W6264456", "the enquiry is 30614/24", "logged as 876749 on LAS".
CODED = re.compile(
    r"(?<![\w£$/.,-])(?:[A-Z]{1,5}[-/_]\d{3,7}[-/_](?:\d{2,6}|[A-Z]{2,5})|[A-Z]{1,4}(?:19|20)\d\d[-/]\d{3,6}"
    r"|[A-Z]{1,5}[-/_ ]?\d{5,9}[A-Z]?|[a-z]{1,3}\d{6,9}[a-z]?)(?![\w£%]|[-/.,]\d|\s\d{3})"
)
PLAIN = re.compile(
    r"(?<![\w£$/.,-])(?!(?:19|20)\d\d[/ ])(?:#\s?\d{4,9}|\d{5,9}|\d{3}-\d{3}-\d{3}|\d{4}\s\d{4}|\d{4,7}/\d{2,4})"
    r"(?![\w£%]|[-/.,]\d|\s\d{3}|\s?(?:people|pounds|carers|adults|hours|residents|calls|visits|words))"
)
PHONE = re.compile(r"0(?:[\s)]{0,2}\d){9,10}(?!\d)")
PUBLIC = re.compile(r"\b(?:charity|company|vat|isbn|cqc|ofsted|provider)\b", re.I)
RECORDED = (
    rf"(?:{ABOUT}|{SYSTEM}|allocat(?:ed|ion)|logged|recorded|registered|filed|screening|workflow|care\s?plans?|complaints?"
    r"|appeals?|notes|docs|documents|forms?\sunder)"
)
JOINED_BY = (
    r"(?:\s?[,:;(-]|\s(?:is|was|are|as|at|under|with|on|to|for|the|me|us|you|no|has|been|be|still|now|id|ref|reference|number"
    r"|it's|being|called|quoting|quote|see|code|list|one|application|app|referral|review|form|alert|concern|note|notes"
    r"|plan|entry|step|raised|opened|closed)){0,4}"
)
RECORD_BEFORE = re.compile(rf"\b{RECORDED}{JOINED_BY}[\s:#(]{{1,3}}$", re.I)
RECORD_NEAR = re.compile(rf"\b{RECORDED}\b[^.!?\n]{{0,32}}$", re.I)
SYSTEM_AFTER = re.compile(
    rf"(?:\s?\(|[\s,)]{{1,2}}(?:(?:is|was)\s)?(?:on|in|from|via)\s(?:the\s)?(?:old\s|new\s)?){SYSTEM}\b", re.I
)
NUMBER = re.compile(r"\d(?:[-/._ ]{0,2}[A-Za-z]{0,4}[-/._]?\d){3}")
BEFORE, AFTER = 64, 24  # characters round a number in which what makes it somebody's stands


def find(text: str, patterns: Sequence[re.Pattern[str]] = (), *, usual: bool = True) -> Iterator[Span]:
    """Numbers of records: the usual ones, and whatever `patterns` say that this council uses."""
    if usual:
        for start, end in windows(text, NUMBER, BEFORE, AFTER):
            yield from _usual(text, start, end)
    for pattern in patterns:
        for m in pattern.finditer(text):
            if m.end() > m.start():
                yield Span("case-number", m.start(), m.end())


def _usual(text: str, start: int, end: int) -> Iterator[Span]:
    for pattern in CASE_NUMBERS:
        for m in pattern.finditer(text, start, end):
            code = m["code"]
            digits = sum(c.isdigit() for c in code)
            if (
                digits < 4
                or code.upper().startswith("GAP")
                or (_a_year(code, digits) and (digits == 4 or not COUNTED.search(m[0][: -len(code)])))
            ):
                continue
            if OTHER_THINGS.search(text[max(0, m.start() - 30) : m.start()]):
                continue
            if "/" not in code and re.fullmatch(r"0\d{9,10}", re.sub(r"\D", "", code)):
                continue  # a phone number: "contact no 0161 …"
            if (ten := TEN_DIGITS.match(text, m.start("code"))) and check_digit(re.sub(r"\D", "", ten[0])):
                continue  # an NHS number kept in a record system is an NHS number, however it is spaced
            yield Span("case-number", m.start(), m.end())
    for m in LONG.finditer(text, start, end):
        if HOLDER.search(text[max(0, m.start() - 24) : m.start()]):
            yield Span("case-number", m.start(), m.end())
    yield from _recorded(text, start, end)
    for m in ROW.finditer(text, start, end):
        yield Span("case-number", m.start(), m.end())


def _recorded(text: str, start: int, end: int) -> Iterator[Span]:
    """Codes and long numbers near a word for a record, or before the system that keeps them."""
    for pattern, near in ((CODED, RECORD_NEAR), (PLAIN, RECORD_BEFORE)):
        for m in pattern.finditer(text, start, end):
            before = text[max(0, m.start() - 64) : m.start()]
            if OTHER_THINGS.search(before) or PUBLIC.search(before) or PHONE.match(text, m.start()):
                continue
            if near.search(before) or SYSTEM_AFTER.match(text, m.end()):
                yield Span("case-number", m.start(), m.end())


COUNTED = re.compile(r"\b(?:no|nr|number|ref|id)\b[.:\s]{0,2}$", re.I)


def _a_year(code: str, digits: int) -> bool:
    return (digits == 4 and bool(re.fullmatch(r"(?:in |by |for )?(?:19|20)\d\d", code))) or bool(
        re.fullmatch(r"(?:19|20)\d\d[-/ ]\d{1,3}", code)
    )

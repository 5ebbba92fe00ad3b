"""Money that is one person's: sort codes, account numbers, payment cards, IBANs, building society roll numbers.

Sources: ISO 13616 (an IBAN leaves 1 when divided by 97); ISO/IEC 7812 (a card's last digit, by Luhn's formula);
Pay.UK, Sort code and account number standards (six and eight digits).
"""

import re
from collections.abc import Iterator

from webapp.pii.match import Span
from webapp.pii.windows import windows

PAIRS = r"\d\d[ .\-/:_]?\d\d[ .\-/:_]?\d\d"
EIGHT = r"\d(?:[ -]?\d){6,7}"
ACCOUNT = r"(?:\baccounts?|\bacc(?:oun)?t?s?\b\.?|\ba\s?/\s?cs?\b|\bac\b)"
SORT = r"(?:\bsort(?:\s?-?code)?s?|\bs\s?/\s?c\b|\bsc\b|\bs\.c\.)"
BANK = (
    r"(?:\bbank(?:ing)?|\bbacs|\bdirect payments?|\bdp|\bpension|\bwages?|\bbenefits?|\bbuilding society"
    r"|\bbldg soc|\bpay\w*|\brefund)"
)
SAID = (
    r"(?:[^\w\n]{0,4}(?:no|num|number|code|details?|is|was|are|the|and|of|it's|ends?|in|with|hers|his|to"
    r"|at|now)\b){0,4}[^\w\n]{0,4}"
)
PATTERNS = (
    re.compile(rf"{SORT}{SAID}(?P<it>{PAIRS})(?!\d)", re.I),
    re.compile(rf"{ACCOUNT}{SAID}(?P<it>{EIGHT})(?![ -]?\d)", re.I),
    # A sort code and an account number side by side, whatever stands before them.
    re.compile(
        r"(?<![\d.,£])(?P<it>\d\d(?P<sep>[ .\-/:_])\d\d(?P=sep)\d\d"
        rf"[^\w\n]{{1,4}}(?:\w{{1,8}}[^\w\n]{{1,3}}){{0,3}}{EIGHT})(?!\d)"
    ),
    re.compile(r"(?<![\d.,£])(?P<it>\d{6}\W{1,4}\d{8})(?!\d)"),
    re.compile(r"(?<![\d.,£])(?P<it>\d{8}[^\w\n]{1,4}(?:\w{1,8}[^\w\n]{1,3}){0,2}\d\d([ .\-/:_])\d\d\2\d\d)(?!\d)"),
    re.compile(rf"{BANK}\b[^\d\n]{{0,24}}(?P<it>\d\d([-/:_])\d\d\2\d\d)(?![-/:_]?\d)", re.I),
    re.compile(r"\broll\s(?:number|no\.?)[^\d\n]{0,8}(?P<it>[A-Z]{0,3}\d[\dA-Z/-]{5,20})", re.I),
    re.compile(rf"(?:\bcards?|{ACCOUNT})[^\d\n]{{0,12}}\bend(?:s|ing)\b[^\d\n]{{0,8}}(?P<it>\d{{4}})(?!\d)", re.I),
    re.compile(r"\b(?:PIN|pin (?:number|no|code))\b[^\d\n.]{0,10}(?P<it>\d{4})(?!\d)"),
)
CARD = re.compile(
    r"(?<![\d.,])(?P<it>[2-6]\d{3}(?:[ -]?\d{4}){3}|3[47]\d\d[ -]?\d{6}[ -]?\d{5}"
    r"|[56]\d{3}(?:[ -]?\d{4}){3}[ -]?\d{3})(?!\d)"
)
CARD_WORD = re.compile(r"\b(?:card|visa|mastercard|debit|credit|amex|pan|long number)\b", re.I)
IBAN = re.compile(
    r"(?<![A-Za-z\d])(?P<it>[A-Z]{2}\d{2}(?:[ -]?[A-Z\d]{4}){2,7}(?:[ -]?[A-Z\d]{1,3})?)(?![A-Za-z\d])", re.I
)
NUMBER = re.compile(r"\d[ ./:_-]?\d[ ./:_-]?\d[ ./:_-]?\d")


def find(text: str) -> Iterator[Span]:
    """Every bank detail in `text`, which is plain."""
    for start, end in windows(text, NUMBER, 80, 60):
        yield from _within(text, start, end)


def _within(text: str, start: int, end: int) -> Iterator[Span]:
    for pattern in PATTERNS:
        for m in pattern.finditer(text, start, end):
            yield Span("bank", m.start("it"), m.end("it"))
    for m in CARD.finditer(text, start, end):
        if _luhn(re.sub(r"\D", "", m["it"])) or CARD_WORD.search(text[max(0, m.start() - 40) : m.start()]):
            yield Span("bank", m.start("it"), m.end("it"))
    for m in IBAN.finditer(text, start, end):
        if _is_iban(re.sub(r"[ -]", "", m["it"]).upper()) or "iban" in text[max(0, m.start() - 12) : m.start()].lower():
            yield Span("bank", m.start("it"), m.end("it"))


def _luhn(digits: str) -> bool:
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits)))
    return sum(number - 9 if number > 9 else number for number in doubled) % 10 == 0


def _is_iban(text: str) -> bool:
    number = "".join(str(int(character, 36)) for character in text[4:] + text[:4])
    return 15 <= len(text) <= 34 and int(number) % 97 == 1

"""NHS numbers and phone numbers: both are runs of digits, however they are spaced.

A run is cut into its groups ("943 476 5919" has three), and each stretch of whole groups with the right number of
digits is looked at. Groups, not single digits, are what people type; so "12 of 340" never becomes "123 40".

Sources: NHS Data Dictionary, "NHS NUMBER" (ten digits, modulus 11); Ofcom, National Telephone Numbering Plan.
"""

import re
from collections.abc import Collection, Iterator
from itertools import pairwise

from webapp.pii.match import Span

GAP = r"[ \t\n.,\-_/\\()\[\]|:*~+]"
RUN = re.compile(rf"\d+(?:{GAP}{{1,4}}\d+)*")
GROUP = re.compile(r"\d+")
NHS_LABEL = re.compile(r"\bn\.?\s?h\.?\s?s\.?\s?(?:no|nos|num|number|nr|id|#|:|$)|\bchi\b", re.I)
BOOK = re.compile(r"\bisbn\b|\bbooks?\b|\bpaperback\b|\bedition\b|\bpress\b|\bpublish|\bbarcode\b|\btextbook\b", re.I)
PUBLIC_LINE = re.compile(
    r"\b(?:help|advice|support|info(?:rmation)?|crisis|duty|contact|careline|text|public)[ -]?(?:line|centre)\b"
    r"|\bhelpline\b|\bswitchboard\b|\bfreephone\b|\bhotline\b|\bcall centre\b",
    re.I,
)
# Nobody's own number begins so (Ofcom: freephone, 03 at local cost, 116 for helplines); only what is said makes it one.
ORGANISED = ("03", "0800", "0808", "116")
HERS = re.compile(
    r"(?:\b(?:her|his|their|my)|'s)\s(?:(?:new|work|home|own|best)\s)?(?:number|no|phone|mobile|mob"
    r"|tel|landline|line)\b[^\d\n]{0,12}$"
    r"|\b(?:ring|call|text|phone|reach|contact|get)\s(?:her|him|them|me|mum|dad)\b[^\d\n]{0,12}$",
    re.I,
)
# "The contact centre is 0161 …", "switchboard: 0161 …": the number of a desk, where nothing but this stands between.
DESK = re.compile(
    r"\b(?:(?:help|advice|crisis|duty|careline|info(?:rmation)?|support)[ -]?line|(?:contact|call)[ -]centre"
    r"|switchboard|reception|(?:front|help|duty|enquiry|information)[ -]desk|box office|duty (?:team|worker|office)"
    r"|(?:council|hospital|library|main|out[ -]of[ -]hours)(?:'s)?(?:\smain)?(?=\s(?:number|no|line)\b))"
    r"(?:'s)?(?:\s?(?:number|no\.?|line|tel\.?|phone|is|are|on|at|open|now|add the|[-:,(]))*\s?\(?$",
    re.I,
)
CALLING = re.compile(
    r"\b(?:tel|telephone|phone|phoned|mob|mobile|landline|call|called|ring|rang|text|texted|whatsapp|ph|cell"
    r"|contact|reached|(?:her|his|their|my|phone|mobile|landline) (?:number|no)(?: is)?)\b[^\d\n]{0,18}$",
    re.I,
)
ONE = (
    r"(?:zero|oh|o|nought|naught|nil|one|two|three|four|five|six|seven|eight|nine|double|triple|treble"
    r"|hundred|thousand)"
)
SPELLED = re.compile(rf"\b(?:{ONE}\b[\s,.-]{{0,3}}){{9,}}", re.I)
# "07700 nine double oh 123", "oh7700 900 one two three": figures and words together, beginning as a number does.
MIXED = re.compile(rf"\b(?:0\d*|zero|oh|o)[\s,.-]{{0,3}}(?:(?:{ONE}\b|\d{{1,6}})[\s,.-]{{0,3}}){{3,}}", re.I)
# A letter typed for the digit that it looks like: "07700 900 l62", "O161 496 0123".
SLIPPED = re.compile(r"(?<![A-Za-z0-9.])[(+]?[\dOolIS]{2,11}(?:[ .\-/()]{1,2}[\dOolIS]{2,8}){0,4}(?![A-Za-z0-9])")
DIGITS = str.maketrans("OolIS", "00115")
LOCAL = (6, 7, 8)  # digits of a number without its area code
LONGEST = 14  # digits: 0044, and a zero in brackets


def find(text: str) -> Iterator[Span]:
    """Every NHS number and phone number in `text`, which is plain."""
    for run in RUN.finditer(text):
        if run.end() - run.start() >= 7:
            yield from _in_run(text, run)
    for words in SPELLED.finditer(text):
        yield Span("phone", words.start(), words.end())
    for mixed in MIXED.finditer(text):
        if re.search("[a-z]", mixed[0], re.I) and _digits_spoken(mixed[0]) in (10, 11):
            yield Span("phone", mixed.start(), mixed.end())
    for slipped in SLIPPED.finditer(text):
        yield from _slipped(slipped)


def _slipped(m: re.Match[str]) -> Iterator[Span]:
    """A number with a letter in it that looks like a digit, where it then is a phone number or an NHS number."""
    figures = sum(c.isdigit() for c in m[0])
    letters = sum(c.isalpha() for c in m[0])
    if not 0 < letters <= 3 or figures < 7 or re.search(r"(?<![A-Za-z\d])[A-Za-z]+(?!\d|[A-Za-z])", m[0]):
        return  # each group has a digit: "SI 2014/2672" is a law
    digits = re.sub(r"\D", "", m[0].translate(DIGITS))
    if len(digits) == 11 and digits[0] == "0" and digits[1] in "1237":
        yield Span("phone", m.start(), m.end())
    elif len(digits) == 10 and check_digit(digits):
        yield Span("nhs-number", m.start(), m.end())


def _digits_spoken(words: str) -> int:
    """How many digits are said: "double oh" is two, and "hundred" two more than the word before it."""
    total, times = 0, 1
    for word in re.findall(r"\d+|[a-z]+", words.lower()):
        if word in ("double", "triple", "treble"):
            times = 2 if word == "double" else 3
            continue
        total += len(word) if word.isdigit() else times * {"hundred": 2, "thousand": 3}.get(word, 1)
        times = 1
    return total


def _in_run(text: str, run: re.Match[str]) -> Iterator[Span]:
    groups = [m.span() for m in GROUP.finditer(text, *run.span())]
    digits = "".join(text[a:b] for a, b in groups)
    first = at = 0
    while first < len(groups):
        totals = _totals(digits, at)
        total, last = 0, first
        while last < len(groups):
            total += groups[last][1] - groups[last][0]
            if total > LONGEST:
                break
            if total in totals or (total in LOCAL and last <= first + 1):
                kind = _kind(text, groups[first : last + 1], digits[at : at + total])
                if kind:
                    yield Span(kind, _with_plus(text, groups[first][0]), groups[last][1])
                    at += total - (groups[last][1] - groups[last][0])
                    first = last
                    break
            last += 1
        at += groups[first][1] - groups[first][0]
        first += 1


def _totals(digits: str, at: int) -> Collection[int]:
    """How many digits a number that begins here can have."""
    if digits.startswith("0044", at):
        return (13, 14)
    if digits.startswith("0", at):
        return (10, 11)
    if digits.startswith("44", at):
        return (10, 12, 13)
    return (10,)


def _with_plus(text: str, start: int) -> int:
    return start - 1 if text[start - 1 : start] == "+" else start


def _kind(text: str, spans: list[tuple[int, int]], digits: str) -> str | None:
    start, end = spans[0][0], spans[-1][1]
    if is_phone(text, spans, digits):
        before = text[max(0, start - 40) : start]
        if digits.startswith(ORGANISED):
            return "phone" if HERS.search(before) and not PUBLIC_LINE.search(before) else None
        return None if digits.startswith(("01", "02")) and DESK.search(before) else "phone"
    if len(digits) == 10 and _is_nhs(text, spans, digits):
        return "nhs-number"
    if len(digits) in (6, 7, 8) and len(spans) <= 2 and CALLING.search(text[max(0, start - 40) : start]):
        local = len(digits) != 8 or not _is_date_like(text[start:end])
        return "phone" if local and not _continues(text, end) and digits[0] in "2345678" else None
    return None


def is_phone(text: str, spans: list[tuple[int, int]], digits: str) -> bool:
    """Whether these digits are a British phone number, with or without its country code."""
    start, end = spans[0][0], spans[-1][1]
    shape = [b - a for a, b in spans]
    if digits.startswith("7") and len(digits) == 10:  # a mobile number that lost its zero
        return shape in ([4, 6], [4, 3, 3], [5, 5]) or bool(CALLING.search(text[max(0, start - 40) : start]))
    if digits.startswith("0044"):
        national = digits[4:].removeprefix("0")
    elif digits.startswith("44") and (len(digits) == 12 or text[max(0, start - 2) : start].rstrip(" (").endswith("+")):
        national = digits[2:].removeprefix("0")
    elif digits.startswith("0") and not _has_date(text[start:end]):
        national = digits[1:]
    else:
        return False
    if len(national) == 10:
        return national[0] in "1235789"
    return len(national) == 9 and national[0] == "1" and shape in ([5, 5], [5, 2, 3], [4, 3, 3], [6, 4])


def _is_nhs(text: str, spans: list[tuple[int, int]], digits: str) -> bool:
    start, end = spans[0][0], spans[-1][1]
    before = text[max(0, start - 30) : start]
    labelled = bool(NHS_LABEL.search(before))
    if labelled:
        return True  # even with a slip of the finger in it
    if not check_digit(digits) or len(set(digits)) == 1:
        return False
    shape = [b - a for a, b in spans]
    if _is_isbn(text, start, digits, shape):
        return False
    if len(spans) == 1 or shape == [3, 3, 4]:
        return True
    between = {text[a[1] : b[0]].strip() for a, b in pairwise(spans)}
    years = any(b - a == 4 and text[a:b][:2] in ("19", "20") for a, b in spans)
    return len(between) == 1 and not between & {",", ":", ".,"} and not years and not _has_date(text[start:end])


def check_digit(digits: str) -> bool:
    """Whether ten digits end in the check digit that modulus 11 gives for the first nine."""
    total = sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False))
    return (11 - total % 11) % 11 == int(digits[9])


def _is_isbn(text: str, start: int, digits: str, shape: list[int]) -> bool:
    """A book's ISBN-10 passes the same check. It says so, stands near a word for books, or is hyphenated as one."""
    before = text[max(0, start - 80) : start]
    if re.search(r"isbn[^\d]{0,12}$", before, re.I):
        return True
    if digits[0] in "01" and (BOOK.search(before) or BOOK.search(text[start + 10 : start + 50])):
        return True
    return len(shape) == 4 and shape[-1] == 1 and shape[0] == 1


def _has_date(text: str) -> bool:
    return bool(re.search(r"(?<!\d)\d{1,2}([/.-])\d{1,2}\1(?:19|20)\d\d(?!\d)", text))


def _is_date_like(text: str) -> bool:
    return bool(re.search(r"\d[/.-]\d", text)) or text.strip()[-4:-2] in ("19", "20")


def _continues(text: str, end: int) -> bool:
    return bool(re.match(r"\s?(?:%|people|times|miles|hours|pounds)|[.,:/-]\d", text[end : end + 10]))

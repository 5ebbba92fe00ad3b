"""Telephone numbers as feeds and their texts write them: which of them a reader can ring, and what to know first.

Numbers: Ofcom's National Telephone Numbering Plan. Kinds: HSDS `phone.type` (text, voice, fax, cell, video, pager,
textphone), and what publishers write instead.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from webapp.library.front_matter.fields import SHORT
from webapp.library.importing.notes import Notes
from webapp.library.importing.repair import NOTHING, cut, objects, sayable, text

MOST_WORDS = 80  # characters beside a number that are a note of it; more is a text
_GAP = r"[\s().\-–]{0,3}"
# 01652 650585, (0161) 496 0123, +44 (0)20 7946 0000, 0044 161 …, 18001 0161 …, 0800 1111, +353 1 …
NUMBER = re.compile(
    rf"""(?<![\w/=@+-])(?:
      (?:1800[12][\s-]*)?(?:(?:\+|\b00){_GAP}44{_GAP}(?:\(0\))?{_GAP}[1-9]|\(?0{_GAP}[1-9])(?:{_GAP}\d){{8,9}}
    | \+{_GAP}(?!44)[1-9](?:{_GAP}\d){{7,13}}
    | 0[58](?:00|08|45)\s?\d\d\s?\d\d
    )(?![\w=@])""",
    re.VERBOSE,
)
_SHORTS = r"1\d\d|999|112|911|116 ?\d{3}|118 ?\d{3}|[6-8]\d{4}"  # emergency, helplines, directories, text messages
ALONE = re.compile(rf"(?:\D*\b)({_SHORTS})\b\D*")
AFTER = re.compile(
    r"\s*[,;(]?\s*(?:(?:ext(?:ension|n)?\b\.?(?:\s*(?:no|number)\b\.?)?|x(?=[.:\s]*\d)|#)[.:]?\s*(?P<extension>\d{1,6})"
    r"|(?P<choice>(?:option|opt|press|choose|then)\.?\s*\d(?:\s*(?:,|then|and)\s*\d)*))\s*\)?",
    re.IGNORECASE,
)
NEXT = re.compile(r"[,;/|\n]|\s(?:or|and|&)\s", re.IGNORECASE)  # where the words of one number end and the next begin
FILLING = re.compile(
    r"\b(?:tele?phone|phone|tel|call|ring|contact|number|numbers|no|on|or|and|at|please|voice|landline|mobile|mob|cell"
    r"|main|office|line|t|m|p|us|the|our)\b\.?|[\s:.,;/|()&+*–—-]+",
    re.IGNORECASE,
)  # fmt: skip
BEGINS = re.compile(rf"^(?:{FILLING.pattern})+", re.IGNORECASE)
VOICE = re.compile(r"\b(tele?phone(?!s?\s*text)|tel|phone|voice|call|mobile|landline)\b", re.IGNORECASE)
FAX = re.compile(r"\b(fax(es|line)?|facsimile|pager|bleep|modem|telex)\b", re.IGNORECASE)
TYPED = re.compile(r"\b(text ?phones?|mini ?com|tty|tdd|type ?talk|(text|typed?) ?relay|relay)\b", re.IGNORECASE)
MESSAGES = re.compile(r"\b(texts?|sms|text messages?|text ?lines?|shout)\b", re.IGNORECASE)
# "the National Autistic Society's helpline on", before a number
THEIRS = re.compile(
    r"\b([A-Z][\w&-]*)(?:[’']s|s[’'])\s+(?:[\w-]+\s+){0,4}"
    r"(?:help ?line|line|service|team|centre|number|office)\b[^.!?\n]*$"
)
OTHER = {"whatsapp": "WhatsApp", "video": "Video calls", "bsl": "BSL video calls", "sign": "BSL video calls"}
PLAIN = frozenset(["voice", "phone", "telephone", "tel", "landline", "mobile", "cell", "cellphone", "main", "fixed"])
TYPES = "For people who type: textphone or Relay UK"


@dataclass(frozen=True)
class Number:
    """One number. `note` is for those who ring; `fax`: it cannot be rung; `typed`: it takes text, not voices."""

    phone: str
    note: str = ""
    fax: bool = False
    typed: bool = False


def of(holder: dict[str, Any], notes: Notes) -> list[Number]:
    """Every number under `phones` or `phone` of `holder`, those for voices first. Each that cannot be rung is noted."""
    given = holder.get("phones") or holder.get("phone")
    if isinstance(given, str | int) and not isinstance(given, bool):
        given = [{"number": given}]
    found: list[Number] = []
    for phone in objects(given, "phones", notes):
        found += _numbers(phone, notes)
    for number in found:
        if number.fax:
            message = "a fax or pager is no number to ring: said in the text"
            notes.kept_in_words(message, number.phone, f"{number.note or 'Fax'}: {number.phone}")
    return sorted((number for number in found if not number.fax), key=lambda number: number.typed)


def in_prose(prose: str, own: str) -> list[str]:
    """Every number that running text gives to ring, each once, as it stands there.

    `own` are the names of the service and of who runs it: "the Autistic Society's helpline" is theirs alone.
    """
    found: dict[str, str] = {}
    for number, before, after in _parts(prose):
        nearby = f"{before[-30:]} {after[:12] if after.startswith((' (', '(')) else ''}"
        whose = THEIRS.search(before[-120:])
        theirs = whose is not None and whose[1].lower() not in own.lower()
        if not theirs and not _is_fax(nearby) and not TYPED.search(nearby):
            found.setdefault(re.sub(r"\D", "", number)[-9:], tidy(number))
    return list(found.values())


def is_typed(note: str) -> bool:
    """Whether a number with this note takes text and not voices."""
    return TYPES in note or "Text messages" in note


def tidy(value: str) -> str:
    """`value` with the spaces it has, and without brackets and dashes."""
    value = re.sub(r"^00(?=\s*44)", "+", value.strip())
    return " ".join(re.sub(r"[().\-–]", " ", re.sub(r"\(0\)", " ", value)).replace("+ ", "+").split())


def _numbers(phone: dict[str, Any], notes: Notes) -> Iterator[Number]:
    kind = _plain(text(phone.get("type"), "phone type", notes))
    own = text(phone.get("extension"), "phone extension", notes)
    about = [text(phone.get("description"), "phone description", notes), _spoken(phone, notes)]
    value = text(phone.get("number"), "phone", notes)
    if not value or NOTHING.fullmatch(value):
        return
    parts = list(_parts(value)) or _whole(value, kind)
    if not parts:
        remark = f"Phone: {', '.join(filter(None, [value, *about]))}" if sayable(value) else ""
        notes.kept_in_words("a phone number that is none: said in the text", value, remark)
        return
    for number, before, after in parts:
        extension, choice, beside = _after(after)
        nearby = f"{before} {beside}"
        if re.search(r"\d", beside) and not re.search(r"[a-z]", beside, re.IGNORECASE):
            notes.kept_in_words("a phone number with more digits after it: said in the text", value, f"Phone: {value}")
            nearby = before
        extension = extension or re.sub(r"\D", "", own)
        remarks = [*about, _beside(nearby, notes), choice.capitalize()]
        yield _number(f"{number} ext. {extension}" if extension else number, kind, nearby, remarks, notes)


def _number(phone: str, kind: str, nearby: str, parts: list[str], notes: Notes) -> Number:
    if _is_fax(kind) or (_is_fax(nearby) and not VOICE.search(kind)):
        return Number(phone, "Pager" if "pager" in f"{kind} {nearby}" else "Fax", fax=True)
    typed = bool(TYPED.search(f"{kind} {nearby}")) or phone.startswith(("18001", "18002"))
    messages = not typed and (
        bool(MESSAGES.search(kind)) or (bool(MESSAGES.search(nearby)) and not VOICE.search(nearby))
    )
    named = next((name for word, name in OTHER.items() if word in kind.split()), "")
    if not named and not typed and not messages and kind and not set(kind.split()) <= PLAIN:
        named = kind.capitalize()
    parts = [TYPES if typed else "Text messages" if messages else named, *parts]
    note = ". ".join(dict.fromkeys(part.strip(" .") for part in parts if part.strip(" .")))
    return Number(phone, cut(note, 500, "phone note", notes), typed=typed or messages)


def _parts(value: str) -> Iterator[tuple[str, str, str]]:
    """Each number in `value`, tidied, with the words before and after it that are its own."""
    found = list(NUMBER.finditer(value))
    begin = 0
    for at, match in enumerate(found):
        after = value[match.end() : found[at + 1].start() if at + 1 < len(found) else len(value)]
        if at + 1 < len(found):
            own = AFTER.match(after)
            begins = own.end() if own else 0
            if not after[begins:].lstrip().startswith("("):
                split = NEXT.search(after, begins)
                after_own = after[: split.start()] if split else after[:begins]
            else:
                after_own = after[: after.index(")") + 1] if ")" in after else after
        else:
            after_own = after
        yield tidy(match[0]), value[begin : match.start()], after_own
        begin = match.end() + len(after_own)


def _whole(value: str, kind: str) -> list[tuple[str, str, str]]:
    """A number that is one only where nothing else stands: 111, 116 123, one that lost its 0, a local one."""
    digits = re.sub(r"\D", "", value)
    plain = re.fullmatch(r"[+()\d\s.\-–]+", value) is not None
    if SHORT.fullmatch(value):
        return [(value, "", "")]
    if (match := ALONE.fullmatch(value)) and digits == re.sub(r"\D", "", match[1]):
        return [(match[1], value[: match.start(1)], value[match.end(1) :])]
    if plain and len(digits) == 10 and digits[0] in "123578":
        return [(f"0{digits[:3]} {digits[3:6]} {digits[6:]}", "", "")]
    if plain and 10 <= len(digits) <= 14:
        return [(tidy(value), "", "")]
    return []


def _after(after: str) -> tuple[str, str, str]:
    """What follows a number, as (extension, choice of a menu, words)."""
    match = AFTER.match(after)
    if not match:
        return "", "", after
    extension, choice = match["extension"] or "", match["choice"] or ""
    more = AFTER.match(after, match.end())
    if more and extension and more["choice"]:
        return extension, more["choice"], after[more.end() :]
    return extension, choice, after[match.end() :]


def _beside(text: str, notes: Notes) -> str:
    """Words beside a number that a reader should know, such as `mornings only`; never a person's name."""
    text = FAX.sub(" ", TYPED.sub(" ", text))
    if not FILLING.sub("", text):
        return ""
    words = " ".join(BEGINS.sub("", text.replace("(", " ").replace(")", " ")).strip(" :.,;/|&-–—").split())
    if not sayable(words) or not sayable(f"ring {words}"):
        notes.mended("a name beside a phone number kept out: a listing names a role")
        return ""
    if len(words) > MOST_WORDS:
        notes.kept_in_words("words beside a phone number: said in the text", words, f"Phone: {words}")
        return ""
    return words[:1].upper() + words[1:]


def _is_fax(text: str) -> bool:
    return bool(FAX.search(text)) and not VOICE.search(text)


def _spoken(phone: dict[str, Any], notes: Notes) -> str:
    given = phone.get("languages") or phone.get("language")
    if isinstance(given, str):
        return f"In {given}" if len(given) > 3 else ""
    names = [text(item.get("name"), "phone language", notes) for item in objects(given, "phone languages", notes)]
    return f"In {', '.join(names)}" if any(names) else ""


def _plain(kind: str) -> str:
    """`Text_Phone` and `textPhone` as words."""
    return " ".join(re.sub(r"(?<=[a-z])(?=[A-Z])|[\W_]+", " ", kind).lower().split())

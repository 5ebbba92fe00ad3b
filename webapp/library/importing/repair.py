"""Single values as feeds really hold them, made into what content may hold: text, addresses, numbers, dates."""

import html
import re
import unicodedata
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from webapp.library.characters import writable
from webapp.library.front_matter.fields import EMAIL, POSTCODE
from webapp.library.importing.markup import decoded, is_markup, without_tags
from webapp.library.importing.notes import Notes
from webapp.pii import guard

CONTROL = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u2060\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffc-\uffff]"
)
SPACE = re.compile(r"[ \t\u00a0\u2000-\u200a\u202f\u3000]+")
POSTCODE_IN_TEXT = re.compile(r"\b([A-Za-z]{1,2}[0-9][A-Za-z0-9]?) ?([0-9][A-Za-z]{2})\b")
_FREE_MAIL = """
gmail googlemail hotmail outlook live msn yahoo ymail icloud me aol btinternet btopenworld sky talktalk virginmedia
ntlworld protonmail proton gmx mail
"""
# Where people, not organisations, have their mail.
FREE_MAIL = frozenset(_FREE_MAIL.split())
NOTE = 500  # characters of a note or a name
LONGEST_REMARK = 4000
# What people write where a form wants something and they have nothing.
NOTHING = re.compile(
    r"(n/?a|none|nil|tbc|tba|null|unknown|not (known|applicable|available)|no|[-–—.?_x\s]*)", re.IGNORECASE
)

Front = dict[str, Any]


def text(value: Any, field: str, notes: Notes) -> str:
    """One line of plain text; empty where there is none. Numbers count as text; other kinds are dropped and noted."""
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        if value not in ([], {}):
            notes.mended(f"`{field}` held no text: left out", _kind(value))
        return ""
    plain = str(value)
    if plain.isascii() and plain.isprintable() and "&" not in plain and "<" not in plain:
        return " ".join(plain.split())  # most values need nothing more
    if "&amp;" in plain or "&lt;" in plain:
        plain = decoded(plain)
    if is_markup(plain):
        plain = without_tags(plain)
        notes.mended(f"HTML in `{field}` removed", value)
    return " ".join(clean(html.unescape(plain)).split())


def clean(value: str) -> str:
    """Without control characters and zero-width marks; odd spaces made ordinary, accents composed, lines kept."""
    value = value.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    return unicodedata.normalize("NFC", SPACE.sub(" ", CONTROL.sub("", writable(value))))


def cut(value: str, most: int, field: str, notes: Notes) -> str:
    """`value` in `most` characters or fewer, cut between words; the listing then says the whole of it in its text."""
    if len(value) <= most:
        return value
    message = f"`{field}` was over {most} characters: cut, and said whole in the text"
    notes.kept_in_words(message, value, f"{field.capitalize()} in full: {value[:LONGEST_REMARK]}")
    kept = value[: most - 1]
    return (kept[: kept.rindex(" ")] if " " in kept[most // 2 :] else kept).rstrip(" ,;:-") + "…"


def stopped(text: str) -> str:
    """A sentence with its full stop."""
    return text if text.endswith((".", "!", "?", ":")) else f"{text}."


def web_address(value: str, field: str, notes: Notes) -> str:
    """A whole http(s) address, or nothing where none can be made of `value`."""
    if not value:
        return ""
    given, value = value, value.strip(" <>\"'").rstrip(".,;")
    scheme, colon, rest = value.partition("://")
    if not colon and re.match(r"^([\w-]+\.)+[a-zA-Z]{2,}([/?#]\S*)?$", value):
        value = f"https://{value}"
        notes.mended(f"`{field}` without a scheme: https:// added", given)
    elif colon and scheme.lower() in {"http", "https"}:
        value = f"{scheme.lower()}://{rest}"
    try:
        parts = urlsplit(value)
        sound = parts.scheme in {"http", "https"} and "." in (parts.hostname or "") and not parts.username
    except ValueError:
        sound = False
    if (
        not sound
        or len(value) > 2000
        or re.search(r"[\s<>]", value)
        or not re.match(r"^https?://[^\s/]+\.[^\s]+$", value)
    ):
        if NOTHING.fullmatch(given):
            notes.mended(f"`{field}` was no web address: left out", given)
        else:
            remark = f"{field.capitalize()}: {given[:NOTE]}"
            notes.kept_in_words(f"`{field}` was no web address: said in the text", given, remark)
        return ""
    return value


def email(value: str, field: str, notes: Notes) -> str:
    """An e-mail address, or an empty string where `value` is none."""
    if not value:
        return ""
    given, value = value, re.sub(r"^mailto:", "", value.strip(" <>\"'"), flags=re.IGNORECASE).rstrip(".,;")
    if len(several := [part for part in re.split(r"[\s,;/]+", value) if part]) > 1 and EMAIL.match(several[0]):
        value = several[0].rstrip(".,;")  # "a@b.example; c@d.example": the first is the one to write to
    if not EMAIL.match(value) or len(value) > 254:
        if NOTHING.fullmatch(given) or not sayable(given):
            notes.mended(f"`{field}` was no e-mail address: left out", given)
        else:
            message = f"`{field}` was no e-mail address: said in the text"
            notes.kept_in_words(message, given, f"{field.capitalize()}: {given[:NOTE]}")
        return ""
    if given != value:
        notes.mended(f"`{field}` tidied", given)
    if value.rpartition("@")[2].partition(".")[0].lower() in FREE_MAIL:
        notes.look("an e-mail address looks personal: make sure that its owner wants it here", value)
    return value


def sayable(words: str) -> bool:
    """Whether a listing may say `words` that stood where something else belongs: they name no person."""
    return not any(match.kind not in {"phone", "postcode", "email"} for match in guard.find(words))


def postcode(value: str) -> str:
    """`value` as a UK postcode, or an empty string where it is none."""
    match = POSTCODE.match(" ".join(value.upper().split()))
    return f"{match[1]} {match[2]}" if match else ""


def postcodes_in(prose: str) -> list[str]:
    """Every UK postcode in running text, each once."""
    found = (f"{m[1]} {m[2]}".upper() for m in POSTCODE_IN_TEXT.finditer(prose) if m[0].upper() == m[0])
    return list(dict.fromkeys(found))


def day(value: Any, field: str, today: date, notes: Notes) -> date | None:
    """The date in an ISO date or date-time; None, and noted, where it is no date or lies in the future."""
    raw = text(value, field, notes)
    if not raw:
        return None
    try:
        found = date.fromisoformat(raw[:10])
    except ValueError:
        notes.mended(f"`{field}` was no date: left out", raw)
        return None
    if found > today or found.year < 1990:
        notes.mended(f"`{field}` was in the future or long past: left out", raw)
        return None
    return found


def number(value: Any, field: str, notes: Notes) -> float | None:
    """A number, also from text such as `53.4`; None, and noted, where it is none."""
    if value is None or value == "":
        return None
    try:
        if isinstance(value, bool):
            raise ValueError
        return float(value)
    except (TypeError, ValueError):
        notes.mended(f"`{field}` was no number: left out", value if isinstance(value, str) else _kind(value))
        return None


def objects(value: Any, field: str, notes: Notes) -> list[dict[str, Any]]:
    """The objects in a list; a single object counts as a list of one. Anything else is dropped and noted."""
    if isinstance(value, dict):
        value = [value]
    if not isinstance(value, list):
        if value not in (None, ""):
            notes.mended(f"`{field}` held no list: left out", _kind(value))
        return []
    found = [item for item in value if isinstance(item, dict)]
    if len(found) < len(value):
        notes.mended(f"`{field}` held items that are no objects: left out")
    return found


def _kind(value: Any) -> str:
    kinds = {bool: "true or false", list: "a list", dict: "an object", str: "text", int: "a number", float: "a number"}
    return kinds.get(type(value), "something else")

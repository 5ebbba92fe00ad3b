"""The kinds of value that front matter holds, each with the advice an editor needs."""

import re
import uuid
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    WithJsonSchema,
)
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from webapp.library import occurrences

PICTURE = r"^/media/.+\.(?:svg|png|jpe?g|webp|gif)$"
SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
# UK postcodes: BS 7666 as published in the government's Bulk Data Transfer guidance, without the exotic islands.
POSTCODE = re.compile(r"^([A-Z]{1,2}[0-9][A-Z0-9]?) ?([0-9][A-Z]{2})$")
EMAIL = re.compile(r"^[^@\s<>]+@[^@\s<>]+\.[a-zA-Z]{2,}$")
ALIAS_PATH = re.compile(r"^(/[a-z0-9]+(-[a-z0-9]+)*)+$")
PERIOD = re.compile(r"^([0-9]{1,3}) ?(day|week|month|year)s?$")
# Ofcom, National Telephone Numbering Plan: after the 0 these have ten digits; a few other places have nine.
ELEVEN = re.compile(r"0(?:[237]|11|1.1)")
# 111, 999, 116 123, 85258, and the few freephone numbers of eight digits: 0800 1111, 0845 46 47.
SHORT = re.compile(r"[1-9](?: ?[0-9]){2,5}|0 ?8(?:00|08|45) ?[0-9]{2} ?[0-9]{2}|0500 ?[0-9]{2} ?[0-9]{2}")
EXTENSION = re.compile(
    r"[\s,;(]*(?:\bext(?:ension|n)?\b\.?|\bx(?=\.? ?[0-9])|#)[.:]? ?([0-9]{1,6})\)?\s*$", re.IGNORECASE
)
RELAY = re.compile(r"^\s*1800[12][\s-]*(?=[0+(])")  # Relay UK, for people who type: dialled before the number itself
CLOCK = re.compile(r"^([01]?[0-9]|2[0-3])[:.]([0-5][0-9])$")


def _advice(message: str) -> PydanticCustomError:
    return PydanticCustomError("advice", "{said}", {"said": message})


@dataclass(frozen=True)
class term:  # noqa: N801 - reads as a word in `Annotated[str, term("places")]`
    """Takes only slugs of the named vocabulary. Without one in the context (reading back) nothing is looked up."""

    vocabulary: str

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.with_info_after_validator_function(self._known, handler(source))

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"type": "string", "x-vocabulary": self.vocabulary}  # library.schema puts the words in

    def _known(self, value: str, info: core_schema.ValidationInfo) -> str:
        words: Any = info.context
        if words is None or self.vocabulary not in words.files or value in words.terms(self.vocabulary):
            return value
        near = words.advice(self.vocabulary, value)
        raise _advice(f"it is not in content/vocabulary/{self.vocabulary}.yml{near}")


def _postcode(value: str) -> str:
    match = POSTCODE.match(value.upper().strip())
    if not match:
        raise _advice("this is not a UK postcode: write it as in M22 4DZ")
    return f"{match[1]} {match[2]}"


def _phone(value: Any) -> Any:
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        return value
    number = RELAY.sub("", EXTENSION.sub("", value)).strip()
    if SHORT.fullmatch(number):
        return value
    digits = re.sub(r"\D", "", number)
    if len(digits) >= 20:
        raise _advice("these are two numbers: give each a line of its own under `contacts`")
    if not 10 <= len(digits) <= 14:
        raise _advice("this is not a phone number: write it as in 0161 496 0123")
    return value


def lacks_digits(phone: str) -> str:
    """What `phone` has lost on its way through a spreadsheet or a tired hand; empty where nothing shows."""
    phone = RELAY.sub("", EXTENSION.sub("", phone)).strip()
    digits = re.sub(r"\D", "", phone)
    if len(digits) != 10 or phone.startswith("+"):
        return ""
    if digits[0] != "0":
        return f"the 0 that it begins with is gone: write it as in 0{digits[:3]} {digits[3:6]} {digits[6:]}"
    return "a digit is missing: numbers that begin like this have eleven" if ELEVEN.match(digits) else ""


def dialled(phone: str) -> str:
    """What a telephone dials for `phone`: the number, and after a pause its extension, as in `01614960111,204`."""
    extension = EXTENSION.search(phone)
    plain = EXTENSION.sub("", phone)
    number = re.sub(r"[^0-9+*#]", "", plain.replace("(0)", "") if "+" in plain else plain)
    return f"{number},{extension[1]}" if extension else number


def _whole_phone(value: str) -> str:
    if fault := lacks_digits(value):
        raise _advice(fault)
    return value


def _email(value: str) -> str:
    if not EMAIL.match(value):
        raise _advice("this is not an e-mail address: write it as in hello@example.org")
    return value


def _url(value: str) -> str:
    if not re.match(r"^https?://[^\s/]+\.[^\s]+$", value) or not _is_address(value):
        raise _advice("this is not a web address: write it whole, beginning with https://")
    return value


def _is_address(value: str) -> bool:
    try:
        return bool(urlsplit(value).hostname)
    except ValueError:  # `http://[www.example.org`
        return False


def _site_path(value: str) -> str:
    if not value.startswith("/") or value.startswith("//"):
        raise _advice("this is not a path of this site: begin with /, as in /toolkit/good-questions")
    return value


def _picture(value: str) -> str:
    if not re.search(PICTURE, value):
        raise _advice("this is no picture of the site: put one under content/media/, and name it as in /media/gate.jpg")
    return value


def _alias(value: str) -> str:
    if not re.match(SLUG, value) and not ALIAS_PATH.match(value):
        raise _advice("this is no old address: write it as in `old-name`, or whole, as in /toolkit/old-name")
    return value


def _clock(value: Any) -> Any:
    match = CLOCK.match(value.strip()) if isinstance(value, str) else None
    if not match:
        raise _advice("this is not a time: write it as in 10:30 or 18:00")
    return f"{int(match[1]):02d}:{match[2]}"


def overnight(starts: str, ends: str) -> bool:
    """Whether `starts` to `ends`, as in 20:00 to 08:00, is a night and the morning after, and no slip of the clock.

    To begin before three in the afternoon, or to end after midday, is more likely a time that lacks its "pm".
    """
    starts, ends = starts.zfill(5), ends.zfill(5)
    return ends < starts and (ends == "00:00" or (starts >= "15:00" and ends <= "12:00"))


def _rule(value: str) -> str:
    rule = value.strip().removeprefix("RRULE:").upper()
    if fault := occurrences.fault(rule):
        raise _advice(fault)
    return rule


def _period(value: Any) -> Any:
    if not isinstance(value, str) or not PERIOD.match(value.strip()):
        raise _advice("use a number and a unit, as in `6 months`")
    return value.strip()


def is_uuid(value: str) -> bool:
    """Whether `value` is a UUID, which no reader wants to see."""
    try:
        uuid.UUID(value)
    except ValueError:
        return False
    return True


def _gap_reference(value: str) -> str:
    if not re.fullmatch(r"GAP-[0-9]{4,}", value):
        raise _advice("this is not a gap reference: write it as in GAP-0001")
    return value


def _shape(pattern: str, description: str) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "pattern": pattern, "description": description})


Text = Annotated[str, Field(min_length=1, max_length=500)]
Paragraph = Annotated[str, Field(min_length=1, max_length=4000)]
Title = Annotated[str, Field(min_length=1, max_length=120)]
Summary = Annotated[str, Field(min_length=1, max_length=300)]
Alias = Annotated[str, Field(max_length=300), AfterValidator(_alias)]
Slug = Annotated[str, Field(pattern=SLUG, max_length=120)]
Postcode = Annotated[
    str, AfterValidator(_postcode), _shape(r"^[A-Za-z]{1,2}[0-9][A-Za-z0-9]? ?[0-9][A-Za-z]{2}$", "as in M22 4DZ")
]
Phone = Annotated[str, BeforeValidator(_phone)]
NewPhone = Annotated[Phone, AfterValidator(_whole_phone)]  # typed just now by somebody who can look again
Email = Annotated[str, AfterValidator(_email), _shape(EMAIL.pattern, "as in hello@example.org")]
Url = Annotated[str, Field(max_length=2000), AfterValidator(_url), _shape(r"^https?://", "beginning with https://")]
SitePath = Annotated[
    str, Field(max_length=500), AfterValidator(_site_path), _shape(r"^/(?!/)", "as in /toolkit/good-questions")
]
PicturePath = Annotated[SitePath, AfterValidator(_picture), _shape(PICTURE, "as in /media/photos/garden.jpg")]
Clock = Annotated[str, BeforeValidator(_clock), _shape(CLOCK.pattern, "as in 10:30 or 18:00")]
Rule = Annotated[str, Field(max_length=300), AfterValidator(_rule), _shape(r"FREQ=", "as in FREQ=MONTHLY;BYDAY=2TU")]
Period = Annotated[str, BeforeValidator(_period), _shape(PERIOD.pattern, "as in `6 months`")]
GapReference = Annotated[str, AfterValidator(_gap_reference), _shape(r"^GAP-[0-9]{4,}$", "as in GAP-0001")]


@dataclass(frozen=True)
class shorthand:  # noqa: N801
    """Lets `cost: free` stand for `cost: {band: free}`, and with `many` `referral: [self, gp]` for `{routes: […]}`."""

    key: str
    many: bool = False

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_before_validator_function(self._spread, handler(source))

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        whole = handler(core)
        inner = handler.resolve_ref_schema(whole)["properties"][self.key]
        return {"anyOf": [whole, inner, *([inner["items"]] if self.many else [])]}

    def _spread(self, value: Any) -> Any:
        if isinstance(value, str):
            return {self.key: [value] if self.many else value}
        return {self.key: value} if self.many and isinstance(value, list) else value


def after(start: date, period: str) -> date:
    """The date `period` (`6 months`) after `start`; the last day of a shorter month where there is no such day.

    Raises ValueError where `period` is no such period.
    """
    match = PERIOD.match(period)
    if not match:
        raise ValueError(f"not a period: {period!r}")
    count, unit = int(match[1]), match[2]
    if unit in {"day", "week"}:
        return start + timedelta(days=count * (7 if unit == "week" else 1))
    months = start.month - 1 + count * (12 if unit == "year" else 1)
    year, month = start.year + months // 12, months % 12 + 1
    last = (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month, min(start.day, last))

"""The kinds of value that front matter holds, each with the advice an editor needs."""

import re
from datetime import date, timedelta
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo
from pydantic_core import PydanticCustomError

SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
# UK postcodes: BS 7666 as published in the government's Bulk Data Transfer guidance, without the exotic islands.
POSTCODE = re.compile(r"^([A-Z]{1,2}[0-9][A-Z0-9]?) ?([0-9][A-Z]{2})$")
EMAIL = re.compile(r"^[^@\s<>]+@[^@\s<>]+\.[a-zA-Z]{2,}$")
ALIAS_PATH = re.compile(r"^(/[a-z0-9]+(-[a-z0-9]+)*)+$")
PERIOD = re.compile(r"^([0-9]{1,3}) ?(day|week|month|year)s?$")
CLOCK = re.compile(r"^([01]?[0-9]|2[0-3])[:.]([0-5][0-9])$")


def _advice(message: str) -> PydanticCustomError:
    return PydanticCustomError("advice", "{said}", {"said": message})


def term(vocabulary: str) -> AfterValidator:
    """Takes only slugs of the named vocabulary. Without one in the context (reading back) nothing is looked up."""

    def known(value: str, info: ValidationInfo) -> str:
        if info.context is not None and vocabulary in info.context.files:
            slugs = info.context.terms(vocabulary)
            if value not in slugs:
                near = info.context.advice(vocabulary, value)
                raise _advice(f"it is not in content/vocabulary/{vocabulary}.yml{near}")
        return value

    return AfterValidator(known)


def _postcode(value: str) -> str:
    match = POSTCODE.match(value.upper().strip())
    if not match:
        raise _advice("this is not a UK postcode: write it as in M22 4DZ")
    return f"{match[1]} {match[2]}"


def _phone(value: str) -> str:
    if not 10 <= len(re.sub(r"\D", "", value)) <= 14 and not re.fullmatch(r"[0-9]{3,6}", value):
        raise _advice("this is not a phone number: write it as in 0161 496 0123")
    return value


def _email(value: str) -> str:
    if not EMAIL.match(value):
        raise _advice("this is not an e-mail address: write it as in hello@example.org")
    return value


def _url(value: str) -> str:
    if not re.match(r"^https?://[^\s/]+\.[^\s]+$", value):
        raise _advice("this is not a web address: write it whole, beginning with https://")
    return value


def _site_path(value: str) -> str:
    if not value.startswith("/") or value.startswith("//"):
        raise _advice("this is not a path of this site: begin with /, as in /toolkit/good-questions")
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


def _period(value: Any) -> Any:
    if not isinstance(value, str) or not PERIOD.match(value.strip()):
        raise _advice("use a number and a unit, as in `6 months`")
    return value.strip()


def _gap_reference(value: str) -> str:
    if not re.fullmatch(r"GAP-[0-9]{4,}", value):
        raise _advice("this is not a gap reference: write it as in GAP-0001")
    return value


Text = Annotated[str, Field(min_length=1, max_length=500)]
Title = Annotated[str, Field(min_length=1, max_length=120)]
Summary = Annotated[str, Field(min_length=1, max_length=300)]
Alias = Annotated[str, Field(max_length=300), AfterValidator(_alias)]
Slug = Annotated[str, Field(pattern=SLUG, max_length=120)]
Postcode = Annotated[str, AfterValidator(_postcode)]
Phone = Annotated[str, AfterValidator(_phone)]
Email = Annotated[str, AfterValidator(_email)]
Url = Annotated[str, Field(max_length=2000), AfterValidator(_url)]
SitePath = Annotated[str, Field(max_length=500), AfterValidator(_site_path)]
Clock = Annotated[str, BeforeValidator(_clock)]
Period = Annotated[str, BeforeValidator(_period)]
GapReference = Annotated[str, AfterValidator(_gap_reference)]


def shorthand(key: str) -> BeforeValidator:
    """Lets `cost: free` stand for `cost: {band: free}`."""
    return BeforeValidator(lambda value: {key: value} if isinstance(value, str) else value)


def shorthand_list(key: str) -> BeforeValidator:
    """Lets `referral: self` or `referral: [self, gp]` stand for `referral: {routes: [...]}`."""

    def spread(value: Any) -> Any:
        if isinstance(value, str):
            return {key: [value]}
        return {key: value} if isinstance(value, list) else value

    return BeforeValidator(spread)


def after(start: date, period: str) -> date:
    """The date `period` (`6 months`) after `start`; the last day of a shorter month where there is no such day.

    Raises ValueError where `period` is none.
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

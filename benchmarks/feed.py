"""A published Open Referral UK list of services as Documents, for measuring only: `content import` is the importer."""

import html
import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from webapp.library.document import Document
from webapp.library.search import given_ages
from webapp.library.search.ranking import MOST_AUDIENCES

_TAGS = re.compile(r"<[^>]*>")
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
SUMMARY_CHARACTERS = 250


def documents(file: Path) -> Iterator[Document]:
    """One document a service, in the order of the feed. The card holds its id."""
    for row, service in enumerate(json.loads(file.read_text("utf-8"))):
        title, body = plain(service["name"]), plain(service["description"])
        summary = _SENTENCE.split(body, maxsplit=1)[0][:SUMMARY_CHARACTERS]
        ages = given_ages.given(title, summary, body)
        yield Document(
            row=row,
            id=service["id"],
            kind="asset",
            path=f"/directory/{service['id']}",
            title=title,
            summary=summary,
            organisation=plain((service.get("organization") or {}).get("name") or ""),
            body=body,
            words=" ".join(_audiences(service)),
            facets={"~age": (f"{ages[0]}-{ages[1]}",)} if ages else {},
            verified=_date(service.get("assured_date")),
            status=service.get("status") or "active",
            card={"id": service["id"], "title": title},
        )


def plain(text: str) -> str:
    """Text without its HTML."""
    return " ".join(html.unescape(_TAGS.sub(" ", text or "")).split())


def _audiences(service: dict[str, Any]) -> Iterator[str]:
    audiences = service.get("pc_targetAudience") or ()
    for audience in audiences if len(audiences) <= MOST_AUDIENCES else ():
        yield audience["audienceType"].replace(">", " ")


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text[:10]) if text else None

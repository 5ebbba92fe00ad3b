"""Fills databases with a large gap log and measures what commissioners open: python -m benchmarks.gaps

20,000 gaps with 200,000 events and 60,000 people who joined, on SQLite and on PostgreSQL. Prints the middle and the
95th per cent of the times of whole pages, in milliseconds, and of the files the seconds and the memory they took.
"""

import random
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert, text

from benchmarks import filled
from tests.support import people
from webapp.db.engine import db, now
from webapp.gaps import search_terms
from webapp.gaps.models import Gap, GapAudience, GapCounter, GapEvent, GapSupport
from webapp.gaps.residents import Band
from webapp.gaps.statuses import CLOSED, Status
from webapp.library.vocabulary import Vocabulary
from webapp.people.models import User

GAPS, EVENTS, JOINED, PEOPLE = 20_000, 200_000, 60_000, 500
PAGES = (
    ("triage", "/commissioning/gaps"),
    ("triage, filtered", "/commissioning/gaps?status=open&place=gorton-levenshulme&sort=people"),
    ("triage, words", "/commissioning/gaps?q=evening+choir"),
    ("triage, last page", "/commissioning/gaps?page=600"),
    ("one gap", "/commissioning/gaps/GAP-10000"),
    ("dashboard", "/commissioning"),
    ("dashboard, a year of one locality", "/commissioning?from=2026-01-01&to=2026-12-31&locality=central"),
    ("cross-tab, place by audience", "/commissioning/cross-tab"),
    ("cross-tab, outcome by team, all", "/commissioning/cross-tab?rows=outcome&columns=team&shown=all"),
    ("cross-tab, audience by status, reported", "/commissioning/cross-tab?rows=audience&columns=status&shown=reported"),
    ("report, three months", "/commissioning/report"),
    ("report for carers", "/commissioning/report?audience=carers"),
)
FILES = (
    ("CSV", "/commissioning/gaps.csv"),
    ("JSON", "/commissioning/gaps.json"),
    ("Excel", "/commissioning/gaps.xlsx"),
    ("Word report", "/commissioning/report.docx"),
    ("PDF report", "/commissioning/report.pdf"),
)
NEEDS = (
    "a choir in the evening",
    "a shed at the weekend",
    "help with a garden",
    "somewhere warm to eat",
    "a quiet group",
)
AUDIENCES = ("older-people", "carers", "dementia", "autism", "men", "women", "mental-health", "sight-loss")
OUTCOMES = ("", "relationships", "home-safety", "community", "contribution")
FOR = ("for carers", "in Urdu", "near a bus", "without steps", "that costs nothing", "for men", "after work")


def main() -> None:
    size = filled.size_asked_for("gaps", "A large gap log, measured.")
    for app in filled.sites(fill, size):
        filled.measure(app, [(name, "carol", path) for name, path in PAGES], float("inf"))
        filled.measure_files(app, "carol", FILES)


def fill(words: Vocabulary, size: int) -> None:
    """The same every time, but for the days: they are told back from now."""
    chance, today = random.Random(42), now()
    count = GAPS // size
    filled.write(User, _people(today))
    gaps = list(_gaps(count, chance, today))
    filled.write(Gap, gaps)
    db.session.execute(insert(GapCounter), [{"id": 1, "last": count}])
    filled.write(GapAudience, _audiences(gaps, chance))
    filled.write(GapEvent, _events(gaps, EVENTS // size, chance))
    filled.write(GapSupport, _supports(gaps, JOINED // size, chance))
    filled.write(search_terms.GapTerm, _terms(gaps))
    db.session.execute(text("analyze"))


def _terms(gaps: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for row in gaps:
        for term in search_terms.of(Gap(needed=row["needed"], words="")):
            yield {"term": term, "gap_id": row["id"]}


def _people(today: datetime) -> Iterator[dict[str, Any]]:
    for number in range(1_000, 1_000 + PEOPLE):
        yield {
            "id": number, "email": f"p{number}@example.org", "name": f"Person {number}", "team": "",
            "password_hash": "", "disabled": False, "session_version": 0, "created_at": today,
        }  # fmt: skip


def _gaps(count: int, chance: random.Random, today: datetime) -> Iterator[dict[str, Any]]:
    places = ["", "gorton-levenshulme", "ardwick-longsight", "cheetham-crumpsall", "hulme-moss-side-rusholme"]
    places += ["ancoats-clayton-bradford", "fallowfield-withington", "chorlton-whalley-range-fallowfield"]
    themes = ["", "carers", "falls", "dementia", "homecare", "autism", "technology", "community-assets"]
    for number in range(1, count + 1):
        at = today - timedelta(days=900 * (1 - number / count), minutes=chance.randrange(600))
        status = chance.choice([*Status, Status.NEW, Status.MET])
        answered = status in CLOSED or chance.random() < 0.3
        yield {
            "id": number,
            "needed": f"{chance.choice(NEEDS).capitalize()} {chance.choice(FOR)} {chance.choice(FOR)}. " * 3,
            "place": chance.choice(places),
            "outcome": chance.choice(OUTCOMES), "activity": "", "words": "", "about": "",
            "evidence": "I rang three places and all were full. " * 5,
            "reporter_id": 1_000 + chance.randrange(PEOPLE),
            "reporter_team": chance.choice(places[1:]),
            "created_at": at,
            "people": 1 + chance.randrange(6),
            "status": status,
            "status_reason": "Somebody is asking around. " * 2,
            "closed_at": min(today, at + timedelta(days=chance.randrange(200))) if status in CLOSED else None,
            "answer": "This is what was found and what happens now. " * 6 if answered else "",
            "answered_at": min(today, at + timedelta(days=chance.randrange(90))) if answered else None,
            "answer_changed_at": None, "answered_by_id": None, "answered_team": "",
            "theme": chance.choice(themes), "workstream": "",
            "owner_id": people.PEOPLE["carol"].id if chance.random() < 0.2 else None,
            "version": 1,
            **_residents(chance),
        }  # fmt: skip


def _residents(chance: random.Random) -> dict[str, Any]:
    said = chance.choice(list(Band))
    low, high = said.low, said.low if said.high is None else said.high
    return {"residents": said, "residents_low": low, "residents_high": high, "residents_more": said.high is None}


def _audiences(gaps: list[dict[str, Any]], chance: random.Random) -> Iterator[dict[str, Any]]:
    for gap in gaps:
        for audience in chance.sample(AUDIENCES, chance.randrange(3)):
            yield {"gap_id": gap["id"], "audience": audience}


def _events(gaps: list[dict[str, Any]], count: int, chance: random.Random) -> Iterator[dict[str, Any]]:
    for number in range(1, count + 1):
        gap = gaps[number % len(gaps)]
        at = gap["created_at"] + timedelta(days=chance.randrange(100))
        yield {
            "gap_id": gap["id"],
            "kind": "status",
            "at": at,
            "team": "",
            "status": Status.UNDER_REVIEW,
            "text": "Seen.",
        }


def _supports(gaps: list[dict[str, Any]], count: int, chance: random.Random) -> Iterator[dict[str, Any]]:
    each = count // len(gaps)
    for gap in gaps:
        for person in chance.sample(range(1_000, 1_000 + PEOPLE), each):
            yield {"gap_id": gap["id"], "user_id": person, "team": "", "evidence": "", "created_at": gap["created_at"]}


if __name__ == "__main__":
    sys.exit(main())

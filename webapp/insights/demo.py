"""Sample learning logs, barriers, sessions and measures of every team, so that the demonstration has figures to show.

They go back to the October of the last October to January that is over, half a year at the least. From October to
January, 95 of 100 logs say that it helped or partly helped, as staff of the real programme did in one such period.
Rows are written many at once: made through the site one by one, they would keep the demonstration from starting.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from webapp.barriers.models import Barrier, BarrierCounter, BarrierEvent, BarrierSource
from webapp.barriers.statuses import Status
from webapp.english.dates import HERE, WEEKDAYS, day_of
from webapp.insights.measures import slug_of
from webapp.insights.models import Better, Measure, MeasurePoint
from webapp.insights.periods import shift
from webapp.learning_logs.models import Helped, LearningLog, LearningLogTheme
from webapp.library.generation.reader import Generation
from webapp.library.terms import Team
from webapp.people.models import User, UserRole
from webapp.pii import guard
from webapp.spotlights.models import SessionFeedback, SessionTheme, SpotlightSession, Useful

TEXTS = Path(__file__).with_name("demo_texts.yml")
COLLEAGUES = 9  # of each team, who cannot sign in
HELPED = 0.95
WANDERS = (0.0, -0.01, 0.01, 0.0)  # month by month, from October on
WEEKS_BETWEEN = 6  # sessions of one team

Data = Mapping[str, Any]
Rows = list[dict[str, Any]]


def load_demo(session: Session, gen: Generation, leads: Mapping[str, int], now: datetime) -> None:
    """Add everything, where no log has been written yet. `leads` has who answers for each workstream. Commit after."""
    teams = list(gen.vocabulary.teams.values())
    if not teams or session.scalar(select(LearningLog.id).limit(1)) is not None:
        return
    data = _guarded(yaml.safe_load(TEXTS.read_text(encoding="utf-8")))
    dice = random.Random(202601)  # nosec B311 # noqa: S311 - nothing secret: the demonstration looks alike each time
    first = first_month(day_of(now))
    people = _colleagues(session, teams, now)
    _logs(session, dice, data, gen, people, first, now)
    _barriers(session, dice, data, people, leads, first, now)
    _sessions(session, dice, data, gen, people, first, now)
    _measures(session, dice, data, first, now)


def first_month(today: date) -> date:
    """The October of the last October to January that is over; with it, always more than six months are told."""
    year = today.year - 1 if today.month > 1 else today.year - 2
    return min(date(year, 10, 1), shift(today.replace(day=1), -6))


def _guarded(data: Any) -> Any:
    """The same, once the guard has read every text: what it stops is no sample for anybody."""
    if isinstance(data, dict):
        return {name: _guarded(value) for name, value in data.items()}
    if isinstance(data, list):
        return [_guarded(value) for value in data]
    return str(guard.clean(data)) if isinstance(data, str) else data


def _colleagues(session: Session, teams: Sequence[Team], now: datetime) -> dict[str, list[int]]:
    """Those who write: the people of each team, and sample colleagues who are stopped and have no password."""
    here = select(User.team, User.id).join(UserRole).where(UserRole.role.in_(("practitioner", "facilitator")))
    found: dict[str, list[int]] = {team.slug: [] for team in teams}
    for team, number in session.execute(here.where(User.team.in_(found)).order_by(User.id)):
        found[team].append(number)
    rows: Rows = [
        {
            "email": f"sample-{team.slug}-{number}@example.org",
            "name": f"Sample colleague {number}, {team.label}"[:200],
            "team": team.slug,
            "password_hash": "",  # nosec B105 # an empty word lets nobody in
            "disabled": True,
            "session_version": 0,
            "created_at": now - timedelta(days=800),
        }
        for team in teams
        for number in range(1, COLLEAGUES + 1)
    ]
    ids = session.scalars(insert(User).returning(User.id, sort_by_parameter_order=True), rows).all()
    session.execute(insert(UserRole), [{"user_id": number, "role": "practitioner"} for number in ids])
    for row, number in zip(rows, ids, strict=True):
        found[row["team"]].append(number)
    return found


def _logs(
    session: Session,
    dice: random.Random,
    data: Data,
    gen: Generation,
    people: Mapping[str, Sequence[int]],
    first: date,
    now: datetime,
) -> None:
    by_month: dict[date, Rows] = {}
    for row in _rows_of_logs(dice, data, gen, people, first, now):
        by_month.setdefault(row["week"].replace(day=1), []).append(row)
    teams = list(people)
    for month, rows in by_month.items():
        # Those who say "not yet" are found in some teams more than in others, and in others of them each quarter.
        quarter = (month.year * 12 + month.month) // 3
        often = {team for place, team in enumerate(teams) if (place + quarter) % 5 < 2}
        order = sorted(
            range(len(rows)), key=lambda n: (rows[n]["team"] not in often or dice.random() < 0.2, dice.random())
        )
        share = HELPED + WANDERS[(month.month + 2) % 12 % len(WANDERS)]
        for n in order[: len(rows) - round(share * len(rows))]:
            rows[n]["helped"] = Helped.NOT_YET
    every = [row for rows in by_month.values() for row in rows]
    ids = session.scalars(insert(LearningLog).returning(LearningLog.id, sort_by_parameter_order=True), every).all()
    themes = list(gen.vocabulary.terms("themes"))
    pairs = [
        {"log_id": number, "theme": theme} for number in ids for theme in dice.sample(themes[:20], dice.randrange(3))
    ]
    session.execute(insert(LearningLogTheme), pairs)


def _rows_of_logs(
    dice: random.Random, data: Data, gen: Generation, people: Mapping[str, Sequence[int]], first: date, now: datetime
) -> Iterator[dict[str, Any]]:
    """A log of each person in about half of the weeks; all helped or partly helped."""
    for team, them in people.items():
        known = gen.vocabulary.teams[team]
        meets = WEEKDAYS.index(known.day) if known.day in WEEKDAYS else 2
        week = first + timedelta(days=-first.weekday() % 7)
        while week <= day_of(now):
            day = week + timedelta(days=min(meets + 1, 4))
            for author in them:
                at = datetime.combine(day, time(9 + dice.randrange(8), dice.randrange(60)), HERE)
                if dice.random() < 0.55 and at < now:
                    yield _log(dice, data, author, team, week, at)
            week += timedelta(weeks=1)


def _log(dice: random.Random, data: Data, author: int, team: str, week: date, at: datetime) -> dict[str, Any]:
    tries = dice.random() < 0.7
    return {
        "author_id": author,
        "team": team,
        "week": week,
        "created_at": at,
        "helped": Helped.HELPED if dice.random() < 0.72 else Helped.PARTLY,
        "experience": dice.choice(data["experience"]),
        "reflection": dice.choice(data["reflection"]),
        "concept": dice.choice(data["concept"]) if dice.random() < 0.6 else "",
        "experiment": dice.choice(data["experiment"]) if dice.random() < 0.5 else "",
        "will_try": dice.choice(data["will_try"]) if tries else "",
        "in_the_way": "",
        "share": tries and dice.random() < 0.8,
        "may_quote": dice.random() < 0.5,
        "with_peers": dice.random() < 0.6,
    }


def _barriers(
    session: Session,
    dice: random.Random,
    data: Data,
    people: Mapping[str, Sequence[int]],
    leads: Mapping[str, int],
    first: date,
    now: datetime,
) -> None:
    """One or two of each team in a month; the older ones are answered."""
    if session.scalar(select(BarrierCounter.last)) is not None:
        return
    days = (day_of(now) - first).days
    texts = [(kind, _worded(kind, what, n)) for kind in data["barriers"] for what in kind["what"] for n in range(3, 12)]
    dice.shuffle(texts)
    # Some teams raise much in one quarter, and others in the next.
    spread = [
        (team, n)
        for n in range(1 + days // 26)
        for place, team in enumerate(people)
        for _ in range(3 if (place + n // 4) % 5 == 1 else 1)
        if dice.random() < 0.6
    ]
    made = []
    for (team, n), (kind, text) in zip(spread, texts, strict=False):
        at = now - timedelta(days=days - 26 * n - dice.randrange(24), minutes=dice.randrange(600))
        if at < now:
            made.append((at, team, kind, text))
    rows: Rows = []
    events: Rows = []
    for number, (at, team, kind, text) in enumerate(sorted(made, key=lambda one: one[0]), 1):
        row, steps = _barrier(dice, data, number, (at, team, kind, text), people[team], leads, now)
        rows.append(row)
        events += steps
    session.execute(insert(Barrier), rows)
    session.execute(insert(BarrierEvent), events)
    session.add(BarrierCounter(id=1, last=len(rows)))
    session.flush()


def _worded(kind: Data, what: str, number: int) -> str:
    return str(kind["text"]).format(what=what, number=number)


def _barrier(
    dice: random.Random,
    data: Data,
    number: int,
    raised: tuple[datetime, str, Data, str],
    team: Sequence[int],
    leads: Mapping[str, int],
    now: datetime,
) -> tuple[dict[str, Any], Rows]:
    at, slug, kind, text = raised
    workstream = kind["workstream"]
    answered_at = at + timedelta(days=4 + dice.randrange(40), hours=dice.randrange(8))
    status, answer, reason = Status.NEW, "", ""
    if answered_at < now and dice.random() < 0.8:
        status = Status.CANNOT if dice.random() < 0.12 else Status.ANSWERED
        answer, reason = data["cannot"] if status is Status.CANNOT else kind["answer"], data["reasons"]
    elif answered_at < now:
        status, reason = dice.choice((Status.LOOKING, Status.ACTING)), data["reasons"]
    events: Rows = [{"barrier_id": number, "kind": "raised", "at": at, "status": Status.NEW, "text": ""}]
    if status is not Status.NEW:
        shared = {"barrier_id": number, "at": answered_at, "status": status}
        events.append({**shared, "kind": "status", "text": reason})
        if answer:
            events.append({**shared, "kind": "answered", "text": answer, "status": None})
    row = {
        "id": number,
        "text": text,
        "kind": kind["kind"],
        "workstream": workstream,
        "team": slug,
        "place": "",
        "theme": kind["theme"],
        "source": BarrierSource.DIRECT,
        "may_quote": dice.random() < 0.6,
        "reporter_id": team[number % len(team)],
        "created_at": at,
        "people": 1,
        "status": status,
        "status_reason": reason,
        "answer": answer,
        "answered_at": answered_at if answer else None,
        "answer_changed_at": answered_at if answer else None,
        "closed_at": answered_at if answer else None,
        "touched_at": None if status is Status.NEW else answered_at,
        "owner_id": None if status is Status.NEW else leads.get(workstream),
    }
    return row, events


def _sessions(
    session: Session,
    dice: random.Random,
    data: Data,
    gen: Generation,
    people: Mapping[str, Sequence[int]],
    first: date,
    now: datetime,
) -> None:
    """One of each team in six weeks, with who thought what of it."""
    pages = [(card["path"].rsplit("/", 1)[1], list(card.get("themes", ()))) for card in gen.section("spotlight")]
    if not pages or session.scalar(select(SpotlightSession.id).limit(1)) is not None:
        return
    rows: Rows = []
    themes: list[list[str]] = []
    for place, team in enumerate(people):
        day = first + timedelta(days=(3 * place) % 40)
        while (starts := datetime.combine(day, time(13, 30), HERE)) + timedelta(hours=2) < now:
            page = pages[(place + len(rows)) % len(pages)]
            rows.append(_session(dice, data, page[0], team, starts))
            themes.append(page[1][:2])
            day += timedelta(weeks=WEEKS_BETWEEN)
    ids = session.scalars(insert(SpotlightSession).returning(SpotlightSession.id, sort_by_parameter_order=True), rows)
    numbers = ids.all()
    about = [{"session_id": n, "theme": theme} for n, them in zip(numbers, themes, strict=True) for theme in them]
    if about:
        session.execute(insert(SessionTheme), about)
    answers = [
        _feedback(dice, data, number, author, row)
        for number, row in zip(numbers, rows, strict=True)
        for author in dice.sample(people[row["team"]], min(len(people[row["team"]]), 4 + dice.randrange(4)))
    ]
    session.execute(insert(SessionFeedback), answers)


def _session(dice: random.Random, data: Data, spotlight: str, team: str, starts: datetime) -> dict[str, Any]:
    return {
        "spotlight": spotlight,
        "team": team,
        "starts_at": starts,
        "ends_at": starts + timedelta(hours=1),
        "venue": "Sample room",
        "changed_at": starts,
        "came": 6 + dice.randrange(9),
        "notes": dice.choice(data["notes"]),
        "actions": dice.choice(data["actions"]),
        "held_at": starts + timedelta(hours=1),
    }


def _feedback(dice: random.Random, data: Data, number: int, author: int, row: Data) -> dict[str, Any]:
    return {
        "session_id": number,
        "user_id": author,
        "team": row["team"],
        "useful": dice.choices(list(Useful), (70, 25, 5))[0],
        "will_try": dice.choice(data["feedback_try"]) if dice.random() < 0.6 else "",
        "in_the_way": "",
        "may_quote": dice.random() < 0.5,
        "created_at": row["ends_at"] + timedelta(minutes=5 + dice.randrange(40)),
    }


def _measures(session: Session, dice: random.Random, data: Data, first: date, now: datetime) -> None:
    """Each with its months until the last that is over, and its trajectory half a year on."""
    if session.scalar(select(Measure.id).limit(1)) is not None:
        return
    last = shift(day_of(now).replace(day=1), -1)
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    for entry in data["measures"]:
        measure = Measure(
            slug=slug_of(entry["title"]),
            title=entry["title"],
            unit=entry["unit"],
            source=data["source"],
            better=Better(entry["better"]),
            target=entry["target"],
            created_at=now,
            changed_at=now,
        )
        session.add(measure)
        session.flush()
        digits = 1 if entry["unit"] == "%" else 0
        for n in range(count + 6):
            value = entry["first"] + entry["monthly"] * n + abs(entry["monthly"]) * dice.uniform(-1, 1)
            planned = round(entry["planned"] + entry["step"] * n, digits)
            figure = round(value, digits) if n < count else None
            session.add(MeasurePoint(measure_id=measure.id, month=shift(first, n), value=figure, trajectory=planned))
    session.flush()

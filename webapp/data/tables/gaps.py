"""The gap log: one row a gap. Who reported it is not in it: their team is."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import selectinload

from webapp.data import batches
from webapp.data.table import Asked, Column, Kind, Table, changed, changed_since, coded, day, placed, plain
from webapp.gaps import owners
from webapp.gaps.models import Gap, GapAudience, ref_of

TEXT, NUMBER, YES_NO, DAY, MOMENT = Kind.TEXT, Kind.NUMBER, Kind.YES_NO, Kind.DAY, Kind.MOMENT
WIDE = 50  # characters; the columns that people write sentences in
PLACE, LOCALITY, PLACE_CODE = placed()
OUTCOME, OUTCOME_CODE = coded("outcome", "What it would help with", "outcomes", heading="Outcome", width=28)
ACTIVITY, ACTIVITY_CODE = coded("activity", "What kind of thing it is", "activities", heading="Kind")
TEAM, TEAM_CODE = coded(
    "reporter_team", "The team of whoever reported it", "teams", heading="Reporter's team", width=28
)
ANSWERED_BY, _ = coded(
    "answered_by", "The team that answered", "teams", heading="Answered by", width=28, of="answered_team"
)
THEME, THEME_CODE = coded("theme", "Its theme", "themes", heading="Theme", width=22)
WORKSTREAM, WORKSTREAM_CODE = coded(
    "workstream", "The workstream that looks after it", "workstreams", heading="Workstream", width=24
)


def ref(number: int | None) -> str | None:
    """GAP-0001, or None where there is no gap."""
    return ref_of(number) if number else None


def of_gap() -> Column:
    """The column by which rows of another table belong to a gap."""
    return Column("gap", TEXT, "The gap it belongs to.", lambda row, _: ref(row.gap_id), to="gaps.ref")


COLUMNS = (
    plain("ref", TEXT, "Its number, such as GAP-0001. It never changes and is never given again.",
          heading="Reference", width=12),
    plain("needed", TEXT, "What was needed, as the reporter wrote it.", heading="What was needed", width=WIDE),
    PLACE, LOCALITY,
    Column("audience", TEXT, "Whom it is for, in words, with “;” between them. The table gap_audiences has one a row.",
           lambda g, words: "; ".join(filter(None, (words.label("audiences", slug) for slug in g.audiences))),
           heading="Who for", width=28),
    OUTCOME, ACTIVITY,
    plain("words", TEXT, "What was searched for and not found, with “;” between searches.", heading="Searched for"),
    plain("about", TEXT, "The page of this site that it was reported from.", heading="Reported from", width=24),
    plain("evidence", TEXT, "What the reporter had tried. Everyone who signs in can read it.",
          heading="What was tried", width=WIDE),
    Column("reported", DAY, "The day it was reported.", lambda g, _: day(g.created_at), heading="Reported", width=12),
    TEAM,
    plain("people", NUMBER, "How many colleagues asked: the reporter and everyone who joined. Not how many residents.",
          heading="Staff who asked", width=8),
    Column("residents", TEXT, "How many residents it would help, as colleagues say, in words. Never fewer than five.",
           lambda g, _: g.helps.words, heading="Residents it would help", width=14),
    Column("status", TEXT, "Where it stands, in words.", lambda g, _: g.status.label, heading="Status", width=22),
    plain("status_reason", TEXT, "Why it stands there.", heading="Status reason", width=WIDE),
    Column("closed", DAY, "The day it was closed, as met or not now. Empty while it is open.",
           lambda g, _: day(g.closed_at), heading="Closed", width=12),
    plain("answer", TEXT, "The answer that everyone can read.", heading="Answer", width=WIDE),
    Column("answered", DAY, "The day of the first answer.", lambda g, _: day(g.answered_at),
           heading="Answered", width=12),
    Column("answer_corrected", DAY, "The last day on which the answer was corrected.",
           lambda g, _: day(g.answer_changed_at), heading="Answer corrected", width=17),
    ANSWERED_BY, THEME, WORKSTREAM,
    Column("owner", TEXT, "The commissioner who looks after it, or that they have left.",
           lambda g, _: owners.name_of(g.owner, nobody=""), heading="Owner"),
    PLACE_CODE, OUTCOME_CODE, ACTIVITY_CODE, TEAM_CODE, THEME_CODE, WORKSTREAM_CODE,
    Column("status_code", TEXT, "Where it stands, as a code.", lambda g, _: g.status.value, codes="gap-statuses"),
    Column("is_open", YES_NO, "Whether it is still open.", lambda g, _: g.status.is_open),
    Column("residents_from", NUMBER, "The least that colleagues’ answers come to. Empty where nobody gave a number.",
           lambda g, _: g.helps.low or None),
    Column("residents_to", NUMBER, "The most that they come to. Empty where it has no end, or is not known.",
           lambda g, _: None if g.helps.more else g.helps.high or None),
    plain("target_on", DAY, "The day by which it is to be there, where it is planned."),
    plain("budget", NUMBER, "What is set aside for it, in pounds."),
    plain("may_quote", YES_NO, "Whether the reporter said that what they tried may be quoted outside, without a name."),
    plain("reported_at", MOMENT, "When it was reported.", of="created_at"),
    Column("merged_into", TEXT, "The gap that it was found to be the same as.",
           lambda g, _: ref(g.merged_into_id), to="gaps.ref"),
    Column("split_from", TEXT, "The gap that it was taken out of.", lambda g, _: ref(g.split_from_id), to="gaps.ref"),
    changed(),
)  # fmt: skip
AUDIENCE_COLUMNS = (
    of_gap(),
    *coded("audience", "One of those whom it is for", "audiences"),
)
FOR_PEOPLE = tuple(column for column in COLUMNS if column.heading)


def _rows(asked: Asked) -> Iterator[Any]:
    query = changed_since(select(Gap).options(selectinload(Gap.owner)), Gap, asked)
    return batches.in_order(asked.engine, query, [Gap.id])


def _audience_rows(asked: Asked) -> Iterator[Any]:
    key = [GapAudience.gap_id, GapAudience.audience]
    query = select(*GapAudience.__table__.c)
    if asked.since:
        query = query.join(Gap, Gap.id == GapAudience.gap_id).where(Gap.modified_at >= asked.since)
    return batches.in_order(asked.engine, query, key)


def shown(asked: Asked, query: Select[Gap]) -> Iterator[Any]:
    """The gaps that `query` finds, in its order: what a screen shows, as FOR_PEOPLE says it."""
    return batches.by_number(asked.engine, query.options(selectinload(Gap.owner)), Gap.id)


TABLE = Table(
    name="gaps",
    title="Gaps",
    row="One gap: something that people need and that nobody offers.",
    key=("ref",),
    columns=COLUMNS,
    rows=_rows,
    tells_changes=True,
    notes=(
        "Count those with an empty merged_into.",
        "The others were found to be the same as another gap, which counts their people.",
    ),
)
AUDIENCES = Table(
    name="gap_audiences",
    title="Whom gaps are for",
    row="One audience of a gap.",
    key=("gap", "audience_code"),
    columns=AUDIENCE_COLUMNS,
    rows=_audience_rows,
    tells_changes=True,
    notes=(
        "A gap without a row here is for anyone.",
        "With modified_after come all rows of the gaps that changed: put them in place of those you have.",
    ),
)

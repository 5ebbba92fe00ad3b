"""The forms of sessions: to plan one, to keep what came of it."""

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from wtforms.validators import ValidationError

from webapp.english import dates
from webapp.library.front_matter.model import SpotlightPage
from webapp.library.vocabulary import Vocabulary
from webapp.pii import guard
from webapp.spotlights.hosts import Hosting
from webapp.spotlights.models import EVERY_TEAM, SpotlightSession
from webapp.spotlights.sessions import MOST_CAME, MOST_THEMES, SessionPlan, SessionRecord
from webapp.web.day_fields import Day, TimeOfDay
from webapp.web.forms import Checkboxes, GuardedText, GuardedTextArea, NobodysNumber, Select, Text, Versioned

ALL = "all"  # how a form says EVERY_TEAM, as an empty choice is none
LENGTHS = (30, 45, 50, 60, 75, 90, 120, 150, 180, 240)
FIRST, LAST = (
    time(6),
    time(22),
)  # a session begins between these: never in the hour that a clock change skips or repeats
LONGEST_NOTES = 8000
BACK, AHEAD = timedelta(days=366), timedelta(days=731)
JOIN = re.compile(r"https?://[^\s/]+\.[^\s]+")
MEETING_NUMBER = re.compile(r"^(https://(?:[\w-]+\.)?zoom\.us/[jw]/)\d{9,11}")


class JoinAddress(Text):
    """The address of a meeting, whose number at Zoom may look like an NHS number and is known for what it is."""

    def __init__(self, label: str, **kwargs: Any) -> None:
        super().__init__(label, max_length=500, params={"type": "url", "spellcheck": False}, **kwargs)
        checks: list[Any] = list(self.validators)  # type: ignore[has-type]
        self.validators = [check for check in checks if not isinstance(check, NobodysNumber)]

    def post_validate(self, form: Any, validation_stopped: bool) -> None:
        if not self.data or self.errors:
            return
        if not JOIN.fullmatch(self.data):
            raise ValidationError("Joining link: paste the whole address, beginning with https://")
        if guard.numbers_somebody(MEETING_NUMBER.sub(r"\1", self.data)):
            raise ValidationError("Joining link: take out the number, which is somebody’s own")


class SessionPlanForm(Versioned):
    """When and where a team holds a spotlight."""

    team = Select("Who is it for?", choices=[], required="Choose who it is for")
    day = Day("Day", required="Enter the day", hint="For example, 2026-03-31.")
    at = TimeOfDay("Starts at", required="Enter the time it starts", hint="For example, 14:00.")
    minutes = Select("How long?", choices=[], required="Choose how long it lasts")
    venue = GuardedText("Where? (optional)", max_length=200, hint="The room, or the place and the room.")
    join = JoinAddress("Joining link (optional)", hint="For those who join from afar.")

    def __init__(self, words: Vocabulary, hosting: Hosting, kept: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(data=dict(kept), **kwargs)
        teams = [(slug, team.label) for slug, team in words.teams.items() if hosting.may(slug)]
        if hosting.all_teams:
            teams.insert(0, (ALL, "All teams"))
        team = kept.get("team", "")
        if team and team not in dict(teams) and hosting.may(team):
            teams.append((team, words.label("teams", team)))
        self.team.choices = teams if len(teams) == 1 else [("", "Choose who it is for"), *teams]
        lengths = sorted({*LENGTHS, int(kept.get("minutes") or LENGTHS[0])})
        self.minutes.choices = [(str(minutes), _length(minutes)) for minutes in lengths]

    def check_when(self, today: date) -> bool:
        """Whether the day and the time are ones on which a session can be; says what is wrong beside the field."""
        day, at = self.day.day, self.at.clock
        if day and not today - BACK <= day <= today + AHEAD:
            self.day.errors = ["Day: enter one from a year ago to two years ahead"]
        if at and not FIRST <= at <= LAST:
            message = f"Starts at: enter a time between {dates.clock(FIRST)} and {dates.clock(LAST)}"
            self.at.errors = [f"{message}. Two in the afternoon is 14:00"]
        return not self.errors

    def plan(self, spotlight: str) -> SessionPlan:
        """What was sent. Only for a form that is valid."""
        assert self.day.day
        assert self.at.clock
        return SessionPlan(
            spotlight=spotlight,
            team=EVERY_TEAM if self.team.data == ALL else self.team.data,
            starts_at=datetime.combine(self.day.day, self.at.clock, dates.HERE),
            minutes=int(self.minutes.data),
            venue=self.venue.clean,
            join=self.join.data or "",
        )


def suggested(front: SpotlightPage, words: Vocabulary, team: str, today: date) -> dict[str, Any]:
    """What a new plan begins with: what the page says, and where it says nothing, when and where the team meets."""
    known = words.teams.get(team)
    return {
        "team": team,
        "day": front.date.isoformat() if front.date >= today else "",
        "at": front.time or (known.time if known else None) or "",
        "minutes": str(front.length),
        "venue": front.venue or (known.room if known else None) or "",
        "join": front.join or (known.join if known else None) or "",
    }


def as_planned(held: SpotlightSession) -> dict[str, Any]:
    """What a form shows of a session that is planned."""
    starts = dates.local(held.starts_at)
    return {
        "team": held.team or ALL,
        "day": starts.date().isoformat(),
        "at": f"{starts:%H:%M}",
        "minutes": str(int((held.ends_at - held.starts_at).total_seconds() // 60)),
        "venue": held.venue,
        "join": held.join,
        "version": str(held.version),
    }


class NotesForm(Versioned):
    """What the room says, kept while the session runs."""

    notes = GuardedTextArea(
        "What the room said",
        max_length=LONGEST_NOTES,
        hint="Words, not who said them. Leave out whatever could identify somebody.",
        params={"rows": 6},
    )

    def __init__(self, held: SpotlightSession, **kwargs: Any) -> None:
        super().__init__(held, data={"notes": held.notes}, **kwargs)


class RecordForm(Versioned):
    """What is kept of a session."""

    came = Text(
        "How many came?",
        max_length=4,
        hint="A number. Who came is not kept.",
        params={"inputmode": "numeric", "classes": "govuk-input--width-4"},
    )
    themes = Checkboxes("What came up?", choices=[], hint=f"Choose up to {MOST_THEMES}.")
    notes = GuardedTextArea(
        "What the room said (optional)", max_length=LONGEST_NOTES, hint="Words, not who said them.", params={"rows": 6}
    )
    actions = GuardedTextArea(
        "What was agreed (optional)",
        max_length=2000,
        hint="Who does what by when. Name roles, not people.",
        params={"rows": 3},
    )

    def __init__(self, words: Vocabulary, held: SpotlightSession, themes: list[str], **kwargs: Any) -> None:
        came = "" if held.came is None else str(held.came)
        kept = {"version": str(held.version), "came": came, "notes": held.notes, "actions": held.actions}
        super().__init__(data={**kept, "themes": themes}, **kwargs)
        known = {slug: term.label for slug, term in words.terms("themes").items()}
        self.themes.choices = list(known.items()) + [(t, words.label("themes", t)) for t in themes if t not in known]

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        good = super().validate(*args, **kwargs)
        typed = self.came.data or ""
        if typed and not (typed.isascii() and typed.isdecimal() and int(typed) <= MOST_CAME):
            self.came.errors = [f"How many came: enter a number from 0 to {MOST_CAME:,}"]
            good = False
        if len(self.themes.data or ()) > MOST_THEMES:
            self.themes.errors = [f"What came up: choose {MOST_THEMES} or fewer"]
            good = False
        return good

    def record(self) -> SessionRecord:
        """What was sent. Only for a form that is valid."""
        came = int(self.came.data) if self.came.data else None
        return SessionRecord(came, tuple(self.themes.data or ()), self.notes.clean, self.actions.clean)


def _length(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    parts = [f"{hours} hour{'s' if hours > 1 else ''}"] if hours else []
    return " ".join(parts + ([f"{rest} minutes"] if rest else []))

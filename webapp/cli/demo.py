"""`signpost demo load`: the people of the demonstration and what happened before it begins. Safe to run again.

What happened is in `demo_history.yml`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import click
import yaml
from flask.cli import AppGroup
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from webapp.accounts import demo as people
from webapp.community import demo as communities
from webapp.db.engine import db
from webapp.db.engine import now as moment
from webapp.english import dates
from webapp.gaps import met_by, prototypes, report, triage
from webapp.gaps.models import Gap, GapCounter
from webapp.gaps.prototype_models import Decision, Prototype
from webapp.gaps.prototypes import PrototypeDecision
from webapp.gaps.report import GapReport, Told
from webapp.gaps.residents import Band
from webapp.gaps.statuses import Status
from webapp.insights import demo as insights
from webapp.mail.outbox import IN_PRODUCT, Message
from webapp.packs import demo as packs
from webapp.people.models import Convener, User, WorkstreamLead
from webapp.pii import guard
from webapp.searches import demo as searches
from webapp.upkeep import corrections, signposting, suggestions
from webapp.upkeep.corrections import Correction, CorrectionState, CorrectionTopic
from webapp.upkeep.signposting import Became
from webapp.upkeep.suggestions import SuggestedListing, SuggestionState
from webapp.web import current

HISTORY = Path(__file__).with_name("demo_history.yml")
ADDED_BY_COLLEAGUE = "A colleague added this group. Ring before you send someone."
WORKSTREAM = "responsive-commissioning"
NEWS = timedelta(days=7)  # what was sent in the last week of the history is still unread

Entry = dict[str, Any]  # one entry of the file

demo = AppGroup("demo", help="The demonstration.")


@demo.command()
def load() -> None:
    """Load the accounts and the history of the demonstration. What is there already stays as it is."""
    if not current.settings().demo:
        raise click.UsageError("These accounts have a password that everybody knows: set SIGNPOST_DEMO=1 first.")
    click.echo("The demonstration is loaded." if load_demo() else "The demonstration was loaded before.")


def load_demo() -> bool:
    """Everyone and everything, in one commit; False where the log had begun and only people could be missing."""
    session, now = db.session, moment()
    history = yaml.load(HISTORY.read_text("utf-8"), Loader=yaml.CSafeLoader)
    everyone = {user.email.split("@")[0]: user for user in people.load(session, now, history["teams"])}
    fresh = session.scalar(select(func.count()).select_from(GapCounter)) == 0
    if fresh:
        _relive(Life(session, everyone), history, now)
    _assign(session, everyone, history)
    communities.load_demo(session, current.content().vocabulary, history, everyone, now)
    leads = {slug: everyone[name].id for name, slugs in history["leads"].items() for slug in slugs}
    insights.load_demo(session, current.content(), leads, now)
    packs.load_demo(session, current.content(), history, everyone, now)
    searches.load_demo(session, now, list(everyone.values()), current.settings().secret_key)
    session.commit()
    return fresh


def _assign(session: Session, everyone: dict[str, User], history: Entry) -> None:
    """Let people lead and convene what the history says, where nobody has changed that since."""
    if session.scalar(select(WorkstreamLead.user_id).limit(1)) or session.scalar(select(Convener.user_id).limit(1)):
        return
    leads = [(everyone[name].id, slug) for name, slugs in history["leads"].items() for slug in slugs]
    session.add_all(WorkstreamLead(user_id=user_id, workstream=slug) for user_id, slug in leads)
    convenes = [(everyone[name].id, slug) for name, slugs in history["convenes"].items() for slug in slugs]
    session.add_all(Convener(user_id=user_id, team=slug) for user_id, slug in convenes)
    session.flush()


@dataclass(frozen=True)
class Act:
    """Something that somebody did then."""

    at: datetime
    do: Callable[[datetime], object]


def _relive(life: "Life", history: Entry, now: datetime) -> None:
    """Do everything again in the order in which it happened, by the functions that the site uses."""
    for number, gap in enumerate(history["gaps"], 1):
        life.remember_gap(number, gap)
    for entry in history["prototypes"]:
        life.remember_prototype(entry)
    for entry in history["told"]:
        life.remember_correction(entry)
    for entry in history["found"]:
        life.remember_found(entry)
    for entry in history["outcomes"]:
        life.remember_outcome(entry)
    acts = sorted(life.acts, key=lambda act: act.at)
    # A clock that is behind the history moves all of it: nothing has happened that is still to come.
    early = min(timedelta(0), now - timedelta(minutes=5) - acts[-1].at)
    for act in acts:
        act.do(act.at + early)
        life.session.flush()
    _tidy_messages(life.session, acts[-1].at + early)


class Life:
    """Collects what happened, each on its day and at an hour of its own."""

    def __init__(self, session: Session, everyone: dict[str, User]) -> None:
        self.session, self.everyone = session, everyone
        self.commissioner, self.editor = everyone["carol"], everyone["ewa"]
        self.acts: list[Act] = []

    def remember_gap(self, number: int, gap: Entry) -> None:
        self._then(gap["day"], partial(self._report, number, gap))
        for me in gap.get("joined", ()):
            self._then(me["day"], partial(self._join, number, me))
        for step in gap.get("steps", ()):
            self._then(step["day"], partial(self._step, number, gap, step))

    def remember_correction(self, entry: Entry) -> None:
        sent: list[Correction] = []
        self._then(entry["day"], partial(self._send_correction, sent, entry))
        if decided := entry.get("decided"):
            self._then(decided["day"], partial(self._decide, sent, decided))

    def remember_found(self, entry: Entry) -> None:
        sent: list[SuggestedListing] = []
        self._then(entry["day"], partial(self._send_found, sent, entry))
        if decided := entry.get("decided"):
            self._then(decided["day"], partial(self._decide_found, sent, decided))

    def remember_outcome(self, entry: Entry) -> None:
        self._then(entry["day"], partial(self._became, entry))

    def remember_prototype(self, entry: Entry) -> None:
        planned: list[Prototype] = []
        self._then(entry["day"], partial(self._plan, planned, entry))
        for note in entry["notes"]:
            self._then(note["day"], partial(self._learn, planned, note))
        if decided := entry.get("decided"):
            self._then(decided["day"], partial(self._end, planned, decided))

    def _then(self, day: str, do: Callable[[datetime], object]) -> None:
        opening = datetime.fromisoformat(day).replace(hour=9, tzinfo=UTC)
        self.acts.append(Act(opening + timedelta(minutes=7 * len(self.acts) % 420), do))

    def _report(self, number: int, entry: Entry, at: datetime) -> None:
        missing = GapReport(
            needed=guard.clean(entry["needed"]),
            place=entry.get("place", ""),
            audiences=entry.get("audiences", ()),
            outcome=entry.get("outcome", ""),
            activity=entry.get("activity", ""),
            evidence=_clean(entry, "evidence"),
            may_quote=entry.get("may_quote", False),
            residents=Band(entry.get("residents", "")),
        )
        gap = report.record(self.session, missing, self.everyone[entry["who"]], at)
        assert gap.id == number, f"{gap.ref} should be number {number}: list gaps in the order of their days"

    def _join(self, number: int, entry: Entry, at: datetime) -> None:
        told = Told(_clean(entry, "said"), entry.get("may_quote", False), Band(entry.get("residents", "")))
        report.join(self.session, self._gap(number), self.everyone[entry["who"]], at, told)

    def _step(self, number: int, story: Entry, step: Entry, at: datetime) -> None:
        gap, by = self._gap(number), self.commissioner
        if gap.owner_id is None:
            mine = {"theme": story["theme"], "workstream": WORKSTREAM, "owner": by.id}
            triage.assign(self.session, gap, by, at, version=gap.version, **mine)
            if "note" in story:
                triage.note(self.session, gap, guard.clean(story["note"]), by, at)
        answer = _clean(step, "answer")
        if "why" in step:
            to, why = Status(step["to"]), guard.clean(step["why"])
            for path in step.get("met_by", ()):
                met_by.link(self.session, gap, path, by, at)
            day = date.fromisoformat(step["target_on"]) if "target_on" in step else None
            more: dict[str, Any] = {"version": gap.version, "answer": answer, "target_on": day}
            triage.change_status(self.session, gap, to, why, by, at, **more)
            if "budget" in step:
                triage.assign(self.session, gap, by, at, version=gap.version, budget=step["budget"])
        elif answer:
            triage.answer(self.session, gap, answer, by, at, version=gap.version)

    def _send_correction(self, sent: list[Correction], entry: Entry, at: datetime) -> None:
        sender, topic = self.everyone[entry["who"]], CorrectionTopic(entry["topic"])
        sent.append(corrections.send(self.session, entry["about"], topic, _clean(entry, "text"), sender, at))

    def _decide(self, sent: list[Correction], entry: Entry, at: datetime) -> None:
        to, seen = CorrectionState(entry["to"]), sent[0].state
        corrections.decide(self.session, sent[0], to, _clean(entry, "why"), self.editor, at, seen=seen)

    def _send_found(self, sent: list[SuggestedListing], entry: Entry, at: datetime) -> None:
        sent.append(suggestions.send(self.session, entry["front"], ADDED_BY_COLLEAGUE, self.everyone[entry["who"]], at))

    def _decide_found(self, sent: list[SuggestedListing], entry: Entry, at: datetime) -> None:
        to, seen = SuggestionState(entry["to"]), sent[0].state
        suggestions.decide(self.session, sent[0], to, _clean(entry, "why"), self.editor, at, seen=seen)

    def _became(self, entry: Entry, at: datetime) -> None:
        became, by = Became(entry["became"]), self.everyone[entry["who"]]
        signposting.record(self.session, entry["about"], became, by, dates.day_of(at), at)

    def _plan(self, planned: list[Prototype], entry: Entry, at: datetime) -> None:
        texts = {name: guard.clean(entry[name]) for name in ("title", "public", "hypothesis", "tries", "measure")}
        first, last = date.fromisoformat(entry["starts_on"]), date.fromisoformat(entry["ends_on"])
        place, cost = entry["place"], entry["cost"]
        plan = prototypes.PrototypePlan(**texts, place=place, starts_on=first, ends_on=last, cost=cost)
        planned.append(prototypes.create(self.session, plan, self.commissioner, at))
        prototypes.link(self.session, planned[0], self._gap(entry["gap"]), self.commissioner, at)

    def _learn(self, planned: list[Prototype], note: Entry, at: datetime) -> None:
        prototypes.note(self.session, planned[0], guard.clean(note["text"]), self.commissioner, at)

    def _end(self, planned: list[Prototype], decided: Entry, at: datetime) -> None:
        texts = (guard.clean(decided["became"]), guard.clean(decided["learned"]))
        made = PrototypeDecision(Decision(decided["to"]), *texts, decided["cost"], decided["reached"])
        prototypes.decide(self.session, planned[0], made, self.commissioner, at, version=planned[0].version)

    def _gap(self, number: int) -> Gap:
        return self.session.get_one(Gap, number)


def _clean(entry: Entry, name: str) -> guard.CleanText | None:
    return guard.clean(entry[name]) if name in entry else None


def _tidy_messages(session: Session, end: datetime) -> None:
    """Nobody is written to about the past, and only the newest of it is news."""
    session.execute(delete(Message).where(Message.channel != IN_PRODUCT))
    session.execute(update(Message).where(Message.created_at < end - NEWS).values(read_at=Message.created_at))

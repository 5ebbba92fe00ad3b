"""The pages of spotlights: their index, each with the sessions that teams plan and have held, and its handouts."""

from collections.abc import Iterator
from datetime import timedelta

from flask import url_for
from flask.typing import ResponseReturnValue

from webapp.db.engine import db
from webapp.db.engine import now as moment
from webapp.english import dates
from webapp.people.models import Person, User
from webapp.reading import shelves, showing
from webapp.spotlights import hosts, queries
from webapp.spotlights.blueprint import bp
from webapp.spotlights.sessions import begun
from webapp.web import access, current, tasks

AHEAD = timedelta(weeks=13)


@bp.get("/spotlights/")
@access.signed_in
def index() -> ResponseReturnValue:
    gen, me, now = current.content(), current.person(), moment()
    cards = gen.section("spotlight")
    planned = queries.for_teams(db.session, _teams(me), since=now, until=now + AHEAD, cancelled_since=now)
    return showing.index(
        "spotlights",
        "spotlights/index.html",
        cards,
        calendar=shelves.calendar(cards, dates.day_of(now)),
        planned=[(held, card) for held in planned if (card := gen.card(f"/spotlights/{held.spotlight}"))],
        may_propose=me.has("convener", "commissioner", "admin"),
    )


@bp.get("/spotlights/<slug>")
@access.signed_in
def page(slug: str) -> ResponseReturnValue:
    me, now = current.person(), moment()
    mine = hosts.of(db.session, me)
    held = queries.held(db.session, slug, now)
    path = f"/spotlights/{slug}"
    calendar = _calendar()
    return showing.show(
        "spotlights",
        path,
        "spotlights/page.html",
        calendar=calendar,
        around=calendar.around(path),
        slug=slug,
        hosting=mine,
        coming=queries.coming(db.session, slug, now),
        held=held,
        came_up=queries.themes(db.session, held),
        begun=lambda session: begun(session, now),
    )


@bp.get("/spotlights/<slug>/<name>")
@access.signed_in
def handout(slug: str, name: str) -> ResponseReturnValue:
    return showing.show("spotlights", f"/spotlights/{slug}/{name}", calendar=_calendar())


@tasks.source("facilitator", "commissioner", "admin")
def to_write_up(user: User) -> Iterator[tasks.Item]:
    """Sessions that were held and of which nothing is kept yet."""
    me, now = current.person(), moment()
    mine = hosts.of(db.session, me)
    if mine.all_teams:
        mine = hosts.Hosting(frozenset({me.team} - {""}))  # the home page asks for what is one's own
    sessions = queries.to_write_up(db.session, mine, now) if mine else []
    if sessions:
        first = sessions[0]
        label = "spotlight session to write up" if len(sessions) == 1 else "spotlight sessions to write up"
        href = url_for("spotlights.write_record", slug=first.spotlight, number=first.id)
        yield tasks.Item(label, href, len(sessions))


def _calendar() -> shelves.Calendar:
    return shelves.calendar(current.content().section("spotlight"), dates.day_of(moment()))


def _teams(me: Person) -> frozenset[str]:
    """The teams whose sessions concern this person: their own, and those they hold sessions for."""
    return hosts.of(db.session, me).teams | ({me.team} - {""})

"""Every community, by the kind of team and its locality; and for commissioners the meetings they are asked to."""

from collections.abc import Iterator

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from webapp.community import invitations, meetings
from webapp.community.blueprint import bp
from webapp.community.models import Reply
from webapp.db.engine import db
from webapp.db.engine import now as moment
from webapp.english import dates
from webapp.library.terms import Team
from webapp.library.vocabulary import Vocabulary
from webapp.people.models import User, teams_convened_by
from webapp.web import access, current, tasks
from webapp.web.forms import Form


@bp.get("/communities")
@access.signed_in
def every() -> ResponseReturnValue:
    words, me, now = current.content().vocabulary, current.person(), moment()
    today = dates.day_of(now)
    return render_template(
        "community/every.html",
        shelves=_shelves(words),
        regularly=meetings.regularly,
        convened=teams_convened_by(db.session, me.id) if me.has("convener") else frozenset(),
        invitations=invitations.of_person(db.session, me.id, today) if me.has("commissioner") else [],
        my_team=me.team,
        button=Form(formdata=None),
        teams=words.teams,
        label=words.label,
    )


def _shelves(words: Vocabulary) -> list[tuple[str, list[Team]]]:
    """Teams under a heading each: `Neighbourhood teams, North`."""
    shelves: dict[str, list[Team]] = {}
    for team in words.teams.values():
        shelves.setdefault(_heading(team, words), []).append(team)
    return list(shelves.items())


def _heading(team: Team, words: Vocabulary) -> str:
    kind = next((kind.label for kind in words.team_kinds if kind.slug == team.kind), "")
    locality = next((place.label for place in words.localities if place.slug == team.locality), "")
    return ", ".join(filter(None, (kind, locality))) or "Teams"


@tasks.source("commissioner")
def invited(user: User) -> Iterator[tasks.Item]:
    """Meetings that a commissioner is asked to and has not answered."""
    asked = invitations.of_person(db.session, user.id, dates.day_of(moment()))
    count = sum(invitation.answered is Reply.WAITING for invitation in asked)
    label = "community asks you to its meeting" if count == 1 else "communities ask you to their meetings"
    yield tasks.Item(label, url_for("community.every"), count)

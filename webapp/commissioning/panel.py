"""All that a commissioner sees and does of one gap: in the panel beside the list, and on the gap's own page."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from webapp.commissioning import history
from webapp.commissioning.forms import PageLinkForm
from webapp.commissioning.work_form import GapWorkForm
from webapp.db.engine import db
from webapp.db.engine import now as moment
from webapp.english.dates import day_of
from webapp.gaps import ages, met_by, owners, prototypes, queries, similar
from webapp.gaps.models import Gap, GapNote
from webapp.gaps.queries import CITYWIDE
from webapp.people import audit
from webapp.people.models import User
from webapp.web import current, page_refs
from webapp.web.forms import Form
from webapp.web.handover import LEFT

MOST = 50  # notes, and entries of the history
SIMILAR = 5


def of(gap: Gap, sent: Form | None, *, stale: bool, people: Sequence[tuple[int, str]]) -> dict[str, Any]:
    """What the templates of one gap need. `sent` is a form that was refused: it takes the place of its empty kind."""
    words, now = current.content().vocabulary, moment()
    today = day_of(now)
    main = queries.merge_target(db.session, gap)
    return {
        **_forms(gap, sent, people),
        "stale": stale,
        "differences": _differences(gap, sent, dict(people)) if stale and sent else [],
        "age": ages.of(gap, now),
        "main": main if main is not gap else None,
        "merged": queries.merged_here(db.session, gap),
        "owner": owners.name_of(db.session.get(User, gap.owner_id) if gap.owner_id else None, "nobody yet"),
        "team_counts": [
            f"{words.label('teams', team) if team else 'No team'} ({count})"
            for team, count in history.teams(db.session, gap)
        ],
        "like_it": _similar(gap),
        "met_by": [(path, page_refs.title_there(path, today)) for path in met_by.paths(db.session, gap)],
        "tried": prototypes.of_gap(db.session, gap),
        "today": today,
        "notes": _notes(gap),
        "entries": history.WORDING.lines(db.session, audit.about(db.session, "gap", gap.ref)[-MOST:], words),
        "about_title": page_refs.title_of(gap.about, today),
    }


def work_form(gap: Gap, people: Sequence[tuple[int, str]], **kwargs: Any) -> GapWorkForm:
    """The one form of `gap`; `people` are those who can look after it."""
    return GapWorkForm(gap, current.content().vocabulary, people, prototypes.undecided(db.session), **kwargs)


def _forms(gap: Gap, sent: Form | None, people: Sequence[tuple[int, str]]) -> dict[str, Form]:
    work = sent if isinstance(sent, GapWorkForm) else work_form(gap, people, formdata=None)
    link = sent if isinstance(sent, PageLinkForm) else PageLinkForm(formdata=None)
    return {"work_form": work, "link_form": link}


def _differences(gap: Gap, sent: Form, people: dict[int, str]) -> list[tuple[str, str, str]]:
    """(label, what it says now, what was sent) of each answer of the form that is another one now."""
    now = {
        "status": gap.status.label,
        "reason": gap.status_reason,
        "owner": people.get(gap.owner_id, LEFT) if gap.owner_id else "Nobody yet",
        "stays": gap.needed,
        "budget": "" if gap.budget is None else f"{gap.budget:,}",
        "target_on": gap.target_on.isoformat() if gap.target_on else "",
        "audience": gap.audiences,
        "place": gap.place or CITYWIDE,
    }
    found = []
    for field in sent:
        if field.type in {"HiddenField", "CSRFTokenField", "Checkbox"} or not field.data:
            continue
        options = {str(value): str(label) for value, label, *_ in field.iter_choices()} if _chosen(field) else {}
        kept = now[field.name] if field.name in now else getattr(gap, field.name, "")
        before, yours = _in_words(kept, options), _in_words(field.data, options)
        if before != yours:
            found.append((field.label.text, before, yours))
    return found


def _in_words(value: Any, options: Mapping[str, str]) -> str:
    if isinstance(value, list):
        return ", ".join(options.get(one, one) for one in value)
    return options.get(str(value), str(value))


def _chosen(field: Any) -> bool:
    return hasattr(field, "iter_choices")


def _similar(gap: Gap) -> list[Gap]:
    return similar.similar(
        db.session,
        f"{gap.needed} {gap.words}",
        gap.place,
        activity=gap.activity,
        thesaurus=current.content().thesaurus,
        besides={gap.id},
        limit=SIMILAR,
    )


def _notes(gap: Gap) -> Sequence[GapNote]:
    newest = select(GapNote).where(GapNote.gap_id == gap.id).order_by(GapNote.id.desc()).limit(MOST)
    return db.session.scalars(newest.options(selectinload(GapNote.author))).all()

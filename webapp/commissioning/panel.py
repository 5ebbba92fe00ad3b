"""All that a commissioner sees and does of one gap: in the panel beside the list, and on the gap's own page."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from webapp import audit
from webapp.commissioning import history
from webapp.commissioning.forms import GapAnswerForm, GapAssignmentForm, GapNoteForm, GapStatusForm, PageLinkForm
from webapp.dates import day_of
from webapp.db.engine import db
from webapp.db.engine import now as moment
from webapp.gaps import ages, met_by, owners, prototypes, queries, similar
from webapp.gaps.models import Gap, GapNote
from webapp.people import User
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


def _forms(gap: Gap, sent: Form | None, people: Sequence[tuple[int, str]]) -> dict[str, Form]:
    fresh = {
        "status_form": lambda: GapStatusForm(gap, formdata=None),
        "answer_form": lambda: GapAnswerForm(gap, formdata=None),
        "assignment_form": lambda: GapAssignmentForm(gap, current.content().vocabulary, list(people), formdata=None),
        "note_form": lambda: GapNoteForm(formdata=None),
        "link_form": lambda: PageLinkForm(formdata=None),
    }
    kinds = {
        "status_form": GapStatusForm,
        "answer_form": GapAnswerForm,
        "assignment_form": GapAssignmentForm,
        "note_form": GapNoteForm,
        "link_form": PageLinkForm,
    }
    return {
        name: sent if sent is not None and isinstance(sent, kinds[name]) else make() for name, make in fresh.items()
    }


def _differences(gap: Gap, sent: Form, people: dict[int, str]) -> list[tuple[str, str, str]]:
    """(label, what it says now, what was sent) of each answer of the form."""
    now = {
        "status": gap.status.label,
        "reason": gap.status_reason,
        "closing_answer": gap.answer,
        "answer": gap.answer,
        "owner": people.get(gap.owner_id, LEFT) if gap.owner_id else "Nobody yet",
        "stays": gap.needed,
    }
    found = []
    for field in sent:
        if field.type in {"HiddenField", "CSRFTokenField"} or not field.data:
            continue
        options = {str(value): str(label) for value, label, *_ in field.iter_choices()} if _chosen(field) else {}
        kept = now[field.name] if field.name in now else options.get(str(getattr(gap, field.name, "")), "")
        found.append((field.label.text, kept, options.get(field.data, field.data)))
    return found


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

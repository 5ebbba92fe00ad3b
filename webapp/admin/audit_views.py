"""The audit trail on the screen: who did what and when, and whether the trail is whole. For administrators."""

import json
from collections.abc import Iterator
from typing import Any

from flask import Response, flash, redirect, render_template, request, stream_with_context, url_for
from flask.typing import ResponseReturnValue

from webapp.admin import trail, verification
from webapp.admin.blueprint import bp
from webapp.admin.trail import TrailFilters
from webapp.db.engine import db, now
from webapp.english import dates
from webapp.people import audit
from webapp.people.audit import AuditEntry
from webapp.web import access, csv, current, tasks
from webapp.web.forms import Form
from webapp.web.trail import WORDINGS, in_words

COLUMNS = ("entry", "at", "what", "action", "who", "kind", "subject", "before", "after", "hash")


@bp.get("/admin/audit")
@access.only("admin")
def audit_trail() -> ResponseReturnValue:
    filters = TrailFilters.from_args(request.args)
    page = trail.page(db.session, trail.wanted(db.session, filters), request.args)
    lines = trail.lines(db.session, page.entries, current.content().vocabulary)
    return render_template(
        "admin/audit.html",
        filters=filters,
        page=page,
        entries=list(zip(page.entries, lines, strict=True)),
        actions=sorted((_called(code), code) for code in trail.codes(db.session, AuditEntry.action)),
        kinds=trail.codes(db.session, AuditEntry.kind),
        check=verification.state(db.session),
        newest=audit.newest(db.session),
        form=Form(formdata=None),
    )


@bp.get("/admin/audit.csv")
@access.only("admin")
def audit_csv() -> ResponseReturnValue:
    """All that the filters find, newest first, however much it is."""
    filters = TrailFilters.from_args(request.args)
    name = f"audit-{dates.day_of(now()).isoformat()}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(stream_with_context(_csv(filters)), content_type="text/csv; charset=utf-8", headers=headers)


@bp.post("/admin/audit/check")
@access.only("admin")
def check_audit() -> ResponseReturnValue:
    """Begin a round anew, and check the first entries at once: the worker goes on."""
    verification.begin_anew(db.session)
    verification.step(db.session, now())
    db.session.commit()
    flash("The check has begun anew at the first entry. It goes on in the background.", "success")
    return redirect(url_for(".audit_trail"), 303)


@tasks.source("admin")
def trail_that_does_not_fit(user: Any) -> Iterator[tasks.Item]:
    check = verification.state(db.session)
    if check and check.fault:
        yield tasks.Item("The audit trail does not fit: look at once", url_for("admin.audit_trail"))


def _called(action: str) -> str:
    wording = WORDINGS.get(action)
    return wording.actions[action] if wording else in_words(action)


def _csv(filters: TrailFilters) -> Iterator[str]:
    yield csv.BOM + csv.line(COLUMNS)
    words, before = current.content().vocabulary, None
    while True:
        query = trail.wanted(db.session, filters)
        entries = trail.some(db.session, query if before is None else query.where(AuditEntry.id < before))
        for entry, line in zip(entries, trail.lines(db.session, entries, words), strict=True):
            yield csv.line(
                (
                    entry.id, dates.iso(entry.at), line.what, entry.action, line.who, entry.kind, entry.ref,
                    _as_json(entry.before, line.who), _as_json(entry.after, line.who), entry.hash,
                )
            )  # fmt: skip
        db.session.rollback()  # nothing is open while a slow line takes them
        if len(entries) < trail.AT_ONCE:
            return
        before = entries[-1].id


def _as_json(side: dict[str, Any] | None, who: str) -> str:
    """What it was or became; nothing of entries that name nobody."""
    return json.dumps(side, ensure_ascii=False, sort_keys=True) if side and who else ""

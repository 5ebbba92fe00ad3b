"""The service key of reporting tools: made, renewed and ended by administrators."""

from collections.abc import Iterator
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from webapp.accounts import service_keys
from webapp.accounts.keys import WINDOW
from webapp.admin.blueprint import bp
from webapp.admin.forms import ServiceKeyForm
from webapp.db.engine import db, now
from webapp.english import dates
from webapp.people.models import User
from webapp.web import access, current, submissions, tasks
from webapp.web.forms import Form


@bp.get("/admin/service-key")
@access.only("admin")
def service_key() -> ResponseReturnValue:
    return _page()


@bp.post("/admin/service-key")
@access.only("admin")
def renew_service_key() -> ResponseReturnValue:
    """Show the key in this answer alone: it is not kept in a form that anyone can read."""
    form, user = _asking(ServiceKeyForm()), current.user()
    # The first key's form did not ask what this one asks now: sent again, it must not be found wanting.
    sent_before = submissions.was_sent(db.session, form.form_id.data or "", user.id)
    if not sent_before and not form.validate():
        return _page(form=form, status=422)
    if sent_before or submissions.claim(db.session, form.form_id.data or "", user.id, request.path, now()):
        flash("The key was made already, and is shown only once. If nobody kept it, make a new one.", "note")
        return redirect(url_for(".service_key"), 303)
    made = service_keys.renew(db.session, user, now(), at_once="before" in form and form.before.data == "at-once")
    submissions.complete(db.session, form.form_id.data or "", user.id, url_for(".service_key"))
    db.session.commit()
    return _page(made)


@bp.post("/admin/service-key/<int:number>/end")
@access.only("admin")
def end_service_key(number: int) -> ResponseReturnValue:
    if service_keys.end(db.session, number, current.user(), now()):
        flash("The key is ended. Reports that use it get nothing from now on.", "success")
    else:
        flash("That key had ended already.", "note")
    db.session.commit()
    return redirect(url_for(".service_key"), 303)


@tasks.source("admin")
def ending_key(user: Any) -> Iterator[tasks.Item]:
    """The newest key in its last days: after them reports would stop."""
    live = service_keys.live(db.session, now())
    if live and live[0].ends_at - now() <= service_keys.TELL_BEFORE:
        yield tasks.Item(f"The service key ends on {dates.short_date(live[0].ends_at)}", url_for("admin.service_key"))


def _asking(form: ServiceKeyForm) -> ServiceKeyForm:
    """`form`, which asks what becomes of the key before only where there is one."""
    if not service_keys.live(db.session, now()):
        del form.before
    return form


def _page(made: str = "", form: ServiceKeyForm | None = None, status: int = 200) -> ResponseReturnValue:
    keys = service_keys.live(db.session, now())
    makers = select(User.id, User.name).where(User.id.in_({key.made_by_id for key in keys} - {None}))
    html = render_template(
        "admin/service_key.html",
        keys=keys,
        made=made,
        makers={row.id: row.name for row in db.session.execute(makers)},
        form=form or _asking(ServiceKeyForm(formdata=None, data={"before": "overlap"})),
        end_form=Form(formdata=None),
        days=service_keys.OVERLAP.days,
        window=int(WINDOW.total_seconds() // 60),
        most=service_keys.MOST,
        base=current.settings().base_url or request.url_root.rstrip("/"),
    )
    return html, status

"""The gaps that are ticked: what is to change, a look at what that does to each, the change, and undoing it."""

from collections.abc import Sequence
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from webapp.commissioning import desk
from webapp.commissioning.blueprint import bp
from webapp.commissioning.desk import Desk
from webapp.commissioning.forms import choices
from webapp.db.engine import db
from webapp.db.engine import now as moment
from webapp.gaps import bulk, triage
from webapp.gaps.bulk import BulkOutcome, WantedChange
from webapp.gaps.models import Gap, id_of
from webapp.gaps.queries import NOBODY, NOT_DECIDED, GapFilters
from webapp.gaps.statuses import CLOSED, Status
from webapp.library.vocabulary import Vocabulary
from webapp.web import access, current, submissions
from webapp.web.forms import Form, GuardedTextArea, Select
from webapp.web.refusals import Refused
from webapp.web.text import number
from webapp.web.triage_forms import LONGEST_ANSWER

WORDED = ("theme", "workstream")
LEAVE = ("", "Leave as it is")


class ManyForm(Form):
    status = Select("New status", choices=[])
    reason = GuardedTextArea(
        "Why this status?", max_length=500, hint="Everyone can read this on each gap.", params={"rows": 2}
    )
    answer = GuardedTextArea(
        "Answer to the people who asked",
        max_length=LONGEST_ANSWER,
        hint="Needed for “Met” and “Not now”. It goes to each of these gaps that has no answer yet.",
        params={"rows": 4},
    )
    owner = Select("Looked after by", choices=[])
    theme = Select("Theme", choices=[])
    workstream = Select("Workstream that can act", choices=[])

    def __init__(self, words: Vocabulary, people: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.status.choices = [LEAVE, *((s.value, s.label) for s in Status if s is not Status.NEW)]
        self.owner.choices = [LEAVE, (NOBODY, "Nobody"), *((str(number), name) for number, name in people)]
        for field, name in ((self.theme, "themes"), (self.workstream, "workstreams")):
            field.choices = [LEAVE, (NOT_DECIDED, "Not decided"), *choices(words, name)[1:]]

    def check(self, gaps: Sequence[Gap]) -> bool:
        """Whether it can be done to `gaps`; otherwise the fields say what is missing."""
        good = self.validate()
        if good and not any((self.status.data, self.owner.data, self.theme.data, self.workstream.data)):
            self.status.errors = ["Choose what to change: a status, who looks after them, a theme or a workstream"]
        if self.status.data and not self.reason.data:
            self.reason.errors = ["Say why, in a sentence or two"]
        if self.status.data in CLOSED and not self.answer.data and any(not gap.answer for gap in gaps):
            closes = Status(self.status.data).label
            self.answer.errors = [f"Write the answer: “{closes}” closes gaps, and the people who asked must hear why"]
        return good and not any(field.errors for field in self)

    def change(self) -> WantedChange:
        """What was chosen. Only for a form that `check` found good."""
        return WantedChange(
            status=Status(self.status.data) if self.status.data else None,
            reason=self.reason.clean if self.status.data else None,
            answer=self.answer.clean if self.status.data in CLOSED else None,
            theme=_code(self.theme.data),
            workstream=_code(self.workstream.data),
            owner=None if not self.owner.data else 0 if self.owner.data == NOBODY else int(self.owner.data),
        )

    def kept(self) -> list[tuple[str, str]]:
        """(name, value) of all that was answered, for the page that asks whether to do it."""
        answered = [(name, self[name].data) for name in ("status", "reason", "answer", "owner", "theme", "workstream")]
        marked = [(field.override_name, text) for field in (self.reason, self.answer) for text in sorted(field.marked)]
        return [(name, value) for name, value in (*answered, *marked) if value]


def _code(value: str | None) -> str | None:
    return None if not value else "" if value == NOT_DECIDED else value


@bp.get("/commissioning/gaps/many")
@access.only("commissioner")
def choose() -> ResponseReturnValue:
    gaps = _ticked(request.args.getlist("gap"))
    if not gaps:
        flash("Tick the gaps that you want to change, then choose what to change.", "error")
        return redirect(_here().address(), 303)
    return _choosing(gaps, _form(formdata=None))


@bp.post("/commissioning/gaps/many")
@access.only("commissioner")
def check() -> ResponseReturnValue:
    """Show what would become of each gap. Nothing is changed yet."""
    gaps, form = _ticked(request.form.getlist("gap")), _form()
    if not gaps:
        return redirect(_here().address(), 303)
    if not form.check(gaps):
        return _choosing(gaps, form, 422)
    return _sure(gaps, form)


@bp.post("/commissioning/gaps/many/done")
@access.only("commissioner")
def change() -> ResponseReturnValue:
    seen = _seen()
    gaps, form, user = triage.locked_all(db.session, list(seen)[: bulk.MOST]), _form(), current.user()
    if not gaps:
        return redirect(_here().address(), 303)
    if not form.check(gaps):
        return _choosing(gaps, form, 422)
    sent_before = submissions.claim(db.session, form.form_id.data, user.id, request.path, moment())
    if sent_before is not None:
        return redirect(sent_before, 303)
    outcome = bulk.apply(db.session, gaps, form.change(), user, moment(), seen=seen)
    address = _here().address(undo=outcome.number or None)
    submissions.complete(db.session, form.form_id.data, user.id, address)
    db.session.commit()
    _flash_outcome(outcome, "Changed", "Not changed")
    return redirect(address, 303)


@bp.post("/commissioning/changes/<int:number>/undo")
@access.only("commissioner")
def undo(number: int) -> ResponseReturnValue:
    try:
        outcome = bulk.undo(db.session, number, current.user(), moment())
    except Refused as refused:
        db.session.rollback()
        flash(str(refused), "error")
        return redirect(_here().address(), 303)
    db.session.commit()
    _flash_outcome(outcome, "Put back as before", "Not put back")
    return redirect(_here().address(), 303)


def _here() -> Desk:
    return desk.left() or Desk(GapFilters())


def _form(**kwargs: Any) -> ManyForm:
    return ManyForm(current.content().vocabulary, desk.commissioners(), **kwargs)


def _ticked(refs: Sequence[str]) -> list[Gap]:
    """The gaps of these references that stand on their own, by number."""
    numbers = [number for ref in refs[: bulk.MOST] if (number := id_of(ref))]
    wanted = select(Gap).where(Gap.id.in_(numbers), Gap.merged_into_id.is_(None)).order_by(Gap.id)
    return list(db.session.scalars(wanted))


def _seen() -> dict[str, int]:
    """The gaps that the page listed, each with the version that it showed."""
    found = {}
    for pair in request.form.getlist("seen")[: bulk.MOST]:
        ref, _, version = pair.partition(":")
        if id_of(ref) and (seen := number(version)) is not None:
            found[ref] = seen
    return found


def _flash_outcome(outcome: BulkOutcome, done: str, left: str) -> None:
    if outcome.changed:
        flash(f"{done}: {_list(outcome.changed)}.", "success")
    if outcome.left:
        flash(f"{left}: {'; '.join(f'{ref}, as {why}' for ref, why in outcome.left)}.", "note")


def _list(refs: Sequence[str]) -> str:
    return ", ".join(refs) if len(refs) <= 5 else f"{len(refs)} gaps"


def _choosing(gaps: Sequence[Gap], form: ManyForm, status: int = 200) -> ResponseReturnValue:
    html = render_template("commissioning/many.html", gaps=gaps, form=form, desk=_here(), label=_label())
    return html, status


def _sure(gaps: Sequence[Gap], form: ManyForm) -> ResponseReturnValue:
    change, words = form.change(), current.content().vocabulary
    names = dict(desk.commissioners())

    def say(name: str, value: Any) -> str:
        if name == "status":
            return Status(value).label
        if name == "owner":
            return names.get(value, "someone who has left") if value else "nobody"
        return words.label(f"{name}s", value) if value and name in WORDED else str(value or "not decided")

    lines = [
        (gap, [(name, say(name, was), say(name, to)) for name, was, to in bulk.differences(gap, change)])
        for gap in gaps
    ]
    return render_template(
        "commissioning/many_sure.html",
        lines=lines,
        count=sum(bool(changes) for _, changes in lines),
        notified=sum(gap.people for gap, changes in lines if any(name in ("status", "answer") for name, *_ in changes)),
        form=form,
        desk=_here(),
        back=url_for(".choose", gap=[gap.ref for gap in gaps], list=_here().query),
    )


def _label() -> Any:
    return current.content().vocabulary.label

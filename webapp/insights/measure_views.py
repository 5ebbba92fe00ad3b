"""Measures that the council enters itself: by hand, a month at a time, or from a file."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webapp.db.engine import db
from webapp.db.engine import now as moment
from webapp.insights import audience, measures, measures_file
from webapp.insights.blueprint import bp
from webapp.insights.dataset import scope_label
from webapp.insights.forms import FileForm, MeasureForm, PointForm
from webapp.insights.models import Measure
from webapp.insights.sections import formatted
from webapp.library.problems import Problem
from webapp.library.vocabulary import Vocabulary
from webapp.web import access, current, submissions
from webapp.web.forms import Form

TAKEN = "There is a measure of this name already. Change that one, or use another name"


@bp.get("/insights/measures")
@access.only(*audience.KEEPERS)
def every_measure() -> ResponseReturnValue:
    every = measures.every(db.session)
    months = measures.points(db.session, [measure.id for measure in every])
    latest = {
        number: next((p for p in reversed(points) if p.value is not None), None) for number, points in months.items()
    }
    return render_template("insights/measures.html", measures=every, latest=latest, **_words())


@bp.get("/insights/measures/new")
@access.only(*audience.KEEPERS)
def new_measure() -> ResponseReturnValue:
    return render_template("insights/measure_new.html", form=MeasureForm(_vocabulary(), formdata=None))


@bp.post("/insights/measures/new")
@access.only(*audience.KEEPERS)
def create_measure() -> ResponseReturnValue:
    form = MeasureForm(_vocabulary())
    if not form.validate():
        return render_template("insights/measure_new.html", form=form), 422
    if led_to := _claim(form):
        return redirect(led_to, 303)
    try:
        measure = measures.keep(db.session, None, form.measure_fields(), current.user(), moment())
    except measures.Taken:
        db.session.rollback()
        form.title.errors = [TAKEN]
        return render_template("insights/measure_new.html", form=form), 422
    return _done(form, url_for(".show_measure", number=measure.id), "The measure is added. Now enter its months.")


@bp.get("/insights/measures/import")
@access.only(*audience.KEEPERS)
def choose_file() -> ResponseReturnValue:
    return _import_page(FileForm(formdata=None))


@bp.post("/insights/measures/import")
@access.only(*audience.KEEPERS)
def take_file() -> ResponseReturnValue:
    form = FileForm()
    if not form.validate():
        return _import_page(form, 422)
    sent = form.file.data
    try:
        entries = measures_file.parse(sent.read(measures_file.MOST_BYTES + 1), "Line", _vocabulary())
    except measures_file.Faults as faults:
        form.file.errors = ["Nothing was taken. Mend these lines first, then choose the file again"]
        return _import_page(form, 422, faults.problems)
    if led_to := _claim(form):
        return redirect(led_to, 303)
    number, months = measures_file.take(db.session, entries, current.user(), moment())
    message = f"{number} measure{'s' if number > 1 else ''} with {months} month{'s' if months > 1 else ''} taken."
    return _done(form, url_for(".every_measure"), message)


@bp.get("/insights/measures/<int:number>")
@access.only(*audience.KEEPERS)
def show_measure(number: int) -> ResponseReturnValue:
    measure = _measure(number)
    return _page(measure, MeasureForm(_vocabulary(), measure, formdata=None), PointForm(formdata=None))


@bp.post("/insights/measures/<int:number>")
@access.only(*audience.KEEPERS)
def change_measure(number: int) -> ResponseReturnValue:
    measure = _measure(number)
    form = MeasureForm(_vocabulary(), measure)
    if not form.validate():
        return _page(measure, form, PointForm(formdata=None), 422)
    try:
        measures.keep(db.session, measure, form.measure_fields(), current.user(), moment())
    except measures.Taken:
        db.session.rollback()
        form.title.errors = [TAKEN]
        return _page(_measure(number), form, PointForm(formdata=None), 422)
    db.session.commit()
    flash("The measure is changed.", "success")
    return redirect(url_for(".show_measure", number=number), 303)


@bp.post("/insights/measures/<int:number>/months")
@access.only(*audience.KEEPERS)
def set_month(number: int) -> ResponseReturnValue:
    measure, form = _measure(number), PointForm()
    if not form.validate():
        return _page(measure, MeasureForm(_vocabulary(), measure, formdata=None), form, 422)
    measures.set_points(db.session, measure, [form.point()], current.user(), moment())
    db.session.commit()
    flash("The month is kept.", "success")
    return redirect(url_for(".show_measure", number=number), 303)


@bp.post("/insights/measures/<int:number>/removal")
@access.only(*audience.KEEPERS)
def remove_measure(number: int) -> ResponseReturnValue:
    measure = db.session.get(Measure, number)
    if measure is None:
        flash("There is no such measure any more.")
    else:
        measures.remove(db.session, measure, current.user(), moment())
        db.session.commit()
        flash("The measure and its months are removed.", "success")
    return redirect(url_for(".every_measure"), 303)


def _page(measure: Measure, form: MeasureForm, point_form: PointForm, status: int = 200) -> ResponseReturnValue:
    months = measures.points(db.session, [measure.id])[measure.id]
    page = render_template(
        "insights/measure.html",
        measure=measure,
        form=form,
        point_form=point_form,
        months=list(reversed(months)),
        button=Form(formdata=None),
        **_words(),
    )
    return page, status


def _import_page(form: FileForm, status: int = 200, problems: list[Problem] | None = None) -> ResponseReturnValue:
    columns = measures_file.COLUMNS
    page = render_template("insights/measure_import.html", form=form, problems=problems or [], columns=columns)
    return page, status


def _measure(number: int) -> Measure:
    return db.session.get(Measure, number) or abort(404)


def _claim(form: Form) -> str | None:
    return submissions.claim(db.session, form.form_id.data, current.user().id, request.path, moment())


def _done(form: Form, address: str, message: str) -> ResponseReturnValue:
    submissions.complete(db.session, form.form_id.data, current.user().id, address)
    db.session.commit()
    flash(message, "success")
    return redirect(address, 303)


def _vocabulary() -> Vocabulary:
    return current.content().vocabulary


def _words() -> dict[str, object]:
    words = _vocabulary()
    return {"scope_label": lambda scope: scope_label(scope, words), "formatted": formatted}

"""Unmet demand: what people search for and do not find, beside what there is, and what becomes a gap."""

from collections.abc import Iterable, Iterator
from typing import Any

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webapp.commissioning.blueprint import bp
from webapp.commissioning.demand import gaps, outcomes, report
from webapp.commissioning.demand.period import DemandPeriod
from webapp.db.engine import db
from webapp.db.engine import now as moment
from webapp.english import dates
from webapp.gaps import report as gap_reports
from webapp.gaps.forms import GapForm
from webapp.gaps.models import Gap
from webapp.library.generation.reader import Generation
from webapp.library.search.query import Query
from webapp.searches import beside, patterns
from webapp.searches.beside import ASSETS, PatternLine
from webapp.searches.patterns import Pattern, Search
from webapp.web import access, current, submissions, undoable
from webapp.web.forms import Form
from webapp.web.refusals import Refused

SHOWN = 30  # lines of a page
MOST_LINES = 500  # of a file
BESIDE = 12  # listings and gaps beside a cell
UNSAYABLE = "These words could identify somebody, so they cannot go into the log."
ANYWHERE = "anywhere"  # how an address says that no place was named


@bp.get("/commissioning/demand")
@access.only("commissioner")
def show_demand() -> ResponseReturnValue:
    gen, period = current.content(), _period()
    searches = _searches(period, gen)
    unmet = [search for search in searches if search.is_unmet]
    wanted = _wanted(unmet, period)
    return render_template(
        "commissioning/demand/index.html",
        period=period,
        all=searches,
        unmet=unmet,
        nothing=sum(not search.found for search in searches),
        people=patterns.people(searches),
        months=patterns.by_month(unmet, period.starts, period.last),
        total=len(wanted),
        lines=list(_with_drafts(beside.lines(wanted[:SHOWN], gen, beside.OpenGaps(db.session)), "", period)),
        rows=_table(searches, period, gen),
        outcomes=_outcomes(period, gen),
        groups=gen.vocabulary.files["outcomes"].groups,
        places=gen.vocabulary.terms("places"),
        cut=len(searches) == patterns.MOST_READ,
        **_words(gen),
    )


@bp.get("/commissioning/demand/searches.csv")
@access.only("commissioner")
def searches_csv() -> ResponseReturnValue:
    """The words of the page, those that do not fit on it too."""
    gen, period = current.content(), _period()
    wanted = _wanted([search for search in _searches(period, gen) if search.is_unmet], period)
    lines = beside.lines(wanted[:MOST_LINES], gen, beside.OpenGaps(db.session))
    return _file("unmet-demand", report.words_csv(lines))


@bp.get("/commissioning/demand/outcomes.csv")
@access.only("commissioner")
def outcomes_csv() -> ResponseReturnValue:
    """The table of places and outcomes as the page shows it."""
    gen, period = current.content(), _period()
    return _file("demand-by-outcome", report.outcomes_csv(_table(_searches(period, gen), period, gen), gen.vocabulary))


@bp.get("/commissioning/demand/<place>/<outcome>")
@access.only("commissioner")
def demand_cell(place: str, outcome: str) -> ResponseReturnValue:
    gen, period = current.content(), _period()
    if outcome not in gen.vocabulary.terms("outcomes"):
        abort(404)
    where = _place(place, gen)
    searches = patterns.in_cell(_searches(period, gen), where, outcome)
    unmet = [search for search in searches if search.is_unmet]
    filters = {"outcome": (outcome,), **({"place": (where,)} if where else {})}
    today = dates.day_of(moment())
    query = Query(kinds=ASSETS, filters=filters, open_only=True, size=BESIDE, today=today)
    lines = beside.lines(patterns.of_words(unmet, where)[:SHOWN], gen, beside.OpenGaps(db.session))
    return render_template(
        "commissioning/demand/cell.html",
        period=period,
        place=where,
        outcome=outcome,
        searches=searches,
        unmet=unmet,
        lines=list(_with_drafts(lines, outcome, period)),
        every=patterns.of_words(searches, where)[:SHOWN],
        listings=gen.search(query),
        gaps=gaps.of_cell(db.session, where, outcome, BESIDE),
        **_words(gen),
    )


@bp.get("/commissioning/demand/gaps")
@access.only("commissioner")
def draft_gap() -> ResponseReturnValue:
    """A gap that is filled in with what people searched for. Nothing is published yet."""
    gen, period = current.content(), _period()
    pattern = _pattern(period, gen)
    if pattern is None:
        return _no_pattern(period)
    if there := gaps.made_of(db.session, pattern):
        return _made_before(there)
    return _draft_page(gaps.draft(pattern, request.args.get("touches", ""), gen), pattern, period)


@bp.post("/commissioning/demand/gaps")
@access.only("commissioner")
def make_gap() -> ResponseReturnValue:
    gen, period, form, user = current.content(), _period(), GapForm(current.content().vocabulary), current.user()
    pattern = _pattern(period, gen)
    if pattern is None:
        return _no_pattern(period)
    form.residents.data, form.may_quote.data = (
        "",
        False,
    )  # a draft does not ask for them: searches say how many it is for
    if not form.validate():
        return _draft_page(form, pattern, period, 422)
    if there := gaps.made_of(db.session, pattern):
        return _made_before(there)
    sent_before = submissions.claim(db.session, form.form_id.data, user.id, request.path, moment())
    if sent_before is not None:
        return redirect(sent_before, 303)
    try:
        gap = gaps.make(db.session, pattern, form.report(), user, moment())
    except gaps.Unsayable:
        db.session.rollback()
        flash(UNSAYABLE, "error")
        return redirect(url_for(".show_demand", **period.as_args()), 303)
    address = f"/commissioning/gaps/{gap.ref}"
    submissions.complete(db.session, form.form_id.data, user.id, address)
    db.session.commit()
    flash(f"Made a gap. Its number is {gap.ref}.", "success")
    return redirect(address, 303)


@bp.post("/commissioning/demand/gaps/<ref>")
@access.only("commissioner")
def add_to_gap(ref: str) -> ResponseReturnValue:
    """Add what a draft would be made of to a gap that asks for the same."""
    gen, period, form, user = current.content(), _period(), Form(), current.user()
    gap = gap_reports.locked(db.session, ref) or abort(404)
    pattern = _pattern(period, gen)
    if pattern is None:
        return _no_pattern(period)
    address = f"/commissioning/gaps/{gap.ref}"
    sent_before = submissions.claim(db.session, form.form_id.data, user.id, request.path, moment())
    if sent_before is not None:
        return redirect(sent_before, 303)
    try:
        number = gaps.add(db.session, gap, pattern, gen.vocabulary, user, moment())
    except (gaps.Unsayable, Refused) as trouble:
        db.session.rollback()
        flash(str(trouble) or UNSAYABLE, "error")
        names = _names(pattern, request.args.get("touches", ""))
        return redirect(url_for(".draft_gap", **period.as_args(), **names), 303)
    submissions.complete(db.session, form.form_id.data, user.id, address)
    db.session.commit()
    undoable.told(f"Added to {ref}: {pattern.searches} searches.", f"/commissioning/changes/{number}/undo?gap={ref}")
    return redirect(address, 303)


def _no_pattern(period: DemandPeriod) -> ResponseReturnValue:
    flash("That is not among the unmet searches of these dates any more. Look again.", "error")
    return redirect(url_for(".show_demand", **period.as_args()), 303)


def _made_before(there: Gap) -> ResponseReturnValue:
    flash(f"This is a gap already: {there.ref}.")
    return redirect(f"/commissioning/gaps/{there.ref}", 303)


def _draft_page(form: GapForm, pattern: Pattern, period: DemandPeriod, status: int = 200) -> ResponseReturnValue:
    gen = current.content()
    names = {**period.as_args(), **_names(pattern, request.args.get("touches", ""))}
    html = render_template(
        "commissioning/demand/draft.html",
        form=form,
        pattern=pattern,
        place=beside.place_name(pattern.place, gen.vocabulary),
        offered=beside.offered(gen, pattern.words, pattern.place),
        alike=list(gaps.like(db.session, pattern, gen)),
        period=period,
        names=names,
        action=url_for(".make_gap", **names),
        **_words(gen),
    )
    return html, status


def _period() -> DemandPeriod:
    return DemandPeriod.from_args(request.args, current.content().vocabulary, dates.day_of(moment()))


def _searches(period: DemandPeriod, gen: Generation) -> list[Search]:
    return patterns.read(db.session, period.starts, period.ends, outcomes.touching(gen))


def _wanted(unmet: list[Search], period: DemandPeriod) -> list[Pattern]:
    """The patterns that the page is about: all, or those of the place that was chosen."""
    return [p for p in patterns.patterns(unmet) if not period.place or p.place == period.place]


def _table(searches: list[Search], period: DemandPeriod, gen: Generation) -> list[outcomes.OutcomeRow]:
    places = list(gen.vocabulary.terms("places"))
    rows = outcomes.table(searches, outcomes.supply(gen, places), places, list(_outcomes(period, gen)))
    return [row for row in rows if not period.place or row.place == period.place]


def _outcomes(period: DemandPeriod, gen: Generation) -> dict[str, str]:
    """The outcomes of the group that was chosen: slug and label."""
    terms = gen.vocabulary.terms("outcomes").items()
    return {slug: term.label for slug, term in terms if not period.group or term.group == period.group}


def _with_drafts(lines: Iterable[PatternLine], outcome: str, period: DemandPeriod) -> Iterator[tuple[PatternLine, str]]:
    """Each line with where it becomes a draft."""
    for line in lines:
        yield line, url_for(".draft_gap", **period.as_args(), **_names(line.pattern, outcome))


def _names(pattern: Pattern, outcome: str) -> dict[str, Any]:
    """How an address names a pattern. Its figures are counted again and never taken from a page."""
    names: dict[str, Any] = {"phrase": pattern.phrase, "near": pattern.place or ANYWHERE, "touches": outcome}
    return {name: value for name, value in names.items() if value}


def _pattern(period: DemandPeriod, gen: Generation) -> Pattern | None:
    """The pattern that the address names, counted again; None where it is not one, or not any more."""
    args = request.args
    place, outcome = _place(args.get("near", ANYWHERE), gen), args.get("touches", "")
    unmet = [search for search in _searches(period, gen) if search.is_unmet]
    in_cell = patterns.in_cell(unmet, place, outcome) if outcome else []
    found = patterns.of_words(in_cell, place) if outcome else patterns.patterns(unmet)
    return next((p for p in found if (p.phrase, p.place) == (args.get("phrase", ""), place)), None)


def _place(value: str, gen: Generation) -> str:
    """The slug that an address or a form names, empty for no place; 404 where there is no such one."""
    if value == ANYWHERE:
        return outcomes.NOWHERE
    return value if value in gen.vocabulary.terms("places") else abort(404)


def _file(name: str, lines: Iterator[str]) -> Response:
    named = f"{name}-{dates.day_of(moment()).isoformat()}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{named}"'}
    return Response("".join(lines), content_type="text/csv; charset=utf-8", headers=headers)


def _words(gen: Generation) -> dict[str, object]:
    return {"label": gen.vocabulary.label, "anywhere": ANYWHERE, "few": patterns.FEW}

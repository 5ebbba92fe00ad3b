"""The performance framework on its two levels: a team, and the programme. Each is a page and three files."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webapp.db.engine import db
from webapp.db.engine import now as moment
from webapp.english import dates
from webapp.insights import audience, dataset, export, logs, periods, programme_report, team_report
from webapp.insights.blueprint import bp
from webapp.insights.dataset import Gathered
from webapp.insights.periods import Period
from webapp.insights.sections import Section, formatted
from webapp.web import access, current


@dataclass(frozen=True)
class Report:
    """One page of figures, or one of its files. `team` is empty for the programme."""

    title: str
    team: str
    period: Period
    sections: Sequence[Section]

    @property
    def name(self) -> str:
        """What a file of it is called, without its ending."""
        last = self.period.whole_months[-1]
        return f"insights-{self.team or 'programme'}-{self.period.first:%Y-%m}-to-{last:%Y-%m}"


@bp.get("/insights")
@access.only(*audience.READERS)
def index() -> ResponseReturnValue:
    teams = _teams()
    if not teams:
        return render_template("insights/none.html", programme=_reads_programme())
    if "team" not in request.args and _reads_programme() and current.person().team not in teams:
        return redirect(url_for(".programme"), 303)
    report = _team_report(teams)
    me, month = current.person(), report.period.whole_months[-1]
    inside = audience.belongs(db.session, me, report.team)
    return _page(report, teams, texts=logs.texts(db.session, report.team, month) if inside else [], texts_month=month)


@bp.get("/insights.csv")
@access.only(*audience.READERS)
def team_csv() -> ResponseReturnValue:
    return _file(_team_report(_teams()), "csv")


@bp.get("/insights.xlsx")
@access.only(*audience.READERS)
def team_xlsx() -> ResponseReturnValue:
    return _file(_team_report(_teams()), "xlsx")


@bp.get("/insights.docx")
@access.only(*audience.READERS)
def team_docx() -> ResponseReturnValue:
    return _file(_team_report(_teams()), "docx")


@bp.get("/insights/programme")
@access.only(*audience.PROGRAMME_READERS)
def programme() -> ResponseReturnValue:
    return _page(_programme_report(), _teams())


@bp.get("/insights/programme.csv")
@access.only(*audience.PROGRAMME_READERS)
def programme_csv() -> ResponseReturnValue:
    return _file(_programme_report(), "csv")


@bp.get("/insights/programme.xlsx")
@access.only(*audience.PROGRAMME_READERS)
def programme_xlsx() -> ResponseReturnValue:
    return _file(_programme_report(), "xlsx")


@bp.get("/insights/programme.docx")
@access.only(*audience.PROGRAMME_READERS)
def programme_docx() -> ResponseReturnValue:
    return _file(_programme_report(), "docx")


def _team_report(teams: Sequence[str]) -> Report:
    """Of the team that the address names, my own, or the first that is mine to read; 404 for any other."""
    if not teams:
        abort(404)
    own = current.person().team
    team = request.args.get("team") or (own if own in teams else teams[0])
    if team not in teams:
        abort(404)
    words = current.content().vocabulary
    return _report(words.label("teams", team), team, lambda got: team_report.sections(db.session, got, team))


def _programme_report() -> Report:
    return _report("The programme", "", lambda got: programme_report.sections(db.session, got))


def _report(title: str, team: str, sections: Callable[[Gathered], list[Section]]) -> Report:
    now = moment()
    period = periods.chosen(request.args.get("quarters", ""), dates.day_of(now))
    got = dataset.gather(db.session, period, current.content().vocabulary, now)
    return Report(title, team, period, sections(got))


def _page(report: Report, teams: Sequence[str], **more: object) -> ResponseReturnValue:
    words = current.content().vocabulary
    address = ".index" if report.team else ".programme"
    args: dict[str, Any] = {"quarters": len(report.period.quarters), **({"team": report.team} if report.team else {})}
    return render_template(
        "insights/show.html",
        report=report,
        teams=[words.teams[slug] for slug in teams],
        choices=periods.CHOICES,
        programme=_reads_programme(),
        keeps=current.person().has(*audience.KEEPERS),
        files=[(kind, url_for(f".{'team' if report.team else 'programme'}_{kind}", **args)) for kind in export.KINDS],
        address=url_for(address),
        formatted=formatted,
        demo=current.settings().demo,
        **more,
    )


def _file(report: Report, kind: str) -> Response:
    gen, now = current.content(), moment()
    made = export.make(kind, f"Insights: {report.title}", report.sections, gen.site.organisation, now)
    headers = {"Content-Disposition": f'attachment; filename="{report.name}.{kind}"'}
    return Response(made, content_type=export.KINDS[kind], headers=headers)


def _teams() -> Sequence[str]:
    return audience.teams_of(db.session, current.person(), current.content().vocabulary)


def _reads_programme() -> bool:
    return current.person().has(*audience.PROGRAMME_READERS)

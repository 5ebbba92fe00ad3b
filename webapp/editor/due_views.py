"""What is due: listings by neighbourhood, to tick off, print or take as a spreadsheet; and to owners what is theirs."""

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue

from webapp.db.engine import db, now
from webapp.editor import health, owners
from webapp.editor.blueprint import bp
from webapp.english.dates import day_of
from webapp.upkeep import due
from webapp.web import access, csv, current

HEADER = ("Listing", "Address", "Phone", "Last verified", "By", "Was due", "Confirmed since", "Checked today", "Notes")


@bp.get("/editor/due")
@access.only("editor")
def due_listings() -> ResponseReturnValue:
    place, label = _place()
    rows = _rows(place)
    places = [(slug, term.label) for slug, term in current.content().vocabulary.terms("places").items()]
    return render_template("editor/due.html", rows=rows, place=place, label=label, places=places)


@bp.get("/editor/due.csv")
@access.only("editor")
def due_csv() -> ResponseReturnValue:
    place, _ = _place()
    base = current.settings().base_url or request.url_root.rstrip("/")
    lines = [csv.line(HEADER)]
    for row in _rows(place):
        days = [day.isoformat() if day else "" for day in (row.verified, row.due, row.confirmed)]
        lines.append(csv.line((row.title, base + row.path, row.phone, days[0], row.by, days[1], days[2], "", "")))
    response = Response(csv.BOM + "".join(lines), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="due-{place or "everywhere"}.csv"'
    return response


@bp.get("/reviews")
@access.signed_in
def my_reviews() -> ResponseReturnValue:
    """Pages and listings due for review that the reader, or their team, looks after: where their reminder leads."""
    gen, today = current.content(), day_of(now())
    pages, listings = health.due(gen, today)
    section = health.reviews(owners.theirs(db.session, gen, [*pages, *listings], current.user().id))
    return render_template("editor/mine.html", section=section)


def _place() -> tuple[str, str]:
    """The neighbourhood of the address, and what it is called; both empty where it names none."""
    terms = current.content().vocabulary.terms("places")
    slug = request.args.get("place", "")
    return (slug, terms[slug].label) if slug in terms else ("", "")


def _rows(place: str) -> list[due.DueListing]:
    return due.listings(current.content(), db.session, place, day_of(now()), current.user().id)

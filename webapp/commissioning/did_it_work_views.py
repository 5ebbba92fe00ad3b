"""Where pointing people to a listing worked, and where not: for commissioners and editors."""

from dataclasses import dataclass

from flask import render_template, request
from flask.typing import ResponseReturnValue

from webapp.commissioning.blueprint import bp
from webapp.db.engine import db, now
from webapp.english.dates import day_of
from webapp.library.build.pages import Page
from webapp.upkeep import signposting
from webapp.upkeep.signposting import Became, ListingOutcomes
from webapp.web import access, current

MOST = 200  # listings on the page, those that failed people most often


@dataclass(frozen=True)
class OutcomeRow:
    """One listing and what became of pointing people to it."""

    page: Page
    told: ListingOutcomes


@bp.get("/commissioning/did-it-work")
@access.only("commissioner", "editor")
def did_it_work() -> ResponseReturnValue:
    gen, today = current.content(), day_of(now())
    places = gen.vocabulary.terms("places")
    place = request.args.get("place", "")
    place = place if place in places else ""
    rows = [
        OutcomeRow(page, told)
        for told in signposting.by_listing(db.session, today)
        if (page := gen.page(told.path, today)) and (not place or place in page.front.places or page.front.citywide)
    ]
    return render_template(
        "commissioning/did_it_work.html",
        rows=rows[:MOST],
        total=len(rows),
        totals=signposting.totals(row.told for row in rows),
        outcomes=list(Became),
        places=places.values(),
        place=place,
        most=MOST,
        is_commissioner=current.person().has("commissioner"),
    )

"""Staff news: messages from leaders, and what happened in the programme month by month."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from webapp.db import engine
from webapp.english import dates
from webapp.news import evergreen, leads, messages
from webapp.news import month as months
from webapp.news.month import Month
from webapp.reading import showing
from webapp.web import access, current

bp = Blueprint("news", __name__, template_folder="templates")

MOST_MESSAGES = 5  # beside this month; an earlier one has its own


@bp.get("/news/")
@access.signed_in
def index() -> ResponseReturnValue:
    """`?month=2026-10` is the month; this one where none is named."""
    gen, session, now = current.content(), engine.db.session, engine.now()
    today = dates.day_of(now)
    month, this = months.chosen(request.args.get("month", ""), today), Month(today.replace(day=1))
    told = messages.told(gen, today)
    cards = told[:MOST_MESSAGES] if month == this else [card for card in told if month.has(card["date"])]
    return showing.index(
        "news",
        "news/index.html",
        cards,
        month=month,
        this=this,
        is_oldest=months.chosen(f"{month.before.first:%Y-%m}", today) == this,
        parts=months.parts(session, gen, month, now),
        stands=evergreen.of(session, gen, current.person().team, now, today),
        workstreams=leads.workstreams(session, gen.vocabulary),
    )


@bp.get("/news/<slug>")
@access.signed_in
def message(slug: str) -> ResponseReturnValue:
    return showing.show("news", f"/news/{slug}", "news/message.html")

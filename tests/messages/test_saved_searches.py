"""On Mondays, whoever saved a search hears what is new in it; where nothing is, nobody hears anything."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from tests.support.client import Client
from tests.support.people import PEOPLE
from webapp.db.engine import db
from webapp.directory import saved_news
from webapp.library.generation.reader import Generation, NewListing
from webapp.mail.outbox import IN_PRODUCT, Message
from webapp.searches.models import SavedSearch

EARLY_MONDAY = datetime(2026, 11, 30, 7, tzinfo=UTC)
MONDAY = datetime(2026, 11, 30, 9, tzinfo=UTC)
LARDER = "/directory/bobbin-larder"


@dataclass
class WithNews:
    """The content, to which these listings came on a Thursday."""

    gen: Generation
    came: tuple[str, ...] = ()

    def __getattr__(self, name: str) -> object:
        return getattr(self.gen, name)

    @property
    def new_listings(self) -> list[NewListing]:
        return [NewListing(date(2026, 11, 26), path, path, (), True) for path in self.came]


@pytest.fixture(autouse=True)
def saved(app: Flask) -> None:
    """Priya saved a search twenty days ago."""
    at = MONDAY - timedelta(days=20)
    with app.app_context():
        search = {"name": "larders", "address": "/directory?q=bobbin+larder", "created_at": at}
        db.session.add(SavedSearch(user_id=PEOPLE["priya"].id, **search))
        db.session.commit()


def change(app: Flask, **values: object) -> None:
    with app.app_context():
        db.session.execute(update(SavedSearch).values(**values))
        db.session.commit()


def look(app: Flask, gen: object, at: datetime = MONDAY) -> int:
    with app.app_context():
        told = saved_news.enqueue(db.session, gen, at, {})  # type: ignore[arg-type]
        db.session.commit()
        return told


def said(app: Flask) -> list[str]:
    mine = select(Message.text).where(Message.channel == IN_PRODUCT, Message.to_id == PEOPLE["priya"].id)
    with app.app_context():
        return list(db.session.scalars(mine.order_by(Message.id)))


def test_a_group_that_came_and_fits_is_told_once(app: Flask, content: Generation, priya: Client):
    news = WithNews(content, (LARDER,))
    assert look(app, news, EARLY_MONDAY) == 0
    assert look(app, news) == 1
    assert look(app, news, MONDAY + timedelta(hours=1)) == 0
    assert said(app) == ["New in “larders”: 1 group that fits."]
    assert "New: " in priya.get("/searches").words
    assert look(app, news, MONDAY + timedelta(days=7)) == 0, "what was told is not told again"
    assert "New: " not in priya.get("/searches").words


def test_a_full_group_that_has_room_again_is_told(app: Flask, content: Generation):
    change(app, looked_at=MONDAY - timedelta(days=7), full=[LARDER])
    assert look(app, WithNews(content)) == 1
    assert said(app) == ["New in “larders”: 1 that has room again."]


def test_where_nothing_is_new_nobody_hears_anything(app: Flask, content: Generation):
    assert look(app, WithNews(content, ("/directory/anything-else",))) == 0
    assert said(app) == []
    change(app, removed_at=MONDAY, looked_at=None)
    assert look(app, WithNews(content, (LARDER,))) == 0, "a search that was removed has no news"


def test_the_header_counts_what_is_unread_and_leads_to_my_searches(app: Flask, content: Generation, priya: Client):
    assert "/searches" in priya.get("/toolkit/").links(".user a")
    assert not priya.get("/toolkit/").soup.select(".count")
    look(app, WithNews(content, (LARDER,)))
    assert priya.get("/toolkit/").soup.select_one(".user .count").get_text() == "1 to read"
    priya.get("/notices").send("Mark all as read")
    assert not priya.get("/toolkit/").soup.select(".count")

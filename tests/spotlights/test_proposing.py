"""A convener sees what comes up, never of fewer than five people, and takes a file for the next spotlight along."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import insert

from tests.spotlights.conftest import NOW, OURS, PAGE, THEIRS, plan
from tests.support.client import Client
from tests.support.corpus import Corpus
from webapp.db.engine import db
from webapp.learning_logs.models import Helped, LearningLog, LearningLogTheme
from webapp.people.models import User
from webapp.spotlights import coming_up

Browsers = Callable[[str], Client]
ADDRESS = "/spotlights/propose"
TODAY = date(2026, 3, 24)
FILED = {
    "title": "Asking about money",
    "about": "How to ask what things cost.",
    "theme": "carers",
    "day": "2026-05-14",
}


@pytest.fixture
def write(app: Flask) -> Callable[..., None]:
    """Let so many people of a team write about a theme; each says something that may be quoted or not."""
    known = iter(range(1000, 2000))

    def written(people: int, team: str = OURS, theme: str = "carers", may_quote: bool = False, weeks: int = 2) -> None:
        with app.app_context():
            week = TODAY - timedelta(days=TODAY.weekday() + 7 * weeks)
            for number in [next(known) for _ in range(people)]:
                row = {"id": number, "email": f"{number}@example.org", "name": str(number), "created_at": NOW}
                row |= {"disabled": False, "session_version": 0, "password_hash": ""}
                db.session.execute(insert(User).values(row))
                said = {"will_try": f"Ask what *it* costs {number}", "may_quote": may_quote, "helped": Helped.HELPED}
                log = LearningLog(author_id=number, team=team, week=week, created_at=NOW, **said)
                log.themes = [LearningLogTheme(theme=theme)]
                db.session.add(log)
            db.session.commit()

    return written


def test_what_comes_up_is_told_of_five_people_or_none(app: Flask, write: Callable[..., None]) -> None:
    def seen(*teams: str) -> list[coming_up.Recurring]:
        with app.app_context():
            return coming_up.recurring(db.session, teams, TODAY)

    write(4, may_quote=True)
    assert seen(OURS) == []
    write(4, team=THEIRS)
    (theme,) = seen(OURS, THEIRS)
    assert (theme.theme, theme.people) == ("carers", 5)  # eight, said as "5 or more"
    assert theme.teams == {}  # four in each: neither can be told
    write(2)
    (theme,) = seen(OURS, THEIRS)
    assert (theme.people, theme.teams) == (10, {OURS: 5})
    assert theme.months == {date(2026, 3, 1): 10}
    # What is left when one team is taken from all is never a number of people: 10 and 5 are each "or more".
    assert [theme.people for theme in seen(OURS)] == [5]
    assert seen(THEIRS) == []
    assert len(theme.quotes) == 4  # of those who allow it
    write(9, theme="reviews", weeks=60)
    assert [theme.theme for theme in seen(OURS, THEIRS)] == ["carers"]  # that was long ago


def test_a_convener_takes_a_file_along_that_passes_the_check(
    browser_of: Browsers, write: Callable[..., None], tmp_path_factory: pytest.TempPathFactory
) -> None:
    write(5, may_quote=True)
    connie = browser_of("connie")
    page = connie.get(ADDRESS)
    assert ADDRESS in connie.get("/spotlights/").links()
    assert "Carers 5 or more" in page.words
    assert "Ask what *it* costs" in page.words
    file = page.send("Download the file", **FILED)
    assert file.headers["Content-Disposition"] == 'attachment; filename="asking-about-money.md"'
    corpus = Corpus(tmp_path_factory.mktemp("proposed"))
    corpus.write("spotlights/asking-about-money.md", file.data)
    assert corpus.check() == []
    for heading in ("## Agenda", "## Case prompt", "## Discussion questions", "## Take it back to practice"):
        assert heading in file.text
    assert "date: 2026-05-14" in file.text
    assert "Ask what \\*it\\* costs" in file.text  # what people said is no markup
    assert "Ask what" in file.text.partition("## Facilitator notes")[2]


def test_a_proposal_that_cannot_be_says_why(browser_of: Browsers) -> None:
    connie = browser_of("connie")
    page = connie.get(ADDRESS)
    assert len(page.send("Download the file").errors) == 4
    assert "of this name already" in page.send("Download the file", **FILED | {"title": "Asking carers"}).words
    assert page.send("Download the file", **FILED | {"title": "…"}).status == 422
    assert page.send("Download the file", **FILED | {"title": "Ring Ann Lee on 0161 496 0999"}).status == 422
    browser_of("femi").get(ADDRESS, status=403)


def test_what_a_lead_proposed_and_what_people_tried_come_to_the_convener(browser_of: Browsers, app: Flask) -> None:
    priya, lena = browser_of("priya"), browser_of("lena")
    said = {"text": "We do not know what to ask", "kind": "knowledge", "workstream": "maximising-independence"}
    priya.get("/barriers/new").send("/barriers/new", **said)
    assert lena.get("/barriers/queue/BAR-0001").send("Propose a spotlight", title="What to ask").status == 303
    session = plan(browser_of("carol"), team="all", day="2026-03-24", at="09:00").rsplit("/", 1)[1]
    with app.app_context():
        team = db.session.query(User).filter(User.id.in_(range(1, 7)))
        team.update({"team": OURS})
        db.session.commit()
    for number, name in enumerate(("priya", "femi", "ed", "ada", "stranger")):
        page = browser_of("connie").get(ADDRESS)
        assert "I will ask twice" not in page.words
        ask = browser_of(name).get(f"{PAGE}/feedback?session={session}")
        ask.send("Send", useful="yes", will_try="I will ask twice" if number == 0 else "", may_quote="y")
    page = browser_of("connie").get(ADDRESS)
    assert "I will ask twice" in page.words
    assert "BAR-0001" in page.words
    file = page.send("Download the file", **FILED, barrier="BAR-0001")
    assert 'filename="what-to-ask.md"' in file.headers["Content-Disposition"]
    assert "(/barriers/BAR-0001)" in file.text

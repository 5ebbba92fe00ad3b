"""What is on this week: each session on its day, and only where its listing says so."""

from datetime import UTC, date, datetime

import pytest

from tests.support.client import Client
from webapp.db.engine import now
from webapp.directory.criteria import Criteria
from webapp.directory.seasons import in_season
from webapp.directory.soon import asked
from webapp.directory.week import Week, week
from webapp.english.dates import WEEKDAYS, day_of
from webapp.library.generation.reader import Generation
from webapp.library.search.query import Hit

pytestmark = pytest.mark.reads_only
MONDAY_NOON = datetime(2026, 11, 23, 12, 30, tzinfo=UTC)


def held(content: Generation, *sessions: dict, only: tuple[str, ...] = (), part: str = "", **more: object) -> Week:
    """The week of one group that is held so."""
    card = {
        "path": f"/directory/{sessions}", "title": "A group", "status": "active", "places": [], "citywide": True,
        "venues": ["The hall"], "cost": "", "capacity": "", "waiting_weeks": None, "phone": "", "sessions": sessions,
    }  # fmt: skip
    return week([Hit(1, {**card, **more}, 0.8)], content, MONDAY_NOON, only, part)


def at(days: str, starts: str = "10:30", ends: str = "12:00", **more: object) -> dict:
    return {"days": days.split(), "starts": starts, "ends": ends, **more}


def days_of(shown: Week) -> list[str]:
    return [day.slug for day in shown.days if day.total]


def test_a_session_stands_on_its_days_in_its_part_of_the_day(content: Generation):
    shown = held(content, at("tuesday saturday"), at("friday", "19:00", "21:00"))
    assert days_of(shown) == ["tuesday", "friday", "saturday"]
    friday = next(day for day in shown.days if day.slug == "friday")
    assert (friday.name, friday.parts[0].name) == ("Friday 27 November", "Evening")
    assert friday.parts[0].lines[0].when == "7:00pm to 9:00pm"
    assert friday.parts[0].lines[0].facts == ("The hall", "0.8 miles")
    assert days_of(held(content, at("tuesday"), part="evening")) == []
    assert days_of(held(content, at("tuesday friday"), only=("friday",))) == ["friday"]


def test_what_is_over_today_is_left_out_and_what_is_not_stays(content: Generation):
    assert days_of(held(content, at("monday"))) == []
    assert days_of(held(content, at("monday", "11:00", "14:00"))) == ["monday"]


def test_nobody_is_sent_where_the_day_cannot_be_worked_out(content: Generation):
    """Every other week, in terms, once a month on no named day: told apart, with how often it is held."""
    for session in (at("thursday", frequency="fortnightly"), at("thursday", term_time=True)):
        shown = held(content, session)
        assert days_of(shown) == []
        assert len(shown.perhaps) == 1
    assert held(content, at("thursday", term_time=True)).perhaps[0].when.endswith("term time only")
    second = at("thursday", frequency="monthly", note="Second Thursday")
    assert held(content, second).is_empty, "this week has the fourth"
    assert held(content, at("thursday"), status="temporarily closed").is_empty


def test_what_is_held_nearly_every_day_is_told_once(content: Generation):
    shown = held(content, at("tuesday wednesday thursday friday saturday"))
    assert (days_of(shown), len(shown.most_days), shown.total) == ([], 1, 1)


@pytest.mark.parametrize(
    ("note", "answer"),
    [
        ("March to October", False),
        ("October to March only", True),
        ("Closed in November; ring first", False),
        ("Four weeks off in November", None),
        ("November's is a week early", None),
        ("Not in school holidays", None),
        ("No sessions until the boiler is replaced, expected in February", False),
        ("November to February it finishes at 15:30", True),
        ("Bring a friend", True),
    ],
)
def test_a_note_about_the_time_of_year_is_read_where_it_is_certain(note: str, answer: bool | None):
    assert in_season(note, date(2026, 11, 24)) is answer


def test_the_page_shows_what_is_near_by_day(priya: Client):
    page = priya.get("/directory/this-week?near=M22&within=3")
    assert "within 3 miles of M22" in page.words
    miles = [li.get_text() for li in page.soup.select(".week__line .dots li") if "mile" in li.get_text()]
    assert miles
    assert all(float(said.removeprefix("under").split()[0]) <= 3 for said in miles)
    assert "Look within 5 miles" in page.words
    part = priya.get("/directory/this-week?near=M22&day=sunday", part=True)
    assert [day.get_text() for day in part.soup.select(".week__day h2") if "Monday" in day.get_text()] == []
    assert len(part.soup.select(".week__days a")) == 8, "the other days are one tap away"
    assert [a["href"].rpartition("=")[2] for a in part.soup.select(".week__days a[aria-current]")] == ["sunday"]
    assert " on Sunday " in part.soup.select_one("#week-said").get_text()
    assert "We do not know where" in priya.get("/directory/this-week?near=nowhere+at+all").words


def test_the_page_begins_on_my_patch(priya: Client):
    assert "From your patch" in priya.get("/directory/this-week").words


def test_a_search_that_names_a_time_leads_to_it_or_shows_it(priya: Client):
    tomorrow = WEEKDAYS[(day_of(now()).weekday() + 1) % 7]
    led = priya.get("/directory?q=tomorrow+near+M22")
    assert led.status == 302
    assert led.location == f"/directory/this-week?near=M22&within=2&day={tomorrow}"
    typed = priya.get("/directory?q=tomorrow+near+M22", part=True)
    assert " tomorrow near M22" in typed.soup.select_one(".results__found").get_text()
    assert not typed.soup.select(".result"), "no group is called tomorrow"
    assert not typed.soup.select(".guidance-band"), "nor is any page about it"
    page = priya.get("/directory?q=walking+this+weekend+near+M22")
    assert "This weekend near M22: walking" in page.words
    assert any("day=saturday&day=sunday" in link and "q=walking" in link for link in page.links(".soon a"))


def test_only_words_of_time_are_read_so(content: Generation):
    today = date(2026, 11, 23)
    assert asked(Criteria(words="a day centre for today's carers of the weekly sort"), content, today) is None
    assert asked(Criteria(words="weekend breaks"), content, today) is None
    assert asked(Criteria(words="singing on Friday"), content, today) is None


@pytest.mark.parametrize(
    ("words", "days", "part"),
    [
        ("anything on tonight", ("monday",), "evening"),
        ("what's on tomorrow near M22", ("tuesday",), ""),
        ("M22 tomorrow morning, what is on", ("tuesday",), "morning"),
        ("Whats on Friday evening in M22?", ("friday",), "evening"),
        ("what's on at the weekend", ("saturday", "sunday"), ""),
        ("what's on near M22", (), ""),
    ],
)
def test_whoever_asks_what_is_on_is_heard_with_the_day_and_the_place(content: Generation, words, days, part):
    wanted = asked(Criteria(words=words), content, date(2026, 11, 23))
    assert wanted
    assert (wanted.words, wanted.days, wanted.part) == ("", days, part)
    assert wanted.criteria.near_typed == ("M22" if "M22" in words else "")

"""Taking my logs along: for any days, on a page and as a Word document, with what a register asks for marked."""

import io
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from docx import Document
from flask import Flask

from tests.support.client import Client
from tests.support.people import PEOPLE
from webapp.db.engine import db
from webapp.learning_logs import cpd
from webapp.learning_logs.models import Helped, LearningLog, LearningLogTheme
from webapp.learning_logs.record import DOMAINS

WHOLE = {"experience": "She showed me the garden", "reflection": "I hurried", "will_try": "Sit down first"}
Keep = Callable[..., int]
YEAR = "from=2024-12-01&to=2025-11-30"


@pytest.fixture
def keep(app: Flask) -> Keep:
    """Keep a log that was written at midday on this day; its number."""

    def write(day: date, who: str = "priya", **said: object) -> int:
        moment = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
        with app.app_context():
            log = LearningLog(
                **{"author_id": PEOPLE[who].id, "helped": Helped.HELPED, "week": day, "created_at": moment, **said},
                themes=[LearningLogTheme(theme="carers")],
            )
            db.session.add(log)
            db.session.commit()
            return log.id

    return write


def test_a_registration_year_runs_from_december_to_november():
    assert cpd.year_of(date(2025, 11, 30)) == (date(2024, 12, 1), date(2025, 11, 30))
    assert cpd.year_of(date(2025, 12, 1)) == (date(2025, 12, 1), date(2026, 11, 30))


def test_the_record_has_the_logs_of_its_days_and_says_whether_they_are_enough(priya: Client, keep: Keep):
    keep(date(2024, 11, 30), concept="The year before")
    keep(date(2024, 12, 1), **WHOLE)
    keep(date(2025, 11, 30), **{**WHOLE, "concept": "People are the experts"}, with_peers=True)
    keep(date(2025, 6, 2), concept="Half a thought", with_peers=True)
    keep(date(2025, 6, 3), concept="Taken back", withdrawn_at=datetime(2025, 6, 4, tzinfo=UTC))
    keep(date(2025, 6, 4), "femi", concept="Femi thought this")
    page = priya.get(f"/learning-logs/record?{YEAR}")
    assert [cell.text for cell in page.soup.select("tbody tr td")] == ["Yes", "3", "2", "1"]
    for absent in ("The year before", "Taken back", "Femi thought"):
        assert absent not in page.words
    assert page.words.count("Can serve as a piece") == 3, "once over the column, and for two logs"
    both = priya.get("/learning-logs/record?from=2024-01-01&to=2025-11-30")
    assert "Needs 2 pieces and one reflected on with peers" in both.words


def test_a_piece_says_what_happened_what_was_learned_and_what_it_changes(priya: Client, keep: Keep):
    short = keep(date(2025, 6, 2), concept="Half a thought")
    assert "it still has to say what happened, and what it changes" in priya.get(f"/learning-logs/{short}").words
    page = priya.get(f"/learning-logs/{keep(date(2025, 6, 2), **WHOLE)}")
    assert "so it can serve" in page.words
    page = page.send("Mark as reflected on with peers").follow()
    assert "Reflected on with peers" in page.words
    assert "Mark as reflected" in page.send("Take off “reflected on with peers”").follow().words


def read(person: Client, query: str) -> tuple[object, str]:
    """The document, and all words of its paragraphs and tables."""
    answer = person.get(f"/learning-logs/export.docx?{query}")
    assert answer.type.endswith("wordprocessingml.document")
    document = Document(io.BytesIO(answer.data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return document, "\n".join([*(line.text for line in document.paragraphs), *cells])


def test_the_word_document_is_whole(priya: Client, keep: Keep):
    keep(date(2025, 6, 2), **WHOLE, with_peers=True)
    keep(date(2025, 6, 9), "femi", concept="Femi thought this")
    document, words = read(priya, YEAR)
    for said in (
        *WHOLE.values(),
        "Priya Nair",
        "Monday 2 June 2025",
        "Reflected on with peers",
        "Needs one more piece",
    ):
        assert said in words
    assert "Femi" not in words
    age = datetime.now(UTC) - document.core_properties.created.replace(tzinfo=UTC)
    assert age < timedelta(days=1), "it is dated when it was made"
    section = document.sections[0]
    assert "Record of continuing professional development" in section.header.paragraphs[0].text
    assert {"PAGE", "NUMPAGES"} <= set(section.footer.paragraphs[0]._p.xpath("string(.)").replace(" of ", " ").split())
    (table,) = document.tables
    room = section.page_width - section.left_margin - section.right_margin
    assert sum(column.width for column in table.columns) <= room
    first = table.rows[0]._tr
    assert first.xpath("./w:trPr/w:tblHeader"), "its first row stands on each page"


def test_as_evidence_for_the_first_year_it_has_the_nine_domains(priya: Client, keep: Keep):
    keep(date(2025, 6, 2), **WHOLE)
    _, words = read(priya, f"{YEAR}&as=asye")
    assert "Critical reflection log" in words
    assert all(domain in words.replace("\u00a0", " ") for domain in DOMAINS)
    assert "The nine domains" not in read(priya, YEAR)[1]


def test_days_that_make_no_sense_are_said_to_the_reader(priya: Client):
    page = priya.get("/learning-logs/record?from=soon&to=0000-99-99")
    assert "“soon” is not a date we can read" in page.words
    assert "exchanged" in priya.get("/learning-logs/record?from=2025-06-02&to=2025-01-01").words
    assert priya.get("/learning-logs/export.docx?from=%00&to=99999-01-01").status == 200

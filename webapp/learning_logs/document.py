"""A record as a Word document."""

from typing import Any

from webapp.english.dates import long_date, moment, short_date
from webapp.learning_logs import cpd
from webapp.learning_logs.models import LearningLog
from webapp.learning_logs.record import DOMAINS, LogRecord, headed_texts
from webapp.library.vocabulary import Vocabulary
from webapp.web import word

TICK, NO_BREAK = "☐", "\u00a0"


def write(record: LogRecord, words: Vocabulary, organisation: str, made: str) -> bytes:
    """The whole file. `made` says when."""
    document = word.begin(record.title, author=record.person, over=organisation or record.person)
    whose = ", ".join(filter(None, (record.person, record.team, organisation)))
    period = record.period
    word.paragraph(document, whose)
    word.paragraph(document, f"{long_date(period.since)} to {long_date(period.until)}. Made on {made}.")
    if record.cut:
        word.paragraph(document, f"These are the first {len(record.logs)}. Choose fewer days to have the rest.")
    if not record.logs:
        word.paragraph(document, "No log was written within these days.")
    elif period.asye:
        _capabilities(document)
    else:
        _years(document, record)
    for number, log in enumerate(record.logs, 1):
        _log(document, number, log, words, asye=period.asye)
    return word.as_bytes(document)


def _years(document: Any, record: LogRecord) -> None:
    """How far the logs go for each registration year: see `cpd`."""
    word.heading(document, "Towards registration")
    rows = [
        (
            f"{short_date(year.since)} to {short_date(year.until)}",
            "Yes" if year.is_enough else f"Needs {' and '.join(year.missing)}",
            year.logs,
            year.pieces,
            year.with_peers,
        )
        for year in record.years
    ]
    heads = ("Registration year", "Two pieces, one with peers", "Logs", "Can serve as a piece", "Of these with peers")
    word.table(document, heads, rows, widths=(56, 50, 16, 26, 26))
    word.paragraph(
        document,
        "Social Work England asks for at least two different pieces in each registration year, at least one of them "
        "with a reflection with a peer. A log can serve where it says what happened, what was learned and what it "
        "changes. Only logs within the days above are counted.",
        small=True,
    )


def _capabilities(document: Any) -> None:
    word.heading(document, "Where my logs show the capabilities")
    word.paragraph(
        document,
        "The nine domains of the Professional Capabilities Framework. Write the numbers of the logs that show each. "
        "You are judged as a whole, not box by box.",
    )
    rows = [(domain, "", "") for domain in DOMAINS]
    word.table(document, ("Domain", "Logs that show it", "My assessor’s words"), rows, widths=(62, 42, 70))
    word.heading(document, "Critical reflection log")


def _log(document: Any, number: int, log: LearningLog, words: Vocabulary, *, asye: bool) -> None:
    word.heading(document, f"{number}. {long_date(log.created_at)}", 2)
    facts = [log.helped.label, *(words.label("themes", row.theme) for row in log.themes)]
    marks = [] if cpd.lacks(log) else ["Can serve as a piece of professional development"]
    marks += ["Reflected on with peers"] if log.with_peers else []
    word.paragraph(document, ". ".join(["; ".join(facts), *marks]) + ".", small=True)
    for heading, text in headed_texts(log):
        word.heading(document, heading, 3)
        word.paragraph(document, text)
    if log.barrier:
        word.paragraph(document, f"Passed on as {log.barrier.ref}.", small=True)
    if log.changed_at:
        word.paragraph(document, f"Last changed on {moment(log.changed_at)}.", small=True)
    if asye:
        word.paragraph(document, "   ".join(_box(domain) for domain in DOMAINS), small=True)


def _box(words: str) -> str:
    """A box to tick, on one line with its words."""
    return f"{TICK} {words}".replace(" ", NO_BREAK)

"""The answer table in a Word document: each open gap a heading, and a table of questions and answers."""

from typing import Any

from webapp.dates import short_date
from webapp.gaps.models import Gap
from webapp.library.characters import writable
from webapp.library.vocabulary import Vocabulary
from webapp.reporting.blocks import MOST_BLOCKS, GapBlock
from webapp.reporting.cross_tab import name
from webapp.reporting.report import Report
from webapp.web import word, word_refs

WIDTHS_MM = (40, 134)


def write(document: Any, report: Report, words: Vocabulary, base: str) -> None:
    """All blocks of the report."""
    if not report.blocks:
        word.paragraph(document, "No gaps are open.")
    if report.figures.open.gaps > len(report.blocks):
        word.paragraph(document, f"The {MOST_BLOCKS} that most staff asked for, of {report.figures.open.gaps:,}.")
    for one in report.blocks:
        title(document, one.gap, base)
        word.table(document, ("Question", "Answer"), _rows(one, words), widths=WIDTHS_MM, together=True)


def title(document: Any, gap: Gap, base: str) -> None:
    """The gap's number, which leads to its page, and what is needed."""
    line = document.add_heading(level=2)
    word_refs.link(line, gap.ref, f"{base}/commissioning/gaps/{gap.ref}")
    line.add_run(writable(f": {gap.needed}"))


def _rows(one: GapBlock, words: Vocabulary) -> list[tuple[str, str]]:
    gap = one.gap
    staff = f"{gap.people:,}" + (f", of {'; '.join(one.teams)}" if one.teams else "")
    status = f"{gap.status.label}. {gap.status_reason}" if gap.status_reason else gap.status.label
    return [
        ("Place", name("place", gap.place, words)),
        ("For whom", ", ".join(words.label("audiences", slug) for slug in gap.audiences) or "Anyone"),
        ("Outcome", name("outcome", gap.outcome, words)),
        ("Residents it would help", gap.helps.words.capitalize()),
        ("Staff who asked", staff),
        ("How we know", _evidence(one)),
        ("Listings near it", _near(one)),
        ("What was tried", _tried(one)),
        ("Status", status),
        ("Answer", gap.answer or "None yet"),
        ("Looked after by", one.owner),
        ("Target date", _target(gap)),
    ]


def _target(gap: Gap) -> str:
    day = short_date(gap.target_on) if gap.target_on else "Not set"
    return day if gap.budget is None else f"{day}; budget £{gap.budget:,}"


def _evidence(one: GapBlock) -> str:
    said = [f"Reported {short_date(one.gap.created_at)}.", *(f"“{quote}”" for quote in one.quotes)]
    if one.unquoted:
        who = "1 member of staff" if one.unquoted == 1 else f"{one.unquoted} staff"
        said.append(f"{who} said what they tried, not to be quoted.")
    if one.searched:
        found = (
            f"“{line.pattern.words}”, {line.pattern.searches} times by {line.pattern.people} or more people"
            for line in one.searched
        )
        said.append(f"Searched for and not found: {'; '.join(found)}.")
    if one.barriers:
        said.append(f"Barriers: {', '.join(barrier.ref for barrier in one.barriers)}.")
    return " ".join(said)


def _near(one: GapBlock) -> str:
    if one.near is None:
        return "Not known, as it does not say what kind of thing it is"
    first = ", ".join(title for title, _ in one.near.first)
    return f"{one.near.words}: {first}" if first else one.near.words


def _tried(one: GapBlock) -> str:
    every = (f"{p.title}: {p.learned}" if p.learned else p.title for p in one.tried)
    return "; ".join(every) or "Nothing yet"

"""The answer table of a manuscript: each open gap a heading, and a table of questions and answers."""

from collections.abc import Iterable, Iterator

from webapp.commissioning.report.blocks import MOST_BLOCKS, GapBlock
from webapp.commissioning.report.cross_tab import name
from webapp.commissioning.report.report import Report
from webapp.english.dates import short_date
from webapp.gaps.models import Gap
from webapp.library.vocabulary import Vocabulary
from webapp.web.manuscript import Cell, Heading, Link, Paragraph, Part, Run, Table, joined

WIDTHS_MM = (40, 134)


def parts(report: Report, words: Vocabulary, base: str) -> Iterator[Part]:
    """All blocks of the report."""
    if not report.blocks:
        yield Paragraph("No gaps are open.")
    if report.figures.open.gaps > len(report.blocks):
        yield Paragraph(f"The {MOST_BLOCKS} that most staff asked for, of {report.figures.open.gaps:,}.")
    for one in report.blocks:
        yield title(one.gap, base)
        yield Table(("Question", "Answer"), _rows(one, words, base), widths=WIDTHS_MM, together=True)


def title(gap: Gap, base: str) -> Heading:
    """The gap's number, which leads to its page, and what is needed."""
    return Heading([Link(gap.ref, f"{base}/commissioning/gaps/{gap.ref}"), f": {gap.needed}"])


def gaps(refs: Iterable[str], base: str) -> Cell:
    """The numbers of gaps, each of which leads to its page."""
    return joined(Link(ref, f"{base}/commissioning/gaps/{ref}") for ref in refs) or "None"


def _rows(one: GapBlock, words: Vocabulary, base: str) -> list[tuple[str, Cell]]:
    gap = one.gap
    staff = f"{gap.people:,}" + (f", of {'; '.join(one.teams)}" if one.teams else "")
    status = f"{gap.status.label}. {gap.status_reason}" if gap.status_reason else gap.status.label
    return [
        ("Place", name("place", gap.place, words)),
        ("For whom", ", ".join(words.label("audiences", slug) for slug in gap.audiences) or "Anyone"),
        ("Outcome", name("outcome", gap.outcome, words)),
        ("Residents it would help", gap.helps.words.capitalize()),
        ("Staff who asked", staff),
        ("How we know", _evidence(one, base)),
        ("Listings near it", _near(one, base)),
        ("What was tried", _tried(one, base)),
        ("Status", status),
        ("Answer", gap.answer or "None yet"),
        ("Looked after by", one.owner),
        ("Target date", _target(gap)),
    ]


def _target(gap: Gap) -> str:
    day = short_date(gap.target_on) if gap.target_on else "Not set"
    return day if gap.budget is None else f"{day}; budget £{gap.budget:,}"


def _evidence(one: GapBlock, base: str) -> Cell:
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
    if not one.barriers:
        return " ".join(said)
    barriers = joined(Link(barrier.ref, f"{base}/barriers/{barrier.ref}") for barrier in one.barriers)
    return (f"{' '.join(said)} Barriers: ", *barriers, ".")


def _near(one: GapBlock, base: str) -> Cell:
    if one.near is None:
        return "Not known, as it does not say what kind of thing it is"
    first = joined(Link(title, base + path) for title, path in one.near.first)
    return (Link(one.near.words, base + one.near.href), *((": ", *first) if first else ()))


def _tried(one: GapBlock, base: str) -> Cell:
    every: list[Run] = []
    for p in one.tried:
        every += ["; " if every else "", Link(p.title, f"{base}/commissioning/prototypes/{p.id}")]
        every += [f": {p.learned}"] if p.learned else []
    return tuple(every) or "Nothing yet"

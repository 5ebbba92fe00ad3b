"""A pack as plain text, to paste into somebody's case record: names, when, phone, when it was checked, why it fits."""

from collections.abc import Iterable
from datetime import date

from webapp.english import dates
from webapp.packs.contents import PackEntry


def case_record(entries: Iterable[PackEntry], today: date) -> str:
    """A few lines for each entry, with an empty line between them. No name of a person is in it: none is in a pack."""
    parts = [f"Support options given on {dates.short_date(today)}"]
    parts += ["\n".join(f"{name}{words}" for name, words in _lines(entry) if words) for entry in entries]
    return "\n\n".join(parts)


def _lines(entry: PackEntry) -> Iterable[tuple[str, str]]:
    yield "", entry.title
    if entry.warning:
        yield "Note: ", f"{entry.warning}."
    if entry.facts and entry.asset:
        yield "When: ", "; ".join(entry.facts.sessions)
        yield "Next: ", entry.facts.next_on if entry.facts.next_on.startswith("next ") else ""
        yield "Phone: ", entry.facts.phone
    elif entry.page:
        yield "", entry.page.summary
    yield "Why it fits: ", entry.note
    yield "", entry.facts.labels[-1][0] if entry.facts else ""

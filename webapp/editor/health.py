"""What the content needs, in sections: each a few lines on one page, and all of its lines on a page of its own."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from webapp.library.confidential.listings import LOOKS
from webapp.library.front_matter.model import ATTENTION
from webapp.library.generation.reader import Generation
from webapp.library.generation.survey import SurveyedFile, other_names, survey
from webapp.library.problems import Problem
from webapp.searches import unmet
from webapp.upkeep.corrections import Correction, CorrectionTopic
from webapp.web import current
from webapp.web.small_numbers import at_least_in_words

SOON = 30  # days
LOOKED_BACK = timedelta(days=180)
READ_BACK = timedelta(days=395)
THESAURUS = "content/vocabulary/thesaurus.yml"
LINKED = {"toolkit", "tec", "spotlight"}  # kinds of page that others should lead to


@dataclass(frozen=True)
class HealthItem:
    """One thing to do. `file` is named as problems name it; `detail` is what there is to say or to do about it."""

    title: str
    href: str = ""
    detail: str = ""
    who: str = ""
    day: date | None = None
    file: str = ""
    number: int = 0  # of the line in the file

    @property
    def edit(self) -> str:
        """Where the file is edited, at its line if it can be; empty where the site does not say."""
        address = current.edit_address(self.file) if self.file else ""
        return f"{address}?line={self.number}" if self.number and address.startswith("/") else address


@dataclass(frozen=True)
class HealthSection:
    """Lines of one kind. `none` says that there are none; the words of a column are empty where it is not shown."""

    heading: str
    lead: str
    lines: list[HealthItem]
    none: str
    first: str = "Page"
    who: str = ""
    day: str = ""
    detail: str = ""
    slug: str = ""
    history: bool = True  # say of each line when its file last changed


@dataclass(frozen=True)
class Looked:
    """What all sections are made from. `today` is a day in Great Britain."""

    gen: Generation
    session: Session
    now: datetime
    today: date
    known: list[SurveyedFile] = field(default_factory=list)


def look(gen: Generation, session: Session, now: datetime, today: date) -> list[HealthSection]:
    """Every section, the most urgent first."""
    at = Looked(gen, session, now, today, _known(gen.folder))
    return [replace(make(at), slug=slug) for slug, make in SECTIONS.items()]


def one(slug: str, gen: Generation, session: Session, now: datetime, today: date) -> HealthSection | None:
    """The section of that name; None where there is none."""
    make = SECTIONS.get(slug)
    return replace(make(Looked(gen, session, now, today, _known(gen.folder))), slug=slug) if make else None


def due(gen: Generation, today: date) -> tuple[list[SurveyedFile], list[SurveyedFile]]:
    """Pages served whose review is late, and listings whose check is, the latest first."""
    late = [one for one in _known(gen.folder) if one.served and one.next_review and one.next_review < today.isoformat()]
    late.sort(key=lambda one: (one.next_review, one.title))
    return [one for one in late if one.kind != "asset"], [one for one in late if one.kind == "asset"]


def reviews(theirs: Iterable[SurveyedFile]) -> HealthSection:
    """What an owner has to review."""
    return HealthSection(
        "Pages my team looks after", "They are due for review. Read each one, and say whether it is still right.",
        [_dated(one, one.next_review) for one in theirs], "Nothing that your team looks after is due for review.",
        who="Looked after by", day="Was due", slug="reviews",
    )  # fmt: skip


@lru_cache(maxsize=2)
def _known(folder: Path) -> list[SurveyedFile]:
    return survey(folder)  # a generation never changes once it has a name


def _faults(at: Looked) -> HealthSection:
    faults = [problem for problem in at.gen.problems if problem.level == "error"]
    return HealthSection(
        "Faults in files", "A page with a fault is not changed on the site until the fault is mended.",
        [_problem(at, problem) for problem in faults], "Every file is sound.",
        first="File", detail="What to do",
    )  # fmt: skip


def _kept(at: Looked) -> HealthSection:
    kept = [one for one in at.known if one.path in at.gen.kept]
    return HealthSection(
        "Kept at their last good version", "Readers see these pages as they were before the fault.",
        [_page(one, one.owner) for one in kept], "No page is kept back.", who="Looked after by",
    )  # fmt: skip


def _reported(at: Looked) -> HealthSection:
    return HealthSection(
        "Most reported as wrong", "What readers told us in the last 13 months.",
        _corrected_pages(at, Correction.topic != CorrectionTopic.NOT_USEFUL),
        "No reader has said that a page is wrong.", detail="Told",
    )  # fmt: skip


def _least_useful(at: Looked) -> HealthSection:
    return HealthSection(
        "Least useful pages", "Readers said in the last 13 months that these did not help. Read what would have.",
        _corrected_pages(at, Correction.topic == CorrectionTopic.NOT_USEFUL),
        "No reader has said that a page did not help.", detail="Told",
    )  # fmt: skip


def _corrected_pages(at: Looked, which: ColumnElement[bool]) -> list[HealthItem]:
    """Pages that readers sent corrections about, those with the most first."""
    recent = (Correction.about != "", Correction.created_at >= at.now - READ_BACK, which)
    query = select(Correction.about, func.count()).where(*recent)
    rows = at.session.execute(query.group_by(Correction.about).order_by(func.count().desc(), Correction.about)).all()
    by_path = {one.path: one for one in at.known}
    return [
        HealthItem(
            by_path[path].title if path in by_path else path,
            path,
            "once" if count == 1 else f"{count} times",
            file=by_path[path].file if path in by_path else "",
        )
        for path, count in rows
    ]


def _guidance_due(at: Looked) -> HealthSection:
    return HealthSection(
        "Guidance due for review", "The team that looks after a page says whether it is still right.",
        [_dated(one, one.next_review) for one in due(at.gen, at.today)[0]], "No guidance is due.",
        who="Looked after by", day="Was due",
    )  # fmt: skip


def _listings_due(at: Looked) -> HealthSection:
    return HealthSection(
        "Listings due for a check", "Ring or write to ask whether what we say is still right.",
        [_dated(one, one.next_review) for one in due(at.gen, at.today)[1]], "No listing is due.",
        who="Verified by", day="Was due",
    )  # fmt: skip


def _soon(at: Looked) -> HealthSection:
    return HealthSection(
        "Due soon", f"These come up for review in the next {SOON} days.",
        _dated_soon(at, lambda one: one.next_review),
        "Nothing comes up for review soon.", who="Looked after by", day="Due",
    )  # fmt: skip


def _never_verified(at: Looked) -> HealthSection:
    never = [
        one
        for one in at.known
        if one.kind == "asset" and one.served and (not one.next_review or one.owner.endswith("(as published)"))
    ]
    return HealthSection(
        "Listings that nobody here has checked", "They came from another directory. Readers are told so.",
        [_page(one, one.owner) for one in never], "Every listing has been checked by somebody here.", who="From",
    )  # fmt: skip


def _going(at: Looked) -> HealthSection:
    return HealthSection(
        "Going out soon", f"Their last day is in the next {SOON} days. Then readers do not see them.",
        _dated_soon(at, lambda one: one.expires),
        "No page goes out soon.", who="Looked after by", day="Last day",
    )  # fmt: skip


def _hidden(at: Looked) -> HealthSection:
    today = at.today.isoformat()
    lines = []
    for one in at.known:
        if one.draft:
            lines.append(HealthItem(one.title, detail="Draft", who=one.owner, file=one.file))
        elif one.publish_from > today:
            lines.append(
                HealthItem(one.title, detail=f"From {_shown_day(one.publish_from)}", who=one.owner, file=one.file)
            )
        elif one.expires and one.expires < today:
            lines.append(HealthItem(one.title, detail=f"Until {_shown_day(one.expires)}", who=one.owner, file=one.file))
    return HealthSection(
        "Not shown to readers", "Drafts, pages whose first day is to come, and pages whose last day has passed.",
        lines, "Every page is shown.", who="Looked after by", detail="Why",
    )  # fmt: skip


def _attention(at: Looked) -> HealthSection:
    problems = [problem for problem in at.gen.problems if problem.message.startswith(ATTENTION)]
    return HealthSection(
        "Imported listings that lack something", "Find it out, and add it to the file.",
        [_problem(at, problem, problem.message.removeprefix(ATTENTION)) for problem in problems],
        "No imported listing lacks anything.", first="File", detail="What is missing",
    )  # fmt: skip


def _looks_secret(at: Looked) -> HealthSection:
    problems = [problem for problem in at.gen.problems if problem.message.startswith(LOOKS)]
    return HealthSection(
        "Addresses that are hidden until somebody decides",
        "These look like a refuge. Nobody sees the address, finds it or exports it until an editor has looked.",
        [_problem(at, problem, _why_and_what(problem.message)) for problem in problems],
        "Every address that looks like a refuge's has been decided about.", first="File", detail="Why, and what to do",
    )  # fmt: skip


def _why_and_what(message: str) -> str:
    """`(“refuge” in its name): write …` as two sentences."""
    why, _, do = message.removeprefix(LOOKS).strip(" (").partition("): ")
    return f"{why[:1].upper()}{why[1:]}. {do[:1].upper()}{do[1:]}."


def _orphans(at: Looked) -> HealthSection:
    linked = _linked(at)
    alone = [one for one in at.known if one.served and one.kind in LINKED and one.path not in linked]
    return HealthSection(
        "Pages that no other page leads to", "Link to each from a page where readers would want it.",
        [_page(one, one.owner) for one in alone], "Every page is linked to.", who="Looked after by",
    )  # fmt: skip


def _linked(at: Looked) -> set[str]:
    """Where the text of pages, or their list of related pages, leads."""
    linked = {path for one in at.known if one.served for path in one.links if path != one.path}
    for one in at.known:
        if one.served and one.kind not in {"asset", "statement"}:
            page = at.gen.page(one.path, at.today)
            linked |= set(getattr(page.front, "related", ())) if page else set()
    return linked


def _unfound(at: Looked) -> HealthSection:
    found = unmet.unfound(at.session, at.now - LOOKED_BACK)
    return HealthSection(
        "Searches that find nothing",
        "Three or more people searched for each in the last six months. A listing or another name may help.",
        [
            HealthItem(one.words, f"/search?q={quote(one.words)}", at_least_in_words(one.people), file=THESAURUS)
            for one in found
        ],
        "No words that several people searched for found nothing.",
        first="Words", detail="Searched for by", history=False,
    )  # fmt: skip


def _unused(at: Looked) -> HealthSection:
    named = other_names(at.gen.folder)
    groups = unmet.never_searched(at.session, named, at.now - READ_BACK)
    return HealthSection(
        "Other names that nobody searches for", "Nobody used any of these words in the last 13 months.",
        [HealthItem(", ".join(group), file=THESAURUS, number=named[tuple(group)]) for group in groups],
        "Every group of other names is in use, or too few searches are counted to say.", first="Words", history=False,
    )  # fmt: skip


def _advice(at: Looked) -> HealthSection:
    problems = [p for p in at.gen.problems if p.level != "error" and not p.message.startswith((ATTENTION, LOOKS))]
    return HealthSection(
        "Advice", "What would read better. Nothing here stops a page.",
        [_problem(at, problem) for problem in problems], "There is no advice.", first="File", detail="What to do",
    )  # fmt: skip


SECTIONS: dict[str, Callable[[Looked], HealthSection]] = {
    "faults": _faults,
    "kept": _kept,
    "hidden-addresses": _looks_secret,
    "guidance-due": _guidance_due,
    "listings-due": _listings_due,
    "reported": _reported,
    "least-useful": _least_useful,
    "nothing-found": _unfound,
    "due-soon": _soon,
    "going": _going,
    "never-verified": _never_verified,
    "attention": _attention,
    "not-shown": _hidden,
    "orphans": _orphans,
    "unused-words": _unused,
    "advice": _advice,
}


def _problem(at: Looked, problem: Problem, message: str = "") -> HealthItem:
    origin = at.gen.origin
    shown = origin.in_repository(problem.file) if origin else problem.file
    return HealthItem(shown, detail=message or problem.message, file=problem.file, number=problem.line)


def _page(one: SurveyedFile, who: str) -> HealthItem:
    return HealthItem(one.title, one.path, who=who, file=one.file)


def _dated(one: SurveyedFile, day: str) -> HealthItem:
    return HealthItem(one.title, one.path, who=one.owner, day=date.fromisoformat(day), file=one.file)


def _dated_soon(at: Looked, day_of: Callable[[SurveyedFile], str]) -> list[HealthItem]:
    """What is served and has such a day within SOON days, the nearest first."""
    today, end = at.today.isoformat(), (at.today + timedelta(days=SOON)).isoformat()
    coming = [one for one in at.known if one.served and today <= day_of(one) <= end]
    return [_dated(one, day_of(one)) for one in sorted(coming, key=day_of)]


def _shown_day(day: str) -> str:
    when = date.fromisoformat(day)
    return f"{when.day} {when:%B %Y}"


def owners(late: Iterable[SurveyedFile]) -> Iterator[str]:
    """Owners of what is late, each once, those with the most pages first."""
    names = [one.owner for one in late if one.owner]
    yield from sorted(dict.fromkeys(names), key=lambda name: -names.count(name))

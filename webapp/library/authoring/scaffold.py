"""Beginning a new page: a file that passes every check from the start, with what is to be written between ‹ and ›."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from webapp.library.front_matter.edit import inline
from webapp.library.vocabulary import Vocabulary

DRAFT = ("draft", True, "remove this line when it is ready to be seen")
AGENDA = """## Agenda

| Minutes | What |
|---|---|
| ‹5› | ‹Welcome› |

## Case prompt

‹An invented case, and say that it is invented.›

## Discussion questions

1. ‹A question that has no right answer›

## Take it back to practice

‹One thing to try this week.›
"""
# Kind → its folder, and the text it begins with.
KINDS = {
    "asset": ("assets", "‹What a session is like, who tends to come, what to bring, how to introduce someone.›\n"),
    "toolkit": ("toolkit", "‹The answer first. Start headings at `##`.›\n"),
    "tec": ("tec", "‹The answer first. Start headings at `##`.›\n"),
    "spotlight": ("spotlights", AGENDA),
    "handout": ("spotlights", "‹What goes on one sheet: what to look for, what to ask, what to do.›\n"),
    "update": ("updates", "‹What you asked for, what we did, and what happens next.›\n"),
    "change": ("changes", "‹What changed, from which day, and what to do this week.›\n"),
    "message": ("news", "‹What you want people to know, and what you ask of them, in a few sentences.›\n"),
}
# What is asked for, kind by kind: the key, the question, and what stands there until it is answered.
QUESTIONS: dict[str, list[tuple[str, str, str]]] = {
    "asset": [
        ("summary", "What happens there and for whom, in one sentence", "‹One sentence that says what happens there.›"),
        ("organisation", "Who runs it", ""),
        ("place", "The neighbourhood it serves (a slug of vocabulary/places.yml; nothing for the whole city)", ""),
        ("phone", "Phone number (or nothing)", ""),
        ("email", "E-mail address (or nothing)", ""),
        ("by", "Your team, which has made sure of this today", "‹Your team›"),
    ],
    "handout": [
        ("session", "The session it is for (the file's name in spotlights/)", ""),
        (
            "summary",
            "What the sheet is for, in one sentence",
            "‹One sentence of 25 words or fewer.›",
        ),
        ("owner", "The team that keeps it right", "‹The team that keeps this right›"),
    ],
    "page": [
        ("summary", "What the page says, in one sentence of 25 words or fewer", "‹One sentence of 25 words or fewer.›"),
        ("owner", "The team that keeps it right", "‹The team that keeps this right›"),
    ],
}
Line = tuple[str, Any, str]  # key, value, and a comment after it


class Exists(Exception):
    """There is a page of that name already."""


def questions(kind: str) -> list[tuple[str, str, str]]:
    """Key, question and stand-in of what a page of `kind` needs beside its title."""
    return QUESTIONS.get(kind, QUESTIONS["page"])


def new_page(
    content: Path, kind: str, title: str, slug: str | None, today: date, words: Vocabulary, given: Mapping[str, str]
) -> tuple[Path, str]:
    """The file and the text of a new page of `kind` (a key of KINDS). `given` answers `questions`, or some of them.

    Raises Exists where the address is taken, ValueError where no file name can be made of the title or a handout is for
    no session. Writes nothing.
    """
    folder = _folder_of(content, kind, given)
    name = slug or slugify(title)
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name):
        raise ValueError(f"{name!r} cannot be an address: use lower-case letters, digits and hyphens, as in --slug tea")
    taken = next(folder.rglob(f"{name}.md") if kind == "asset" else folder.glob(f"{name}.md"), None)
    if taken:
        raise Exists(f"{taken} is there already: choose another title or name one with --slug")
    inside = folder / (slugify(given.get("place", "")) or "citywide") if kind == "asset" else folder
    return inside / f"{name}.md", text_of(kind, title, today, words, given)


def _folder_of(content: Path, kind: str, given: Mapping[str, str]) -> Path:
    """The folder whose files are pages of `kind`: a handout stands in that of its session."""
    folder = content / KINDS[kind][0]
    if kind != "handout":
        return folder
    session = given.get("session", "")
    if session not in sessions(content):
        raise ValueError(f"{session!r} is no session: name the file of one in spotlights/, as in --session falls")
    return folder / session


def sessions(content: Path) -> list[str]:
    """The names of the sessions that a handout may be for, by name."""
    return sorted(path.stem for path in (content / "spotlights").glob("*.md") if path.stem != "index")


def text_of(kind: str, title: str, today: date, words: Vocabulary, given: Mapping[str, str], more: str = "") -> str:
    """The text of a new page of `kind`, with `more` at its end. `given` may name `date` and `theme` of a spotlight."""
    answers = {key: given.get(key) or stand_in for key, _, stand_in in questions(kind)}
    answers |= {key: given[key] for key in ("date", "theme") if key in given}
    lines = _asset(title, answers, today) if kind == "asset" else _guidance(kind, title, answers, today, words)
    front = "".join(_yaml_line(*line) for line in lines)
    return f"---\n{front}---\n{KINDS[kind][1]}{more}"


def _yaml_line(key: str, value: Any, note: str) -> str:
    comment = f"   # {note}" if note else ""
    return f"{key}: {inline(value, flow=False)}{comment}\n"


def _asset(title: str, answers: Mapping[str, str], today: date) -> list[Line]:
    contact = {key: answers[key] for key in ("phone", "email") if answers[key]} or {"email": "replace-me@example.org"}
    where: Line = ("places", [answers["place"]], "") if answers["place"] else ("citywide", True, "or `places: [...]`")
    return [
        ("title", title, ""),
        ("summary", answers["summary"], ""),
        ("organisation", answers["organisation"] or title, ""),
        ("status", "active", "active, inactive, defunct, temporarily closed"),
        where,
        ("activities", [], "slugs from vocabulary/activities.yml"),
        ("outcomes", [], "slugs from vocabulary/outcomes.yml"),
        ("contacts", [contact], ""),
        ("verified", {"date": today.isoformat(), "by": answers["by"]}, ""),
        ("review_every", "6 months", ""),
        DRAFT,
    ]


def _guidance(kind: str, title: str, answers: Mapping[str, str], today: date, words: Vocabulary) -> list[Line]:
    day = today.isoformat()
    lines: list[Line] = [
        ("title", title, ""),
        ("summary", answers["summary"], ""),
        ("owner", answers["owner"], ""),
        ("reviewed", day, ""),
        ("review_every", "12 months", ""),
    ]
    if kind in {"toolkit", "tec"}:
        shelves = words.terms(f"{kind}-categories") if f"{kind}-categories" in words.files else {}
        lines += [("category", next(iter(shelves)), f"a shelf of vocabulary/{kind}-categories.yml")] if shelves else []
    if kind == "tec":
        lines += [
            ("outcomes", [], "slugs from vocabulary/outcomes.yml"),
            ("how_to_issue", "‹How to issue it, in a sentence›", ""),
            ("where", "‹Where it is used or fitted›", ""),
        ]
    if kind in {"spotlight", "update", "change", "message"}:
        what = "the day of the session" if kind == "spotlight" else "the day this is told"
        lines.append(("date", answers.get("date", day), what))
    if kind == "spotlight":
        themes = list(words.terms("themes")) if "themes" in words.files else []
        themes = [answers["theme"]] if "theme" in answers else themes[:1]
        lines += [("themes", themes, "slugs from vocabulary/themes.yml"), ("materials", [], "")]
    if kind == "update":
        lines.append(("answers", [], "gap references, as in GAP-0001"))
    if kind == "message":
        lines.append(("sender", "‹The role it is from›", "a role or team, never the name of a person"))
    return [*lines, DRAFT]


def slugify(title: str) -> str:
    """`Café Olé!` → `cafe-ole`."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower().replace("'", "")).strip("-")

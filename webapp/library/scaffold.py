"""Beginning a new page: a file that is correct from the start, with what is to be written between angle quotes."""

import re
import unicodedata
from datetime import date
from pathlib import Path


class Exists(Exception):
    """There is a page of that name already."""


GUIDANCE = """---
title: {title}
summary: ‹One sentence of 25 words or fewer.›
owner: ‹The team that keeps this right›
reviewed: {today}
review_every: 12 months
{more}---
‹The answer first. Start headings at `##`.›
"""

ASSET = """---
title: {title}
summary: ‹One sentence that says what happens there and for whom.›
organisation: {title}
status: active
citywide: true   # or `places: [...]` with slugs from content/vocabulary/places.yml
locations: []
activities: []   # slugs from content/vocabulary/activities.yml
outcomes: []     # slugs from content/vocabulary/outcomes.yml
cost: free
referral: self
capacity: taking
contacts:
  - name: ‹A role, never a person›
    email: replace-me@example.org
verified: {{date: {today}, by: ‹Your team›}}
review_every: 6 months
draft: true      # remove this line when it is ready to be seen
---
‹What a session is like, who tends to come, what to bring, how to introduce someone.›
"""

# Kind → folder and the lines that this kind has beyond every page's own.
KINDS = {
    "asset": ("assets", ""),
    "toolkit": ("toolkit", "category: foundations\ndraft: true\n"),
    "tec": (
        "tec",
        "category: deciding\noutcomes: []\nhow_to_issue: ‹How to issue it, in a sentence›\n"
        "where: ‹Where it is used or fitted›\ndraft: true\n",
    ),
    "spotlight": ("spotlights", "date: {today}\nthemes: [wellbeing]\nmaterials: []\ndraft: true\n"),
    "update": ("updates", "date: {today}\nanswers: []\ndraft: true\n"),
}


def new_page(content: Path, kind: str, title: str, slug: str | None, today: date) -> Path:
    """Write a new page of `kind` (a key of KINDS) and return its file.

    Raises Exists where the address is taken, ValueError where no file name can be made of the title.
    """
    folder, more = KINDS[kind]
    name = slug or slugify(title)
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name):
        raise ValueError(f"{name!r} cannot be an address: use lower-case letters, digits and hyphens")
    taken = next((content / folder).rglob(f"{name}.md"), None)
    if taken:
        raise Exists(f"{taken} is there already: choose another title or name one with --slug")
    quoted = f'"{title}"' if re.search(r"[:#\[\]{}&*!|>'\"%@`]", title) and '"' not in title else title
    template = ASSET if kind == "asset" else GUIDANCE
    text = template.format(title=quoted, today=today.isoformat(), more=more.format(today=today.isoformat()))
    path = content / folder / f"{name}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("x", encoding="utf-8") as file:
        file.write(text)
    return path


def slugify(title: str) -> str:
    """`Café Olé!` → `cafe-ole`."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower().replace("'", "")).strip("-")

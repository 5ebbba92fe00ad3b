"""What the site is called and how it presents itself: `content/site.yml`."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from webapp.library.front_matter.fields import Email, Text, Title, Url, term
from webapp.library.front_matter.model import Strict
from webapp.library.front_matter.source import Fault, read_yaml
from webapp.library.front_matter.validation import problems_of
from webapp.library.problems import Problem
from webapp.library.vocabulary import Vocabulary


class Contact(Strict):
    """Whom to ask about the site itself."""

    label: Text
    email: Email | None = None
    url: Url | None = None


class StartingPoint(Strict):
    """One way into the directory, in the words of strengths. Each list is a facet of the search it opens."""

    label: Title
    activities: tuple[Annotated[str, term("activities")], ...] = ()
    audiences: tuple[Annotated[str, term("audiences")], ...] = ()
    outcomes: tuple[Annotated[str, term("outcomes")], ...] = ()
    words: str = ""


class Site(Strict):
    name: Title = Field(description="what the site is called")
    organisation: Title = Field(description="whose site it is")
    strapline: Text = "What would make life good?"
    notice: Annotated[str, Field(max_length=500)] = ""
    contact: Contact | None = None
    starting_points: tuple[StartingPoint, ...] = ()
    # Whose commits are whose: an author as git names them, and the slug of their team.
    authors: dict[str, Annotated[str, term("teams")]] = {}
    # How the owners of pages are reached where they are no team of the vocabulary: a name, and its e-mail address.
    owners: dict[str, Email] = {}
    # Whether readers find imported listings that lack something: see docs/decisions/imported-records.md
    imported: Literal["searchable", "hidden"] = "searchable"


def load(path: Path, root: Path, vocabulary: Vocabulary) -> tuple[Site | None, list[Problem]]:
    """Read `site.yml`; None, and why, where it has a fault."""
    if not path.exists():
        file = path.relative_to(root).as_posix()
        return None, [Problem(file, 1, "the site has no name: add this file with `name` and `organisation`")]
    try:
        source = read_yaml(path, root)
    except Fault as fault:
        return None, fault.problems
    return problems_of(Site, source, vocabulary)

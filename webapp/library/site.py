"""What the site is called and how it presents itself: `content/site.yml`."""

import datetime
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from webapp.library.front_matter.fields import Email, Phone, Text, Title, Url, term
from webapp.library.front_matter.pieces import Strict
from webapp.library.front_matter.source import Fault, read_yaml
from webapp.library.front_matter.validation import problems_of
from webapp.library.problems import Problem, or_list
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


class UrgentNumber(Strict):
    """A number for when somebody may be in danger. With `about`, only for those kinds of danger.

    A `sample` stands for a number that a council puts here, and is marked as such wherever it is shown.
    """

    kind: Literal["emergency", "crisis", "safeguarding", "out-of-hours", "other"]
    label: Title
    phone: Phone
    note: Text | None = None
    about: tuple[Annotated[str, term("danger")], ...] = ()
    sample: bool = False
    source: Url | None = None  # where the number of a national service was read, and when
    checked: datetime.date | None = None


class OpenReferral(Strict):
    """What of the directory is published as open data, where that is switched on: see docs/open-referral.md."""

    # Which listings written here are published: those that say `publish: true`, or all but those that say false.
    publish: Literal["marked", "all"] = "marked"
    republish: tuple[Text, ...] = ()  # names of feeds whose listings may be published again, with where they are from
    licence: Text | None = None
    licence_url: Url | None = None
    town: Text | None = None  # the city of an address that names none, and its county
    county: Text | None = None


EMERGENCY = UrgentNumber(kind="emergency", label="Emergency", phone="999", note="Police, ambulance or fire")
URGENT_KINDS = ("emergency", "crisis", "safeguarding", "out-of-hours")  # of which every site needs one


class Site(Strict):
    name: Title = Field(description="what the site is called")
    organisation: Title = Field(description="whose site it is")
    strapline: Text = "What would make life good?"
    notice: Annotated[str, Field(max_length=500)] = ""
    contact: Contact | None = None
    urgent: tuple[UrgentNumber, ...] = (EMERGENCY,)
    starting_points: tuple[StartingPoint, ...] = ()
    # Whose commits are whose: an author as git names them, and the slug of their team.
    authors: dict[str, Annotated[str, term("teams")]] = {}
    # How the owners of pages are reached where they are no team of the vocabulary: a name, and its e-mail address.
    owners: dict[str, Email] = {}
    # Whether readers find imported listings that lack something: see docs/decisions/imported-records.md
    imported: Literal["searchable", "hidden"] = "searchable"
    open_referral: OpenReferral = OpenReferral()


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


def lacking(site: Site, file: str) -> list[Problem]:
    """Advice where `site.yml`, called `file`, leaves somebody in danger without a number."""
    have = {number.kind for number in site.urgent if not number.about}
    without = [kind for kind in URGENT_KINDS if kind not in have]
    message = f"`urgent` has no number for {or_list(without)}: readers are shown none when somebody may be in danger"
    return [Problem(file, 1, message, level="advice")] if without else []

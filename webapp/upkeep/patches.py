"""A change to a listing as a patch for its file: made line by line, checked, and only then offered."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from webapp.config.settings import Settings
from webapp.english.dates import day_of
from webapp.library.build.pages import Page
from webapp.library.confidential import listings as confidential
from webapp.library.front_matter.edit import CannotEdit, edited
from webapp.library.front_matter.source import Fault, Source, parse_page
from webapp.library.generation.reader import Generation
from webapp.library.listings import patches
from webapp.library.listings.proposals import Proposal
from webapp.library.listings.table import ORDER
from webapp.library.problems import Problem
from webapp.library.syncing import served

NO_ADDRESS = "signpost@localhost"  # stands in a patch where the site names no address


@dataclass(frozen=True)
class Offer:
    """A patch for one file, or why there is none. `difference` is shown; `text` is what is downloaded."""

    file: str  # as the repository names it
    difference: str = ""
    text: str = ""
    why_not: str = ""
    problems: list[Problem] = field(default_factory=list)


def offer(
    page: Page,
    proposal: Proposal,
    gen: Generation,
    settings: Settings,
    now: datetime,
    *,
    subject: str,
    trailers: tuple[str, ...],
) -> Offer:
    """The patch that makes the file of `page` say `proposal`. `trailers` name teams, never people."""
    shown = gen.origin.in_repository(page.file) if gen.origin else page.file
    content = content_folder(gen, settings)
    path = content / page.file.partition("/")[2]
    try:
        before = path.read_bytes()
        source, after = applied(before, proposal, page.file)
    except (CannotEdit, Fault, OSError) as why:
        reason = why.strerror if isinstance(why, OSError) else str(why)
        return Offer(shown, why_not=f"Change the file by hand: {reason}.")
    if after == before:
        return Offer(shown, why_not="The file says so already.")
    found = faults({page.file: after}, content, settings, now)
    if found:
        return Offer(shown, why_not="With this change the file would have a fault.", problems=found)
    difference = _difference(before, after, shown, source)
    if not difference:
        return Offer(shown, why_not="Change the file by hand: the lines beside it tell a secret address.")
    contact = gen.site.contact.email if gen.site.contact else None
    head = patches.PatchHeader(subject, (gen.site.name, contact or NO_ADDRESS), now, trailers)
    return Offer(shown, difference, patches.patch(difference, head))


def applied(before: bytes, proposal: Proposal, file: str) -> tuple[Source, bytes]:
    """A listing's file as it was read, and as it says `proposal`. Raises Fault, CannotEdit."""
    source = parse_page(before, file)
    return source, edited(before, proposal.applied(source.front), ORDER)


def _difference(before: bytes, after: bytes, shown: str, source: Source) -> str:
    """The difference with so few lines beside it that none tells a secret address; empty where even one line does."""
    kept_back = confidential.verdict(source.front, source.body)
    for beside in (3, 2, 1):
        made = patches.difference(before, after, shown, beside)
        if not (kept_back and confidential.tells(made, source, kept_back)):
            return made
    return ""


def content_folder(gen: Generation, settings: Settings) -> Path:
    """Where the files are that the site is made of: the folder it is given, or what it fetched."""
    return served.content_folder(gen.origin, settings.content_dir, settings.index_dir)


def faults(instead: Mapping[str, bytes], content: Path, settings: Settings, now: datetime) -> list[Problem]:
    """The faults that these files would have, in the words of `signpost content check`."""
    from webapp.library.authoring import checking  # here: no page needs it

    named = {f"{content.name}/{file.partition('/')[2]}": data for file, data in instead.items()}
    checked = checking.check(
        content, fallback=Settings.content_dir, cache=settings.index_dir, today=day_of(now), instead=named
    )
    return [p for p in checked.problems if p.file in named and p.level == "error"]

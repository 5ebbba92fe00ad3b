"""A spotlight that a convener proposes: a Markdown file, ready to commit, that passes `content check`."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath

from webapp.library.authoring import scaffold
from webapp.library.build.file_names import fault_of_name
from webapp.library.build.pages import compile_text
from webapp.library.build.places import place_of
from webapp.library.generation.reader import Generation
from webapp.library.problems import Problem
from webapp.library.vocabulary import Vocabulary
from webapp.pii.guard import CleanText

MARKUP = re.compile(r"([\\`*_{}\[\]<>#|!~^:])")
OWNER = "Communities of Practice conveners"


@dataclass(frozen=True, slots=True)
class SpotlightProposal:
    """`theme` is a slug. `quotes` are words that may be quoted; `barriers` numbers such as BAR-0001."""

    title: CleanText
    summary: CleanText
    theme: str
    day: date
    owner: CleanText
    slug: str = ""  # made of the title where it is empty
    quotes: Sequence[str] = ()
    barriers: Sequence[str] = ()

    @property
    def name(self) -> str:
        """The last part of its address, and the name of its file."""
        return self.slug or scaffold.slugify(str(self.title))


def fault_of(proposal: SpotlightProposal, gen: Generation) -> str:
    """Why it cannot have its name; empty where it can."""
    name = proposal.name
    if not name:
        return "Give it a title with words in it: the session’s address is made of them"
    if fault_of_name("spotlight", name) or gen.card(f"/spotlights/{name}"):
        return "There is a spotlight of this name already: give it another title"
    return ""


def text_of(proposal: SpotlightProposal, words: Vocabulary, today: date) -> str:
    """The file."""
    answers = {
        "summary": str(proposal.summary),
        "owner": str(proposal.owner),
        "date": proposal.day.isoformat(),
        "theme": proposal.theme,
    }
    return scaffold.text_of("spotlight", str(proposal.title), today, words, answers, _notes(proposal))


def problems(proposal: SpotlightProposal, text: str, words: Vocabulary, today: date) -> list[Problem]:
    """What `content check` would find wrong with the file."""
    file = PurePosixPath(f"spotlights/{proposal.name}.md")
    place = place_of(file)
    assert place
    return [p for p in compile_text(text.encode(), str(file), place, words, today).problems if p.level == "error"]


def _notes(proposal: SpotlightProposal) -> str:
    """What it came from, below what the room sees."""
    lines = ["", "## Facilitator notes", "", "‹What to listen for, and what to do when nobody speaks.›", ""]
    if proposal.barriers:
        links = ", ".join(f"[{ref}](/barriers/{ref})" for ref in proposal.barriers)
        lines += [f"It came up in what gets in the way: {links}.", ""]
    if proposal.quotes:
        lines += ["What people said, who may be quoted without their names:", ""]
        for quote in proposal.quotes:
            lines += [f"> {_plain(quote)}", ""]
    return "\n".join(lines).rstrip() + "\n"


def _plain(quote: str) -> str:
    """`quote` on one line, so that nothing in it is markup."""
    return MARKUP.sub(r"\\\1", " ".join(quote.split()))

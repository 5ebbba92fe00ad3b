"""What an edit settles, beside the text: what a reader said of the page, and the lines it seems to be about."""

import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from webapp.db.engine import db, now
from webapp.editor.edits import About
from webapp.english.dates import day_of
from webapp.library.build.places import place_of
from webapp.library.editing import typed
from webapp.library.front_matter.edit import CannotEdit
from webapp.library.front_matter.source import Fault
from webapp.library.listings.proposals import Proposal
from webapp.upkeep import closures, confirmations, corrections, patches, suggestions, wording
from webapp.upkeep.corrections import Correction
from webapp.upkeep.suggestions import SuggestedListing
from webapp.web import current

WORD = re.compile(r"[a-z']{4,}|\d[\d:. ]*\d|\d")
MOST_LINES = 4
# Words that any correction has, and any page.
COMMON = {
    "about", "also", "been", "from", "have", "here", "into", "just", "more", "much", "only", "page", "said", "says",
    "should", "that", "their", "them", "then", "there", "they", "this", "time", "were", "what", "when", "where",
    "which", "will", "with", "would", "your", "please", "change", "changed", "wrong", "right",
}  # fmt: skip


@dataclass(frozen=True)
class Subject:
    """`lines` are those of the text that it seems to be about: number and words."""

    heading: str
    address: str
    text: str
    facts: list[tuple[str, str]]
    lines: list[tuple[int, str]]


def about_of(kind: str, number: int | None) -> About | None:
    """What `kind` and `number`, as an address has them, name; None where there is no such thing."""
    models = {corrections.KIND: Correction, suggestions.KIND: SuggestedListing}
    model = models.get(kind)
    return About(kind, number) if model and number and db.session.get(model, number) else None


def subject(about: About, text: str) -> Subject | None:
    """What is shown beside `text`."""
    if about.kind == suggestions.KIND:
        found = db.session.get_one(SuggestedListing, about.number)
        heading = f"A group that a colleague found: {found.title}"
        return Subject(heading, f"/editor/suggestions/{about.number}", "", [], [])
    sent = db.session.get_one(Correction, about.number)
    facts = wording.facts(sent.proposed, current.content().vocabulary)
    said = " ".join([sent.text, *(answer for _, answer in facts)])
    return Subject(sent.topic.label, f"/editor/corrections/{about.number}", sent.text, facts, lines_about(said, text))


def lines_about(said: str, text: str) -> list[tuple[int, str]]:
    """The lines of `text` that share most words with what was `said`, in their order; words of few lines count more."""
    wanted = _words(said)
    lines = text.split("\n")
    seen: dict[str, int] = {}
    for line in lines:
        for word in _words(line):
            seen[word] = seen.get(word, 0) + 1
    weights = {at: sum(1 / seen[word] for word in wanted & _words(line)) for at, line in enumerate(lines, 1)}
    best = sorted((at for at in weights if weights[at]), key=lambda at: -weights[at])[:MOST_LINES]
    return [(at, lines[at - 1].strip()[:160]) for at in sorted(best)]


def _words(text: str) -> set[str]:
    return {word.strip() for word in WORD.findall(text.lower())} - COMMON


def proposed_text(about: About | None, file: str, text: str, known: str) -> tuple[str, str]:
    """The text to begin with: as it would be with what was proposed; and why it is not, where it cannot be.

    `known` is what people know of a listing that its file does not say yet: `closed` or `verified`.
    """
    if about and about.kind == suggestions.KIND:
        return (text, "") if text else (db.session.get_one(SuggestedListing, about.number).text, "")
    if about:
        proposal = Proposal.model_validate(db.session.get_one(Correction, about.number).proposed or {})
    else:
        proposal = _known(file, known)
    if not proposal.as_data().keys() - {"since"} or not text:
        return text, ""
    try:
        return typed.shown(patches.applied(text.encode(), proposal, file)[1]), ""
    except (Fault, CannotEdit) as why:
        return text, f"What was proposed must be written by hand: {why}."


def _known(file: str, known: str) -> Proposal:
    """What an editor marked, or colleagues confirmed, of the listing of `file`; nothing where nobody did."""
    gen, here = current.content(), place_of(PurePosixPath(file))
    page = gen.page(here.path, day_of(now())) if here and here.kind == "asset" else None
    if page and known == "closed":
        closure = closures.of(closures.recorded(db.session), page.path, page.front.status)
        return Proposal.model_validate({"status": closure.status} if closure else {})
    if page and known == "verified":
        return confirmations.verification(db.session, page.path, page.front, gen) or Proposal()
    return Proposal()

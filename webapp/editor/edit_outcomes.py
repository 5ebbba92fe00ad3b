"""What became of saved edits: once readers see one, what it was about closes itself, and whoever told us hears it."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.config.settings import Settings
from webapp.editor import edits, files
from webapp.editor.models import Edit, EditState
from webapp.library.editing.faults import EditFault
from webapp.library.editing.repository import Repository
from webapp.library.generation.reader import Generation
from webapp.people.models import User
from webapp.upkeep import corrections, decisions, patches, suggestions
from webapp.upkeep.corrections import Correction, CorrectionState
from webapp.upkeep.suggestions import SuggestedListing, SuggestionState

MOST = 200  # looked at in one round


def settle(session: Session, gen: Generation, settings: Settings, now: datetime) -> int:
    """End the edits that readers see by now, and settle what they were about; how many. Commit afterwards."""
    waiting = select(Edit).where(Edit.state == EditState.WAITING).order_by(Edit.id).limit(MOST)
    found = session.scalars(waiting).all()
    if not found:
        return 0
    try:
        with files.repository(gen, settings, wait=None) as repository:
            live = [edit for edit in found if _is_live(edit, repository, gen, settings)]
    except EditFault:
        return 0  # nobody can tell now: it is looked at again
    for edit in live:
        _settle_subject(session, edit, now)
        edits.end(session, edit, EditState.LIVE, None, now)
    return len(live)


def _is_live(edit: Edit, repository: Repository, gen: Generation, settings: Settings) -> bool:
    """Whether what readers are served was made with this edit: its commit is there, or its file says the same."""
    file = files.named(gen, settings, edit.file)
    if any(problem.file == file and problem.level == "error" for problem in gen.problems):
        return False  # readers see the last good version
    if gen.origin is None:
        path = patches.content_folder(gen, settings) / edit.file
        built = datetime.fromisoformat(gen.built_at).timestamp()
        return path.is_file() and path.stat().st_mtime <= built and repository.blob_of(path) == edit.blob
    served = repository.file(gen.origin.commit, edit.file)
    return repository.holds(gen.origin.commit, edit.commit) or (served is not None and served.blob == edit.blob)


def _settle_subject(session: Session, edit: Edit, now: datetime) -> None:
    """Say that it is done, unless an editor has decided or has gone since."""
    by = session.get(User, edit.author_id) if edit.author_id else None
    if by is None or edit.about_id is None:
        return
    if edit.about_kind == corrections.KIND:
        told = decisions.locked(session, Correction, edit.about_id)
        if told and told.state is CorrectionState.NEW:
            corrections.decide(session, told, CorrectionState.DONE, None, by, now, seen=told.state)
    elif edit.about_kind == suggestions.KIND:
        found = decisions.locked(session, SuggestedListing, edit.about_id)
        if found and found.state is SuggestionState.NEW:
            suggestions.decide(session, found, SuggestionState.ADDED, None, by, now, seen=found.state)

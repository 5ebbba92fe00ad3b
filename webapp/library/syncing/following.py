"""From the remote's newest commit to the generation served. Whatever fails, what was served is still served."""

import errno
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from webapp.config.settings import ContentRemote
from webapp.library.build import compile as compiling
from webapp.library.build import manifest
from webapp.library.build.compile import CompileOutcome, ContentError
from webapp.library.generation import disk, files
from webapp.library.generation.origin import LastCommit, Origin, by_whom
from webapp.library.site import Site
from webapp.library.syncing import reachability
from webapp.library.syncing import state as states
from webapp.library.syncing.clone import SERVED, Clone, CloneLimits, TreeListing
from webapp.library.syncing.faults import NO_SPACE, Damaged, SyncFault
from webapp.library.syncing.git import without_secrets
from webapp.library.syncing.state import SyncState
from webapp.library.vocabulary import Vocabulary

LIMITS = CloneLimits()


@dataclass(frozen=True)
class Synced:
    """What a sync did. `outcome` is None where there was nothing new; `note` is something to know, or empty."""

    commit: str
    outcome: CompileOutcome | None
    note: str = ""

    @property
    def files_with_faults(self) -> list[str]:
        """The files of this commit that have a fault, each once."""
        problems = self.outcome.problems if self.outcome else []
        return sorted({problem.file for problem in problems if problem.level == "error"})


def sync(
    remote: ContentRemote,
    index_dir: Path,
    *,
    today: date | None = None,
    processes: int = 1,
    fallback: Path | None = None,
    wait: float = 0,
    anyway: bool = False,
    limits: CloneLimits = LIMITS,
) -> Synced:
    """Fetch the branch of `remote`, compile its newest commit into a generation under `index_dir`, switch to it.

    Nothing is compiled where that commit is served already, unless `anyway`. Raises SyncFault with one sentence, which
    is also kept in the state; disk.Busy where another process is at it for longer than `wait` seconds.
    """
    try:
        with states.alone(index_dir, wait) as held:
            states.take(index_dir)
            clone = Clone(states.home_of(index_dir), remote, held, limits)
            try:
                return _sync(clone, index_dir, today, processes, fallback, anyway)
            except Damaged:
                clone.throw_away()
                return _sync(clone, index_dir, today, processes, fallback, anyway)
    except SyncFault as fault:
        _note_fault(remote, index_dir, fault)
        raise
    except OSError as error:
        full = error.errno in {errno.ENOSPC, errno.EDQUOT}
        ours = NO_SPACE if full else SyncFault(f"The files here cannot be written: {error.strerror}.")
        _note_fault(remote, index_dir, ours)
        raise ours from error


def is_behind(remote: ContentRemote, index_dir: Path) -> bool:
    """Whether `sync` would find something to do; if not, note that it was looked at. Raises SyncFault, and OSError."""
    newest, before = reachability.newest(remote), states.read(index_dir)
    same_branch = (before.remote, before.branch) == (without_secrets(remote.address), remote.branch)
    if not same_branch or before.fault or before.commit != newest or not _serves(index_dir, newest):
        return True
    states.take(index_dir)
    states.write(index_dir, replace(before, tried_at=_now()))
    return False


def _serves(index_dir: Path, commit: str) -> bool:
    """Whether that is what is served, and as this version of the program reads it."""
    served = disk.pointed(index_dir)
    return served is not None and served_commit(index_dir) == commit and not manifest.is_of_earlier_program(served)


def rebuild(
    remote: ContentRemote,
    index_dir: Path,
    *,
    today: date | None = None,
    processes: int = 1,
    fallback: Path | None = None,
    wait: float = 0,
    everything: bool = False,
) -> CompileOutcome | None:
    """Compile once more what was fetched last, because a day has passed; None where nothing was fetched yet.

    Raises SyncFault, disk.Busy and OSError.
    """
    with states.alone(index_dir, wait) as held:
        clone = Clone(states.home_of(index_dir), remote, held, LIMITS)
        commit = clone.commit_of(SERVED) if clone.repository.is_dir() else None
        if commit is None:
            return None
        clone.prepare()
        try:
            return _compile(clone, commit, index_dir, today, processes, fallback, everything)
        except Damaged:
            clone.throw_away()  # the next sync fetches it again
            raise


def _sync(
    clone: Clone, index_dir: Path, today: date | None, processes: int, fallback: Path | None, anyway: bool
) -> Synced:
    clone.prepare()
    before = states.read(index_dir)
    shown, branch = without_secrets(clone.remote.address), clone.remote.branch
    commit = clone.fetch()
    same_branch = (before.remote, before.branch) == (shown, branch)
    known = same_branch and before.commit == commit and not before.fault and clone.commit_of(SERVED) == commit
    if known and not anyway and _serves(index_dir, commit):
        states.write(index_dir, replace(before, tried_at=_now()))
        return Synced(commit, None)
    note = ""
    if same_branch and before.commit and not clone.follows(before.commit, commit):
        note = f"The history of {branch} was rewritten: the site follows it, from {before.commit[:8]} to {commit[:8]}."
    outcome = _compile(clone, commit, index_dir, today, processes, fallback)
    clone.served(commit)
    state = _state_of(outcome, commit)
    if not note and before.note and same_branch and before.commit == commit:
        note_at, kept = before.note_at, before.note
    else:
        note_at, kept = (state.served_at, note) if note else ("", "")
    after = replace(state, remote=shown, branch=branch, note=kept, note_at=note_at, failures=before.failures)
    states.write(index_dir, after)
    clone.tidy()
    return Synced(commit, outcome, note)


def _compile(
    clone: Clone,
    commit: str,
    index_dir: Path,
    today: date | None,
    processes: int,
    fallback: Path | None,
    everything: bool = False,
) -> CompileOutcome:
    listing = clone.listing(commit)
    content = clone.tree / listing.folder if listing.folder else clone.tree

    def check_out() -> Origin:
        clone.check_out(commit)
        problems = tuple(listing.problems(content.name, content))
        changes = _changes(clone, commit, listing, content.name, index_dir)
        return Origin(commit, clone.last_change(commit), clone.remote.branch, listing.folder, changes, problems)

    try:
        return compiling.build(
            content,
            index_dir,
            today=today,
            processes=processes,
            fallback=fallback,
            origin=check_out,
            moved=clone.moves(listing).now_at,
            everything=everything,
        )
    except ContentError as error:
        raise SyncFault(f"Nothing could be built from the newest commit: {error.problems[0]}.") from None


def _changes(clone: Clone, commit: str, listing: TreeListing, name: str, index_dir: Path) -> dict[str, LastCommit]:
    """Each file's last change: what the generation served knows, and what came after it."""
    served = disk.pointed(index_dir)
    known = files.read_origin(served) if served else None
    if served is None or known is None or known.folder != listing.folder or not clone.follows(known.commit, commit):
        return clone.changes(commit, listing, name)
    present = {f"{name}/{file}" for file in listing.files}
    older = {file: change for file, change in files.read_changes(served).items() if file in present}
    if known.commit == commit and older:
        return older
    return older | clone.changes(commit, listing, name, since=known.commit)


def _state_of(outcome: CompileOutcome, commit: str) -> SyncState:
    meta = files.read_meta(outcome.generation) or {}
    origin = Origin.of_meta(meta.get("origin"))
    assert origin is not None
    faults = {problem.file for problem in outcome.problems if problem.level == "error"}
    at, moment = origin.last.at, _now()
    return SyncState(
        commit=commit,
        by=by_whom(origin.last, Site.model_validate(meta["site"]), Vocabulary.from_data(meta["vocabulary"])),
        committed_at=datetime.fromtimestamp(at, UTC).isoformat(),
        served_at=moment,
        tried_at=moment,
        generation=outcome.generation.name,
        faults=len(faults),
    )


def served_commit(index_dir: Path) -> str:
    """The commit of the generation that `current` names; empty where it was built from none."""
    served = disk.pointed(index_dir)
    origin = files.read_origin(served) if served else None
    return origin.commit if origin else ""


def _note_fault(remote: ContentRemote, index_dir: Path, fault: SyncFault) -> None:
    """Keep the fault beside what is served. On a full disk the exception reports it all the same."""
    with suppress(OSError):
        before, moment = states.read(index_dir), _now()
        since = before.fault_since if before.fault else moment
        failures = before.failures + 1
        after = replace(before, tried_at=moment, fault=str(fault), fault_since=since, failures=failures)
        states.write(index_dir, after)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")

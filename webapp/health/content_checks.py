"""Whether there is content to serve, sound and without faults, and whether the repository it comes from answers."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from webapp.config.settings import ContentRemote
from webapp.health.finding import Finding, Patient, fault, fine, how_long, notice
from webapp.library.build import manifest
from webapp.library.generation import disk, files
from webapp.library.syncing import reachability, state
from webapp.library.syncing.faults import SyncFault
from webapp.web import built_files

ABOUT = "Content"
GIT = "Content repository"
PAGES = "Style sheets and scripts"
LATE_TIMES, LATE_AT_LEAST = 10, timedelta(minutes=10)


def content(at: Patient) -> Iterator[Finding]:
    """What is served."""
    served = disk.pointed(at.settings.index_dir)
    meta = files.read_meta(served) if served else None
    if served is None or meta is None:
        todo = "Run `signpost content build`."
        yield fault(ABOUT, f"No compiled content is in {at.settings.index_dir}, so no page can be shown.", todo)
        return
    if at.thorough and (damage := disk.damaged(served)):
        yield fault(ABOUT, f"What is served is damaged: {damage}.", "Run `signpost content build --everything`.")
        return
    if manifest.is_of_earlier_program(served):
        said = "What is served was compiled by an earlier version of the program, and this one may not read it."
        yield fault(ABOUT, said, "Run `signpost content build`, then start the web processes anew.")
        return
    problems = files.read_problems(served)
    if faulty := {problem.file for problem in problems if problem.level == "error"}:
        todo = "`signpost content check` names each with its line; editors see them at /editor."
        yield notice(ABOUT, f"{len(faulty):,} files have faults: their pages stay as they were.", todo)
    age = how_long(at.now - datetime.fromisoformat(meta["built_at"]))
    pages = sum(meta["counts"].values())
    yield fine(ABOUT, f"{pages:,} pages are served, compiled {age} ago, from generation {served.name}.")


def repository(at: Patient) -> Iterator[Finding]:
    """The git remote, where one is followed."""
    remote = at.settings.content_remote
    if remote is None:
        yield fine(GIT, f"No repository is followed: the folder {at.settings.content_dir} is served.")
        return
    last = state.read(at.settings.index_dir)
    if last.fault:
        todo = "See docs/syncing.md. `signpost content sync` tries again at once."
        since = f" since {_ago(at, last.fault_since)}" if last.fault_since else ""
        yield fault(GIT, f"The newest commit is not taken{since}: {last.fault}", todo)
    elif not last.tried_at:
        yield fault(GIT, "The repository was never read.", "Run `signpost content sync`, and start the worker.")
    elif (late := at.now - _moment(last.tried_at)) > max(
        LATE_AT_LEAST, LATE_TIMES * timedelta(seconds=at.settings.sync_seconds)
    ):
        yield fault(GIT, f"The repository was last looked at {how_long(late)} ago.", "Start `signpost worker`.")
    else:
        yield fine(GIT, f"Commit {last.commit[:12]} is served; it was looked at {how_long(late)} ago.")
    if at.thorough:
        yield _asked(remote)


def _asked(remote: ContentRemote) -> Finding:
    try:
        commit = reachability.newest(remote)
    except SyncFault as why:
        return fault(GIT, str(why), "See docs/syncing.md.")
    return fine(GIT, f"The repository answers: its branch {remote.branch} is at {commit[:12]}.")


def _ago(at: Patient, moment: str) -> str:
    return f"{how_long(at.now - _moment(moment))} ago"


def _moment(written: str) -> datetime:
    found = datetime.fromisoformat(written)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def static_files(at: Patient) -> Iterator[Finding]:
    """What `make setup` builds once."""
    if (built_files.FOLDER / "manifest.json").is_file():
        yield fine(PAGES, "The style sheets and scripts are built.")
    else:
        yield fault(
            PAGES, "The style sheets and scripts are not built, so the site does not start.", "Run `make setup`."
        )

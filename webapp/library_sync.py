"""Following the git remote of the content: fetch, compile, switch, and tell editors of files with faults.

The worker does it each minute (`follow`). Whoever hears that there is something new says so with `wake`: the worker
looks for that twice a second, and where no worker runs this process does it itself.
"""

import logging
import threading
import time
from datetime import UTC, datetime

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.config import Settings
from webapp.db.engine import db, now
from webapp.library.generation.disk import Busy
from webapp.library.syncing import following, state
from webapp.library.syncing.following import Synced, SyncFault
from webapp.mail import outbox
from webapp.people import User, UserRole

log = logging.getLogger(__name__)
KIND = "content"
LOOK_EVERY = 0.5  # seconds between looks for somebody's word that there is something new
WORKER_MAY_TAKE = 1.2  # seconds until we take it that there is no worker
_at_it = threading.Lock()


def sync(settings: Settings, *, wait: float = 0, anyway: bool = False, processes: int = 1) -> Synced:
    """Fetch and serve the newest commit, and tell editors of faults in it. Commits. Raises SyncFault, disk.Busy."""
    if settings.content_remote is None:
        raise SyncFault("SIGNPOST_CONTENT_REMOTE is not set, so there is no repository to follow.")
    synced = following.sync(
        settings.content_remote,
        settings.index_dir,
        fallback=Settings.content_dir,
        wait=wait,
        anyway=anyway,
        processes=processes,
    )
    if synced.files_with_faults:
        try:
            notify_editors(db.session, synced, now())
            db.session.commit()
        except Exception:  # the content is live whatever the database says
            db.session.rollback()
            log.exception("editors were not told of faults in the content")
    return synced


def rebuild(settings: Settings) -> following.CompileOutcome | None:
    """Compile again what was fetched last; None where nothing was. Raises SyncFault, disk.Busy and OSError."""
    assert settings.content_remote is not None
    return following.rebuild(settings.content_remote, settings.index_dir, fallback=Settings.content_dir, wait=60)


def notify_editors(session: Session, synced: Synced, at: datetime) -> int:
    """A message to every editor, once for each commit, that some of its files have a fault. Commit afterwards."""
    count = len(synced.files_with_faults)
    text = f"{count:,} files of the newest content have faults, so their pages stay as they were."
    if count == 1:
        text = "1 file of the newest content has a fault, so its page stays as it was."
    return outbox.enqueue(
        session,
        now=at,
        to=editors(session),
        topic="content-faults",
        subject=(KIND, synced.commit[:12]),
        text=text,
        path="/editor",
        key=f"{KIND}:{synced.commit}",
    )


def editors(session: Session) -> list[int]:
    """The ids of everyone who edits and may sign in."""
    wanted = select(User.id).join(UserRole, UserRole.user_id == User.id)
    wanted = wanted.where(UserRole.role == "editor", User.disabled.is_(False)).order_by(User.id)
    return list(session.scalars(wanted))


def follow(app: Flask, settings: Settings, stopping: threading.Event) -> threading.Thread:
    """In a thread, until `stopping`: sync when somebody asks, and every so often by itself."""

    def run() -> None:
        due = 0.0
        while not stopping.is_set():
            if state.is_asked(settings.index_dir) or time.monotonic() >= due:
                due = time.monotonic() + settings.sync_seconds
                _try(app, settings)
            stopping.wait(LOOK_EVERY)

    thread = threading.Thread(target=run, daemon=True, name="content")
    thread.start()
    return thread


def wake(app: Flask, settings: Settings) -> None:
    """There is something new: say so to the worker, and see to it here if none takes it. Returns at once."""
    state.ask(settings.index_dir)
    if _at_it.acquire(blocking=False):
        threading.Thread(target=_see_to_it, args=(app, settings), daemon=True, name="content").start()


def _see_to_it(app: Flask, settings: Settings) -> None:
    try:
        until = time.monotonic() + WORKER_MAY_TAKE
        while state.is_asked(settings.index_dir):
            if time.monotonic() >= until:
                _try(app, settings, wait=60)
                until = time.monotonic() + 1  # never more often than once a second, whoever asks
            time.sleep(0.1)
    finally:
        _at_it.release()


def _try(app: Flask, settings: Settings, wait: float = 0) -> None:
    """Sync once; whatever goes wrong is in the log and the state, and is tried again."""
    with app.app_context():
        try:
            synced = sync(settings, wait=wait)
        except Busy:
            return
        except SyncFault as fault:
            log.warning("the newest content was not taken: %s", fault)
        except Exception:
            log.exception("following the content failed")
        else:
            if synced.outcome:
                log.info("commit %s is served", synced.commit[:12])
            if synced.note:
                log.warning("%s", synced.note)


def since(moment: str) -> datetime | None:
    """A moment of the state as a time; None where it has not happened."""
    return datetime.fromisoformat(moment).astimezone(UTC) if moment else None

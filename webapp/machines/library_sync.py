"""Following the git remote of the content: fetch, compile, switch, and tell editors of files with faults.

Each machine has generations of its own, made by one of its processes, web or worker (`follow`). Whoever hears that
there is something new says so with `wake`: here it is looked for twice a second, and other machines hear of it through
the database. Where nobody follows, the process that heard does it itself.
"""

import logging
import os
import subprocess
import sys
import threading
import time
from datetime import UTC, date, datetime

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.config.settings import Settings
from webapp.db import clock, faults
from webapp.db.engine import db, now
from webapp.english import dates
from webapp.library.generation import disk, files
from webapp.library.generation.disk import Busy
from webapp.library.syncing import following, state
from webapp.library.syncing.following import Synced, SyncFault
from webapp.machines import feed_copies, registry
from webapp.mail import outbox
from webapp.people.models import User, UserRole

log = logging.getLogger(__name__)
KIND = "content"
LOOK_EVERY = 0.5  # seconds between looks for somebody's word that there is something new
ASK_EVERY = 1.5  # the same, of what another machine has said
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


def follow(app: Flask, settings: Settings, stopping: threading.Event, *, apart: bool = False) -> threading.Thread:
    """In a thread, until `stopping`: sync when somebody asks, and every so often by itself.

    Of the processes of a machine one does it. With `apart` the work is done by a process of its own, so that whoever
    is being answered by this one does not wait for it.
    """
    thread = threading.Thread(target=_follow, args=(app, settings, stopping, apart), daemon=True, name="content")
    thread.start()
    return thread


def _follow(app: Flask, settings: Settings, stopping: threading.Event, apart: bool) -> None:
    with state.leading(settings.index_dir, stopping):
        follower = _Follower(app, settings, apart)
        while not stopping.is_set():
            try:
                follower.look()
            except Exception:
                log.exception("following the content failed")
            stopping.wait(LOOK_EVERY)


class _Follower:
    """What one look after another knows: when the next is due, and what other machines have said."""

    def __init__(self, app: Flask, settings: Settings, apart: bool) -> None:
        self._app, self._settings, self._apart = app, settings, apart
        self._due = self._ask_due = self._note_due = 0.0
        self._known: datetime | None = None
        self._day = _built_on(settings)

    def look(self) -> None:
        """Do what is due."""
        moment = time.monotonic()
        if registry.may_be_many(self._settings) and moment >= self._ask_due:
            self._ask_due = moment + ASK_EVERY
            with self._app.app_context(), faults.or_undone(db.session):
                self._hear()
        if self._settings.content_remote and (state.is_asked(self._settings.index_dir) or moment >= self._due):
            self._due = moment + self._settings.sync_seconds
            self._sync()
            self._note_due = 0.0

    def _hear(self) -> None:
        """What is new elsewhere, and let others know what is served here."""
        news = registry.news(db.session)
        if news != self._known:
            self._known, self._due = news, 0.0
        if time.monotonic() >= self._note_due:
            registry.note(db.session, self._settings, clock.shared(db.session))
            self._note_due = time.monotonic() + registry.NOTED_EVERY.total_seconds()
        feed_copies.exchange(db.session, self._settings)
        db.session.commit()

    def _sync(self) -> None:
        if not self._apart:
            _try(self._app, self._settings)
            return
        if self._day != (today := dates.today()):  # a page's first or last day has come
            self._day = today
            _apart("content", "build")
        if _is_behind(self._settings):
            _apart("content", "sync")


def _is_behind(settings: Settings) -> bool:
    assert settings.content_remote
    try:
        return following.is_behind(settings.content_remote, settings.index_dir)
    except (SyncFault, OSError):
        return True  # the sync says what is wrong, and keeps it for editors


def _built_on(settings: Settings) -> date:
    """The day of what is served; today where nothing is, for then it is about to be built."""
    served = disk.pointed(settings.index_dir)
    meta = files.read_meta(served) if served else None
    return dates.day_of(datetime.fromisoformat(meta["built_at"])) if meta else dates.today()


def _apart(*command: str) -> None:
    """Run a command of ours with these settings; it gives way to whatever else this machine has to do."""
    child = subprocess.Popen(  # nosec B603 # noqa: S603 - our own program, and words of ours
        [sys.executable, "-m", "webapp", *command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.setpriority(os.PRIO_PROCESS, child.pid, 10)
    child.wait()


def wake(app: Flask, settings: Settings) -> None:
    """There is something new: say so to every machine, and see to it here if nobody takes it. Returns at once.

    Commits. Raises OSError where it cannot be noted here.
    """
    state.ask(settings.index_dir)
    with faults.or_undone(db.session):  # other machines look by themselves before long
        registry.tell_news(db.session, clock.shared(db.session))
        db.session.commit()
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

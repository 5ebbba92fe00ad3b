"""The feeds that content names are read when they are due, beside everything else."""

import logging
import threading
from collections.abc import Callable
from datetime import UTC, datetime

from webapp.config.settings import Settings
from webapp.english import dates
from webapp.library.feeds import state as states
from webapp.library.feeds.served import configured_here
from webapp.library.generation.disk import Busy

log = logging.getLogger(__name__)
LOOK_EVERY = 5.0  # seconds between two looks at what is due


def follow(settings: Settings, stopping: threading.Event, is_ours: Callable[[], bool]) -> threading.Thread:
    """In a thread, until `stopping`: read each feed when it is due. A long reading must hold up nothing else.

    `is_ours` says each time whether feeds are read here: of several workers one does.
    """

    def run() -> None:
        while not stopping.is_set():
            try:
                for feed in configured_here(settings) if is_ours() else ():
                    if not stopping.is_set() and states.is_due(settings.index_dir, feed, datetime.now(UTC)):
                        from webapp.library.feeds.reading import Reading  # here: most workers read none

                        told = Reading(feed, settings, datetime.now(UTC), dates.today()).run()
                        log.info("feed %s: %s", feed.slug, told.fault or "read")
            except (Busy, OSError) as why:
                log.warning("feeds were not read: %s", why)
            except Exception:
                log.exception("reading feeds failed")
            stopping.wait(LOOK_EVERY)

    thread = threading.Thread(target=run, daemon=True, name="feeds")
    thread.start()
    return thread

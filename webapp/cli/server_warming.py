"""Pages that are shown to nobody before the first worker begins, so that its like begin with what these have made.

A worker begins as a copy of the process that starts it, and shares every page of memory to which neither writes. Python
writes to code while that is run for the first few times, and the first searches read and make what all others need.
Done by each worker, it is kept by each. Done before, a worker keeps some 20 MB less for itself, and nobody waits.
"""

import logging
from collections.abc import Iterator
from itertools import cycle, islice
from urllib.parse import urlencode

from flask import Flask, g
from flask_login import login_user
from sqlalchemy import select

from webapp.config.settings import Settings
from webapp.db import readiness
from webapp.db.engine import db
from webapp.library.generation.reader import Generation, NoContent
from webapp.people import audit
from webapp.people.models import Person
from webapp.telemetry import counted
from webapp.web import probes

log = logging.getLogger(__name__)
NOBODY = Person(0, "", "", "", False, 0, frozenset({"practitioner"}))
OF_EACH = 5  # with searches of three kinds, whole and in part: Python is done with code when it has run eight times
HTMX = {"HX-Request": "true"}


def show_some_pages(site: Flask) -> int:
    """Show searches and listings, whole and in part, and say how many. Nothing is written, counted or logged.

    Where the content or the database cannot be read, or a page fails, readers will hear of it: the start goes on.
    """
    settings: Settings = site.extensions["signpost.settings"]
    base_url = settings.base_url or f"https://{probes.first_name(settings.trusted_hosts) or 'localhost'}"
    shown = 0
    try:
        with site.app_context():
            if readiness.schema(db.engine) not in {"current", "newer"}:
                return 0
        for address in _addresses(site.extensions["signpost.content"].current()):
            for headers in ({}, HTMX):
                with site.test_request_context(address, base_url=base_url, headers=headers):
                    login_user(NOBODY)
                    g.as_of = db.session.scalar(select(audit.as_of())) or audit.GENESIS
                    site.dispatch_request()
                shown += 1
    except NoContent:
        pass
    except Exception as error:  # whatever it is
        log.warning("pages could not be shown before the workers began: %s", type(error).__name__)
    finally:
        _let_go(site)
    return shown


def _addresses(gen: Generation) -> Iterator[str]:
    """Searches for what the vocabulary of this site knows, of all kinds, and listings."""
    places = cycle(term.label for term in gen.vocabulary.terms("places").values())
    for activity in islice(gen.vocabulary.terms("activities").values(), OF_EACH):
        yield "/directory?" + urlencode({"q": activity.label, "activity": activity.slug})
        yield "/directory?" + urlencode({"q": f"{activity.label} {next(places, '')} free on Mondays"})
        yield "/search?" + urlencode({"q": f"how do I find {activity.label}"})
    yield from islice(gen.listings().values(), OF_EACH)


def _let_go(site: Flask) -> None:
    """Keep no connection: a copy of this process must not use one that this process has."""
    with site.app_context():
        db.engine.dispose()
    for gauge in (counted.connections, counted.connections_most):
        gauge.set(0)

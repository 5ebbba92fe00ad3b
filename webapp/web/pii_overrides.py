"""What people say is not about a person: noted in the audit trail by its kind, never with the text.

The personal-data guard stops a text that could identify somebody. Where it sees a public phone line or a venue's
postcode, the sender may mark it so, and the text is stored (see `forms`). Each such choice leaves an entry here.
"""

from urllib.parse import urlsplit

from flask import Flask, Response, g, request

from webapp.db.engine import db, now
from webapp.people import audit
from webapp.web import current

ACTION = "text.not-about-a-person"
LONGEST_REF = 200  # of an entry of the trail


def init_app(app: Flask) -> None:
    """Look after each form that was taken."""
    app.after_request(_note)


def _note(response: Response) -> Response:
    """Append which fields had what kinds marked, about the page that the sender is led to. A commit of its own."""
    kinds = {field: seen for field, seen in g.get("insisted", {}).items() if seen}
    if kinds and response.status_code < 400:
        db.session.rollback()  # nothing that a view left undone is done by us
        page = urlsplit(response.location or request.path).path[:LONGEST_REF]
        audit.append(db.session, now=now(), actor=current.user().id, action=ACTION, subject=("page", page), after=kinds)
        db.session.commit()
    return response

"""Whom an administrator looks at."""

from flask import abort

from webapp.db.engine import db
from webapp.people.models import User


def person(user_id: int) -> User:
    """The person with this id, where there is one who was not removed; else the page is not there."""
    user = db.session.get(User, user_id)
    return user if user is not None and user.removed_at is None else abort(404)

"""The links that stop mail, which work without signing in: the signed token says whose mail, and which."""

from flask import abort, render_template
from flask.typing import ResponseReturnValue

from webapp.db.engine import db
from webapp.mail import preferences, unsubscribe
from webapp.mail.preferences import CHOICES, Choice
from webapp.notices.blueprint import bp
from webapp.people.models import User
from webapp.web import access, current
from webapp.web.forms import Form
from webapp.web.security import csrf


@bp.get("/unsubscribe/<token>")
@access.public
def ask_to_stop(token: str) -> ResponseReturnValue:
    """Ask first: programs that look at mail follow its links, and must change nothing."""
    _, choice = _stop(token)
    return _page("ask", token, choice)


@bp.post("/unsubscribe/<token>")
@access.public
@csrf.exempt  # a mail program sends this by itself (RFC 8058): the signed token is what lets it
def stop_mail(token: str) -> ResponseReturnValue:
    user, choice = _stop(token)
    preferences.choose(db.session, user.id, choice.key, False)
    db.session.commit()
    return _page("stopped", token, choice)


@bp.post("/unsubscribe/<token>/undo")
@access.public
def resume_mail(token: str) -> ResponseReturnValue:
    user, choice = _stop(token)
    preferences.choose(db.session, user.id, choice.key, True)
    db.session.commit()
    return _page("undone", token, choice)


def _page(step: str, token: str, choice: Choice) -> str:
    return render_template("notices/stop.html", step=step, token=token, choice=choice, button=Form(formdata=None))


def _stop(token: str) -> tuple[User, Choice]:
    stop = unsubscribe.read(current.settings().secret_key, token) or abort(404)
    user = db.session.get(User, stop.user_id)
    if user is None or user.disabled:
        abort(404)
    return user, CHOICES[stop.choice]

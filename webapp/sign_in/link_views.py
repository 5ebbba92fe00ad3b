"""A link from the command line that lets an administrator in once, whatever else is switched off or away."""

from flask import make_response, redirect, render_template
from flask.typing import ResponseReturnValue

from webapp.accounts import login, noted, one_time_links
from webapp.accounts.one_time_links import SIGN_IN
from webapp.db.engine import db, now
from webapp.people import audit
from webapp.sign_in.blueprint import bp
from webapp.web import access
from webapp.web.forms import Form


@bp.get("/sign-in/link/<token>")
@access.public
def link_page(token: str) -> ResponseReturnValue:
    """Only looks: a link that a program opened beforehand must still be good for the press."""
    user = one_time_links.holder(db.session, token, SIGN_IN, now())
    if user is None:
        return _used_up()
    return render_template("sign_in/link.html", person=user, token=token, form=Form(formdata=None))


@bp.post("/sign-in/link/<token>")
@access.public
def link_submit(token: str) -> ResponseReturnValue:
    user = one_time_links.use(db.session, token, SIGN_IN, now())
    if user is None or not user.has("admin"):
        noted.refused(noted.By.LINK)
        db.session.rollback()
        return _used_up()
    about = ("person", str(user.id))
    audit.append(db.session, now=now(), actor=user.id, action="person.link-used", subject=about)
    login.enter(user, noted.By.LINK)
    return redirect("/", 303)


def _used_up() -> ResponseReturnValue:
    return make_response(render_template("sign_in/used_up.html", again=""), 404)

"""What a view answers to a button that a rule may refuse: done and said, or refused with the reason, at an address."""

from collections.abc import Callable

from flask import flash, redirect
from flask.typing import ResponseReturnValue

from webapp.db.engine import db
from webapp.web.refusals import Refused


def attempt(act: Callable[[], object], *, done: str, to: str, refused_to: str = "") -> ResponseReturnValue:
    """Do it, commit, say `done` and lead `to`. Where `act` returns False there was nothing to do, and nothing is said.

    Where it raises Refused nothing is changed, and the reason is told at `refused_to`, or at `to` where that is empty.
    """
    try:
        changed = act()
    except Refused as why:
        db.session.rollback()
        flash(str(why), "error")
        return redirect(refused_to or to, 303)
    db.session.commit()
    if changed is not False:
        flash(done, "success")
    return redirect(to, 303)

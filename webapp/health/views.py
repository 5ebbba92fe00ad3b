"""For whatever watches over the site: is it alive, and can it serve?"""

from flask import Blueprint, Response, jsonify
from flask.typing import ResponseReturnValue
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from webapp.db.engine import db
from webapp.library.generation.reader import Generation, NoContent
from webapp.web import access, current

bp = Blueprint("health", __name__)


@bp.get("/healthz")
@access.public
def alive() -> ResponseReturnValue:
    """The process answers. Says nothing of what it depends on: restarting it would mend none of that."""
    return Response("ok\n", content_type="text/plain; charset=utf-8")


@bp.get("/readyz")
@access.public
def ready() -> ResponseReturnValue:
    """Whether pages can be served, and from which generation and commit of the content; 503 where they cannot."""
    generation, database = _generation(), _database()
    ok = generation is not None and database
    origin = generation.origin if generation else None
    return jsonify(
        ready=ok,
        generation=generation.id if generation else None,
        commit=origin.commit if origin else None,
        database=database,
    ), 200 if ok else 503


def _generation() -> Generation | None:
    try:
        return current.content()
    except NoContent:
        return None


def _database() -> bool:
    try:
        db.session.execute(text("select 1"))
    except SQLAlchemyError:
        return False
    return True

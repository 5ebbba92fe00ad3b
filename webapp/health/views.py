"""For whatever watches over the site: is it alive, and can it serve?"""

from typing import Any

from flask import Response, jsonify, request
from flask.typing import ResponseReturnValue

from webapp.db import readiness
from webapp.db.engine import db, now
from webapp.health.blueprint import bp
from webapp.web import access, current, shutdown

LOOK_AGAIN = 10  # seconds


@bp.get("/healthz")
@access.public
def alive() -> ResponseReturnValue:
    """Whether the process answers. Dependencies are not checked: a restart would not mend them."""
    return Response("ok\n", content_type="text/plain; charset=utf-8")


@bp.get("/readyz")
@access.public
def ready() -> ResponseReturnValue:
    """Whether pages can be served and forms saved, and from which generation and commit of the content; else 503.

    With `?of=machine` it is only what differs between machines, and nothing is written: a proxy asks each second. One
    that took all machines away because the database is away would show a page of its own, and what somebody typed
    would be lost.
    """
    generation = current.content_if_any()
    if request.args.get("of") == "machine":
        schema = readiness.schema(db.engine)
        ok = generation is not None and schema != "older" and not shutdown.begun.is_set()
        said: dict[str, Any] = {"schema": schema, "leaving": shutdown.begun.is_set()}
    else:
        database = readiness.look(db.engine, now())
        ok = generation is not None and database.ready
        said = {"database": database.answers, "schema": database.schema, "writable": database.writable}
    origin = generation.origin if generation else None
    known = {"generation": generation.id if generation else None, "commit": origin.commit if origin else None}
    answer = jsonify(ready=ok, **known, **said)
    if not ok:
        answer.status_code = 503
        answer.headers["Retry-After"] = str(LOOK_AGAIN)
    return answer

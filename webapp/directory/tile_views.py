"""The council's own map: one PMTiles file, of which a browser asks for the parts that it shows."""

from flask import abort, send_file
from flask.typing import ResponseReturnValue

from webapp.directory import map_points
from webapp.directory.blueprint import bp
from webapp.web import access, current

KEPT_SECONDS = 24 * 60 * 60


@bp.get(map_points.TILES)
@access.signed_in
def tiles() -> ResponseReturnValue:
    path = current.settings().map_tiles_file or abort(404)
    # Range requests are answered with the bytes that were asked for: a map of a city has tens of megabytes.
    answer = send_file(path, mimetype="application/octet-stream", conditional=True, max_age=KEPT_SECONDS)
    answer.headers["Cache-Control"] = f"private, max-age={KEPT_SECONDS}"
    return answer

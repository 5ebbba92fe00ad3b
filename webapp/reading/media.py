"""Pictures and documents that pages use: only those that were compiled, only as what they are."""

from pathlib import PurePosixPath

from flask import Response, abort, send_file

from webapp.library.generation.reader import Generation
from webapp.library.pictures.renditions import MADE
from webapp.web import security

# What a browser is told each kind is. Anything that is not shown here is handed over as a file to keep.
SHOWN = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".svg": "image/svg+xml",
    ".pdf": "application/pdf",
    ".mp4": "video/mp4",
    ".webm": "video/webm",
    ".vtt": "text/vtt",
}
# A drawing that is opened by itself is a document; in a sandbox it runs nothing.
DRAWING_POLICY = f"{security.content_policy()}; sandbox"
KEPT_SECONDS = 24 * 60 * 60  # in the reader's own browser; names do not change with what is in them, but for MADE


def send(gen: Generation, address: str) -> Response:
    """The file at `address` (`/media/pendant.png`) of this generation, or 404."""
    if address not in gen.media:
        abort(404)
    kind = SHOWN.get(PurePosixPath(address).suffix.lower())
    response = send_file(
        gen.folder / address.lstrip("/"),
        mimetype=kind or "application/octet-stream",
        as_attachment=kind is None,
        download_name=PurePosixPath(address).name,
        conditional=True,
    )
    kept = "max-age=31536000, immutable" if address.startswith(MADE) else f"max-age={KEPT_SECONDS}"
    response.headers["Cache-Control"] = f"private, {kept}"
    if kind == SHOWN[".svg"]:
        response.headers["Content-Security-Policy"] = DRAWING_POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response

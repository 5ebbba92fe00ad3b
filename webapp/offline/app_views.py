"""The installable app: what it is called, its worker, and the page that stands in for others without a signal."""

from flask import Response, jsonify, render_template, send_file
from flask.typing import ResponseReturnValue
from flask_login import current_user

from webapp.db.engine import db
from webapp.offline import devices, pins
from webapp.offline.blueprint import bp, token
from webapp.web import access, built_files, current
from webapp.web.forms import Form

ICONS = (
    ("icon-small.png", "192x192", "any"),
    ("icon-large.png", "512x512", "any"),
    ("icon-maskable.png", "512x512", "maskable"),
    ("icon.svg", "any", "any"),
)


@bp.get("/manifest.webmanifest")
@access.public
def manifest() -> ResponseReturnValue:
    site = current.content().site
    answer = jsonify(
        id="/",
        name=f"{site.name}, {site.organisation}" if site.organisation else site.name,
        short_name=site.name,
        description=site.strapline,
        lang="en-GB",
        start_url="/",
        scope="/",
        display="standalone",
        background_color="#ffffff",
        theme_color="#0b5d5e",
        icons=[
            {"src": built_files.url(name), "sizes": sizes, "purpose": purpose, "type": _type(name)}
            for name, sizes, purpose in ICONS
        ],
        shortcuts=[
            {"name": "Find", "url": "/directory"},
            {"name": "My pack", "url": "/pack"},
            {"name": "Report a gap", "url": "/gaps/new"},
        ],
    )
    answer.mimetype = "application/manifest+json"
    answer.headers["Cache-Control"] = "public, max-age=3600"
    return answer


def _type(name: str) -> str:
    return "image/svg+xml" if name.endswith(".svg") else "image/png"


@bp.get("/sw.js")
@access.public
def worker() -> ResponseReturnValue:
    """From the root, because a worker looks after what stands beside and below its own address."""
    answer = send_file(built_files.file("sw.js"), mimetype="text/javascript", conditional=True, etag=True)
    answer.headers["Cache-Control"] = "no-cache"
    return answer


@bp.get("/offline")
@access.public
def index() -> ResponseReturnValue:
    """What this device keeps. For somebody signed out, as which the worker fetches it, nothing of anybody is in it."""
    me = current.person() if current_user.is_authenticated else None
    settings = current.settings()
    days = settings.offline_days
    html = render_template(
        "offline/index.html",
        days=days,
        me_code=devices.code_of(me.id, settings.secret_key) if me else "",
        asks=me is not None and devices.is_asked(db.session, token(), me.id, days),
        is_shared=token() == devices.SHARED,
        this_one=devices.of(db.session, token()) if me else None,
        devices=devices.all_of(db.session, me.id) if me else [],
        pins=pins.of(db.session, me.id) if me else [],
        button=Form(formdata=None),
    )
    return Response(html)

"""What belongs to this request: the settings, the content being served, the person asking."""

from pathlib import PurePosixPath
from typing import cast
from urllib.parse import quote

from flask import current_app, g
from flask_login import current_user

from webapp.config.settings import Settings
from webapp.db.engine import db
from webapp.library.build.places import place_of
from webapp.library.generation.reader import Generation, NoContent, Reader
from webapp.library.syncing.git import top_of
from webapp.people import models as people
from webapp.people.models import Person, User


def settings() -> Settings:
    """The settings this process was started with."""
    return cast(Settings, current_app.extensions["signpost.settings"])


def is_watched() -> bool:
    """Whether templates, style sheets and content may change under our hands: no page stays what it was."""
    return settings().preview or settings().watch_content


def content() -> Generation:
    """The generation this request reads: looked up once, so that a page is never made from two of them."""
    if "content" not in g:
        g.content = cast(Reader, current_app.extensions["signpost.content"]).current()
    return cast(Generation, g.content)


def content_if_any() -> Generation | None:
    """The same; None where nothing that was compiled can be served."""
    try:
        return content()
    except NoContent:
        return None


def edits_here() -> bool:
    """Whether files can be edited in the browser: the content is in a repository, and the settings do not say no."""
    known = settings()
    if known.edits == "off":
        return False
    return content().origin is not None if known.content_remote else top_of(known.content_dir) is not None


def edit_address(file: str) -> str:
    """Where `file`, named as problems name it, is edited: here by editors, else at the git host; empty for nowhere."""
    inside = file.partition("/")[2]
    if person().has("editor") and place_of(PurePosixPath(inside)) and edits_here():
        return f"/editor/files/{quote(inside)}"
    return git_host_address(file)


def git_host_address(file: str) -> str:
    """Where `file` is edited at the git host; empty where the site does not say."""
    origin = content().origin
    path = origin.in_repository(file) if origin else file
    return settings().edit_url.replace("{path}", quote(path))


def person() -> Person:
    """Who is signed in, to be read: for pages that change nothing. Only for views that are not public."""
    return cast(Person, current_user._get_current_object())


def user() -> User:
    """The row of who is signed in, in this request's session. Only for views that are not public."""
    me = current_user._get_current_object()
    return me if isinstance(me, User) else people.known(db.session, me)


def as_of() -> str:
    """What the newest entry of the audit trail was sealed with when this person was recognised."""
    return cast(str, g.as_of)

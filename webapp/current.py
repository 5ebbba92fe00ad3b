"""What belongs to this request: the settings, the content being served, the person asking."""

from typing import cast
from urllib.parse import quote

from flask import current_app, g
from flask_login import current_user

from webapp.config import Settings
from webapp.library.generation import Generation, Reader
from webapp.people import User


def settings() -> Settings:
    """The settings this process was started with."""
    return cast(Settings, current_app.extensions["signpost.settings"])


def content() -> Generation:
    """The generation this request reads: looked up once, so that a page is never made from two of them."""
    if "content" not in g:
        g.content = cast(Reader, current_app.extensions["signpost.content"]).current()
    return cast(Generation, g.content)


def edit_address(file: str) -> str:
    """Where `file`, named as problems name it, is edited at the git host; empty where the site does not say."""
    origin = content().origin
    path = origin.in_repository(file) if origin else file
    return settings().edit_url.replace("{path}", quote(path))


def user() -> User:
    """The person who is signed in. Only for views that are not public."""
    return cast(User, current_user._get_current_object())

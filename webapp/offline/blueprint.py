"""The blueprint that all views of what is kept on devices share, and how they know the browser that asks."""

from flask import Blueprint, request

from webapp.offline.devices import COOKIE

bp = Blueprint("offline", __name__, template_folder="templates")
LONGEST_TOKEN = 100


def token() -> str:
    """What this browser answered when it was asked whose it is; empty where it was not."""
    return request.cookies.get(COOKIE, "")[:LONGEST_TOKEN]

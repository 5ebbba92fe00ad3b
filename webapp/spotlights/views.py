"""Spotlight sessions: planned, run from the page, and remembered."""

from flask import Blueprint

from webapp.spotlights import models  # noqa: F401 - so that its tables are known

bp = Blueprint("spotlights", __name__, template_folder="templates")

"""The performance framework on its two levels: a team, and the programme."""

from flask import Blueprint

from webapp.insights import models  # noqa: F401 - so that its tables are known

bp = Blueprint("insights", __name__, template_folder="templates")

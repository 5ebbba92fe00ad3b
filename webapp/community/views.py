"""My community: the page of a team that meets every week."""

from flask import Blueprint

from webapp.community import models  # noqa: F401 - so that its tables are known

bp = Blueprint("community", __name__, template_folder="templates")

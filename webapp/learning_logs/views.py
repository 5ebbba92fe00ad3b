"""My learning logs."""

from flask import Blueprint

from webapp.learning_logs import models  # noqa: F401 - so that its tables are known

bp = Blueprint("learning_logs", __name__, template_folder="templates")

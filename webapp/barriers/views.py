"""Barriers as everyone sees them."""

from flask import Blueprint

from webapp.barriers import models  # noqa: F401 - so that its tables are known

bp = Blueprint("barriers", __name__, template_folder="templates")

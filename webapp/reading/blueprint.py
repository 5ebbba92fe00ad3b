"""The blueprint that all views of reading share."""

from flask import Blueprint

bp = Blueprint("reading", __name__, template_folder="templates")

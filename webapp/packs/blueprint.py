"""The blueprint that all views of packs share."""

from flask import Blueprint

bp = Blueprint("packs", __name__, template_folder="templates")

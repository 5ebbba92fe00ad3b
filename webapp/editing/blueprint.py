"""What the views of this folder are registered on."""

from flask import Blueprint

bp = Blueprint("editing", __name__, template_folder="templates")

"""What the views of this folder are registered on."""

from flask import Blueprint

bp = Blueprint("search", __name__, template_folder="templates")

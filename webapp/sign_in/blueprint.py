"""What the views of this folder are registered on."""

from flask import Blueprint

bp = Blueprint("single_sign_on", __name__, template_folder="templates")

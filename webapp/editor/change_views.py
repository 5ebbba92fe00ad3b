"""What a reader proposed, to download as a patch."""

from flask import abort
from flask.typing import ResponseReturnValue

from webapp.db.engine import db
from webapp.editor import offers
from webapp.editor.blueprint import bp
from webapp.upkeep.corrections import Correction
from webapp.web import access


@bp.get("/editor/corrections/<int:number>/change.patch")
@access.only("editor")
def of_correction(number: int) -> ResponseReturnValue:
    sent = db.session.get(Correction, number) or abort(404)
    return offers.download(offers.offer_for(sent), f"correction-{number}")

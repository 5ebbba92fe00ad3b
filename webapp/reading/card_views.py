"""A card for the person: one device, a picture and five short sentences, to print and to leave with them."""

from flask import abort, render_template
from flask.typing import ResponseReturnValue

from webapp.db import engine
from webapp.english import dates
from webapp.reading import showing
from webapp.reading.blueprint import bp
from webapp.web import access, current


@bp.get("/tec/<slug>/card")
@access.signed_in
def device_card(slug: str) -> ResponseReturnValue:
    gen = current.content()
    page = gen.page(f"/tec/{slug}", dates.day_of(engine.now()))
    if page is None:
        return showing.moved(gen, f"/tec/{slug}")
    if page.front.card is None:
        abort(404)
    return render_template(
        "reading/device_card.html", page=page, card=page.front.card, tec=gen.vocabulary.contacts.get("tec")
    )

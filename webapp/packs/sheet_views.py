"""To leave behind: a pack as a PDF, and as a page that prints the same."""

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.utils import secure_filename

from webapp.db.engine import db
from webapp.db.engine import now as moment
from webapp.packs import contents, keeping, links, pdf, symbols, tongues
from webapp.packs.blueprint import bp
from webapp.packs.models import Pack
from webapp.packs.sheet import Sheet, SheetPart, sentences, sheet
from webapp.upkeep import overlay
from webapp.web import access, current, pdf_answers, typesetting

LIVE_PAGE = "Code to the page of today, for staff"
SHARED_PAGE = "Code to open this on a phone"


@bp.get("/pack/<int:pack_id>.pdf")
@access.signed_in
def file(pack_id: int) -> ResponseReturnValue:
    pack, layout = _mine(pack_id), _layout()
    made = _sheet(pack)
    # Paper lies about for weeks: its code is that of the link which works longest.
    shared = max(links.of_pack(db.session, pack, moment()), key=lambda link: link.expires_at, default=None)
    token = links.token_of(shared, current.settings().secret_key) if shared else None
    base = current.settings().base_url or request.host_url.rstrip("/")
    db.session.rollback()  # nothing is held while the file is made

    def address(part: SheetPart) -> str:
        return f"{base}/s/{token}#part-{part.number}" if token else f"{base}{part.path}"

    name = secure_filename(f"{made.title}-{layout}.pdf") or "pack.pdf"
    code_words = SHARED_PAGE if token else LIVE_PAGE
    try:
        return pdf_answers.answer(lambda: pdf.pdf(made, layout, address, code_words), name, "sheet")
    except typesetting.NoLetters as missing:
        page = url_for(".printed", pack_id=pack_id, layout=layout, lang=made.tongue.code)
        return render_template("packs/no_letters.html", letter=missing.letter, page=page, pack_id=pack_id), 422


@bp.get("/pack/<int:pack_id>/print")
@access.signed_in
def printed(pack_id: int) -> ResponseReturnValue:
    pack, layout = _mine(pack_id), _layout()
    back = url_for(".show", pack_id=pack_id)
    return render_template(
        "packs/print.html",
        sheet=_sheet(pack),
        layout=layout,
        back=back,
        symbols=symbols.for_pages(),
        sentences=sentences,
        layouts=pdf.LAYOUTS,
        here=url_for(".printed", pack_id=pack_id),
    )


def _mine(pack_id: int) -> Pack:
    return keeping.one(db.session, current.person().id, pack_id) or abort(404)


def _layout() -> str:
    """The layout that the address names; the usual one where it names none, or none of ours."""
    asked = request.args.get("layout", "normal")
    return asked if asked in pdf.LAYOUTS else "normal"


def _tongue() -> tongues.Tongue:
    return tongues.tongue(request.args.get("lang", ""))


def _sheet(pack: Pack) -> Sheet:
    gen, now = current.content(), moment()
    rows = keeping.items(db.session, [pack.id])
    return sheet(pack.name, contents.entries(rows, gen, overlay.at(current.as_of()), now), gen, now, _tongue())

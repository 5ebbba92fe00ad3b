"""My links: made for a pack or one listing, looked at, sent, stopped."""

from collections.abc import Callable
from urllib.parse import quote

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webapp.db.engine import db
from webapp.db.engine import now as moment
from webapp.mail.carrier import DeliveryOutcome, Fate
from webapp.packs import contents, keeping, links, sending, shared
from webapp.packs.blueprint import bp
from webapp.packs.forms import EmailForm, LinkForm, TextForm
from webapp.packs.models import Pack, SharedLink
from webapp.web import access, current, qr, submissions, throttle
from webapp.web.forms import Form
from webapp.web.refusals import Refused

SENDS = throttle.AttemptLimits("link sent", throttle.KEPT, address=30)  # by one person: each text costs


@bp.get("/pack/links")
@access.signed_in
def my_links() -> ResponseReturnValue:
    gen, now = current.content(), moment()
    mine = links.of_person(db.session, current.person().id, now)
    lines = [(link, shared.title_of(db.session, link, gen, now)) for link in mine]
    return render_template("packs/links.html", lines=lines)


@bp.post("/pack/<int:pack_id>/links")
@access.signed_in
def share(pack_id: int) -> ResponseReturnValue:
    return _make(keeping.one(db.session, current.user().id, pack_id) or abort(404), "")


@bp.post("/pack/links")
@access.signed_in
def share_listing() -> ResponseReturnValue:
    page = contents.page_at(request.form.get("path", ""), current.content(), moment())
    return _make(None, page.path if page and page.kind == "asset" else abort(404))


@bp.get("/pack/links/<int:number>")
@access.signed_in
def link(number: int) -> ResponseReturnValue:
    return _page(_mine(number))


@bp.post("/pack/links/<int:number>/stop")
@access.signed_in
def stop(number: int) -> ResponseReturnValue:
    link = _mine(number)
    links.stop(db.session, link, current.user().id, moment())
    db.session.commit()
    flash("The link is stopped. Whoever has it sees nothing of it any more.", "success")
    return redirect(url_for(".show", pack_id=link.pack_id) if link.pack_id else url_for(".my_links"), 303)


@bp.post("/pack/links/<int:number>/email")
@access.signed_in
def email(number: int) -> ResponseReturnValue:
    form = EmailForm()
    organisation, settings = current.content().site.organisation, current.settings()

    def send(link: SharedLink, address: str) -> DeliveryOutcome:
        titles = [e.title for e in shared.entries(db.session, link, current.content(), moment()) if e.page]
        words = sending.letter(titles, address, link, organisation)
        db.session.rollback()  # nobody waits for us while the mail server does
        return sending.by_email(settings, form.to_email.data or "", words, organisation, moment)

    return _send(number, form, send, sending.can_mail(settings))


@bp.post("/pack/links/<int:number>/text")
@access.signed_in
def text(number: int) -> ResponseReturnValue:
    form = TextForm()
    organisation, settings = current.content().site.organisation, current.settings()

    def send(_: SharedLink, address: str) -> DeliveryOutcome:
        db.session.rollback()
        return sending.by_text(settings, form.to_phone.data or "", sending.message(address, organisation))

    return _send(number, form, send, sending.can_text(settings))


def _make(pack: Pack | None, path: str) -> ResponseReturnValue:
    form, user, now = LinkForm(), current.user(), moment()
    if not form.validate():
        flash("Choose how long the link should work.", "error")
        return redirect(url_for(".show", pack_id=pack.id) if pack else path, 303)
    outcome = submissions.claim(db.session, form.form_id.data, user.id, request.path, now)
    if outcome is not None:
        return redirect(outcome, 303)
    if path and (known := links.of_listing(db.session, user.id, path, now)):
        return redirect(url_for(".link", number=known.id), 303)
    key, days = current.settings().secret_key, int(form.days.data)
    try:
        made = links.make(db.session, user.id, key, days, now, pack=pack, path=path)
    except Refused as refused:
        db.session.rollback()
        flash(str(refused), "error")
        return redirect(url_for(".my_links"), 303)
    if pack is not None:
        keeping.use(pack, now)  # a pack is kept for as long as any link to it may work
    address = url_for(".link", number=made.id)
    submissions.complete(db.session, form.form_id.data, user.id, address)
    db.session.commit()
    return redirect(address, 303)


def _send(
    number: int, form: Form, send: Callable[[SharedLink, str], DeliveryOutcome], is_set_up: bool
) -> ResponseReturnValue:
    """Claimed in a commit of its own before anything leaves: pressed twice, it is sent once."""
    link, user_id = _mine(number), current.user().id
    address = _address(link)
    if not is_set_up or not address:
        abort(404)
    if not form.validate():
        return _page(link, form, 422)
    back = url_for(".link", number=number)
    if submissions.claim(db.session, form.form_id.data, user_id, request.path, moment()) is not None:
        return redirect(back, 303)
    submissions.complete(db.session, form.form_id.data, user_id, back)
    db.session.commit()
    try:
        throttle.count(db.session, SENDS, throttle.keyed_hash(current.settings().secret_key, f"{user_id}"), moment())
    except throttle.TooManyAttempts:
        flash(f"Not sent: you have sent {SENDS.address} in an hour. Copy the link, or use your own phone.", "error")
        return redirect(back, 303)
    outcome = send(link, address)
    if outcome.fate is Fate.SENT:
        flash("Sent. Where it went is not kept.", "success")
    elif outcome.fate in {Fate.UNSURE, Fate.PENDING}:
        flash("It may or may not have arrived, and nothing of it is kept. Ask them before you send it again.", "error")
    else:
        flash(f"Not sent: {outcome.reason or 'it was not taken'}. Copy the link, or use your own phone.", "error")
    return redirect(back, 303)


def _page(link: SharedLink, form: Form | None = None, status: int = 200) -> ResponseReturnValue:
    gen, now, settings = current.content(), moment(), current.settings()
    title, address = shared.title_of(db.session, link, gen, now), _address(link)
    words = sending.message(address, gen.site.organisation)
    return render_template(
        "packs/link.html",
        link=link,
        title=title,
        private=contents.private(shared.entries(db.session, link, gen, now)),
        address=address,
        words=words,
        code=qr.code(address) if address else "",
        mail=f"mailto:?subject={quote(title)}&body={quote(words, safe='')}",
        message=f"sms:?&body={quote(words, safe='')}",  # with ?& both iOS and Android take the body
        email_form=(form if isinstance(form, EmailForm) else EmailForm(formdata=None))
        if sending.can_mail(settings)
        else None,
        text_form=(form if isinstance(form, TextForm) else TextForm(formdata=None))
        if sending.can_text(settings)
        else None,
        failed=form,
    ), status


def _mine(number: int) -> SharedLink:
    """A link of the person who asks that works; 404 for anybody else's, and for one that has ended."""
    link = links.one(db.session, current.user().id, number)
    if link is None or link.stopped_at is not None or link.expires_at <= moment():
        abort(404)
    return link


def _address(link: SharedLink) -> str:
    """What to give away; empty where it was made with another key, so that nobody can tell it any more."""
    token = links.token_of(link, current.settings().secret_key)
    base = current.settings().base_url or request.host_url.rstrip("/")
    return f"{base}/s/{token}" if token else ""

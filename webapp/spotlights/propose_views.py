"""From what comes up to the next spotlight: themes, what was tried, and a file to commit."""

from flask import Response, make_response, render_template
from flask.typing import ResponseReturnValue

from webapp.barriers import queries as barriers
from webapp.barriers.models import Barrier
from webapp.db.engine import db
from webapp.db.engine import now as moment
from webapp.english import dates
from webapp.people.models import teams_convened_by
from webapp.spotlights import coming_up, proposal
from webapp.spotlights.blueprint import bp
from webapp.spotlights.coming_up import Recurring
from webapp.spotlights.propose_forms import ProposalForm
from webapp.web import access, current

PROPOSERS = ("convener", "commissioner", "admin")


@bp.get("/spotlights/propose")
@access.only(*PROPOSERS)
def propose() -> ResponseReturnValue:
    return _page(None)


@bp.post("/spotlights/propose")
@access.only(*PROPOSERS)
def make_file() -> ResponseReturnValue:
    """The file, to download. Nothing is stored: it becomes a spotlight when it is committed."""
    gen, today = current.content(), dates.day_of(moment())
    open_barriers, shown = _waiting(), _recurring()
    form = ProposalForm(gen.vocabulary, open_barriers)
    if not form.validate():
        return _page(form, 422)
    wanted = form.proposal(open_barriers, shown)
    if fault := proposal.fault_of(wanted, gen):
        form.title.errors = [fault]
        return _page(form, 422)
    text = proposal.text_of(wanted, gen.vocabulary, today)
    if found := proposal.problems(wanted, text, gen.vocabulary, today):
        form.title.errors = [f"This would not pass the check of content: {found[0].message}"]
        return _page(form, 422)
    response = Response(text, mimetype="text/markdown")
    response.headers["Content-Disposition"] = f'attachment; filename="{wanted.name}.md"'
    return response


def _waiting() -> list[Barrier]:
    """Barriers of which a lead proposed a spotlight that nobody has written yet."""
    gen = current.content()
    return [b for b in barriers.proposed_spotlights(db.session) if not gen.card(f"/spotlights/{b.spotlight}")]


def _recurring() -> list[Recurring]:
    return coming_up.recurring(db.session, _teams(), dates.day_of(moment()))


def _teams() -> frozenset[str]:
    """The teams that this person plans for: all, or those they convene."""
    me = current.person()
    if me.has("commissioner", "admin"):
        return frozenset(current.content().vocabulary.teams)
    return teams_convened_by(db.session, me.id)


def _page(form: ProposalForm | None, status: int = 200) -> ResponseReturnValue:
    gen, today = current.content(), dates.day_of(moment())
    open_barriers = _waiting()
    tried = coming_up.tried(db.session, _teams())
    html = render_template(
        "spotlights/propose.html",
        form=form or ProposalForm(gen.vocabulary, open_barriers, formdata=None),
        recurring=_recurring(),
        at_least=coming_up.AT_LEAST,
        open_barriers=open_barriers,
        shared=coming_up.shared_barriers(db.session, today),
        tried=[(card, texts) for slug, texts in tried.items() if (card := gen.card(f"/spotlights/{slug}"))],
        months=coming_up.MONTHS,
        label=gen.vocabulary.label,
    )
    return make_response(html, status)

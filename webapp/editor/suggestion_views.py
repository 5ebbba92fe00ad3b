"""Groups that colleagues found: each a file to download or copy, to add or to decline with a reason."""

from collections.abc import Iterator

from flask import Response, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webapp.db.engine import db, now
from webapp.editor import deciding
from webapp.editor.blueprint import bp
from webapp.editor.forms import SuggestionDecisionForm
from webapp.english.dates import day_of
from webapp.library.listings import new_listing
from webapp.people.models import User
from webapp.upkeep import decisions, suggestions, wording
from webapp.upkeep.suggestions import SuggestedListing, SuggestionState
from webapp.web import access, current, tasks

MOST = 100


@bp.get("/editor/suggestions")
@access.only("editor")
def suggested() -> ResponseReturnValue:
    state = next((s for s in SuggestionState if s == request.args.get("state")), SuggestionState.NEW)
    found = suggestions.listed(db.session, state, MOST)
    return render_template("editor/suggestions.html", found=found, shown=state, states=SuggestionState)


@bp.get("/editor/suggestions/<int:number>")
@access.only("editor")
def suggestion(number: int) -> ResponseReturnValue:
    sent = db.session.get(SuggestedListing, number) or abort(404)
    return _page(sent, SuggestionDecisionForm(data={"seen": sent.state.value}))


@bp.get("/editor/suggestions/<int:number>/listing.md")
@access.only("editor")
def suggestion_file(number: int) -> ResponseReturnValue:
    sent = db.session.get(SuggestedListing, number) or abort(404)
    response = Response(sent.text.encode(), mimetype="text/markdown")
    response.headers["Content-Disposition"] = f'attachment; filename="{sent.file.rpartition("/")[2]}"'
    return response


@bp.post("/editor/suggestions/<int:number>")
@access.only("editor")
def decide_suggestion(number: int) -> ResponseReturnValue:
    sent = decisions.locked(db.session, SuggestedListing, number) or abort(404)
    return deciding.answer(
        sent,
        SuggestionDecisionForm(),
        SuggestionState,
        suggestions.decide,
        _page,
        address=url_for(".suggested"),
        without_reason="Say why it is not added: whoever found it reads it",
        thanks="Whoever found it is told what you decided.",
    )


def _page(
    sent: SuggestedListing, form: SuggestionDecisionForm, status: int = 200, *, stale: bool = False
) -> ResponseReturnValue:
    gen, today = current.content(), day_of(now())
    sender = db.session.get(User, sent.sender_id) if sent.sender_id else None
    html = render_template(
        "editor/suggestion.html",
        sent=sent,
        form=form,
        stale=stale,
        team=wording.team(sender, gen.vocabulary),
        handler=db.session.get(User, sent.handled_by_id) if sent.handled_by_id else None,
        file=gen.origin.in_repository(f"content/{sent.file}") if gen.origin else f"content/{sent.file}",
        faults=new_listing.faults(sent.front, sent.body, gen.vocabulary, today),
        live=gen.page(sent.path, today),
        add_href=url_for("editor.write", file=sent.file, suggestion=sent.id) if current.edits_here() else "",
    )
    return html, status


@tasks.source("editor")
def waiting_suggestions(user: User) -> Iterator[tasks.Item]:
    number = suggestions.count(db.session, SuggestionState.NEW)
    words = "group that a colleague found" if number == 1 else "groups that colleagues found"
    yield tasks.Item(words, url_for("editor.suggested"), number)

"""The screen of a morning: the list with its filters, and beside it the gap that is open."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from flask import make_response, request, url_for
from flask.wrappers import Response
from sqlalchemy import Select
from sqlalchemy.orm import selectinload
from werkzeug.datastructures import MultiDict

from webapp.commissioning import columns, panel
from webapp.commissioning.forms import ViewForm
from webapp.db.engine import db
from webapp.db.engine import now as moment
from webapp.gaps import ages, owners, queries, saved_views, undoing
from webapp.gaps.models import Gap, id_of
from webapp.gaps.queries import ANY_OPEN, CITYWIDE, ME, NOBODY, NOT_DECIDED, GapFilters
from webapp.gaps.statuses import OPEN, Status
from webapp.web import current, htmx
from webapp.web.forms import Form
from webapp.web.text import number

PAGE_SIZE = 30
# The questions of a morning, as links: words and filters. Everybody has these.
VIEWS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("Everything", {}),
    ("New", {"status": "new", "sort": "oldest"}),
    ("Open", {"status": ANY_OPEN}),
    ("No answer for 30 days", {"waiting": "answer", "age": "30", "sort": "oldest"}),
    ("Gone quiet", {"waiting": "news", "sort": "oldest"}),
    ("Mine", {"mine": "1"}),
    ("Nobody’s", {"status": ANY_OPEN, "owner": NOBODY}),
    ("Planned", {"status": "in-plan", "sort": "target"}),
    ("Most asked for", {"status": ANY_OPEN, "sort": "people"}),
)
# The name of a filter in addresses, its words, and the vocabulary that its values come from.
CODED = (
    ("theme", "Theme", "themes"),
    ("audience", "Who for", "audiences"),
    ("outcome", "Outcome", "outcomes"),
    ("workstream", "Workstream", "workstreams"),
    ("team", "Team that reported", "teams"),
)


@dataclass(frozen=True)
class Desk:
    """Where a commissioner is: the list they look at, and the reference of the gap that is open, if any."""

    filters: GapFilters
    ref: str = ""

    def address(self, **changes: Any) -> str:
        """This screen with changes. Another page of the list is named; every other change leads to the first."""
        page = changes.pop("page", self.filters.page if set(changes) <= {"gap", "undo"} else 1)
        args = {"gap": self.ref, **changes}
        return url_for("commissioning.gaps", **self.filters.as_args(page=page if page > 1 else None, **args))

    @property
    def query(self) -> str:
        """The list without the open gap, for a form that comes back to it."""
        return self.address(gap="").partition("?")[2]


def desk() -> Desk:
    """Where this address is."""
    ref = request.args.get("gap", "")
    return Desk(_filters(request.args), ref if id_of(ref) else "")


def left() -> Desk | None:
    """Where the form that was sent came from; None where it was not sent from the screen."""
    query = request.form.get("list", request.args.get("list"))
    if query is None:
        return None
    return Desk(_filters(MultiDict(parse_qsl(query[:4000], max_num_fields=100))))


def _filters(args: Any) -> GapFilters:
    return GapFilters.from_args(args, list(current.content().vocabulary.terms("places")))


def show(
    here: Desk, *, sent: Form | None = None, stale: bool = False, view_form: ViewForm | None = None, status: int = 200
) -> Response:
    """The whole page, or for HTMX the list and the open gap. `sent` is a form of the gap that was refused."""
    gap = queries.one(db.session, here.ref) if here.ref else None
    context = _list(here) | _filter_choices(here) | _views(here, view_form)
    if gap:
        context |= panel.of(gap, sent, stale=stale, people=context["people"])
    answer = make_response(
        htmx.page(
            "commissioning/gaps.html",
            "commissioning/_screen.html",
            status,
            desk=here,
            gap=gap,
            sent=sent,
            is_part=htmx.wants_fragment(),
            label=current.content().vocabulary.label,
            short=current.content().vocabulary.short,
            **context,
        )
    )
    # A link adds to the browser's history by itself, and has an id. Filters, and where a sent form led to, do not.
    if status == 200 and htmx.wants_fragment() and request.headers.get("HX-Trigger", "filters") == "filters":
        answer.headers["HX-Replace-Url"] = here.address()
    return answer


def _list(here: Desk) -> dict[str, Any]:
    now, user = moment(), current.user()
    page = queries.page_of(db.session, wanted(here.filters), here.filters.page, PAGE_SIZE)
    undo = request.args.get("undo", "")
    undone = number(undo) or 0
    return {
        "page": page,
        "owner_name": owners.name_of,
        "ages": {gap.id: ages.of(gap, now) for gap in page.gaps},
        "number_column": columns.NUMBER,
        "columns": columns.chosen(saved_views.columns_of(db.session, user)),
        "every_column": columns.COLUMNS.values(),
        "sorts": queries.SORTS,
        "unread": here.filters.unread(request.args),
        "undo": (undone, undoing.undoable(db.session, undone, user, now)) if undone else (0, 0),
        "empty_form": Form(formdata=None),
        "keys_on": saved_views.keys_on(db.session, user),
    }


def wanted(filters: GapFilters) -> Select[Gap]:
    """The gaps of a list, with who looks after each."""
    words = current.content().vocabulary
    places = sorted(words.terms("places"), key=lambda slug: words.short("places", slug))
    query = queries.wanted(filters, moment(), queries.owned_by(current.user().id), places)
    return query.options(selectinload(Gap.owner))


def _filter_choices(here: Desk) -> dict[str, Any]:
    words, people, f = current.content().vocabulary, commissioners(), here.filters
    places = [(CITYWIDE, "Whole city"), *((slug, term.label) for slug, term in words.terms("places").items())]
    status = ANY_OPEN if f.statuses == OPEN else ",".join(s.value for s in f.statuses)
    statuses = [(ANY_OPEN, "Any open"), *((s.value, s.label) for s in Status)]
    looking_after = [(ME, "Me"), (NOBODY, "Nobody"), *((str(user_id), name) for user_id, name in people)]
    selects = [
        _Choice("status", "Status", statuses, status),
        _Choice("place", "Place", places, ",".join(f.places)),
        *(
            _Choice(name, label, [*_terms(file), (NOT_DECIDED, "Not decided")], ",".join(getattr(f, f"{name}s")))
            for name, label, file in CODED
        ),
        _Choice("owner", "Owner", looking_after, ME if f.mine else ",".join(f.owners)),
        _Choice("age", "Reported", [(days, f"{label} ago") for days, label in queries.AGES.items()], f.age),
        _Choice("waiting", "Waiting for", list(queries.WAITING.items()), f.waiting),
        _Choice("residents", "Residents it would help", list(queries.RESIDENTS.items()), f.residents),
        _Choice("when", "Days", [(str(f.within), f.within.words)] if f.within else [], str(f.within or "")),
        _Choice("supporters", "Staff who asked", list(queries.SUPPORTERS.items()), f.supporters),
    ]
    return {"selects": selects, "chips": list(_chips(here, selects)), "people": people}


def _terms(file: str) -> list[tuple[str, str]]:
    return [(slug, term.label) for slug, term in current.content().vocabulary.terms(file).items()]


@dataclass(frozen=True)
class _Choice:
    """One filter: its name, its words, (value, words) of what may be chosen, and what is; several with commas."""

    name: str
    label: str
    options: list[tuple[str, str]]
    chosen: str

    @property
    def words(self) -> str:
        """What is chosen, in words; empty where nothing is, or where the list of options says it already."""
        known = dict(self.options)
        if not self.chosen:
            return ""
        return known.get(self.chosen) or " or ".join(known.get(v, v) for v in self.chosen.split(","))

    @property
    def is_usual(self) -> bool:
        """Whether it stands in the one row above the list; the others are folded, so that the list begins higher up."""
        return self.name in ("status", "place", "audience", "owner")

    @property
    def several(self) -> bool:
        """Whether the address asks for what the list of options cannot show as one of them."""
        return bool(self.chosen) and self.chosen not in dict(self.options)


def _chips(here: Desk, selects: list[_Choice]) -> Iterator[tuple[str, str]]:
    """What is on, and the address without it."""
    if here.filters.q:
        yield f"“{here.filters.q}”", here.address(q=None)
    for one in selects:
        if one.words:
            gone = {one.name: None} | ({"mine": None} if one.name == "owner" else {})
            yield f"{one.label}: {one.words}", here.address(**gone)


def _views(here: Desk, form: ViewForm | None) -> dict[str, Any]:
    shown = here.filters.as_args()
    built_in = [
        (label, url_for("commissioning.gaps", **args), {"sort": "newest", **_plain(args)} == shown)
        for label, args in VIEWS
    ]
    mine = [
        (view, f"{url_for('commissioning.gaps')}?{view.query}", view.query == here.query)
        for view in saved_views.of(db.session, current.user())
    ]
    theirs = [
        (view, f"{url_for('commissioning.gaps')}?{view.query}", view.query == here.query)
        for view in saved_views.shared_by_others(db.session, current.user())
    ]
    gone = request.args.get("gone", "")
    view_id = number(gone)
    deleted = saved_views.mine(db.session, view_id, current.user(), deleted=True) if view_id else None
    return {
        "views": built_in,
        "my_views": mine,
        "their_views": theirs,
        "deleted": deleted,
        "view_form": form or ViewForm(formdata=None),
    }


def _plain(args: dict[str, Any]) -> dict[str, Any]:
    """As `GapFilters.as_args` says them: values that may be several are lists, but for the word for all open ones."""
    return {
        name: [value] if name in {"status", "owner"} and value != ANY_OPEN else value for name, value in args.items()
    }


def commissioners() -> list[tuple[int, str]]:
    """Ids and names of those who can look after a gap."""
    return owners.commissioners(db.session)

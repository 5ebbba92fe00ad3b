"""What the frame round every page needs: the site's name, the ways through it, and who is here."""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any, Protocol
from urllib.parse import quote

from flask import Flask, current_app, request
from flask_login import current_user
from markupsafe import Markup, escape

from webapp.english import dates
from webapp.library.front_matter.fields import dialled
from webapp.library.front_matter.pieces import Photograph, Picture
from webapp.library.generation.kept import PerGeneration
from webapp.library.generation.origin import by_whom
from webapp.library.generation.reader import Generation, NoContent
from webapp.library.pictures.markup import IN_TEXT, markup
from webapp.library.site import EMERGENCY, UrgentNumber
from webapp.people.models import Person
from webapp.web import current, security, urls
from webapp.web.navigation import WAYS, header, open_to
from webapp.web.small_numbers import at_least, at_least_in_words
from webapp.web.stencil import Stencil


class HasFile(Protocol):
    """A page, or anything else that is about a file of the content, named as problems name it."""

    @property
    def file(self) -> str: ...


@dataclass(frozen=True)
class LastChange:
    """When a file last changed, and by whom: a team, an author's name, or empty."""

    at: datetime
    by: str


@dataclass(frozen=True)
class NamelessSite:
    """What the frame says while no content can be read."""

    name: str = "Signpost"
    organisation: str = ""
    notice: str = ""
    contact: None = None
    urgent: tuple[UrgentNumber, ...] = (EMERGENCY,)


SMALL_PRINT = (
    ("Who to ring", "/who-to-ring"),
    ("Law and practice changes", "/changes/"),
    ("Staff news", "/news/"),
    ("You asked, we did", "/updates/"),
    ("Accessibility", "/accessibility"),
    ("Privacy", "/privacy"),
)
FEEDBACK = ("Feedback", "/feedback/new")
NO_FEEDBACK = ("/feedback", "/sign-in", "/account")


def init_app(app: Flask) -> None:
    """Give the templates of `app` what the frame shows, addresses, dates as readers say them, numbers as dialled."""
    app.context_processor(_frame)
    app.jinja_env.globals.update(
        with_query=urls.with_query,
        with_page=urls.with_page,
        without=urls.without,
        page_numbers=urls.page_numbers,
        last_changed=_last_changed,
        picture=_picture,
    )
    for say in ("long_date", "short_date", "month", "moment", "clock", "ago", "iso", "as_date", "as_clock"):
        app.jinja_env.filters[say] = getattr(dates, say)
    app.jinja_env.filters["dialled"] = dialled
    app.jinja_env.filters["at_least"] = at_least
    app.jinja_env.filters["at_least_in_words"] = at_least_in_words


def _frame() -> dict[str, Any]:
    person = current_user._get_current_object()
    me = person if person.is_authenticated else None
    gen = _content()
    site = gen.site if gen else NamelessSite()
    feedback = _feedback(me)
    return {
        "me": me,
        "header": partial(header, me, site),
        "footer": partial(_footer, me, gen, feedback),
        "ways_open": partial(open_to, me, WAYS),
        "feedback_href": feedback,
        "search_in_page": False,
        "site": site,
        "csrf_token": security.token,  # Flask-WTF's own, which signs anew, would stand in its place
    }


def header_and_footer(search_in_page: bool) -> tuple[Markup, Markup]:
    """Those of this page for who is here, for a page whose template is written once."""
    frame = _frame()
    return frame["header"](search_in_page), frame["footer"]()


def _content() -> Generation | None:
    try:
        return current.content()
    except NoContent:
        return None


def _footer(me: Person | None, gen: Generation | None, feedback: str) -> Markup:
    """The foot of this page, written once for all who are shown the same ways, with a hole for where they are now."""
    version = _version(gen) if gen and me and me.has("editor", "admin") else ""
    ways = open_to(me, SMALL_PRINT)
    shown = {"site": gen.site if gen else NamelessSite(), "small_print": ways, "content_version": version}
    write = current_app.jinja_env.get_template("parts/footer.html").render
    if gen is None:
        return Markup(write(**shown, feedback_href=feedback))  # nosec B704 # noqa: S704 - made safe by its template
    kept = _footers.of(gen)
    key = (tuple(way.href for way in ways), version, bool(feedback))
    if key not in kept:
        kept[key] = Stencil(write, *(("feedback_href",) if feedback else ()), **shown)
    return kept[key].filled(feedback_href=escape(feedback))


_footers = PerGeneration[dict[tuple[object, ...], Stencil]](lambda _generation: {})


def _version(gen: Generation) -> str:
    return f"commit {gen.origin.commit[:12]}" if gen.origin else gen.id


def _last_changed(page: HasFile) -> LastChange | None:
    """For those who edit: when the file of `page` last changed, and by whom. None where that is not known."""
    if not current_user.is_authenticated or not current_user.has("editor", "admin"):
        return None
    gen = current.content()
    change = gen.changes.get(page.file)
    if change is None:
        return None
    return LastChange(datetime.fromtimestamp(change.at, UTC), by_whom(change, gen.site, gen.vocabulary))


def _picture(image: Picture | Photograph, sizes: str = IN_TEXT, *, lazy: bool = False) -> Markup:
    """HTML of a picture that front matter names, there at once, so that it prints: see `pictures.markup`."""
    made = current.content().pictures.get(image.path)
    size = (image.width, image.height) if isinstance(image, Picture) else None
    return Markup(markup(image.path, image.alt, made, sizes, size, lazy=lazy))  # nosec B704 # noqa: S704 - it escapes what it is given


def _feedback(me: Person | None) -> str:
    about = request.path
    if about.startswith(NO_FEEDBACK) or not open_to(me, (FEEDBACK,)):
        return ""
    return f"/feedback/new?about={quote(about)}"

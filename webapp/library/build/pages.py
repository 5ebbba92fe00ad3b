"""One file of content made into one page: what is stored, what is indexed, what is cross-checked."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import orjson

from webapp.library.build.cards import card
from webapp.library.build.file_names import fault_of_name
from webapp.library.build.places import Place
from webapp.library.build.rendering import Heading, Link, Rendered, anchors_in, plain, render
from webapp.library.build.series import series_of
from webapp.library.checks import contacts, easy_read, markdown, superseded, values
from webapp.library.confidential import listings as confidential
from webapp.library.document import Document
from webapp.library.front_matter.cross_checks import cross_checks
from webapp.library.front_matter.model import (
    MODELS,
    Asset,
    Front,
    Guidance,
    TecPage,
    identity,
)
from webapp.library.front_matter.source import Fault, Source, parse_page, read_data
from webapp.library.front_matter.validation import problems_of
from webapp.library.problems import Problem
from webapp.library.search import given_ages, named_ages
from webapp.library.search.parts_of_day import parts_of_day
from webapp.library.search.ranking import MOST_AUDIENCES
from webapp.library.vocabulary import Vocabulary

INDEXED = ("asset", "toolkit", "tec", "spotlight", "handout", "update", "change", "message", "easy-read")


@dataclass(slots=True)
class Compiled:
    """One file, compiled. `stored` is the JSON that a request reads; None where the file has a fault that stops it."""

    file: str
    place: Place
    problems: list[Problem] = field(default_factory=list)
    front: Front | None = None
    rendered: Rendered | None = None
    id: str = ""
    stored: bytes = b""
    doubt: str = ""  # why its address may have to stay secret, where nobody here has decided
    alias_line: int = 1
    future: tuple[int, int] | None = None  # line and column of a date of review that has not come


@dataclass(frozen=True, slots=True)
class Page:
    """What a view is given: one page, typed again from what was stored."""

    kind: str
    path: str
    slug: str
    file: str
    id: str
    html: str
    headings: tuple[Heading, ...]
    front: Any  # the kind's model: see model.MODELS
    doubt: str = ""  # of a listing: why its address may have to stay secret, where nobody here has decided

    @property
    def title(self) -> str:
        return self.front.title

    @property
    def summary(self) -> str:
        return self.front.summary


def compile_file(path: Path, root: Path, place: Place, vocabulary: Vocabulary, today: date) -> Compiled:
    """Read, check and render one file. Never raises for what the file holds."""
    file = path.relative_to(root).as_posix()
    return _compile(lambda: read_data(path, file), file, place, vocabulary, today)


def compile_text(data: bytes, file: str, place: Place, vocabulary: Vocabulary, today: date) -> Compiled:
    """The same for a file that is not on disk yet."""
    return _compile(lambda: data, file, place, vocabulary, today)


def _compile(read: Callable[[], bytes], file: str, place: Place, words: Vocabulary, today: date) -> Compiled:
    data = b""
    try:
        data = read()
        source = parse_page(data, file)
    except Fault as fault:
        is_listing = place.kind == "asset"
        return Compiled(file, place, confidential.quiet_faults(fault.problems, data) if is_listing else fault.problems)
    except OSError as error:
        return Compiled(file, place, [Problem(file, 1, f"the file cannot be read: {error.strerror}")])
    front, problems = problems_of(MODELS[place.kind], source, words)
    crossed = list(cross_checks(place.kind, source))
    kept_back = confidential.verdict(source.front, source.body) if place.kind == "asset" else None
    shown = confidential.withheld_source(source, kept_back) if kept_back else source
    if front is not None and kept_back:
        front, more = problems_of(MODELS[place.kind], shown, words)  # nothing that is made of it holds the address
        problems += more
    rendered = render(shown)
    noticed = list(rendered.problems)
    if "imported" not in source.front:  # faults in imported listings are reported as advice alone: see checks.advice
        noticed += [*markdown.faults(place.kind, source), *values.faults(place.kind, source, words)]
        noticed += easy_read.faults(place.kind, source)
        noticed += contacts.faults(place.kind, source, words)
        noticed += superseded.faults(place.path, source, words)
    reported = {*problems, *crossed, *noticed}
    if kept_back:
        reported = {confidential.quiet(problem, kept_back) for problem in reported}
        reported.update(confidential.advice(source, kept_back))
    compiled = Compiled(file, place, sorted(reported), rendered=rendered)
    blocking = any(p.level == "error" for p in [*problems, *crossed]) or not _sound_slug(compiled)
    blocking = blocking or bool(rendered.problems and not rendered.html)  # the text could not be rendered at all
    if front is not None and not blocking:
        compiled.front = front
        compiled.id = str(getattr(front, "id", None) or identity(place.path))
        if place.kind == "asset":
            compiled.doubt = confidential.doubt(source.front, kept_back)
        compiled.stored = _stored(compiled, rendered)
        compiled.rendered = _with_front_links(rendered, front, source)
        compiled.alias_line = source.line("aliases") if front.aliases else 1
        if values.in_future(front.checked, today):
            key = ("verified", "date") if place.kind == "asset" else ("reviewed",)
            compiled.future = source.spot(*key)
    return compiled


def load(stored: bytes) -> Page:
    """The page again from its stored JSON."""
    data = orjson.loads(stored)
    front = MODELS[data["kind"]].model_validate(data["front"])
    headings = tuple(Heading(*h) for h in data["headings"])
    page = Page(data["kind"], data["path"], data["slug"], data["file"], data["id"], data["html"], headings, front)
    return replace(page, doubt=data.get("doubt", ""))


def restore(stored: bytes, *, is_secret: bool = False) -> Compiled:
    """A compiled file again from its stored JSON: for a last good version whose file has a fault now.

    `is_secret`: that file says, or may say, that its addresses are to be kept secret, so they are taken out.
    """
    if is_secret:
        data = orjson.loads(stored)
        data["front"], data["html"] = confidential.as_secret(data["front"], data["html"])
        data["doubt"] = "its file has a fault, and may say that the address is secret"
        stored = orjson.dumps(data)
    page = load(stored)
    prefix = page.path.removesuffix(page.slug)
    rendered = Rendered(page.html, plain(page.html), page.headings, anchors_in(page.html))
    place = Place(page.kind, page.path, page.slug, prefix)
    return Compiled(page.file, place, front=page.front, rendered=rendered, id=page.id, stored=stored)


def document(compiled: Compiled, row: int, vocabulary: Vocabulary) -> Document:
    """The search index's document for a page that compiled."""
    front, rendered, place = compiled.front, compiled.rendered, compiled.place
    if front is None or rendered is None:
        raise ValueError(f"{compiled.file} did not compile")
    common: dict[str, Any] = {
        "row": row,
        "id": compiled.id,
        "kind": place.kind,
        "path": place.path,
        "title": front.title,
        "summary": front.summary,
        "headings": " ".join(h.name for h in rendered.headings),
        "body": rendered.text,
        "verified": front.checked,
        "card": card(place, compiled.id, front),
    }
    if isinstance(front, Asset):
        facets = asset_facets(front)
        located = [location for location in front.locations if location.point]
        # Streets are found, but say nothing of what goes on there: a class in Larch Walk is no walk.
        streets = [location.address for location in front.open_locations if location.address]
        common["body"] = "\n".join((rendered.text, *_said_besides(front), *streets))
        return Document(
            **common,
            organisation=front.organisation,
            words=_asset_words(front, facets, vocabulary),
            facets=facets | _times_and_ages(front, rendered.text),
            citywide=front.citywide,
            points=tuple(location.point for location in located if location.point),
            codes=tuple((location.postcode or "").split(" ")[0] for location in located),
            status=front.status,
            series=series_of(front, vocabulary),
        )
    if isinstance(front, TecPage):
        common["body"] = "\n".join(filter(None, (rendered.text, front.how_to_issue, front.where)))
    return Document(**common, words=_guidance_words(front, vocabulary), facets=_guidance_facets(front))


def labels_of(compiled: Compiled, vocabulary: Vocabulary) -> str:
    """What the labels of its terms, and the names of its places, say of a page: `words` of its document."""
    front = compiled.front
    if isinstance(front, Asset):
        return _asset_words(front, asset_facets(front), vocabulary)
    return _guidance_words(front, vocabulary) if isinstance(front, Guidance) else ""


def asset_facets(asset: Asset) -> dict[str, tuple[str, ...]]:
    """Facet parameter of the directory → slugs. An asset that takes people has `capacity` empty or `taking`."""
    return {
        "place": asset.places,
        "outcome": asset.outcomes,
        "activity": asset.activities,
        "audience": asset.audiences,
        "cost": (asset.cost.band,) if asset.cost else (),
        "access": asset.access,
        "day": tuple(dict.fromkeys(day for session in asset.sessions for day in session.days)),
        "referral": asset.referral.routes if asset.referral else (),
        "language": asset.languages,
        "capacity": (asset.capacity.status,) if asset.capacity else (),
    }


def _times_and_ages(asset: Asset, text: str) -> dict[str, tuple[str, ...]]:
    """What no reader chooses from but names in words: parts of days, and the ages that are welcome."""
    times = {
        f"{day}-{part}" if day else part
        for session in asset.sessions
        for part in parts_of_day(session.starts, session.ends)
        for day in ("", *session.days)
    }
    age = asset.age
    if age and (age.min or age.max):
        limits: tuple[int, int] | None = (age.min or 0, age.max or named_ages.OLDEST)
    else:
        limits = given_ages.given(asset.title, asset.summary, text)
    return {"~time": tuple(sorted(times)), "~age": (f"{limits[0]}-{limits[1]}",) if limits else ()}


# Which vocabulary the values of a facet parameter come from.
FACET_VOCABULARY = {
    "place": "places", "outcome": "outcomes", "activity": "activities", "audience": "audiences", "cost": "costs",
    "access": "access", "day": "days", "referral": "referral", "language": "languages", "capacity": "capacity",
}  # fmt: skip
# Facets whose labels describe what a listing is about; a day or a price would only add noise to a search.
SPOKEN_FACETS = ("activity", "audience", "place", "access", "language")
SPOKEN = ("themes", "outcomes", *(FACET_VOCABULARY[facet] for facet in SPOKEN_FACETS))  # of guidance, and of listings


def _asset_words(asset: Asset, facets: dict[str, tuple[str, ...]], vocabulary: Vocabulary) -> str:
    words: list[str] = []
    for facet in SPOKEN_FACETS:
        terms = vocabulary.terms(FACET_VOCABULARY[facet])
        said = facets[facet] if facet != "audience" or len(facets[facet]) <= MOST_AUDIENCES else ()
        for slug in said:
            words += [terms[slug].label] if slug in terms else []
    for location in asset.open_locations:
        words += [part for part in (location.name, location.postcode) if part]
    return " · ".join(words)


def _said_besides(asset: Asset) -> Iterator[str]:
    """What a listing says in words outside its text. What its organisation does besides is not what goes on there."""
    told = (asset.alternate_name, asset.alert, asset.wait_time, asset.interpretation, asset.accreditations)
    yield from filter(None, (*told, asset.programme))
    for several in (asset.other_languages, asset.service_areas, asset.required_documents, asset.listed_as):
        yield from several
    for location in asset.open_locations:
        yield from filter(None, (location.description, location.transport, location.access_note))


def _guidance_words(front: Guidance, vocabulary: Vocabulary) -> str:
    words = [vocabulary.label("themes", slug) for slug in front.themes]
    if isinstance(front, TecPage):
        words += [vocabulary.label("outcomes", slug) for slug in front.outcomes]
    return " · ".join(words)


def _guidance_facets(front: Guidance) -> dict[str, tuple[str, ...]]:
    return {"outcome": front.outcomes} if isinstance(front, TecPage) else {}


def _stored(compiled: Compiled, rendered: Rendered) -> bytes:
    place, front = compiled.place, compiled.front
    assert front is not None
    return orjson.dumps(
        {
            "kind": place.kind,
            "path": place.path,
            "slug": place.slug,
            "file": compiled.file,
            "id": compiled.id,
            "html": rendered.html,
            "headings": [(h.id, h.name, h.level) for h in rendered.headings],
            "front": front.model_dump(mode="json", exclude_defaults=True),
            **({"doubt": compiled.doubt} if compiled.doubt else {}),
        }
    )


def _sound_slug(compiled: Compiled) -> bool:
    fault = fault_of_name(compiled.place.kind, compiled.place.slug)
    if fault:
        compiled.problems.append(Problem(compiled.file, 1, fault))
    return not fault


def _with_front_links(rendered: Rendered, front: Front, source: Source) -> Rendered:
    """Links in the front matter are checked like those in the text."""
    found: list[Link] = list(rendered.links)
    for i, path in enumerate(getattr(front, "related", ())):
        found.append((path, *source.spot("related", i)))
    for i, image in enumerate(getattr(front, "images", ())):
        found.append((image.path, *source.spot("images", i, "path")))
    if image := getattr(front, "image", None):
        found.append((image.path, *source.spot("image", "path")))
    if card_of_device := getattr(front, "card", None):
        found.append((card_of_device.picture.path, *source.spot("card", "picture", "path")))
    if film := getattr(front, "film", None):
        found += [(path, *source.spot("film")) for path in (*film.files, film.poster.path)]
    for i, part in enumerate(getattr(front, "parts", ())):
        if part.picture:
            found.append((part.picture.path, *source.spot("parts", i, "picture", "path")))
    for i, path in enumerate(getattr(front, "met_by", ())):
        found.append((path, *source.spot("met_by", i)))
    for i, material in enumerate(getattr(front, "materials", ())):
        found.append((material.path, *source.spot("materials", i, "path")))
    return replace(rendered, links=tuple(found))

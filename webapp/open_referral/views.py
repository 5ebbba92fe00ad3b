"""Open data: what of the directory is published, as Open Referral UK 3 has it. Read only, for everybody, when on."""

import time
from datetime import date
from types import MappingProxyType
from typing import Any

import orjson
from flask import Blueprint, Response, abort, current_app, render_template, request
from flask.typing import ResponseReturnValue

from webapp.db import clock, faults
from webapp.db.engine import db, now
from webapp.english import dates
from webapp.library.open_referral import catalogue, selection
from webapp.library.open_referral.catalogue import Catalogue
from webapp.library.open_referral.selection import Asked
from webapp.library.search.places import around, tidy
from webapp.machines import registry
from webapp.open_referral import answers, openapi, parameters, records
from webapp.open_referral.parameters import ADDRESSES, Wrong
from webapp.open_referral.rate import MOST, Rate
from webapp.upkeep import overlay
from webapp.web import access, current
from webapp.web.throttle import keyed_hash

bp = Blueprint("open_referral", __name__, template_folder="templates")
API = "/open-referral/v3"
FOR_ALL = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET",
    "Access-Control-Allow-Headers": "If-None-Match",
    "Access-Control-Expose-Headers": "ETag, Retry-After",
    "Access-Control-Max-Age": "86400",
    "Cross-Origin-Resource-Policy": "cross-origin",
}


@bp.before_request
def only_when_on() -> ResponseReturnValue | None:
    """404 everywhere unless the deployment has switched it on; 429 for who asks too often."""
    if not current.settings().open_referral:
        abort(404)
    if not request.path.startswith(API) or request.method == "OPTIONS":
        return None
    address = keyed_hash(current.settings().secret_key, request.remote_addr or "")
    spent = _rate().count(address, time.time(), _machines)
    if not spent.wait:
        return None
    said = f"Too many requests came from your address within a minute: wait {spent.wait} seconds."
    refused = answers.fault(429, "Too many requests", said)
    refused.headers["Retry-After"] = str(spent.wait)
    return refused


@bp.after_request
def for_every_site(response: Response) -> Response:
    """Any page on the web may read what is open; the page for people is a page of ours like all others."""
    if request.path.startswith(API) and current.settings().open_referral:
        response.headers.update(FOR_ALL)
    return response


@bp.errorhandler(Wrong)
def wrong_parameter(wrong: Wrong) -> Response:
    return answers.fault(400, "A parameter cannot be used", str(wrong), parameter=wrong.name)


@bp.get("/open-referral")
@access.public
def index() -> ResponseReturnValue:
    """What the open data is, who may use it and how."""
    gen = current.content()
    held = catalogue.of(gen)
    shown = int(held.visible(_today()).sum())
    return render_template(
        "open_referral/index.html",
        base=_base(),
        rules=gen.site.open_referral,
        shown=shown,
        most=MOST,
        addresses=openapi.SAYS,
    )


@bp.get(f"{API}/", strict_slashes=False)
@access.public
def about() -> ResponseReturnValue:
    """The version, which validators look for first, and where the interface is described."""
    return _document("/", openapi.about(_base()))


@bp.get(f"{API}/openapi.json")
@access.public
def described() -> ResponseReturnValue:
    return _document("/openapi.json", openapi.document(current.content().site, _base()))


@bp.get(f"{API}/services")
@access.public
def services() -> ResponseReturnValue:
    values, held = _asked("/services")
    closed = _closed(held)
    etag = answers.tag(held.edition.id, _today(), closed)
    if (known := answers.unchanged(etag)) is not None:
        return known
    numbers = selection.numbers(selection.services(held, _filters(values), _today()))
    fetch, usual = records.services(held, values, closed)
    return answers.page(numbers, fetch, etag, values, usual(len(numbers)))


@bp.get(f"{API}/services/<identity>")
@access.public
def service(identity: str) -> ResponseReturnValue:
    values, held = _asked("/services/{id}")
    number = held.ids.get(identity.lower())
    if number is None or not held.visible(_today())[number]:
        return _none()
    closed = _closed(held)
    return _one(records.service(held, number, values, closed), held, closed)


@bp.get(f"{API}/service_at_locations")
@access.public
def service_at_locations() -> ResponseReturnValue:
    values, held = _asked("/service_at_locations")
    asked, closed = _filters(values, where=True), _closed(held)
    etag = answers.tag(held.edition.id, _today(), asked.near, closed)
    if (known := answers.unchanged(etag)) is not None:
        return known
    numbers = selection.places(held, asked, _today())
    return answers.page(numbers, records.places(held, values, closed), etag, values)


@bp.get(f"{API}/service_at_locations/<identity>")
@access.public
def service_at_location(identity: str) -> ResponseReturnValue:
    _, held = _asked("/service_at_locations/{id}")
    number = held.at_ids.get(identity.lower())
    if number is None or not held.visible(_today())[held.at_service[number]]:
        return _none()
    closed = _closed(held)
    return _one(records.place(held, number, closed), held, closed)


@bp.get(f"{API}/organizations")
@access.public
def organizations() -> ResponseReturnValue:
    values, held = _asked("/organizations")
    closed = _closed(held)
    etag = answers.tag(held.edition.id, _today(), closed)
    if (known := answers.unchanged(etag)) is not None:
        return known
    numbers = selection.organizations(held, _filters(values), _today())
    return answers.page(numbers, records.organizations(held, values, _today(), closed), etag, values)


@bp.get(f"{API}/organizations/<identity>")
@access.public
def organization(identity: str) -> ResponseReturnValue:
    values, held = _asked("/organizations/{id}")
    number = held.organization_number(identity.lower())
    if number is None or number not in selection.organizations(held, Asked(), _today()):
        return _none()
    closed = _closed(held)
    return _one(records.organizations(held, {"full": True, **values}, _today(), closed)(number), held, closed)


@bp.get(f"{API}/taxonomies")
@access.public
def taxonomies() -> ResponseReturnValue:
    values, held = _asked("/taxonomies")
    found = [row for row in records.taxonomies(held) if catalogue.says(row, values.get("search", ""))]
    return _listed(found, held, values)


@bp.get(f"{API}/taxonomies/<identity>")
@access.public
def taxonomy(identity: str) -> ResponseReturnValue:
    _, held = _asked("/taxonomies/{id}")
    found = next((row for row in records.taxonomies(held) if row["id"] == identity.lower()), None)
    if found is None:
        return _none()
    terms = [term for term in records.terms(held) if term["taxonomy_id"] == found["id"]]
    return _one(orjson.dumps({**found, "taxonomy_terms": terms}), held)


@bp.get(f"{API}/taxonomy_terms")
@access.public
def taxonomy_terms() -> ResponseReturnValue:
    values, held = _asked("/taxonomy_terms")
    parent, of = values.get("parent_id"), values.get("taxonomy_id")
    found = [
        row
        for row in records.terms(held)
        if (of is None or row["taxonomy_id"] == of)
        and (parent is None or row.get("parent_id") == parent)
        and not (values.get("top_only") and "parent_id" in row)
        and catalogue.says(row, values.get("search", ""))
    ]
    return _listed(found, held, values)


@bp.get(f"{API}/taxonomy_terms/<identity>")
@access.public
def taxonomy_term(identity: str) -> ResponseReturnValue:
    _, held = _asked("/taxonomy_terms/{id}")
    found = next((row for row in records.terms(held) if row["id"] == identity.lower()), None)
    return _one(orjson.dumps(found), held) if found else _none()


@bp.get(f"{API}/<path:rest>")
@access.public
def nothing(rest: str) -> ResponseReturnValue:
    """Programs are answered as programs, also where there is nothing."""
    return answers.fault(404, "Not found", f"There is no such address. What there is: {_base()}/openapi.json")


def _closed(held: Catalogue) -> dict[int, str]:
    """The status of each service that an editor marked as closed, by its number."""
    marked = overlay.now().closures
    return {held.numbers[path]: state.status for path, state in marked.items() if path in held.numbers}


def _asked(address: str) -> tuple[dict[str, Any], Catalogue]:
    return parameters.given(request.args, ADDRESSES[address]), catalogue.of(current.content())


def _filters(values: dict[str, Any], where: bool = False) -> Asked:
    """What is asked of services. Raises Wrong where it names no point that is known here."""
    asked: dict[str, Any] = {
        "search": values.get("search", ""),
        "term": values.get("taxonomy_term_id", ""),
        "taxonomy": values.get("taxonomy_id", ""),
        "organization": values.get("organization_id", ""),
        **{name: values.get(name) for name in ("modified_after", *parameters.WHEN)},
    }
    return Asked(**asked, **(_where(values) if where else {}))


def _where(values: dict[str, Any]) -> dict[str, Any]:
    code, metres = values.get("postcode"), values.get("proximity")
    if code is None:
        if metres is not None:
            raise Wrong("proximity", "say from which postcode: add postcode=")
        return {}
    gen = current.content()
    if metres is None:
        return {"places": tuple(around([tidy(code)], gen.vocabulary))}
    point = gen.engine.places.find(code)
    if point is None:
        raise Wrong("postcode", f"{tidy(code)} is not known here, so nothing can be measured from it")
    return {"near": point, "metres": metres}


def _listed(found: list[dict[str, Any]], held: Catalogue, values: dict[str, Any]) -> Response:
    etag = answers.tag(held.edition.id)
    known = answers.unchanged(etag)
    return known or answers.page(range(len(found)), lambda number: orjson.dumps(found[number]), etag, values)


def _one(body: bytes, held: Catalogue, closed: records.Closed = MappingProxyType({})) -> Response:
    """One record; `closed` where it says of a service how it stands."""
    etag = answers.tag(held.edition.id, _today(), dict(closed))
    return answers.unchanged(etag) or answers.record(body, etag)


def _document(address: str, said: dict[str, Any]) -> Response:
    parameters.given(request.args, ADDRESSES[address])
    body = orjson.dumps(said)
    etag = answers.tag(body.decode())
    return answers.unchanged(etag) or answers.record(body, etag)


def _none() -> Response:
    return answers.fault(404, "Not found", "No published record has this identifier.")


def _base() -> str:
    """The interface's own address, as the deployment says it or else as it was asked."""
    site = current.settings().base_url or request.host_url.rstrip("/")
    return f"{site}{API}"


def _today() -> date:
    return dates.today(now())


def _machines() -> int:
    """How many machines serve this site; one where nobody knows."""
    if registry.may_be_many(current.settings()):
        with faults.or_undone(db.session):
            return len(registry.alive(db.session, clock.shared(db.session)))
    return 1


def _rate() -> Rate:
    rate: Rate | None = current_app.extensions.get("signpost.open_referral.rate")
    folder = current.settings().state_dir
    if rate is None or rate.folder != folder:
        rate = current_app.extensions["signpost.open_referral.rate"] = Rate(folder)
    return rate

"""Our OpenAPI document: every address, parameter, field and fault of the interface, our own fields among them.

Validators look for the version in four places of it, so it stands in each.
"""

from typing import Any

from webapp.library.open_referral.shapes import SCALARS, SHAPES, Shape, inner
from webapp.library.site import Site
from webapp.open_referral.parameters import ADDRESSES, PARAMETERS

VERSION = "HSDS-UK-3.0"
PROFILE = "https://docs.openreferraluk.org/en/latest/"
DIALECT = "https://json-schema.org/draft/2020-12/schema"
REQUIRED = ("/", "/services", "/services/{id}")  # of a publisher; the others are optional
SAYS = {
    "/": "What this interface is, and where it is described.",
    "/openapi.json": "This interface, described for programs.",
    "/services": "Services, a page at a time.",
    "/services/{id}": "One service with all that is nested in it.",
    "/organizations": "Organisations that run published services.",
    "/organizations/{id}": "One organisation and its services.",
    "/taxonomies": "The vocabularies that services are described with.",
    "/taxonomies/{id}": "One vocabulary and its terms.",
    "/taxonomy_terms": "Terms of all vocabularies.",
    "/taxonomy_terms/{id}": "One term.",
    "/service_at_locations": "Services at their places.",
    "/service_at_locations/{id}": "One service at one of its places, with all that is nested in it.",
}
HOLDS = {
    "services": "service", "organizations": "organization", "taxonomies": "taxonomy",
    "taxonomy_terms": "taxonomy_term", "service_at_locations": "service_at_location",
}  # fmt: skip
FAULTS = {
    400: "A parameter that cannot be used. `detail` says which, and what to write instead.",
    404: "There is no published record with this identifier.",
    429: "Too many requests from this address. `Retry-After` says how many seconds to wait.",
}


def document(site: Site, base: str) -> dict[str, Any]:
    """The document of the interface at the web address `base`, without a slash at its end."""
    rules = site.open_referral
    licence = {"name": rules.licence or "No licence is stated"}
    if rules.licence_url:
        licence["url"] = rules.licence_url
    info: dict[str, Any] = {
        "title": f"Open data of {site.name}",
        "summary": f"Groups and services listed by {site.organisation}, as Open Referral UK has them",
        "description": "Read only, without a key. All filters given are met. Fields beyond HSDS-UK are HSDS 3.0's.",
        "version": VERSION,
        "x-hsds-version": VERSION,
        "license": licence,
    }
    if site.contact:
        contact = {"name": site.contact.label, "email": site.contact.email, "url": site.contact.url}
        info["contact"] = {key: value for key, value in contact.items() if value}
    return {
        "openapi": "3.1.0",
        "version": VERSION,
        "x-hsds-version": VERSION,
        "jsonSchemaDialect": DIALECT,
        "info": info,
        "servers": [{"url": base}],
        "tags": [{"name": "Required"}, {"name": "Optional", "description": "Optional for a publisher; served here."}],
        "paths": {address: {"get": _operation(address)} for address in ADDRESSES},
        "components": {"schemas": _schemas(), "responses": _faults()},
    }


def about(base: str) -> dict[str, str]:
    """What `/` answers."""
    return {"version": VERSION, "profile": PROFILE, "openapi_url": f"{base}/openapi.json"}


def _operation(address: str) -> dict[str, Any]:
    is_one = address.endswith("/{id}")
    parameters = [
        {"name": p.name, "in": "query", "required": False, "description": p.description, "schema": p.schema}
        for p in (PARAMETERS[name] for name in ADDRESSES[address])
    ]
    if is_one:
        schema = {"type": "string", "format": "uuid"}
        parameters.insert(0, {"name": "id", "in": "path", "required": True, "schema": schema})
    faults = {"400": {"$ref": "#/components/responses/400"}, "429": {"$ref": "#/components/responses/429"}}
    if is_one:
        faults["404"] = {"$ref": "#/components/responses/404"}
    return {
        "operationId": _name(address),
        "summary": SAYS[address],
        "tags": ["Required" if address in REQUIRED else "Optional"],
        "parameters": parameters,
        "responses": {"200": _answer(address), **dict(sorted(faults.items()))},
    }


def _name(address: str) -> str:
    words = address.strip("/").replace(".json", "").replace("/{id}", "_by_id")
    return f"get_{words or 'about'}"


def _answer(address: str) -> dict[str, Any]:
    first = address.split("/")[1]
    if first not in HOLDS:
        schema = {"$ref": "#/components/schemas/about"} if address == "/" else {"type": "object"}
        return {"description": SAYS[address], "content": {"application/json": {"schema": schema}}}
    one = _one(HOLDS[first], address)
    if address.endswith("/{id}"):
        return {"description": SAYS[address], "content": {"application/json": {"schema": one}}}
    whole = {
        "allOf": [{"$ref": "#/components/schemas/page"}],
        "type": "object",
        "properties": {"contents": {"type": "array", "items": one}},
        "required": ["contents"],
    }
    lines = {"schema": {"type": "string", "description": "A record a line, each as in `contents`."}}
    content = {"application/json": {"schema": whole}, "application/x-ndjson": lines}
    return {"description": SAYS[address], "content": content}


def _one(shape: str, address: str) -> dict[str, Any]:
    if address == "/services":  # with `minimal`
        return {"anyOf": [_of(shape), {"$ref": "#/components/schemas/minimal_service"}]}
    return _of(shape)


def _of(shape: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{shape}"}


def _schemas() -> dict[str, Any]:
    text, uri = {"type": "string"}, SCALARS["uri"]
    count, truth = {"type": "integer", "minimum": 0}, {"type": "boolean"}
    page = {
        "total_items": count, "total_pages": count, "page_number": {"type": "integer", "minimum": 1}, "size": count,
        "first_page": truth, "last_page": truth, "empty": truth,
    }  # fmt: skip
    minimal = {"id": SCALARS["uuid"], "last_modified": SCALARS["date-time"]}
    problem = {"type": text, "title": text, "status": {"type": "integer"}, "detail": text, "parameter": text}
    return {
        **{name: _shape(shape) for name, shape in SHAPES.items()},
        "minimal_service": _closed(minimal),
        "page": {"type": "object", "properties": page, "required": list(page)},
        "about": _closed({"version": text, "profile": uri, "openapi_url": uri}),
        "problem": _closed(problem, ("type", "title", "status", "detail")),
    }


def _shape(shape: Shape) -> dict[str, Any]:
    fields = {name: _field(kind) for name, kind in shape.fields.items()}
    for name in shape.extra:
        fields[name] = {**fields[name], "x-beyond-profile": True}
    return _closed(fields, shape.required)


def _field(kind: str) -> dict[str, Any]:
    within, is_list = inner(kind)
    one = _of(within) if within else SCALARS[kind]
    return {"type": "array", "items": one} if is_list else dict(one)


def _closed(properties: dict[str, Any], required: tuple[str, ...] | None = None) -> dict[str, Any]:
    """An object that has these properties and no other."""
    must = list(properties if required is None else required)
    return {"type": "object", "properties": properties, "required": must, "additionalProperties": False}


def _faults() -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/problem"}
    content = {"application/problem+json": {"schema": schema}}
    made: dict[str, Any] = {str(code): {"description": said, "content": content} for code, said in FAULTS.items()}
    made["429"]["headers"] = {"Retry-After": {"schema": {"type": "integer"}, "description": "Seconds to wait."}}
    return made

"""JSON Schema of front matter, from the models that check it, for editors' tools to complete and check with."""

from collections.abc import Mapping
from typing import Any

from webapp.library.front_matter.model import MODELS
from webapp.library.vocabulary import Vocabulary

DIALECT = "http://json-schema.org/draft-07/schema#"  # what most editors' extensions read
# What each key means, where the model does not say. docs/writing-content.md says more.
MEANINGS = {
    "aliases": "old addresses that should still lead here: `old-name`, or whole as in /toolkit/old-name",
    "publish_from": "the first day readers see it",
    "expires": "the last day readers see it",
    "draft": "true while it is not ready to be seen",
    "verified": "when somebody last made sure this is right, and which team",
    "sample": "true where it is made up, which its page says",
    "id": "a UUID; made from the path where it is left out",
    "places": "neighbourhoods it serves; or `citywide: true`",
    "citywide": "true where it serves the whole city",
    "locations": "where it happens",
    "activities": "what people do there",
    "outcomes": "the outcomes it helps with",
    "audiences": "whom it is for; leave out where everyone is welcome",
    "age": "the youngest and oldest it is for",
    "cost": "what it costs: a band, or `{band: …, note: …}`",
    "sessions": "when it happens",
    "referral": "how people come to it: a list, or `{routes: […], note: …}`",
    "first_time": "what happens when somebody comes for the first time",
    "languages": "languages spoken there",
    "capacity": "whether it takes people: a status, or `{status: …, waiting_weeks: …, note: …}`",
    "contacts": "how to get in touch; a role, never a person",
    "url": "its web address, beginning with https://",
    "order": "its place on the shelf; low numbers first",
    "themes": "pages that share a theme are offered as related",
    "related": "pages chosen by hand, as in /toolkit/good-questions",
    "assets": "which listings to offer at the end",
    "sources": "where facts come from",
    "facts": "what the page claims, from which sources, and the day somebody compared them",
    "images": "drawings or photographs, each with the same in words beside it",
    "film": "a short film that plays on the page, with captions and a transcript",
    "category": "the shelf it stands on",
    "how_to_issue": "how to issue it, in a sentence or two",
    "where": "where it is used or fitted",
    "video": "a demonstration film; the page needs a `## Transcript` section",
    "materials": "handouts and files of the session",
    "date": "the day",
    "answers": "gap references that this answers, as in GAP-0001",
    "met_by": "addresses of the listings that meet the gap",
    "confidential": "true for a refuge: never shown, found, mapped or exported; false where everybody may know it",
    "latitude": "degrees north",
    "longitude": "degrees east; west of Greenwich it is negative",
    "access": "what makes it easy to get in",
    "term_time": "true where it stops in the school holidays",
    "by": "a role or team",
    "imported": "written by `signpost content import`; do not change it",
}


def schema(kind: str, vocabulary: Vocabulary) -> dict[str, Any]:
    """The schema of the front matter of pages of `kind`, a key of model.MODELS, with the words of `vocabulary`."""
    made = MODELS[kind].model_json_schema()
    filled: dict[str, Any] = {"$schema": DIALECT, **_filled(made, vocabulary)}
    filled["description"] = f"The front matter of one Signpost page ({kind})."
    if kind == "asset":
        either = (("places", "locations", "citywide"), ("contacts", "url"), ("verified", "imported"))
        filled["allOf"] = [{"anyOf": [{"required": [key]} for key in keys]} for keys in either]
    return filled


def _filled(part: Any, vocabulary: Vocabulary) -> Any:
    if isinstance(part, list):
        return [_filled(item, vocabulary) for item in part]
    if not isinstance(part, dict):
        return part
    if "x-vocabulary" in part:
        return _choices(str(part["x-vocabulary"]), vocabulary)
    # Pydantic's own titles only repeat the key; a key called `title` has a mapping.
    kept = {key: value for key, value in part.items() if key != "title" or isinstance(value, dict)}
    filled = {key: _filled(value, vocabulary) for key, value in kept.items()}
    for name, schema in filled.get("properties", {}).items():
        if name in MEANINGS and isinstance(schema, dict):
            filled["properties"][name] = _described(schema, MEANINGS[name])
    return filled


def _described(part: dict[str, Any], meaning: str) -> dict[str, Any]:
    if "description" in part:
        return part
    if "$ref" in part:  # draft 7 reads nothing beside a $ref
        return {"allOf": [part], "description": meaning}
    return {"description": meaning, **part}


def _choices(name: str, vocabulary: Vocabulary) -> dict[str, Any]:
    terms: Mapping[str, Any] = vocabulary.terms(name) if name in vocabulary.files else {}
    if not terms:
        return {"type": "string"}
    return {
        "type": "string",
        "enum": list(terms),
        "enumDescriptions": [term.label for term in terms.values()],
        "markdownEnumDescriptions": [" · ".join([term.label, *term.also]) for term in terms.values()],
    }

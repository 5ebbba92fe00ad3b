"""One listing as a service of Open Referral, with the words of HSDS 3.0 for what HSDS-UK has no field for.

`profile.pure` makes of it what the UK profile declares, and no more.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from webapp.library.build.pages import Page
from webapp.library.front_matter.listing import Age, Contact
from webapp.library.front_matter.model import Asset
from webapp.library.open_referral import ids, places, schedules
from webapp.library.open_referral.ids import Owner
from webapp.library.open_referral.prose import marked_up, prose
from webapp.library.open_referral.taxonomies import OTHERS, SOURCES, Taxonomies
from webapp.library.site import Site
from webapp.library.vocabulary import Vocabulary

SAMPLE = "This is a made-up sample, not a real service."


@dataclass(frozen=True)
class Words:
    """What every record is written with: the vocabulary and its taxonomies, and what the site says of itself."""

    vocabulary: Vocabulary
    taxonomies: Taxonomies
    site: Site


def service(page: Page, modified: int, words: Words) -> dict[str, Any]:
    """The whole record of a published listing. `modified` is when its file last changed, in seconds since 1970."""
    asset: Asset = page.front
    owner = Owner(page.id)
    made: dict[str, Any] = {
        "id": page.id,
        "organization_id": organization_id(asset),
        "name": asset.title,
        "alternate_name": asset.alternate_name,
        **description(asset, page.html),
        "url": asset.url,
        "email": next((c.email for c in asset.contacts if c.email and not c.at and not c.of), None),
        "status": asset.status,
        "accreditations": asset.accreditations,
        **_ages(asset.age),
        "assured_date": asset.verified.date.isoformat() if asset.verified else None,
        "alert": asset.alert or (SAMPLE if asset.sample else None),
        "last_modified": moment(modified),
        "interpretation_services": asset.interpretation,
        "wait_time": asset.wait_time,
        "program": _program(asset, owner),
        "additional_urls": [
            {"id": owner.part("url", [link.url, link.title]), "label": link.title, "url": link.url}
            for link in asset.links
        ],
        "required_documents": [
            {"id": owner.part("required_document", text), "document": text} for text in asset.required_documents
        ],
        "service_areas": places.areas(asset, owner, words.vocabulary),
        "languages": _languages(asset, owner, words.vocabulary),
        "organization": _runner(asset, owner, words.site),
        "funding": [{"id": owner.part("funding", text), "source": text} for text in asset.funding],
        "cost_options": _costs(asset, owner, words.vocabulary),
        "contacts": [_contact(contact, owner) for contact in _contacts(asset)],
        "attributes": _attributes(asset, owner, words),
    }
    made |= _where_and_when(asset, owner, words)
    return without_empty(made)


def moment(seconds: int) -> str:
    """A date-time with a zone, in milliseconds as the standard asks."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def organization_id(asset: Asset) -> str:
    """The id of who runs it: the publisher's own where it is known, else one made of the name."""
    details = asset.organisation_details
    return ids.own(details.id) if details and details.id else ids.named("organization", asset.organisation)


def organization(asset: Asset, site: Site) -> dict[str, Any]:
    """Who runs it. The standard requires a description, so one is supplied where nobody wrote any."""
    identity, details = organization_id(asset), asset.organisation_details
    made: dict[str, Any] = {
        "id": identity,
        "name": asset.organisation,
        "description": f"{asset.organisation} runs services that are listed by {site.organisation}.",
    }
    if details is None:
        return made
    owner = Owner(identity)
    made |= without_empty(
        {
            "description": details.description or made["description"],
            "email": details.email,
            "website": details.url,
            "logo": details.logo,
            "uri": details.uri,
            "legal_status": details.legal_status,
            "parent_organization_id": ids.own(details.parent) if details.parent else None,
            "organization_identifiers": [
                {
                    "id": owner.part("identifier", [one.scheme, one.value]),
                    "identifier_scheme": one.scheme,
                    "identifier_type": one.scheme,
                    "identifier": one.value,
                }
                for one in details.identifiers
            ],
        }
    )
    return made


def _runner(asset: Asset, owner: Owner, site: Site) -> dict[str, Any]:
    contacts = [_contact(contact, owner) for contact in asset.contacts if contact.of]
    return without_empty({**organization(asset, site), "contacts": contacts})


def description(asset: Asset, html: str) -> dict[str, str]:
    """The summary and what the page says, as plain text; its headings and links stay in `description_html`."""
    text = prose(html)
    apart = "" if " ".join(text.split()).startswith(asset.summary) else asset.summary
    return {
        "description": "\n\n".join(filter(None, [apart, text])),
        "description_html": marked_up(apart, html),
    }


def without_empty(record: dict[str, Any]) -> dict[str, Any]:
    """`record` without what has no value: the standard knows neither null nor an empty text."""
    return {key: value for key, value in record.items() if value is not None and value != "" and value != []}


def _ages(age: Age | None) -> dict[str, float | None]:
    if age is None:
        return {}
    return {
        "minimum_age": _years(age.min, age.min_months),
        "maximum_age": _years(age.max, age.max_months),
    }


def _years(years: int | None, months: int | None) -> float | None:
    if years is None and months is None:
        return None
    return (years or 0) + round(months / 12, 4) if months else years


def _where_and_when(asset: Asset, owner: Owner, words: Words) -> dict[str, Any]:
    """Where it is, and when: a session that names its location has the id of the service there."""
    at: list[dict[str, Any]] = []
    known: dict[str, str] = {}
    for place, location in zip(
        asset.open_locations, places.locations(asset, owner, words.vocabulary, words.site.open_referral), strict=True
    ):
        identity = owner.part("service_at_location", location["id"])
        here = {"id": identity, "service_id": str(owner), "location_id": location["id"], "location": location}
        here["contacts"] = [
            _contact(contact, owner) for contact in asset.contacts if contact.at and contact.at == place.name
        ]
        at.append(without_empty(here))
        if place.name:
            known.setdefault(place.name, identity)
    times = [schedules.schedule(session, owner, known.get(session.at or "")) for session in asset.sessions]
    return {"schedules": times, "service_at_locations": at}


def _contacts(asset: Asset) -> Iterator[Contact]:
    """Whom to ask of the service itself. Of a secret place nobody is told whom to ring there."""
    known = {place.name for place in asset.open_locations if place.name}
    for contact in asset.contacts:
        if contact.of:
            continue
        if contact.at is None or (contact.at not in known and not places.is_secret(asset)):
            yield contact


def _contact(contact: Contact, owner: Owner) -> dict[str, Any]:
    says = [contact.name, contact.phone, contact.email, contact.note, contact.at]
    identity = owner.part("contact", says)
    made: dict[str, Any] = {"id": identity, "name": contact.name, "email": contact.email}
    if contact.phone:
        number, _, extension = contact.phone.partition(" ext. ")
        phone = {"number": number, "extension": extension, "description": contact.note}
        made["phones"] = [without_empty({"id": Owner(identity).part("phone", contact.phone), **phone})]
    elif contact.note:
        made["title"] = contact.note
    return without_empty(made)


def _program(asset: Asset, owner: Owner) -> dict[str, Any] | None:
    if not asset.programme:
        return None
    return {"id": owner.part("program", asset.programme), "name": asset.programme, "description": asset.programme}


def _languages(asset: Asset, owner: Owner, vocabulary: Vocabulary) -> list[dict[str, Any]]:
    names = [*(vocabulary.label("languages", slug) for slug in asset.languages), *asset.other_languages]
    return [{"id": owner.part("language", name), "name": name} for name in names]


def _costs(asset: Asset, owner: Owner, vocabulary: Vocabulary) -> list[dict[str, Any]]:
    """Prices as their publisher has them; else the band, which is a price only where it is free."""
    made = []
    for price in asset.prices:
        said = {
            "valid_from": price.valid_from.isoformat() if price.valid_from else None,
            "valid_to": price.valid_to.isoformat() if price.valid_to else None,
            "option": price.option,
            "amount": price.amount,
            "currency": price.currency if price.amount is not None else None,
            "amount_description": price.text,
        }
        made.append(without_empty(said))
    if asset.cost and not made:
        free = {"amount": 0.0, "currency": "GBP"} if asset.cost.band == "free" else {}
        label = vocabulary.label("costs", asset.cost.band)
        made.append({"option": label, **free, "amount_description": asset.cost.note or label})
    return [{"id": owner.part("cost_option", cost), **cost} for cost in made]


def _attributes(asset: Asset, owner: Owner, words: Words) -> list[dict[str, Any]]:
    """Terms of our vocabularies, and of whoever keeps the record where that is somebody else."""
    taxonomies = words.taxonomies
    named = [
        ("activity", "activities", asset.activities),
        ("audience", "audiences", asset.audiences),
        ("outcome", "outcomes", asset.outcomes),
        ("place", "places", () if places.is_secret(asset) else asset.places),
        ("access", "access", asset.access),
        ("cost", "costs", (asset.cost.band,) if asset.cost else ()),
        ("referral", "referral", asset.referral.routes if asset.referral else ()),
        ("language", "languages", asset.languages),
        ("capacity", "capacity", (asset.capacity.status,) if asset.capacity else ()),
    ]
    terms = [(link, term) for link, name, slugs in named for slug in slugs if (term := taxonomies.term(name, slug))]
    terms += [("other", taxonomies.free(OTHERS, label)) for label in asset.listed_as]
    if asset.imported:
        terms.append(("source", taxonomies.free(SOURCES, asset.imported.source)))
    return [
        {
            "id": owner.part("attribute", [link, term["id"]]),
            "link_id": str(owner),
            "taxonomy_term_id": term["id"],
            "link_type": link,
            "taxonomy_term": term,
        }
        for link, term in terms
    ]

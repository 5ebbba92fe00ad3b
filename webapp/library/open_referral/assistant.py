"""What a council's assistant may ask of the directory: a search and one listing, of what is published alone."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import orjson

from webapp.library.generation.reader import Generation
from webapp.library.open_referral import catalogue
from webapp.library.search.places import tidy
from webapp.library.search.query import Query

MOST = 25  # results of one search
LOOKED_AT = 200  # hits of one page of the engine
PAGES = 10  # of which so many are gone through for results that are published


class Unknown(Exception):
    """What was asked for is not here. The message says so in words."""


@dataclass(frozen=True)
class Assistant:
    """Answers from one generation. `site` is this site's own address, empty where it is not known."""

    gen: Generation
    site: str
    today: date

    def search(self, words: str, near: str, within: float | None, limit: int) -> dict[str, Any]:
        """Published listings for `words`, best first.

        Raises Unknown where `near` is no postcode that is known here, or there is none to be `within` miles of.
        """
        if within is not None and not near:
            raise Unknown("Miles are counted from a postcode: say what it is near, too.")
        held = catalogue.of(self.gen)
        shown = held.visible(self.today)
        point = self.gen.engine.places.find(near) if near else None
        if near and point is None:
            raise Unknown(f"{tidy(near)} is not a postcode that is known here.")
        found: list[dict[str, Any]] = []
        for page in range(1, PAGES + 1):
            results = self.gen.search(
                Query(
                    words,
                    kinds=frozenset({"asset"}),
                    near=point,
                    within=within,
                    page=page,
                    size=LOOKED_AT,
                    today=self.today,
                )
            )
            for hit in results.hits:
                number = held.ids.get(hit.card["id"])
                if number is not None and shown[number]:
                    away = {"miles": round(hit.miles, 1)} if hit.miles is not None else {}
                    found.append(self._in_brief(orjson.loads(held.edition["pure"][number]), held.paths[number]) | away)
                if len(found) == min(limit, MOST):
                    return {"results": found}
            if page >= results.pages:
                break
        return {"results": found}

    def listing(self, identity: str) -> dict[str, Any]:
        """The whole record of one listing, by its id, and how to cite it. Raises Unknown."""
        held = catalogue.of(self.gen)
        number = held.ids.get(identity.strip().lower())
        if number is None or not held.visible(self.today)[number]:
            raise Unknown("No published listing has this identifier.")
        record = orjson.loads(held.edition["whole"][number])
        return {"cite": self._cite(record, held.paths[number]), "listing": record}

    def _in_brief(self, record: dict[str, Any], path: str) -> dict[str, Any]:
        keys = ("id", "name", "description", "status", "assured_date")
        made = {key: record[key] for key in keys if key in record}
        made["description"] = made["description"].partition("\n")[0]
        made["when"] = [_spoken(schedule) for schedule in record.get("schedules", [])]
        return made | {"cite": self._cite(record, path)}

    def _cite(self, record: dict[str, Any], path: str) -> dict[str, str]:
        source = next(
            (a["taxonomy_term"]["name"] for a in record.get("attributes", []) if a["link_type"] == "source"), ""
        )
        return {
            "title": record["name"],
            "publisher": source or self.gen.site.organisation,
            "link": f"{self.site}{path}",
            "last_modified": record["last_modified"],
        }


def _spoken(schedule: dict[str, Any]) -> str:
    """`TU, 19:00:00 to 20:30:00. In term time.`"""
    rule = [schedule.get("freq", ""), f"every {schedule['interval']}" if schedule.get("interval", 1) != 1 else ""]
    times = " to ".join(filter(None, [schedule.get("opens_at"), schedule.get("closes_at")]))
    days = ", ".join(filter(None, [*rule, schedule.get("byday"), times]))
    return ". ".join(filter(None, [schedule.get("description"), days, schedule.get("notes")]))

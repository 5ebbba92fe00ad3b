"""Which records answer a question: every filter that the interface offers, each by what the record says."""

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from webapp.library.open_referral.catalogue import Catalogue, Lines, Mask, says
from webapp.library.search.places import miles

METRES = 1609.344  # of a mile, exactly (Weights and Measures Act 1985)
Point = tuple[float, float]  # latitude and longitude in degrees


@dataclass(frozen=True)
class Asked:
    """What is asked for; None or empty asks for nothing. All of it must be met.

    `modified_after` is in seconds since 1970 and counts itself. Ages are in years, clocks in minutes of the day, `day`
    is 0 on Monday. `places` are slugs of the neighbourhoods that a postcode lies in; `near` is its point, `metres`
    how far from it.
    """

    search: str = ""
    term: str = ""
    taxonomy: str = ""
    organization: str = ""
    modified_after: float | None = None
    minimum_age: float | None = None
    maximum_age: float | None = None
    day: int | None = None
    start_time: int | None = None
    end_time: int | None = None
    places: tuple[str, ...] | None = None
    near: Point | None = None
    metres: float | None = None


def services(held: Catalogue, asked: Asked, today: date) -> Mask:
    """The services that readers see on `today` and that meet all that is asked, but for where they are."""
    mask = held.visible(today)
    if asked.search:
        mask &= held.found(asked.search)
    for kind, value in (("term", asked.term), ("taxonomy", asked.taxonomy), ("organization", asked.organization)):
        if value:
            mask &= held.having(kind, value)
    if asked.modified_after is not None:
        mask &= held.modified >= asked.modified_after
    # Who is asked for is between two ages; whom it takes is too. They must have somebody in common.
    if asked.minimum_age is not None:
        mask &= ~(held.ages[:, 1] < asked.minimum_age)
    if asked.maximum_age is not None:
        mask &= ~(held.ages[:, 0] > asked.maximum_age)
    if (asked.day, asked.start_time, asked.end_time) != (None, None, None):
        mask &= _held_then(held, asked)
    if asked.places is not None:
        mask &= held.everywhere | held.having("place", *asked.places)
    return mask


def places(held: Catalogue, asked: Asked, today: date) -> Lines:
    """The places of those services, by number; with `near` those within `metres`, the nearest first."""
    mask = services(held, asked, today)[held.at_service] if held.size else np.zeros(0, np.bool_)
    if asked.near is None:
        return numbers(mask)
    away = miles(asked.near, held.at_points) * METRES
    with np.errstate(invalid="ignore"):
        if asked.metres is not None:
            mask &= away <= asked.metres
    found = numbers(mask)
    return found[np.argsort(away[found], kind="stable")]


def organizations(held: Catalogue, asked: Asked, today: date) -> list[int]:
    """The organisations, by number, of which a service is shown on `today`, and that the words of a search name."""
    shown = held.visible(today)
    return [
        number
        for number, record in enumerate(held.organizations)
        if shown[held.lines("organization", record["id"])].any() and (not asked.search or says(record, asked.search))
    ]


def numbers(mask: NDArray[np.bool_]) -> Lines:
    """The lines that a mask lets through, in order."""
    return np.flatnonzero(mask).astype(np.int32)


def _held_then(held: Catalogue, asked: Asked) -> Mask:
    """The services with one session that meets day and times together. What it does not say, it does not meet."""
    line, days, begins, ends = held.times.T
    fits = np.ones(len(line), np.bool_)
    if asked.day is not None:
        fits &= (days >> asked.day & 1).astype(np.bool_)
    if asked.start_time is not None:
        fits &= (begins >= 0) & (begins >= asked.start_time)
    if asked.end_time is not None:
        fits &= (ends >= 0) & (ends <= asked.end_time)
    mask = np.zeros(held.size, np.bool_)
    mask[line[fits]] = True
    return mask

"""What a page of results is given of each document that was found."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from webapp.library.search.paging import Paged
from webapp.library.search.parts import Parts
from webapp.library.search.query import Hit

Floats = NDArray[np.float32]  # miles of each document, infinite where it has no point
Flags = NDArray[np.bool_]  # one a document


def hits(
    parts: Parts,
    paged: Paged,
    reasons: Sequence[tuple[str, ...]],
    distances: Floats | None,
    first: Flags | None,
    most: int,
) -> tuple[Hit, ...]:
    """The rows of one page. `reasons` say why each is there, `first` which documents meet all conditions.

    With the row of a series come `most` of the others, the nearest first where it is known how far they are.
    """

    def hit(number: int, why: tuple[str, ...]) -> Hit:
        away = float(distances[number]) if distances is not None else np.inf
        return Hit(
            row=int(parts.rows[number]),
            card=parts.card(number),
            miles=away if np.isfinite(away) else None,
            why=why,
            fits=first is None or bool(first[number]),
        )

    found = []
    for number, why in zip(paged.chosen.tolist(), reasons, strict=True):
        others = paged.others.get(number)
        if others is None:
            found.append(hit(number, why))
            continue
        if distances is not None:
            others = others[np.argsort(distances[others], kind="stable")]
        some = tuple(hit(other, why) for other in others[:most].tolist())
        found.append(replace(hit(number, why), others=some, more=len(others) - len(some)))
    return tuple(found)

"""Ways into the directory by what someone enjoys, from where the reader begins."""

from urllib.parse import urlencode

from webapp.accounts.starting_place import Start
from webapp.library.generation.reader import Generation


def starting_points(gen: Generation, start: Start | None = None) -> list[tuple[str, str]]:
    """Each as words and the address of a search; from everywhere where no `start` is given."""
    points = []
    for point in gen.site.starting_points:
        query = [("q", point.words)] if point.words else []
        query += [("activity", slug) for slug in point.activities]
        query += [("audience", slug) for slug in point.audiences]
        query += [("outcome", slug) for slug in point.outcomes]
        query += start.query if start else []
        points.append((point.label, f"/directory?{urlencode(query)}"))
    return points

"""What was understood of the words of a search, told to the reader: each condition with a way to take it away."""

from webapp.directory.criteria import Criteria
from webapp.directory.wording import and_list, in_a_line
from webapp.library.search.query import Recognised, Results

Link = tuple[str, str]  # words and address


def chips(criteria: Criteria, results: Results) -> list[Link]:
    """A chip for each condition that the words name; its address is the search without those words."""
    return [(named.label, criteria.but(words=named.without).address()) for named in results.understood]


def nearly_at(results: Results) -> int | None:
    """Before which row of the page "nearly" stands: the first that does not meet everything. None where none does."""
    if results.fitting is None:
        return None
    return next((place for place, hit in enumerate(results.hits) if not hit.fits), None)


def instead(results: Results) -> str:
    """`Closest: other sport`, where nobody offers what was named."""
    kinds = [in_a_line(choice.label) for choice in results.closest]
    return f"Closest: other {and_list(kinds)}" if kinds else ""


def offers(criteria: Criteria, results: Results) -> list[Link]:
    """Filters that the words name, that are not on, and that are neither applied already nor a last resort."""
    applied = {(facet, slug) for named in results.understood for facet, slugs in named.facets for slug in slugs}

    def is_new(choice: Recognised) -> bool:
        key = (choice.group, choice.slug)
        return (
            choice.group != "near" and key not in applied and not criteria.has(*key) and choice not in results.closest
        )

    return [
        (choice.label, criteria.adding(choice.group, choice.slug).address())
        for choice in filter(is_new, results.recognised)
    ]

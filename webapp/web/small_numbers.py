"""Of fewer than five people no number is told, on a page or in a file. Why: docs/decisions/small-numbers.md."""

FEWEST = 5  # people; the least who are told as a number


def people_in_words(number: int | None) -> str:
    """`12 people`, `fewer than 5 people`, `nobody`; empty where it is not known."""
    if number is None:
        return ""
    if 0 < number < FEWEST:
        return f"fewer than {FEWEST} people"
    return f"{number:,} people" if number else "nobody"


def at_least_in_words(number: int) -> str:
    """Of people who were counted as `number` at the least: `12 or more people`, `several people`."""
    return f"{number:,} or more people" if number >= FEWEST else "several people"


def at_least(number: int) -> str:
    """The same for a cell of a table: `12+`, `under 5`; `0` for nobody."""
    return f"{number:,}+" if number >= FEWEST else f"under {FEWEST}" if number else "0"

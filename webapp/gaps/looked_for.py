"""What a search asked for and the form of a gap has no question for: filled in as words under "What did you try?"."""

from typing import Any

from webapp.library.build.pages import FACET_VOCABULARY
from webapp.library.search.places import without_inward
from webapp.library.vocabulary import Vocabulary

ONE_ANSWER = ("place", "outcome", "activity")  # a question each, so only a second choice is told
ASKED = ("audience",)  # a question with any number of answers
MOST = 12


def looked_for(args: Any, vocabulary: Vocabulary, asked_in_full: bool) -> str:
    """`Looked near M22, within 3 miles, for: Free; Sunday.` from an address (a MultiDict); empty where all is asked.

    `asked_in_full` says that the question about the place is answered. A postcode loses its second half.
    """
    near = "" if asked_in_full else without_inward(" ".join(args.get("near", "").split())[:60])
    within = args.get("within", "")
    where = [f"near {near}"] if near else []
    where += [f"within {within} miles"] if within.replace(".", "", 1).isdecimal() and len(within) < 6 else []
    wanted = []
    for facet, name in FACET_VOCABULARY.items():
        if facet in ASKED:
            continue
        terms = vocabulary.terms(name)
        known = [terms[slug].label for slug in dict.fromkeys(args.getlist(facet)) if slug in terms]
        wanted += known[1:] if facet in ONE_ANSWER else known
    wanted += ["taking people now"] if args.get("open") == "1" else []
    if not where and not wanted:
        return ""
    place = " ".join(["Looked in the directory", ", ".join(where)]).strip()
    return f"{place} for: {'; '.join(wanted[:MOST])}." if wanted else f"{place}."

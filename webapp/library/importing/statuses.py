"""Whether a service runs, from whatever word its publisher has for it. What nobody knows is not taken to be open."""

import re
from typing import Any

from webapp.library.importing.notes import Notes
from webapp.library.importing.repair import sayable, text

# The standard has active, inactive, defunct and temporarily closed; the rest is what publishers' systems write.
_WORDS = {
    "temporarily closed": """temp.*|closed temp.*|closed for .*|closed until .*|paused?|on hold|seasonal.*""",
    "defunct": """
defunct|closed|closed down|(closed )?permanently( closed)?|archived?|ended|ceased|deleted|removed|withdrawn|expired
(no longer|not) (running|operating|trading|available)|cancell?ed|stopped|discontinued|dissolved|obsolete|retired
finished|decommissioned|historic(al)?
""",
    "inactive": """
inactive|not active|suspended|pending.*|draft|disabled|hidden|unpublished|not published|private|(in |under )?review
(awaiting|needs) .*|submitted|new|proposed|planned|coming soon|rejected|dormant|unknown|off|no|false|0
""",
    "active": """
active|open|live|published|approved|current(ly active)?|running|available|enabled|on|yes|true|1
""",
}
_KNOWN = {status: re.compile("|".join(words.strip().split("\n"))) for status, words in _WORDS.items()}


def status_of(service: dict[str, Any], notes: Notes) -> str:
    """One of `active`, `inactive`, `defunct` and `temporarily closed`.

    A service without a status is taken to be active and named for attention; one with a word that is none of those
    above is taken to be inactive, and its listing says the word.
    """
    given = service.get("status")
    value = str(given).lower() if isinstance(given, bool) else text(given, "status", notes)
    plain = " ".join(re.sub(r"[\W_]+|(?<=[a-z])(?=[A-Z])", " ", value).lower().split())
    if not plain:
        notes.look("it has no status: taken to be active")
        return "active"
    status = next((status for status, words in _KNOWN.items() if words.fullmatch(plain)), "")
    if not status:
        if sayable(value):
            notes.warnings.append(f"Its publisher gives its status as “{value}”.")
        notes.kept_in_words("a status that we do not know: taken to be inactive, and said in the text", value)
        notes.look("it has a status that we do not know: taken to be inactive", value)
    elif value.lower() != status:
        notes.mended(f"a status in other words: taken to be {status}", value)
    return status or "inactive"

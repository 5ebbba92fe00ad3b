"""What stands straight before or after a name and says that a person is meant."""

from webapp.pii.names.context import AGE
from webapp.pii.names.words import DOES, PEOPLE, POSSESSED, RELATIONS, SPEECH, SPEECH_WITH, THINGS, TO_WITH
from webapp.pii.tokens import Word


def person_before(found: list[Word], at: int, *, small: bool = False) -> bool:
    """Whether what stands before says that a person is meant: "her son", "spoke to", "a man called"."""
    if not at or not found[at].near:
        return False
    before = found[at - 1]
    two = found[at - 2] if at > 1 else None
    if before.small in PEOPLE and not before.owns:
        return before.small in RELATIONS or found[at].close or "," in found[at].gap
    if not found[at].close and '"' not in found[at].gap:
        return False
    if before.small in ("called", "named", "nicknamed"):
        return called(found, at - 1) is not False and (small or called(found, at - 1) is True or not found[at].begins)
    if before.small in SPEECH:
        return True
    return bool(two and before.small in TO_WITH and two.small in SPEECH_WITH)


def called(found: list[Word], at: int) -> bool | None:
    """Whether "called" at `at` is said of a person (True), of a thing (False), or of who knows what (None)."""
    for back in range(1, 6):
        if at - back < 0 or found[at - back + 1].begins:
            return None
        word = found[at - back]
        if word.small in THINGS:
            return False
        if word.small in PEOPLE:
            article = found[at - back - 1].small if at - back else ""
            verbs = {w.small for w in found[at - back : at]} & {"is", "was", "who"}
            named = found[at].small != "called"
            return True if named or verbs or article not in ("the", "her", "his", "their") else None
        if word.text.lower() in ("he's", "she's", "i'm", "who's") or (word.small in ("he", "she") and back > 1):
            return True
    return None


def likely(text: str, found: list[Word], at: int, last: int) -> bool:
    """Whether the words before or after a name speak of somebody."""
    if person_before(found, at, small=True) or AGE.match(text, found[last].end):
        return True
    if last + 1 == len(found):
        return False
    after = found[last + 1]
    if found[last].owns:
        return after.close and after.small in POSSESSED
    return after.close and after.small in DOES

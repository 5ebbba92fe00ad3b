"""How much each thing that somebody tells counts beside the others: the surest first, and its cause before it."""

from bisect import bisect_right
from collections.abc import Collection, Sequence

from webapp.library.search import ranking
from webapp.library.search.clauses import JOINING
from webapp.library.search.phrase_match import PhraseMatch
from webapp.library.search.thesaurus import Thesaurus
from webapp.library.search.word_forms import describes_somebody

WHO = "who"  # the thesaurus's class of words that say who it is about
RELATION = "relation"  # ... of words for somebody's own people
FEELING = "feeling"  # ... of words for a worry, which is mostly about what is told behind it
_OF_ITS_OWN = JOINING - {"so", "then"}  # a clause that they begin is no outcome of the one before
_ANY_HELP = frozenset({"need", "needs", "needing", "want", "wants", "help", "support", "more", "extra", "some"})
_ASKING = frozenset({"who", "if", "whose", "when"})  # they go on with what somebody is worried about


class Emphasis:
    """The phrases that were found in what somebody typed, beside each other."""

    def __init__(
        self,
        thesaurus: Thesaurus,
        typed: Sequence[str],
        matches: Sequence[PhraseMatch],
        clauses: Collection[int],
        wish: frozenset[int],
    ) -> None:
        """`clauses` are the positions in the folded words `typed` at which another clause begins, `wish` those of what
        somebody wants, which counts before all else if anything is known of it.
        """
        self._thesaurus = thesaurus
        self._typed = typed
        self._matches = matches
        self._needs = [m for m in matches if m.is_need]
        self._clauses = sorted(clauses)
        self._leads = [m for m in self._needs if m.kind == "lead"]
        # Whether a need is told of somebody: then who it is asks for nothing of its own, as "parents of a child" do.
        people = [at for at, word in enumerate(typed) if thesaurus.is_in(RELATION, word)]
        told_of = describes_somebody(typed) or (bool(people) and typed[people[0] + 1 : people[0] + 2] != ["of"])
        named = {m.at for m in matches if not m.is_need}
        self.is_story = told_of and any(len(m.at) > 1 and m.at not in named for m in self._leads)
        self._wish = wish if any(m.at & wish for m in matches if m.kind != "hint") else frozenset()

    def _longest(self, at: Collection[int]) -> int:
        """The words of the surest need that is told in the same clause as `at`."""
        here = self._clause(at)
        return max((self._told(m) for m in self._leads if self._clause(m.at) == here), default=0)

    def _clause(self, at: Collection[int]) -> int:
        return bisect_right(self._clauses, min(at))

    def of(self, here: Sequence[PhraseMatch], need: bool) -> float:
        """How much the phrases `here`, all of the same words, count: 1 in full. A `need` is told alone, not named."""
        at = here[0].at
        importance = self._by_itself(here)
        if here[0].kind == "lead" and self._comes_of_another(here[0]):
            importance *= ranking.TOLD_LATER
        if not need or not self._wish:
            return importance
        if not at & self._wish:
            return importance * ranking.BESIDE_WISH
        # What somebody wants counts in full in however small words it is told: "needs a break".
        return importance if len(at) == 1 or self._asks_for_any_help(at) else 1.0

    def _comes_of_another(self, match: PhraseMatch) -> bool:
        """Whether what an earlier clause tells has most likely brought it about: "keeps falling, scared to go out"."""
        begins = next((at for at in reversed(self._clauses) if at <= min(match.at)), None)
        if begins is None or self._typed[begins] in _OF_ITS_OWN:
            return False
        return any(min(m.at) < begins for m in self._leads)

    def _by_itself(self, here: Sequence[PhraseMatch]) -> float:
        at, kinds = here[0].at, {m.kind for m in here}
        if len(at) == 1 and self._is_about_more(min(at)):
            return ranking.WORRY
        who = len(at) == 1 and self._thesaurus.is_in(WHO, self._typed[min(at)])
        if who and self.is_story:
            return ranking.WHOSE
        if kinds == {"hint"}:
            return ranking.HINT_BESIDE_NEED if self._leads else 1.0
        if kinds <= {"lead", "hint"}:
            if self._asks_for_any_help(at):
                return ranking.ANY_HELP
            longest = min(self._longest(at), 2)
            if len(at) < longest:
                return ranking.ONE_WORD_NEED
            return ranking.LITTLE_NEED if self._told(here[0]) < longest else 1.0
        if self._is_of_others(min(at)):
            return ranking.OF_OTHERS
        return ranking.WHO if who and (self._needs or describes_somebody(self._typed)) else 1.0

    def _told(self, match: PhraseMatch) -> int:
        """How many words of a phrase tell anything; of small words together every other one, and one at the least."""
        at = match.at
        return max(1, len(at) // 2, sum(self._typed[i] not in self._thesaurus.little for i in at))

    def _is_of_others(self, at: int) -> bool:
        """Whether a name says only what those have whom it is not for: "carers of someone with mental illness"."""
        before = self._typed[max(0, at - 4) : at]
        if before[-1:] != ["with"]:
            return False
        return "of" in before or ("for" in before and self._thesaurus.is_in(RELATION, before[-2]))

    def _asks_for_any_help(self, at: Collection[int]) -> bool:
        """Whether any help is asked for, beside what is told or named: "needs help with packing"."""
        any_help = all(self._typed[i] in _ANY_HELP for i in at)
        return any_help and any(m.kind != "hint" and not m.at & frozenset(at) for m in self._matches)

    def _is_about_more(self, at: int) -> bool:
        """Whether a word is a worry about what is told behind it: "worried about her son's gambling"."""
        if not self._thesaurus.is_in(FEELING, self._typed[at]):
            return False
        goes_on = self._typed[at + 1 : at + 2]
        joined = bool(goes_on) and (at + 1 not in self._clauses or goes_on[0] in _ASKING)
        return joined and any(min(m.at) > at for m in self._leads)

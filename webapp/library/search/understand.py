"""From what a person typed to what is searched: spelling, half-typed words, other names, needs in plain words."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from webapp.english import words as english
from webapp.library.search import organisations, ranking
from webapp.library.search.conditions import Condition, ConditionFinder
from webapp.library.search.emphasis import WHO, Emphasis
from webapp.library.search.hearing import Heard, Placed, hear
from webapp.library.search.landmarks import NearLandmark
from webapp.library.search.lately import Lately
from webapp.library.search.lexicon import Lexicon
from webapp.library.search.organisations import NamedThere
from webapp.library.search.phrase_match import PhraseMatch
from webapp.library.search.places import Places, Point
from webapp.library.search.query import Recognised, Understood
from webapp.library.search.recognise import Recogniser
from webapp.library.search.spelling import Speller
from webapp.library.search.text import STOP_WORDS, stem, stems, words
from webapp.library.search.thesaurus import Thesaurus
from webapp.library.search.units import Alternative, Unit
from webapp.library.search.word_forms import asks_how, describes_somebody, verb_asked, word_form

_KINDS = frozenset({"activity", "audience"})  # of what is recognised, what a page is about
_LEADING_TO = (["in"], ["near"], ["around"], ["at"], ["from"], ["to"])  # before the name of a place
FEW_WORDS = 3  # in so few nobody tells a story
KEPT_NAMES = 20_000  # other names whose stems are remembered: all that the thesaurus has
YOUNG, RAISING = "young", "raising"  # the thesaurus's classes of words for children, and for who brings them up


@dataclass(frozen=True, slots=True, eq=False)
class Understanding:
    """What the words mean. No units: everything is browsed. It equals itself alone: scores are remembered by it."""

    units: tuple[Unit, ...] = ()
    typed: tuple[str, ...] = ()  # stems in order, for words side by side
    corrected: str | None = None
    mended: tuple[str, ...] = ()
    offered: str | None = None
    also: tuple[str, ...] = ()
    recognised: tuple[Recognised, ...] = ()
    terms: tuple[str, ...] = ()
    points: tuple[Point, ...] = ()  # where distances are measured from
    cut: bool = False
    pinned: tuple[tuple[str, ...], frozenset[str]] = ((), frozenset())  # addresses to put first, never to show
    conditions: tuple[Condition, ...] = ()
    understood: tuple[Understood, ...] = ()
    subject: str = ""  # the words without those of the conditions
    has_other_names: bool = False  # whether the thesaurus knows any of it; else to read it widely makes no difference
    called: tuple[tuple[str, ...], ...] = ()  # what the organisation may be called that alone is asked for
    young: bool = False  # whether children, or those who bring them up, are spoken of


@dataclass(frozen=True, slots=True)
class Understander:
    """Knows the index's words, the thesaurus, the vocabularies and the places."""

    lexicon: Lexicon
    thesaurus: Thesaurus
    recogniser: Recogniser
    places: Places
    conditions: ConditionFinder
    speller: Speller
    has_pair: Callable[[str], bool]  # whether some page has two words side by side
    place_in: Callable[[Sequence[str], Collection[int]], NearLandmark | None]  # as of Landmarks
    lately: Lately[Heard] = field(default_factory=lambda: Lately(2))

    def read(self, text: str, exact: bool = False, widely: bool = False, plain: bool = False) -> Understanding:
        """What is meant by `text`; with `exact`, no spelling is mended and no other name is searched.

        With `plain`, words that name a day, a price or an age are words as any other.
        `widely`, for words that nothing fits, follows every lead, whether or not a service was named.
        """
        know = self.places, self.speller, self.thesaurus, self.recogniser
        heard = self.lately.get((text, exact), lambda: hear(text, exact, *know))
        kept, mended, matches = heard.typed, heard.mended, heard.matches
        named = () if exact or plain else self._conditions(heard.whole, matches, heard.placed)
        called = NamedThere() if exact or plain else self._called(heard, named)
        asked = self._units(heard, _positions(named), called.places, exact, widely)
        units = tuple(unit if exact else _with_kinds(unit, heard.recognised) for unit in asked)
        every_name = [
            (a.weight * unit.importance, a.label)
            for unit in units
            for a in unit.alternatives
            if a.label and self.lexicon.writes(a.stems)
        ]
        names = dict.fromkeys(label for _, label in sorted(every_name, key=lambda name: -name[0]))
        meant = [w for w in mended if w not in STOP_WORDS and w not in self.thesaurus.little]
        how = (
            mended[:1] if mended[:1] == ["how"] and meant else []
        )  # "How to issue" answers how, "Where to issue" does not
        # No title is made of the words that a need is told in, nor of whose it is.
        telling = [u for u in units if (u.need and len(u.typed) > 1) or u.importance <= ranking.WHOSE]
        told = {w for unit in telling for w in unit.typed}
        return Understanding(
            units=units,
            typed=tuple(stem(w) for w in (how + meant or mended) if w not in STOP_WORDS and w not in told),
            corrected=" ".join(mended) if mended != kept else None,
            mended=heard.changed,
            offered=" ".join(heard.offered) if heard.offered != mended else None,
            also=tuple(names)[: ranking.NAMES_SHOWN],
            recognised=_but_of_place(heard.recognised, mended, named),
            terms=tuple(dict.fromkeys([*meant, *names])),
            points=tuple(point for c in named if c.group == "place" for point in c.points),
            cut=heard.cut,
            pinned=self.thesaurus.pinned(mended),
            conditions=named,
            understood=_understood(mended, named, heard.placed),
            subject=_without(mended, _positions(named)),
            has_other_names=bool(matches),
            called=called.names,
            young=any(self.thesaurus.is_in(name, w) for name in (YOUNG, RAISING) for w in mended)
            or any(c.age and c.age[0] <= ranking.YOUNG_AGE for c in named),
        )

    def _conditions(
        self, typed: Sequence[str], matches: Sequence[PhraseMatch], placed: Placed | None
    ) -> tuple[Condition, ...]:
        longer = [m.at for m in matches if len(m.at) > 1]
        found = self.conditions.find(typed, longer, describes_somebody(typed))
        if len(found) == 1 and self._is_the_thing(found[0], typed, matches):
            found = ()
        others = [c for c in found if c.group != "place"]
        if placed:
            code, point, _ = placed
            there = Condition("place", code, frozenset(), self.conditions.around(code), code=code, points=(point,))
            return (there, *others)
        near = self.place_in(typed, _positions(others))
        # Wythenshawe Hospital, and not Wythenshawe.
        if near and all(c.at < near.at for c in found if c.group == "place"):
            return (Condition("place", near.name, near.at, points=(near.point,)), *others)
        return found

    def _is_the_thing(self, condition: Condition, typed: Sequence[str], matches: Sequence[PhraseMatch]) -> bool:
        """Whether another name of a way in is all that is typed, and a thing itself: "hoist", "personal assistant"."""
        rest = (w for at, w in enumerate(typed) if at not in condition.at)
        if condition.group != "access" or any(w not in STOP_WORDS and w not in self.thesaurus.little for w in rest):
            return False
        own = frozenset(at for at in condition.at if typed[at] not in STOP_WORDS)
        label = [stem(w) for w in words(condition.label)]
        return label != [stem(typed[at]) for at in sorted(own)] and any(m.at == own and not m.is_need for m in matches)

    def _called(self, heard: Heard, conditions: Sequence[Condition]) -> NamedThere:
        """The organisation that is asked for beside a place, if nothing else is."""
        if any(c.group != "place" for c in conditions) or describes_somebody(heard.mended):
            return NamedThere()
        placed, known = _positions(conditions), self.thesaurus.words.__contains__
        return organisations.find(heard.mended, heard.matches, placed, known, self.has_pair)

    def _units(
        self, heard: Heard, named: frozenset[int], there: frozenset[int], exact: bool, widely: bool
    ) -> Iterator[Unit]:
        """A unit for each phrase of the thesaurus, and one for each word left over.

        `named` are the positions of conditions, `there` those of a place that is none.
        """
        typed, half_typed, conditioned = heard.mended, heard.half_typed, bool(named)
        matches = [m for m in heard.matches if not m.at <= named]
        anything = self.thesaurus.anything
        if conditioned and all(typed[i] in anything for m in matches for i in m.at):
            matches = []
        if half_typed and not widely and len(typed) < 3 and len(self.lexicon.beginning(half_typed)) > 1:
            # Of a word that may go on ("foot"), nothing is concluded yet.
            matches = [m for m in matches if m.kind != "hint" or len(typed) - 1 not in m.at]
        needs = [m for m in matches if m.is_need]
        story = describes_somebody(typed) and not asks_how(typed)
        names_more = not story and not widely and any(not m.is_need for m in matches)
        covered: set[int] = set()
        wish = heard.wish if story or needs else frozenset()
        emphasis = Emphasis(self.thesaurus, typed, matches, heard.clauses, wish)
        for at in sorted({m.at for m in matches}, key=min):
            of_here = [m for m in matches if m.at == at]
            if not story and not widely and not all(m.is_need for m in of_here):
                # Somebody who names a service is not shown others; an organisation may stand for its field.
                of_here = [m for m in of_here if not m.is_need or any(n.kind == "name" for n in of_here)]
            if names_more and all(m.kind == "hint" for m in of_here):
                continue  # "support" for cancer patients is no support of a team
            covered |= at
            half = half_typed if len(at) == 1 and len(typed) - 1 in at else ""
            whole = self._known(typed, at, of_here, half, widely)
            tokens = tuple(typed[i] for i in sorted(at))
            yield replace(whole, importance=emphasis.of(of_here, whole.need), typed=tokens)
        covered |= named
        left = [i for i, w in enumerate(typed) if i not in covered and w not in STOP_WORDS and word_form(w) != ""]
        significant = [i for i in left if typed[i] not in self.thesaurus.little]
        if conditioned and not matches and all(typed[i] in anything or typed[i].isdigit() for i in significant):
            return  # "free activities on Monday" asks for anything at all, and so does "free, or £5"
        if not matches and not significant:
            significant = left or [i for i, w in enumerate(typed) if w not in STOP_WORDS]
        beside = self._beside(needs, story and bool(matches), len(typed))
        verb = verb_asked(typed)
        for i in significant:
            unit = self._word(typed, i, typed[i] == half_typed and i == len(typed) - 1, exact)
            is_who = self.thesaurus.is_in(WHO, typed[i]) and (matches or len(significant) > 1)
            if i == verb:
                importance = ranking.VERB_ASKED
            elif i in there:
                importance = ranking.BESIDE_NAME
            elif is_who:
                importance = ranking.WHOSE if emphasis.is_story else ranking.WHO
            else:
                importance = 1.0 if self._is_place(typed, i) else beside
            yield replace(unit, importance=importance, typed=(typed[i],))

    def _beside(self, needs: Sequence[PhraseMatch], told: bool, size: int) -> float:
        """How much a word of no phrase counts: little where a need is told, more in the few of "sensory room"."""
        longest = max((len(m.at) for m in needs if m.kind == "lead"), default=0)
        if longest == 1 and not told and size <= FEW_WORDS:
            return ranking.BESIDE_ONE_WORD
        return ranking.ASIDE if longest or told else 1.0

    def _is_place(self, typed: Sequence[str], at: int) -> bool:
        """Whether a word seems to be the name of a place that pages write: "a lonely man in Thornwick"."""
        named = typed[at - 1 : at] in _LEADING_TO and not english.is_word(typed[at])
        return named and self.lexicon.times(typed[at]) > 0

    def _known(
        self, typed: Sequence[str], at: frozenset[int], matches: Sequence[PhraseMatch], half_typed: str, widely: bool
    ) -> Unit:
        """The typed words, and the other names or leads that the thesaurus gives for them."""
        every = [typed[i] for i in sorted(at)]
        significant = [w for w in every if w not in self.thesaurus.little and w not in STOP_WORDS] or every
        own = tuple(stem(w) for w in significant)
        need = any(m.is_need for m in matches) if widely else all(m.is_need for m in matches)
        weight = ranking.LEFT_OF_NEED if need and len(own) < min(len(at), 2) else 1.0
        found = {own: Alternative(own, weight, apart=ranking.APART_TOLD if need else ranking.APART_TYPED)}
        whole = tuple(stem(w) for w in every if w not in STOP_WORDS)
        if len(whole) > len(own) and any(m.kind == "name" for m in matches):
            found = {whole: Alternative(whole, apart=ranking.APART_TYPED)}  # of "Age UK", "UK" is no part to go by
        elif len(whole) > len(own) and any(m.kind == "same" for m in matches):
            found = {whole: Alternative(whole, apart=ranking.APART_TYPED), own: Alternative(own, ranking.REDUCED)}
        if len(own) > 1:
            alone = ranking.ALONE_IN_NEED if need else ranking.ALONE
            found |= {(s,): Alternative((s,), alone, beside=True) for s in own}
        if need and half_typed:
            longer = self.lexicon.beginning(half_typed)
            half = ranking.GOES_ON if self.lexicon.times(half_typed) else ranking.HALF_TYPED
            found |= {(stem(w),): Alternative((stem(w),), half) for w in longer if stem(w) not in own}
        is_named = any(not m.is_need for m in matches)
        for alternative in self._other_names(matches, is_named):
            if not self.lexicon.writes(alternative.stems):
                continue  # no page says so: nothing to look up
            known = found.get(alternative.stems)
            if known is None or known.weight < alternative.weight:
                found[alternative.stems] = alternative
        return Unit(tuple(found.values())[: ranking.MAX_OTHER_NAMES], need=need)

    def _other_names(self, matches: Sequence[PhraseMatch], is_named: bool = False) -> Iterator[Alternative]:
        """Other names and leads. What a word may also hint at, or what is led to by a name, is `beside` the matter."""
        field = ranking.ITS_FIELD if any(match.kind == "name" for match in matches) else 1.0
        for match in matches:
            beside = match.kind == "hint" or (match.is_need and is_named)
            share = field if match.is_need else 1.0
            for place, name in enumerate(match.others):
                if own := _name_stems(name):
                    yield Alternative(own, _weight(match, place) * share, name, beside=beside)
        for match in matches:
            beside = match.kind == "hint" or is_named
            if match.is_need:
                for place, name in enumerate(match.others):
                    for other in self.thesaurus.same_as(name):
                        if own := _name_stems(other):
                            weight = _weight(match, place) * field * ranking.LEAD_SAME
                            yield Alternative(own, weight, other, beside=beside)

    def _word(self, typed: Sequence[str], at: int, half_typed: bool, exact: bool) -> Unit:
        """One word by itself: its stem, words that it begins, and it and its neighbour written as one."""
        word = typed[at]
        found: dict[tuple[str, ...], Alternative] = {(stem(word),): Alternative((stem(word),))}
        for joined in (word + typed[at + 1] if at + 1 < len(typed) else "", typed[at - 1] + word if at else ""):
            if self.lexicon.times(joined):
                found.setdefault((stem(joined),), Alternative((stem(joined),), ranking.JOINED))
        if not english.is_word(word) and (apart := self.lexicon.split(word)):
            # `taichi` is found as `Tai-chi` in some pages, and as `Tai chi` in the others.
            of_two = tuple(map(stem, apart))
            found.setdefault(of_two, Alternative(of_two, ranking.JOINED, apart=0.0))
        if half_typed:
            # While somebody types, "foot" also finds longer words; a whole word does not.
            whole = english.is_word(word) and not self.lexicon.knows(word)
            completions, sure = self.speller.completions(typed, at)
            weight = ranking.GOES_ON if self.lexicon.times(word) and not sure else ranking.HALF_TYPED
            for longer in completions:
                found.setdefault((stem(longer),), Alternative((stem(longer),), weight, beside=whole))
            if not exact and not sure and not self.lexicon.knows(word):
                for longer in self.lexicon.known_beginning(word):
                    plain = [m for m in self.thesaurus.find([longer]) if m.kind != "hint"]
                    written = self.lexicon.writes((stem(longer),))
                    share = ranking.HALF_TYPED * (ranking.NAMES_OF_WRITTEN if written else 1.0)
                    for alternative in self._other_names(plain):
                        dimmed = replace(alternative, weight=alternative.weight * share, beside=whole)
                        found.setdefault(dimmed.stems, dimmed)
        return Unit(tuple(found.values())[: ranking.MAX_OTHER_NAMES])


@lru_cache(KEPT_NAMES)
def _name_stems(name: str) -> tuple[str, ...]:
    return tuple(stems(name))


def _with_kinds(unit: Unit, recognised: Sequence[Recognised]) -> Unit:
    """With the kinds of activity and people that the unit's words are another name for: pages of them are near it."""
    if unit.need:
        return unit
    typed, known = frozenset(unit.typed), {a.stems for a in unit.alternatives}
    kinds = [
        Alternative(own, ranking.KIND, choice.label, apart=0.0, beside=True)
        for choice in recognised
        if choice.group in _KINDS and not typed.isdisjoint(choice.words.split())
        if (own := _name_stems(choice.label)) and own not in known
    ]
    return replace(unit, alternatives=unit.alternatives + tuple(kinds)) if kinds else unit


def _but_of_place(
    recognised: Sequence[Recognised], typed: Sequence[str], conditions: Sequence[Condition]
) -> tuple[Recognised, ...]:
    """Without the choices that only the name of a place has brought: a library that is near asks for no books."""
    there = {typed[at] for c in conditions if c.group == "place" and not c.facets for at in c.at}
    return tuple(r for r in recognised if r.group == "near" or not there.issuperset(r.words.split()))


def _positions(conditions: Sequence[Condition]) -> frozenset[int]:
    return frozenset(at for condition in conditions for at in condition.at)


def _without(typed: Sequence[str], positions: frozenset[int]) -> str:
    return " ".join(word for at, word in enumerate(typed) if at not in positions)


def _understood(typed: Sequence[str], conditions: Sequence[Condition], placed: Placed | None) -> tuple[Understood, ...]:
    """The conditions for a reader, each with the query that is left without it."""
    code = f" {placed[0]}" if placed else ""
    return tuple(
        Understood(c.group, c.label, f"{_without(typed, c.at)}{'' if c.code else code}".strip(), c.facets, c.parts)
        for c in conditions
    )


def _weight(match: PhraseMatch, place: int) -> float:
    """How much the other name at `place` of a match counts."""
    if match.is_need:
        first = ranking.LEAD if match.kind == "lead" else ranking.HINT
        return max(ranking.LEAD_LEAST, first - ranking.LEAD_STEP * place)
    return ranking.SAME if match.kind != "kinds" else ranking.OF_KIND

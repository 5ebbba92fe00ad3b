"""What a search names besides what it is about: a place, a day, a price, an age, a language, a way in.

The words for it come from content: the labels and other names of the vocabularies for places, days, languages and
access, and `conditions` of the thesaurus for what people say in other ways (`weekend`, `no charge`, `women only`).
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from webapp.library.search import given_times, named_ages, named_prices
from webapp.library.search.recognise import NamedTerm
from webapp.library.search.text import STOP_WORDS, fold, stem, words
from webapp.library.search.thesaurus import Saying
from webapp.library.search.units import Alternative, Unit

NAMED_GROUPS = ("place", "day", "language", "access")  # vocabularies whose terms are conditions wherever they are named
NEAR_AGE = 10  # years beyond an age group whose people still go to its groups
MOST = 6  # conditions in one search
_SMALL_BEFORE = """
a an the on in at of for from near around close to by next every any each is are be only his her their and with who
speaks speak speaking open held or
"""
_BEFORE = frozenset(_SMALL_BEFORE.split())
_AFTER = frozenset(["only", "speaking", "speaker", "speakers"])
# A language is the lesson itself beside these: "Spanish class" asks for no group in Spanish.
_LESSONS = "class lesson course learn learning conversation teach beginner improve practise"
_LESSON = frozenset(stem(word) for word in _LESSONS.split())
# What may only describe the person in a story: "a man who has lost his wife".
_DESCRIBING = frozenset({"audience", "age", "cost"})
_EVENTS = "hospital discharged discharge ward surgery operation fell died funeral moved since last leaving till until"
_HAPPENED = frozenset(_EVENTS.split())
_OF_EACH = (["every"], ["each"], ["till"], ["until"], ["by"])  # before a part of the day that is not asked for
_ONE = frozenset({"lady", "woman", "female", "male"})  # "a lady with dementia" asks for no women's group

_BANDS = {"free": 0, "donation": 0, "under-5": 5, "5-to-10": 10}  # of costs.yml, as the importer gives them: pounds

Choices = tuple[tuple[str, tuple[str, ...]], ...]  # facet and slugs, any of which is enough


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing that a listing meets, does not meet, or says nothing of.

    `group` is what it is about: place, day, cost, age, audience, language, access, open. `facets` are the choices that
    meet it. `parts` are the parts of a day, `age` is in years. `code` is a postcode or the first half of one, `points`
    are where the place is. `texts` are phrases (stems) that say it in a listing that has no such facet: one of each
    group must be there. `nearly` are phrases that say a part of it: Monday of a Monday morning. `at` are the positions
    of its words in what was typed.
    """

    group: str
    label: str
    at: frozenset[int]
    facets: Choices = ()
    parts: tuple[str, ...] = ()
    age: tuple[int, int] | None = None
    code: str = ""
    points: tuple[tuple[float, float], ...] = ()
    texts: tuple[tuple[tuple[str, ...], ...], ...] = ()
    nearly: tuple[tuple[str, ...], ...] = ()
    with_day: bool = False
    by_words: bool = False  # whether a listing's own words say it better than its label does

    @property
    def units(self) -> tuple[Unit, ...]:
        """Its texts as they are searched."""
        return tuple(map(_unit, self.texts))

    @property
    def unit_nearly(self) -> Unit | None:
        """What says a part of it, as it is searched."""
        return _unit(self.nearly) if self.nearly else None

    def slugs(self, facet: str) -> tuple[str, ...]:
        """The choices of one facet that meet it."""
        return tuple(slug for name, slugs in self.facets if name == facet for slug in slugs)


def _unit(phrases: Iterable[tuple[str, ...]]) -> Unit:
    return Unit(tuple(Alternative(phrase, apart=0.0) for phrase in phrases))


class ConditionFinder:
    """Finds the conditions in what was typed."""

    def __init__(self, terms: Mapping[str, Iterable[NamedTerm]], said: Sequence[Saying]) -> None:
        """`terms` are the choices of each facet; `said` the `conditions` of the thesaurus."""
        self._by_first: dict[str, list[tuple[tuple[str, ...], Condition]]] = {}
        self.words: set[str] = set(named_prices.WORDS)
        self._ages: list[Condition] = []
        self._districts: dict[str, list[str]] = {}
        for term in terms.get("place", ()):
            for code in getattr(term, "outward", ()):
                self._districts.setdefault(code, []).append(term.slug)
        for group in NAMED_GROUPS:
            for term in terms.get(group, ()):
                centre = getattr(term, "centre", None)
                for name in dict.fromkeys((term.label, *term.also)):
                    label = name if group == "place" else term.label
                    facets = ((group, (term.slug,)),)
                    self._add(
                        name, Condition(group, label, frozenset(), facets, points=(centre,) if centre else ()), ()
                    )
        for saying in said:
            choices = tuple((name, tuple(slugs)) for name, slugs in saying.facets.items())
            condition = Condition(
                saying.group,
                saying.label,
                frozenset(),
                choices,
                tuple(saying.parts),
                saying.age,
                with_day=saying.with_day,
            )
            for name in saying.when:
                self._add(name, condition, saying.text or saying.when)
            if saying.age:
                texts = tuple(tuple(stem(w) for w in words(text)) for text in (saying.text or saying.when))
                self._ages.append(replace(condition, texts=(texts,)))

    def around(self, code: str) -> Choices:
        """The places that a postcode, or its first half, lies in, as choices."""
        slugs = self._districts.get(code.split(" ")[0], ())
        return (("place", tuple(slugs)),) if slugs else ()

    def _add(self, name: str, condition: Condition, more: Sequence[str]) -> None:
        forms = tuple(stem(w) for w in words(name))
        if not forms:
            return
        self.words.update(words(name))
        texts = dict.fromkeys(tuple(stem(w) for w in words(text)) for text in (more or (name,)))
        texts |= {(given_times.term(part),): None for part in condition.parts}
        self._by_first.setdefault(forms[0], []).append((forms, replace(condition, texts=(tuple(texts),))))

    def find(self, typed: Sequence[str], taken: Collection[frozenset[int]], story: bool) -> tuple[Condition, ...]:
        """The conditions in folded words. What is but a part of a longer name (`taken`, positions) is none.

        In a `story` about somebody, words that only describe them are none either.
        """
        forms = [stem(w) for w in typed]
        found: list[Condition] = []
        free = set(range(len(typed)))
        if age := named_ages.find(typed):
            found.append(self._of_age(age, typed))
            free -= age[0]
        if (price := named_prices.find(typed)) and price.at <= free:
            found.append(_of_price(price))
            free -= price.at
        matches: list[tuple[frozenset[int], Condition]] = []
        for at, form in enumerate(forms):
            for wanted, condition in self._by_first.get(form, ()):
                if tuple(forms[at : at + len(wanted)]) == wanted:
                    matches.append((frozenset(range(at, at + len(wanted))), condition))
        for span, condition in sorted(matches, key=lambda m: (-len(m[0]), min(m[0]))):
            known = next((i for i, c in enumerate(found) if c.at == span), None)
            if known is not None:
                found[known] = _either(found[known], condition)
            elif span <= free and not self._is_other(span, condition, typed, taken, story):
                found.append(replace(condition, at=span))
                free -= span
        return tuple(_together([_with_small_words(c, typed) for c in found], typed)[:MOST])

    def _of_age(self, age: named_ages.NamedAge, typed: Sequence[str]) -> Condition:
        """A named age, with what the thesaurus says of those about that age."""
        at, (first, last), label = age
        facets: list[tuple[str, tuple[str, ...]]] = []
        texts = [tuple(stem(typed[i]) for i in sorted(at))]
        for other in self._ages:
            assert other.age
            if first >= other.age[0] - NEAR_AGE and last <= other.age[1] + NEAR_AGE:
                facets += other.facets
                texts += [phrase for phrases in other.texts for phrase in phrases]
        return Condition("age", label, at, tuple(facets), age=(first, last), texts=(tuple(dict.fromkeys(texts)),))

    def _is_other(
        self,
        span: frozenset[int],
        condition: Condition,
        typed: Sequence[str],
        taken: Collection[frozenset[int]],
        story: bool,
    ) -> bool:
        """Whether the words belong to a longer name, to a lesson, or describe who it is about."""
        whole = _with_small_words(replace(condition, at=span), typed).at  # "Urdu" with its "speaking"
        own = frozenset(at for at in span if typed[at] not in STOP_WORDS)  # "over the phone" of who was scammed so
        if any(own < longer and not longer <= whole for longer in taken):
            return True
        if condition.group == "language" and not _LESSON.isdisjoint(map(stem, typed)):
            return True
        if condition.group == "audience" and len(typed) > len(span) and any(typed[at] in _ONE for at in span):
            return True
        if condition.group == "day" and _is_date(min(span), typed):
            return True
        if condition.group == "part" and _is_habit(min(span), typed):
            return True
        return story and condition.group in _DESCRIBING


def _is_date(at: int, typed: Sequence[str]) -> bool:
    """Whether a day is the one on which something happened or will: "out of hospital tuesday", "fell on monday"."""
    before = [w for w in typed[:at] if w not in _BEFORE]
    return typed[at].endswith("day") and bool(before) and before[-1] in _HAPPENED


def _is_habit(at: int, typed: Sequence[str]) -> bool:
    """Whether a part of the day is that of each day, or an end: "dressed of a morning", "lay there till morning"."""
    return typed[at - 2 : at] == ["of", "a"] or typed[at - 1 : at] in _OF_EACH


def _of_price(price: named_prices.NamedPrice) -> Condition:
    """A named price: the bands of the vocabulary for costs that lie below it whole, and listings that give one."""
    bands = [slug for slug, most in _BANDS.items() if price.most >= most]
    texts = [(term,) for term in price.terms] + [("free",), ("no", "charg"), ("no", "cost"), ("donat",)]
    return Condition("cost", price.label, price.at, (("cost", tuple(bands)),), texts=(tuple(texts),), by_words=True)


def _either(one: Condition, other: Condition) -> Condition:
    """Both in one: whichever a listing meets."""
    facets: dict[str, tuple[str, ...]] = {}
    for name, slugs in (*one.facets, *other.facets):
        facets[name] = tuple(dict.fromkeys((*facets.get(name, ()), *slugs)))
    first, *rest = other.label.split()
    label = f"{one.label} or {' '.join([first.lower() if fold(first) in STOP_WORDS else first, *rest])}"
    if one.at == other.at or other.label in one.label:
        label = one.label
    elif one.label in other.label:
        label = other.label
    return replace(
        one,
        label=label,
        at=one.at | other.at,
        facets=tuple(facets.items()),
        parts=tuple(dict.fromkeys((*one.parts, *other.parts))),
        code=one.code or other.code,
        points=tuple(dict.fromkeys((*one.points, *other.points))),
        texts=(tuple(dict.fromkeys(phrase for c in (one, other) for texts in c.texts for phrase in texts)),),
        age=one.age or other.age,
    )


def _together(found: Sequence[Condition], typed: Sequence[str]) -> list[Condition]:
    """One condition for each matter: `Monday or Tuesday`; a day and the part of it are one (`Monday afternoon`)."""
    groups: dict[str, Condition] = {}
    last = ""
    for condition in sorted(found, key=lambda c: min(c.at)):
        # Of ways in several may be needed at once, unless either is asked for.
        is_either = condition.group == "access" and typed[min(condition.at)] == "or" and last
        is_own = condition.group == "access" and not is_either
        matter = last if is_either else f"access {condition.label}" if is_own else condition.group
        known = groups.get(matter)
        groups[matter] = condition if known is None else _either(known, condition)
        last = matter if condition.group == "access" else ""
    day, part = groups.get("day"), groups.get("part")
    if day and part:
        label = f"{day.label} {part.label.lower()}"
        said = tuple((given_times.term(of, on),) for of in part.parts for on in day.slugs("day"))
        nearly = tuple(phrase for phrases in day.texts for phrase in phrases)
        at = day.at | part.at
        groups["day"] = replace(day, label=label, at=at, parts=part.parts, with_day=False, texts=(said,), nearly=nearly)
        del groups["part"]
    return [condition for condition in groups.values() if not condition.with_day]


def _with_small_words(condition: Condition, typed: Sequence[str]) -> Condition:
    """With the small words that lead to it: `on a`, `for the`; and `only`, `speaking` after it."""
    first, last = min(condition.at), max(condition.at)
    while first and typed[first - 1] in _BEFORE:
        first -= 1
    while last + 1 < len(typed) and typed[last + 1] in _AFTER:
        last += 1
    return replace(condition, at=frozenset(range(first, last + 1)))

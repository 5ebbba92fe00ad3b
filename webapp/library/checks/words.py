"""What may be wrong with the vocabularies and the thesaurus though each file is well formed."""

from collections.abc import Collection, Iterator
from pathlib import Path

from webapp.english.dates import WEEKDAYS
from webapp.library.front_matter.source import Fault, Source, read_yaml
from webapp.library.front_matter.validation import problems_of
from webapp.library.problems import Problem, did_you_mean
from webapp.library.search.text import words
from webapp.library.search.thesaurus import CLASS
from webapp.library.search.word_forms import word_form
from webapp.library.terms import ContactsFile, DangerFile, SupersededFile, TeamsFile, VocabularyFile, model_of
from webapp.library.vocabulary import NOT_TERMS, Vocabulary


def faults(
    folder: Path, root: Path, vocabulary: Vocabulary, live: Collection[str], with_advice: bool
) -> Iterator[Problem]:
    """Every such fault in the files of `folder`. `live` are the addresses of all pages.

    Without advice no line is looked up that nobody will read: that takes longer than all else here.
    """
    if with_advice and not (folder / "danger.yml").exists():
        message = "nobody who searches in words of danger is shown urgent numbers: add this file, as Signpost has it"
        yield Problem(f"{folder.relative_to(root).as_posix()}/danger.yml", 1, message, level="advice")
    for path in sorted(folder.glob("*.yml")):
        try:
            source = read_yaml(path, root)
        except (Fault, OSError):
            continue  # reported by whoever loads it
        if path.stem == "thesaurus":
            yield from _thesaurus(source, live, with_advice)
        elif path.stem not in NOT_TERMS and path.stem in vocabulary.files:
            yield from problems_of(model_of(path.stem), source, vocabulary)[1]  # terms of the others that it names
            yield from _terms(source, path.stem, vocabulary)
            if with_advice:
                yield from _advised_pages(source, vocabulary.files[path.stem], live)
            if isinstance(file := vocabulary.files[path.stem], DangerFile):
                yield from _danger(source, file)
            if isinstance(file, TeamsFile):
                yield from _teams(source, file)
            if isinstance(file, ContactsFile):
                yield from _contacts(source, file)


def _terms(source: Source, name: str, vocabulary: Vocabulary) -> Iterator[Problem]:
    file = vocabulary.files[name]
    groups = {g.slug for g in file.groups}
    places = vocabulary.files.get("places")  # none where it cannot be read, which is reported once
    localities = {g.slug for g in places.localities} if places else set()
    labels: dict[str, int] = {}
    for number, term in enumerate(file.terms):
        first = labels.setdefault(term.label.casefold(), number)
        if first != number:
            line = source.line("terms", first, "label")
            message = f"`{term.label}` is also the label on line {line}: readers cannot tell them apart"
            yield source.problem(message, "terms", number, "label")
        if term.group and term.group not in groups:
            message = f"there is no group `{term.group}`{did_you_mean(term.group, groups)}"
            yield source.problem(message, "terms", number, "group")
        if places and term.locality and term.locality not in localities:
            message = f"there is no locality `{term.locality}`{did_you_mean(term.locality, localities)}"
            yield source.problem(message, "terms", number, "locality")
        for district in term.outward if file.outward else ():
            if district not in file.outward:
                message = f"`outward` says nowhere where {district} is: add its centre"
                yield source.problem(message, "terms", number, "outward")


def _advised_pages(source: Source, file: VocabularyFile, live: Collection[str]) -> Iterator[Problem]:
    """Where a term leads and no page is. Of a rule, `history` is what may still cite it: a new page would escape."""
    for number, term in enumerate(file.terms):
        named: list[tuple[tuple[str | int, ...], str, str]] = []
        if term.page:
            named.append((("page",), term.page, ": nobody is led to it until there is"))
        if isinstance(file, DangerFile):
            paths = enumerate(file.terms[number].guidance)
            named += [(("guidance", at), path, ": nobody is led to it until there is") for at, path in paths]
        if isinstance(file, SupersededFile):
            paths = enumerate(file.terms[number].history)
            named += [(("history", at), path, ": remove it") for at, path in paths]
        for where, path, otherwise in named:
            if path not in live:
                near = did_you_mean(path, live) or otherwise
                yield source.problem(f"there is no page {path}{near}", "terms", number, *where, level="advice")


def _danger(source: Source, file: DangerFile) -> Iterator[Problem]:
    """Phrases that nothing can match, and classes that are not there."""
    for number, kind in enumerate(file.terms):
        for key in ("when", "unless"):
            phrases = getattr(kind, key)
            yield from _classes(source, ("terms", number, key), list(phrases), file.classes)
            for at, phrase in enumerate(phrases):
                if not words(phrase):
                    yield source.problem(f"`{phrase}` has no words, so no search finds it", "terms", number, key, at)


def _teams(source: Source, file: TeamsFile) -> Iterator[Problem]:
    kinds = [kind.slug for kind in file.kinds]
    for number, team in enumerate(file.terms):
        if team.kind and team.kind not in kinds:
            message = f"there is no `{team.kind}` under `kinds`{did_you_mean(team.kind, kinds)}"
            yield source.problem(message, "terms", number, "kind")
        if team.day and not team.time:
            message = "it says on which day the community meets and not when: add `time`, as in `time: 14:00`"
            yield source.problem(message, "terms", number, "day")
        for key in ("time", "minutes", "skips"):
            if key in team.model_fields_set and not team.day:
                message = f"`{key}` says nothing without a day: add `day`, as in `day: tuesday`"
                yield source.problem(message, "terms", number, key)
        for at, day in enumerate(team.skips):
            if team.day in WEEKDAYS and day.weekday() != WEEKDAYS.index(team.day):
                message = (
                    f"it does not meet on this day, which is a {WEEKDAYS[day.weekday()].capitalize()}: take it out"
                )
                yield source.problem(message, "terms", number, "skips", at)


def _contacts(source: Source, file: ContactsFile) -> Iterator[Problem]:
    """Contacts that nobody can reach, and names that would lead to two of them."""
    names: dict[str, str] = {}
    for number, contact in enumerate(file.terms):
        if not contact.reachable:
            message = "there is no way to reach them: add a `phone`, an `email` or a `form`"
            yield source.problem(message, "terms", number, "label")
        for at, name in enumerate(contact.called):
            first = names.setdefault(name.casefold(), contact.slug)
            if first != contact.slug:
                message = f"`{first}` is called that too: readers would be sent to one of two"
                yield source.problem(message, "terms", number, "called", at)


def _thesaurus(source: Source, live: Collection[str], with_advice: bool) -> Iterator[Problem]:
    for part in ("same", "names"):
        rows = source.front.get(part)
        for number, row in enumerate(rows if isinstance(rows, list) else ()):
            if isinstance(row, list):
                yield from _group(source, part, number, [w for w in row if isinstance(w, str)])
    classes = source.front.get("classes")
    known = [str(name) for name in classes] if isinstance(classes, dict) else []
    for part in ("kinds", "leads", "hints", "pins"):
        rows = source.front.get(part)
        for number, row in enumerate(rows if isinstance(rows, list) else ()):
            if isinstance(row, dict):
                if with_advice:
                    yield from _phrases(source, (part, number, "when"), row.get("when"))
                yield from _classes(source, (part, number, "when"), row.get("when"), known)
                if part == "pins":
                    yield from _addresses(source, number, row, live)


def _group(source: Source, part: str, number: int, names: list[str]) -> Iterator[Problem]:
    if len(names) < 2 and part == "same":
        yield source.problem("a name alone stands for nothing else: add another, or remove the line", part, number)
    folded = [" ".join(name.split()) for name in names]
    for at, name in enumerate(folded):
        if name in folded[:at]:
            yield source.problem(f"`{names[at]}` is in this group twice: remove one", part, number, at)
    if names and not any(word_form(word) for name in names for word in words(name)):
        yield source.problem("these have only small words, so no search finds them: add another", part, number)


def _phrases(source: Source, where: tuple[str | int, ...], phrases: object) -> Iterator[Problem]:
    for at, phrase in enumerate(phrases if isinstance(phrases, list) else ()):
        if isinstance(phrase, str) and not any(word_form(word) for word in words(phrase)):
            message = f"`{phrase}` has only small words, so no search finds it: add another"
            yield source.problem(message, *where, at, level="advice")


def _classes(
    source: Source, where: tuple[str | int, ...], phrases: object, known: Collection[str]
) -> Iterator[Problem]:
    for at, phrase in enumerate(phrases if isinstance(phrases, list) else ()):
        for name in CLASS.findall(phrase) if isinstance(phrase, str) else ():
            if name not in known:
                near = did_you_mean(name, known)
                yield source.problem(f"`classes` has no `{name}`{near or ': add it there'}", *where, at)


def _addresses(source: Source, number: int, pin: dict[str, object], live: Collection[str]) -> Iterator[Problem]:
    for key in ("first", "never"):
        paths = pin.get(key)
        for at, path in enumerate(paths if isinstance(paths, list) else ()):
            if isinstance(path, str) and path not in live:
                near = did_you_mean(path, live)
                yield source.problem(f"there is no page {path}{near or ': remove it'}", "pins", number, key, at)

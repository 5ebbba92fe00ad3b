"""Somebody edits a small corpus at random, and all of it that a reader can see, to compare two ways of building it."""

import shutil
from dataclasses import asdict, replace
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import yaml

from tests.support.corpus import TODAY, Corpus
from webapp.library.build import compile as compiling
from webapp.library.generation.reader import Generation, Reader
from webapp.library.open_referral import edition
from webapp.library.open_referral.record import AT, STREAMS
from webapp.library.search.query import Query, Results

WORDS = [
    "walking",
    "singing",
    "garden",
    "choir",
    "lunch",
    "club",
    "gospel",
    "tea",
    "dance",
    "chair",
    "exercise",
    "memory",
    "e-bike",
    "drop-in",
    "falls",
    "carers",
    "music",
    "art",
    "knit",
    "natter",
    "bramble",
    "heron",
    "lonely",
    "food",
    "bank",
    "Longsight",
    "Moss",
    "Side",
    "Wythenshawe",
    "Gorton",
    "library",
    "quiz",
    "shed",
    "women",
]
NAMED = ("activities", "audiences", "places", "access", "languages", "outcomes", "themes", "danger", "contacts")


class Edited:
    """A corpus, and somebody who changes it. `log` says what they did, the newest last."""

    def __init__(self, folder: Path, random: Random, listings: int = 8) -> None:
        self.corpus, self.random, self.today = Corpus(folder), random, TODAY
        self.log: list[str] = []
        self._folder, self._listings = folder, listings
        self._kept: list[dict[str, bytes]] = []
        self._edits = [
            *(self.listing,) * 6, *(self.label,) * 5, *(self.other_names,) * 3, *(self.thesaurus,) * 2, self.delete,
            self.copy, self.spoil, self.toolkit, self.site, self.terms, self.next_day, self.keep, self.undo,
        ]  # fmt: skip
        for number in range(listings):
            self.listing(number)
        self.corpus.toolkit("first", f"{self.say(9)}.\n", title="First", themes=["carers"])
        self.site()
        self.corpus.build(today=self.today)

    def say(self, number: int) -> str:
        """So many words at random."""
        return " ".join(self.random.choice(WORDS) for _ in range(number))

    def edit(self) -> None:
        edit = self.random.choice(self._edits)
        self.log.append(edit.__name__)
        edit()

    def differs(self) -> list[str]:
        """Build what changed, and everything anew beside it; what of the two a reader would see differ."""
        anew = self._folder / "anew"
        shutil.rmtree(anew, ignore_errors=True)
        shutil.copytree(self.corpus.index_dir, anew, ignore=shutil.ignore_patterns(edition.FOLDER))
        self.corpus.build(today=self.today)
        compiling.build(self.corpus.content, anew, today=self.today, everything=True)
        asked = [self.say(self.random.randint(1, 3)) for _ in range(6)]
        asked += [f"{word[:-1]}x" for word in asked[:2]] + [word[:4] for word in asked[2:4]]
        one, other = (seen(gen, self.today, asked) for gen in (self.corpus.read(), Reader(anew).current()))
        return sorted(what for what in one.keys() | other.keys() if one.get(what) != other.get(what))

    def listing(self, number: int | None = None) -> None:
        random, day = self.random, lambda: (self.today + timedelta(random.randint(-2, 4))).isoformat()
        at = {"name": self.say(2), "postcode": "M14 5AA", "latitude": 53.45 + random.random() / 50, "longitude": -2.2}
        places = self._some("places")
        rare: dict[str, Any] = {
            "locations": [at],
            "capacity": {"status": "full"},
            "status": "temporarily closed",
            "publish_from": day(),
            "expires": day(),
            "aliases": [random.choice(["before", "listing-3"])],
            "id": "6a4b5e0c-1111-4111-8111-111111111111",
            "verified": {"date": "2026-11-04", "by": "A team"},
        }
        self.corpus.asset(
            f"listing-{random.randint(0, self._listings + 2) if number is None else number}",
            f"{self.say(9)}. See [it](/directory/listing-{random.randint(0, 12)}).\n\n## {self.say(2)}\n\n* a & b\n",
            title=self.say(random.randint(1, 3)).capitalize(),
            summary=f"{self.say(5)}.",
            places=places,
            citywide=None if places else True,
            **{name: self._some(name) for name in ("activities", "audiences", "outcomes", "access", "languages")},
            **{key: value for key, value in rare.items() if random.random() < 0.1},
        )

    def toolkit(self) -> None:
        self.corpus.toolkit("first", f"{self.say(9)}.\n", title=self.say(2).capitalize(), themes=self._some("themes"))

    def delete(self) -> None:
        self._file().unlink()

    def copy(self) -> None:
        """The same listing twice: its address, and an id where it has one, are taken."""
        file = self._file()
        self.corpus.write(f"assets/{self.random.choice(['before', 'later'])}/{file.name}", file.read_bytes())

    def spoil(self) -> None:
        self.corpus.write(self._file().relative_to(self.corpus.content).as_posix(), "---\ntitle: a: b\n---\n")

    def label(self) -> None:
        self._term()["label"] = self.say(self.random.randint(1, 3)).capitalize()
        self._save()

    def other_names(self) -> None:
        self._term()["also"] = [self.say(self.random.randint(1, 3)) for _ in range(self.random.randint(0, 3))]
        self._save()

    def terms(self) -> None:
        self._term()
        self._vocabulary["terms"].insert(1, self._vocabulary["terms"].pop(0))
        self._save()

    def thesaurus(self) -> None:
        text = (self.corpus.content / "vocabulary" / "thesaurus.yml").read_text()
        line = f"  - [{self.say(2).lower()} {len(self.log)}, {self.say(2).lower()}]\n"
        self.corpus.write("vocabulary/thesaurus.yml", text.replace("same:\n", f"same:\n{line}", 1))

    def site(self) -> None:
        name, notice = self.random.choice(["Signpost", "Wayfinder"]), self.say(2)
        site = {"name": name, "organisation": "A council", "notice": notice, "open_referral": {"publish": "all"}}
        self.corpus.write("site.yml", yaml.safe_dump(site))

    def next_day(self) -> None:
        self.today += timedelta(1)

    def keep(self) -> None:
        content = self.corpus.content
        files = (path for path in content.rglob("*") if path.is_file())
        self._kept.append({path.relative_to(content).as_posix(): path.read_bytes() for path in files})

    def undo(self) -> None:
        """All files as they once were."""
        if not self._kept:
            return
        wanted = self.random.choice(self._kept)
        for path in [path for path in self.corpus.content.rglob("*") if path.is_file()]:
            if path.relative_to(self.corpus.content).as_posix() not in wanted:
                path.unlink()
        for name, data in wanted.items():
            path = self.corpus.content / name
            if not path.exists() or path.read_bytes() != data:
                self.corpus.write(name, data)

    def _some(self, name: str) -> list[str] | None:
        slugs = list(self.corpus_terms(name))[:7]
        return self.random.sample(slugs, self.random.randint(0, 2)) or None

    def corpus_terms(self, name: str) -> list[str]:
        """The slugs of a vocabulary, in order."""
        text = (self.corpus.content / "vocabulary" / f"{name}.yml").read_text()
        return [term["slug"] for term in yaml.load(text, yaml.CSafeLoader)["terms"]]

    def _term(self) -> dict[str, Any]:
        self._named = f"vocabulary/{self.random.choice(NAMED)}.yml"
        self._vocabulary = yaml.load((self.corpus.content / self._named).read_text(), yaml.CSafeLoader)
        return self.random.choice(self._vocabulary["terms"][:7])

    def _save(self) -> None:
        self.corpus.write(self._named, yaml.safe_dump(self._vocabulary, sort_keys=False, allow_unicode=True))

    def _file(self) -> Path:
        return self.random.choice(sorted(self.corpus.content.glob("assets/*/*.md")))


def seen(gen: Generation, today: date, asked: list[str]) -> dict[str, Any]:
    """What a reader can see of a generation, by what it is: all pages, lists, faults, records, and what is found."""
    pages = {path: gen.page(path, today) for path in gen._rows}
    held = edition.of(gen)
    shown: dict[str, Any] = {f"page {path}": page for path, page in pages.items()}
    shown |= {f"beside {path}": gen.related_pages(page) for path, page in pages.items() if page}
    shown |= {f"cards of {kind}": cards for kind, cards in gen._cards.items()}
    shown |= {f"records of {name}": list(held[name]) for name in (*STREAMS, *AT, *edition.OTHERS)}
    shown |= {"site": gen.site, "counts": gen.counts, "kept": gen.kept, "moved": gen._redirects}
    shown |= {
        "new": gen.new_listings,
        "faults": gen.problems,
        "terms": gen.vocabulary.as_data(),
        "contacts": gen.contacts,
    }
    shown["words"] = gen.engine._parts.lexicon
    for words in ("", *asked):
        for more in ({}, {"in_series": 3, "sort": "name"}, {"filters": {"place": ("cheetham-crumpsall",)}}):
            query = Query(words=words, size=50, today=today, **more)
            shown[f"search for {words!r} {more}"] = _as_shown(gen.search(query))
    return shown


def _as_shown(results: Results) -> dict[str, Any]:
    """Without where the pages are stored."""
    hits = [replace(hit, row=0, others=tuple(replace(other, row=0) for other in hit.others)) for hit in results.hits]
    return asdict(replace(results, hits=tuple(hits)))

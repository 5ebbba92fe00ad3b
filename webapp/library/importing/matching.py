"""A feed's own tags and words matched to our vocabularies."""

import re
from collections.abc import Iterable
from typing import cast

from webapp.library.search.text import stem, words
from webapp.library.terms import FeedTerm, Term
from webapp.library.vocabulary import Vocabulary

_PADDING = """
people person adult adults those with who are have living from recovering in of and the a an or for their need needs use
misuse issue issues problem problems condition conditions community communities group groups support services service
other general
"""
# Words by which tags of one meaning differ: "People with mental health needs", "Mental Health".
PADDING = frozenset(stem(word) for word in words(_PADDING))
NEGATIONS = frozenset(words("no not without cannot cant isnt dont limited unable never lacks sorry"))
LOOK_BACK = 4  # words before a phrase in which a negation counts: "there is no step-free access"
# ISO 639-1, as feeds name languages by.
LANGUAGES = {
    "en": "English", "ur": "Urdu", "pa": "Punjabi", "bn": "Bengali", "ar": "Arabic", "so": "Somali", "pl": "Polish",
    "ro": "Romanian", "yue": "Cantonese", "zh": "Mandarin", "cmn": "Mandarin", "fa": "Farsi", "ku": "Kurdish",
    "gu": "Gujarati", "hi": "Hindi", "yo": "Yoruba", "fr": "French", "pt": "Portuguese", "es": "Spanish",
    "uk": "Ukrainian", "yi": "Yiddish", "bfi": "BSL", "cy": "Welsh", "ta": "Tamil", "tr": "Turkish", "it": "Italian",
    "lt": "Lithuanian", "lv": "Latvian", "bg": "Bulgarian", "hu": "Hungarian", "sk": "Slovak", "cs": "Czech",
    "vi": "Vietnamese", "ru": "Russian", "de": "German", "el": "Greek", "ps": "Pashto", "ti": "Tigrinya",
    "am": "Amharic", "sq": "Albanian",
}  # fmt: skip
# What a tag may be about, in the order in which a tag that fits several is taken.
TAGGED = ("audiences", "referral", "activities", "outcomes")

Key = frozenset[str]


class Matcher:
    """Finds the terms of a vocabulary that a feed's words name. Made once for an import."""

    def __init__(self, vocabulary: Vocabulary):
        self._exact: dict[str, dict[str, str]] = {}
        self._keys: dict[str, dict[Key, str]] = {}
        self._phrases: dict[str, list[tuple[list[str], str]]] = {}
        self._tags: dict[str, tuple[tuple[str, str], ...]] = {}
        self.places = list(vocabulary.terms("places").values()) if "places" in vocabulary.files else []
        self._means: dict[str, dict[str, tuple[str, ...]]] = {}
        for name in vocabulary.files:
            if name == "feed-terms":
                self._learn_feed_terms(cast(Iterable[FeedTerm], vocabulary.terms(name).values()))
            else:
                self._learn(name, vocabulary.terms(name))

    def terms(self, name: str) -> frozenset[str]:
        """The slugs of a vocabulary; empty where there is none of that name."""
        return frozenset(self._exact.get(name, {}).values())

    def term(self, name: str, text: str) -> str:
        """The slug of the term in the vocabulary `name` that is called `text`, or nothing."""
        return self._exact.get(name, {}).get(_plain(text), "")

    def tag(self, text: str) -> tuple[tuple[str, str], ...]:
        """Every (vocabulary, slug) that a tag names. `Parents>Grandparents` and `Men / Women` name each part.

        What `vocabulary/feed-terms.yml` says of it decides.
        """
        if text not in self._tags:
            if (means := self.mapped(text)) is not None:
                self._tags[text] = tuple((name, slug) for name, slugs in means.items() for slug in slugs)
            else:
                found = (self._one(part) for part in re.split(r"[>/|;:]", text) if part.strip())
                self._tags[text] = tuple(dict.fromkeys(hit for hit in found if hit))
        return self._tags[text]

    def mapped(self, text: str) -> dict[str, tuple[str, ...]] | None:
        """What the file of feeds' terms says that `text`, a name or a code, means: vocabulary → slugs."""
        return self._means.get(" ".join(text.lower().split()))

    def mentioned(self, name: str, prose: str) -> list[str]:
        """Slugs of the terms that running text affirms: `no wheelchair access` affirms none."""
        tokens = words(prose)
        stemmed = [stem(w) for w in tokens]
        found: dict[str, None] = {}
        for phrase, slug in self._phrases.get(name, []):
            for at in range(len(stemmed) - len(phrase) + 1):
                before = tokens[max(0, at - LOOK_BACK) : at]
                if stemmed[at : at + len(phrase)] == phrase and NEGATIONS.isdisjoint(before):
                    found[slug] = None
        return list(found)

    def language(self, text: str) -> str:
        """The slug of a language by its name or code."""
        code = text.strip().lower().replace("_", "-").partition("-")[0]
        return self.term("languages", text) or self.term("languages", LANGUAGES.get(code, ""))

    def _learn_feed_terms(self, terms: Iterable[FeedTerm]) -> None:
        self._means = {" ".join(said.lower().split()): term.means for term in terms for said in term.says}

    def _learn(self, name: str, terms: dict[str, Term]) -> None:
        exact: dict[str, str] = {}
        keys: dict[Key, str] = {}
        phrases: list[tuple[list[str], str]] = []
        for slug, term in terms.items():
            names = [slug, term.label] if term.exact else [slug, term.label, *term.also]
            parts = [part for part in re.split(r",| and | or ", term.label) if len(part) > 3]
            for text in [*names, *parts]:
                exact.setdefault(_plain(text), slug)
                if key := _key(text):
                    keys.setdefault(key, slug)
            phrases += [([stem(w) for w in words(text)], slug) for text in dict.fromkeys(names)]
        self._exact[name], self._keys[name], self._phrases[name] = exact, keys, phrases

    def _one(self, part: str) -> tuple[str, str] | None:
        vocabularies = [name for name in TAGGED if name in self._exact]
        for name in vocabularies:
            if slug := self.term(name, part):
                return name, slug
        key = _key(part)
        for name in vocabularies:
            if key in self._keys[name]:
                return name, self._keys[name][key]
        for name in vocabularies:  # one word more than we say: "Long term health conditions"
            for known, slug in self._keys[name].items():
                if len(known) > 1 and known < key and len(key) == len(known) + 1:
                    return name, slug
        return None


def unmatched(tags: Iterable[str], matcher: Matcher) -> list[str]:
    """The tags that name nothing of ours, tidied, each once."""
    return list(
        dict.fromkeys(" ".join(tag.split()) for tag in tags if not matcher.tag(tag) and matcher.mapped(tag) is None)
    )


def _plain(text: str) -> str:
    return " ".join(words(text))


def _key(text: str) -> Key:
    stems = [stem(w) for w in words(text)]
    return frozenset(s for s in stems if s not in PADDING)

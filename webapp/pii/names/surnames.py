"""Surnames. With a first name or an initial before them, they name somebody."""

from webapp.pii.word_list import listed, read

SURNAMES = read("surnames")
ALSO_WORDS = read("surnames_also_words")  # believed in small letters only where they can hardly be anything else
BEGINNINGS = ("o'", "mc", "mac", "fitz", "d'")
ENDINGS = (
    "ski",
    "ska",
    "czyk",
    "wicz",
    "enko",
    "escu",
    "oglu",
    "yan",
    "jee",
    "kowski",
    "ovic",
    "opoulos",
    "idis",
    "akis",
    "ova",
    "chuk",
    "adze",
    "zadeh",
    "ullah",
    "nathan",
    "swamy",
    "thwaite",
    "bottom",
    "stein",
    "berg",
)


def is_surname(word: str) -> bool:
    """Whether `word` (small letters) looks like a surname."""
    if word in SURNAMES or word.replace("'", "") in SURNAMES:
        return True
    if "-" in word:
        return all(is_surname(part) for part in word.split("-") if part)
    if word.startswith(BEGINNINGS) and len(word) > 5:
        return word not in NOT_SURNAMES
    return word.endswith(ENDINGS) and len(word) > 6 and word not in NOT_SURNAMES


NOT_SURNAMES = listed("macaroni machine machines mackerel macmillan macro macular mace o'clock mcdonald's")

"""First names, in lists that are never complete: rules that need none (`names.find`) find many that stand in neither.

`SURE` names are seldom anything else when they begin with a capital. `ALSO_WORDS` are words, months, places or
products as well, and count only where the sentence speaks of a person. `SMALL_WORDS` are, in small letters, words as
often as names.
"""

from webapp.pii.word_list import read

SURE = read("first_names")
ALSO_WORDS = read("first_names_also_words")
SMALL_WORDS = read("first_names_small")

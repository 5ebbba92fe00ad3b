"""The company that a name keeps: an age, a way of living, words that say that a name is coming."""

import re

from webapp.pii.names.words import RELATIONS

# "Helen, 84, would like bowls"; "Helen (84)"; "Helen is 84 and …". Never "May 24".
AGE = re.compile(
    r"(?:'s)?(?:,\s\(?|\s\(|,?\s(?:who is|aged?|is|was|turned|turns|is now|just turned|will be)\s)"
    r"(?:aged? |now |nearly |almost )?"
    r"(?:[2-9]\d|10\d)(?:\s?(?:years?\b|yrs?\b|y/?o\b)|[,)]|\s(?:and|has|lives|who|with)\b|\.?$|\.\s)"
)
# Without a known name, only where somebody then does something: "Ardwick, 35, and Hulme, 22" are figures.
UNKNOWN_AGE = re.compile(
    r"(?:,? aged \d\d\b|,? \(?[2-9]\d\)?,? "
    r"(?:years old|wants?|would|lives?|has|is|was|who|loves?|likes?|needs?|used)\b"
    r"|,? is [2-9]\d(?:[.,]|$| and | years ))"
)
AND_HERS = re.compile(
    r",?\sand (?:his|her) (?:(?:two|three|four|little|young|older) )?"
    r"(?:{}|carer|family|dog|boys|girls|kids|children|sons|daughters)\b".format("|".join(sorted(RELATIONS)))
)
SAID_TO_BE = re.compile(
    r"\b(?:known as|goes by|answers to|first name|surname|whose name is|(?:her|his|my) name is)(?: is|:)?\s$", re.I
)
ALONE = re.compile(
    r"\s(?:lives|lived|is living|was living)\s"
    r"(?:alone|with (?:his|her|their)|on (?:his|her|their) own|independently|next door|by (?:him|her)self|above|below"
    r"|opposite|upstairs|downstairs|round the corner|across the|over the|in (?:a flat|sheltered|a hostel|temp))\b"
)

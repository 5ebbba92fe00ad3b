"""Names put to another use, and words put to use as names: what only their neighbours in the sentence tell."""

import re

from webapp.english.words import is_word
from webapp.pii.names.citing import MADE
from webapp.pii.names.context import AGE
from webapp.pii.names.first_names import SURE
from webapp.pii.names.institutions import THEORY
from webapp.pii.names.words import NOT_NAMES, PEOPLE, RELATIONS, SURELY_DOES
from webapp.pii.tokens import Word
from webapp.pii.word_list import listed, read

# "the Alexander technique", "Bobath method": nothing that a person owns, so without a possessive ending.
IDEAS = listed("technique method approach theory cycle model scale test index")
MODELS = THEORY - listed("law rule protocol triangle ladder")
OF_PRACTICE = listed(
    """
    social medical strengths systemic recovery attachment empowerment family ecological supervision reflective learning
    practice assessment change planning thinking critical
    """
)
BEFORE_TITLES = listed("the our and or a an of in called")
ASSISTANTS = listed("claude alexa")
PROGRAMS = listed("gemini copilot chatgpt gpt llm siri cortana mistral llama perplexity")
SHOWN = listed(
    "film films exhibition concert museum statue biography novels scheme estate flats surgery ward clinic library"
)
# "Rob the bus of passengers", "Nick your neighbour's ladder": an order, or a joke, begins with them.
ORDERS = listed("rob nick pat jack peg chase tom")
DETERMINERS = listed("the a an your our their people everyone someone")
COMPANIES = listed("partner partners twin ex sibling sister")  # "our partner, Southway, …"
FOR_WHOM = listed("for with about like help")
OFFERED = listed(
    """
    respite befriender sitter carer carers assessment review package transport hoist referral wheelchair taxi stairlift
    frame chair meals commode bed lift advocate volunteer placement reassessment interpreter much far
    """
)
GOES_ON = listed("but because since when now again who whose after before until as and while if so")
FROM_SOMEWHERE = re.compile(
    r"\s(?:from|in|at)\s(?:the\s)?(?:[A-Z][\w'-]+|[A-Z]{1,2}\d{1,2})(?:\s[A-Z][\w'-]+)?,?\s"
    r"(?:" + "|".join(sorted(SURELY_DOES)) + r"|would like|is looking|needs)\b"
)
NEXT_DOOR = re.compile(
    r"\s(?:(?:from|at|in)\s(?:number|no\.?|flat|upstairs|downstairs|across the|over the road|up the road|down the road)"
    r"|next door|upstairs|downstairs|over the road)\b"
)

CONDITION = (
    r"arthritis|hearing loss|sight loss|angina|cancer|asthma|anxiety|depression|schizophrenia|bipolar|psychosis"
    r"|glaucoma"
    r"|cataracts|sciatica|emphysema|heart failure|kidney failure|alzheimer's|vascular dementia|lewy body"
    r"|motor neurone|a stoma"
    r"|a learning disability|a brain injury|cerebral palsy|down's|downs|fibromyalgia|gout|diabetes|a catheter|seizures"
)
# What only somebody is, has or needs, whatever word their name is: "Grace needs a befriender", "Hope was discharged".
BEFALLS = re.compile(
    r"\s(?:(?:also|now|still|really|just|recently)\s)?(?:"
    r"(?:needs|need|needed|has|had|wanted|gets|got)\s(?:an?|more|some|his|her|their|no|to find|to see|lost|had)?\s?"
    r"(?:befriender|lift|carer|carers|wheelchair|walking stick|bus pass|key ?safe|stairlift|hoist|dementia|autism|copd"
    r"|adhd|epilepsy|diabetes|parkinson's|ms|stroke|fall|falls|hip|job|family|friends|money|carpets?|cooker|fridge|bed"
    r"|home|house|flat|mum|dad|son|daughter|husband|wife|partner|sister|brother|baby|kids|children|grandchildren"
    r"|neighbours?|bereavement|confidence|company|someone|somebody|nobody|no one|no-one|appointment|social worker|ot|gp"
    r"|diagnosis)\b"
    r"|(?:was|is|got|has been|been|being)\s(?:discharged|admitted|diagnosed|sectioned|evicted|widowed|bereaved|poorly"
    r"|lonely|isolated|housebound|bedbound|blind|deaf|autistic|pregnant|homeless|struggling|grieving|depressed|anxious"
    r"|unwell|waiting for|caring for|looking after|living with|living in|assessed|referred|keen to|desperate|afraid"
    r"|frightened|scared|not eating|sofa ?surfing|recovering|disabled|fed up|worried|upset|retired|partially sighted)\b"
    rf"|(?:has|had|with)\s(?:an?\s|severe\s|early\s|mild\s)?(?:{CONDITION})\b"
    r"|(?:needs|wants)\s(?:help|prompting|someone|somebody|two carers|reminding|encouragement)\b"
    r"|(?:was|is|has been|ended up)\s(?:back\s)?in hospital\b|(?:can't|cannot)\s(?:get|be left|manage|walk|wash"
    r"|use|see|hear)\b"
    r"|(?:is|was)\s(?:diabetic|epileptic|incontinent|confused|in\s(?:respite|hospital|care|pain|tears|bed|a\s(?:home|hostel|hotel))"
    r"|on\s(?:oxygen|insulin|the\sward|dialysis|warfarin|morphine)|having\s(?:falls|seizures|chemo)|nearly\sblind|waiting\sfor"
    r"|hard\sof\shearing|unsteady|tearful|very\slow|being\sevicted|off\sher|off\shis|losing\s(?:his|her))\b"
    r"|needs\stwo\b|(?:can|could)\s(?:wash|walk|dress|cook|transfer|stand)\b|(?:hates|loves|misses|refuses)\s(?:his|her|being)\b"
    r"|(?:has|had)\s(?:had|been)\s(?:an?|two|three|several|four)\s(?:bad\s)?(?:falls?|strokes?|seizures?|tia|ops?)\b"
    r"|fell\s(?:on|in|at|over|down|last|again|out|twice)\b"
    r"|has\s(?:lost (?:his|her|their)|fallen|nobody|nowhere|never been|moved|been (?:feeling|coming|ill))\b"
    r"|(?:misses|cares for|looks after|gets lonely|says (?:he|she))\b)",
    re.I,
)
# The surest of these, also of months ("April was discharged") and of capitals in no list. Households are evicted too.
CERTAIN = re.compile(
    r"\s(?:(?:was|is|got|has been|had been)\s(?:just |now |being )?(?:discharged|admitted|diagnosed|sectioned|widowed"
    r"|bereaved|housebound|bedbound|autistic|pregnant|hard of hearing|partially sighted)"
    r"|(?:has|had)?\s?lost (?:his|her) |has (?:dementia|parkinson's|copd|epilepsy|a (?:carer|stoma|catheter))"
    r"|(?:is|isn't|is not) (?:sleeping|eating|coping|answering (?:the|his|her))"
    r"|(?:cried|cries|sobbed|snores|smokes)|can't (?:walk|hear|sleep|get up|get down|leave the (?:house|flat))"
    rf"|has\s(?:an?\s|severe\s|early\s|mild\s)?(?:{CONDITION})\b|(?:was|is) (?:back )?in hospital\b"
    r"|(?:misses|looks after|cares for) (?:his|her)|needs (?:a (?:befriender|carer|hoist|stairlift)|(?:his|her) ))\b",
    re.I,
)
SOMEBODIES = (
    listed(
        """
    applicant claimant household couple veteran refugee seeker parent teen toddler pupil learner referral case guest
    visitor caller gent female male adult dad's lodger sibling grandparent widower householder youngster survivor
    half two three four five six seven eight nine ten staff crew audience crowd baby room panel
    """
    )
    | PEOPLE
)
PLACED = listed("the in from of at near to around across outside")
NOT_BEGINNING = ("ing", "ed", "ly", "ers", "ees", "ents", "ants", "ies")
# A word that is a name, a capital in no list, and one of these: first name and surname ("Pat Lumley asked about yoga").
ACTS = SURELY_DOES | listed("needs needed would")
# "Will" is no verb before these, nor "Mark", "Frank" or "Bill" a word.
ALWAYS_SOMEBODY = listed("will mark frank")
HAS = listed("has needs had likes keeps gets can't wants got")
# What a person owns, and a trust, a season or a virtue does not.
PERSONAL = listed(
    """
    carer carers flat wheelchair tenancy medication meds keysafe gp bed bedroom bathroom kitchen stroke fall pendant hip
    knee diagnosis anxiety depression dementia neighbour neighbours friend friends school job landlord stairlift walker
    rent benefits pip buggy hearing sight
    """
)
GATHERED = listed("group groups network centre club forum service services support allowance week rights hub")
AT_AGE = re.compile(
    r"(?:,\s|\s\()(?:aged?\s)?(?:[1-9]|1\d)[,)],?\s(?:who|wants?|would|lives|loves?|likes?|hates|needs?"
    r"|goes to|can't|is)\b"
)
# What is called by somebody's name, and stays the people that bear it.
KIN = listed("family brothers sisters twins household boys girls lads siblings couple and who whom i we you she he")
CREATURES = listed(
    "cat dog parrot budgie rabbit hamster horse pony donkey tortoise robot puppet bear lamp pig goat owl"
)
COUNTED = listed("two three four five six seven eight nine ten twelve first second third")  # "five accomplishments"
NOT_PEOPLE = read("places") | read("organisations")
VERSUS = re.compile(r"\s(?:v|vs|-v-)\.?\s[A-Z]")


def befalls(text: str, found: list[Word], at: int, last: int) -> bool:
    """Whether a word that is also a name has what only a person has: "Mark was discharged", "Hope's carer left"."""
    word = found[at]
    if not word.capital or word.small in RELATIONS or (word.shouted and len(word.small) < 4):
        return False
    if at and found[at - 1].close and not word.begins and found[at - 1].capital and word.close:
        return False  # the end of a longer name: "Age UK Hope has moved"
    if _in_a_place(found, at):
        return False
    end = found[last].end
    after = found[last + 1] if last + 1 < len(found) else None
    if found[last].owns:
        then = found[last + 2] if last + 2 < len(found) else None
        return bool(
            after
            and after.close
            and not after.capital
            and after.small in PERSONAL
            and word.small not in NOT_NAMES
            and not (then and then.close and then.small in GATHERED)
        )
    if AT_AGE.match(text, end) and word.small not in NOT_NAMES:
        return True
    if word.begins and last == at and word.small in ALWAYS_SOMEBODY and after and after.close:
        if after.small in HAS and not after.capital and text[after.end : after.end + 4] != " to ":
            return True
        return bool(BEFALLS.match(text, end))
    if last == at + 1 and after and after.close and not found[last].shouted and after.small in ACTS:
        return True
    return bool((CERTAIN if word.small in NOT_NAMES else BEFALLS).match(text, end))


def _in_a_place(found: list[Word], at: int) -> bool:
    """Whether the word is where somebody is: "a man of eighty-one in Burnage has dementia"."""
    return bool(at) and found[at].close and found[at - 1].small in PLACED


def certain(text: str, found: list[Word], at: int, last: int) -> bool:
    """Whether a capital in no list has what befalls nobody but a person: "Dwight was discharged", "Gus lost his"."""
    word = found[at]
    strange = not is_word(word.small) and word.small not in NOT_PEOPLE
    shown = CERTAIN.match(text, found[last].end) or (strange and BEFALLS.match(text, found[last].end))
    if word.owns or word.shouted or _in_a_place(found, at) or not shown:
        return False
    if word.small in SOMEBODIES or found[last].small in SOMEBODIES:
        return False
    return not (word.begins and word.small.endswith(NOT_BEGINNING))


def with_surname(found: list[Word], at: int) -> bool:
    """Whether a first name in small letters has a word behind it, and then does something: "tracey wilkes lost her"."""
    if not found[at].begins or found[at].owns or at + 2 >= len(found):
        return False
    last, after = found[at + 1], found[at + 2]
    return last.close and after.close and len(last.small) > 2 and (after.small in SURELY_DOES or after.small in HAS)


def case_law(text: str, end: int) -> bool:
    """Whether a name is the first party of a judgment: "Jones v Barnsley"."""
    return bool(VERSUS.match(text, end))


def another(found: list[Word], at: int) -> bool:
    """Whether the name at `at` is an order or the name of an idea, a prize or a building."""
    word = found[at]
    after = found[at + 1] if at + 1 < len(found) else None
    if after is None or not after.close or word.owns:
        return False
    if after.small in IDEAS and not after.owns:
        return True
    if after.capital and at + 2 < len(found) and found[at + 2].close and found[at + 2].small in SHOWN:
        return True  # "Stan Lee film night", and the second half of it
    if after.small in SHOWN and at and word.close and found[at - 1].capital:
        return True
    if _borne_by_a_thing(found, at):
        return True
    if word.begins and word.small in ORDERS and after.small in DETERMINERS and not after.capital:
        return True
    # "The John Rylands has free talks": nobody says "the" before somebody's first name and surname.
    if not at or found[at - 1].small != "the" or not (word.close and word.capital and after.capital):
        return False
    return not after.owns and all(near.small != "family" for near in found[at + 1 : at + 4])


def _borne_by_a_thing(found: list[Word], at: int) -> bool:
    """Whether a single name stands between "the" and what is no kin: "the Christie runs", "the Margaret chair"."""
    word, after = found[at], found[at + 1]
    if not word.capital or after.capital:
        return False
    if after.small == "the" and at + 2 < len(found) and found[at + 2].small in CREATURES:
        return True  # "Khadija the cat"
    lone = not at or not word.close or not found[at - 1].capital or found[at - 1].small == "the"
    return bool(at and word.close and lone and found[at - 1].small in ("the", "a") and after.small not in KIN)


def titled(text: str, found: list[Word], at: int) -> bool:
    """Whether the name at `at` is a campaign's, an author's whose model is meant, or a program's."""
    word = found[at]
    if at > 1 and word.close and not word.owns:
        ask = found[at - 2] if found[at - 1].small == "for" and found[at - 1].close and at > 2 else found[at - 1]
        before = found[at - 2] if ask is found[at - 1] else found[at - 3]
        if ask.small == "ask" and ask.capital and ask.close and before.small in BEFORE_TITLES:
            return True  # "the Ask Angela poster", "posters of Ask for Angela"
    if word.small in ASSISTANTS and not (word.owns or AGE.match(text, word.end)):
        after = found[at + 1].small if at + 1 < len(found) else ""
        return after not in ACTS and any(near.small in PROGRAMS for near in found[max(0, at - 6) : at + 7])
    if at and word.owns and found[at - 1].small in ("dr", "doctor", "prof", "professor") and at + 1 < len(found):
        return found[at + 1].small in MADE  # "Dr Syed's surgery"
    return _authored(found, at)


def _authored(found: list[Word], at: int) -> bool:
    """ "Jane Wonnacott's supervision cycle", "Neil Thompson's PCS model": what an author thought of."""
    owner = at
    if not found[at].owns and at + 1 < len(found) and found[at + 1].close and found[at + 1].capital:
        owner = at + 1
    if not (found[owner].owns and found[owner].capital) or owner + 1 == len(found) or not found[owner + 1].close:
        return False
    first = found[owner + 1]
    whole = owner > at or (at > 0 and found[at].close and found[at - 1].capital and found[at - 1].small in SURE)
    further = found[owner + 2] if owner + 2 < len(found) and found[owner + 2].close else first
    if whole and (first.small in MADE or (further.small in MADE and not further.capital) or first.small in COUNTED):
        return True  # "Ken Robinson's talk about schools"
    if first.small in MODELS:
        return owner > at or first.small in THEORY
    second = found[owner + 2] if owner + 2 < len(found) else None
    return bool(
        second
        and second.close
        and second.small in MODELS
        and (first.small in OF_PRACTICE or (first.shouted and len(first.small) > 2))
    )


def wanted_for(found: list[Word], at: int, last: int) -> bool:
    """Whether a word with a capital is whom a thing is for: "a group for Precious but all were full"."""
    word = found[at]
    if not at or last > at or not word.close or word.owns or word.shouted or word.small in NOT_NAMES:
        return False
    before, after = found[at - 1], found[at + 1] if at + 1 < len(found) else None
    if before.small == "for" and at > 1 and found[at - 2].small in OFFERED and not before.begins:
        return not (after and after.close and after.capital)
    return bool(before.small in FOR_WHOM and after and after.close and after.small in GOES_ON)


def from_somewhere(text: str, word: Word) -> bool:
    """Whether what follows is a place and then what only somebody does: "Ray from Moston wants"."""
    return word.capital and not word.owns and word.small not in NOT_NAMES and bool(FROM_SOMEWHERE.match(text, word.end))


def apposed(text: str, found: list[Word], at: int) -> bool:
    """Whether a capital stands between commas after a relation: "the daughter, Monique, asked"."""
    if not at or found[at].gap != ", " or text[found[at].end : found[at].end + 2] != ", ":
        return False
    return found[at - 1].small in RELATIONS - COMPANIES and not found[at - 1].owns


def neighbour(text: str, word: Word) -> bool:
    """Whether a name in small letters is a neighbour's: "jean from number four"."""
    return word.begins and bool(NEXT_DOOR.match(text, word.end))

"""Every weight of the ranking in one place, each with its reason. Change a figure here and nowhere else."""

import math

# How much one mention counts, by where it stands. A title is written to be found by; the vocabulary's words are
# chosen by an editor; a body mentions much in passing ("we are next to the library").
TITLE = 4.0
WORDS = 2.5
SUMMARY = 3.5
HEADINGS = 1.5
ORGANISATION = 1.5
BODY = 1.0

# A listing with more labels of those whom it is for is for nobody in particular: somebody has ticked every box, and its
# labels are none of its words. It is still found by each of them as a filter.
MOST_AUDIENCES = 5

# BM25 (Robertson and Zaragoza, 2009). K1 is above the usual 1.2 so that a title's mention still adds to the body's.
# B is below the usual 0.75: a long listing is often simply a well-described one.
K1 = 1.6
B = 0.6
# The title is searched once more by itself, where length counts more: in a short title each word says more.
TITLE_ALONE = 1.2
TITLE_B = 0.75


def idf(documents: int, holding: int) -> float:
    """How telling a term is: the logarithm of how few documents hold it, never below nothing.

    `documents` in the index, of which `holding` hold the term. (Lucene's form of the Robertson–Spärck Jones weight.)
    """
    return math.log(1 + (documents - holding + 0.5) / (holding + 0.5))


# ---- how the parts of a query come together

# Two typed words side by side in a title, summary or name say more than the two apart: added, times their idf.
SIDE_BY_SIDE = 1.0
# A title that is just what was typed is the thing itself ("Lindsay Lodge"): added, times the idf of the words,
# times the square of the share of the title that the words cover.
NAMED = 1.5
# A phrase's words add up, which alone would put every long name before every short one: their sum is divided by
# their number to this power.
PHRASE_POWER = 0.45
# A phrase among other names ("coffee morning") whose words only stand apart somewhere in the page counts less.
APART = 0.35
# ... and those of one that was typed, a little: "day" and "centre" far apart are seldom a day centre.
APART_TYPED = 0.45
APART_TOLD = 0.8  # the words of a need are told in any order
# What several other names add to the best of them: one listing that fits in two ways is a little better.
TIE = 0.4
# All words before any word: a page that holds a share c of what was asked (by idf) keeps c to this power of its score.
COVERAGE_POWER = 2.0
# A page with less than this share is left out while there are pages with more.
COVERAGE_NEEDED = 0.5
# A story asks for several things, and one page meets one of them: described needs keep more, and need less.
NEED_COVERAGE_POWER = 0.7
NEED_COVERAGE_NEEDED = 0.2
# ... unless that would leave fewer than this: a thin page is better than a dead end.
ENOUGH = 5

# Of several needs that are told, each is met by one of the first SERVED_AMONG. A page meets one that scores this share
# of what the best page for it does; a need that counts for less than NEED_OF_ITS_OWN is part of another's story.
SERVED_AMONG = 3
MEETS = 0.6
NEED_OF_ITS_OWN = 0.45

# ---- gentle multipliers: no one of them can carry a page over another that fits the words clearly better

# Who searches here asks for adults. A page whose title says that it is for children keeps this much, unless they are
# asked for: feeds of councils list baby groups and antenatal classes among the rest.
FOR_YOUNG = 0.6
YOUNG_AGE = 25  # years: who is no older is asked for with them
# Practitioners trust what was checked lately. Nothing is hidden for being stale: in one real feed that would hide 89%.
FRESH = ((183, 1.0), (365, 0.97), (730, 0.92))  # verified within so many days
STALE = 0.87
NEVER_VERIFIED = 0.85
# A waiting list is a delay, a full group a disappointment, a closed one a wasted journey.
CAPACITY = {"waiting-list": 0.95, "full": 0.85}
PAUSED = 0.75
ENDED = 0.5
# Near before far, as a person counts it: the first mile is a walk, the second a bus, and from three on most people do
# not go. At the door 1, halfway down at NEAR_MILES, never below NEAR_FLOOR.
NEAR_MILES = 2.0
NEAR_FLOOR = 0.25
# Where a page has no point it may still come to the person (by telephone, at home): as if a bus away.
NO_POINT = 0.6

# ---- conditions that the words name: what meets all of them goes first, and the rest keeps a share of its score

# What says nothing of a day, a price or an age may still meet it; what says another one does not.
NOT_SAID = 0.4
SAID_OTHERWISE = 0.3
# ... and what says nothing of wheelchairs may meet the need of who has one all the same.
NOT_SAID_OF_SOMEBODY = 0.6
# What the words of a page add that say it, of what they would score alone.
SAID_IN_WORDS = 1.0
# What a facet adds that says it, as the telling of so many mentions: an editor chose it.
SAID_BY_FACET = 2.0
# ... and what somebody's age or wheelchair adds where a need is told: the need is what was asked for, whoever has it.
OF_SOMEBODY = 0.4
# To go first a page must be about the subject: this share of the best score at least.
ABOUT = 0.2
# ... and what only mentions it keeps this share beside what is held on another day or further off.
NOT_ABOUT = 0.35
# Of what may meet a need, the first few leads say what it is about.
ABOUT_NEED = 0.7
# A named place is where the person is: so many miles from it still count as there.
THERE_MILES = 1.0
NEARLY_MILES = 3.0  # and so many as nearly there
# An age limit of ELDER or more is for older people; one within AROUND_AGE years of the age asked for is for that age.
ELDER, AROUND_AGE = 30, 20

# ---- limits: what a person types is short; what is longer is an accident or an attack

MAX_CHARACTERS = 200
MAX_WORDS = 16
MAX_PREFIX_WORDS = 24  # words that a half-typed one may stand for
MAX_KNOWN_WORDS = 200  # ... among those of the thesaurus, of which one goes on with the word before it
MAX_WORD = 24  # letters: longer is not a word that was misspelt
MAX_CANDIDATES = 250  # words looked at closely for one misspelt
MAX_LIKELY = 12  # of them, those that are looked for beside the words before and after
MAX_SLIPS_KEPT = 5000  # misspelt words whose right one is remembered
MAX_OTHER_NAMES = 24  # for one thing asked for
NAMES_SHOWN = 6  # of the other names searched, to the reader
REASONS = 3  # of them beside one result

# ---- spelling: measured on 2,000 misspelt words and 8,000 words that no page held, see docs/decisions/spelling.md

SLIP = 1.0  # one slip between two words, as lexicon.distance counts them
SLIPS_BESIDE = 2.0  # between a misspelt word and one that stands beside its neighbour here
SOUNDS_ALIKE = 0.5  # ... where it is a word of the language that no page holds: Lindsay Lodge for Lindsey Lodge
LETTERS_A_SLIP = 6  # so many letters for each slip that is searched as mended; a word with more is only asked about

# ---- other names

# A second name for the same thing is nearly as good as the one typed; the typed one still goes first.
SAME = 0.75
# One kind of what was typed: who asks for exercise may like tai chi.
OF_KIND = 0.4
# What may meet a need: the first lead, and what is taken off for each place further down, to the least of them.
LEAD, LEAD_STEP, LEAD_LEAST = 0.9, 0.05, 0.4
# An everyday word that may mean several things ("dog", "letter", "night") is less sure than a need.
HINT = 0.5
# ... and where a need is described beside it, mostly part of the story.
HINT_BESIDE_NEED = 0.25
# One word that is left of a need told in several, where the rest says little ("shops" of "get to the shops").
LEFT_OF_NEED = 0.45
# What an organisation is there for, after itself: dementia for the Alzheimer's Society.
ITS_FIELD = 0.5
# A lead's own second names.
LEAD_SAME = 0.8
# One word of a phrase alone, where the phrase is known ("walking" of "walking group").
ALONE = 0.3
# ... and of a need described in plain words, where it is but a word of the story ("wife" of "lost his wife").
ALONE_IN_NEED = 0.15
# The telling words of a name without those that tell little ("walking" of "walking group", "centre" of "day centre").
REDUCED = 0.8
# The kind that the typed thing is one of, as a page is labelled ("Sport" of "bowls"): near it, and not the thing.
KIND = 0.1
# A word that the half-typed one may stand for.
HALF_TYPED = 0.8
# ... where it is a word by itself, which may be all that was meant ("art" before "arthritis").
GOES_ON = 0.4
# Other names of a word that the half-typed one may stand for, where pages write that word itself.
NAMES_OF_WRITTEN = 0.4
# Two words written as one, or one as two ("foodbank").
JOINED = 0.95
# The rest of a sentence that tells a need says little of the answer ("since the operation in March").
ASIDE = 0.3
# ... but for a word that so small a share of the pages is about.
RARE = 0.005
# ... and a page without it misses so much of what it misses without the thing itself: home care is what is asked for in
# "home care round Thornwick and the isle", though both words are rarer.
ASIDE_MISSED = 0.7
# ... and more beside a need of one word, where nobody tells a story: "sensory room" asks for a room.
BESIDE_ONE_WORD = 0.7
# A word for who it is about, beside what is asked for ("carers centre"), and beside a need that is told of them ("mum
# hasn't spoken to anyone"): it never counts in full, however few pages have it.
WHO = 0.28
WHOSE = 0.1
# Of "how do I refer to reablement" the verb says less of the page, however few have it: it never counts in full.
VERB_ASKED = 0.25
# A need described in one word, beside one described in several: the longer is the surer.
ONE_WORD_NEED = 0.6
# ... and one told in several of which most are small ("stopped going out" beside "lost her husband").
LITTLE_NEED = 0.7
# A worry about what is told behind it ("worried who feeds her cat"): hardly a need of its own.
WORRY = 0.25
# What those have whom a thing is not for: the illness of "carers of someone with mental illness".
OF_OTHERS = 0.5
# What an earlier clause may have brought about ("keeps falling, scared to go out").
TOLD_LATER = 0.8
# Any help, beside what it is needed for ("needs help with packing").
ANY_HELP = 0.4
# A place beside the name of an organisation: who asks for Mind in Scunthorpe asks for Mind first.
BESIDE_NAME = 0.35
# What is told of somebody, beside what they want ("uses a wheelchair" beside "wants to volunteer").
BESIDE_WISH = 0.5
# What scores less than this share of the best is noise, once there are ENOUGH.
LEAST_SHARE = 0.1

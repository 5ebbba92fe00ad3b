"""How the figures of a report were counted, for whoever has to defend them."""

from webapp.searches.patterns import FEW

METHOD = (
    "A gap is something that a practitioner said people need and could not find. Each is counted once, on the day it "
    "was reported. One report may stand for several needs.",
    "Open gaps are all that are open now, whenever they were reported. Reported, answered and closed are counted "
    "within the days above. The trend is of whole months.",
    "Staff who asked are the reporter and everyone who said “me too”. Somebody who asked for two gaps counts twice.",
    "Residents are those whom staff said a gap would help, of the people they work with themselves: one, 2 to 5, "
    "6 to 20, or more than 20. The answers are summed from the lowest to the highest. Somebody whom two colleagues "
    "work with counts twice, and so does somebody whom two gaps would help. “I don’t know” adds nothing.",
    "Nothing is told of fewer than five residents: a range that would begin below is told as “up to” its end.",
    "A gap that is for two groups of people stands with both, so these lines add up to more than all gaps.",
    "Half were answered within so many days: the median, over the gaps first answered within the days. Gaps still "
    "waiting are not in it, so it says nothing of them.",
    "Listings are those of the directory as it was when this was made. Near a gap are those that serve its place and "
    "are of its kind; where it names no kind, for its outcome; where it names none, for its people. “Anyone” and "
    "“Whole city” stand beside all listings.",
    "A place is the neighbourhood that the report named. Gaps for the whole city have no locality.",
    "The log shows what practitioners noticed and reported. It is not a survey of need: a place with few reports may "
    "have few needs, or few people who report.",
    "Nobody is named but who looks after a gap. Texts pass a guard against personal data before they are kept. What "
    "staff tried is quoted only where they allowed it.",
    f"A search counts as not found where it had {FEW} listings or fewer. Words stand here once five people or more "
    "have searched for them. People are counted within a month, so these are at least as many.",
)

"""The form with which a spotlight is proposed."""

from collections.abc import Iterable, Sequence
from typing import Any

from webapp.barriers.models import Barrier
from webapp.library.vocabulary import Vocabulary
from webapp.spotlights.coming_up import Recurring
from webapp.spotlights.proposal import OWNER, SpotlightProposal
from webapp.web.day_fields import Day
from webapp.web.forms import Form, GuardedText, Select


class ProposalForm(Form):
    """What a new spotlight is called, what it is about and when."""

    title = GuardedText("Title", max_length=110, required="Give it a title")
    about = GuardedText(
        "In one sentence, what is it about?", max_length=250, required="Say in one sentence what it is about"
    )
    theme = Select("Theme", choices=[], required="Choose a theme")
    day = Day("Day", required="Enter the day", hint="For example, 2026-03-31. Teams plan sessions of their own too.")
    owner = GuardedText("Which team keeps the page right?", max_length=120, required="Say which team keeps it right")
    barrier = Select("A lead proposed it because of (optional)", choices=[])

    def __init__(self, words: Vocabulary, open_barriers: Iterable[Barrier], **kwargs: Any) -> None:
        super().__init__(data={"owner": OWNER}, **kwargs)
        self.theme.choices = [("", "Choose a theme"), *((s, t.label) for s, t in words.terms("themes").items())]
        self.barrier.choices = [("", "None of these"), *((b.ref, f"{b.ref}: {b.text[:80]}") for b in open_barriers)]

    def proposal(self, open_barriers: Sequence[Barrier], shown: Iterable[Recurring]) -> SpotlightProposal:
        """What was sent. Only for a form that is valid."""
        assert self.title.clean is not None
        assert self.about.clean is not None
        assert self.owner.clean is not None
        assert self.day.day is not None
        barrier = next((b for b in open_barriers if b.ref == self.barrier.data), None)
        quotes = next((theme.quotes for theme in shown if theme.theme == self.theme.data), [])
        return SpotlightProposal(
            title=self.title.clean,
            summary=self.about.clean,
            theme=self.theme.data,
            day=self.day.day,
            owner=self.owner.clean,
            slug=barrier.spotlight if barrier else "",
            quotes=quotes,
            barriers=[barrier.ref] if barrier else [],
        )

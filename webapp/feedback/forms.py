"""Something wrong or missing on this page?"""

from datetime import date
from typing import Any

from wtforms import HiddenField, ValidationError

from webapp.library.front_matter.model import Asset
from webapp.library.listings.proposals import NewTimes, Proposal
from webapp.library.vocabulary import Vocabulary
from webapp.upkeep import sound, wording
from webapp.upkeep.corrections import CorrectionTopic
from webapp.web.forms import Checkboxes, Form, GuardedTextArea, Radios, Select, Text

NO_WORDS_NEEDED = {CorrectionTopic.CLOSED, CorrectionTopic.NOT_USEFUL}


class FeedbackForm(Form):
    topic = Radios(
        "What is it about?",
        choices=[(topic.value, topic.label) for topic in CorrectionTopic],
        required="Choose what it is about",
    )
    text = GuardedTextArea(
        "What should we know?",
        max_length=1000,
        hint="For example, the new day or time, and how you know. Leave out anything about a person.",
        params={"rows": 4},
    )
    about = HiddenField()

    @property
    def proposal(self) -> Proposal | None:
        """The change that was said in fields; None where none was."""
        return None

    def validate(self, extra_validators: Any = None) -> bool:
        passes = super().validate(extra_validators)
        if self.topic.data not in NO_WORDS_NEEDED and not self.text.data and not (passes and self.proposal):
            self.text.errors = ["Say what should change, in a sentence"]
            return False
        return bool(passes)


class ListingForm(FeedbackForm):
    """The same about a listing, whose new facts may be said each in a field of its own."""

    # What an organisation's phone, e-mail or venue is now is what a correction is for.
    text = GuardedTextArea(
        "What should we know?",
        max_length=1000,
        of_organisation=True,
        hint="For example, the new day, time or phone line, and how you know. Leave out anything about a person.",
        params={"rows": 4},
    )

    phone = sound.phone("New phone number", "The group's own number, never a person's.")
    email = sound.email("New e-mail address", "The group's own address, never a person's.")
    url = sound.web_address("New web address")
    which = Select("Which session has changed?", choices=[])
    days = Checkboxes("New day", choices=[])
    starts = sound.clock("Starts at", "10:30 or 2pm")
    ends = sound.clock("Ends at", "12:00 or 4pm")
    status = Radios("Has it closed for good?", choices=[("temporarily closed", "No, for now"), ("defunct", "Yes")])
    since = Text("Closed since", max_length=10, params={"type": "date", "classes": "govuk-input--width-10"})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A listing is not written to help with a case: what it says is right, or it is not.
        self.topic.choices = [
            (topic.value, topic.label) for topic in CorrectionTopic if topic != CorrectionTopic.NOT_USEFUL
        ]

    def offer(self, asset: Asset, vocabulary: Vocabulary) -> None:
        """Fill in what may be chosen for `asset`."""
        self.which.choices = wording.sessions(asset, vocabulary)
        self.days.choices = [(slug, term.label) for slug, term in vocabulary.terms("days").items()]

    def validate_since(self, field: Any) -> None:
        try:
            date.fromisoformat(field.data)
        except ValueError:
            raise ValidationError("Enter the day as a date, as in 2026-11-03") from None

    def validate_status(self, field: Any) -> None:
        if field.data and self.topic.data != CorrectionTopic.CLOSED:
            raise ValidationError("Choose “It has closed or stopped” above, or leave this empty")

    def validate_ends(self, field: Any) -> None:
        if sound.ends_too_soon(self.starts.data, field.data):
            raise ValidationError(sound.ENDS_TOO_SOON)

    @property
    def proposal(self) -> Proposal | None:
        times = None
        if self.days.data or self.starts.data or self.ends.data:
            times = NewTimes(
                which=int(self.which.data or 0),
                days=tuple(self.days.data or ()),
                starts=self.starts.data or None,
                ends=self.ends.data or None,
            )
        closed = self.topic.data == CorrectionTopic.CLOSED
        proposal = Proposal(
            phone=self.phone.data or None,
            email=self.email.data or None,
            url=self.url.data or None,
            times=times,
            status=self.status.data or None if closed else None,
            since=date.fromisoformat(self.since.data) if closed and self.since.data else None,
        )
        return proposal if proposal.as_data() else None

    @property
    def is_exact(self) -> bool:
        """Whether any of the fields was filled in, so that they are shown open."""
        return any(getattr(self, name).data for name in ("phone", "email", "url", "days", "starts", "ends"))

"""The form in which people choose what they are e-mailed about."""

from webapp.mail.preferences import Choice
from webapp.web.forms import Checkboxes, Form


class ChoicesForm(Form):
    """A box for each kind of mail."""

    wanted = Checkboxes("Send me an e-mail about", choices=[])

    def offer(self, choices: list[Choice]) -> None:
        """Give the boxes that this person has."""
        self.wanted.choices = [(choice.key, choice.label) for choice in choices]

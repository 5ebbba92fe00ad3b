"""The form that renames a saved search."""

from webapp.searches.models import LONGEST_NAME
from webapp.web.forms import Form, GuardedText


class NameForm(Form):
    name = GuardedText("What to call it", max_length=LONGEST_NAME, required="Say what to call it")

"""The one button of a pattern: make this a gap."""

from wtforms import HiddenField

from webapp.web.forms import Form


class PatternForm(Form):
    """Says which pattern it stands beside. The figures are counted again: none of them comes from the page."""

    phrase = HiddenField()
    place = HiddenField()
    outcome = HiddenField()

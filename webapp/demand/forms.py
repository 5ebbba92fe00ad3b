"""The one button of a pattern: make this a gap."""

from wtforms import HiddenField

from webapp.web.forms import Form


class PatternForm(Form):
    """Names the pattern it belongs to. Figures are counted again and never taken from the page."""

    phrase = HiddenField()
    place = HiddenField()
    outcome = HiddenField()
